"""Digests and mandatory fields of one scanned record (WARC 1.1 clauses 5.2 to 5.5, 5.8, 5.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archiver.model.outcome import Severity
from archiver.warc.digest import Label, any_matches, parse_label
from archiver.warc.frame import Block
from archiver.warc.http import MAX_CHUNKS, head_size, payload_readings
from archiver.warc.notes import Notes
from archiver.warc.record import ScannedRecord, bare_uri

MANDATORY = tuple((name, name.lower()) for name in ("WARC-Record-ID", "Content-Length", "WARC-Date", "WARC-Type"))
#: W3CDTF in UTC; clause 5.4 allows one to nine digits of a second, 1.0 whole seconds only.
W3CDTF = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?", re.IGNORECASE)
#: The one algorithm of which digests are expected in another encoding than hexadecimal.
_BASE32 = ("base32", "sha1")
_MESSAGES = frozenset({"request", "response"})
_TRANSFER = b"transfer-encoding"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\x00-\x20]+")
TYPES = frozenset({"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"})
#: Fields of the standard that a record shall hold once (clause 5.1); extensions may repeat theirs.
_ONCE = frozenset(
    f"warc-{name}"
    for name in (
        "type record-id date target-uri block-digest payload-digest ip-address refers-to refers-to-target-uri"
        " refers-to-date truncated warcinfo-id filename profile identified-payload-type segment-number"
        " segment-origin-id segment-total-length"
    ).split()
) | {"content-length", "content-type"}


def check_fields(record: ScannedRecord, notes: Notes) -> None:
    """Note mandatory fields that are missing or make no sense, and fields that are there twice."""
    named, offset = record.named, record.offset
    for name, lower in MANDATORY:
        if not named.get(lower):
            notes.add("warc.missing-field", f"the mandatory field {name} is missing", offset)
    identity = named.get("warc-record-id")
    if identity and not _URI.fullmatch(bare_uri(identity)):
        notes.add("warc.bad-field", f"WARC-Record-ID is no URI: {identity[:80]!r}", offset)
    date = named.get("warc-date")
    if date and not W3CDTF.fullmatch(date):
        notes.add("warc.bad-field", f"WARC-Date is no W3CDTF date in UTC: {date[:80]!r}", offset)
    kind = named.get("warc-type")
    if kind and kind.lower() not in TYPES:
        message = f"the record type {kind[:40]!r} is not defined in WARC {record.version}"
        notes.add("warc.unknown-type", message, offset, severity=Severity.WARNING)
    if len(named) < len(record.fields):
        _check_repeated(record.fields, notes, offset)


def _check_repeated(fields: tuple[tuple[str, str], ...], notes: Notes, offset: int) -> None:
    seen: set[str] = set()
    for name, _ in fields:
        key = name.lower()
        if key in seen and key in _ONCE:
            notes.add("warc.repeated-field", f"the field {name} stands there more than once", offset)
        seen.add(key)


def check_digests(
    record: ScannedRecord, hashed: tuple[bytes | None, bytes | None], notes: Notes
) -> tuple[bool | None, bool | None]:
    """Verify both digests of a record; None stands for a digest that is not there or cannot be checked.

    ``hashed`` has the digests of block and payload if the block is not held.
    """
    block, payload = record.named.get("warc-block-digest"), record.named.get("warc-payload-digest")
    if block is None and payload is None and record.version != "arc":
        notes.add("warc.no-digest", "the record has no digest", record.offset, severity=Severity.NOTE)
    block_label = _label(block, "WARC-Block-Digest", record, notes) if block is not None else None
    good = _check_block(record, block_label, hashed[0], notes)
    label = _label(payload, "WARC-Payload-Digest", record, notes) if payload is not None else None
    # The payload of a revisit stands in another record, that of a segment in several (clauses 6.7, 7).
    if label is None or record.type == "revisit" or record.get("WARC-Segment-Number"):
        return good, None
    if good and label == block_label and record.type not in ("response", "request"):
        return good, True
    return good, _check_payload(record, label, hashed[1], notes)


def good_digests(named: Mapping[str, str], block: Block) -> tuple[bool | None, bool | None] | None:
    """Return what :func:`check_digests` does for a whole record where it has nothing to tell, None if that is not sure.

    ``named`` has the fields of the record by name in lower case.
    """
    said, of_payload = named.get("warc-block-digest"), named.get("warc-payload-digest")
    label = _usual_label(said)
    other = _usual_label(of_payload) if of_payload != said else label
    if label is None or (other is None and of_payload is not None) or "warc-segment-number" in named:
        return None
    kind = named.get("warc-type", "").lower()
    payload: bytes | memoryview | None = None
    if other is not None and block.held and kind != "revisit" and (other is not label or kind in _MESSAGES):
        payload = _plain_payload(kind, block.data)
        if payload is None:
            return None
    hashed = label.digest(block.data) if block.held else block.digests[0]
    if hashed != label.expected:
        return None
    if other is None or kind == "revisit":
        return True, None
    if payload is not None:
        hashed = other.digest(payload)
    elif not block.held:
        hashed = block.digests[1]
    return (True, True) if hashed == other.expected else None


def _plain_payload(kind: str, block: bytes) -> bytes | memoryview | None:
    """Return the payload of a record; None where there may be several readings of it."""
    if kind not in _MESSAGES:
        return block
    if kind == "request":
        return block.partition(b"\r\n\r\n")[2]
    size = head_size(block)
    return None if size is None or _TRANSFER in block[:size].lower() else memoryview(block)[size:]


def _usual_label(value: str | None) -> Label | None:
    label = parse_label(value) if value else None
    if not isinstance(label, Label):
        return None
    return label if label.encoding == "hex" or (label.encoding, label.algorithm) == _BASE32 else None


def _label(value: str, field: str, record: ScannedRecord, notes: Notes) -> Label | None:
    label = parse_label(value)
    if not isinstance(label, Label):
        notes.add(label.code, f"{field}: {label.message}", record.offset, severity=label.severity)
        return None
    if label.encoding == "base64" or (label.encoding == "base32" and label.algorithm != "sha1"):
        message = f"{field} is in {label.encoding}; for {label.algorithm} readers expect another encoding"
        notes.add("warc.digest-encoding", message, record.offset, severity=Severity.WARNING)
    return label


def _check_block(record: ScannedRecord, label: Label | None, hashed: bytes | None, notes: Notes) -> bool | None:
    good = None
    if label is not None and record.held:
        good = label.matches(record.block)
    elif label is not None and hashed is not None:
        good = hashed == label.expected
    if good is False and record.whole:
        value = record.get("WARC-Block-Digest")
        notes.add("warc.block-digest-mismatch", f"the block does not have the digest {value}", record.offset)
    return good


def _check_payload(record: ScannedRecord, label: Label, hashed: bytes | None, notes: Notes) -> bool | None:
    if record.held:
        readings = _of_response(record.block) if record.type == "response" else _block_or_body(record)
        if not readings:
            message = f"the payload is in more than {MAX_CHUNKS} chunks, its digest was not compared"
            notes.add("warc.unknown-digest", message, record.offset, severity=Severity.WARNING)
            return None
        good = any_matches(label, readings)
        if good and len(readings) > 1 and record.type == "response" and not label.matches(readings[0]):
            message = "the payload digest was made over the chunks of the transfer, which are no part of the payload"
            notes.add("warc.payload-digest-chunked", message, record.offset, severity=Severity.WARNING)
    elif hashed is not None:
        good = hashed == label.expected
    else:
        return None
    if not good and record.whole:
        value = record.get("WARC-Payload-Digest")
        notes.add("warc.payload-digest-mismatch", f"the payload does not have the digest {value}", record.offset)
    return good


def _of_response(block: bytes) -> Sequence[bytes | memoryview]:
    """What stands behind the HTTP header, as :func:`payload_readings` has it, not copied if that can be."""
    size = head_size(block)
    if size is not None and _TRANSFER not in block[:size].lower():
        return [memoryview(block)[size:]]
    return payload_readings(block)


def _block_or_body(record: ScannedRecord) -> Sequence[bytes | memoryview]:
    """Payload of a request: its entity-body; of everything else: the block (clauses 6.4, 6.5, 6.8)."""
    if record.type != "request":
        return [record.block]
    _, _, body = record.block.partition(b"\r\n\r\n")
    return [body, record.block]
