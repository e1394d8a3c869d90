"""Records to bytes: WARC 1.1, the same bytes for the same record (ISO 28500:2017 clauses 4 to 6)."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import BinaryIO
from urllib.parse import quote

from archiver.canon import GZIP_LEVEL, gzip_member, sha256_hex
from archiver.errors import PackageError
from archiver.model.records import WarcRecord
from archiver.warc.http import split_http
from archiver.warc.identity import is_uri
from archiver.warc.verify import W3CDTF

_TRAILER = b"\r\n\r\n"
#: C0 and C1 controls, the line separators that some readers split at, and lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_TYPE = re.compile(r"[a-z][a-z0-9-]*")
_URI_SAFE = "!#$%&'()*+,-./:;=?@[]_~"

#: A payload is defined as the block (clauses 6.4.1 and 6.8); that of HTTP messages is their entity-body.
_PAYLOAD_IS_BLOCK = frozenset({"resource", "conversion"})
_MAY_REFER = frozenset({"metadata", "revisit", "conversion"})
_WITHOUT_TARGET = frozenset({"warcinfo", "metadata"})
_OWN_FIELDS = frozenset(
    {
        "warc-type",
        "warc-record-id",
        "warc-date",
        "warc-target-uri",
        "warc-refers-to",
        "warc-warcinfo-id",
        "warc-block-digest",
        "content-type",
        "content-length",
    }
)


class RecordError(PackageError):
    """A record cannot be written as it is: a header value could forge other headers, or a rule is broken."""

    code = "package.record"


def encode_uri(uri: str) -> str:
    """Return ``uri`` in ASCII: what RFC 3986 does not allow is percent-encoded as UTF-8.

    Escapes that are there stay. Raises RecordError for control characters and for what has no scheme.
    """
    if _FORBIDDEN.search(uri):
        raise RecordError(f"a control character stands in the target URI {uri[:80]!r}", advice="correct the URI")
    encoded = quote(uri.strip(), safe=_URI_SAFE)
    if not is_uri(encoded):
        raise RecordError(f"this is no URI: {uri[:80]!r}", advice="give an absolute URI with a scheme")
    return encoded


def record_bytes(record: WarcRecord) -> bytes:
    """Return ``record`` as one uncompressed WARC 1.1 record with the two line ends after it.

    Raises RecordError where a value would break the header or the record breaks a rule of its type.
    """
    digest = f"sha256:{sha256_hex(record.block)}"
    payload = _payload_digest(record, digest)
    return record_header(record, len(record.block), digest, payload_digest=payload) + record.block + _TRAILER


def member(record: WarcRecord) -> bytes:
    """Return ``record`` as one gzip member (annex D.2: one member a record)."""
    return gzip_member(record_bytes(record))


def record_header(record: WarcRecord, length: int, block_digest: str, *, payload_digest: str | None = None) -> bytes:
    """Return the header, with its blank line, of a record whose block has this length and digest.

    ``record.block`` is not looked at, so that blocks of any size can be written in pieces.
    """
    _check_rules(record)
    fields = [
        ("WARC-Type", record.type),
        ("WARC-Record-ID", _bracketed(record.record_id)),
        ("WARC-Date", record.date),
    ]
    if record.target_uri is not None:
        fields.append(("WARC-Target-URI", encode_uri(record.target_uri)))
    if record.refers_to is not None:
        fields.append(("WARC-Refers-To", _bracketed(record.refers_to)))
    if record.warcinfo_id is not None:
        fields.append(("WARC-Warcinfo-ID", _bracketed(record.warcinfo_id)))
    fields.extend(record.extra)
    fields.append(("WARC-Block-Digest", block_digest))
    if payload_digest is not None:
        fields.append(("WARC-Payload-Digest", payload_digest))
    if record.content_type:
        fields.append(("Content-Type", record.content_type))
    fields.append(("Content-Length", str(length)))
    lines = ["WARC/1.1", *(f"{_name(name)}: {_value(name, value)}" for name, value in fields), "", ""]
    return "\r\n".join(lines).encode("utf-8")


def write_long_member(record: WarcRecord, pieces: Iterable[bytes], out: BinaryIO, *, length: int, sha256: str) -> int:
    """Write a ``resource`` record whose block comes in ``pieces`` as one gzip member; return its size in bytes.

    ``length`` and ``sha256`` (lower-case hexadecimal) describe the block; ``record.block`` is not
    looked at. Raises RecordError if the pieces have another length.
    """
    digest = f"sha256:{sha256}"
    payload = digest if record.type in _PAYLOAD_IS_BLOCK else None

    def parts() -> Iterable[bytes]:
        yield record_header(record, length, digest, payload_digest=payload)
        got = 0
        for piece in pieces:
            got += len(piece)
            yield piece
        if got != length:
            raise RecordError(f"a block of {length} bytes had {got}", advice="the input changed while it was read")
        yield _TRAILER

    return write_member(parts(), out)


def write_member(pieces: Iterable[bytes], out: BinaryIO) -> int:
    """Write ``pieces`` as one gzip member (RFC 1952, no clock, no name); return its size in bytes."""
    # The header of an empty member: the same for all, whatever follows.
    size = out.write(gzip_member(b"")[:10])
    compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = length = 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
        length += len(piece)
        size += out.write(compressor.compress(piece))
    size += out.write(compressor.flush())
    return size + out.write(struct.pack("<II", crc, length & 0xFFFFFFFF))


def warcinfo(fields: Mapping[str, str], *, record_id: str, date: str, filename: str | None = None) -> WarcRecord:
    """Return a ``warcinfo`` record with an ``application/warc-fields`` block of ``fields``, in their order.

    ``filename`` becomes WARC-Filename (clause 5.15). Raises RecordError as :func:`record_bytes` does.
    """
    lines = [f"{_name(name)}: {_value(name, value)}\r\n" for name, value in fields.items()]
    return WarcRecord(
        type="warcinfo",
        record_id=record_id,
        date=date,
        content_type="application/warc-fields",
        block="".join(lines).encode("utf-8"),
        extra=(("WARC-Filename", filename),) if filename else (),
    )


def _payload_digest(record: WarcRecord, block_digest: str) -> str | None:
    if any(name.lower() == "warc-payload-digest" for name, _ in record.extra):
        return None
    if record.type in _PAYLOAD_IS_BLOCK:
        return block_digest
    if record.type != "response" or not record.content_type.startswith("application/http"):
        return None
    head = split_http(record.block)
    # Readers disagree whether the digest of a chunked body takes in the chunk sizes: say nothing there.
    if head is None or head.chunked:
        return None
    return f"sha256:{sha256_hex(record.block[head.size :])}"


def _check_rules(record: WarcRecord) -> None:
    problem = ""
    if not _TYPE.fullmatch(record.type):
        problem = f"{record.type[:40]!r} is no record type"
    elif not W3CDTF.fullmatch(record.date):
        problem = f"{record.date[:40]!r} is no WARC-Date"
    elif record.target_uri is not None and record.type in _WITHOUT_TARGET:
        # On metadata it is allowed, but indexers then take the record for the newest capture of the URI.
        problem = f"a {record.type} record has no target URI"
    elif record.target_uri is None and record.type not in _WITHOUT_TARGET:
        problem = f"a {record.type} record needs a target URI"
    elif record.refers_to is not None and record.type not in _MAY_REFER:
        problem = f"a {record.type} record does not refer to another"
    elif any(name.lower() in _OWN_FIELDS for name, _ in record.extra):
        problem = "a field of the record stands among its further fields"
    elif record.type in _WITHOUT_TARGET and any(name.lower() == "warc-payload-digest" for name, _ in record.extra):
        problem = f"a {record.type} record has no payload"
    if problem:
        raise RecordError(problem, place=record.record_id[:80], advice="this is a fault of the caller")


def _bracketed(identity: str) -> str:
    if not is_uri(identity):
        raise RecordError(f"{identity[:80]!r} is no record id", advice="a record id is a URI without white space")
    return f"<{identity}>"


def _name(name: str) -> str:
    if not _TOKEN.fullmatch(name):
        raise RecordError(f"{name[:80]!r} is no field name", advice="use letters, digits and hyphens")
    return name


def _value(name: str, value: str) -> str:
    if _FORBIDDEN.search(value):
        message = f"the value of {name} holds a character that must not stand in a header: {value[:80]!r}"
        raise RecordError(message, advice="remove control characters")
    return value.strip()
