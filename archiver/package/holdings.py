"""What stands in the WARC files of a package, put together from what was read of each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.listing import Segment, SourceFile
from archiver.package.verify_links import Original, RevisitLinks, faults_of_revisit
from archiver.package.verify_own import OwnRecords
from archiver.package.verify_warc import Derived, Held, Indexed, Scanned
from archiver.warc.identity import is_uri

#: Found over all files of ``archive/`` here, and so not told a second time for each of them.
_TOLD_HERE = "warc.duplicate-record-id"
_MEDIA_TYPES = {"conversion": ("application/tei+xml",), "metadata": ("application/json", "application/jsonl")}


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
        found = self._range_at(file, offset)
        return found[2] if found is not None else None

    def stretch_at(self, file: str, offset: int) -> tuple[str, int] | None:
        """Return file and beginning of the stretch in which that record stands, None if it is one of ours."""
        found = self._range_at(file, offset)
        return (file, found[0]) if found is not None else None

    def _range_at(self, file: str, offset: int) -> tuple[int, int, str] | None:
        ranges = self._ranges.get(file, [])
        place = bisect_right(ranges, offset, key=lambda item: item[0]) - 1
        return ranges[place] if place >= 0 and offset < ranges[place][1] else None


@dataclass(slots=True)
class Holdings:
    """Ids and places of all records."""

    archive_ids: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Record id to file and offset of the first record that has it."""
    indexed: dict[tuple[str, int], tuple[Indexed, str, int]] = field(default_factory=dict)
    """(file name, offset) to what the index must say, record id and length in the file."""
    blocks: dict[tuple[str, int, int], tuple[int, str]] = field(default_factory=dict)
    """(file, offset, length) of a record of ours to size and SHA-256 of its block, found to be true."""
    derived: Counter[bytes] = field(default_factory=Counter)
    """Key of each conversion and metadata record of ``derived/``."""
    own: OwnRecords = field(default_factory=OwnRecords)
    carried: Counter[tuple[str, int]] = field(default_factory=Counter)
    """File and beginning of each stretch of an input container to the number of its records."""
    _twice: dict[str, set[str]] = field(default_factory=dict)
    """Record ids that do not tell one record, to the timestamps of all but the first that has it."""

    def address_of(self, record_id: str) -> str | None:
        """Return the target URI of a record of ``archive/``, None where that is not sure."""
        file, offset = self.archive_ids.get(record_id, ("", 0))
        found = self.indexed.get((file.rpartition("/")[2], offset))
        return found[0].url if found is not None and record_id not in self._twice else None

    def has_another(self, record_id: str, timestamp: str) -> bool:
        """Tell whether a record besides the first with this id is of that time: inputs bring such."""
        return timestamp in self._twice.get(record_id, ())

    def holds(self, source: SourceFile) -> bool:
        """Tell whether an input file is the block of one record, which was read and has the digest of the file."""
        if source.encoding != "payload" or len(source.segments) != 1:
            return False
        segment = source.segments[0]
        block = self.blocks.get((segment.file, segment.offset, segment.length))
        return block is not None and block == (source.size, source.sha256)


def take_stock(scanned: Scanned, carried: Carried, holdings: Holdings) -> Iterator[Finding]:
    """Add one WARC file to ``holdings``; yield what is wrong with its records.

    What is wrong with a record that an input file brought is a warning: it was kept as it came, and
    that it did is checked elsewhere. Files of ``archive/`` come before those of ``derived/``.
    """
    for finding in scanned.findings:
        path = carried.source_of(scanned.file, finding.offset) if finding.offset is not None else None
        if finding.code != _TOLD_HERE or scanned.derived:
            yield finding if path is None else _milder(finding, path)
    for record in scanned.held:
        yield from _keep(record, scanned.file, carried, holdings)
    for derived in scanned.derived:
        yield from _keep_derived(derived, scanned.file, holdings)


def _keep(record: Held, file: str, carried: Carried, holdings: Holdings) -> Iterator[Finding]:
    place = (file, record.offset)
    path = carried.source_of(file, record.offset)
    first = holdings.archive_ids.setdefault(record.record_id, place) if record.record_id else place
    if first != place:
        times = holdings._twice.setdefault(record.record_id, set())
        if record.indexed is not None:
            times.add(record.indexed.timestamp)
        yield _used_before(record, file, first, path, carried)
    stretch = carried.stretch_at(file, record.offset)
    if stretch is not None:
        holdings.carried[stretch] += 1
    else:
        holdings.own.add(record, record.own, file)
    if path is None:
        yield from _check_ours(record, file)
        if record.revisit is not None:
            yield from _check_revisit(record, record.revisit, file, holdings)
    if path is None and record.sha256 and record.length:
        holdings.blocks[file, record.offset, record.length] = (record.block_length, record.sha256)
    if record.indexed is not None:
        name = file.rpartition("/")[2]
        holdings.indexed[name, record.offset] = (record.indexed, record.record_id, record.length)


def _check_ours(record: Held | Derived, file: str) -> Iterator[Finding]:
    """What archiver writes has a digest, and no field that the standard does not know."""
    if record.sha256 is None:
        message = "the record has no SHA-256 of its block that could be compared"
        yield _found("package.digest-missing", message, file, record)
    for name in record.strange:
        yield _found("package.field-unknown", f"archiver writes no field {name[:80]!r}", file, record)


def _check_revisit(record: Held, revisit: RevisitLinks, file: str, holdings: Holdings) -> Iterator[Finding]:
    where, offset = holdings.archive_ids.get(revisit.refers_to, ("", 0))
    entry = holdings.indexed.get((where.rpartition("/")[2], offset))
    original = Original(entry[0].url, entry[0].timestamp, entry[0].digest) if entry is not None else None
    for fault in faults_of_revisit(revisit, original):
        yield _found("package.revisit-mismatch", fault, file, record)


def _used_before(record: Held, file: str, first: tuple[str, int], path: str | None, carried: Carried) -> Finding:
    other, offset = first
    message = f"the record id is also that of the record at offset {offset} of {layout.DATA}/{other}"
    code = "package.duplicate-record-id"
    if path is None:
        return _found(code, message, file, record)
    source = carried.source_of(other, offset) or "archiver itself"
    advice = f"it is so in the input: this record comes from {path}, the other from {source}; both are kept"
    return replace(_found(code, message, file, record), severity=Severity.WARNING, advice=advice)


def _keep_derived(record: Derived, file: str, holdings: Holdings) -> Iterator[Finding]:
    yield from _check_ours(record, file)
    holdings.own.add(record, record.own, file)
    if record.type == "warcinfo":
        return
    if record.type not in ("conversion", "metadata"):
        message = f"a {record.type or 'nameless'} record does not belong in {layout.DERIVED}/"
        yield _found("package.derived-type", message, file, record)
        return
    if record.refers_to not in holdings.archive_ids:
        message = f"WARC-Refers-To {record.refers_to or '(missing)'} is no record of {layout.ARCHIVE}/"
        yield _found("package.refers-to-unknown", message, file, record)
    yield from _check_fields(record, file, holdings)
    holdings.derived[record.key] += 1


def _check_fields(record: Derived, file: str, holdings: Holdings) -> Iterator[Finding]:
    """Media type and address of a derived record: a conversion has that of the record that it was made from."""
    if record.content_type not in _MEDIA_TYPES[record.type]:
        message = f"archiver writes no {record.type} record of the type {record.content_type[:80]!r}"
        yield _found("package.derived-field", message, file, record)
    if record.type == "metadata":
        if record.target_uri is not None:
            message = "a metadata record of archiver has no WARC-Target-URI: it would pass for a capture"
            yield _found("package.derived-field", message, file, record)
        return
    address = holdings.address_of(record.refers_to)
    if address is not None and is_uri(address) and record.target_uri != address:
        message = f"WARC-Target-URI is {(record.target_uri or '')[:200]!r}, that of its original is {address[:200]!r}"
        yield _found("package.derived-field", message, file, record)


def _milder(finding: Finding, path: str) -> Finding:
    if finding.severity is not Severity.ERROR:
        return finding
    advice = f"it is so in the input file {path}, which is kept unaltered"
    return replace(finding, severity=Severity.WARNING, advice=advice)


def _found(code: str, message: str, file: str, record: Held | Derived) -> Finding:
    shown = f"{layout.DATA}/{file}"
    return Finding(code, message, file=shown, offset=record.offset, record_id=record.record_id or None)
