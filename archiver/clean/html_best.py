"""Which element of a page holds its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.clean.html_place import Elements
from archiver.clean.html_sums import Sums
from archiver.clean.html_words import GROUPS, mask_of
from archiver.model.document import Context, RawBlock

_ASIDES = (Context.NAV | Context.FOOTER | Context.ASIDE).value
_COMMENT = 1 << GROUPS.index("comment")
#: Class words of boxes beside the text.
_BOXES = sum(1 << GROUPS.index(name) for name in ("comment", "consent", "box"))


@dataclass(frozen=True, slots=True)
class Choice:
    """What the choice is made from; lists have one entry a block, see :class:`archiver.clean.html_page.Page`."""

    blocks: Sequence[RawBlock]
    prose: Sequence[int]
    context: Sequence[int]
    elements: Elements
    parent: Sequence[int]
    grandparent: Sequence[int]
    signature: Sequence[int]
    parents: dict[int, Sums]
    signatures: dict[int, Sums]
    story_end: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The element, the blocks that make it the best one, and the build with most running text in it."""

    best: int
    members: list[int]
    dominant: int


def choose(page: Choice) -> Chosen:
    """Return the element that holds most of the running text of the first story; number 0 if there is none."""
    parent, prose = page.parent, page.prose
    best, top = _most_credit(page), _top(page)
    if top >= 0 and _held(page, best) * 3 < page.signatures[top].prose:
        best = _holder(page, [at for at, build in enumerate(page.signature) if build == top])
    members = [at for at, number in enumerate(parent) if number == best] if best else []
    if not members and best:
        members = [at for at, number in enumerate(page.grandparent) if number == best]
    if not members and best:
        inside = _inside(page.elements, best)
        members = [at for at, number in enumerate(parent) if inside[number]]
    found: dict[int, int] = {}
    for at in members:
        build = page.signature[at]
        found[build] = found.get(build, 0) + prose[at]
    dominant = max(found, key=lambda build: found[build]) if found else -1
    if dominant < 0 or not found[dominant]:
        dominant = top if top >= 0 else dominant
    return Chosen(best, members, dominant)


def _most_credit(page: Choice) -> int:
    """The element with most credit: its own running text, and half of that of the elements in it."""
    masks = {
        build: mask_of(page.blocks[sums.first].signature.partition("|")[2])
        for build, sums in page.signatures.items()
        if sums.prose
    }
    credit: dict[int, int] = {}
    for at, text in enumerate(page.prose):
        if not text:
            continue
        weight = text
        # Not nothing: a whole page can stand in a menu that lacks its end tag.
        if page.context[at] & _ASIDES or at >= page.story_end or masks[page.signature[at]] & _BOXES:
            weight = text // 4
        around, further = page.parent[at], page.grandparent[at]
        credit[around] = credit.get(around, 0) + 2 * weight
        credit[further] = credit.get(further, 0) + weight
    best, most = 0, 0
    for number, whole in credit.items():
        sums = page.parents.get(number)
        points = whole - whole * (sums.link_share if sums else 0) // 1000
        if points > most:
            best, most = number, points
    return best


def _top(page: Choice) -> int:
    """The build with most running text on the page; -1 if there is none, or if it is that of comments.

    Blocks of text follow one another; teasers and comments come by turns with titles and names.
    """
    signatures = page.signatures
    top = max(signatures, key=lambda build: signatures[build].prose, default=-1)
    if top < 0 or not signatures[top].prose or signatures[top].runs * 3 > signatures[top].count * 2:
        return -1
    return -1 if mask_of(page.blocks[signatures[top].first].names) & _COMMENT else top


def _held(page: Choice, best: int) -> int:
    inside = _inside(page.elements, best)
    return sum(text for text, number in zip(page.prose, page.parent, strict=True) if inside[number])


def _inside(elements: Elements, best: int) -> list[bool]:
    inside = [best == 0]
    above = elements.above
    for number in range(1, len(above)):
        inside.append(number == best or inside[above[number]])
    return inside


def _holder(page: Choice, members: Sequence[int]) -> int:
    """The innermost element that holds most of the running text of ``members``."""
    above, depth = page.elements.above, page.elements.depth
    held: dict[int, int] = {}
    whole = 0
    for at in members:
        text, number = page.prose[at], page.parent[at]
        whole += text
        while number and text:
            held[number] = held.get(number, 0) + text
            number = above[number]
    return max(
        (number for number, text in held.items() if text * 10 >= whole * 7), key=lambda number: depth[number], default=0
    )
