"""Lines of a CDXJ index: SURT key, 14-digit timestamp, JSON (https://specs.webrecorder.net/cdxj/)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from archiver.canon import sha256_hex
from archiver.model.records import WarcRecord
from archiver.warc.http import head_size, status_and_type
from archiver.warc.record import ScannedRecord, bare_uri, field_value

_TYPES = frozenset({"response", "resource", "revisit"})
#: What stands in place of the media type of a revisit.
REVISIT = "warc/revisit"
_WEB = ("http:", "https:")
_NOT_DIGIT = re.compile(r"[^0-9]")
_MIME_END = re.compile(r"[;\s]")
#: Addresses of which the SURT is the host turned round and the path in lower case: those with nothing in them that
#: surt takes away (ports, "www", queries, segments of dots, empty segments) or writes in another way.
_PLAIN = re.compile(
    r"https?://(?![wW]{3}\d*\.)((?:[a-zA-Z0-9-]+\.)+[a-zA-Z][a-zA-Z0-9-]*)"
    r"((?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+/?|/)"
)
_PLAIN_FILE = re.compile(r"file://(/[A-Za-z0-9._~/-]*)")
_EARLIEST = "00000101000000"


@dataclass(frozen=True, slots=True)
class CdxEntry:
    """What the index says of a record, wherever the record will stand."""

    key: str
    """SURT of the target URI."""
    timestamp: str
    """14 digits, UTC."""
    fields: tuple[tuple[str, str], ...]
    """``url``, ``mime``, ``status``, ``digest``, in this order, as far as known."""


def record_entry(record: WarcRecord, payload_digest: str | None = None) -> CdxEntry | None:
    """Return the entry of a record that archiver wrote; None for types that are not indexed."""
    digest = payload_digest or field_value(record.extra, "WARC-Payload-Digest")
    return _entry(record.type, record.target_uri, record.date, record.content_type, record.block, digest, whole=True)


def scanned_entry(record: ScannedRecord) -> CdxEntry | None:
    """Return the entry of a record of a source WARC; None for types that are not indexed."""
    return _entry(
        record.type,
        record.target_uri,
        record.date,
        record.get("Content-Type"),
        record.block,
        record.get("WARC-Payload-Digest"),
        whole=record.held,
    )


def as_revisit(entry: CdxEntry) -> CdxEntry:
    """Return the entry of the ``revisit`` that takes the place of a ``resource`` record."""
    fields = tuple((name, value) for name, value in entry.fields if name != "mime")
    url, *rest = fields
    return CdxEntry(entry.key, entry.timestamp, (url, ("mime", REVISIT), *rest))


def address_key(entry: CdxEntry) -> str | None:
    """Return the key under which ReplayWeb.page looks in a compressed index, where it is not the SURT; else None.

    For addresses other than those of the web it takes the address itself, pywb and cdxj-indexer the SURT.
    """
    url = entry.fields[0][1]
    return None if url == entry.key or url.lower().startswith(_WEB) else url


def cdxj_line(entry: CdxEntry, *, filename: str, offset: int, length: int) -> bytes:
    """Return one line of the index, with its line end.

    ``filename`` is relative to ``archive/``; ``offset`` and ``length`` are of the gzip member, in
    bytes. Numbers are strings, as all writers of this format have them.
    """
    place = (("length", str(length)), ("offset", str(offset)), ("filename", filename))
    return f"{entry.key} {entry.timestamp} {json.dumps(dict(entry.fields + place))}\n".encode("ascii", "replace")


def surt_key(uri: str) -> str:
    """Return the SURT of ``uri`` as the index orders it; the URI itself where there is none."""
    plain = _PLAIN.fullmatch(uri)
    if plain:
        path = plain[2].lower()
        key = f"{','.join(reversed(plain[1].lower().split('.')))}){path}"
        return key.removesuffix("/") if len(path) > 1 else key
    local = _PLAIN_FILE.fullmatch(uri)
    if local:
        path = local[1].lower()
        return f"file:{path.removesuffix('/') if len(path) > 1 else path}"
    # Importing surt costs as much as reading thousands of records.
    from surt import surt

    try:
        key = surt(uri)
    except (ValueError, LookupError, AttributeError, TypeError):
        key = uri
    return index_url(key or uri)


@lru_cache(maxsize=256)
def timestamp(date: str) -> str:
    """Return the 14 digits of a W3CDTF date; what it leaves out becomes its earliest value."""
    digits = _NOT_DIGIT.sub("", date)[:14]
    return digits + _EARLIEST[len(digits) :]


def _entry(
    kind: str,
    uri: str | None,
    date: str | None,
    content_type: str | None,
    block: bytes,
    digest: str | None,
    *,
    whole: bool,
) -> CdxEntry | None:
    if not is_indexed(kind, content_type) or not uri or not date:
        return None
    url = index_url(bare_uri(uri))
    fields = _fields(kind, url, content_type, block, digest, whole=whole)
    return CdxEntry(surt_key(url), timestamp(date), fields)


def is_indexed(kind: str, content_type: str | None) -> bool:
    """Tell whether records of this type and Content-Type belong in an index."""
    return kind in _TYPES and not (kind == "resource" and content_type == "application/warc-fields")


def scanned_fields(record: ScannedRecord) -> dict[str, str]:
    """Return what an entry says of a record of any type, without its place; digests are those that the record has."""
    url = index_url(record.target_uri or "")
    digest = record.get("WARC-Payload-Digest")
    return dict(_fields(record.type, url, record.get("Content-Type"), record.block, digest, whole=False))


def _fields(
    kind: str, url: str, content_type: str | None, block: bytes, digest: str | None, *, whole: bool
) -> tuple[tuple[str, str], ...]:
    told = status_and_type(block) if kind != "resource" else None
    mime = REVISIT if kind == "revisit" else content_type
    if kind == "response":
        mime = told[1] if told else None
    fields = [("url", url)]
    if mime and (bare := _MIME_END.split(mime, maxsplit=1)[0]):
        fields.append(("mime", bare))
    if told and told[0]:
        fields.append(("status", str(told[0])))
    if digest:
        fields.append(("digest", digest))
    elif whole and kind != "revisit":
        body = head_size(block) if told else 0
        fields.append(("digest", f"sha256:{sha256_hex(block[body:])}"))
    return tuple(fields)


def index_url(text: str) -> str:
    """Return ``text`` as the index has it: what would break the line is percent-encoded, all above ASCII too."""
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    raw = text.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if 0x20 < byte < 0x7F else f"%{byte:02X}" for byte in raw)
