"""The conformance check of one WARC file: framing, digests, fields, ids."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from archiver.model.outcome import Finding
from archiver.warc.part import Part
from archiver.warc.policy import field_problems
from archiver.warc.record import DEFAULT_LIMITS, ScannedRecord, WarcLimits
from archiver.warc.scan import scan, scan_part
from archiver.warc.usual import is_usual

_ADVICE = "the record can be read; ask who wrote it, or check the software that did"


def check_warc(
    path: Path,
    *,
    name: str = "",
    limits: WarcLimits = DEFAULT_LIMITS,
    keep: Callable[[ScannedRecord], None] | None = None,
) -> Iterator[Finding]:
    """Yield everything that is wrong with the WARC or ARC file at ``path``, in the order of the file.

    ``name`` is what findings call the file; ``keep`` is called with each record. The rules are those
    of ISO 28500:2017 (WARC 1.1); for older versions the same, where they agree. Raises UnreadableError
    where the file cannot be read.
    """
    shown = name or path.name
    yield from _checked(scan(path, name=shown, limits=limits), shown, keep)


def check_part(
    path: Path,
    part: Part,
    *,
    name: str,
    limits: WarcLimits = DEFAULT_LIMITS,
    keep: Callable[[ScannedRecord], None],
) -> Generator[Finding, None, int | None]:
    """Do what :func:`check_warc` does with some members of a gzip file; return where it ended, as :func:`scan_part`."""
    return (yield from _checked(scan_part(path, part, name=name, limits=limits), name, keep))


def _checked(
    items: Generator[ScannedRecord | Finding, None, int | None],
    name: str,
    keep: Callable[[ScannedRecord], None] | None,
) -> Generator[Finding, None, int | None]:
    while True:
        try:
            item = next(items)
        except StopIteration as end:
            offset: int | None = end.value
            return offset
        if isinstance(item, Finding):
            yield item
            continue
        if keep is not None:
            keep(item)
        if item.findings:
            yield from item.findings
        if item.version != "arc" and not is_usual(item):
            yield from _field_findings(item, name)


def _field_findings(record: ScannedRecord, name: str) -> Iterator[Finding]:
    for problem in field_problems(record):
        yield Finding(
            problem.code,
            problem.message,
            name,
            offset=record.offset,
            record_id=record.record_id or None,
            advice=_ADVICE,
            severity=problem.severity,
        )
