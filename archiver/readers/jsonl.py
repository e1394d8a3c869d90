"""JSON Lines of articles: one object a line, with ``text`` or ``html`` and what is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from archiver import canon
from archiver.errors import EmptyInputError, ParseError
from archiver.model.intake import InputFile, Unit
from archiver.model.source import Source
from archiver.readers.files import file_uri, read_bytes

LINE_MEDIA_TYPE = "application/json"

#: Members that may hold the article, in order of preference, and how each is parsed.
_CONTENT = (
    ("html", "text/html"),
    ("raw_html", "text/html"),
    ("text", "text/plain"),
    ("articleBody", "text/plain"),
    ("maintext", "text/plain"),
    ("body", "text/plain"),
    ("content", "text/plain"),
)
#: Members under other people's names, and the field of the description they fill.
_FIELDS = {
    "title": "title",
    "headline": "title",
    "description": "description",
    "standfirst": "description",
    "byline": "byline",
    "author": "authors",
    "authors": "authors",
    "published": "published",
    "datePublished": "published",
    "date_published": "published",
    "date_publish": "published",
    "date": "published",
    "modified": "modified",
    "dateModified": "modified",
    "publisher": "publisher",
    "site_name": "site_name",
    "section": "section",
    "keywords": "keywords",
    "language": "language",
    "lang": "language",
    "rights": "rights",
    "url": "url",
}
#: A line and the blank lines behind it: the chunks of a file are the file.
_CHUNK = re.compile(rb"[^\n]*\S[^\n]*(?:\n|\Z)(?:[ \t\r\v\f]*\n)*(?:[ \t\r\v\f]+\Z)?")


def read_jsonl(file: InputFile) -> Iterator[Unit]:
    """Yield one unit a line; the units' bytes in order are the file's bytes.

    A line that is no JSON object, or has no article in it, is a unit with an error. Raises
    UnreadableError, and EmptyInputError where the file has no line at all.
    """
    data = read_bytes(file)
    start = 0
    ordinal = 0
    # White space before the first line belongs to it; a search through it would look at it again from each byte.
    for found in _CHUNK.finditer(data, len(data) - len(data.lstrip())):
        yield _unit(data[start : found.end()], file, ordinal)
        start = found.end()
        ordinal += 1
    if ordinal == 0:
        yield _whole(data, file)


def _whole(data: bytes, file: InputFile) -> Unit:
    error = EmptyInputError("there is no line in it", place=file.name, advice="check how this file was saved")
    uri = file_uri(file.name, encoding=file.name_encoding)
    record_id = canon.content_urn("resource", uri, canon.sha256_hex(data))
    return Unit(data, "application/jsonl", record_id, uri, 0, None, error)


def _unit(line: bytes, file: InputFile, ordinal: int) -> Unit:
    uri = f"{file_uri(file.name, encoding=file.name_encoding)}#line={ordinal + 1}"
    sha256 = canon.sha256_hex(line)
    record_id = canon.content_urn("resource", uri, sha256, str(ordinal))
    place = f"{file.name}, line {ordinal + 1}"
    try:
        member, media_type, content, values = _parse(line, place)
    except (ParseError, EmptyInputError) as error:
        return Unit(line, LINE_MEDIA_TYPE, record_id, uri, ordinal, None, error)
    source = Source(
        path=file.name,
        data=content.encode("utf-8", "replace"),
        media_type=media_type,
        sha256=sha256,
        size=len(line),
        record_id=record_id,
        target_uri=uri,
        charset="utf-8",
        url=_text(values.get("url")),
        pointer=f"/{member}",
        ordinal=ordinal,
        given=_given(values),
    )
    return Unit(line, LINE_MEDIA_TYPE, record_id, uri, ordinal, source)


def _given(values: Mapping[str, object]) -> dict[str, object]:
    """The fields that the members fill; of several members for one field the first that says something counts."""
    given: dict[str, object] = {}
    for name, field in _FIELDS.items():
        value = values.get(name)
        if value is not None and value not in ("", [], {}):
            given.setdefault(field, value)
    return given


def _parse(line: bytes, place: str) -> tuple[str, str, str, Mapping[str, object]]:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ParseError(f"is not UTF-8 at byte {error.start}", place=place, advice="save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ParseError(f"is no JSON: {error}", place=place, advice="mend or remove this line") from error
    if not isinstance(values, dict):
        raise ParseError("is JSON, but no object", place=place, advice='each line must be an object like {"text": …}')
    for member, media_type in _CONTENT:
        content = values.get(member)
        if isinstance(content, str) and content.strip():
            return member, media_type, content, values
    members = ", ".join(name for name, _ in _CONTENT)
    raise EmptyInputError("has no article in it", place=place, advice=f"put it in one of these members: {members}")


def member_of(line: bytes, pointer: str) -> bytes:
    """Return the member of a stored line that held the article, in UTF-8, as :func:`read_jsonl` handed it on."""
    value = json.loads(line.decode("utf-8-sig"))[pointer.removeprefix("/")]
    return str(value).encode("utf-8", "replace")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
