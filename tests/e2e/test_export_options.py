"""The choices of an export: each changes what it promises to change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import archiver
from archiver.model.metadata import Metadata

from ..support_export import DATE, environment, export, invoke, process, story, tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"story-{number}.txt").write_text(story(number), "utf-8")
    line = {"text": story(3), "title": "Line", "url": "https://news.example/lamp-3", "publisher": "Source Press"}
    (folder / "lines.jsonl").write_text(json.dumps(line), "utf-8")
    return folder


def described(package: Path) -> dict[str, Metadata]:
    with archiver.open_package(package) as opened:
        return {metadata.source.path: metadata for metadata in opened.descriptions()}


def test_a_table_fills_overrides_and_clears(folder: Path, tmp_path: Path) -> None:
    table = folder / "table.csv"
    rows = [
        "path,url,title,publisher,authors,published",
        "story-0.txt,,My title,Example Press,Ann Example; Bo Example,1999-12-31",
        "story-1.txt,,,Example Press,,",
        ",https://news.example/lamp-3,-,Other Press,,",
        "lost.txt,,Lost,,,",
    ]
    table.write_text("\n".join(rows), "utf-8")
    document = export(folder, tmp_path / "out", "--metadata", table).document()
    assert document["sidecar_unmatched"] == ["row 5: lost.txt"]
    # The table says something of the articles and is none of them.
    assert (document["articles"], document["carried"], document["rejected"]) == (4, 0, 0)
    found = described(tmp_path / "out")
    plain_title = described_without(folder, tmp_path)["story-1.txt"].title
    first, second, line = found["story-0.txt"], found["story-1.txt"], found["lines.jsonl"]
    assert (first.title, first.publisher) == ("My title", "Example Press")
    assert [person.name for person in first.authors] == ["Ann Example", "Bo Example"]
    assert first.published is not None
    assert first.published.value == "1999-12-31"
    assert first.provenance["title"].startswith("sidecar:row 2")
    assert (second.title, second.publisher) == (plain_title, "Example Press")
    assert (line.title, line.publisher) == (None, "Other Press")
    assert "title" in line.unknown
    assert invoke("verify", tmp_path / "out").code == 0
    words = invoke("export", folder, "-o", tmp_path / "words", "--metadata", table).words
    assert "row 5: lost.txt" in words


def described_without(folder: Path, tmp_path: Path) -> dict[str, Metadata]:
    export(folder, tmp_path / "plain")
    return described(tmp_path / "plain")


def test_json_lines_fill_override_and_clear_also_by_id(folder: Path, tmp_path: Path) -> None:
    before = described_without(folder, tmp_path)
    rows: list[dict[str, Any]] = [
        {"id": before["story-0.txt"].id, "title": "By id"},
        {"id": before["lines.jsonl"].id, "publisher": None},
        {"path": "story-2.txt", "keywords": ["lamp", "harbour"]},
    ]
    table = tmp_path / "table.jsonl"
    table.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert export(folder, tmp_path / "out", "--metadata", table).document()["sidecar_unmatched"] == []
    found = described(tmp_path / "out")
    assert found["story-0.txt"].title == "By id"
    assert found["lines.jsonl"].publisher is None
    assert found["story-2.txt"].keywords == ("lamp", "harbour")
    assert {path: one.id for path, one in found.items()} == {path: one.id for path, one in before.items()}


def test_a_table_that_cannot_be_used_is_told_with_every_fault(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("path,published,colour\nstory-0.txt,soon,blue\n", "utf-8")
    outcome = export(folder, tmp_path / "out", "--metadata", table)
    assert outcome.code == 2
    error = outcome.document()["error"]
    assert error["code"] == "usage.metadata-file"
    assert not (tmp_path / "out.partial").exists()


def test_a_stricter_schema_rejects_with_every_reason(folder: Path, tmp_path: Path) -> None:
    schema = tmp_path / "strict.json"
    schema.write_text(json.dumps({"required": ["rights", "publisher", "section"]}), "utf-8")
    outcome = export(folder, tmp_path / "out", "--schema", schema, "--max-reject-share", "1")
    assert outcome.code == 4
    for reject in outcome.document()["rejects"]:
        assert reject["code"] == "article.invalid-description"
        missing = " ".join(finding["message"] for finding in reject["findings"])
        assert ("publisher" in missing) is (reject["path"] != "lines.jsonl")
        assert "rights" in missing
        assert "section" in missing
        assert reject["sha256"]
    assert list((tmp_path / "out/data/tei").rglob("*.xml")) == []
    assert invoke("verify", tmp_path / "out").code == 0
    table = tmp_path / "table.csv"
    table.write_text("path,rights,publisher,section\nstory-0.txt,©,Example Press,Harbour\n", "utf-8")
    outcome = export(folder, tmp_path / "filled", "--schema", schema, "--metadata", table, "--max-reject-share", "1")
    assert outcome.code == 3
    assert outcome.document()["articles"] == 1


RULES = """version = "7"
[[rule]]
id = "en.ads.90"
version = 1
category = "ads"
scope = "line"
strength = "sure"
reason = "Label of the harbour office."
pattern = ["harbour advert"]
match = ["Harbour advert"]
keep = ["The harbour advert was banned."]
"""


def test_rules_of_the_user_remove_and_are_named(folder: Path, tmp_path: Path) -> None:
    file = folder / "story-0.txt"
    file.write_text(story(0).replace("\n\nThe old lamp", "\n\nHarbour advert\n\nThe old lamp"), "utf-8")
    rules = tmp_path / "mine.toml"
    rules.write_text(RULES, "utf-8")
    assert export(file, tmp_path / "out", "--rules", rules).code == 0
    with archiver.open_package(tmp_path / "out") as opened:
        (entry,) = opened.articles()
    assert ("Harbour advert", "en.ads.90@1") in [(one.text, one.rule) for one in entry.removed]
    assert "Harbour advert" not in invoke("strip", file, "--rules", rules).words
    assert "en.ads.90@1" in invoke("explain", file, "--rules", rules).words
    assert "en.ads.90@1" in invoke("rules", "list", "--rules", rules).words
    rules.write_text("version = 7", "utf-8")
    assert export(file, tmp_path / "other", "--rules", rules).code == 2


def test_a_rule_file_that_was_edited_is_read_again(folder: Path, tmp_path: Path) -> None:
    text = story(0).replace("\n\nThe old lamp", "\n\nHarbour advert\n\nThe old lamp")
    rules = tmp_path / "mine.toml"
    rules.write_text(RULES, "utf-8")
    assert "Harbour advert" not in archiver.extract(text, rules=rules).text
    rules.write_text(
        RULES.replace("harbour advert", "harbour notice").replace("Harbour advert", "Harbour notice"), "utf-8"
    )
    first = archiver.extract(text.replace("Harbour advert", "Harbour notice"), rules=rules)
    assert "Harbour notice" not in first.text


def test_the_profile_is_followed_and_recorded(folder: Path, tmp_path: Path) -> None:
    for profile in ("strict", "balanced", "generous"):
        assert export(folder, tmp_path / profile, "--profile", profile).code == 0
        assert profile.encode() in next((tmp_path / profile / "data/tei").rglob("a-*.xml")).read_bytes()
    assert tree(tmp_path / "strict") != tree(tmp_path / "generous")


def test_the_language_that_the_archivist_vouches_for_is_taken(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "out", "--language", "EN_gb").code == 0
    assert {one.language for one in described(tmp_path / "out").values()} == {"en-GB"}


def test_the_organization_is_named_in_the_bag(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "out", "--organization", "Archive of Westmoor").code == 0
    assert "Source-Organization: Archive of Westmoor\n" in (tmp_path / "out/bag-info.txt").read_text("utf-8")


def test_a_recipe_says_all_of_it_and_the_command_line_wins(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "recipe").mkdir()
    (tmp_path / "recipe/mine.toml").write_text(RULES, "utf-8")
    recipe = tmp_path / "recipe/recipe.toml"
    recipe.write_text(
        'date = 2026-11-21T08:00:00Z\nprofile = "strict"\nlanguage = "en"\nrules = "mine.toml"\njobs = 1\n'
        'organization = "Archive of Westmoor"\nmax_reject_share = 0.25\n',
        "utf-8",
    )
    assert invoke("export", folder, "-o", tmp_path / "a", "--recipe", recipe).code == 0
    options = ("--profile", "strict", "--language", "en", "--rules", tmp_path / "recipe/mine.toml")
    assert export(folder, tmp_path / "b", *options, "--organization", "Archive of Westmoor").code == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert invoke("export", folder, "-o", tmp_path / "c", "--recipe", recipe, "--profile", "generous").code == 0
    assert b"generous" in next((tmp_path / "c/data/tei").rglob("a-*.xml")).read_bytes()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = 1\n", "colour"),
        ('profile = "savage"\njobs = 0\n', "profile"),
        ('profile = "savage"\njobs = 0\n', "jobs"),
        ("profile\n", "TOML"),
        ("date = 'soon'\n", "date"),
        ("jobs = 1.5\n", "jobs"),
    ],
)
def test_a_recipe_that_cannot_be_used_is_told(folder: Path, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "recipe.toml").write_text(text, "utf-8")
    outcome = invoke("export", folder, "-o", tmp_path / "out", "--recipe", tmp_path / "recipe.toml", "--json")
    assert outcome.code == 2
    error = outcome.document()["error"]
    assert error["code"] == "usage.recipe"
    assert told in error["message"]
    assert "recipe.toml" in error["place"]


def bagging_date(package: Path) -> str:
    lines = (package / "bag-info.txt").read_text("utf-8").splitlines()
    return next(line.partition(": ")[2] for line in lines if line.startswith("Bagging-Date"))


def test_the_moment_is_the_option_then_the_recipe_then_the_environment(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    recipe = tmp_path / "recipe.toml"
    recipe.write_text("date = 1980-05-05\n", "utf-8")
    invoke("export", folder, "-o", tmp_path / "env")
    invoke("export", folder, "-o", tmp_path / "recipe", "--recipe", recipe)
    invoke("export", folder, "-o", tmp_path / "option", "--recipe", recipe, "--date", "1990-06-06")
    assert bagging_date(tmp_path / "env") == "1970-01-02"
    assert bagging_date(tmp_path / "recipe") == "1980-05-05"
    assert bagging_date(tmp_path / "option") == "1990-06-06"


def test_a_broken_source_date_epoch_is_told(folder: Path, tmp_path: Path) -> None:
    outcome = process("export", folder, "-o", tmp_path / "out", "--json", env=environment(SOURCE_DATE_EPOCH="today"))
    assert outcome.code == 2
    assert "SOURCE_DATE_EPOCH" in outcome.document()["error"]["message"]


def test_the_library_takes_the_same_choices(folder: Path, tmp_path: Path) -> None:
    report = archiver.export(folder, tmp_path / "a", date=DATE, profile="strict")
    assert (report.articles, report.exit_code) == (4, 0)
    assert export(folder, tmp_path / "b", "--profile", "strict").code == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
