"""Blocks of a page as rows of whole numbers for the tree model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from archiver.clean.html_hints import description_match, level, title_match
from archiver.clean.html_page import MENUS, Page
from archiver.clean.html_place import places_in_parent, places_of
from archiver.clean.html_words import GROUPS, Masks
from archiver.model.document import Context

#: Blocks of links shorter than this are decided without the model.
_LINK_LIST_CHARS = 128
_LINK_LIST_SHARE = 938
#: Texts longer than this are no title and no standfirst; neither stands further from headline and first paragraph.
_TITLE_CHARS = 400
_STANDFIRST_CHARS = 900
_NEAR_START = 6
_FAR = 99
_TAGS = {"p": 1, "div": 2, "li": 3, "h1": 4, "h2": 5, "h3": 6, "h4": 7, "h5": 8, "h6": 9, "tr": 10, "td": 11,
         "figcaption": 12, "blockquote": 13, "pre": 14, "section": 15, "article": 16, "dt": 17, "dd": 18, "nav": 19,
         "button": 20, "footer": 21, "header": 22, "body": 23, "a": 24}  # fmt: skip
_OFFSETS = ("-2", "-1", "+1", "+2")
_NEAR_NAMES = ("chars", "links", "prose", "tag", "stops")
_NOTHING = (0, 0, 0, -1, 0)
_SUM_NAMES = ("count", "chars", "links", "prose", "share", "mean")

#: Columns of a row; the last four hold one flag a bit.
COLUMNS: tuple[str, ...] = (
    "chars", "words", "link_share", "stops", "ends", "prose", "tag", "level", "mean_word", "first_sign", "colon",
    "index", "place", "after_h1", "from_start", "from_end", "dominant", "resource",
    "title", "description", "index_in_parent", "h1_before", "since_text", "until_text", "headings_since",
    "gaps_before", "text_before", "same_sig_above", "same_sig_below", "same_parent_above", "same_parent_below",
    "news", "dated", "signed", "blocks", "h1_count", "page_prose", "best_prose", "best_share", "best_count",
    *(f"near{offset}_{name}" for offset in _OFFSETS for name in _NEAR_NAMES),
    *(f"parent_{name}" for name in _SUM_NAMES),
    "parent_first_level", "in_best", "is_best", "steps", "depth", "articles", "same_article",
    *(f"box_{name}" for name in _SUM_NAMES), "box_first_level",
    *(f"grand_{name}" for name in _SUM_NAMES),
    *(f"sig_{name}" for name in _SUM_NAMES), "sig_runs", "sig_page_share",
    "group_count", "group_chars", "group_links",
    "context", "inside", "own", "around",
)  # fmt: skip
_FLAGS = tuple(str(flag.name).lower() for flag in Context if flag)
#: Columns and, for those of flags, the flags: what the trees ask for.
NAMES: tuple[str, ...] = (
    *COLUMNS[:-4],
    *(f"context:{name}" for name in _FLAGS),
    *(f"inside:{name}" for name in _FLAGS),
    *(f"own:{name}" for name in GROUPS),
    *(f"around:{name}" for name in GROUPS),
)
BITS: dict[str, tuple[str, int]] = {
    **{f"{column}:{name}": (column, 1 << bit) for column in ("context", "inside") for bit, name in enumerate(_FLAGS)},
    **{f"{column}:{name}": (column, 1 << bit) for column in ("own", "around") for bit, name in enumerate(GROUPS)},
}


def is_candidate(page: Page, index: int) -> bool:
    """Tell whether the model is asked: not in a menu or page footer, not a short block of links."""
    if page.context[index] & MENUS & ~page.best_context:
        return False
    return page.share[index] < _LINK_LIST_SHARE or page.chars[index] >= _LINK_LIST_CHARS


def rows(page: Page, masks: Masks) -> list[tuple[int, tuple[int, ...]]]:
    """Return (index of the block, values in the order of ``COLUMNS``) for every candidate."""
    candidates = [index for index in range(len(page)) if is_candidate(page, index)]
    if not candidates:
        return []
    total = sum(page.prose) or 1
    top = max(sums.prose for sums in page.signatures.values()) or 1
    run = _running(page, total)
    near = [
        _NOTHING,
        _NOTHING,
        *(
            (chars, share, prose, _TAGS.get(block.tag, 0), stops)
            for block, chars, share, prose, stops in zip(
                page.blocks, page.chars, page.share, page.prose, page.stops, strict=True
            )
        ),
        _NOTHING,
        _NOTHING,
    ]
    best = page.parents.get(page.best) or page.grandparents.get(page.best)
    h1_before = list(accumulate((int(block.level == 1) for block in page.blocks), initial=0))
    whole = (
        page.hints.news, page.hints.dated, page.hints.signed, len(page), h1_before[-1],
        total, best.prose if best else 0, best.prose * 1000 // total if best else 0, best.count if best else 0,
    )  # fmt: skip
    around = places_of(page, total)
    turns = places_in_parent(page.parent)
    groups = _totals(page)
    signatures = {
        key: (*sums.figures(top), sums.runs * 1000 // sums.count, sums.prose * 1000 // total)
        for key, sums in page.signatures.items()
    }
    grand = {key: sums.figures(total) for key, sums in page.grandparents.items()}
    table = []
    for index in candidates:
        where = around[page.parent[index]]
        row = (
            *_own(page, index),
            turns[index],
            h1_before[index],
            *run[index],
            *_beside(page, index),
            *whole,
            *near[index], *near[index + 1], *near[index + 3], *near[index + 4],
            *where.figures,
            *(where.box or _alone(page, index, total)),
            *grand[page.grandparent[index]],
            *signatures[page.blocks[index].signature],
            *groups[page.blocks[index].group],
            page.context[index], page.context[index] & ~page.best_context, *masks.of(page.blocks[index].names),
        )  # fmt: skip
        table.append((index, row))
    return table


def _alone(page: Page, index: int, total: int) -> tuple[int, ...]:
    chars, prose = page.chars[index], page.prose[index]
    return (1, chars, page.share[index], prose, prose * 1000 // total, chars, page.blocks[index].level)


def _own(page: Page, index: int) -> tuple[int, ...]:
    block = page.blocks[index]
    text = block.text
    chars = page.chars[index]
    words = text.count(" ") + 1
    title = description = 0
    if (
        chars <= _STANDFIRST_CHARS
        and index <= page.start + _NEAR_START
        and (page.hints.titles or page.hints.descriptions)
    ):
        levelled = level(text)
        title = title_match(levelled, page.hints.titles) if chars <= _TITLE_CHARS else 0
        description = description_match(levelled, page.hints.descriptions)
    first = text[0]
    return (
        chars, words, page.share[index], page.stops[index], page.ends[index], page.prose[index],
        _TAGS.get(block.tag, 0), block.level, chars // words,
        1 if first.isupper() else 2 if first.islower() else 3 if first.isdigit() else 0, int(text[-1] in ":："),
        index, index * 1000 // len(page), index - page.h1 if page.h1 >= 0 else -999,
        index - page.start, index - page.end,
        int(block.signature == page.dominant), int(block.resource is not None), title, description,
    )  # fmt: skip


def _beside(page: Page, index: int) -> tuple[int, int, int, int]:
    blocks, parent = page.blocks, page.parent
    signature, mine = blocks[index].signature, parent[index]
    above, below = index > 0, index + 1 < len(blocks)
    return (
        int(above and blocks[index - 1].signature == signature),
        int(below and blocks[index + 1].signature == signature),
        int(above and parent[index - 1] == mine),
        int(below and parent[index + 1] == mine),
    )


def _running(page: Page, total: int) -> list[tuple[int, int, int, int, int]]:
    """For each block: blocks since and until text of the main kind, headings since, gaps and text before."""
    strong = [
        prose > 0 and block.signature == page.dominant for prose, block in zip(page.prose, page.blocks, strict=True)
    ]
    until = _until(strong)
    found = []
    since, headings, gaps, text = _FAR, 0, 0, 0
    for index, is_text in enumerate(strong):
        found.append((since, until[index], headings, gaps, text * 1000 // total))
        if is_text:
            if _FAR > since >= 3:
                gaps += 1
            since, headings = 0, 0
            text += page.prose[index]
        else:
            since = min(since + 1, _FAR)
            headings += 0 < page.blocks[index].level <= 2
    return found


def _until(strong: Sequence[bool]) -> list[int]:
    found = []
    until = _FAR
    for is_text in reversed(strong):
        found.append(until)
        until = 0 if is_text else min(until + 1, _FAR)
    found.reverse()
    return found


def _totals(page: Page) -> dict[int, tuple[int, int, int]]:
    """Blocks, characters and links (in thousandths) of each list, table, quotation and figure."""
    groups: dict[int, list[int]] = {}
    for index, block in enumerate(page.blocks):
        if block.group:
            sums = groups.setdefault(block.group, [0, 0, 0])
            sums[0] += 1
            sums[1] += page.chars[index]
            sums[2] += block.link_chars
    shares = {number: (count, chars, links * 1000 // (chars or 1)) for number, (count, chars, links) in groups.items()}
    return {0: (0, 0, 0), **shares}
