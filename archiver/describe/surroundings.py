"""The lines around the text that can name author or day: above it, at its end, beside the byline, in fact lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archiver.model.article import BODY_KINDS, Block, BlockKind
from archiver.model.document import Context, Document
from archiver.model.verdict import Category, Fate

#: Blocks that speak of a field.
DATED = frozenset({BlockKind.BYLINE, BlockKind.DATE, BlockKind.SOURCE})
#: A line with a date stands so many blocks above the headline, or above the text where there is no headline.
_ABOVE = 3
#: A line with the author stands so many blocks below the text.
_BELOW = 3
_LINE_CHARS = 160
_NAME_CHARS = 60
_DIGIT = re.compile(r"\d")
#: A date at the head of the first paragraph.
_OPENING_CHARS = 60
_OPENINGS = 3
#: A shorter heading is found again in a title by chance.
_TITLE_CHARS = 12
#: The standfirst stands above byline and date as often as below them.
_TEXT_KINDS = BODY_KINDS - {BlockKind.STANDFIRST}
#: The label of a line in a list of facts about the article, as it opens the line.
_FACT = re.compile(
    r"\W*(?:aut[ho]+r\w*|auteure?s?|autrice|автор|yazar|författare|skribent|szerző|datum|date|fecha|data|дата|tarih)\b",
    re.IGNORECASE,
)
_NO_END = Context.NAV | Context.BUTTON | Context.FORM | Context.LIST | Context.TABLE | Context.FIGURE | Context.FOOTER


@dataclass(frozen=True, slots=True)
class Head:
    """The blocks from a little above the headline to the first of the text."""

    blocks: tuple[Block, ...]
    headline: int
    """Index of the block that is the headline; where there is none, that of the first block of the text."""

    def holds(self, block: Block) -> bool:
        """Tell whether ``block`` is one of them."""
        return bool(self.blocks) and self.blocks[0].index <= block.index <= self.blocks[-1].index

    def is_below(self, block: Block) -> bool:
        """Tell whether ``block`` stands between headline and text."""
        return bool(self.blocks) and self.headline < block.index < self.blocks[-1].index


def head_of(document: Document, blocks: Sequence[Block]) -> Head:
    """Return what stands above the text of the article; a standfirst stands above it as well."""
    first = next((block.index for block in _body(blocks)), None)
    if first is None:
        return Head((), -1)
    body = next((block.index for block in _body(blocks) if block.kind in _TEXT_KINDS), first)
    heads = [block.index for block in blocks[:body] if block.kind is BlockKind.HEADLINE and block.fate is Fate.KEPT]
    if not heads:
        titles = [hint.value for hint in document.hints if hint.field in ("title", "headline")]
        heads = [
            block.index
            for block in blocks[:body]
            if block.level and len(block.text) >= _TITLE_CHARS and any(block.text in title for title in titles)
        ]
    if not heads:
        heads = [block.index for block in blocks[max(0, first - _ABOVE) : first] if block.level == 1]
    headline = heads[-1] if heads else first
    return Head(tuple(blocks[max(0, headline - _ABOVE) : body + 1]), headline)


def lines_around(document: Document, blocks: Sequence[Block], head: Head) -> Iterator[tuple[str, Block]]:
    """Yield the blocks around the text that can name author or day, each with what it can be.

    ``dated``: it can hold the day among other words (teasers cannot). ``opening``: a paragraph that can
    open with the day. ``names``: a short block above the first paragraph. ``signed``: a line around the
    text that can sign itself. ``twin-above``, ``twin-below``: the twin of the byline, next to it.
    ``last``: a short line that closes the text. ``fact``: a labelled line behind the text.
    """
    body = list(_body(blocks))
    for block in head.blocks:
        # Between headline and text a line that opens with the day or is no link is no teaser, whatever it looks like.
        own = head.is_below(block) and (_DIGIT.match(block.text) or not _is_linked(document, block))
        teaser = block.category is Category.RELATED and not own
        if not teaser and block.kind not in DATED | {BlockKind.HEADLINE}:
            yield "dated", block
    for block in body[:_OPENINGS]:
        if _DIGIT.search(block.text, 0, _OPENING_CHARS):
            yield "opening", block
        if len(block.text) <= _LINE_CHARS and "/" in block.text:
            yield "names", block
    for block in (*head.blocks, *_foot_of(blocks, body)):
        # A heading with the word for "by" is a heading.
        if (
            block.kind not in (BlockKind.BYLINE, BlockKind.HEADLINE)
            and not block.level
            and len(block.text) <= _LINE_CHARS
        ):
            yield "signed", block
    yield from (("names-alone", block) for block in head.blocks if block.fate is Fate.REMOVED and head.is_below(block))
    yield from _twins(document, head.blocks)
    yield from (("beside-date", block) for block in _beside_dates(head))
    if head.blocks and head.headline != head.blocks[-1].index:
        title = blocks[head.headline].text
        if len(title) >= _TITLE_CHARS:
            yield from (
                ("stamped", block)
                for block in blocks
                if block.fate is Fate.REMOVED
                and len(block.text) <= _LINE_CHARS + len(title)
                and block.text.startswith(title + " ")
            )
    if body:
        yield from (("last", block) for block in _closing(document, blocks, body[-1]))
        yield from (
            ("fact", block)
            for block in blocks[body[-1].index + 1 :]
            if block.fate is Fate.REMOVED and len(block.text) <= _NAME_CHARS and _FACT.match(block.text)
        )


def _is_linked(document: Document, block: Block) -> bool:
    raw = document.blocks[block.index] if block.index < len(document.blocks) else None
    return raw is None or 2 * raw.link_chars >= len(raw.text)


def _body(blocks: Sequence[Block]) -> Iterator[Block]:
    return (block for block in blocks if block.fate is Fate.KEPT and block.kind in BODY_KINDS)


def _foot_of(blocks: Sequence[Block], body: Sequence[Block]) -> Sequence[Block]:
    """The last block of the text and the first ones behind it."""
    return blocks[body[-1].index : body[-1].index + _BELOW + 1] if body and body[-1].index else ()


def _twins(document: Document, head: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """Blocks of the same tag and class directly before or behind a byline: each author has a box."""
    for byline in head:
        if byline.kind is not BlockKind.BYLINE or byline.index >= len(document.blocks):
            continue
        signature = document.blocks[byline.index].signature
        for block in head:
            alike = block.tag == byline.tag and document.blocks[block.index].signature == signature
            if alike and abs(block.index - byline.index) == 1:
                yield "twin-above" if block.index < byline.index else "twin-below", block


def _beside_dates(head: Head) -> Iterator[Block]:
    """Lines below the headline whose neighbour in the same element is the day of publication."""
    for block, after in pairwise(head.blocks):
        near = (block, after) if after.kind is BlockKind.DATE else (after, block)
        line, day = near
        alike = line.tag == day.tag and line.path.rpartition("/")[0] == day.path.rpartition("/")[0]
        if day.kind is BlockKind.DATE and line.fate is Fate.REMOVED and alike and head.is_below(line):
            yield line


def _closing(document: Document, blocks: Sequence[Block], last: Block) -> Iterator[Block]:
    """A short line of its own that ends the text: its last block, or the like one behind it in the same element."""
    if len(last.text) <= _NAME_CHARS:
        yield last
    for block in blocks[last.index + 1 : last.index + 2]:
        raw = document.blocks[block.index] if block.index < len(document.blocks) else None
        same = block.path.rpartition("/")[0] == last.path.rpartition("/")[0]
        like = raw is not None and same and block.tag == last.tag and not raw.link_chars and not raw.context & _NO_END
        if like and len(block.text) <= _NAME_CHARS:
            yield block
