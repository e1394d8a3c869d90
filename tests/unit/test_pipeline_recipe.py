"""The recipe: options over file over defaults, every fault at once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from archiver.errors import RecipeError
from archiver.model.verdict import Profile
from archiver.pipeline.recipe import Recipe, make_recipe

NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))


def test_without_a_word_the_defaults_hold_and_the_moment_is_now_in_utc() -> None:
    assert make_recipe({}, now=NOW) == Recipe(date="2026-11-21T08:30:15Z")
    assert make_recipe({"profile": None, "jobs": None}, now=NOW).profile is Profile.BALANCED


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-11-21", "2026-11-21T00:00:00Z"),
        ("2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z"),
        ("2026-11-21T08:00:00.75+02:00", "2026-11-21T06:00:00Z"),
        (date(2026, 11, 21), "2026-11-21T00:00:00Z"),
        (datetime(2026, 11, 21, 8, tzinfo=UTC), "2026-11-21T08:00:00Z"),
        ("0999-01-01", "0999-01-01T00:00:00Z"),
    ],
)
def test_a_moment_is_written_in_utc_to_the_second(said: object, moment: str) -> None:
    assert make_recipe({"date": said}).date == moment


@pytest.mark.parametrize("said", ["yesterday", "", "2026-13-01", "0001-01-01T00:00:00+23:00", "08:00:00", 7])
def test_what_is_no_moment_is_refused(said: object) -> None:
    with pytest.raises(RecipeError, match="no ISO 8601 date"):
        make_recipe({"date": said}, now=NOW)


def test_a_recipe_needs_a_moment() -> None:
    with pytest.raises(RecipeError, match="no date is given"):
        make_recipe({})


def test_options_win_over_the_file_and_the_file_over_defaults(tmp_path: Path) -> None:
    file = tmp_path / "recipe.toml"
    file.write_text('profile = "strict"\ndate = 2026-01-02\njobs = 3\norganization = "Harbour  Archive"\n')
    found = make_recipe({"jobs": 2}, file=file, fallback={"date": "1999-01-01", "language": "de"}, now=NOW)
    assert found == Recipe(
        date="2026-01-02T00:00:00Z",
        profile=Profile.STRICT,
        jobs=2,
        organization="Harbour Archive",
        language="de",
    )


def test_paths_of_a_recipe_file_are_meant_from_where_it_lies(tmp_path: Path) -> None:
    file = tmp_path / "recipe.toml"
    file.write_text('rules = "own.toml"\nmetadata = "/abs/side.csv"\nschema = "s.json"\n')
    found = make_recipe({"schema": "mine.json"}, file=file, now=NOW)
    assert (found.rules, found.metadata, found.schema) == (
        tmp_path / "own.toml",
        Path("/abs/side.csv"),
        Path("mine.json"),
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("profile", "brave"),
        ("profile", []),
        ("max_reject_share", 1.5),
        ("max_reject_share", -0.1),
        ("max_reject_share", "many"),
        ("max_reject_share", float("nan")),
        ("jobs", 0),
        ("jobs", 2.5),
        ("jobs", "x"),
        ("language", "klingon!!"),
        ("language", ""),
        ("organization", " "),
        ("organization", "a\x07b"),
        ("rules", 5),
        ("colour", "blue"),
    ],
)
def test_a_bad_entry_is_named(key: str, value: object) -> None:
    with pytest.raises(RecipeError, match=key) as caught:
        make_recipe({key: value}, now=NOW)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("key", ["max_reject_share", "jobs", "article_seconds", "article_memory", "warc_bytes"])
@pytest.mark.parametrize("value", ["many", [], float("nan"), float("inf"), 10**400, -1, 0.5j], ids=repr)
def test_what_is_no_number_is_told_in_words_of_ours(key: str, value: object) -> None:
    if key == "warc_bytes" and value == 10**400:
        value = "a lot"
    with pytest.raises(RecipeError) as caught:
        make_recipe({key: value}, now=NOW)
    assert re.search("no share between|must be a whole number", str(caught.value))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(RecipeError) as caught:
        make_recipe({"profile": "brave", "jobs": 0, "colour": "blue"}, now=NOW)
    assert all(word in caught.value.message for word in ("brave", "jobs", "colour"))


def test_a_byte_order_mark_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_bytes(b"\xef\xbb\xbf" + b'organization = "Town Archive of Dunmarrow"\n')
    recipe = make_recipe({}, file=tmp_path / "recipe.toml", now=NOW)
    assert recipe.organization == "Town Archive of Dunmarrow"


def test_a_file_that_cannot_be_read_or_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="cannot be read"):
        make_recipe({}, file=tmp_path / "gone.toml", now=NOW)
    (tmp_path / "bad.toml").write_bytes(b"profile = ")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    for name in ("bad.toml", "binary.toml"):
        with pytest.raises(RecipeError, match="no TOML"):
            make_recipe({}, file=tmp_path / name, now=NOW)
