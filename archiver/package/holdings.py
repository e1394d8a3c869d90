"""What stands in the WARC files of a package, found by one pass over every record."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver.canon import sha256_hex
from archiver.errors import UnreadableError
from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.listing import Segment
from archiver.warc.cdxj import scanned_entry
from archiver.warc.policy import field_problems
from archiver.warc.record import ScannedRecord, bare_uri
from archiver.warc.scan import scan
from archiver.warc.second_reader import second_reading


@dataclass(frozen=True, slots=True)
class Archived:
    """What the index must say of one record."""

    record_id: str
    length: int
    key: str
    timestamp: str
    url: str
    digest: str | None


class Carried:
    """The stretches of ``archive/`` that are other people's records, kept as they came."""

    def __init__(self, segments: Iterable[tuple[Segment, str]]) -> None:
        self._ranges: dict[str, list[tuple[int, int, str]]] = {}
        for segment, path in segments:
            self._ranges.setdefault(segment.file, []).append((segment.offset, segment.offset + segment.length, path))
        for ranges in self._ranges.values():
            ranges.sort()

    def source_of(self, file: str, offset: int) -> str | None:
        """Return the input file whose record stands at ``offset`` of ``archive/…``, None if it is one of ours."""
        ranges = self._ranges.get(file, [])
        place = bisect_right(ranges, offset, key=lambda item: item[0]) - 1
        if place < 0:
            return None
        _, end, path = ranges[place]
        return path if offset < end else None

    def any_in(self, file: str) -> bool:
        """Tell whether ``archive/…`` holds records of an input file at all."""
        return file in self._ranges


@dataclass(slots=True)
class Holdings:
    """Ids and places of all records."""

    archive_ids: set[str] = field(default_factory=set)
    indexed: dict[tuple[str, int], Archived] = field(default_factory=dict)
    """(file name, offset) to what the index must say."""
    derived: Counter[bytes] = field(default_factory=Counter)
    """:func:`derived_key` of each conversion and metadata record of ``derived/``."""


def derived_key(kind: str, refers_to: str, sha256: str) -> bytes:
    """Return a short key for a derived record: type, record it was made from, digest of its block."""
    return hashlib.blake2b(f"{kind} {refers_to} {sha256}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def take_stock(
    data: Path, carried: Carried, holdings: Holdings, *, advance: Callable[[int], None] | None = None
) -> Iterator[Finding]:
    """Fill ``holdings`` from the WARC files of ``data`` and yield what is wrong with the records.

    What is wrong with a record that an input file brought is a warning: it was kept as it came, and
    that it did is checked elsewhere.
    """
    for folder, keep in ((layout.ARCHIVE, _keep_archived), (layout.DERIVED, _keep_derived)):
        for path in layout.warc_files(data, folder):
            file = f"{folder}/{path.name}"
            records = yield from _scan(data, file, carried, holdings, keep)
            for finding in second_reading(path, name=f"{layout.DATA}/{file}", records=records):
                yield _milder(finding, "beside ours") if carried.any_in(file) else finding
            if advance is not None:
                advance(path.stat().st_size)


_Keep = Callable[[ScannedRecord, str, Holdings, bool], Iterator[Finding]]


def _scan(data: Path, file: str, carried: Carried, holdings: Holdings, keep: _Keep) -> Generator[Finding, None, int]:
    """Yield what is wrong with the records of one file; return how many there are."""
    shown = f"{layout.DATA}/{file}"
    records = 0
    try:
        for item in scan(data / file, name=shown):
            for finding in _findings(item, shown):
                path = carried.source_of(file, finding.offset) if finding.offset is not None else None
                yield finding if path is None else _milder(finding, path)
            if isinstance(item, ScannedRecord):
                records += 1
                yield from keep(item, file, holdings, carried.source_of(file, item.offset) is not None)
    except UnreadableError as error:
        yield Finding("warc.unreadable", error.message, file=shown, advice=error.advice)
    return records


def _findings(item: ScannedRecord | Finding, shown: str) -> Iterator[Finding]:
    if isinstance(item, Finding):
        yield item
        return
    yield from item.findings
    for problem in field_problems(item) if item.version != "arc" else ():
        yield Finding(
            problem.code,
            problem.message,
            file=shown,
            offset=item.offset,
            record_id=item.record_id or None,
            severity=problem.severity,
        )


def _milder(finding: Finding, path: str) -> Finding:
    if finding.severity is not Severity.ERROR:
        return finding
    advice = f"it is so in the input file {path}, which is kept unaltered"
    return replace(finding, severity=Severity.WARNING, advice=advice)


def _keep_archived(record: ScannedRecord, file: str, holdings: Holdings, carried: bool) -> Iterator[Finding]:
    if record.record_id in holdings.archive_ids:
        message = f"the record id {record.record_id} was used before in {layout.ARCHIVE}/"
        severity = Severity.WARNING if carried else Severity.ERROR
        yield _found("package.duplicate-record-id", message, file, record, severity)
    holdings.archive_ids.add(record.record_id)
    entry = scanned_entry(record)
    if entry is None or not record.length:
        return
    said = dict(entry.fields)
    holdings.indexed[file.rpartition("/")[2], record.offset] = Archived(
        record.record_id, record.length, entry.key, entry.timestamp, said["url"], said.get("digest")
    )


def _keep_derived(record: ScannedRecord, file: str, holdings: Holdings, carried: bool) -> Iterator[Finding]:
    del carried  # nothing in derived/ comes from an input file
    if record.type == "warcinfo":
        return
    refers_to = bare_uri(record.get("WARC-Refers-To") or "")
    if record.type not in ("conversion", "metadata"):
        message = f"a {record.type or 'nameless'} record does not belong in {layout.DERIVED}/"
        yield _found("package.derived-type", message, file, record)
        return
    if refers_to not in holdings.archive_ids:
        message = f"WARC-Refers-To {refers_to or '(missing)'} is no record of {layout.ARCHIVE}/"
        yield _found("package.refers-to-unknown", message, file, record)
    holdings.derived[derived_key(record.type, refers_to, sha256_hex(record.block))] += 1


def _found(code: str, message: str, file: str, record: ScannedRecord, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        code,
        message,
        file=f"{layout.DATA}/{file}",
        offset=record.offset,
        record_id=record.record_id or None,
        severity=severity,
    )
