"""The HTTP message in a response record: head, payload, decoded entity (RFC 9110, RFC 9112).

Captures break the rules in every way; what can be understood is, and what was done differently
from the headers' word becomes a notice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.errors import ParseError, TooLargeError
from archiver.model.document import Notice
from archiver.warc.coding import decode_content

_END = re.compile(rb"\n\r{0,2}\n")
_STATUS = re.compile(rb"HTTP/\d+(?:\.\d+)?(?:[ \t]+(\d{1,3})(?!\d))?", re.IGNORECASE)
#: The beginning of a header as nearly all are written, up to Content-Type: ASCII and no folded lines.
_PLAIN = re.compile(
    rb"HTTP/\d\.\d (\d{3})(?!\d)[ -~]{0,200}\r\n(?:(?!content-type[: ])[!-9;-~]+:[\t -~]{0,4000}\r\n){0,99}"
    rb"content-type:([\t -~]{0,400})\r\n(?![\t ])",
    re.IGNORECASE,
)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHUNK_END = re.compile(rb"\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
#: So much of a header is read, and so many lines: real ones stay far below, and each line takes a hundred bytes.
_HEAD_BYTES = 4 * 1024 * 1024
_HEAD_LINES = 20_000
#: A body in more chunks is not put together: each takes its time, however few bytes it has.
MAX_CHUNKS = 1 << 20
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+\-]+/[a-z0-9!#$&^_.+\-]+")


@dataclass(frozen=True, slots=True)
class HttpHead:
    """Status line and header of a response."""

    status: int
    """0 where the status line tells none."""
    headers: tuple[tuple[str, str], ...]
    size: int
    """Bytes of the block up to the body."""

    def get(self, name: str) -> str | None:
        """Return the first value of a header, None where it is missing."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def values(self, name: str) -> list[str]:
        """Return the comma-separated members of all headers called ``name``, lower case."""
        wanted = name.lower()
        joined = ",".join(value for key, value in self.headers if key.lower() == wanted)
        return [member.strip().lower() for member in joined.split(",") if member.strip()]

    @property
    def chunked(self) -> bool:
        """Whether the body is in chunks (RFC 9112 section 7.1)."""
        return "chunked" in self.values("Transfer-Encoding")


@dataclass(frozen=True, slots=True)
class HttpEntity:
    """What a response brought, after transfer and content coding were undone."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    media_type: str
    """Type without parameters, lower case; empty where the header is missing or senseless."""
    charset: str | None
    """As declared in Content-Type."""
    notices: tuple[Notice, ...] = ()


def split_http(block: bytes) -> HttpHead | None:
    """Return the head of the HTTP response in ``block``, None if it does not begin with a status line."""
    match = _STATUS.match(block)
    size = head_size(block)
    if match is None or size is None:
        return None
    # Servers write UTF-8 and Latin-1 alike; RFC 9110 section 5.5 leaves bytes above 127 opaque.
    read = block[: min(size, _HEAD_BYTES)]
    try:
        text = read.decode("utf-8")
    except UnicodeDecodeError:
        text = read.decode("latin-1")
    headers: list[tuple[str, list[str]]] = []
    for line in text.split("\n", _HEAD_LINES)[1:_HEAD_LINES]:
        if line[:1] in (" ", "\t") and headers and line.strip():
            headers[-1][1].append(line.strip())
            continue
        name, colon, value = line.partition(":")
        if colon and name.strip():
            headers.append((name.strip(), [value.strip()]))
    return HttpHead(int(match.group(1) or 0), tuple((name, " ".join(values)) for name, values in headers), size)


def status_and_type(block: bytes) -> tuple[int, str | None] | None:
    """Return status and Content-Type of the response in ``block``, None if it does not begin with a status line."""
    plain = _PLAIN.match(block)
    if plain:
        return int(plain[1]), plain[2].decode("ascii").strip()
    head = split_http(block)
    return None if head is None else (head.status, head.get("Content-Type"))


def head_size(block: bytes) -> int | None:
    """Return how many bytes of ``block`` stand before the body, None if it does not begin with a status line."""
    if not _STATUS.match(block):
        return None
    end = _END.search(block)
    return end.end() if end else len(block)


def payload_readings(block: bytes) -> list[bytes]:
    """Return the payload of an HTTP response block as the standard has it, then as writers took it.

    WARC 1.1 clause 6.3.2 names the entity-body of RFC 2616, which is free of transfer coding;
    several writers digest the body with its chunk sizes. Nothing of the content coding is undone. There is
    no reading of a body in too many chunks.
    """
    head = split_http(block)
    if head is None:
        return [block]
    body = block[head.size :]
    if not head.chunked:
        return [body]
    try:
        return [dechunk(body)[0], body]
    except TooLargeError:
        return []


def dechunk(body: bytes) -> tuple[bytes, tuple[Notice, ...]]:
    """Undo the chunked transfer coding; what is not in chunks is left as it stands, with a notice.

    Raises TooLargeError for more than MAX_CHUNKS chunks.
    """
    parts: list[bytes] = []
    at = 0
    while True:
        if len(parts) > MAX_CHUNKS:
            raise TooLargeError(f"the body is in more than {MAX_CHUNKS} chunks", advice="the record is kept as it is")
        match = _CHUNK.match(body, at)
        if not match:
            return _unchunked_rest(body, at, parts)
        size = int(match.group(1), 16)
        at = match.end()
        if size == 0:
            return b"".join(parts), ()
        parts.append(body[at : at + size])
        if at + size > len(body):
            return b"".join(parts), (Notice("http.truncated-chunk", "the last chunk of the body is cut short"),)
        at += size
        end = _CHUNK_END.match(body, at)
        if end:
            at = end.end()


def _unchunked_rest(body: bytes, at: int, parts: list[bytes]) -> tuple[bytes, tuple[Notice, ...]]:
    if at >= len(body):
        return b"".join(parts), (Notice("http.truncated-chunk", "the chunk that ends the body is missing"),)
    if not parts:
        return body, (Notice("http.not-chunked", "the header says chunked and the body is not"),)
    parts.append(body[at:])
    return b"".join(parts), (Notice("http.damaged-chunk", "after a wrong chunk size the body was taken as it stands"),)


def http_entity(block: bytes, *, max_bytes: int = 64 * 1024 * 1024, max_ratio: int = 400) -> HttpEntity:
    """Return the decoded entity of the HTTP response in ``block``.

    ``max_bytes`` and ``max_ratio`` bound what content codings may swell to. Raises ParseError if
    the block is no HTTP response or a coding is damaged, TooLargeError over a limit and for too many chunks.
    """
    head = split_http(block)
    if head is None:
        raise ParseError("the block of the response record is no HTTP response", advice="the record is kept as it is")
    body = block[head.size :]
    notices: tuple[Notice, ...] = ()
    if head.chunked:
        body, notices = dechunk(body)
    codings = [coding for coding in head.values("Content-Encoding") if coding != "identity"]
    for coding in reversed(codings):
        body, more = decode_content(body, coding, max_bytes=max_bytes, max_ratio=max_ratio)
        notices += more
    media_type, charset = content_type(head.get("Content-Type"))
    return HttpEntity(head.status, head.headers, body, media_type, charset, notices)


def content_type(value: str | None) -> tuple[str, str | None]:
    """Return media type (lower case, empty if there is none) and charset of a Content-Type value."""
    if not value:
        return "", None
    media_type = value.split(";")[0].strip().lower()
    charset = _CHARSET.search(value)
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else "", charset.group(1) if charset else None
