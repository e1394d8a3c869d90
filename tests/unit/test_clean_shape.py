"""The shape of a line, in whole numbers."""

from __future__ import annotations

import pytest

from archiver.clean.shape import shape_of

SENTENCE = "The council voted to keep the lighthouse open for ten more years."


def test_words_are_counted() -> None:
    assert shape_of(SENTENCE).words == 12
    assert shape_of("Word").words == 1


def test_scripts_without_spaces_are_counted_by_their_signs() -> None:
    assert shape_of("市议会星期二投票决定让旧灯塔再开放十年尽管维护费用已经变得很高。").words == 15
    assert shape_of("สภาเมืองตัดสินใจเมื่อวานนี้ว่าประภาคารจะยังคงเปิด").words > 15
    assert shape_of("灯 English words stand around one single sign here").words == 9


@pytest.mark.parametrize(
    "end", [".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।", '."', ".”", ".)", "!»", ".*", "。」"]
)
def test_a_sentence_ends_with_its_sign_also_inside_quotes(end: str) -> None:
    assert shape_of("The council voted to keep the lighthouse open" + end).ends_sentence


@pytest.mark.parametrize("text", ["A headline", "A headline:", "Ten o'clock, then", "Really (2016)", "He said; she"])
def test_a_line_without_the_sign_is_no_sentence(text: str) -> None:
    assert not shape_of(text).ends_sentence


@pytest.mark.parametrize(
    "text",
    [
        "• One",
        "‣ One",
        "1. One",
        "12) One",
        "a) One",
        "b. One",
        "* One",
        "· One",
        "- One thing",
        "– One thing",
        "— One",
    ],
)
def test_a_bullet_or_number_opens_a_list_item(text: str) -> None:
    assert shape_of(text).bullet


@pytest.mark.parametrize(
    "text",
    [
        "2016. A year",
        "1.5 metres",
        "-5 degrees",
        "A. Sample",
        "•",
        "*Correction",
        "– We shall keep the tower open, said the mayor.",
        "— Ми залишимо маяк відкритим, сказав мер.",
    ],
)
def test_a_number_a_word_or_somebody_speaking_does_not(text: str) -> None:
    assert not shape_of(text).bullet


def test_a_full_paragraph_is_solid_and_a_long_line_whatever_its_end() -> None:
    words = "one two three four five six seven eight nine ten"
    assert shape_of(f"{words} {words}.").solid
    assert not shape_of(f"{words} {words}").solid
    assert not shape_of("one two three four five six seven eight nine.").solid
    assert shape_of(" ".join([words] * 4)).solid


def test_a_short_sentence_is_a_sentence_and_no_prompt() -> None:
    assert shape_of("The tower stays open for ten more years.").sentence
    assert not shape_of("Sign up now.").sentence
    assert not shape_of("The tower stays open for ten more years").sentence
