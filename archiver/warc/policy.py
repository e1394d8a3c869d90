"""Which named field may stand on which type of record (WARC 1.1 clauses 5.6 to 5.21 and 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archiver.digits import read_number
from archiver.model.outcome import Severity
from archiver.warc.header import HeaderProblem
from archiver.warc.record import ScannedRecord, bare_uri
from archiver.warc.verify import W3CDTF

_ALL = frozenset({"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"})
_CAPTURES = frozenset({"response", "resource", "request", "metadata", "revisit"})

#: Field to the types it may stand on; a field that is not here may stand anywhere.
_ALLOWED = {
    "WARC-Target-URI": _ALL - {"warcinfo"},
    "WARC-Concurrent-To": _CAPTURES,
    "WARC-IP-Address": _CAPTURES,
    "WARC-Refers-To": frozenset({"metadata", "revisit", "conversion"}),
    "WARC-Refers-To-Target-URI": frozenset({"revisit"}),
    "WARC-Refers-To-Date": frozenset({"revisit"}),
    "WARC-Warcinfo-ID": _ALL - {"warcinfo"},
    "WARC-Filename": frozenset({"warcinfo"}),
    "WARC-Profile": frozenset({"revisit"}),
    "WARC-Payload-Digest": _ALL - {"warcinfo", "metadata"},
    "WARC-Identified-Payload-Type": _ALL - {"warcinfo", "metadata"},
    "WARC-Segment-Origin-ID": frozenset({"continuation"}),
    "WARC-Segment-Total-Length": frozenset({"continuation"}),
}
_REQUIRED = {
    "WARC-Target-URI": _ALL - {"warcinfo", "metadata"},
    "WARC-Profile": frozenset({"revisit"}),
    "WARC-Segment-Origin-ID": frozenset({"continuation"}),
    "WARC-Segment-Number": frozenset({"continuation"}),
}
_REQUIRED_BY = {
    kind: tuple((name, name.lower()) for name, types in _REQUIRED.items() if kind in types) for kind in _ALL
}
_FORBIDDEN_BY = {
    kind: tuple((name, name.lower()) for name, types in _ALLOWED.items() if kind not in types) for kind in _ALL
}
_IDS = (
    "WARC-Record-ID",
    "WARC-Concurrent-To",
    "WARC-Refers-To",
    "WARC-Warcinfo-ID",
    "WARC-Segment-Origin-ID",
)
_URIS = ("WARC-Target-URI", "WARC-Refers-To-Target-URI", "WARC-Profile")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]*")
_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}|(?=.*:)[0-9A-Fa-f:.]+")
_MEDIA_TYPE = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+/[!#$%&'*+\-.^_`|~0-9A-Za-z]+\s*(;.*)?")
_DIGITS = re.compile(r"\d+")


def field_problems(record: ScannedRecord) -> Iterator[HeaderProblem]:
    """Yield what the fields of one record do that its type does not allow, and values without a meaning.

    What the scanner finds by itself (mandatory fields of all records, digests) is left out.
    """
    present = record.named
    kind = present.get("warc-type", "").lower()
    if kind in _ALL:
        yield from _by_type(kind, present)
    yield from _values(record)
    if record.block_length and kind != "continuation" and not present.get("content-type"):
        message = "Content-Type is missing; it should stand on a record with a block"
        yield HeaderProblem("warc.missing-content-type", message, Severity.WARNING)
    media_type = (present.get("content-type") or "application/warc-fields").split(";")[0].strip()
    if kind == "warcinfo" and media_type != "application/warc-fields":
        message = "application/warc-fields is recommended for a warcinfo record"
        yield HeaderProblem("warc.content-type", message, Severity.NOTE)


def strange_fields(record: ScannedRecord) -> tuple[str, ...]:
    """Return the names of fields that the standard does not define; it allows extensions (clause 4)."""
    if record.named.keys() <= _DEFINED:
        return ()
    return tuple(name for name, _ in record.fields if name.lower() not in _DEFINED)


def _by_type(kind: str, present: Mapping[str, str]) -> Iterator[HeaderProblem]:
    """``present`` has the first value of each field by its name in lower case."""
    for name, lower in _REQUIRED_BY[kind]:
        if not present.get(lower):
            yield HeaderProblem("warc.missing-field", f"{name} is mandatory on a {kind} record")
    for name, lower in _FORBIDDEN_BY[kind]:
        if lower in present:
            yield HeaderProblem("warc.forbidden-field", f"{name} shall not stand on a {kind} record")
    number = present.get("warc-segment-number")
    if number is None or not _DIGITS.fullmatch(number):
        return
    if (kind == "continuation") == (read_number(number) < 2):
        message = f"WARC-Segment-Number {number[:40]} makes no sense on a {kind} record"
        yield HeaderProblem("warc.bad-field", message)


def _values(record: ScannedRecord) -> Iterator[HeaderProblem]:
    for name, value in record.fields:
        lower = name.lower()
        if not value:
            if lower.startswith(("warc-", "content-")):
                yield HeaderProblem("warc.bad-field", f"{name} is empty")
            continue
        reason = _reason(lower, value, record.version) if lower in _RESTRICTED else ""
        if reason:
            yield HeaderProblem("warc.bad-field", f"{name} {reason}: {value[:120]!r}")


_DEFINED = frozenset(name.lower() for name in (*_ALLOWED, *_IDS, *_URIS)) | frozenset(
    "warc-type warc-date warc-block-digest warc-truncated warc-segment-number content-type content-length".split()
)
_LOWER_IDS = frozenset(name.lower() for name in _IDS)
_LOWER_URIS = frozenset(name.lower() for name in _URIS)
_MEDIA_TYPES = frozenset({"content-type", "warc-identified-payload-type"})
_NUMBERS = frozenset({"warc-segment-number", "warc-segment-total-length"})
_RESTRICTED = _LOWER_IDS | _LOWER_URIS | _MEDIA_TYPES | _NUMBERS | {"warc-refers-to-date", "warc-ip-address"}


def _reason(lower: str, value: str, version: str) -> str:
    """``lower`` is the name of the field in lower case."""
    if lower in _LOWER_IDS:
        in_brackets = value.startswith("<") and value.endswith(">")
        return "" if in_brackets and _URI.fullmatch(bare_uri(value)) else "is no URI in angle brackets"
    if lower in _LOWER_URIS:
        # The grammar of WARC 1.0 and before demanded the brackets.
        bare = bare_uri(value) if version != "1.1" else value
        return "" if _URI.fullmatch(bare) else "is no URI (RFC 3986)"
    if lower == "warc-refers-to-date" and not W3CDTF.fullmatch(value):
        return "is no W3CDTF date in UTC"
    if lower == "warc-ip-address" and not _ADDRESS.fullmatch(value):
        return "is no IP address"
    if lower in _MEDIA_TYPES and not _MEDIA_TYPE.fullmatch(value):
        return "is no media type"
    if lower in _NUMBERS and not _DIGITS.fullmatch(value):
        return "is no number"
    return ""
