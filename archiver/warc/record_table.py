"""What the records of one WARC file say of each other, in some bytes a record."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.warc.cdxj import timestamp
from archiver.warc.digest import Label, parse_label
from archiver.warc.record import ScannedRecord, bare_uri

#: Captures; others have no place in an index, so nothing refers to them by address and date.
_CAPTURES = frozenset({"response", "resource", "revisit"})
REFERRING = ("revisit", "conversion", "metadata")
"""Types of records that refer to others; a reference has the place of its type in this list."""
_NUMBERS_A_REFERENCE = 5
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Reference:
    """What a revisit, conversion or metadata record says of another record; 0 for what it does not say."""

    kind: str
    offset: int
    identity: int
    place: int
    payload: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A record that is a part of a longer one (clause 7)."""

    origin: int
    """Of the record id of the first one."""
    number: int
    identity: int
    uri: int
    length: int | None
    """Bytes of the block; None where it was not read to its end."""
    total: int | None
    """WARC-Segment-Total-Length."""
    offset: int


@dataclass(slots=True)
class RecordTable:
    """The records of one file. What is compared is kept as numbers of 64 bits, 0 where there is nothing."""

    file: str
    """What findings call it."""
    identities: array[int] = field(default_factory=lambda: array("Q"))
    places: array[int] = field(default_factory=lambda: array("Q"))
    payloads: array[int] = field(default_factory=lambda: array("Q"))
    offsets: array[int] = field(default_factory=lambda: array("Q"))
    warcinfos: set[int] = field(default_factory=set)
    """Ids of the warcinfo records."""
    described_by: dict[int, int] = field(default_factory=dict)
    """WARC-Warcinfo-ID to the offset of the first record that names it."""
    segments: list[Segment] = field(default_factory=list)
    _warcinfo: str = ""
    _references: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, record: ScannedRecord) -> None:
        """Take in the next record."""
        named = record.named
        kind = record.type
        identity = key_of(record.record_id) if record.version != "arc" else 0
        capture = kind in _CAPTURES
        self.identities.append(identity)
        self.places.append(place_key(named.get("warc-target-uri"), record.date) if capture else 0)
        self.payloads.append(payload_key(named.get("warc-payload-digest")) if capture else 0)
        self.offsets.append(record.offset)
        if kind == "warcinfo":
            self.warcinfos.add(identity)
        warcinfo = named.get("warc-warcinfo-id")
        if warcinfo and warcinfo != self._warcinfo:
            # Nearly all records name that of the record before.
            self._warcinfo = warcinfo
            self.described_by.setdefault(key_of(bare_uri(warcinfo)), record.offset)
        if kind in REFERRING:
            self._add_reference(record, kind)
        number = named.get("warc-segment-number")
        if number is not None:
            self._add_segment(record, identity, number)

    def references(self) -> Iterator[Reference]:
        """Yield what the records say of others, in the order of the file."""
        numbers = iter(self._references)
        for kind, offset, identity, place, payload in zip(*[numbers] * _NUMBERS_A_REFERENCE, strict=True):
            yield Reference(REFERRING[kind], offset, identity, place, payload)

    def _add_reference(self, record: ScannedRecord, kind: str) -> None:
        named = record.named
        identity = key_of(bare_uri(named.get("warc-refers-to", "")))
        if kind != "revisit":
            if identity:
                self._references.extend((REFERRING.index(kind), record.offset, identity, 0, 0))
            return
        place = place_key(named.get("warc-refers-to-target-uri"), named.get("warc-refers-to-date"))
        payload = self.payloads[-1] if "identical-payload-digest" in named.get("warc-profile", "") else 0
        self._references.extend((REFERRING.index(kind), record.offset, identity, place, payload))

    def _add_segment(self, record: ScannedRecord, identity: int, number: str) -> None:
        first = record.type != "continuation"
        origin = identity if first else key_of(bare_uri(record.named.get("warc-segment-origin-id", "")))
        ordinal = _number(number)
        if ordinal is None or not origin or first != (ordinal == 1):
            return  # the fields are wrong by themselves, and told
        length = record.block_length if record.whole else None
        total = _number(record.named.get("warc-segment-total-length"))
        uri = key_of(bare_uri(record.named.get("warc-target-uri", "")))
        self.segments.append(Segment(origin, ordinal, identity, uri, length, total, record.offset))


def key_of(text: str) -> int:
    """Return what stands for ``text`` where many are kept: 0 for nothing, else a digest of 64 bits."""
    if not text:
        return 0
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def place_key(uri: str | None, date: str | None) -> int:
    """Return what stands for a capture of ``uri`` at ``date``, as indexes tell captures apart: to the second."""
    if not uri or not date:
        return 0
    return key_of(f"{bare_uri(uri)} {timestamp(date)}")


def payload_key(digest: str | None) -> int:
    """Return what stands for a labelled digest: the lowest byte tells the size of its algorithm, the rest the value."""
    label = parse_label(digest) if digest else None
    if not isinstance(label, Label):
        return 0
    return int.from_bytes(label.expected[:7], "big") << 8 | len(label.expected)


def _number(text: str | None) -> int | None:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        return None
    return int(text)
