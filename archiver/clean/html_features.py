"""Blocks of a page as rows of whole numbers for the tree model."""

from __future__ import annotations

from archiver.clean.html_page import Facts, Page, Sums, description_match, level, relative_mask, title_match
from archiver.clean.html_words import GROUPS
from archiver.model.document import Context

#: Blocks of links shorter than this are decided without the model.
_LINK_LIST_CHARS = 128
_MENUS = (Context.NAV | Context.FOOTER).value
_FLAGS = tuple(flag for flag in Context if flag)
_NEAR = (-2, -1, 1, 2)
_NEAR_NAMES = ("chars", "links", "prose", "tag", "same_sig", "same_parent")
#: Texts longer than this are no title and no standfirst.
_TITLE_CHARS = 400
_STANDFIRST_CHARS = 900

NAMES: tuple[str, ...] = (
    "chars", "words", "link_share", "stops", "ends", "prose", "tag", "level", "mean_word",
    "index", "place", "after_h1", "h1_count_before", "from_best_start", "from_best_end",
    "in_best", "parent_is_best", "steps_from_best", "dominant", "title", "description", "news",
    "blocks", "page_prose", "best_prose",
    "parent_count", "parent_chars", "parent_links", "parent_prose", "parent_share",
    "parent_first_level", "index_in_parent", "grand_count", "grand_chars", "grand_links", "grand_prose", "grand_share",
    "sig_count", "sig_chars", "sig_links", "sig_prose", "sig_share", "sig_mean",
    "group_count", "group_chars", "group_links",
    "resource", "depth",
    *(f"near{offset:+d}_{name}" for offset in _NEAR for name in _NEAR_NAMES),
    *(f"context_{str(flag.name).lower()}" for flag in _FLAGS),
    *(f"inside_{str(flag.name).lower()}" for flag in _FLAGS),
    *(f"own_{name}" for name in GROUPS),
    *(f"around_{name}" for name in GROUPS),
)  # fmt: skip


def is_candidate(page: Page, index: int) -> bool:
    """Tell whether the model is asked: not in a menu or page footer, not a short block of links."""
    fact = page.facts[index]
    if fact.context & _MENUS & ~page.best_context:
        return False
    return fact.share < 938 or fact.chars >= _LINK_LIST_CHARS


def rows(page: Page) -> list[tuple[int, tuple[int, ...]]]:
    """Return (index of the block, values in the order of ``NAMES``) for every candidate."""
    groups = _groups(page)
    span = _best_span(page)
    top = max((sums.prose for sums in page.signatures.values()), default=0) or 1
    total = sum(fact.prose for fact in page.facts)
    headings: list[int] = []
    seen = 0
    for block in page.blocks:
        headings.append(seen)
        seen += block.level == 1
    places: dict[str, int] = {}
    table = []
    for fact in page.facts:
        place = places[fact.parent] = places.get(fact.parent, -1) + 1
        if is_candidate(page, fact.index):
            row = _row(page, fact, groups, (span, top, total, headings[fact.index], place))
            table.append((fact.index, row))
    return table


def _row(
    page: Page, fact: Facts, groups: dict[int, Sums], shared: tuple[tuple[int, int], int, int, int, int]
) -> tuple[int, ...]:
    (start, end), top, total, headings, place = shared
    index = fact.index
    block = page.blocks[index]
    parent = page.parents[fact.parent]
    grand = page.grandparents[fact.grandparent]
    signature = page.signatures[block.signature]
    group = groups.get(block.group)
    levelled = level(block.text) if fact.chars <= _STANDFIRST_CHARS and index <= end else ""
    own, around = relative_mask(block.names, page.best_depth)
    path = block.path
    best = page.best
    in_best = path.startswith(best + "/") if best else False
    best_sums = page.parents.get(best) or page.grandparents.get(best)
    values = [
        fact.chars, fact.words, fact.share, fact.stops, fact.ends, fact.prose, fact.tag, block.level,
        fact.chars // fact.words,
        index, index * 1000 // len(page.blocks), index - page.h1 if page.h1 >= 0 else -999, headings,
        index - start, index - end,
        int(in_best), int(fact.parent == best), _distance(path, best), int(block.signature == page.dominant),
        title_match(levelled, page.titles) if levelled and fact.chars <= _TITLE_CHARS else 0,
        description_match(levelled, page.descriptions) if levelled else 0,
        page.news, len(page.blocks), total, best_sums.prose if best_sums else 0,
        parent.count, parent.chars, parent.link_share, parent.prose, parent.prose * 1000 // (total or 1),
        page.blocks[parent.first].level, place,
        grand.count, grand.chars, grand.link_share, grand.prose, grand.prose * 1000 // (total or 1),
        signature.count, signature.chars, signature.link_share, signature.prose, signature.prose * 1000 // top,
        signature.chars // signature.count,
        group.count if group else 0, group.chars if group else 0, group.link_share if group else 0,
        int(block.resource is not None), path.count("/"),
    ]  # fmt: skip
    for offset in _NEAR:
        other = index + offset
        if 0 <= other < len(page.facts):
            near = page.facts[other]
            values += (near.chars, near.share, near.prose, near.tag,
                       int(page.blocks[other].signature == block.signature),
                       int(near.parent == fact.parent))  # fmt: skip
        else:
            values += (0, 0, 0, -1, 0, 0)
    inside = fact.context & ~page.best_context
    values += [fact.context >> bit & 1 for bit in range(len(_FLAGS))]
    values += [inside >> bit & 1 for bit in range(len(_FLAGS))]
    values += [own >> bit & 1 for bit in range(len(GROUPS))]
    values += [around >> bit & 1 for bit in range(len(GROUPS))]
    return tuple(values)


def _groups(page: Page) -> dict[int, Sums]:
    groups: dict[int, Sums] = {}
    for fact in page.facts:
        number = page.blocks[fact.index].group
        if number:
            groups.setdefault(number, Sums()).add(fact)
    return groups


def _best_span(page: Page) -> tuple[int, int]:
    """First and last index of running text in the best element."""
    inside = [fact.index for fact in page.facts if fact.prose and page.best and fact.parent.startswith(page.best)]
    return (inside[0], inside[-1]) if inside else (0, len(page.facts))


def _distance(path: str, best: str) -> int:
    """Steps in the tree between the block and the best element."""
    if not best:
        return 99
    if path.startswith(best + "/"):
        return path.count("/") - best.count("/")
    shared = 0
    for mine, other in zip(path.split("/"), best.split("/"), strict=False):
        if mine != other:
            break
        shared += 1
    return path.count("/") + best.count("/") + 2 - 2 * shared
