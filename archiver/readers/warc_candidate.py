"""Which record of a WARC file may be an article, and what of it is to be parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from archiver.canon import sha256_hex
from archiver.errors import ArticleError, DamagedContainerError, DecodeError, TooLargeError
from archiver.model.document import Notice
from archiver.model.source import Source
from archiver.warc.http import HttpHead, content_type, http_entity, split_http
from archiver.warc.identity import is_uri
from archiver.warc.record import ScannedRecord, WarcLimits

#: Media types that hold an article as text.
ARTICLE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})

#: Types that say nothing; the content is looked at (RFC 9110 section 8.3 allows it for a missing type).
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown"})
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)[\s>/]", re.IGNORECASE)
_XHTML = re.compile(rb"<html[^>]*xmlns\s*=\s*[\"']http://www\.w3\.org/1999/xhtml", re.IGNORECASE)
_LEADING = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?xml[^>]*\?>|<!--.*?-->)*", re.DOTALL)
_SNIFF_BYTES = 2048

_ADVICE = "the container is in the package as it is; get the file again from its source"
_ADVICE_CODING = "install what is missing and run again; the record is in the package as it is"


@dataclass(frozen=True, slots=True)
class WarcCandidate:
    """One record that may be an article."""

    source: Source
    error: ArticleError | None = None
    """Why it cannot become one; ``source.data`` is then what there is of it, perhaps nothing."""


@dataclass(frozen=True, slots=True)
class _Body:
    data: bytes
    media_type: str
    charset: str | None
    notices: tuple[Notice, ...] = ()
    error: ArticleError | None = None


def sniff_media_type(data: bytes) -> str:
    """Return ``text/html`` or ``application/xhtml+xml`` if ``data`` begins as such a document does, else an empty text.

    A byte order mark, white space, an XML declaration and comments may stand before the first tag;
    only the first 2048 bytes are looked at.
    """
    head = data[:_SNIFF_BYTES]
    start = _LEADING.match(head)
    at = start.end() if start else 0
    if not _HTML.match(head, at):
        return ""
    return "application/xhtml+xml" if b"<?xml" in head[:at] and _XHTML.search(head) else "text/html"


def find_candidate(
    record: ScannedRecord,
    *,
    path: str,
    limits: WarcLimits,
    record_id: str = "",
    target_uri: str = "",
    unread: ArticleError | None = None,
) -> WarcCandidate | None:
    """Return the candidate article in ``record``, None if it is not of a type that holds one.

    Candidates are HTTP responses with a status of 200 to 299, and resources, whose payload is HTML,
    XHTML or plain text. ``record_id`` and ``target_uri`` replace those of the record where it is
    not stored under its own name. ``unread`` tells why the body of a response cannot be decoded; it is
    not tried then, and what may be an article is a candidate with this error.
    """
    body = _response(record, limits, unread) if record.type == "response" else _resource(record)
    if body is None or body.media_type not in ARTICLE_TYPES or _is_robots(record.target_uri):
        return None
    error = body.error or _fault(record, path, limits)
    if not (record_id or is_uri(record.record_id)):
        message = f"the record id {record.record_id[:80]!r} is no URI, so nothing can refer to the record"
        error = DamagedContainerError(message, place=path, advice=_ADVICE)
    source = Source(
        path=path,
        data=body.data,
        media_type=body.media_type,
        sha256=sha256_hex(body.data),
        size=len(body.data),
        record_id=record_id or record.record_id,
        target_uri=target_uri or record.target_uri or "",
        charset=body.charset,
        url=record.target_uri,
        captured=record.date,
        ordinal=record.index,
        notices=(*body.notices, *_truncated(record)),
    )
    return WarcCandidate(source, error)


def _truncated(record: ScannedRecord) -> tuple[Notice, ...]:
    """What the crawler says of a record that it ended early (WARC 1.1 section 5.13): the end may be missing."""
    reason = record.get("WARC-Truncated")
    if reason is None:
        return ()
    shown = "".join(char if char.isprintable() else " " for char in reason[:40])
    return (Notice("warc.cut-by-crawler", f"whoever captured the page ended the record early, reason: {shown}"),)


def _response(record: ScannedRecord, limits: WarcLimits, unread: ArticleError | None) -> _Body | None:
    head = split_http(record.block)
    if head is None or not 200 <= head.status <= 299:
        return None
    told, charset = content_type(head.get("Content-Type"))
    if told not in ARTICLE_TYPES and told not in _UNTOLD:
        return None
    if unread is not None:
        return _Body(record.block[head.size :], told if told in ARTICLE_TYPES else "text/html", charset, (), unread)
    if not record.held:
        return _Body(b"", told or "text/html", charset)
    return _entity(record, head, told, charset, limits)


def _entity(record: ScannedRecord, head: HttpHead, told: str, charset: str | None, limits: WarcLimits) -> _Body | None:
    try:
        entity = http_entity(record.block, max_bytes=limits.entity_bytes, max_ratio=limits.entity_ratio)
    except ArticleError as error:
        # What it is cannot be seen, but the header called it an article.
        return _Body(record.block[head.size :], told, charset, (), error) if told in ARTICLE_TYPES else None
    if not entity.body and head.status in (204, 205):
        return None
    media_type = sniff_media_type(entity.body) if told in _UNTOLD else told
    unknown = next((notice for notice in entity.notices if notice.code == "http.unknown-coding"), None)
    coding = DecodeError(unknown.message, advice=_ADVICE_CODING) if unknown else None
    return _Body(entity.body, media_type, charset, entity.notices, coding)


def _resource(record: ScannedRecord) -> _Body | None:
    if record.type != "resource":
        return None
    told, charset = content_type(record.get("Content-Type"))
    data = record.block if record.held else b""
    return _Body(data, sniff_media_type(record.block) if told in _UNTOLD else told, charset)


def _fault(record: ScannedRecord, path: str, limits: WarcLimits) -> ArticleError | None:
    place = f"{path} {record.record_id or f'record {record.index}'}"
    if not record.whole:
        reasons = "; ".join(finding.message for finding in record.errors)
        return DamagedContainerError(reasons or "the record is damaged", place=place, advice=_ADVICE)
    if not record.held:
        message = f"the block has {record.block_length} bytes, more than the limit of {limits.block_bytes}"
        return TooLargeError(message, place=place, advice="raise the limit; the record is in the package as it is")
    if record.get("WARC-Segment-Number"):
        message = "the record is one segment of a longer one"
        return DamagedContainerError(
            message, place=place, advice="join the segments; they are in the package as they are"
        )
    return None


def _is_robots(uri: str | None) -> bool:
    """Tell whether this is the file for robots, whose place RFC 9309 section 2.3 fixes."""
    try:
        return uri is not None and urlsplit(uri).path == "/robots.txt"
    except ValueError:
        return False
