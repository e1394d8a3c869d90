"""The last line of a verification: whether all is well, and with what that was looked at."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.model.outcome import Finding, Severity
from archiver.package.scope import not_looked_at
from archiver.report.text import shown


def verdict_words(package: str, findings: Sequence[Finding], *, quick: bool) -> str:
    """Say what the findings of a whole verification mean; nothing is called intact that was not looked at."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    left = not_looked_at(findings)
    besides = f"{left} file(s) were not looked at, " if left else ""
    if errors:
        return f"{shown(package)}: NOT intact ({besides}{errors} error(s), {len(findings)} finding(s))"
    if left:
        depth = "structure and sizes checked, " if quick else ""
        what = "what was looked at is intact"
        return f"{shown(package)}: {what} ({depth}{besides}{len(findings)} finding(s))"
    depth = "structure and sizes" if quick else "every byte"
    return f"{shown(package)}: intact ({depth} checked, {len(findings)} finding(s))"
