"""A WARC, ARC or WACZ file on its way into the package: carried, indexed, its candidates made into articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from archiver import canon
from archiver.errors import ArticleError, DamagedContainerError, UnreadableError
from archiver.model.intake import InputFile
from archiver.model.outcome import Finding, Reject, Severity
from archiver.model.records import WarcRecord
from archiver.model.stored import Stored
from archiver.pipeline.making import Guard
from archiver.pipeline.shard_files import ShardFiles, payload_key
from archiver.readers.files import file_uri, on_disk
from archiver.readers.forms import media_type_of
from archiver.readers.warc import CarriedRecord, ContainerPlan, Encoding, Find, carry, plan_container
from archiver.readers.warc_candidate import WarcCandidate, find_candidate
from archiver.warc.record import ScannedRecord, WarcLimits

#: Done with each candidate: the candidate, or why it cannot be one.
Work = Callable[[WarcCandidate], None]


def carry_container(file: InputFile, files: ShardFiles, work: Work, guard: Guard) -> Stored:
    """Write a WARC, ARC or WACZ file into the archive and do ``work`` for every candidate article in it.

    Bodies are decoded under ``guard``.

    Raises UnreadableError, and DamagedContainerError if the file changes meanwhile.
    """
    with on_disk(file) as path:
        return _carry(path, file, files, work, partial(find_guarded, guard))


def _carry(path: Path, file: InputFile, files: ShardFiles, work: Work, find: Find) -> Stored:
    plan = plan_container(path, file.name)
    whole = _whole_record(file, files, plan)
    stored = Stored(plan.sha256, plan.size, plan.encoding.value)
    try:
        for number, record in enumerate(carry(path, plan, files.archive.stream, whole=whole, find=find)):
            _keep(record, _key(record, number, plan, whole.content_type), stored, files)
            if record.candidate is not None:
                if record.candidate.error is not None:
                    # An article tells its own.
                    stored.notices.update(notice.code for notice in record.candidate.source.notices)
                work(record.candidate)
            elif record.record_id != whole.record_id or plan.encoding is not Encoding.PAYLOAD:
                stored.carried += 1
    except (UnreadableError, DamagedContainerError):
        files.archive.cut()
        raise
    stored.notices.update(finding.code for finding in plan.findings if finding.severity is not Severity.ERROR)
    stored.reject = _damage(file, plan, whole)
    return stored


def find_guarded(
    guard: Guard, record: ScannedRecord, *, path: str, limits: WarcLimits, record_id: str = "", target_uri: str = ""
) -> WarcCandidate | None:
    """Look for the candidate in a record; what cannot be decoded within its limits is one with an error."""
    find = partial(find_candidate, record, path=path, limits=limits, record_id=record_id, target_uri=target_uri)
    if record.type != "response":
        return find()
    try:
        return guard(find, path)
    except ArticleError as error:
        return find(unread=error)


def _keep(record: CarriedRecord, key: dict[str, str], stored: Stored, files: ShardFiles) -> None:
    """Note the member that was written for a record, if it has one."""
    if record.offset is None:
        return
    place = files.archive.advance(record.length, **key)
    join(stored.segments if record.restores else stored.beside, place)
    if record.cdx is not None:
        files.index(record.cdx, place)


def _key(record: CarriedRecord, number: int, plan: ContainerPlan, media_type: str) -> dict[str, str]:
    """What a later file with the same bytes has as well: its records are there and not kept twice."""
    if plan.encoding is Encoding.PAYLOAD and record.restores:
        return {"payload": payload_key(plan.sha256, media_type, plan.size)}
    # The bytes of the member too, in case the file changed since it was planned.
    return {"copy": canon.sha256_hex(f"{plan.sha256} {plan.encoding} {number} {record.sha256}".encode())}


def join(segments: list[tuple[int, int]], place: tuple[int, int]) -> None:
    """Add a member to a list of segments; members that stand one behind the other are one segment."""
    if segments and sum(segments[-1]) == place[0]:
        segments[-1] = (segments[-1][0], segments[-1][1] + place[1])
    else:
        segments.append(place)


def _whole_record(file: InputFile, files: ShardFiles, plan: ContainerPlan) -> WarcRecord:
    uri = file_uri(file.name, encoding=file.name_encoding)
    return WarcRecord(
        type="resource",
        record_id=canon.content_urn("resource", uri, plan.sha256),
        date=files.date,
        content_type=media_type_of(Path(file.name), file.form),
        block=b"",
        target_uri=uri,
        warcinfo_id=files.archive.warcinfo_id,
    )


def _damage(file: InputFile, plan: ContainerPlan, whole: WarcRecord) -> Reject | None:
    errors = [finding for finding in plan.findings if finding.severity is Severity.ERROR]
    if not errors and plan.records:
        return None
    error: ArticleError = DamagedContainerError(
        _words(errors, plan),
        place=file.name,
        advice="get the file again from its source; what could be read of it is in the package",
    )
    return Reject(
        id=canon.content_id(file.name, "container", plan.sha256),
        path=file.name,
        code=error.code,
        message=error.message,
        advice=error.advice,
        sha256=plan.sha256,
        size=plan.size,
        record_id=whole.record_id if plan.encoding is Encoding.PAYLOAD else None,
        findings=plan.findings,
    )


def _words(errors: Sequence[Finding], plan: ContainerPlan) -> str:
    if not errors:
        return "there is no record in it"
    first = errors[0]
    place = f" at byte {first.offset}" if first.offset is not None else ""
    return f"{len(errors)} fault(s), {plan.records} record(s) read; the first{place}: {first.message}"
