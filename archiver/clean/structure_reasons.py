"""Why a block of a page stays or goes, in words and figures for a person."""

from __future__ import annotations

from functools import lru_cache

from archiver.clean.html_features import LINK_LIST_SHARE
from archiver.clean.html_page import Page
from archiver.clean.html_words import Masks, groups_in
from archiver.model.article import BlockKind
from archiver.model.document import Context
from archiver.model.verdict import Action, Category, Verdict

#: Groups of class words that name a category, most telling first.
_BY_WORDS = (
    ("comment", Category.COMMENT_FORM),
    ("consent", Category.CONSENT),
    ("share", Category.SHARE),
    ("offer", Category.NEWSLETTER),
    ("ad", Category.ADS),
    ("nav", Category.NAV),
    ("tag", Category.NAV),
    ("related", Category.RELATED),
    ("author", Category.BIO),
)
_LINK_LIST = 500
_MODEL = "html.blocks@1"
_NAV, _FOOTER, _FORM = Context.NAV.value, Context.FOOTER.value, Context.FORM.value
#: Scores further from the cut leave no doubt, and their exact figure says no more.
_FAR = 2_500
_FAR_WEIGHT = 150
#: Score of what the model is not asked about: menus, page footers, lists of links.
OUT = -99_999
REPEATED = Verdict("html.repeat@1", Action.REMOVE, 100, Category.REPEAT, "the same words stand above")
SECOND_STORY = Verdict(
    "html.second-story@1",
    Action.REMOVE,
    120,
    Category.RELATED,
    "stands under a second headline that has a byline or date of its own",
)
RESCUED = Verdict("html.fallback@1", Action.KEEP, 30, None, "the page has hardly any text beside it")
STATED = Verdict(
    "html.standfirst@1",
    Action.KEEP,
    90,
    None,
    "stands between headline and text, and the page gives the same words as its description",
)
_BY_PLACE = {
    kind: Verdict(f"html.{kind.value}@1", Action.KEEP, 100, None, f"is the {kind.value} by its place and markup")
    for kind in (BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.DATE, BlockKind.CAPTION, BlockKind.CREDIT)
}


class Reasons:
    """Verdicts on the blocks of one page."""

    def __init__(self, page: Page, masks: Masks, cut: int) -> None:
        self._page = page
        self._masks = masks
        self._cut = cut

    def removal(self, index: int, score: int) -> Verdict:
        """Return the verdict on a block that is no part of the article."""
        page = self._page
        if index >= page.story_end:
            return SECOND_STORY
        if score != OUT:
            category = self._category(index)
            below = self._cut - score
            if below > _FAR:
                return _far_removal(category, page.in_best(index), self._cut)
            return Verdict(_MODEL, Action.REMOVE, 100 + max(below, 0) // 50, category, self._evidence(index, score))
        outside = page.context[index] & ~page.best_context
        percent = page.share[index] // 10
        if outside & _NAV:
            return _removal("html.nav@1", 150, Category.NAV, "stands in a menu; ", percent)
        if outside & _FOOTER:
            category = Category.COPYRIGHT if "©" in page.blocks[index].text else Category.STRUCTURE
            return _removal("html.footer@1", 150, category, "stands in the footer; ", percent)
        category = self._category(index)
        if page.share[index] < LINK_LIST_SHARE:
            return _far_away(category)
        category = Category.RELATED if category is Category.STRUCTURE else category
        return _removal("html.link-density@1", 140, category, "short, and ", percent)

    def keeping(self, index: int, score: int, kind: BlockKind) -> Verdict:
        """Return the verdict on a block that is kept as ``kind``."""
        verdict = _BY_PLACE.get(kind)
        if verdict is not None:
            return verdict
        if score - self._cut > _FAR:
            return _far_keeping(self._page.in_best(index), self._cut)
        return Verdict(_MODEL, Action.KEEP, max(1, 50 + score // 50), None, self._evidence(index, score))

    def _category(self, index: int) -> Category:
        page = self._page
        own, around = self._masks.of(page.blocks[index].names)
        category = _category_of(own | around)
        if category is not None:
            return category
        if page.share[index] >= _LINK_LIST:
            return Category.RELATED
        outside = page.context[index] & ~page.best_context
        return Category.LOGIN if outside & _FORM else Category.STRUCTURE

    def _evidence(self, index: int, score: int) -> str:
        page = self._page
        block = page.blocks[index]
        own, around = self._masks.of(block.names)
        place = _place(page.in_best(index)) if page.best_element else ""
        if page.signature[index] == page.dominant:
            place += "; built like most paragraphs there"
        if block.link_chars:
            text = f"links are {page.share[index] // 10} % of {page.chars[index]} characters"
        else:
            text = f"{page.chars[index]} characters, {page.stops[index]} sentence marks, no link"
        return f"score {score}{place}; {text}{_words_of(own | around)}"


def _place(inside: bool) -> str:
    return f"; {'inside' if inside else 'outside'} the element with most text"


@lru_cache(maxsize=512)
def _far_removal(category: Category, inside: bool, cut: int) -> Verdict:
    evidence = f"score below {cut - _FAR}, far under {cut}{_place(inside)}"
    return Verdict(_MODEL, Action.REMOVE, _FAR_WEIGHT, category, evidence)


@lru_cache(maxsize=64)
def _far_keeping(inside: bool, cut: int) -> Verdict:
    return Verdict(_MODEL, Action.KEEP, 100, None, f"score above {cut + _FAR}, far over {cut}{_place(inside)}")


@lru_cache(maxsize=64)
def _far_away(category: Category) -> Verdict:
    return Verdict("html.far@1", Action.REMOVE, 140, category, "short, without a sentence, far from the running text")


@lru_cache(maxsize=4096)
def _removal(rule: str, weight: int, category: Category, place: str, percent: int) -> Verdict:
    return Verdict(rule, Action.REMOVE, weight, category, f"{place}links are {percent} % of its characters")


@lru_cache(maxsize=4096)
def _category_of(mask: int) -> Category | None:
    names = groups_in(mask)
    return next((category for name, category in _BY_WORDS if name in names), None)


@lru_cache(maxsize=4096)
def _words_of(mask: int) -> str:
    return f"; class words of {', '.join(groups_in(mask))}" if mask else ""
