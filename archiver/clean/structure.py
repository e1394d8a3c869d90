"""The structure of a page judged: for each block what it is, and whether its place speaks for or against it."""

from __future__ import annotations

from typing import NamedTuple

from archiver.clean.html_features import rows
from archiver.clean.html_model import load_model
from archiver.clean.html_page import Page, read_page
from archiver.clean.html_words import Masks
from archiver.clean.structure_kinds import Kinds, body_kind
from archiver.clean.structure_reasons import OUT, REPEATED, RESCUED, STATED, Reasons
from archiver.model.article import BODY_KINDS, BlockKind
from archiver.model.document import Document
from archiver.model.verdict import Profile, Verdict

#: Score, in thousandths of log-odds, that a block must reach to stay.
CUT = {Profile.STRICT: -1500, Profile.BALANCED: 0, Profile.GENEROUS: 800}
#: How much less is asked of pages that do not call themselves an article (0), or an article but not news (1).
_EASE = (900, 400, 0)
#: Scores closer to the cut than this are doubtful.
_DOUBT = 500
#: A body with fewer characters than this is looked for again, with less demand.
_NEAR_EMPTY = 200
_LOW_CUT = -2000
#: Exact repeats shorter than this may be meant.
_REPEAT_CHARS = 60


class StructureVerdict(NamedTuple):
    """What the structure of the page says of one block."""

    kind: BlockKind
    verdicts: tuple[Verdict, ...]
    doubtful: bool
    score: int
    """Thousandths of log-odds that the block is article text; -99999 for menus and lists of links."""


def judge_structure(document: Document, *, profile: Profile) -> tuple[StructureVerdict, ...]:
    """Return one verdict for every block of ``document``, in order.

    Blocks are scored by a tree model over figures of the block, its surroundings and the page.
    Headline, byline, date, caption and credit are kept whatever their score, each by a rule of
    its own. Where hardly any text would be left, the demand is lowered, and the blocks are
    marked doubtful.
    """
    if not document.blocks:
        return ()
    page = read_page(document)
    masks = Masks(page.best_depth)
    cut = CUT[profile] - _EASE[page.hints.news]
    scores = _scores(page, masks, cut)
    scores[page.story_end :] = [OUT] * (len(page) - page.story_end)
    kept = {index for index, points in enumerate(scores) if points >= cut}
    rescued = _rescue(page, scores, kept)
    kinds = Kinds(document, page)
    kind_of = kinds.kind_of
    standfirst = kinds.stated_standfirst()
    if standfirst in kept:
        standfirst = None
    typed = [kind_of(index, index in kept or index in rescued) for index in range(page.story_end)]
    typed += [None] * (len(page) - page.story_end)
    if standfirst is not None:
        typed[standfirst] = BlockKind.STANDFIRST
    _drop_bare_headings(typed)
    repeats = _repeats(page, typed)
    reasons = Reasons(page, masks, cut)
    found = []
    for index, kind in enumerate(typed):
        points = scores[index]
        if index in repeats:
            found.append(StructureVerdict(BlockKind.LEFTOVER, (REPEATED,), False, points))
        elif kind is None:
            found.append(
                StructureVerdict(body_kind(page.blocks[index]), (reasons.removal(index, points),), False, points)
            )
        elif index == standfirst:
            found.append(StructureVerdict(kind, (STATED,), True, points))
        elif index in rescued:
            found.append(StructureVerdict(kind, (RESCUED,), True, points))
        else:
            doubtful = kind in BODY_KINDS and points - cut < _DOUBT
            found.append(StructureVerdict(kind, (reasons.keeping(index, points, kind),), doubtful, points))
    return tuple(found)


def _scores(page: Page, masks: Masks, cut: int) -> list[int]:
    scores = [OUT] * len(page)
    score = load_model().score
    for index, row in rows(page, masks):
        scores[index] = score(row, cut)
    return scores


def score_parts(document: Document, *, profile: Profile) -> dict[int, tuple[tuple[str, int], ...]]:
    """Return for each block that the model scores what each group of features adds, the largest part first.

    Keys are indexes of blocks, parts thousandths of log-odds; for a person who asks, so it is slow.
    """
    if not document.blocks:
        return {}
    page = read_page(document)
    cut = CUT[profile] - _EASE[page.hints.news]
    parts = load_model().contributions
    return {index: parts(row, cut) for index, row in rows(page, Masks(page.best_depth))}


def _rescue(page: Page, scores: list[int], kept: set[int]) -> set[int]:
    """Blocks to keep where (almost) nothing reached the cut; the first demand that gives text wins."""
    if _chars(page, kept) >= _NEAR_EMPTY:
        return set()
    asked = [index for index in range(len(scores)) if scores[index] != OUT]
    inside = [index for index in asked if page.in_best(index)]
    for choice in (
        [index for index in asked if scores[index] >= _LOW_CUT],
        [index for index in inside if page.share[index] < 500],
        [index for index in asked if page.prose[index]],
    ):
        if _chars(page, choice) >= _NEAR_EMPTY:
            return set(choice) - kept
    if kept:
        return set()
    return {index for index, share in enumerate(page.share) if share < 500} or set(range(len(scores)))


def _chars(page: Page, indexes: list[int] | set[int]) -> int:
    return sum(page.chars[index] for index in indexes)


def _drop_bare_headings(kinds: list[BlockKind | None]) -> None:
    """A heading after which no text comes is no heading of the text."""
    for index in range(len(kinds) - 1, -1, -1):
        kind = kinds[index]
        if kind is BlockKind.HEADING:
            kinds[index] = None
        elif kind in BODY_KINDS:
            return


def _repeats(page: Page, kinds: list[BlockKind | None]) -> set[int]:
    """Blocks whose words stand above in another element; a paragraph that comes back among its like is meant."""
    seen: dict[str, tuple[int, int]] = {}
    repeats = set()
    for index, (block, kind) in enumerate(zip(page.blocks, kinds, strict=True)):
        if kind is None or page.chars[index] < _REPEAT_CHARS:
            continue
        place = (page.parent[index], page.signature[index])
        if seen.setdefault(block.text, place) != place:
            repeats.add(index)
    return repeats
