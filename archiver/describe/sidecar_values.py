"""Cells of a metadata file to values of the description, or to what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from archiver.describe.formats import is_language_tag, is_partial_date_time, to_place, to_uri, to_web_address
from archiver.model.metadata import Dateline, DateValue, Person
from archiver.wording.language_tags import normalise_tag
from archiver.wording.machine_dates import parse_machine_date

#: Columns that say which article a row is about.
KEYS = ("path", "url", "id")
_TEXT = ("title", "description", "byline", "publisher", "site_name", "section", "rights")
#: All columns, in the order in which messages list them.
COLUMNS = (
    *KEYS,
    *_TEXT,
    "authors",
    "published",
    "modified",
    "keywords",
    "language",
    "canonical_url",
    "dateline_place",
)
EXTENSION_NAME = re.compile(r"x-[a-z0-9][a-z0-9._-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ARTICLE_ID = re.compile(r"a-[0-9a-f]{16}")
_FORM_OF_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:[Tt ].*)?)?")
_DATE_ADVICE = "write 2016, 2016-10, 2016-10-21 or 2016-10-21T10:25:00+01:00"


class CellError(ValueError):
    """A cell that cannot be what its column says; the message tells why."""


def escaped(text: str) -> str:
    """Return ``text`` so that it can be printed: control characters and halves of characters as JSON escapes them."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def says_nothing(cell: Any) -> bool:
    """Tell whether a cell is empty: the row then leaves the field as the source has it."""
    return cell == [] or (isinstance(cell, str) and not cell.strip())


def key_of(column: str, cell: Any) -> str:
    """Return the key that a cell holds; raises CellError."""
    text = _text(cell)
    if column == "id" and not _ARTICLE_ID.fullmatch(text):
        raise CellError("is no identifier of an article (a- and 16 hexadecimal digits)")
    return _address(text) if column == "url" else text


def values_of(column: str, cell: Any) -> Mapping[str, Any]:
    """Return the fields of :class:`Metadata` that a cell fills; raises CellError."""
    if column in _TEXT:
        return {column: _text(cell)}
    field, read = _READERS[column]
    return {field: read(cell)}


def cleared_by(column: str) -> Mapping[str, Any]:
    """Return the fields of :class:`Metadata` without a value, for a cell that says that it is not known."""
    if column in ("authors", "keywords"):
        return {column: ()}
    if column == "language":
        return {column: "und"}
    return {"dateline" if column == "dateline_place" else column: None}


def extension_of(cell: Any) -> Any:
    """Return the value of a column ``x-…``: text as it stands, in JSON Lines any value; raises CellError."""
    return _text(cell) if isinstance(cell, str) else cell


def _text(cell: Any) -> str:
    if isinstance(cell, bool) or not isinstance(cell, str | int):
        raise CellError("must be text")
    text = " ".join(str(cell).split())
    if _SURROGATE.search(text):
        raise CellError("holds half a character (a lone surrogate), which no text has; write the character whole")
    if _CONTROL.search(text):
        raise CellError("holds control characters")
    if not text:
        raise CellError("is empty")
    return text


def _list(cell: Any) -> list[Any]:
    if isinstance(cell, list):
        return cell
    return [part for part in _text(cell).split(";") if part.strip()]


def _texts(cell: Any) -> tuple[str, ...]:
    found = tuple(_text(item) for item in _list(cell))
    if not found:
        raise CellError("has no entry")
    return found


def _people(cell: Any) -> tuple[Person, ...]:
    people = []
    for item in _list(cell):
        if not isinstance(item, Mapping):
            people.append(Person(_text(item)))
        elif set(item) <= {"name", "role"} and "name" in item:
            people.append(Person(_text(item["name"]), _text(item.get("role", "author"))))
        else:
            raise CellError("must be names, or objects with name and role")
    if not people:
        raise CellError("has no entry")
    return tuple(people)


def _date(cell: Any) -> DateValue:
    text = _text(cell)
    value = re.sub(r"^([0-9-]{10})[ t](?=[0-9])", r"\1T", text)
    value = value[:-1] + "Z" if value.endswith("z") else value
    if not is_partial_date_time(value):
        raise CellError(_why_no_date(text))
    return DateValue(value, _precision(value), text)


def _why_no_date(text: str) -> str:
    read = parse_machine_date(text)
    if read is not None and read.certainty == "high":
        return f"is not in the form that is read here; write it as {read.value}"
    if _FORM_OF_DATE.fullmatch(text):
        return f"is no day and time that calendar and clock have; {_DATE_ADVICE}"
    return f"is no date in the form that is read here; {_DATE_ADVICE}"


def _precision(value: str) -> str:
    known = {4: "year", 7: "month", 10: "day"}.get(len(value))
    return known or ("second" if value[16:17] == ":" else "minute")


def _language(cell: Any) -> str:
    text = _text(cell)
    # Of the grandfathered tags some have no form beside their own.
    tag = normalise_tag(text) or text
    if not is_language_tag(tag):
        raise CellError("is no language tag (RFC 5646); write a code such as en, en-GB, de or zh-Hant")
    return tag


def _address(cell: Any) -> str:
    return _read_address(_text(cell), to_place)


def _canonical(cell: Any) -> str:
    return _read_address(_text(cell), to_web_address)


def _read_address(text: str, read: Callable[[str], str | None]) -> str:
    address = read(text)
    if address is None:
        raise _no_address(text)
    return address


def _no_address(text: str) -> CellError:
    scheme, colon, _ = text.partition(":")
    if colon and to_uri(text) is not None and scheme.lower() not in ("http", "https"):
        return CellError(f"is no address of an article: write one of http or https, not of {scheme.lower()}")
    return CellError("is no complete address; write it with https:// at its beginning")


def _dateline(cell: Any) -> Dateline:
    place = _text(cell)
    return Dateline(place, place)


_READERS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "authors": ("authors", _people),
    "canonical_url": ("canonical_url", _canonical),
    "dateline_place": ("dateline", _dateline),
    "keywords": ("keywords", _texts),
    "language": ("language", _language),
    "modified": ("modified", _date),
    "published": ("published", _date),
    "url": ("url", _address),
}
