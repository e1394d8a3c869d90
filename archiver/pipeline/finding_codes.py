"""All codes of findings, and what a finding is told with: the clause that is not met, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from archiver.describe.codes import DESCRIBE_CODES
from archiver.model.finding_code import Catalogue, FindingCode, merged
from archiver.model.outcome import Finding
from archiver.package.codes import PACKAGE_CODES
from archiver.tei.codes import TEI_CODES
from archiver.warc.codes import WARC_CODES

_NO_CLAUSE = "-"


@cache
def all_codes() -> Catalogue:
    """Return every code that ``verify`` and ``validate`` can give, sorted."""
    return merged((PACKAGE_CODES, WARC_CODES, TEI_CODES, DESCRIBE_CODES))


def code_of(finding: Finding) -> FindingCode | None:
    """Return what the code of a finding means, None for one that is not declared."""
    codes = all_codes()
    return codes.get(finding.code) or codes.get(f"{finding.code.partition('.')[0]}.*")


def explained(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings with clause, and with advice where they had none."""
    for finding in findings:
        code = code_of(finding)
        if code is None:
            yield finding
            continue
        clause = "" if code.clause == _NO_CLAUSE else code.clause
        yield replace(finding, clause=clause, advice=finding.advice or code.advice)
