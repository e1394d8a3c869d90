"""``archiver rules test`` and ``archiver rules learn``: words, documents, files and exit codes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ..support_export import faults_of, invoke, story
from ..support_sources import courier

GOOD = """version = "1"
[[rule]]
id = "en.ads.90"
category = "ads"
scope = "line"
strength = "sure"
reason = "Tried."
pattern = ["courier live tides crossword notices"]
match = ["Courier Live | Tides | Crossword | Notices"]
keep = ["The Courier lives by its crossword."]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return courier(12).write(tmp_path_factory.mktemp("in"))


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD, "utf-8")
    return file


def test_a_good_file_is_0(rules: Path) -> None:
    outcome = invoke("rules", "test", rules)
    assert outcome.code == 0
    assert "1 rule(s), all meet their examples" in outcome.words
    document = invoke("rules", "test", rules, "--report", "json").document()
    assert (document["ok"], document["rules"], "tried" in document) == (True, 1, False)


def test_a_rule_that_fails_its_examples_is_5(rules: Path, folder: Path) -> None:
    rules.write_text(GOOD.replace("Courier Live | Tides", "Courier Dead | Tides"), "utf-8")
    outcome = invoke("rules", "test", rules, folder)
    assert outcome.code == 5
    assert "en.ads.90: does not match its own example" in outcome.words
    assert "no pattern begins as the line does" in outcome.words
    assert "the articles were not looked at" in outcome.words
    document = invoke("rules", "test", rules, folder, "--json").document()
    assert (document["ok"], len(document["faults"]), "tried" in document) == (False, 1, False)


def test_articles_show_what_a_rule_does(rules: Path, folder: Path) -> None:
    outcome = invoke("rules", "test", rules, folder)
    assert outcome.code == 0
    assert "en.ads.90@1 removes 12 line(s) in 12 article(s)" in outcome.words
    assert "story-00.txt:1: Courier Live | Tides | Crossword | Notices" in outcome.words
    document = invoke("rules", "test", rules, folder, "--json", "--samples", "2").document()
    tally = document["tried"]["rules"][0]
    assert (tally["lines"], tally["changed_lines"], len(tally["samples"]["changed"])) == (12, 12, 2)


def test_inputs_that_are_no_articles_are_3_and_4(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/blank.txt").write_text("", "utf-8")
    assert invoke("rules", "test", rules, tmp_path / "in").code == 4
    (tmp_path / "in/a.txt").write_text(story(1), "utf-8")
    (tmp_path / "in/menu.html").write_text("<!doctype html><nav><a href=/>Home</a></nav>", "utf-8")
    outcome = invoke("rules", "test", rules, tmp_path / "in")
    assert outcome.code == 3
    assert (
        "2 input(s) that are none\n    blank.txt: there is no text in it\n    menu.html: nothing of its "
        in outcome.words
    )
    told = invoke("rules", "test", rules, tmp_path / "in", "--json").document()["tried"]
    assert [(reject["path"], reject["code"]) for reject in told["rejects"]] == [
        ("blank.txt", "article.empty"),
        ("menu.html", "article.no-text"),
    ]


def test_twenty_inputs_that_are_no_articles_are_named_and_the_others_counted(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(23):
        (tmp_path / f"in/{number:02}.txt").write_text("", "utf-8")
    words = invoke("rules", "test", rules, tmp_path / "in").words
    assert words.count(": there is no text in it\n") == 20
    assert "    19.txt: there is no text in it\n    … and 3 more\n" in words
    told = invoke("rules", "test", rules, tmp_path / "in", "--json").document()["tried"]
    assert (told["failed"], len(told["rejects"])) == (23, 20)


@pytest.mark.parametrize("text", ["version = ", 'disable = "en.ads.01"\nversion = "1"'])
def test_a_file_that_is_no_rule_file_is_2(rules: Path, text: str) -> None:
    rules.write_text(text, "utf-8")
    outcome = invoke("rules", "test", rules, "--json")
    assert outcome.code == 2
    assert outcome.document()["error"]["code"] == "usage.rule-file"


def test_a_disabled_rule_that_there_is_not_is_a_fault(rules: Path) -> None:
    rules.write_text('disable = ["en.no-such.01"]\nversion = "1"', "utf-8")
    outcome = invoke("rules", "test", rules, "--json")
    assert outcome.code == 5
    assert faults_of(outcome.document()) == []
    assert [fault["expected"] for fault in outcome.document()["faults"]] == ["disable"]


def test_a_rule_file_that_is_not_there_is_told_as_by_strip(tmp_path: Path, folder: Path) -> None:
    gone = tmp_path / "gone.toml"
    told = [
        invoke("rules", "test", gone),
        invoke("rules", "list", "--rules", gone),
        invoke("strip", folder / "story-00.txt", "--rules", gone),
    ]
    assert [one.code for one in told] == [2, 2, 2]
    assert {one.err for one in told} == {
        f"archiver: {gone}: cannot be read: No such file or directory\n  → check the path\n"
    }


@pytest.mark.parametrize(("tag", "meant"), [("en-GB", "en"), ("EN_us", "en"), ("nb", "no"), ("any", "any")])
def test_rules_are_listed_by_the_language_of_a_tag(tag: str, meant: str) -> None:
    listed = invoke("rules", "list", "--language", tag, "--json")
    assert listed.err == ""
    assert {rule["language"] for rule in listed.document()["rules"]} == {meant}
    assert invoke("rules", "list", "--language", tag).out == invoke("rules", "list", "--language", meant).out


def test_a_language_without_rules_is_told() -> None:
    for form in ([], ["--json"]):
        listed = invoke("rules", "list", "--language", "ga-IE", *form)
        assert listed.code == 0
        assert listed.err.startswith("no rule is of the language ga; there are rules of any, ar, bg, ")
    assert listed.document()["rules"] == []


def test_articles_from_standard_input_are_tried(rules: Path, folder: Path) -> None:
    outcome = invoke("rules", "test", rules, "-", stdin=(folder / "story-00.txt").read_bytes())
    assert outcome.code == 0
    assert "stdin:1: Courier Live" in outcome.words


def test_what_is_learned_is_printed_or_written_and_can_be_used(folder: Path, tmp_path: Path) -> None:
    printed = invoke("rules", "learn", folder, "--jobs", "1")
    assert printed.code == 0
    assert "(top folder): 7 rule(s) proposed; 12 article(s) read, 12 compared" in printed.err
    file = tmp_path / "learned.toml"
    written = invoke("rules", "learn", folder, "--jobs", "1", "-o", file, "--json")
    document = written.document()
    assert document["output"] == str(file)
    assert file.read_bytes() == printed.out
    assert [rule["id"] for rule in tomllib.loads(printed.words)["rule"]] == [
        proposal["rule"]["id"] for proposal in document["proposals"]
    ]
    assert invoke("rules", "test", file, folder).code == 0
    stripped = invoke("strip", folder / "story-00.txt", "--rules", file)
    assert "Courier Live" not in stripped.words
    assert invoke("rules", "learn", folder, "-o", file).code == 2


def test_learning_says_when_there_are_too_few_articles(folder: Path) -> None:
    outcome = invoke("rules", "learn", folder, "--min-articles", "13", "--jobs", "1")
    assert outcome.code == 4
    assert "too few articles: 12 read, 12 of them different, 13 are needed" in outcome.err
    assert tomllib.loads(outcome.words) == {"version": "1"}


def test_learning_is_quiet_if_asked(folder: Path) -> None:
    outcome = invoke("rules", "learn", folder, "--jobs", "1", "-q")
    assert (outcome.code, outcome.err) == (0, "")


def test_learning_counts_what_is_no_article(tmp_path: Path) -> None:
    folder = courier(12).write(tmp_path)
    (folder / "blank.txt").write_text("", "utf-8")
    document = invoke("rules", "learn", folder, "--jobs", "1", "--report", "json").document()
    assert (document["exit_code"], document["failed"]) == (3, 1)
    assert [(reject["path"], reject["code"]) for reject in document["rejects"]] == [("blank.txt", "article.empty")]


@pytest.mark.parametrize(
    "options",
    [("--min-share", "0"), ("--min-share", "nan"), ("--min-articles", "1"), ("--by", "moon"), ("--jobs", "0")],
)
def test_choices_that_cannot_be_are_2(folder: Path, options: tuple[str, str]) -> None:
    assert invoke("rules", "learn", folder, *options).code == 2


def test_an_output_that_cannot_be_written_is_2(folder: Path, tmp_path: Path) -> None:
    assert invoke("rules", "learn", folder, "--jobs", "1", "-o", tmp_path / "no/such/learned.toml").code == 2


def test_learned_rules_are_not_written_into_a_package_or_nowhere(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    (package / "bagit.txt").write_text("", "utf-8")
    for output, told in (
        (package / "rules.toml", "within a package"),
        (package / "data/rules.toml", "within a package"),
        (tmp_path / "none/rules.toml", "no such folder"),
        (package / "bagit.txt", "already there"),
    ):
        outcome = invoke("rules", "learn", folder, "-o", output)
        assert (outcome.code, outcome.out) == (2, b"")
        assert told in outcome.err
    assert sorted(path.name for path in package.rglob("*")) == ["bagit.txt", "data"]


def test_a_dash_is_standard_output(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = invoke("rules", "learn", folder, "-o", "-")
    assert told.out == invoke("rules", "learn", folder).out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tag", ["", "-", "english language", "e"])
def test_rules_are_not_listed_by_what_is_no_language(tag: str) -> None:
    outcome = invoke("rules", "list", "--language", tag)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "no language tag" in outcome.err
