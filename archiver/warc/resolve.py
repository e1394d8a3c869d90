"""Whether records lead to each other: within one WARC file, or within several that are kept together.

What one record lacks by itself is told elsewhere. A file may have been cut off others, so that a record which
is not there is a note: one for each file and kind, with the number of those concerned and the place of the first.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archiver.model.outcome import Finding, Severity
from archiver.warc.check import check_warc
from archiver.warc.record_table import RecordTable, Reference
from archiver.warc.segment_series import check_segments


def check_alone(path: Path, *, name: str) -> Iterator[Finding]:
    """Do what :func:`archiver.warc.check.check_warc` does, and look where its records lead. Raises UnreadableError."""
    table = RecordTable(name)
    yield from check_warc(path, name=name, keep=table.add)
    yield from check_links([table])


def check_links(tables: Sequence[RecordTable]) -> Iterator[Finding]:
    """Yield where records lead to none of the files of ``tables``, or to others than they say.

    Rules: ISO 28500:2017 clauses 5.2, 5.11, 5.14, 6.7.2 and 7.
    """
    found = _look_up(tables)
    where = "this file" if len(tables) == 1 else "these files"
    yield from _check_ids(tables)
    for table in tables:
        yield from _check_warcinfos(table, found, where)
        yield from _check_references(table, found, where)
    yield from check_segments([(table.file, one) for table in tables for one in table.segments], found.by_id, where)


@dataclass(slots=True)
class _Found:
    """Of the records that others refer to, those that are there."""

    by_id: dict[int, tuple[int, int]] = field(default_factory=dict)
    """To place and payload."""
    by_place: dict[int, set[int]] = field(default_factory=dict)
    """To the payloads of the captures there."""
    warcinfos: set[int] = field(default_factory=set)


def _look_up(tables: Iterable[RecordTable]) -> _Found:
    wanted_ids: set[int] = set()
    wanted_places: set[int] = set()
    found = _Found()
    for table in tables:
        wanted_ids.update(table.described_by)
        wanted_ids.update(segment.origin for segment in table.segments)
        found.warcinfos |= table.warcinfos
        for reference in table.references():
            wanted_ids.add(reference.identity)
            wanted_places.add(reference.place)
    for nothing in (wanted_ids, wanted_places):
        nothing.discard(0)
    if not wanted_ids and not wanted_places:
        return found
    for table in tables:
        for identity, place, payload in zip(table.identities, table.places, table.payloads, strict=True):
            if identity in wanted_ids:
                found.by_id.setdefault(identity, (place, payload))
            if place in wanted_places:
                found.by_place.setdefault(place, set()).add(payload)
    return found


def _repeated(tables: Sequence[RecordTable]) -> dict[int, int]:
    """Return the ids that several files have, each with the number of the first of them."""
    repeated: dict[int, int] = {}
    before = first = 0
    for identity, number in heapq.merge(*(_in_order(table, number) for number, table in enumerate(tables))):
        if identity != before:
            before, first = identity, number
        elif identity and number != first:
            repeated[identity] = first
    return repeated


def _in_order(table: RecordTable, number: int) -> Iterator[tuple[int, int]]:
    for identity in array("Q", sorted(table.identities)):
        yield identity, number


def _check_ids(tables: Sequence[RecordTable]) -> Iterator[Finding]:
    """Yield one finding for each file that has ids of files before it."""
    repeated = _repeated(tables) if len(tables) > 1 else {}
    for number, table in enumerate(tables if repeated else ()):
        told = [
            (offset, repeated[identity])
            for identity, offset in zip(table.identities, table.offsets, strict=True)
            if repeated.get(identity, number) != number
        ]
        if told:
            offset, first = told[0]
            message = f"{_records(told, 'has', 'have')} an id that records of {tables[first].file} have"
            yield Finding("warc.record-id-elsewhere", message, table.file, offset=offset, severity=Severity.WARNING)


def _check_warcinfos(table: RecordTable, found: _Found, where: str) -> Iterator[Finding]:
    missing = [offset for identity, offset in table.described_by.items() if identity not in found.by_id]
    if missing:
        message = f"WARC-Warcinfo-ID names a record that is not in {where}"
        yield Finding("warc.warcinfo-unresolved", message, table.file, offset=min(missing), severity=Severity.NOTE)
    for identity, offset in table.described_by.items():
        if identity in found.by_id and identity not in found.warcinfos:
            message = "WARC-Warcinfo-ID names a record that is no warcinfo record"
            yield Finding("warc.warcinfo-unresolved", message, table.file, offset=offset, severity=Severity.WARNING)


def _check_references(table: RecordTable, found: _Found, where: str) -> Iterator[Finding]:
    lost: dict[str, list[int]] = {}
    nameless: list[int] = []
    mismatched: list[int] = []
    for reference in table.references():
        if not reference.identity and not reference.place:
            nameless.append(reference.offset)
        elif _is_lost(reference, found):
            lost.setdefault(reference.kind, []).append(reference.offset)
        elif not _agrees(reference, found):
            mismatched.append(reference.offset)
    for kind, offsets in lost.items():
        message = f"{_records(offsets, 'refers', 'refer', kind)} to what is not in {where}"
        code = "warc.revisit-unresolved" if kind == "revisit" else "warc.reference-unresolved"
        yield Finding(code, message, table.file, offset=offsets[0], severity=Severity.NOTE)
    if nameless:
        message = f"{_records(nameless, 'does', 'do', 'revisit')} not name an original, neither by id nor by address"
        yield Finding("warc.revisit-unresolved", message, table.file, offset=nameless[0], severity=Severity.NOTE)
    if mismatched:
        message = f"{_records(mismatched, 'names', 'name', 'revisit')} a record of another address, date or payload"
        yield Finding("warc.revisit-mismatch", message, table.file, offset=mismatched[0], severity=Severity.WARNING)


def _is_lost(reference: Reference, found: _Found) -> bool:
    if reference.identity:
        return reference.identity not in found.by_id
    return reference.place not in found.by_place


def _agrees(reference: Reference, found: _Found) -> bool:
    """Tell whether the record that is meant is the one that the other fields tell of, as far as both say it."""
    if not reference.identity:
        payloads = found.by_place[reference.place]
        return any(_same_payload(reference.payload, payload) for payload in payloads)
    place, payload = found.by_id[reference.identity]
    return (not reference.place or not place or reference.place == place) and _same_payload(reference.payload, payload)


def _same_payload(one: int, other: int) -> bool:
    """Digests by two algorithms, told apart by their size in the lowest byte, cannot be compared."""
    return not one or not other or one & 0xFF != other & 0xFF or one == other


def _records(offsets: Sequence[object], one: str, several: str, kind: str = "") -> str:
    name = f"{kind} record".strip()
    return f"a {name} {one}" if len(offsets) == 1 else f"{len(offsets)} {name}s, the first at this offset, {several}"
