"""Lines against rules: a line is a match when it is made of prompts from end to end."""

from __future__ import annotations

from itertools import product

import pytest

from archiver.clean.match import Matcher
from archiver.clean.ruleset import load_rules
from archiver.model.article import BlockKind
from archiver.model.verdict import Category


@pytest.fixture(scope="module")
def english() -> Matcher:
    return load_rules().matcher(["en"])


@pytest.fixture(scope="module")
def every() -> Matcher:
    return load_rules().matcher(load_rules().languages)


STAY = [
    "Villagers were invited to comment on the bypass, and three hundred wrote in.",
    "Pupils must log in to the school's site to see their marks.",
    "“Please sign in again,” the screen told thousands of passengers on Friday.",
    "Facebook shares lost 6 per cent.",
    "She subscribed to the theory that ships steer themselves.",
    "Advertisement revenue grew last year.",
    "Read more than one map, the guide warned.",
    "The cookie policy was thrown out by the judges.",
    "Share prices and rents fell together.",
    "© was carved into the lid.",
    "Comments are closed doors, the poet wrote.",
    "Die Anzeige wurde zurückgezogen.",
    "Publicité trompeuse : une amende pour le port",
    "Реклама алкоголя запрещена.",
    "広告会社の利益",
    "Las publicaciones fueron archivadas",
    "Weiterlesen macht Freude",
    "Home rule",
    "Share of the vote",
    "Menu of the day",
    "The newsletter was sent to every household in the village.",
]


@pytest.mark.parametrize("line", STAY)
def test_sentences_and_headings_stay(every: Matcher, line: str) -> None:
    assert every.match(line) is None


@pytest.mark.parametrize(
    "line", ["12", "© 2017", "* 3", "1,204 | 17 | 3.5 %", "2016\t2017\t2018", "3 × 4", "(12)", "5/7"]
)
def test_figures_and_table_cells_never_match(every: Matcher, line: str) -> None:
    assert every.match(line) is None
    assert every.protect(line) is None


@pytest.mark.parametrize("line", ["", "   ", "|", "• · »", "…", "\u200b"])
def test_lines_without_words_never_match(every: Matcher, line: str) -> None:
    assert every.match(line) is None
    assert every.protect(line) is None
    assert every.contains(line) == ()


@pytest.mark.parametrize(
    ("line", "categories"),
    [
        ("Share on Facebook Share on Twitter", ["share", "share"]),
        ("Share on FacebookShare on Twitter", ["share", "share"]),
        ("Read more | Back to top", ["readmore", "nav"]),
        ("Thank you for registering.Remember me", ["login", "login"]),
        ("0 Comment(s) Comment Policy * Denotes Required Field", ["comment-count"] * 3),
        ("関連記事続きを読む", ["related", "readmore"]),
    ],
)
def test_prompts_run_together_are_told_apart(every: Matcher, line: str, categories: list[str]) -> None:
    found = every.match(line)
    assert found is not None
    assert found.glued
    assert [rule.category for rule in found.rules] == categories
    assert len(found.matched) == len(categories)


def test_one_word_left_over_keeps_the_line(english: Matcher) -> None:
    assert english.match("Share on Facebook Share on Twitter") is not None
    assert english.match("Share on Facebook they said Share on Twitter") is None
    assert english.match("Share on Facebook Share on Twitter today") is None


def test_words_tied_by_a_hyphen_are_one_word(english: Matcher) -> None:
    assert english.match("Sport related articles") is not None
    assert english.match("Sport-related articles") is None


def test_a_glued_line_is_as_strong_as_its_weakest_prompt(english: Matcher) -> None:
    weak = english.match("Leave a comment Reply")
    strong = english.match("Leave a comment")
    assert weak is not None
    assert strong is not None
    assert (weak.strength, strong.strength) == ("hint", "sure")


def test_the_longest_prompt_names_the_category(english: Matcher) -> None:
    found = english.match("Close Your email address will not be published.")
    assert found is not None
    assert found.category is Category.COMMENT_FORM


def test_buttons_count_only_beside_others(english: Matcher) -> None:
    assert english.match("Newest") is None
    assert english.match("Newest Oldest") is None
    assert english.match("Newest Oldest Most liked") is not None


def test_a_label_with_a_title_is_found_by_its_beginning(english: Matcher) -> None:
    found = english.match("READ MORE: Ferry timetable halved for winter")
    assert found is not None
    assert found.category is Category.RELATED
    assert found.strength == "likely"
    assert english.match("READ MORE: " + "and so on " * 40) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Photo: PA", BlockKind.CREDIT),
        ("Photograph: Jane Doe/The Harbour", BlockKind.CREDIT),
        ("© AFP", BlockKind.CREDIT),
        ("Foto: dpa", BlockKind.CREDIT),
        ("写真：共同", BlockKind.CREDIT),
        ("File photo", BlockKind.CAPTION),
        ("Correction: an earlier text named the wrong pier.", BlockKind.NOTE),
        ("UPDATE:", BlockKind.NOTE),
        ("更正：年份有误。", BlockKind.NOTE),
        ("This article was amended on 3 May. " + "The pier was named wrongly. " * 15, BlockKind.NOTE),
        ("Additional reporting by Jane Doe", BlockKind.AUTHOR_NOTE),
        ("Reporting by Jane Doe; Editing by John Roe", BlockKind.AUTHOR_NOTE),
    ],
)
def test_credits_captions_and_notes_are_protected(every: Matcher, line: str, kind: BlockKind) -> None:
    rule = every.protect(line)
    assert rule is not None
    assert rule.keeps is kind
    assert every.match(line) is None


@pytest.mark.parametrize(
    "line",
    ["Photographers waited at the pier.", "Corrections officers walked out.", "訂正印が必要だ。", "Leave a comment"],
)
def test_other_lines_are_not_protected(every: Matcher, line: str) -> None:
    assert every.protect(line) is None


def test_a_paragraph_is_never_a_run_of_prompts(english: Matcher) -> None:
    assert english.match("Read more. " * 30) is not None
    assert english.match("Read more. " * 60) is None
    assert english.match("Read more. " * 600) is None


def test_contains_names_prompts_inside_a_line(english: Matcher) -> None:
    inside = english.contains("He clicked Leave a comment and then Back to top, but nothing came.")
    assert [rule.category for rule in inside if rule.strength == "sure"] == ["comment-form", "nav"]
    assert english.contains("The ferry left at noon.") == ()
    assert not any(rule.category == "share" for rule in english.contains("A shareholder met the shareholders."))


def test_languages_do_not_leak(english: Matcher) -> None:
    assert english.match("Laisser un commentaire") is None
    assert load_rules().matcher(["fr"]).match("Laisser un commentaire") is not None


@pytest.mark.parametrize("language", load_rules().languages)
def test_any_two_sure_prompts_of_a_language_may_stand_in_one_line(language: str) -> None:
    rules = [
        rule
        for rule in load_rules().rules
        if rule.language == language and rule.strength == "sure" and rule.scope == "line" and rule.category
    ]
    matcher = load_rules().matcher([language])
    for one, other in product(rules, rules):
        for between in (" ", " | ", "\u00a0"):
            line = one.match[0] + between + other.match[0]
            found = matcher.match(line)
            assert found is not None, line
            assert found.strength == "sure", line
