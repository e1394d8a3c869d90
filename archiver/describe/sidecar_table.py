"""The rows of a metadata file: CSV as spreadsheets really write it, or JSON Lines."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.describe.sidecar_values import COLUMNS, EXTENSION_NAME, escaped
from archiver.describe.strict_json import parse_json
from archiver.errors import SidecarError
from archiver.wording.formulas import FOUND, unguarded

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t"
_UNKNOWN_CELLS = ("-", "unknown")
#: A file with more of them is no text with a slip but in an encoding that is not known, such as UTF-16 without a mark.
_NULS_OF_UTF_16 = 8
#: So many columns that are not known are named.
_COLUMNS_TOLD = 20
_BAD_CELL = "an empty cell leaves the field to the source, - says that the value is not known"
_BAD_VALUE = 'an empty text ("") leaves the field to the source, null says that the value is not known'
_SAVE_AS = "in the spreadsheet program, save it as CSV UTF-8"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row with its cells under the names of their columns.

    ``row`` is the number that a spreadsheet shows (the header is 1), for JSON Lines that of the line. A cell
    that says that the value is not known is None: ``-`` or ``unknown`` in CSV, null in JSON.
    """

    row: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row, and what to do about it where the message does not say."""

    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and what is wrong with single rows."""

    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]
    bad_value: str
    """What to write in a file of this kind instead of a value that cannot be."""


def read_table(path: Path) -> Table:
    """Read a metadata file.

    Encodings: UTF-8, UTF-16 with byte order mark, else Windows-1252. CSV is separated by comma,
    semicolon or tab, whichever makes most of the columns known. Raises SidecarError if the file cannot
    be read at all, if a column is not known, or if one is there twice.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SidecarError(f"the metadata file cannot be read: {error.strerror}", place=str(path)) from error
    text = _decode(data, path)
    start = text.lstrip()[:1]
    if start == "[":
        raise SidecarError("this is a JSON array", place=str(path), advice="write one JSON object a line, or CSV")
    return _read_json_lines(text, path) if start == "{" else _read_csv(text, path)


def _decode(data: bytes, path: Path) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SidecarError("this is a workbook of a spreadsheet program, no CSV", place=str(path), advice=_SAVE_AS)
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "windows-1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        if text.count("\0") * _NULS_OF_UTF_16 < len(text):
            before = text[: text.index("\0")]
            row, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            raise SidecarError(
                f"line {row}, character {column}: there is a NUL, which no text has",
                place=str(path),
                advice="remove it, or save the file anew from the program that it is from",
            )
    raise SidecarError("the encoding of the metadata file is not known", place=str(path), advice=_SAVE_AS)


def _read_csv(text: str, path: Path) -> Table:
    first, _, rest = text.partition("\n")
    delimiter = None
    # Spreadsheet programs write this line for themselves and count the rows from the next one.
    if first.strip().strip('"').lower().startswith("sep=") and len(first.strip().strip('"')) <= 5:
        delimiter, text = first.strip("\r\n").strip('"')[4:] or "\t", rest
    try:
        rows = [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True)]
    except csv.Error as error:
        advice = "look for a quotation mark that is not closed or not doubled"
        raise SidecarError(f"the CSV cannot be read: {error}", place=str(path), advice=advice) from error
    if not rows:
        raise SidecarError("the metadata file is empty", place=str(path), advice="the first row names the columns")
    names = _columns(rows[0], path)
    found: list[TableRow] = []
    problems: list[Problem] = []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        outside = [
            cell for index, cell in enumerate(cells) if cell.strip() and (index >= len(names) or not names[index])
        ]
        if outside:
            stray = outside[0].strip()
            advice = "name each column in the first row, and put a cell that holds the separator in quotation marks"
            problems.append(Problem(f'row {number}: "{stray}" is in no named column', advice))
            continue
        named = zip(names, cells, strict=False)
        found.append(TableRow(number, {name: _cell(name, cell) for name, cell in named if _is_read(name)}))
    return Table(tuple(found), tuple(problems), _BAD_CELL)


def _cell(column: str, cell: str) -> str | None:
    # A file may well have the name "unknown".
    if column not in ("path", "id") and cell.strip().lower() in _UNKNOWN_CELLS:
        return None
    return unguarded(cell)


def _is_read(column: str) -> bool:
    """Tell whether a column is one to be read: it has a name, which is not that of what was found."""
    return bool(column) and not column.startswith(FOUND)


def _delimiter(text: str) -> str:
    header = text.lstrip("\r\n").partition("\n")[0]

    def known(delimiter: str) -> int:
        return sum(
            _name(cell) in COLUMNS or bool(EXTENSION_NAME.fullmatch(_name(cell))) or _name(cell).startswith(FOUND)
            for cell in header.split(delimiter)
        )

    return max(_DELIMITERS, key=known)


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().lower()


def _columns(header: list[str], path: Path) -> list[str]:
    names = [_name(cell) for cell in header]
    if len(names) == 1 and "|" in names[0]:
        raise SidecarError(
            f'"{escaped(names[0])}" is one column: columns are separated by comma, semicolon or tab',
            place=str(path),
            advice="separate them by one of these, not by |",
        )
    _refuse_unknown([name for name in names if _is_read(name)], path)
    for name, times in Counter(names).items():
        if name and times > 1:
            raise SidecarError(f'the column "{name}" is there twice', place=str(path), advice="remove one of the two")
    return names


def _refuse_unknown(names: list[str], path: Path) -> None:
    unknown = [name for name in names if name not in COLUMNS and not EXTENSION_NAME.fullmatch(name)]
    if not unknown:
        return
    told = []
    for name in unknown[:_COLUMNS_TOLD]:
        near = difflib.get_close_matches(name, COLUMNS, n=1)
        told.append(f'"{escaped(name)}"' + (f" (did you mean {near[0]}?)" if near else ""))
    what = "a column is not known" if len(told) == 1 else "columns are not known"
    allowed = f"allowed are {', '.join(COLUMNS)}, and names that begin with x-"
    more = f" and {len(unknown) - len(told)} more" if len(unknown) > len(told) else ""
    raise SidecarError(f"{what}: {', '.join(told)}{more}", place=str(path), advice=allowed)


def _read_json_lines(text: str, path: Path) -> Table:
    found: list[TableRow] = []
    problems: list[Problem] = []
    names: dict[str, None] = {}
    for number, line in _lines(text):
        read = parse_json(line)
        if read.faults:
            for fault in read.faults:
                message = fault.message.replace("(line 1, column", "(column").rstrip(".")
                advice = (fault.advice[:1].lower() + fault.advice[1:]).rstrip(".")
                problems.append(Problem(f"row {number}: {message}", advice))
        elif not isinstance(read.value, dict):
            problems.append(Problem(f"row {number}: a row is a JSON object", "write one JSON object a line"))
        else:
            names.update(dict.fromkeys(filter(_is_read, read.value)))
            found.append(TableRow(number, {name: cell for name, cell in read.value.items() if _is_read(name)}))
    _refuse_unknown(list(names), path)
    return Table(tuple(found), tuple(problems), _BAD_VALUE)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # Not splitlines(): JSON text may hold U+2028 unescaped.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.strip("\r")
