"""The metadata file of an archivist: rows that fill or override fields of the description.

A row says which article it is about by ``id``, ``path`` or ``url``. An empty cell says nothing; ``-`` or
``unknown`` (in JSON Lines: null) says that the value is not known and takes away what the source gave.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archiver.describe.formats import to_uri
from archiver.describe.sidecar_table import Problem, TableRow, read_table
from archiver.describe.sidecar_values import (
    KEYS,
    CellError,
    cleared_by,
    escaped,
    extension_of,
    key_of,
    says_nothing,
    values_of,
)
from archiver.errors import SidecarError

#: So many problems are written out; a file with more of them has one cause for most.
_PROBLEMS_SHOWN = 50
_SHOWN = 60
_SAME_KEY = "leave one row for each article"
_SAME_PATH = "leave one row for each article; of a file that holds several, give each row the id of its article"


@dataclass(frozen=True, slots=True)
class SidecarRow:
    """What one row says of one article.

    ``values`` has fields of :class:`archiver.model.metadata.Metadata` with values of their types, ready for
    ``dataclasses.replace``; a field that is not known has None, ``()`` or ``"und"``.
    """

    row: int
    """As a spreadsheet shows it: the header is row 1. For JSON Lines the number of the line."""
    path: str | None
    url: str | None
    id: str | None
    values: Mapping[str, Any]
    cleared: tuple[str, ...] = ()
    """Fields that the row states to be unknown, sorted."""

    @property
    def key(self) -> str:
        """The most telling of its keys, for people."""
        return self.id or self.path or self.url or ""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A metadata file, read and checked."""

    rows: tuple[SidecarRow, ...]
    _ids: Mapping[str, int] = field(repr=False)
    _paths: Mapping[str, int] = field(repr=False)
    _urls: Mapping[str, int] = field(repr=False)
    _basenames: Mapping[str, int] = field(repr=False)
    """Base names that one row alone has, to its index."""

    def lookup(self, *, path: str | None = None, url: str | None = None, id: str | None = None) -> SidecarRow | None:  # noqa: A002
        """Return the row about an article, or None: by id, else by path, else by URL, else by the end of the path.

        The end of a path counts where one path ends with the other, folder by folder, and no other row
        has the same base name: ``scans/a.txt`` finds the row ``a.txt``, never the row ``other/a.txt``.
        """
        index = self._ids.get(id) if id else None
        if index is None and path:
            index = self._paths.get(_path_key(path))
        if index is None and url:
            index = self._urls.get(_url_key(url))
        if index is None and path:
            index = self._by_ending(_path_key(path))
        return None if index is None else self.rows[index]

    def unmatched(self, used_rows: Collection[int]) -> tuple[str, ...]:
        """Return ``row N: KEY`` for each row whose number is not among ``used_rows``."""
        used = frozenset(used_rows)
        return tuple(f"row {row.row}: {row.key}" for row in self.rows if row.row not in used)

    def _by_ending(self, path: str) -> int | None:
        index = self._basenames.get(path.rpartition("/")[2])
        if index is None:
            return None
        own = "/" + _path_key(self.rows[index].path or "")
        given = "/" + path
        return index if given.endswith(own) or own.endswith(given) else None


def load_sidecar(path: Path) -> Sidecar:
    """Read the metadata file ``path`` (CSV or JSON Lines).

    Raises SidecarError with everything that is wrong in it: columns that are not known, values that
    cannot be, rows without a key, two rows about the same article.
    """
    table = read_table(path)
    problems = list(table.problems)
    rows = []
    for table_row in table.rows:
        row, wrong = _read_row(table_row, table.bad_value)
        rows.append(row)
        problems += wrong
    sidecar, repeated = _indexed(rows)
    problems += repeated
    if problems:
        raise _refusal(path, problems)
    return sidecar


def _read_row(table_row: TableRow, bad_value: str) -> tuple[SidecarRow, list[Problem]]:
    keys: dict[str, str] = {}
    values: dict[str, Any] = {}
    extensions: dict[str, Any] = {}
    cleared: list[str] = []
    problems: list[Problem] = []
    for column, cell in table_row.cells.items():
        try:
            if says_nothing(cell):
                continue
            if column.startswith("x-"):
                if cell is not None:
                    extensions[column] = extension_of(cell)
                continue
            if cell is None:
                if column in ("path", "id"):
                    continue
                values.update(cleared_by(column))
                cleared.extend(cleared_by(column))
                continue
            if column in KEYS:
                keys[column] = key_of(column, cell)
            if column not in ("path", "id"):
                values.update(values_of(column, cell))
        except CellError as error:
            advice = "" if column in ("path", "id") else bad_value
            problems.append(Problem(f"row {table_row.row}, {column}: {_shown(cell)} {error}", advice))
    if not keys and not problems:
        message = f"row {table_row.row}: it does not say which article it is about; fill path, url or id"
        problems.append(Problem(message))
    if extensions:
        values["extensions"] = extensions
    row = SidecarRow(
        table_row.row, keys.get("path"), keys.get("url"), keys.get("id"), values, cleared=tuple(sorted(cleared))
    )
    return row, problems


def _indexed(rows: list[SidecarRow]) -> tuple[Sidecar, list[Problem]]:
    ids: dict[str, int] = {}
    paths: dict[str, int] = {}
    urls: dict[str, int] = {}
    basenames: dict[str, list[int]] = {}
    problems: list[Problem] = []
    times = Counter(_path_key(row.path) for row in rows if row.path)
    for index, row in enumerate(rows):
        for name, keys, key in _keys(row, ids, paths, urls):
            if name == "path" and row.id and times[key] > 1:
                # One file may hold many articles; the ids tell them apart.
                continue
            if key in keys:
                message = f"row {row.row}: row {rows[keys[key]].row} has the same {name}, {key}"
                problems.append(Problem(message, _SAME_PATH if name == "path" else _SAME_KEY))
            keys.setdefault(key, index)
        if row.path:
            basenames.setdefault(_path_key(row.path).rpartition("/")[2], []).append(index)
    unique = {name: found[0] for name, found in basenames.items() if len(found) == 1}
    return Sidecar(tuple(rows), ids, paths, urls, unique), problems


def _keys(
    row: SidecarRow, ids: dict[str, int], paths: dict[str, int], urls: dict[str, int]
) -> Iterator[tuple[str, dict[str, int], str]]:
    if row.id:
        yield "id", ids, row.id
    if row.path:
        yield "path", paths, _path_key(row.path)
    # Beside another key the URL is a value: one page may have been stored as several files.
    if row.url and not row.id and not row.path:
        yield "url", urls, _url_key(row.url)


def _path_key(path: str) -> str:
    # Spreadsheets on other systems write other separators and other forms of accented letters.
    return unicodedata.normalize("NFC", path).replace("\\", "/").removeprefix("./")


def _url_key(url: str) -> str:
    """RFC 3986 sections 6.2.2.1 and 6.2.3: letters of scheme and host do not count, an empty path is ``/``."""
    uri = to_uri(url)
    if uri is None:
        return url
    parts = urlsplit(uri)
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path or "/", fragment=""
    ).geturl()


def _shown(cell: Any) -> str:
    text = str(cell)
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


def _refusal(path: Path, problems: list[Problem]) -> SidecarError:
    listed = escaped("; ".join(problem.message for problem in problems[:_PROBLEMS_SHOWN]))
    more = f"; and {len(problems) - _PROBLEMS_SHOWN} more" if len(problems) > _PROBLEMS_SHOWN else ""
    advice = "; ".join(dict.fromkeys(problem.advice for problem in problems if problem.advice))
    return SidecarError(f"the metadata file cannot be used: {listed}{more}", place=str(path), advice=advice)
