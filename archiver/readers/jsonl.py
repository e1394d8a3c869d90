"""JSON Lines of articles: one object a line, with ``text`` or ``html`` and what is known of it."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from archiver import canon
from archiver.errors import EmptyInputError, ParseError, TooLargeError
from archiver.model.intake import InputFile, Stretch, Unit
from archiver.model.source import Source
from archiver.opening import open_regular
from archiver.readers.files import MAX_ARTICLE_BYTES, file_uri, require_readable
from archiver.readers.stretch import digest_of, unreadable

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
_PIECE = 1024 * 1024
_VISIBLE = re.compile(rb"\S")


def read_jsonl(file: InputFile) -> Iterator[Unit]:
    """Yield one unit a line, with the blank lines around it; the units' bytes in order are the file's bytes.

    A line that is no JSON object, has no article in it or is longer than any article is a unit with an error,
    as is a file without any line. Raises UnreadableError, which can come after some units.
    """
    for unit in lines_of(file):
        if unit.error is not None:
            yield unit
            continue
        try:
            source = read_line(unit, file.name)
        except (ParseError, EmptyInputError) as error:
            yield dataclasses.replace(unit, error=error)
        else:
            yield dataclasses.replace(unit, source=source)


def lines_of(file: InputFile, *, start: int = 0, first: int = 0) -> Iterator[Unit]:
    """Yield the units of :func:`read_jsonl` with nothing read of them: :func:`read_line` does that.

    What a line holds can take time and memory out of all proportion to its length. ``start`` is the byte with
    which a unit begins, ``first`` its ordinal. Raises UnreadableError.
    """
    for ordinal, (taken, has_line) in enumerate(_taken(file, start, MAX_ARTICLE_BYTES), start=first):
        data = taken.content(file)
        yield _unit(data, file, ordinal) if has_line else _blank(data, file)


def starts_of(file: InputFile) -> Iterator[int]:
    """Yield the byte with which each unit of :func:`lines_of` begins. Raises UnreadableError."""
    for taken, _ in _taken(file, 0, 0):
        yield taken.start


def _taken(file: InputFile, start: int, most: int) -> Iterator[tuple[_Taken, bool]]:
    require_readable(file)
    try:
        with io.BytesIO(file.data) if file.data is not None else open_regular(file.path) as stream:
            yield from _chunks(stream, _Taken(start, most))
    except OSError as error:
        raise unreadable(error, file.name) from error


@dataclass(slots=True)
class _Taken:
    """Bytes of the file from ``start`` on, held until they are too many."""

    start: int
    most: int
    """That are held."""
    size: int = 0
    held: bytearray = dataclasses.field(default_factory=bytearray)

    @property
    def following(self) -> _Taken:
        """The place behind it."""
        return _Taken(self.start + self.size, self.most)

    def add(self, size: int, data: bytes | bytearray) -> None:
        self.size += size
        if self.size > self.most:
            self.held.clear()
        else:
            self.held += data

    def content(self, file: InputFile) -> bytes | Stretch:
        if self.size <= self.most:
            return bytes(self.held)
        if file.data is not None:
            return file.data[self.start : self.start + self.size]
        return Stretch(file.path, self.start, self.size)


def _chunks(stream: BinaryIO, chunk: _Taken) -> Iterator[tuple[_Taken, bool]]:
    """Yield each line with the blank ones behind it, the first with those before it too; and whether there is one.

    Begins with ``chunk``, of which nothing has been taken.
    """
    has_line = False
    for line, blank in _lines(stream, chunk.following):
        if has_line and not blank:
            yield chunk, True
            chunk, has_line = line, True
        else:
            chunk.add(line.size, line.held)
            has_line = has_line or not blank
    yield chunk, has_line


def _lines(stream: BinaryIO, line: _Taken) -> Iterator[tuple[_Taken, bool]]:
    """Yield each line with its end, and whether it is blank; blank ones that follow each other may come as one."""
    blank = True
    for block in _blocks(stream, line.start):
        at = 0
        while at < len(block):
            end = block.find(b"\n", at) + 1
            if blank:
                found = _VISIBLE.search(block, at)
                blank = found is None
                end = block.rfind(b"\n", at, found.start() if found else len(block)) + 1
                if found and not end:
                    end = block.find(b"\n", found.start()) + 1
                elif found:
                    blank = True
            piece = block[at : end or len(block)]
            line.add(len(piece), piece)
            at += len(piece)
            if end:
                yield line, blank
                line, blank = line.following, True
    if line.size:
        yield line, blank


def _blocks(stream: BinaryIO, start: int) -> Iterator[bytes]:
    """Yield the file from ``start``, as long as it is now: one that grows must not be followed for ever."""
    left = stream.seek(0, os.SEEK_END) - start
    stream.seek(start)
    while left > 0 and (block := stream.read(min(_PIECE, left))):
        left -= len(block)
        yield block


def _blank(data: bytes | Stretch, file: InputFile) -> Unit:
    error = EmptyInputError("there is no line in it", place=file.name, advice="check how this file was saved")
    uri = file_uri(file.name, encoding=file.name_encoding)
    sha256 = _sha256(data, file)
    return Unit(data, sha256, "application/jsonl", canon.content_urn("resource", uri, sha256), uri, 0, None, error)


def _sha256(data: bytes | Stretch, file: InputFile) -> str:
    return canon.sha256_hex(data) if isinstance(data, bytes) else digest_of(data, name=file.name)


def _unit(line: bytes | Stretch, file: InputFile, ordinal: int) -> Unit:
    uri = f"{file_uri(file.name, encoding=file.name_encoding)}#line={ordinal + 1}"
    sha256 = _sha256(line, file)
    record_id = canon.content_urn("resource", uri, sha256, str(ordinal))
    unit = Unit(line, sha256, LINE_MEDIA_TYPE, record_id, uri, ordinal, None)
    if isinstance(line, bytes) and unit.size <= MAX_ARTICLE_BYTES:
        return unit
    error = TooLargeError(
        f"has {unit.size} bytes, more than the {MAX_ARTICLE_BYTES} of the longest article",
        place=_place(unit, file.name),
        advice="check how this file was made: each article has a line of its own",
    )
    return dataclasses.replace(unit, error=error)


def _place(unit: Unit, name: str) -> str:
    return f"{name}, line {unit.ordinal + 1}"


def read_line(unit: Unit, name: str) -> Source:
    """Return the article in a line of the file ``name``.

    Raises ParseError for what is no JSON object, EmptyInputError where there is no article in it.
    """
    assert isinstance(unit.data, bytes), "a longer one has an error"
    member, media_type, content, values = _parse(unit.data, _place(unit, name))
    return Source(
        path=name,
        data=content.encode("utf-8", "replace"),
        media_type=media_type,
        sha256=unit.sha256,
        size=unit.size,
        record_id=unit.record_id,
        target_uri=unit.target_uri,
        charset="utf-8",
        url=_text(values.get("url")),
        pointer=f"/{member}",
        ordinal=unit.ordinal,
        given=_given(values),
    )


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
