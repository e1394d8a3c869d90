"""What a verification did not look at: told in findings, and counted for the verdict, which must not promise more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archiver.model.outcome import Finding, Severity

_CODES = frozenset({"folder.not-checked", "bag.not-checked"})


def files_of_no_kind(names: Sequence[str]) -> Finding:
    """Return the finding about files of a folder of no kind that can be checked by itself."""
    message = f"{len(names)} file(s) are no package, WARC, ARC or TEI and were not looked at, first {names[0]!r}"
    return Finding("folder.not-checked", message, file=names[0], severity=Severity.NOTE)


def files_in_no_manifest(names: Sequence[str]) -> Finding:
    """Return the finding about tag files of a bag that nothing tells the checksum of."""
    message = f"{len(names)} file(s) beside data/ are in no manifest and were not looked at, first {names[0]!r}"
    return Finding("bag.not-checked", message, file=names[0], severity=Severity.NOTE)


def not_looked_at(findings: Iterable[Finding]) -> int:
    """Return how many files were not looked at, as the findings tell."""
    told = (one.message.partition(" ")[0] for one in findings if one.code in _CODES)
    return sum(int(number) for number in told)
