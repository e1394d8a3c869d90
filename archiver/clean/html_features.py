"""Blocks of a page as rows of whole numbers for the tree model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archiver.clean.html_hints import description_match, level, title_match
from archiver.clean.html_page import MENUS, Page
from archiver.clean.html_sums import SUM_NAMES, Sums
from archiver.clean.html_words import GROUPS, Masks
from archiver.model.document import Context

#: Blocks of links shorter than this are decided without the model.
_LINK_LIST_CHARS = 128
LINK_LIST_SHARE = 938
#: A page with so much running text, in one element, has none in short blocks further above and below it than this.
_MUCH_TEXT = 1_000
_FAR_ABOVE, _FAR_BELOW = 8, 4
_SHORT_CHARS = 60
#: Texts longer than this are no title and no standfirst; neither stands further from headline and first paragraph.
_TITLE_CHARS = 400
_STANDFIRST_CHARS = 900
_NEAR_START = 6
_FAR = 99
_NO_HEADLINE = -999
_LABEL_CHARS = 40
_PREFIX_CHARS = 8
_TAGS = {"p": 1, "div": 2, "li": 3, "h1": 4, "h2": 5, "h3": 6, "h4": 7, "h5": 8, "h6": 9, "tr": 10, "td": 11,
         "figcaption": 12, "blockquote": 13, "pre": 14, "section": 15, "article": 16, "dt": 17, "dd": 18, "nav": 19,
         "button": 20, "footer": 21, "header": 22, "body": 23, "a": 24}  # fmt: skip
_NEAR_NAMES = ("chars", "links", "prose", "tag")
_NOTHING = (0, 0, 0, -1)

#: Columns of a row; the last three hold one flag a bit.
COLUMNS: tuple[str, ...] = (
    "chars", "words", "link_share", "stops", "ends", "prose", "tag", "level", "mean_word", "first_sign", "label",
    "like_starts", "index", "place", "after_h1", "from_start", "from_end", "dominant", "title", "description",
    "index_in_parent", "h1_before", "since_text", "until_text", "headings_since", "text_before",
    "same_sig_above", "same_sig_below",
    "news", "dated", "signed", "blocks", "h1_count", "page_prose", "best_prose", "best_share", "best_count",
    *(f"near{offset}_{name}" for offset in ("-2", "-1", "+1", "+2") for name in _NEAR_NAMES),
    *(f"parent_{name}" for name in SUM_NAMES), "in_best", "steps", "depth", "articles", "same_article",
    *(f"box_{name}" for name in SUM_NAMES), "box_first_level",
    *(f"grand_{name}" for name in SUM_NAMES),
    *(f"sig_{name}" for name in SUM_NAMES), "sig_runs", "sig_page_share",
    "group_count", "group_chars", "group_links",
    "context", "own", "around",
)  # fmt: skip
_FLAGS = tuple(str(flag.name).lower() for flag in Context if flag)
#: Columns and, for those of flags, the flags: what the trees ask for.
NAMES: tuple[str, ...] = (
    *COLUMNS[:-3],
    *(f"context:{name}" for name in _FLAGS),
    *(f"own:{name}" for name in GROUPS),
    *(f"around:{name}" for name in GROUPS),
)
BITS: dict[str, tuple[str, int]] = {
    **{f"context:{name}": ("context", 1 << bit) for bit, name in enumerate(_FLAGS)},
    **{f"{column}:{name}": (column, 1 << bit) for column in ("own", "around") for bit, name in enumerate(GROUPS)},
}

_GROUP_OF = {
    **dict.fromkeys(("chars", "words", "stops", "ends", "prose", "mean_word", "first_sign"), "text"),
    **dict.fromkeys(("label", "like_starts"), "how it begins"),
    **dict.fromkeys(("tag", "level", "context"), "element"),
    **dict.fromkeys(("title", "description"), "title and description"),
    **dict.fromkeys(("news", "dated", "signed", "blocks", "h1_count", "page_prose"), "page"),
    **dict.fromkeys(("dominant", "same_sig_above", "same_sig_below", "sig"), "blocks built alike"),
    **dict.fromkeys(("own", "around"), "class words"),
    **dict.fromkeys(("in_best", "steps", "depth", "articles", "same_article", "best"), "element with most text"),
    **dict.fromkeys(("parent", "grand", "box", "group", "index_in_parent"), "elements around"),
    "link_share": "links",
    "near-2": "neighbours", "near-1": "neighbours", "near+1": "neighbours", "near+2": "neighbours",
}  # fmt: skip


def group_of(name: str) -> str:
    """Return the group, in words for a person, that a feature of ``NAMES`` belongs to."""
    column = name.partition(":")[0]
    return _GROUP_OF.get(column) or _GROUP_OF.get(column.partition("_")[0]) or "place"


def candidates(page: Page) -> list[int]:
    """Return the blocks that the model is asked of.

    Not asked are blocks in a menu or page footer, short blocks of links and, on a page whose running
    text stands nearly all in one element, short blocks without a sentence far from it.
    """
    menus = MENUS & ~page.best_context
    asked = [
        at
        for at, (size, links, context) in enumerate(zip(page.chars, page.share, page.context, strict=True))
        if not context & menus and (links < LINK_LIST_SHARE or size >= _LINK_LIST_CHARS)
    ]
    held = page.parents.get(page.best_element) or page.grandparents.get(page.best_element)
    total = sum(page.prose)
    if held is None or total < _MUCH_TEXT or held.prose * 10 < total * 8:
        return asked
    first, last, inside = page.start - _FAR_ABOVE, page.end + _FAR_BELOW, page.where.inside
    return [
        at
        for at in asked
        if first <= at <= last or page.chars[at] >= _SHORT_CHARS or page.prose[at] or inside[page.parent[at]]
    ]


def rows(page: Page, masks: Masks) -> list[tuple[int, tuple[int, ...]]]:
    """Return (index of the block, values in the order of ``COLUMNS``) for every candidate."""
    chosen = candidates(page)
    if not chosen:
        return []
    blocks, parent, grandparent, signature = page.blocks, page.parent, page.grandparent, page.signature
    chars, share, stops, ends, prose, context = page.chars, page.share, page.stops, page.ends, page.prose, page.context
    total = sum(prose) or 1
    tags = [_TAGS.get(block.tag, 0) for block in blocks]
    near = [_NOTHING, _NOTHING, *zip(chars, share, prose, tags, strict=True), _NOTHING, _NOTHING]
    running = _running(page, total)
    turns = _turns(parent)
    whole = _whole(page, total)
    around = _around(page, total, {parent[at] for at in chosen})
    groups = _groups(page)
    grand = {number: page.grandparents[number].figures(total) for number in {grandparent[at] for at in chosen}}
    builds = _builds(page, total, {signature[at] for at in chosen})
    starts: dict[str, int] = {}
    for block in blocks:
        beginning = block.text[:_PREFIX_CHARS]
        starts[beginning] = starts.get(beginning, 0) + 1
    dominant, h1, start, end, count = page.dominant, page.h1, page.start, page.end, len(chars)
    table = []
    for at in chosen:
        block = blocks[at]
        text, size, build, group = block.text, chars[at], signature[at], block.group
        words = text.count(" ") + 1
        first = text[0]
        row = (
            size, words, share[at], stops[at], ends[at], prose[at], tags[at], block.level, size // words,
            1 if first.isupper() else 2 if first.islower() else 3 if first.isdigit() else 0,
            text.find(":", 0, _LABEL_CHARS) + 1 or text.find("|", 0, _LABEL_CHARS) + 1,
            starts[text[:_PREFIX_CHARS]], at, at * 1000 // count,
            at - h1 if h1 >= 0 else _NO_HEADLINE, at - start, at - end, 1 if build == dominant else 0,
            *(_matches(page, text) if at <= start + _NEAR_START and size <= _STANDFIRST_CHARS else (0, 0)),
            turns[at], *running[at],
            *whole,
            *near[at], *near[at + 1], *near[at + 3], *near[at + 4],
            *around[parent[at]],
            *grand[grandparent[at]],
            *builds[build],
            *(groups[group] if group else (0, 0, 0)),
            context[at], *masks.of(block.names),
        )  # fmt: skip
        table.append((at, row))
    return table


def _matches(page: Page, text: str) -> tuple[int, int]:
    """How well a text near the start matches the titles and the descriptions of the page."""
    levelled = level(text)
    title = title_match(levelled, page.hints.titles) if len(text) <= _TITLE_CHARS else 0
    return title, description_match(levelled, page.hints.descriptions)


def _turns(parents: Sequence[int]) -> list[int]:
    """For each block the how-manieth it is in its parent element, from 0."""
    seen: dict[int, int] = {}
    found = []
    for parent in parents:
        turn = seen[parent] = seen.get(parent, -1) + 1
        found.append(turn)
    return found


def _whole(page: Page, total: int) -> tuple[int, ...]:
    hints = page.hints
    best = page.parents.get(page.best_element) or page.grandparents.get(page.best_element)
    held, count = (best.prose, best.count) if best else (0, 0)
    h1s = sum([block.level == 1 for block in page.blocks])
    return (
        hints.news, hints.dated, hints.signed, len(page.chars), h1s, total, held, held * 1000 // total, count
    )  # fmt: skip


def _around(page: Page, total: int, asked: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each parent element its totals, its place relative to the best element, and the box it stands in."""
    where, elements, best = page.where, page.elements, page.best_element
    boxes: dict[int, Sums] = {}
    for parent, sums in page.parents.items():
        number = where.box[parent]
        box = boxes.get(number)
        if box is None:
            box = boxes[number] = Sums(sums.first)
        box.join(sums)
    values: dict[int, tuple[int, ...]] = {}
    article, nested, depth = elements.article[best], elements.articles[best], elements.depth[best]
    found: dict[int, tuple[int, ...]] = {}
    for parent in asked:
        number = where.box[parent]
        box_values = values.get(number)
        if box_values is None:
            box = boxes[number]
            box_values = values[number] = (*box.figures(total), page.blocks[box.first].level)
        found[parent] = (
            *page.parents[parent].figures(total),
            1 if where.inside[parent] else 0,
            where.steps[parent] if best else _FAR,
            elements.depth[parent] - depth,
            elements.articles[parent] - nested,
            1 if elements.article[parent] == article else 0,
            *box_values,
        )
    return found


def _builds(page: Page, total: int, asked: Iterable[int]) -> dict[int, tuple[int, ...]]:
    signatures = page.signatures
    top = max(sums.prose for sums in signatures.values()) or 1
    found: dict[int, tuple[int, ...]] = {}
    for build in asked:
        sums = signatures[build]
        found[build] = (*sums.figures(top), sums.runs * 1000 // sums.count, sums.prose * 1000 // total)
    return found


def _running(page: Page, total: int) -> list[tuple[int, ...]]:
    """What stands before and after each block.

    First headings before it; blocks since and until text of the main kind, headings since, text before;
    whether the blocks above and below are built like it.
    """
    build, prose, dominant, ranks = page.signature, page.prose, page.dominant, page.ranks
    strong = [text > 0 and own == dominant for text, own in zip(prose, build, strict=True)]
    found: list[tuple[int, ...]] = []
    h1 = headings = text = 0
    last, above = -_FAR, -1
    below = [*build[1:], -1]
    for block, rank, own, following, until, is_text, amount in zip(
        page.blocks, ranks, build, below, _until(strong, ranks), strong, prose, strict=True
    ):
        since = rank - last - 1
        found.append(
            (
                h1, min(since, _FAR), until, headings, text * 1000 // total,
                1 if above == own else 0, 1 if following == own else 0,
            )
        )  # fmt: skip
        above = own
        level = block.level
        if level == 1:
            h1 += 1
        if is_text:
            last, headings = rank, 0
            text += amount
        elif 0 < level <= 2:
            headings += 1
    return found


def _until(strong: Sequence[bool], ranks: Sequence[int]) -> list[int]:
    found = []
    following = ranks[-1] + _FAR + 1
    for is_text, rank in zip(reversed(strong), reversed(ranks), strict=True):
        found.append(min(following - rank - 1, _FAR))
        if is_text:
            following = rank
    found.reverse()
    return found


def _groups(page: Page) -> dict[int, tuple[int, int, int]]:
    """Blocks, characters and links (in thousandths) of each list, table, quotation and figure."""
    groups: dict[int, list[int]] = {}
    for size, block in zip(page.chars, page.blocks, strict=True):
        if block.group:
            sums = groups.setdefault(block.group, [0, 0, 0])
            sums[0] += 1
            sums[1] += size
            sums[2] += block.link_chars
    return {number: (count, chars, links * 1000 // (chars or 1)) for number, (count, chars, links) in groups.items()}
