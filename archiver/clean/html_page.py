"""What a page as a whole looks like: sums by element, groups of equal blocks, the best container."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.clean.html_best import Choice, choose
from archiver.clean.html_hints import PageHints, description_match, level, read_hints, title_match
from archiver.clean.html_place import Bearings, Elements, bearings, elements_of
from archiver.clean.html_sums import Sums, totals
from archiver.clean.html_words import GROUPS, mask_of
from archiver.model.document import Context, Document, RawBlock

_ENDS = frozenset(".!?…。！？।؟\"”»’')")
_WIDE_STOPS = "…。！？।؟"
#: Shorter blocks are no evidence of running text.
_PROSE_CHARS = 60
MENUS = (Context.NAV | Context.FOOTER).value
_SIGNED = 1 << GROUPS.index("author") | 1 << GROUPS.index("date")
#: Texts longer than this are no headline.
_TITLE_CHARS = 400
#: A second story begins at a headline after so much running text, with a byline or date in so many blocks below it.
_STORY_CHARS = 400
_STORY_BLOCKS = 8
#: Match with a description from which on a text is the standfirst.
_STANDFIRST = 2
#: A short text that stands so often on a page is a mark between its parts, no part.
_MARKS = 4


@dataclass(frozen=True, slots=True)
class Page:
    """A page in figures; made once for each document. Lists have one entry a block."""

    blocks: Sequence[RawBlock]
    chars: list[int]
    share: list[int]
    """Link text in thousandths of the characters."""
    stops: list[int]
    """Marks that end sentences."""
    ends: list[int]
    """1 if it ends like a sentence."""
    prose: list[int]
    """Characters that count as running text, 0 for what does not look like it."""
    context: list[int]
    elements: Elements
    parent: list[int]
    """Number of the element around."""
    grandparent: list[int]
    ranks: list[int]
    """Place in reading order without the marks that come back again and again."""
    signature: list[int]
    """Number of its build: blocks of one template share it."""
    parents: dict[int, Sums]
    grandparents: dict[int, Sums]
    signatures: dict[int, Sums]
    best_element: int
    """Number of the element that holds most of the running text, 0 if there is none."""
    where: Bearings
    """Where the elements stand relative to the best one."""
    best_context: int
    best_depth: int
    """Levels of class and id names around the best element."""
    dominant: int
    """Build with most running text in the best element, -1 if there is none."""
    start: int
    """Index of the first block of running text in the best element; 0 without one."""
    end: int
    """Index of the last one; that of the last block without one."""
    h1: int
    """Index of the heading that is the headline, -1 if there is none."""
    story_end: int
    """Index of the headline of a second story; the number of blocks if there is none."""
    hints: PageHints

    @property
    def best(self) -> str:
        """XPath of the element that holds most of the running text, empty if there is none."""
        return self.elements.paths[self.best_element]

    def in_best(self, index: int) -> bool:
        """Tell whether a block stands inside the best element."""
        return self.where.inside[self.parent[index]]

    def __len__(self) -> int:
        return len(self.chars)


def read_page(document: Document) -> Page:
    """Return the figures of the page that ``document`` was read from."""
    blocks = document.blocks
    chars, share, stops, ends, prose, context = _measures(blocks)
    elements, parent = elements_of(blocks)
    above = elements.above
    grandparent = [above[number] for number in parent]
    numbers: dict[str, int] = {}
    signature = [numbers.setdefault(block.signature, len(numbers)) for block in blocks]
    sizes = [(size, block.link_chars, text) for size, block, text in zip(chars, blocks, prose, strict=True)]
    ranks = _ranks(blocks, chars)
    parents, grandparents = totals(parent, sizes, ranks), totals(grandparent, sizes, ranks)
    signatures = totals(signature, sizes, ranks)
    hints = read_hints(document)
    headings = _headings(blocks, chars, hints.titles)
    story_end = _story_end(blocks, prose, headings)
    choice = choose(
        Choice(blocks, prose, context, elements, parent, grandparent, signature, parents, signatures, story_end)
    )
    best = choice.best
    where = bearings(elements, best)
    inside = where.inside
    running = [at for at, text in enumerate(prose) if text and inside[parent[at]]]
    start, end = (running[0], running[-1]) if running else (0, len(blocks) - 1)
    return Page(
        blocks=blocks,
        chars=chars,
        share=share,
        stops=stops,
        ends=ends,
        prose=prose,
        context=context,
        elements=elements,
        parent=parent,
        grandparent=grandparent,
        ranks=ranks,
        signature=signature,
        parents=parents,
        grandparents=grandparents,
        signatures=signatures,
        best_element=best,
        where=where,
        best_context=_common_context(context, choice.members, prose),
        best_depth=min((blocks[at].names.count("/") + 1 for at in choice.members), default=0),
        dominant=choice.dominant,
        start=start,
        end=end,
        h1=_headline(blocks, chars, headings, next((at for at in choice.members if prose[at]), len(blocks)), hints),
        story_end=story_end,
        hints=hints,
    )


def _measures(
    blocks: Sequence[RawBlock],
) -> tuple[list[int], list[int], list[int], list[int], list[int], list[int]]:
    """Characters, link share, sentence marks, endings, running text and context of each block."""
    chars, share, stops, ends, prose, context = [], [], [], [], [], []
    for block in blocks:
        text, links = block.text, block.link_chars
        size = len(text)
        marks = text.count(".") + text.count("?") + text.count("!")
        if not text.isascii():
            marks += sum(map(text.count, _WIDE_STOPS))
        part = links * 1000 // (size or 1)
        chars.append(size)
        share.append(part)
        stops.append(marks)
        ends.append(1 if text[-1] in _ENDS else 0)
        if size >= _PROSE_CHARS and part < 500 and (marks or size >= 3 * _PROSE_CHARS) and not block.level:
            prose.append(size - 2 * links)
        else:
            prose.append(0)
        context.append(int(block.context))
    return chars, share, stops, ends, prose, context


def _ranks(blocks: Sequence[RawBlock], chars: Sequence[int]) -> list[int]:
    """The place of each block in reading order; marks that come back again and again take no place of their own."""
    seen: dict[str, int] = {}
    for block, size in zip(blocks, chars, strict=True):
        if size < _PROSE_CHARS:
            seen[block.text] = seen.get(block.text, 0) + 1
    ranks = []
    rank = 0
    for block in blocks:
        if seen.get(block.text, 0) < _MARKS:
            rank += 1
        ranks.append(rank)
    return ranks


def _common_context(context: Sequence[int], members: Sequence[int], prose: Sequence[int]) -> int:
    common = -1
    for at in members:
        if prose[at]:
            common &= context[at]
    return max(common, 0)


def _headings(blocks: Sequence[RawBlock], chars: Sequence[int], titles: Sequence[str]) -> list[tuple[int, int]]:
    """Index of each heading that is short enough for a headline, and how well it matches the titles."""
    begins = {title[0] for title in titles}
    return [
        (at, title_match(level(block.text), titles) if _may_begin(block.text[0], begins) else 0)
        for at, block in enumerate(blocks)
        if block.level and chars[at] <= _TITLE_CHARS
    ]


def _headline(
    blocks: Sequence[RawBlock],
    chars: Sequence[int],
    headings: Sequence[tuple[int, int]],
    start: int,
    hints: PageHints,
) -> int:
    """The heading that says what the title hints say; else the last h1 before the text; else the first h1.

    A standfirst is none, though some pages give it as one of their titles as well.
    """
    begins = {title[0] for title in hints.titles}
    plain = [
        (at, title_match(level(block.text), hints.titles))
        for at, block in enumerate(blocks[:start])
        if not block.level and chars[at] <= _TITLE_CHARS and _may_begin(block.text[0], begins)
    ]
    choice, points = -1, 0
    for at, match in sorted([*headings, *plain]):
        first = blocks[at].level == 1
        if not first and (not match or description_match(level(blocks[at].text), hints.descriptions) >= _STANDFIRST):
            continue
        score = match * 4 + (3 if first else 2 if blocks[at].level else 0) + (1 if at <= start else 0)
        if score > points:
            choice, points = at, score
    return choice if points >= 3 else -1


def _may_begin(sign: str, begins: set[str]) -> bool:
    """Whether a text that begins with ``sign`` can begin like one of the levelled titles; saves levelling it."""
    return not sign.isalnum() or sign.casefold()[:1] in begins


def _story_end(blocks: Sequence[RawBlock], prose: Sequence[int], headings: Sequence[tuple[int, int]]) -> int:
    """Where a second story begins: an h1 after the headline and its text, with byline or date of its own."""
    first = next((at for at, match in headings if match and blocks[at].level == 1), -1)
    if first >= 0:
        for at, match in headings:
            if at <= first or match or blocks[at].level != 1 or sum(prose[first:at]) < _STORY_CHARS:
                continue
            signed = (mask_of(block.names.partition("/")[0]) for block in blocks[at + 1 : at + _STORY_BLOCKS])
            if any(mask & _SIGNED for mask in signed):
                return at
    return len(blocks)
