"""Plain text: which line is which part of the article."""

from __future__ import annotations

import pytest

from archiver.clean.parts import RULES, type_parts
from archiver.clean.shape import shape_of
from archiver.model.article import BlockKind
from archiver.model.document import RawBlock

SOLID = (
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear."
)
SOLID_2 = (
    "Repairs begin in spring, said the mayor, and they should take no longer than two years if the weather along the "
    "coast allows it."
)


def kinds(
    *lines: str, language: str = "en", leftover: tuple[int, ...] = (), protected: dict[int, BlockKind] | None = None
) -> list[str]:
    typed, _ = type_parts(
        [RawBlock(text=line, tag="line") for line in lines],
        [shape_of(line) for line in lines],
        language=language,
        leftover=[index in leftover for index in range(len(lines))],
        protected=[(protected or {}).get(index) for index in range(len(lines))],
    )
    assert len(typed) == len(lines)
    assert all(part.rule in RULES and part.evidence for part in typed)
    return [part.kind.value for part in typed]


def test_the_head_of_an_article_has_its_parts_in_newsroom_order() -> None:
    assert kinds(
        "Lighthouse stays open for ten more years",
        "The vote ends a dispute that has divided the town since spring",
        "By Jane Doe",
        "21 October 2026",
        "The Harbour Courier",
        "The tower on a stormy evening [Jane Doe/Sample Press]",
        SOLID,
        SOLID_2,
    ) == ["headline", "standfirst", "byline", "date", "source", "caption", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "By Jane Doe"),
        ("en", "Jane Doe"),
        ("en", "By Jane Doe and John Roe"),
        ("de", "Von Jana Beispiel"),
        ("fr", "Par Jeanne Exemple"),
        ("es", "Por Juana Pérez"),
        ("it", "di Maria Esempio"),
        ("nl", "Door Jan van der Proef"),
        ("ru", "Автор: Иван Примеров"),
        ("tr", "Haber: Ayşe Örnek"),
        ("zh", "本报记者 张三"),
        ("ja", "記者 山田太郎"),
    ],
)
def test_bylines_of_many_languages(language: str, line: str) -> None:
    assert kinds("Lighthouse stays open for ten more years", line, SOLID, language=language)[1] == "byline"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "21 October 2026"),
        ("en", "Published: 21 October 2026, 10:25"),
        ("en", "Oct. 21, 2026"),
        ("de", "21. Oktober 2026"),
        ("fr", "Publié le 21 octobre 2026"),
        ("es", "21 de octubre de 2026"),
        ("ru", "21 октября 2026"),
        ("zh", "2026年10月21日"),
    ],
)
def test_date_lines_of_many_languages(language: str, line: str) -> None:
    assert kinds("Lighthouse stays open for ten more years", line, SOLID, language=language)[1] == "date"


def test_a_place_in_capitals_and_a_day_are_a_dateline() -> None:
    assert kinds("Lighthouse stays open for ten more years", "HARBOUR TOWN, Oct. 21", SOLID)[1] == "dateline"
    assert kinds("Lighthouse stays open for ten more years", "Harbour Town, Oct. 21", SOLID)[1] != "dateline"


def test_a_kicker_above_the_headline_is_a_label() -> None:
    assert kinds("Coast", "Lighthouse stays open for ten more years", SOLID) == ["label", "headline", "paragraph"]


def test_a_source_above_the_headline_does_not_become_it() -> None:
    assert kinds("21 October 2026", "Lighthouse stays open for ten more years", SOLID) == [
        "date",
        "headline",
        "paragraph",
    ]


def test_a_prompt_above_the_headline_does_not_become_it() -> None:
    assert kinds("Skip to content", "Lighthouse stays open for ten more years", SOLID, leftover=(0,))[1] == "headline"


def test_text_that_begins_at_once_has_no_headline() -> None:
    assert kinds(SOLID, SOLID_2) == ["paragraph", "paragraph"]


def test_short_lines_over_paragraphs_are_headings() -> None:
    assert kinds("Headline of the day at sea", SOLID, "A long dispute", SOLID_2, "What comes next", SOLID)[1:] == [
        "paragraph",
        "heading",
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_a_short_question_between_paragraphs_is_a_heading_and_speech_is_not() -> None:
    assert kinds(SOLID, "Who pays for the roof?", SOLID_2)[1] == "heading"
    assert kinds(SOLID, "“Who pays for the roof?”", SOLID_2)[1] == "paragraph"
    assert kinds(SOLID, "Who pays for the roof that was torn away by the storm?", SOLID_2)[1] == "paragraph"


def test_bullets_numbers_and_rows_of_short_lines_are_lists() -> None:
    assert kinds(SOLID, "• A new roof", "• A new lamp", SOLID_2)[1:3] == ["list_item"] * 2
    assert kinds(SOLID, "1. A new roof", "2. A new lamp", SOLID_2)[1:3] == ["list_item"] * 2
    assert kinds(SOLID, "A new roof", "A new lamp", "A new door", SOLID_2)[1:4] == ["list_item"] * 3


def test_a_prompt_parts_a_row_of_short_lines() -> None:
    lines = (SOLID, "A new roof", "A new lamp", "Share this", "A new door", SOLID_2)
    assert "list_item" in kinds(*lines)
    assert "list_item" not in kinds(*lines, leftover=(3,))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The tower at dusk. Photograph: Jane Doe/Sample Press", "caption"),
        ("Photograph: Jane Doe", "credit"),
        ("The keeper climbs his stair (Jane Doe/AP Photo)", "caption"),
    ],
)
def test_captions_with_a_credit_and_credits_alone(line: str, kind: str) -> None:
    assert kinds(SOLID, line, SOLID_2)[1] == kind


def test_what_a_rule_protects_is_what_the_rule_says() -> None:
    note = "Correction: an earlier version of this article named another year."
    assert kinds(SOLID, note, SOLID_2, protected={1: BlockKind.NOTE})[1] == "note"
    assert kinds("Headline of the day at sea", note, SOLID, protected={1: BlockKind.NOTE})[1] == "note"


def test_a_date_wins_over_what_a_rule_protects() -> None:
    assert kinds(SOLID, "Updated: 21 October 2026", SOLID_2, protected={1: BlockKind.NOTE})[1] == "date"


def test_after_the_last_paragraph_come_sentences_notes_and_labels() -> None:
    assert kinds(
        "Lighthouse stays open for ten more years",
        "By Jane Doe",
        SOLID,
        SOLID_2,
        "The tower opens at nine.",
        "Jane Doe writes about the coast",
        "Coast, towers, history",
    )[4:] == ["paragraph", "author_note", "label"]


def test_a_text_without_a_full_paragraph_still_has_a_headline_and_body() -> None:
    assert kinds(
        "Lighthouse stays open", "The council voted for it on Tuesday evening.", "No one spoke against it."
    ) == [
        "headline",
        "paragraph",
        "paragraph",
    ]


def test_a_text_of_one_line_and_of_none() -> None:
    assert kinds("Lighthouse stays open") == ["headline"]
    assert kinds() == []


def test_the_zones_lie_between_the_first_and_last_full_paragraph() -> None:
    lines = ["Headline of the day at sea", SOLID, "A heading", SOLID_2, "Share this"]
    _, zones = type_parts(
        [RawBlock(text=line, tag="line") for line in lines],
        [shape_of(line) for line in lines],
        language="en",
        leftover=[False] * 5,
        protected=[None] * 5,
    )
    assert (zones.first, zones.last, zones.found) == (1, 3, True)


def test_a_leftover_is_no_paragraph_however_long() -> None:
    _, zones = type_parts(
        [RawBlock(text=line, tag="line") for line in (SOLID, SOLID_2)],
        [shape_of(line) for line in (SOLID, SOLID_2)],
        language="en",
        leftover=[False, True],
        protected=[None, None],
    )
    assert (zones.first, zones.last) == (0, 0)
