"""WARC, ARC and WACZ files as input: what can be carried as it is, and which records may be articles.

A sound file is carried record by record, so that its records keep their ids and stay addressable.
Anything else, and every WACZ, is stored whole as one record, with those of its records beside it that
are sound.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from archiver.canon import content_urn, gzip_member, sha256_hex
from archiver.errors import DamagedContainerError, UnreadableError
from archiver.model.outcome import Finding, Severity
from archiver.model.records import WarcRecord
from archiver.opening import open_regular
from archiver.readers.warc_candidate import WarcCandidate, find_candidate
from archiver.warc.cdxj import CdxEntry, record_entry, scanned_entry
from archiver.warc.record import DEFAULT_LIMITS, ScannedRecord, WarcLimits
from archiver.warc.wacz import is_zip, scan_container
from archiver.warc.write import RecordError, member, write_long_member, write_member

_CHUNK = 1024 * 1024
#: A file that is broken everywhere needs no million lines to say so.
_MAX_FINDINGS = 1000
#: Faults of the frame alone: in a frame of our own the record is sound.
_FRAME_FAULTS = frozenset(
    {"warc.missing-trailer", "warc.not-record-compressed", "warc.extra-newlines", "warc.trailing-garbage"}
)
_FOLDED = re.compile(rb"\n[ \t]")
#: No errors, but other readers call a file with them broken.
_UNCHECKABLE = frozenset({"warc.unknown-digest", "warc.digest-encoding"})


class Encoding(StrEnum):
    """How the bytes of the file stand in the package, and so how they are restored."""

    WARC_GZ = "warc.gz"
    """The bytes as they are."""
    WARC = "warc"
    """Each record is one gzip member; inflated one after the other they are the file."""
    PAYLOAD = "payload"
    """The block of one ``resource`` record."""


@dataclass(frozen=True, slots=True)
class ContainerPlan:
    """What a full look at a WARC file told."""

    name: str
    encoding: Encoding
    size: int
    """Bytes of the file."""
    sha256: str
    records: int
    findings: tuple[Finding, ...]
    """Errors and warnings in the order of the file, 1000 at most; the last then says that there are more."""


@dataclass(frozen=True, slots=True)
class CarriedRecord:
    """One record of the source as it was dealt with."""

    record_id: str
    type: str
    offset: int | None
    """Where its gzip member begins in what this call wrote; None where it has no member of its own."""
    length: int
    restores: bool
    """Whether these bytes are needed to restore the file; the rest is there for its record ids."""
    sha256: str
    """Of the bytes that became its member; empty where it has none."""
    cdx: CdxEntry | None
    candidate: WarcCandidate | None


class Find(Protocol):
    """Looks for the candidate article in a record, as :func:`find_candidate` does."""

    def __call__(
        self, record: ScannedRecord, *, path: str, limits: WarcLimits, record_id: str = "", target_uri: str = ""
    ) -> WarcCandidate | None:
        """Return the candidate, None where there is none."""
        ...


class _Hasher(Protocol):
    def update(self, data: bytes, /) -> None: ...


def read_warc(path: Path, name: str, limits: WarcLimits = DEFAULT_LIMITS) -> Iterator[WarcCandidate | Finding]:
    """Yield the candidate articles of a WARC, ARC or WACZ file in order, and what is wrong with the file.

    ``name`` becomes the path of the sources. Raises UnreadableError where the file cannot be read.
    """
    for item in scan_container(path, name=name, limits=limits):
        if isinstance(item, Finding):
            yield item
            continue
        yield from item.findings
        identity = item.record_id or content_urn("unnamed record", name, str(item.index))
        candidate = find_candidate(item, path=name, limits=limits, record_id=identity)
        if candidate:
            yield candidate


def plan_container(path: Path, name: str, limits: WarcLimits = DEFAULT_LIMITS) -> ContainerPlan:
    """Read the whole file once and decide how it can be carried; one record at most is held in memory.

    Raises UnreadableError where the file cannot be read; whatever is wrong in it becomes a finding.
    """
    size, sha256 = _measure(path, name)
    records = problems = 0
    verbatim, compressed = not is_zip(path), False
    findings: list[Finding] = []
    for item in scan_container(path, name=name, limits=limits):
        told = (item,) if isinstance(item, Finding) else item.findings
        for finding in told:
            verbatim = verbatim and _harmless(finding)
            if finding.severity is Severity.NOTE:
                continue
            problems += 1
            if problems <= _MAX_FINDINGS:
                findings.append(finding)
        if isinstance(item, Finding):
            continue
        records += 1
        compressed = item.compressed
        verbatim = verbatim and item.version != "arc" and item.length > 0 and _plain_header(item)
    if problems > _MAX_FINDINGS:
        message = f"{problems - _MAX_FINDINGS} more findings are not listed"
        findings.append(Finding("warc.more-findings", message, name, severity=Severity.NOTE))
    encoding = Encoding.WARC_GZ if compressed else Encoding.WARC
    if not verbatim or records == 0:
        encoding = Encoding.PAYLOAD
    return ContainerPlan(name, encoding, size, sha256, records, tuple(findings))


def carry(
    path: Path,
    plan: ContainerPlan,
    out: BinaryIO,
    *,
    whole: WarcRecord,
    limits: WarcLimits = DEFAULT_LIMITS,
    find: Find = find_candidate,
) -> Iterator[CarriedRecord]:
    """Write the file to ``out`` as ``plan`` says and yield every record, in order, once it is written.

    ``whole`` describes the ``resource`` record for a file that is stored whole (its block is not
    looked at); it is then the first that is yielded, and alone needed to restore the file. Offsets
    count from the first byte this call writes. ``limits`` must be those of the plan; ``find`` looks for the
    candidate in a record, which can take time and memory out of all proportion to its length. Raises
    DamagedContainerError if the file is not the one that was planned, UnreadableError where it
    cannot be read; what was written by then is of no use.
    """
    with _opened(path, plan.name) as file:
        if plan.encoding is Encoding.PAYLOAD:
            yield from _carry_whole(path, file, plan, out, whole, find, limits)
        else:
            yield from _carry_records(path, file, plan, out, find, limits)


def _carry_records(
    path: Path, file: BinaryIO, plan: ContainerPlan, out: BinaryIO, find: Find, limits: WarcLimits
) -> Iterator[CarriedRecord]:
    hasher = hashlib.sha256()
    at = written = 0
    for item in scan_container(path, name=plan.name, limits=limits):
        if isinstance(item, Finding) or item.offset != at or item.length == 0:
            raise _changed(plan)
        own = hashlib.sha256()
        pieces = _hashed(_pieces(file, item.length, hasher, plan.name), own)
        length = _copy(pieces, out) if plan.encoding is Encoding.WARC_GZ else write_member(pieces, out)
        candidate = find(item, path=plan.name, limits=limits)
        entry, digest = scanned_entry(item), own.hexdigest()
        yield CarriedRecord(item.record_id, item.type, written, length, True, digest, entry, candidate)
        at += item.length
        written += length
    if at != plan.size or hasher.hexdigest() != plan.sha256:
        raise _changed(plan)


def _carry_whole(
    path: Path,
    file: BinaryIO,
    plan: ContainerPlan,
    out: BinaryIO,
    whole: WarcRecord,
    find: Find,
    limits: WarcLimits,
) -> Iterator[CarriedRecord]:
    hasher = hashlib.sha256()
    pieces = _pieces(file, plan.size, hasher, plan.name)
    written = write_long_member(whole, pieces, out, length=plan.size, sha256=plan.sha256)
    if hasher.hexdigest() != plan.sha256:
        raise _changed(plan)
    entry = record_entry(whole, f"sha256:{plan.sha256}")
    yield CarriedRecord(whole.record_id, whole.type, 0, written, True, plan.sha256, entry, None)
    for item in scan_container(path, name=plan.name, limits=limits):
        if isinstance(item, Finding):
            continue
        own = _own_member(item)
        if own is None:
            held_by = {"record_id": whole.record_id, "target_uri": whole.target_uri or ""}
            candidate = find(item, path=plan.name, limits=limits, **held_by)
            yield CarriedRecord(item.record_id, item.type, None, 0, False, "", None, candidate)
            continue
        out.write(own)
        candidate = find(item, path=plan.name, limits=limits)
        entry, digest = scanned_entry(item), sha256_hex(own)
        yield CarriedRecord(item.record_id, item.type, written, len(own), False, digest, entry, candidate)
        written += len(own)


def _plain_header(record: ScannedRecord) -> bool:
    """Tell whether other readers can go on behind the header; in one file with them the records of others were lost.

    Some stop for good at folded lines, a version in lower case and any other spelling of Content-Length, all of
    which the grammar allows.
    """
    if record.version == "arc":
        return True
    header = record.header
    return header.startswith(b"WARC/") and b"\nContent-Length:" in header and not _FOLDED.search(header)


def _own_member(record: ScannedRecord) -> bytes | None:
    """Return the record as a member of its own; None where it is not sound enough to be one."""
    if not (record.whole and record.held and record.record_id and _plain_header(record)):
        return None
    if not all(_harmless(finding) or finding.code in _FRAME_FAULTS for finding in record.findings):
        return None
    if record.version == "arc":
        return _arc_member(record)
    return gzip_member(record.header + record.block + b"\r\n\r\n")


def _arc_member(record: ScannedRecord) -> bytes | None:
    """Return a record of an ARC file as a WARC record; its file header has nothing to tell."""
    if record.type == "warcinfo" or not record.target_uri:
        return None
    address = record.get("WARC-IP-Address")
    converted = WarcRecord(
        type=record.type,
        record_id=record.record_id,
        date=record.date or "",
        content_type=record.get("Content-Type") or "",
        block=record.block,
        target_uri=record.target_uri,
        extra=(("WARC-IP-Address", address),) if address else (),
    )
    try:
        return member(converted)
    except RecordError:
        return None


def _harmless(finding: Finding) -> bool:
    return finding.severity is not Severity.ERROR and finding.code not in _UNCHECKABLE


def _measure(path: Path, name: str) -> tuple[int, str]:
    try:
        with open_regular(path) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return file.tell(), digest
    except OSError as error:
        raise _unreadable(name, error) from error


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        return open_regular(path)
    except OSError as error:
        raise _unreadable(name, error) from error


def _pieces(file: BinaryIO, length: int, hasher: _Hasher, name: str) -> Iterator[bytes]:
    left = length
    while left:
        try:
            piece = file.read(min(left, _CHUNK))
        except OSError as error:
            raise _unreadable(name, error) from error
        if not piece:
            return
        hasher.update(piece)
        left -= len(piece)
        yield piece


def _hashed(pieces: Iterator[bytes], hasher: _Hasher) -> Iterator[bytes]:
    for piece in pieces:
        hasher.update(piece)
        yield piece


def _copy(pieces: Iterator[bytes], out: BinaryIO) -> int:
    return sum(out.write(piece) for piece in pieces)


def _changed(plan: ContainerPlan) -> DamagedContainerError:
    advice = "run again when nobody writes to the file"
    return DamagedContainerError("the file changed while it was read", place=plan.name, advice=advice)


def _unreadable(name: str, error: OSError) -> UnreadableError:
    advice = "check permissions and the storage device"
    return UnreadableError(f"the file cannot be read: {error.strerror}", place=name, advice=advice)
