"""Laws of the text parser: places are exact, nothing is lost, nothing is counted twice."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from archiver.parse.decode import Decoded
from archiver.parse.text import parse_text

ENDS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Zs", "Zl", "Zp", "Cc")), min_size=1, max_size=12)
LINES = st.lists(WORDS, max_size=14).map(" ".join)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Lines of words with any line ends, some of them wrapped."""
    parts = []
    for line in draw(st.lists(LINES, max_size=12)):
        width = draw(st.sampled_from((0, 44, 72)))
        parts.append(textwrap.fill(line * 3, width) if width else line)
        parts.append(draw(st.sampled_from(ENDS)) * draw(st.integers(1, 3)))
    return "".join(parts)


@given(st.one_of(pages(), st.text(max_size=300)))
def test_each_block_is_what_stands_at_its_place(text: str) -> None:
    document = parse_text(Decoded(text, "utf-8", "given"))
    end = 0
    for block in document.blocks:
        assert block.span is not None
        assert end <= block.span.start < block.span.end <= len(text)
        printed = text[block.span.start : block.span.end]
        assert "".join(printed.split()) == "".join(block.text.split())
        assert not text[end : block.span.start].strip()
        assert block.text == block.text.strip()
        end = block.span.end
    assert not text[end:].strip()
    assert document.length == len(text)


@given(pages(), st.sampled_from(ENDS))
def test_the_kind_of_line_end_changes_nothing(text: str, end: str) -> None:
    unix = "\n".join(text.splitlines())
    other = end.join(text.splitlines())
    blocks = [
        [(block.text, block.gap_before) for block in parse_text(Decoded(one, "utf-8", "given")).blocks]
        for one in (unix, other)
    ]
    assert blocks[0] == blocks[1]
