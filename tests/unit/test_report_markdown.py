"""An article as CommonMark: what other people's parsers read back is what the article says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archiver
from archiver.model.article import Article, Block, BlockKind
from archiver.model.verdict import Fate
from archiver.report.markdown import to_markdown

BASE = archiver.extract("Lighthouse stays open for years\nThe council of the town voted for it on Tuesday evening.\n")


def article(*blocks: tuple[BlockKind, str] | tuple[BlockKind, str, int], title: str | None = None) -> Article:
    made = tuple(
        Block(at, kind, text, Fate.KEPT, "text.x@1", None, "seen", group=more[0] if more else 0)
        for at, (kind, text, *more) in enumerate(blocks)
    )
    return replace(BASE, blocks=made, metadata=replace(BASE.metadata, title=title))


def markdown(*blocks: tuple[BlockKind, str] | tuple[BlockKind, str, int], title: str | None = None) -> str:
    return to_markdown(article(*blocks, title=title))


def test_each_part_has_its_form() -> None:
    assert markdown(
        (BlockKind.HEADLINE, "Lighthouse stays open"),
        (BlockKind.STANDFIRST, "The vote ends a dispute"),
        (BlockKind.BYLINE, "By Jane Doe"),
        (BlockKind.PARAGRAPH, "The council voted."),
        (BlockKind.HEADING, "What comes next"),
        (BlockKind.LIST_ITEM, "• A roof", 1),
        (BlockKind.LIST_ITEM, "A lamp", 1),
        (BlockKind.QUOTE, "We are glad.", 2),
        (BlockKind.QUOTE, "Very glad.", 2),
        (BlockKind.TABLE, "Year\tVisitors", 3),
        (BlockKind.TABLE, "2025\t9|0", 3),
        (BlockKind.TABLE, "2026", 3),
    ).split("\n\n") == [
        "# Lighthouse stays open",
        "**The vote ends a dispute**",
        "*By Jane Doe*",
        "The council voted.",
        "## What comes next",
        "- A roof\n- A lamp",
        "> We are glad.\n>\n> Very glad.",
        "| Year | Visitors |\n| --- | --- |\n| 2025 | 9\\|0 |\n| 2026 |  |\n",
    ]


def test_a_title_that_no_block_says_stands_first() -> None:
    assert markdown((BlockKind.PARAGRAPH, "Words."), title="A title") == "# A title\n\nWords.\n"
    assert markdown((BlockKind.HEADLINE, "A title"), title="A title | Site") == "# A title\n"


def test_what_was_removed_is_not_written() -> None:
    made = archiver.extract(
        "Lighthouse stays open for years\nThe council of the town voted for it on Tuesday.\nShare this article\n"
    )
    assert made.removed
    assert "Share" not in made.to_markdown()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. Not a list", "1\\. Not a list"),
        ("12) Not a list", "12\\) Not a list"),
        ("# Not a heading", "\\# Not a heading"),
        ("- not a list", "\\- not a list"),
        ("> not a quote", "\\> not a quote"),
        ("a *star* and _line_", "a \\*star\\* and \\_line\\_"),
        ("[no](link) <b>", "\\[no\\](link) \\<b\\>"),
        ("R&D &amp; &#38; x", "R&D \\&amp; \\&#38; x"),
        ("1.5 metres in 2016.", "1.5 metres in 2016."),
    ],
)
def test_signs_of_the_text_do_not_become_markup(text: str, written: str) -> None:
    assert markdown((BlockKind.PARAGRAPH, text)) == written + "\n"


KINDS = st.sampled_from(
    [
        BlockKind.HEADLINE,
        BlockKind.STANDFIRST,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
        BlockKind.QUOTE,
        BlockKind.CAPTION,
    ]
)
SIGNS = st.text("ab1 .)#>+-=~_*`[]()<>&;|!\\:/\"'é灯", min_size=1, max_size=20)
TEXTS = (SIGNS | st.sampled_from(["&copy;", "```", "---", "===", "C#", "a #", "1.", "+ b", "http://a.b", "***"])).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(KINDS, TEXTS.filter(bool)), max_size=5))
def test_another_parser_reads_the_same_blocks(blocks: list[tuple[BlockKind, str]]) -> None:
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark")
    blocks = [(kind, text) for kind, text in blocks if kind is not BlockKind.LIST_ITEM or text[:1] not in "*-"]
    read = [
        "".join(child.content for child in token.children)
        for token in reader.parse(markdown(*blocks))
        if token.type == "inline"
    ]
    assert read == [text for _, text in blocks]
