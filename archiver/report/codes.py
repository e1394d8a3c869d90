"""The codes of findings as a table for the docs."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.model.finding_code import Catalogue

_HEAD = ("| code | severity | clause | meaning | what to do |", "|---|---|---|---|---|")


def codes_table(codes: Catalogue) -> str:
    """Return a Markdown table of all codes, one line a code."""
    return "\n".join([*_HEAD, *_rows(codes)]) + "\n"


def _rows(codes: Catalogue) -> Iterator[str]:
    for code in codes.values():
        severities = ", ".join(one.value for one in code.severities)
        clause = "" if code.clause == "-" else code.clause
        yield f"| `{code.code}` | {severities} | {clause} | {code.meaning} | {code.advice} |"
