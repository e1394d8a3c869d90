"""Plain text to blocks: lines, hard-wrapped paragraphs, places."""

from __future__ import annotations

import textwrap

import pytest

from archiver.model.document import Document
from archiver.parse.decode import Decoded
from archiver.parse.text import parse_text

STORY = (
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although "
    "its upkeep has become dear and the roof has to be mended before the storms of the coming winter arrive. "
    "Members of all parties praised the keepers, who had written to every household on the coast and asked for help."
)
SECOND = (
    "Repairs begin in spring, said the mayor, and should take no longer than two years if the weather allows it. "
    "A firm from the next valley will do the work, and visitors can climb the tower at weekends in the meantime."
)


def parse(text: str) -> Document:
    return parse_text(Decoded(text, "utf-8", "utf-8"))


def texts(text: str) -> list[str]:
    return [block.text for block in parse(text).blocks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_every_line_end_in_use_ends_a_line(end: str) -> None:
    blocks = parse(f"One line.{end}Another.{end}{end}A third.{end}").blocks
    assert [(block.text, block.gap_before) for block in blocks] == [("One line.", 0), ("Another.", 0), ("A third.", 1)]


def test_blanks_around_a_line_are_not_of_the_block() -> None:
    document = parse("  \t\n \u3000One line. \u00a0\n\t Two.\n")
    assert [(block.text, block.span.start, block.span.end) for block in document.blocks if block.span] == [
        ("One line.", 6, 15),
        ("Two.", 20, 24),
    ]
    assert document.length == 25
    assert all(block.tag == "line" and block.path == "" for block in document.blocks)


def test_charset_and_notices_are_handed_on() -> None:
    document = parse_text(Decoded("Words.", "koi8-r", "protocol"))
    assert (document.media_type, document.charset, document.charset_origin) == ("text/plain", "koi8-r", "protocol")


@pytest.mark.parametrize("columns", [60, 65, 72, 76, 80, 100])
def test_a_hard_wrapped_text_gets_its_paragraphs_back(columns: int) -> None:
    wrapped = textwrap.fill(STORY, columns) + "\n\n" + textwrap.fill(SECOND, columns) + "\n"
    document = parse(wrapped)
    assert [block.text for block in document.blocks] == [STORY, SECOND]
    first, second = document.blocks
    assert first.span is not None
    assert second.span is not None
    assert (first.span.start, first.span.end) == (0, len(textwrap.fill(STORY, columns)))
    assert wrapped[second.span.start : second.span.end].split() == SECOND.split()


def test_headline_and_byline_above_a_wrapped_text_stay_lines() -> None:
    wrapped = "Lighthouse stays open\nBy Jane Doe\n21 October 2026\n" + textwrap.fill(STORY, 72)
    assert texts(wrapped) == ["Lighthouse stays open", "By Jane Doe", "21 October 2026", STORY]


def test_an_indented_line_begins_a_paragraph() -> None:
    wrapped = textwrap.fill(STORY, 72, initial_indent="   ") + "\n" + textwrap.fill(SECOND, 72, initial_indent="   ")
    assert texts(wrapped) == [STORY, SECOND]


def test_a_short_last_line_ends_a_paragraph() -> None:
    first = textwrap.fill(STORY, 72)
    assert len(first.splitlines()[-1]) < 60
    assert texts(first + "\n" + textwrap.fill(SECOND, 72)) == [STORY, SECOND]


def test_wrapped_chinese_is_joined_without_a_space() -> None:
    story = "市议会星期二投票决定让旧灯塔再开放十年尽管维护费用已经变得很高而且屋顶必须在今年冬天的风暴到来之前修好" * 5
    lines = [story[at : at + 40] for at in range(0, len(story), 40)]
    assert texts("\n".join(lines)) == [story]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "港口市议会星期二投票决定，让旧灯塔再开放十年，尽管维护费用已经很高，屋顶也必须在冬天的风暴到来之前修好。",
            "议员们称赞了看守人，他们给沿岸每一户人家写了信，请求大家帮忙。",
            "市长说，修缮工作明年春天开始，如果天气允许，不会超过两年，费用由市里和沿岸的渔民合作社共同承担。",
            "邻近山谷的一家公司将承担这项工程，周末游客仍然可以登上塔顶参观。",
            "这座灯塔建于一百多年前，曾经为渔船指引回家的方向，如今已无人值守。",
            "分享到微信",
        ],
        [
            "สภาเมืองท่าเรือลงมติเมื่อวันอังคารให้เปิดประภาคารเก่าต่อไปอีกสิบปี แม้ค่าบำรุงรักษาจะสูง",
            "สมาชิกสภาชื่นชมผู้ดูแลที่เขียนจดหมายถึงทุกครัวเรือนริมฝั่งเพื่อขอความช่วยเหลือ",
            "นายกเทศมนตรีกล่าวว่าการซ่อมแซมจะเริ่มในฤดูใบไม้ผลิและใช้เวลาไม่เกินสองปี",
            "บริษัทจากหุบเขาใกล้เคียงจะเป็นผู้ดำเนินงาน และนักท่องเที่ยวยังขึ้นชมหอได้",
            "ประภาคารแห่งนี้สร้างขึ้นเมื่อกว่าหนึ่งร้อยปีก่อน",
        ],
    ],
    ids=["zh", "th"],
)
def test_paragraphs_without_spaces_stay_apart(lines: list[str]) -> None:
    assert texts("\n".join(lines)) == lines


def test_a_word_broken_at_its_hyphen_keeps_it() -> None:
    story = " ".join(["The well-known keeper of the light, a man of seventy-five years, has left the house at the"] * 5)
    broken = textwrap.fill(story, 66, break_on_hyphens=True)
    assert "-\n" in broken
    assert texts(broken) == [story]


def test_a_list_of_full_sentences_is_not_joined() -> None:
    lines = [f"Item {number} of the list says that the harbour is open on day {number}." for number in range(8)]
    assert texts("\n".join(lines)) == lines


def test_a_list_of_names_is_not_joined() -> None:
    lines = ["Anna Sample, Harbour Street", "Bert Example, Upper Town", "Cleo Instance, Mill Lane"] * 3
    assert texts("\n".join(lines)) == lines


def test_a_poem_keeps_its_lines() -> None:
    lines = [
        "The lamp goes round above the bay",
        "And finds the boats of yesterday,",
        "It counts them twice, it counts them thrice,",
        "And throws its light like someone's dice.",
        "The keeper climbs the stair once more",
        "And hears the sea against the shore.",
    ]
    assert texts("\n".join(lines)) == lines


def test_paragraphs_of_one_long_line_each_are_not_joined() -> None:
    assert texts(f"{STORY}\n{SECOND}\n{STORY}") == [STORY, SECOND, STORY]


def test_nothing_has_no_blocks() -> None:
    assert parse(" \n\n\t").blocks == ()


@pytest.mark.parametrize("also", ["", "\n\n" + STORY])
def test_a_line_that_ends_within_a_word_goes_on_in_the_next(also: str) -> None:
    """Whether or not the whole text is wrapped; a dash, a list and a new paragraph are no such end."""
    wrapped = "The council said that the di-\nvers found the oak, which had to be mea-\nsured and drawn."
    assert (
        texts(wrapped + also)[0]
        == "The council said that the di-vers found the oak, which had to be mea-sured and drawn."
    )
    for parts in (["It is over -", "they said."], ["Two-", "Three"], ["pre-", "", "war"], ["7-", "year"]):
        assert texts("\n".join(parts) + also)[:2] == [part for part in parts if part]
