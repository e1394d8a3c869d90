"""Which named field may stand on which type of record (WARC 1.1 clauses 5.6 to 5.21 and 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import AddressValueError, IPv6Address

from archiver.digits import read_number
from archiver.model.outcome import Severity
from archiver.warc.header import HeaderProblem
from archiver.warc.moment import is_real, is_too_new, is_usual
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
_BYTE = r"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)"
_ADDRESS_4 = re.compile(rf"{_BYTE}(?:\.{_BYTE}){{3}}", re.ASCII)
_ADDRESS_6 = re.compile(r"(?=.*:)[0-9A-Fa-f:.]+")
_MEDIA_TYPE = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+/[!#$%&'*+\-.^_`|~0-9A-Za-z]+\s*(;.*)?")
_DIGITS = re.compile(r"\d+")
#: Records that hold HTTP messages.
_HTTP = frozenset({"response", "request"})
#: The profiles of clauses 6.7.2 and 6.7.3; those of deduplication by payload alone are in wide use.
_PROFILES = "http://netpreserve.org/warc/"
_SAME_PAYLOAD = ("identical-payload-digest", "uri-agnostic-identical-payload-digest")
_NOT_MODIFIED = "server-not-modified"
#: How the Content-Type of HTTP messages is written, as a rule.
REQUEST = frozenset({"application/http;msgtype=request", "application/http; msgtype=request"})
RESPONSE = frozenset({"application/http;msgtype=response", "application/http; msgtype=response"})
#: How an HTTP response begins; where nothing came, nothing can.
_STATUS_LINE = (b"HTTP/", b"")


def field_problems(record: ScannedRecord) -> Iterator[HeaderProblem]:
    """Yield what the fields of one record do that its type does not allow, and values without a meaning.

    What the scanner finds by itself (mandatory fields of all records, digests) is left out.
    """
    present = record.named
    kind = present.get("warc-type", "").lower()
    if kind in _ALL:
        yield from by_type(kind, present)
    if kind == "revisit":
        yield from _profile(present, record.version)
    if kind in _HTTP and not _is_usual_message(record, present):
        yield from _message(record, kind)
    if not is_usual(present.get("warc-date", "")):
        yield from _date("WARC-Date", present.get("warc-date", ""), record.version)
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


def by_type(kind: str, present: Mapping[str, str]) -> Iterator[HeaderProblem]:
    """Yield which fields are missing on a type of record, or shall not stand there.

    ``present`` has the first value of each field by its name in lower case.
    """
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


def _profile(present: Mapping[str, str], version: str) -> Iterator[HeaderProblem]:
    """What the drafts before WARC 1.0 demanded of a profile is left open."""
    profile = bare_uri(present.get("warc-profile", ""))
    name = profile.rpartition("/")[2]
    if not profile.startswith(_PROFILES) or name not in (*_SAME_PAYLOAD, _NOT_MODIFIED):
        if profile:
            message = f"the profile {profile[:120]!r} is none that the standard defines"
            yield HeaderProblem("warc.unknown-profile", message, Severity.NOTE)
    elif name in _SAME_PAYLOAD and version >= "1.0" and not present.get("warc-payload-digest"):
        message = "WARC-Payload-Digest is mandatory on a revisit of the profile identical-payload-digest"
        yield HeaderProblem("warc.missing-field", message)


def _is_usual_message(record: ScannedRecord, present: Mapping[str, str]) -> bool:
    declared = present.get("content-type")
    if declared in REQUEST:
        return present["warc-type"] == "request"
    return declared in RESPONSE and present["warc-type"] == "response" and record.block[:5] == b"HTTP/"


def _message(record: ScannedRecord, kind: str) -> Iterator[HeaderProblem]:
    """What should be an HTTP message: a cut one may have lost its beginning, and the standard guarantees nothing."""
    present = record.named
    if not present.get("warc-target-uri", "")[:6].lower().lstrip("<").startswith("http"):
        return
    media_type = present.get("content-type", "").lower().replace(" ", "")
    declared = media_type.partition("msgtype=")[2].strip('"')
    if media_type.startswith("application/http") and declared and declared != kind:
        message = f"Content-Type says msgtype={declared[:40]} on a {kind} record"
        yield HeaderProblem("warc.http-message", message, Severity.WARNING)
    elif kind == "response" and "warc-truncated" not in present and record.block[:5].upper() not in _STATUS_LINE:
        message = "the block of the response does not begin with an HTTP status line"
        yield HeaderProblem("warc.http-message", message, Severity.WARNING)


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
        elif lower == _REFERS_TO_DATE and not is_usual(value):
            yield from _date(name, value, record.version)


_DEFINED = frozenset(name.lower() for name in (*_ALLOWED, *_IDS, *_URIS)) | frozenset(
    "warc-type warc-date warc-block-digest warc-truncated warc-segment-number content-type content-length".split()
)
_LOWER_IDS = frozenset(name.lower() for name in _IDS)
_LOWER_URIS = frozenset(name.lower() for name in _URIS)
_MEDIA_TYPES = frozenset({"content-type", "warc-identified-payload-type"})
_NUMBERS = frozenset({"warc-segment-number", "warc-segment-total-length"})
_REFERS_TO_DATE = "warc-refers-to-date"
_RESTRICTED = _LOWER_IDS | _LOWER_URIS | _MEDIA_TYPES | _NUMBERS | {_REFERS_TO_DATE, "warc-ip-address"}


def _reason(lower: str, value: str, version: str) -> str:
    """``lower`` is the name of the field in lower case."""
    if lower in _LOWER_IDS:
        in_brackets = value.startswith("<") and value.endswith(">")
        return "" if in_brackets and _URI.fullmatch(bare_uri(value)) else "is no URI in angle brackets"
    if lower in _LOWER_URIS:
        # The grammar of WARC 1.0 and before demanded the brackets.
        bare = bare_uri(value) if version != "1.1" else value
        return "" if _URI.fullmatch(bare) else "is no URI (RFC 3986)"
    if lower == _REFERS_TO_DATE and not W3CDTF.fullmatch(value):
        return "is no W3CDTF date in UTC"
    if lower == "warc-ip-address":
        return "" if is_address(value) else "is no IP address"
    if lower in _MEDIA_TYPES and not is_media_type(value):
        return "is no media type"
    if lower in _NUMBERS and not _DIGITS.fullmatch(value):
        return "is no number"
    return ""


def _date(name: str, value: str, version: str) -> Iterator[HeaderProblem]:
    """Judge a date that has the form of one; others are told elsewhere."""
    if not W3CDTF.fullmatch(value):
        return
    if not is_real(value):
        yield HeaderProblem("warc.bad-field", f"{name} is no moment of the calendar: {value!r}")
    elif is_too_new(value, version):
        message = f"{name} is not of the form that WARC {version} knows, YYYY-MM-DDThh:mm:ssZ: {value!r}"
        yield HeaderProblem("warc.date-precision", message, Severity.WARNING)


def is_media_type(value: str) -> bool:
    """Tell whether ``value`` has the form of a media type, with or without parameters."""
    return _MEDIA_TYPE.fullmatch(value) is not None


def is_address(value: str) -> bool:
    """Tell whether ``value`` is an address of IP version 4 or 6."""
    if _ADDRESS_4.fullmatch(value):
        return True
    if not _ADDRESS_6.fullmatch(value):
        return False
    try:
        IPv6Address(value)
    except AddressValueError:
        return False
    return True
