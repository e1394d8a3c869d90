"""Outcomes as JSON: each document is valid against the schema that it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import archiver
from archiver.clean.ruleset import load_rules
from archiver.describe.schema_files import own_validator
from archiver.errors import InputNotFoundError
from archiver.model.outcome import Finding, Reject, RunReport, Severity
from archiver.package.restore import RestoreReport
from archiver.report import machine
from archiver.report.envelope import error_document

TEXT = (
    "Lighthouse stays open for years\nBy Jane Doe\n21 October 2026\n"
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear.\nShare this article\n"
)
URN = "urn:uuid:00000000-0000-5000-8000-000000000000"


def check(document: dict[str, Any]) -> dict[str, Any]:
    """Return ``document`` as it comes out of JSON, after asking the schema that it names."""
    name = document["schema"].rpartition("/")[2].removesuffix(".schema.json")
    plain: dict[str, Any] = json.loads(json.dumps(document))
    problems = [error.message for error in own_validator(name).iter_errors(plain)]
    assert problems == []
    return plain


def test_an_error_says_code_place_and_advice() -> None:
    document = check(error_document(InputNotFoundError("is not there", place="x", advice="look")))
    assert document["error"] == {
        "code": "usage.input-not-found",
        "message": "is not there",
        "place": "x",
        "advice": "look",
    }
    assert document["exit_code"] == 2


def test_an_export_is_told_whole() -> None:
    reject = Reject("a-0000000000000000", "b.txt", "article.empty", "is empty", "look", "0" * 64, 3, URN)
    report = RunReport("/out", 2, (reject,), 1, 5, 2, {"charset.detected": 1}, ("row 2: x",), 3, 1)
    document = check(machine.export_document(report))
    assert (document["articles"], document["rejected"], document["exit_code"]) == (2, 1, 3)
    assert document["rejects"][0]["path"] == "b.txt"
    assert document["flags"] == {"charset.detected": 1}
    assert document["sidecar_unmatched"] == ["row 2: x"]


def test_only_errors_make_findings_not_ok() -> None:
    note = Finding("bag.note", "odd", file="a", severity=Severity.WARNING)
    error = Finding("bag.x", "wrong", file="a", line=3, offset=7, pointer="/t", record_id=URN, advice="look")
    clean = check(machine.findings_document("verify", [note], targets=["/out"], exit_code=0, depth="full"))
    bad = check(machine.findings_document("validate", [note, error], targets=["a"], exit_code=5))
    assert (clean["ok"], clean["depth"], bad["ok"], "depth" in bad) == (True, "full", False, False)
    assert bad["findings"][1]["line"] == 3


def test_a_restore_says_what_was_not_there() -> None:
    document = check(machine.restore_document(RestoreReport(2, 10, ("gone.txt",)), Path("/p"), Path("/o")))
    assert (document["files"], document["bytes"], document["not_archived"]) == (2, 10, ["gone.txt"])


def test_a_package_is_inspected_with_and_without_its_articles(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT)
    (tmp_path / "in/b.txt").write_bytes(b"")
    archiver.export(tmp_path / "in", tmp_path / "out", date="2026-01-01")
    with archiver.open_package(tmp_path / "out") as package:
        short = check(machine.inspect_document(package, articles=False))
        long = check(machine.inspect_document(package, articles=True))
    assert "articles" not in short
    assert [(one["path"], one["title"], one["published"]) for one in long["articles"]] == [
        ("a.txt", "Lighthouse stays open for years", "2026-10-21")
    ]


def test_rules_are_listed_whole_or_by_language() -> None:
    rules = load_rules()
    every = check(machine.rules_document(rules, language=None))
    german = check(machine.rules_document(rules, language="de"))
    assert len(every["rules"]) == len(rules.rules) > len(german["rules"]) > 0
    assert {rule["language"] for rule in german["rules"]} == {"de"}
    assert every["rules_digest"] == german["rules_digest"] == rules.digest


def test_the_schemas_are_listed_with_their_digests() -> None:
    document = check(machine.schema_document())
    assert "article.schema.json" in {one["file"] for one in document["schemas"]}
    assert all(len(one["sha256"]) == 64 and one["bytes"] > 0 for one in document["schemas"])
