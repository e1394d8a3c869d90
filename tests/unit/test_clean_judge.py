"""The judge: one fate a block, with rule and evidence."""

from __future__ import annotations

import pytest

from archiver.clean.judge import judge
from archiver.clean.match import Matcher
from archiver.clean.rule import parse_rule
from archiver.clean.ruleset import load_rules
from archiver.model.article import Block, BlockKind
from archiver.model.verdict import Action, Category, Fate, Profile
from archiver.parse.decode import Decoded
from archiver.parse.html import parse_html
from archiver.parse.text import parse_text

SOLID = (
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear."
)
STORY = ("Lighthouse stays open for ten more years", "By Jane Doe", "21 October 2026", SOLID)


def rule(identifier: str, pattern: str, strength: str) -> dict[str, object]:
    return {
        "id": identifier,
        "category": identifier.split(".")[1],
        "pattern": [pattern],
        "scope": "line",
        "strength": strength,
        "reason": "an invented prompt",
        "match": [pattern],
        "keep": ["no such line"],
    }


MATCHER = Matcher(
    [
        parse_rule(rule("en.share.01", "zig this", "sure")),
        parse_rule(rule("en.login.01", "zag here", "likely")),
        parse_rule(rule("en.related.01", "more zigs", "sure")),
        parse_rule(
            {
                "id": "en.note.01",
                "keeps": "note",
                "pattern": ["mended:"],
                "scope": "start",
                "reason": "a correction",
                "match": ["Mended: the year was wrong."],
                "keep": ["He mended his ways."],
            }
        ),
    ]
)


def judged(*lines: str, profile: Profile = Profile.BALANCED, matcher: Matcher = MATCHER) -> tuple[Block, ...]:
    document = parse_text(Decoded("\n".join(lines), "utf-8", "given"))
    return judge(document, matcher, language="en", profile=profile).blocks


def removed(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if block.fate is Fate.REMOVED]


def test_a_story_without_prompts_is_kept_whole() -> None:
    blocks = judged(*STORY, SOLID)
    assert removed(blocks) == []
    assert [block.kind.value for block in blocks] == ["headline", "byline", "date", "paragraph", "paragraph"]
    assert all(block.rule and block.evidence and block.category is None for block in blocks)


def test_a_sure_prompt_goes_anywhere_in_any_profile() -> None:
    for profile in Profile:
        blocks = judged(*STORY, "Zig this", SOLID, "Zig this", profile=profile)
        assert [block.index for block in blocks if block.fate is Fate.REMOVED] == [4, 6]
        gone = blocks[4]
        assert (gone.kind, gone.rule, gone.category) == (BlockKind.LEFTOVER, "en.share.01@1", Category.SHARE)
        assert "zig this" in gone.evidence
        assert not gone.doubtful


def test_a_likely_prompt_goes_by_circumstance() -> None:
    inside = (*STORY, "Zag here", SOLID)
    assert removed(judged(*inside)) == []
    assert removed(judged(*inside, profile=Profile.STRICT)) == []
    assert removed(judged(*inside, profile=Profile.GENEROUS)) == ["Zag here"]
    assert removed(judged(*STORY, SOLID, "Zag here")) == ["Zag here"]
    assert removed(judged(*STORY, SOLID, "Zag here", profile=Profile.STRICT)) == []


def test_in_a_text_of_one_paragraph_only_sure_prompts_go_and_a_notice_says_so() -> None:
    for profile in Profile:
        document = parse_text(Decoded("\n".join((*STORY, "Zag here", "Zig this")), "utf-8", "given"))
        judgement = judge(document, MATCHER, language="en", profile=profile)
        assert removed(judgement.blocks) == ["Zig this"]
        assert [notice.code for notice in judgement.notices] == ["text.few-paragraphs"]
    assert judge(parse_text(Decoded("\n".join((*STORY, SOLID)), "utf-8", "given")), MATCHER, language="en",
                 profile=Profile.BALANCED).notices == ()  # fmt: skip


def test_what_is_kept_in_spite_of_a_prompt_is_doubtful_and_says_what_came_close() -> None:
    block = judged(*STORY, "Zag here", SOLID)[4]
    assert (block.fate, block.doubtful) == (Fate.KEPT, True)
    against = [verdict for verdict in block.verdicts if verdict.action is Action.REMOVE]
    assert [verdict.rule for verdict in against] == ["en.login.01@1"]


def test_a_prompt_beside_a_removed_one_goes_in_either_direction() -> None:
    assert removed(judged(*STORY, "Zig this", "Zag here", SOLID)) == ["Zig this", "Zag here"]
    assert removed(judged(*STORY, "Zag here", "Zig this", SOLID)) == ["Zag here", "Zig this"]


def test_one_removal_carries_another_through_a_row() -> None:
    row = ("Zag here", "Zag here", "Zig this", "Zag here", "Zag here")
    assert removed(judged(*STORY, *row, SOLID)) == list(row)


def test_a_title_under_a_removed_announcement_goes() -> None:
    blocks = judged(*STORY, "More zigs", "Old tower gets a new lamp", SOLID)
    assert removed(blocks) == ["More zigs", "Old tower gets a new lamp"]
    assert blocks[5].category is Category.RELATED
    assert removed(judged(*STORY, "More zigs", "Old tower gets a new lamp", SOLID, profile=Profile.STRICT)) == [
        "More zigs"
    ]


def test_a_protected_line_stays_among_prompts() -> None:
    note = "Mended: an earlier version named another year."
    for profile in Profile:
        blocks = judged(*STORY, "Zig this", note, "Zig this", profile=profile)
        assert removed(blocks) == ["Zig this", "Zig this"]
        assert (blocks[5].kind, blocks[5].rule) == (BlockKind.NOTE, "en.note.01@1")


def test_a_long_sentence_that_begins_like_a_prompt_stays() -> None:
    long = (
        "Zag here and there, the keeper told the council, is how the tower was mended in the " + "old " * 20 + "days."
    )
    assert removed(judged(*STORY, long, SOLID, profile=Profile.GENEROUS)) == []


def test_blocks_carry_their_place_over() -> None:
    document = parse_text(Decoded("\n".join(STORY), "utf-8", "given"))
    blocks = judge(document, MATCHER, language="en", profile=Profile.BALANCED).blocks
    assert [block.span for block in blocks] == [raw.span for raw in document.blocks]
    assert [block.index for block in blocks] == [0, 1, 2, 3]


def test_nothing_gives_nothing() -> None:
    assert judged() == ()


PAGE = (
    "<html><body><nav><ul><li><a href=/a>Home</a><li><a href=/b>Coast</a><li><a href=/c>Sport</a></ul></nav>"
    "<article><h1>Lighthouse stays open for ten more years</h1><p>By Jane Doe</p>"
    f"<p>{SOLID}</p><p>Zig this</p><p>{SOLID} And more of it was said by the keeper.</p>"
    "<p>Mended: an earlier version named another year.</p></article>"
    "<footer><p>All rights reserved by the paper.</p></footer></body></html>"
)


@pytest.mark.parametrize("profile", list(Profile))
def test_a_page_loses_its_frame_and_its_prompts(profile: Profile) -> None:
    document = parse_html(PAGE, charset="utf-8", charset_origin="given", url=None, media_type="text/html")
    blocks = judge(document, MATCHER, language="en", profile=profile).blocks
    fates = {block.text: block.fate for block in blocks}
    assert fates["Zig this"] is Fate.REMOVED
    assert all(fate is Fate.REMOVED for text, fate in fates.items() if "Home" in text or "reserved" in text)
    assert any("Home" in text for text in fates)
    assert fates[SOLID] is Fate.KEPT
    assert fates["Lighthouse stays open for ten more years"] is Fate.KEPT
    note = next(block for block in blocks if block.text.startswith("Mended"))
    assert (note.fate, note.kind) == (Fate.KEPT, BlockKind.NOTE)
    assert all(block.category for block in blocks if block.fate is Fate.REMOVED)


def test_the_rules_that_ship_know_the_prompts_of_every_day() -> None:
    matcher = load_rules().matcher(("en",))
    assert removed(judged(*STORY, SOLID, "Share this article", "Sign up for our newsletter", matcher=matcher)) == [
        "Share this article",
        "Sign up for our newsletter",
    ]
