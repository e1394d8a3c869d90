"""What a page as a whole looks like: sums by element, groups of equal blocks, the best container."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.clean.html_hints import PageHints, level, read_hints, title_match
from archiver.clean.html_words import GROUPS, mask_of
from archiver.model.document import Context, Document, RawBlock

_ENDS = tuple(".!?…。！？।؟\"”»’')")
_WIDE_STOPS = "…。！？।؟"
#: Shorter blocks are no evidence of running text.
_PROSE_CHARS = 60
MENUS = (Context.NAV | Context.FOOTER).value
_ASIDES = (Context.NAV | Context.FOOTER | Context.ASIDE).value
_COMMENT = 1 << GROUPS.index("comment")
#: Texts longer than this are no headline.
_TITLE_CHARS = 400


class Sums:
    """Totals over the blocks of one element or one signature."""

    __slots__ = ("chars", "count", "first", "last", "links", "prose", "runs")

    def __init__(self, first: int) -> None:
        self.count = self.chars = self.links = self.prose = self.runs = 0
        self.first = first
        self.last = -2

    def add(self, index: int, chars: int, links: int, prose: int) -> None:
        """Count one more block."""
        self.count += 1
        self.chars += chars
        self.links += links
        self.prose += prose
        if self.last != index - 1:
            self.runs += 1
        self.last = index

    def join(self, other: Sums) -> None:
        """Count all blocks of ``other`` too."""
        self.count += other.count
        self.chars += other.chars
        self.links += other.links
        self.prose += other.prose

    def figures(self, whole: int) -> tuple[int, int, int, int, int, int]:
        """Return count, characters, link share, running text, its share of ``whole``, and mean length."""
        chars, prose = self.chars, self.prose
        links = self.links * 1000 // chars if chars else 0
        return (self.count, chars, links, prose, prose * 1000 // whole, chars // self.count)

    @property
    def link_share(self) -> int:
        """Links in thousandths of the characters."""
        return self.links * 1000 // self.chars if self.chars else 0


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
    parent: list[str]
    """XPath of the element around."""
    grandparent: list[str]
    parents: dict[str, Sums]
    grandparents: dict[str, Sums]
    signatures: dict[str, Sums]
    best: str
    """XPath of the element that holds most of the running text, empty if there is none."""
    best_context: int
    best_depth: int
    """Levels of class and id names around the best element."""
    dominant: str
    """Signature with most running text in the best element."""
    start: int
    """Index of the first block of running text in the best element; 0 without one."""
    end: int
    """Index of the last one; that of the last block without one."""
    h1: int
    """Index of the heading that is the headline, -1 if there is none."""
    hints: PageHints

    def in_best(self, index: int) -> bool:
        """Tell whether a block stands inside the best element."""
        parent = self.parent[index]
        return bool(self.best) and (parent == self.best or parent.startswith(self.best + "/"))

    def __len__(self) -> int:
        return len(self.chars)


def read_page(document: Document) -> Page:
    """Return the figures of the page that ``document`` was read from."""
    blocks = document.blocks
    chars = [len(block.text) for block in blocks]
    share = [block.link_chars * 1000 // (size or 1) for block, size in zip(blocks, chars, strict=True)]
    stops = [_stops(block.text) for block in blocks]
    ends = [1 if block.text.endswith(_ENDS) else 0 for block in blocks]
    prose = [
        max(size - 2 * block.link_chars, 0)
        if size >= _PROSE_CHARS and links < 500 and (marks or size >= 3 * _PROSE_CHARS) and not block.level
        else 0
        for block, size, links, marks in zip(blocks, chars, share, stops, strict=True)
    ]
    context = [block.context.value for block in blocks]
    parent = [block.path.rpartition("/")[0] for block in blocks]
    grandparent = [path.rpartition("/")[0] for path in parent]
    sizes = [(size, block.link_chars, text) for size, block, text in zip(chars, blocks, prose, strict=True)]
    parents = _totals(parent, sizes)
    signatures = _totals([block.signature for block in blocks], sizes)
    best, top = _best(parents, prose, context, parent, grandparent), _top(signatures, blocks)
    if _too_little(best, prose, parent, signatures[top].prose if top else 0):
        best = _holder([(parent[at], prose[at]) for at, block in enumerate(blocks) if block.signature == top])
    inside = [at for at, path in enumerate(parent) if path == best]
    inside = inside or [at for at, path in enumerate(grandparent) if path == best]
    within = best + "/"
    inside = inside or [at for at, path in enumerate(parent) if best and path.startswith(within)]
    running = [
        at for at, text in enumerate(prose) if text and best and (parent[at] == best or parent[at].startswith(within))
    ]
    start, end = (running[0], running[-1]) if running else (0, len(blocks) - 1)
    hints = read_hints(document)
    first = next((at for at in inside if prose[at]), len(blocks))
    return Page(
        blocks=blocks,
        chars=chars,
        share=share,
        stops=stops,
        ends=ends,
        prose=prose,
        context=context,
        parent=parent,
        grandparent=grandparent,
        parents=parents,
        grandparents=_totals(grandparent, sizes),
        signatures=signatures,
        best=best,
        best_context=_common_context(context[at] for at in inside if prose[at]),
        best_depth=min((blocks[at].names.count("/") + 1 for at in inside), default=0),
        dominant=_dominant(blocks, inside, prose) or top,
        start=start,
        end=end,
        h1=_headline(blocks, chars, hints.titles, first),
        hints=hints,
    )


def _stops(text: str) -> int:
    marks = text.count(".") + text.count("?") + text.count("!")
    return marks if text.isascii() else marks + sum(map(text.count, _WIDE_STOPS))


def _totals(keys: Sequence[str], sizes: Sequence[tuple[int, int, int]]) -> dict[str, Sums]:
    table: dict[str, Sums] = {}
    for at, key in enumerate(keys):
        sums = table.get(key)
        if sums is None:
            sums = table[key] = Sums(at)
        sums.add(at, *sizes[at])
    return table


def _best(
    parents: dict[str, Sums], prose: list[int], context: list[int], parent: list[str], grandparent: list[str]
) -> str:
    """The element with most credit: its own running text, and half of that of the elements in it."""
    credit: dict[str, int] = {}
    for at, weight in enumerate(prose):
        if weight:
            # Not nothing: a whole page can stand in a menu that lacks its end tag.
            points = weight // 4 if context[at] & _ASIDES else weight
            credit[parent[at]] = credit.get(parent[at], 0) + 2 * points
            credit[grandparent[at]] = credit.get(grandparent[at], 0) + points
    best, most = "", 0
    for path, whole in credit.items():
        sums = parents.get(path)
        points = whole - whole * (sums.link_share if sums else 0) // 1000
        if points > most:
            best, most = path, points
    return best


def _top(signatures: dict[str, Sums], blocks: Sequence[RawBlock]) -> str:
    """The signature with most running text on the page; empty if there is none, or if it is that of comments.

    Comments are parted by names and dates, so that hardly two of them follow one another.
    """
    top = max(signatures, key=lambda key: signatures[key].prose, default="")
    if not top or not signatures[top].prose or signatures[top].runs * 3 > signatures[top].count * 2:
        return ""
    return "" if mask_of(blocks[signatures[top].first].names) & _COMMENT else top


def _too_little(best: str, prose: Sequence[int], parent: Sequence[str], most: int) -> bool:
    """Tell whether the best element has much less text than blocks of one build that stand each in a box of its own."""
    within = best + "/"
    held = sum(text for text, path in zip(prose, parent, strict=True) if path == best or path.startswith(within))
    return held * 3 < most


def _holder(texts: Sequence[tuple[str, int]]) -> str:
    """The innermost element that holds most of the running text in ``texts``: (XPath, characters)."""
    held: dict[str, int] = {}
    for parent, text in texts:
        path = parent
        while path and text:
            held[path] = held.get(path, 0) + text
            path = path.rpartition("/")[0]
    whole = sum(text for _, text in texts)
    return max((path for path, text in held.items() if text * 10 >= whole * 7), key=lambda path: path.count("/"))


def _common_context(contexts: Iterable[int]) -> int:
    common = -1
    for context in contexts:
        common &= context
    return max(common, 0)


def _dominant(blocks: Sequence[RawBlock], inside: Sequence[int], prose: Sequence[int]) -> str:
    found: dict[str, int] = {}
    for at in inside:
        key = blocks[at].signature
        found[key] = found.get(key, 0) + prose[at]
    return max(found, key=lambda key: found[key]) if found else ""


def _headline(blocks: Sequence[RawBlock], chars: Sequence[int], titles: Sequence[str], start: int) -> int:
    """The heading that says what the title hints say; else the last h1 before the text; else the first h1."""
    choice, points = -1, 0
    for at, block in enumerate(blocks):
        if chars[at] > _TITLE_CHARS or not (block.level or at < start):
            continue
        match = title_match(level(block.text), titles)
        if not (match or block.level == 1):
            continue
        score = match * 4 + (3 if block.level == 1 else 2 if block.level else 0) + (1 if at <= start else 0)
        if score > points:
            choice, points = at, score
    return choice if points >= 3 else -1
