"""What the WARC files of anybody's WACZ hold, in some bytes a record, and the comparison of index entries with it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from archiver.model.outcome import Finding, Severity
from archiver.warc.cdxj import index_url, is_indexed, scanned_fields, surt_key, timestamp
from archiver.warc.digest import Label, parse_label
from archiver.warc.record import ScannedRecord
from archiver.warc.record_table import key_of, payload_key

#: How indexes say that they know nothing.
_UNKNOWN = ("", "-", "unk", "warc/revisit")
_DIGITS = 14
_LINE_ENDS = 4
#: What indexers append to the address of a request that is no GET, in the key or in both.
_METHOD = "__wb_method="


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an index."""

    key: str
    timestamp: str
    value: Mapping[str, Any]
    file: str
    """Name of the WARC file."""
    offset: int

    @property
    def url(self) -> str:
        """``url``, empty where there is none."""
        value = self.value.get("url")
        return value if isinstance(value, str) else ""


@dataclass(slots=True)
class _File:
    """The records of one WARC file; what is compared is kept as numbers, 0 where there is nothing."""

    plain: bool = False
    """It is not compressed."""
    rows: dict[int, int] = field(default_factory=dict)
    """Offset to place in the lists that follow."""
    lengths: array[int] = field(default_factory=lambda: array("Q"))
    urls: array[int] = field(default_factory=lambda: array("Q"))
    stamps: array[int] = field(default_factory=lambda: array("Q"))
    digests: array[int] = field(default_factory=lambda: array("Q"))
    types: array[int] = field(default_factory=lambda: array("Q"))
    statuses: array[int] = field(default_factory=lambda: array("H"))
    waiting: bytearray = field(default_factory=bytearray)
    """1 for a record that belongs in the index and was not met there."""


class Captures:
    """The records of all WARC files, and which of them the index has."""

    def __init__(self) -> None:
        self._files: dict[str, _File] = {}
        self._met = False

    def add(self, file: str, record: ScannedRecord) -> None:
        """Take in a record of the WARC file called ``file``."""
        of = self._files.setdefault(file, _File())
        of.plain = not record.compressed
        of.rows[record.offset] = len(of.lengths)
        told = scanned_fields(record) if record.target_uri else {}
        capture = bool(told and record.date and is_indexed(record.type, record.get("Content-Type")))
        stamp = timestamp(record.date or "") if record.date else ""
        of.lengths.append(record.length)
        of.urls.append(_url_key(told.get("url", "")))
        of.stamps.append(int(stamp) if len(stamp) == _DIGITS else 0)
        of.digests.append(payload_key(told.get("digest")))
        of.types.append(_type_key(told.get("mime")) if capture else 0)
        status = told.get("status", "") if capture else ""
        of.statuses.append(int(status) if status else 0)
        # Records that have no member to themselves cannot be told by an offset.
        of.waiting.append(capture and record.length > 0)

    def check(self, entry: Entry) -> Iterator[Finding]:
        """Yield what is wrong with ``entry``, without its place, and remember that its record is listed."""
        of = self._files.get(entry.file)
        row = of.rows.get(entry.offset) if of is not None else None
        if of is None or row is None:
            yield Finding("cdxj.no-record", f"no record begins at offset {entry.offset} of {entry.file}")
            return
        of.waiting[row] = 0
        self._met = True
        for message in _faults(entry, of, row):
            yield Finding("cdxj.mismatch", message)
        for message in _doubts(entry, of, row):
            yield Finding("cdxj.differs", message, severity=Severity.WARNING)

    def unlisted(self) -> Iterator[tuple[str, int, int]]:
        """Yield each WARC file with records that should be listed and are not, their number, and the first offset."""
        for file, of in self._files.items():
            missing = [offset for offset, row in of.rows.items() if of.waiting[row]]
            if missing:
                yield file, len(missing), missing[0]

    @property
    def met(self) -> bool:
        """Whether the index led to a record at all."""
        return self._met


def _faults(entry: Entry, of: _File, row: int) -> Iterator[str]:
    """What leads a reader astray: another length, address, moment or payload."""
    length = entry.value.get("length")
    # Some leave out the two line ends behind a record that is not compressed.
    known = (of.lengths[row], of.lengths[row] - _LINE_ENDS) if of.plain else (of.lengths[row],)
    if length is not None and of.lengths[row] and int(length) not in known:
        yield f"length is {str(length)[:40]!r}, the record has {of.lengths[row]}"
    url = entry.url.partition("?" + _METHOD)[0].partition("&" + _METHOD)[0]
    if of.urls[row] and _url_key(url) != of.urls[row]:
        yield f"url is {url[:200]!r}, the record has another"
    elif url and not _same_host(entry.key, url):
        yield f"the key {entry.key[:200]!r} is not that of the url {url[:200]!r}"
    if of.stamps[row] and entry.timestamp[:_DIGITS] != f"{of.stamps[row]:0{_DIGITS}d}":
        yield f"timestamp is {entry.timestamp[:40]!r}, the record has '{of.stamps[row]:0{_DIGITS}d}'"
    digest = entry.value.get("digest")
    if of.digests[row] and not _same_digest(digest, of.digests[row]):
        yield f"digest is {str(digest)[:160]!r}, the record has another"


def _doubts(entry: Entry, of: _File, row: int) -> Iterator[str]:
    """What indexers judge in different ways."""
    url = entry.url
    if url and _METHOD not in entry.key and _same_host(entry.key, url) and _loose(entry.key) != _loose(surt_key(url)):
        yield f"the key {entry.key[:200]!r} is not the SURT of the url {url[:200]!r}"
    mime = entry.value.get("mime")
    if isinstance(mime, str) and of.types[row] and mime not in _UNKNOWN and _type_key(mime) != of.types[row]:
        yield f"mime is {mime[:80]!r}, the record has another"
    status = str(entry.value.get("status", ""))
    if of.statuses[row] and status not in _UNKNOWN and status != str(of.statuses[row]):
        yield f"status is {status[:40]!r}, the record has {of.statuses[row]}"


def _url_key(url: str) -> int:
    """Captures are of what stands before a fragment."""
    return key_of(index_url(url).partition("#")[0])


def _type_key(mime: str | None) -> int:
    return key_of(mime.lower()) if mime and mime not in _UNKNOWN else 0


def _same_digest(said: object, right: int) -> bool:
    """Digests by two algorithms cannot be compared; where there is no label, it is SHA-1 in Base32, as in pywb."""
    if not isinstance(said, str) or said in _UNKNOWN:
        return True
    label = parse_label(said if ":" in said else f"sha1:{said}")
    if not isinstance(label, Label):
        return label.code == "warc.unknown-digest"
    return len(label.expected) != right & 0xFF or payload_key(said if ":" in said else f"sha1:{said}") == right


def _same_host(key: str, url: str) -> bool:
    """Tell whether the key is the url itself, or begins with the host of its SURT."""
    host = surt_key(url).partition(")")[0].partition(":")[0]
    return key == url or key.partition(")")[0].partition(":")[0] == host or not url.lower().startswith("http")


def _loose(key: str) -> tuple[str, ...]:
    """What the SURT of all indexers have in common: they differ in the last slash, the port, and escapes."""
    host, _, rest = key.lower().partition(")")
    path, _, query = rest.partition("?")
    arguments = sorted(argument.removesuffix("=") for argument in unquote(query).split("&"))
    return host.partition(":")[0], unquote(path).rstrip("/"), *arguments
