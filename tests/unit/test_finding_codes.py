"""Every code that can be found is declared, documented, and provoked by a test; nothing else is declared."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.model.finding_code import catalogue, merged
from archiver.model.outcome import Finding, Severity
from archiver.pipeline.finding_codes import all_codes, code_of, explained
from archiver.report.codes import codes_table

from ..conftest import CHECKOUT

_MAKERS = frozenset(
    {"Finding", "found", "_found", "HeaderProblem", "Fault", "add", "_fault", "_stop", "finding", "_finding"}
)
_CODE = re.compile(r"[a-z]+(\.[a-z][a-z0-9-]*)+")
_BEGINNINGS = (
    "bag.",
    "wacz.",
    "cdxj.",
    "container.",
    "package.",
    "warc.",
    "tei.",
    "file.",
    "folder.",
    "verify.",
    "eark.",
)


def _sources() -> Iterator[tuple[Path, ast.Call]]:
    for room in ("package", "warc", "tei", "crosswalk"):
        for path in sorted((CHECKOUT / "archiver" / room).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield path, node


def _made() -> set[str]:
    """Return the codes that the program makes findings of: what stands first where a finding is made, and beside it."""
    codes = set()
    for _, call in _sources():
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name in _MAKERS and call.args and isinstance(call.args[0], ast.Constant):
            codes.add(call.args[0].value)
    for path in (CHECKOUT / "archiver").rglob("*.py"):
        if "codes" not in path.name:
            texts = re.findall(r'"((?:bag|warc|package|container)\.[a-z-]+)"', path.read_text("utf-8"))
            codes |= {text for text in texts if text in all_codes()}
    return {code for code in codes if isinstance(code, str) and _CODE.fullmatch(code)}


def test_every_code_that_is_made_is_declared() -> None:
    assert [code for code in sorted(_made()) if code_of(Finding(code, "")) is None] == []


def test_every_code_that_is_declared_is_made() -> None:
    declared = {code for code in all_codes() if code.startswith(_BEGINNINGS)}
    assert declared - _made() == set()


def test_every_code_is_provoked_by_a_test() -> None:
    here = Path(__file__)
    texts = [path.read_text("utf-8") for path in (CHECKOUT / "tests").rglob("*.py") if path != here]
    told = set(re.findall(r"[\"']([a-z]+\.[a-z-]+)[\"']", "\n".join(texts)))
    assert [code for code in all_codes() if "." in code and code not in told and not code.endswith("*")] == []


def test_the_docs_have_the_table() -> None:
    """How the table is made anew stands in the docs."""
    page = (CHECKOUT / "docs" / "findings.md").read_text("utf-8")
    assert codes_table(all_codes()) in page


def test_every_code_says_what_to_do() -> None:
    for code in all_codes().values():
        assert code.meaning.endswith((".", "yours.")), code
        assert code.advice.endswith("."), code
        assert code.clause, code


def test_findings_are_told_with_clause_and_advice() -> None:
    (bare,) = explained([Finding("bag.symlink", "x")])
    assert bare.clause == "RFC 8493 section 5.1"
    assert bare.advice == "Replace the link by the file itself."
    (own,) = explained([Finding("bag.symlink", "x", advice="this")])
    assert own.advice == "this"
    (unknown,) = explained([Finding("x.y", "x")])
    assert unknown == Finding("x.y", "x")
    (schema,) = explained([Finding("schema.min-length", "x")])
    assert schema.clause


def test_a_catalogue_is_read_strictly() -> None:
    entry = "a.b; error, warning; here\nIt is.\nDo.\n"
    (code,) = catalogue(entry).values()
    assert code.severities == (Severity.ERROR, Severity.WARNING)
    with pytest.raises(ValueError, match="twice"):
        catalogue(f"{entry}\n{entry}")
    with pytest.raises(ValueError, match="twice"):
        merged([catalogue(entry), catalogue(entry)])
