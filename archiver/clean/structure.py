"""The structure of a page judged: for each block what it is, and whether its place speaks for or against it."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.clean.html_features import rows
from archiver.clean.html_model import load_model
from archiver.clean.html_page import Page, read_page
from archiver.clean.structure_kinds import Kinds, body_kind
from archiver.clean.structure_reasons import keep_verdict, remove_verdict
from archiver.model.article import BODY_KINDS, BlockKind
from archiver.model.document import Document
from archiver.model.verdict import Action, Category, Profile, Verdict

#: Score, in thousandths of log-odds, that a block must reach to stay.
CUT = {Profile.STRICT: -1500, Profile.BALANCED: 0, Profile.GENEROUS: 800}
#: Scores closer to the cut than this are doubtful.
_DOUBT = 500
#: A body with fewer characters than this is looked for again, with less demand.
_NEAR_EMPTY = 200
_LOW_CUT = -2000
#: Exact repeats shorter than this may be meant.
_REPEAT_CHARS = 60
#: Score of what the model is not asked about: menus, page footers, lists of links.
_OUT = -99_999


@dataclass(frozen=True, slots=True)
class StructureVerdict:
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
    scores = [_OUT] * len(document.blocks)
    model = load_model()
    for index, row in rows(page):
        scores[index] = model.score(row)
    cut = CUT[profile]
    kept = {index for index, score in enumerate(scores) if score >= cut}
    rescued = _rescue(page, scores, kept)
    kinds = Kinds(document, page)
    typed = [kinds.kind_of(index, index in kept or index in rescued) for index in range(len(scores))]
    _drop_bare_headings(typed)
    repeats = _repeats(document, typed)
    return tuple(
        _verdict(page, index, scores[index], (typed[index], cut, index in rescued, index in repeats))
        for index in range(len(scores))
    )


def _verdict(page: Page, index: int, score: int, found: tuple[BlockKind | None, int, bool, bool]) -> StructureVerdict:
    kind, cut, rescued, repeated = found
    if repeated:
        verdict = Verdict("html.repeat@1", Action.REMOVE, 100, Category.REPEAT, "the same words stand above")
        return StructureVerdict(BlockKind.LEFTOVER, (verdict,), False, score)
    if kind is None:
        return StructureVerdict(body_kind(page.blocks[index]), (remove_verdict(page, index, score, cut),), False, score)
    if rescued:
        verdict = Verdict("html.fallback@1", Action.KEEP, 30, None, "the page has hardly any text beside it")
        return StructureVerdict(kind, (verdict,), True, score)
    doubtful = kind in BODY_KINDS and score - cut < _DOUBT
    return StructureVerdict(kind, (keep_verdict(page, index, score, kind),), doubtful, score)


def _rescue(page: Page, scores: list[int], kept: set[int]) -> set[int]:
    """Blocks to keep where (almost) nothing reached the cut; the first demand that gives text wins."""
    if _chars(page, kept) >= _NEAR_EMPTY:
        return set()
    asked = [index for index, score in enumerate(scores) if score != _OUT]
    inside = [index for index in asked if page.best and page.blocks[index].path.startswith(page.best + "/")]
    for choice in (
        [index for index in asked if scores[index] >= _LOW_CUT],
        [index for index in inside if page.facts[index].share < 500],
        [index for index in asked if page.facts[index].prose],
    ):
        if _chars(page, choice) >= _NEAR_EMPTY:
            return set(choice) - kept
    if kept:
        return set()
    return {fact.index for fact in page.facts if fact.share < 500} or set(range(len(scores)))


def _chars(page: Page, indexes: list[int] | set[int]) -> int:
    return sum(page.facts[index].chars for index in indexes)


def _drop_bare_headings(kinds: list[BlockKind | None]) -> None:
    """A heading after which no text comes is no heading of the text."""
    for index in range(len(kinds) - 1, -1, -1):
        kind = kinds[index]
        if kind is BlockKind.HEADING:
            kinds[index] = None
        elif kind in BODY_KINDS:
            return


def _repeats(document: Document, kinds: list[BlockKind | None]) -> set[int]:
    seen: set[str] = set()
    repeats = set()
    for block, (index, kind) in zip(document.blocks, enumerate(kinds), strict=True):
        if kind is None or len(block.text) < _REPEAT_CHARS:
            continue
        if block.text in seen:
            repeats.add(index)
        seen.add(block.text)
    return repeats
