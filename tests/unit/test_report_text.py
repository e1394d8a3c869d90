"""Outcomes in words."""

from __future__ import annotations

import archiver
from archiver.clean.ruleset import load_rules
from archiver.model.outcome import BaseReference, Finding, Purpose, Reject, RunReport, Severity
from archiver.report.text import (
    explain_words,
    export_words,
    finding_words,
    inspect_words,
    removed_words,
    rules_words,
    shown,
)

SOLID = (
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear."
)
TEXT = f"Lighthouse stays open for years\nBy Jane Doe\n{SOLID}\nShare this article\n"


def test_nothing_reaches_a_terminal_as_a_command() -> None:
    assert shown("a\x1b[31mb\r\nc\u202e\x00") == "a [31mb  c  "
    assert shown("Łódź 灯台 “x”") == "Łódź 灯台 “x”"


def test_an_export_without_files_says_so() -> None:
    assert export_words(RunReport("", 0, (), 0, 0, 0)) == "there is no file in the input; nothing was written"


def test_an_export_in_words() -> None:
    reject = Reject("a-1", "b\x1b.txt", "article.empty", "is empty", "look at it")
    words = export_words(RunReport("/out", 1, (reject,), 2, 1, 3, {"charset.detected": 4}, ("row 2: x",), 3, 1))
    lines = words.splitlines()
    assert lines[0] == "/out: 1 article, 1 reject"
    assert lines[1].startswith("  carried besides: 2 ")
    assert lines[2:] == [
        "  1 block removed, 3 doubtful ones kept",
        "  note: charset.detected: 4",
        "  rejected: article.empty: 1",
        "    b .txt: is empty",
        "      → look at it",
        "  in the metadata file, but matching no article: row 2: x",
    ]


def test_many_rejects_are_counted_and_some_are_named() -> None:
    rejects = tuple(Reject(f"a-{at}", f"{at}.txt", "article.empty", "is empty", "look at it") for at in range(30))
    rejects += (Reject("a-x", "x.txt", "article.binary", "is no text"),)
    codes = {"article.empty": 1200, "article.binary": 1}
    lines = export_words(RunReport("/out", 1, rejects, 0, 0, 0, rejected=1201, reject_codes=codes)).splitlines()[3:]
    assert lines == [
        "  rejected: article.empty: 1200",
        "    0.txt: is empty",
        "      → look at it",
        *(f"    {at}.txt: is empty" for at in range(1, 5)),
        "    … and 1195 more: data/rejected/rejects.jsonl in the package has all of them",
        "  rejected: article.binary: 1",
        "    x.txt: is no text",
    ]


def test_an_export_on_a_base_names_it_and_what_became_of_its_files() -> None:
    base = BaseReference("urn:uuid:1", "0" * 64, Purpose.INCREMENT, {"new": 2, "unchanged": 3})
    words = export_words(RunReport("/out", 2, (), 0, 0, 0, base=base))
    assert "on the base of urn:uuid:1: 2 new, 3 unchanged" in words
    assert export_words(RunReport("", 0, (), 0, 0, 0, base=base)).startswith("nothing is new or changed since urn:uuid")
    retried = BaseReference("urn:uuid:1", "0" * 64, Purpose.RETRY, {"left": 1})
    assert "can be tried again" in export_words(RunReport("", 0, (), 0, 0, 0, base=retried))


def test_no_name_of_a_base_commands_a_terminal() -> None:
    for purpose in Purpose:
        base = BaseReference("urn:x:\x1b[31m\x9b31m\u202e", "0" * 64, purpose, {"new": 1})
        for package in ("", "out"):
            words = export_words(RunReport(package, 0, (), 0, 0, 0, base=base))
            assert all(char.isprintable() or char == "\n" for char in words)


def test_removed_blocks_are_listed_with_category_rule_and_evidence() -> None:
    words = removed_words(archiver.extract(TEXT))
    line, evidence = words.splitlines()
    assert line.startswith("share\t")
    assert line.endswith("\tShare this article")
    assert "share this article" in evidence
    assert removed_words(archiver.extract(f"Lighthouse stays open for years\n{SOLID}")) == "nothing was removed"


def test_every_block_stands_in_the_explanation_with_its_fate_and_reason() -> None:
    article = archiver.extract(TEXT)
    words = explain_words(article, "a.txt", weights={}, width=100)
    lines = words.splitlines()
    assert lines[0] == "a.txt: 3 blocks kept (0 doubtful), 1 removed"
    assert "language en, charset utf-8, profile balanced" in words
    assert any(line.startswith("- share ") and line.endswith("Share this article") for line in lines)
    assert any(line.startswith("  headline ") and line.endswith("Lighthouse stays open for years") for line in lines)
    assert all(f"{block.rule}:" in words for block in article.blocks)
    assert all(len(line) <= 100 for line in lines[4 : lines.index("", 4)])
    assert "title: Lighthouse stays open for years  [text:#char=0,31]" in words
    assert any(line.startswith("unknown: ") and "published" in line for line in lines)


def test_a_kept_block_says_what_came_closest_to_removing_it() -> None:
    article = archiver.extract(
        f"Lighthouse stays open for years\n{SOLID}\nAdvertisement feature\nSign in\n{SOLID} Yes."
    )
    kept = [block for block in article.kept if block.doubtful and any(v.action == "remove" for v in block.verdicts)]
    words = explain_words(article, "a.txt", weights={}, width=120)
    assert words.count("came closest to removal by") == len(kept)


def test_the_heaviest_weights_of_a_block_stand_below_it() -> None:
    article = archiver.extract(f"Lighthouse stays open for years\n{SOLID}\n{SOLID} Yes.")
    weights = {1: (("links", -900), ("a", 8), ("b", 7), ("c", 6), ("d", 5)), 2: (("text", 0),)}
    words = explain_words(article, "a.txt", weights=weights, width=120)
    assert [line.strip() for line in words.splitlines() if "weighed:" in line] == [
        "weighed: links -900, a +8, b +7, c +6"
    ]


def test_a_finding_in_words_says_where_what_and_what_to_do() -> None:
    finding = Finding("bag.x", "is wrong", file="a.txt", line=3, pointer="/title", offset=7, advice="look")
    assert finding_words(finding) == "error: a.txt:3:/title at byte 7: is wrong [bag.x]\n  → look"
    assert finding_words(Finding("c", "m", file="f", record_id="urn:uuid:0", severity=Severity.NOTE)) == (
        "note: f (urn:uuid:0): m [c]"
    )


def test_a_package_in_a_table() -> None:
    words = inspect_words(
        {
            "package": "/p",
            "summary": {"articles": 2, "by_language": {"en": 2}, "empty": {}, "none": None, "sources": ["a", "b"]},
            "articles": [{"id": "a-1", "title": "T", "word_count": None}],
        }
    )
    lines = [line.split() for line in words.splitlines()]
    assert ["package", "/p"] in lines
    assert ["articles", "2"] in lines
    assert ["en", "2"] in lines
    assert ["a-1", "T"] in lines
    assert "none" not in words
    assert "empty" not in words


def test_rules_are_listed_by_language() -> None:
    rules = load_rules()
    words = rules_words(rules, language="de").splitlines()
    assert words[0] == f"rules {rules.version}, sha256 {rules.digest}"
    assert words[2:]
    assert all(line.startswith("de.") for line in words[2:])
    assert len(rules_words(rules, language=None).splitlines()) == len(rules.rules) + 2
