"""Findings and rejects as JSON."""

from __future__ import annotations

from archiver.model.outcome import Finding, Reject, Severity
from archiver.pipeline.ending import reject_from


def test_a_finding_tells_what_is_known_and_nothing_else() -> None:
    assert Finding("bag.x", "is wrong").to_dict() == {"code": "bag.x", "message": "is wrong", "severity": "error"}
    assert Finding("c", "m", file="f", line=0, offset=0, severity=Severity.NOTE).to_dict() == {
        "code": "c",
        "message": "m",
        "file": "f",
        "line": 0,
        "offset": 0,
        "severity": "note",
    }


def test_a_reject_tells_what_could_not_be_read_at_all() -> None:
    assert Reject("a-1", "a.txt", "article.unreadable", "cannot be read").to_dict() == {
        "id": "a-1",
        "path": "a.txt",
        "ordinal": 0,
        "code": "article.unreadable",
        "message": "cannot be read",
        "bytes": 0,
    }


def test_a_reject_comes_back_from_its_line() -> None:
    finding = Finding("d.required", "title is missing", file="a.txt", line=2, pointer="/title", advice="add it")
    reject = Reject("a-1", "a.jsonl", "c", "m", "advice", "ab", 7, "urn:uuid:0", 3, (finding,))
    assert reject_from(reject.to_dict()) == reject
    assert reject_from(Reject("a-1", "a.txt", "c", "m").to_dict()) == Reject("a-1", "a.txt", "c", "m")
