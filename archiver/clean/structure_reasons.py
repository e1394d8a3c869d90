"""Why a block of a page stays or goes, in words and figures for a person."""

from __future__ import annotations

from functools import lru_cache

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
#: Score of what the model is not asked about: menus, page footers, lists of links.
OUT = -99_999
REPEATED = Verdict("html.repeat@1", Action.REMOVE, 100, Category.REPEAT, "the same words stand above")
RESCUED = Verdict("html.fallback@1", Action.KEEP, 30, None, "the page has hardly any text beside it")
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
        outside = page.context[index] & ~page.best_context
        if score != OUT:
            weight = 100 + min(100, (self._cut - score) // 50)
            return Verdict(_MODEL, Action.REMOVE, weight, self._category(index, outside), self._evidence(index, score))
        links = f"links are {page.share[index] // 10} % of {page.chars[index]} characters"
        if outside & _NAV:
            return Verdict("html.nav@1", Action.REMOVE, 150, Category.NAV, f"stands in a menu; {links}")
        if outside & _FOOTER:
            category = Category.COPYRIGHT if "©" in page.blocks[index].text else Category.STRUCTURE
            return Verdict("html.footer@1", Action.REMOVE, 150, category, f"stands in the footer; {links}")
        category = self._category(index, outside)
        category = Category.RELATED if category is Category.STRUCTURE else category
        return Verdict("html.link-density@1", Action.REMOVE, 140, category, links)

    def keeping(self, index: int, score: int, kind: BlockKind) -> Verdict:
        """Return the verdict on a block that is kept as ``kind``."""
        verdict = _BY_PLACE.get(kind)
        if verdict is not None:
            return verdict
        return Verdict(_MODEL, Action.KEEP, max(1, min(200, 50 + score // 50)), None, self._evidence(index, score))

    def _category(self, index: int, outside: int) -> Category:
        own, around = self._masks.of(self._page.blocks[index].names)
        category = _category_of(own | around)
        if category is not None:
            return category
        if self._page.share[index] >= _LINK_LIST:
            return Category.RELATED
        return Category.LOGIN if outside & _FORM else Category.STRUCTURE

    def _evidence(self, index: int, score: int) -> str:
        page = self._page
        block = page.blocks[index]
        own, around = self._masks.of(block.names)
        place = ""
        if page.best:
            place = (
                "; inside the element with most text" if page.in_best(index) else "; outside the element with most text"
            )
        if block.signature == page.dominant:
            place += "; built like most paragraphs there"
        if block.link_chars:
            text = f"links are {page.share[index] // 10} % of {page.chars[index]} characters"
        else:
            text = f"{page.chars[index]} characters, {page.stops[index]} sentence marks, no link"
        return f"score {score}{place}; {text}{_words_of(own | around)}"


@lru_cache(maxsize=4096)
def _category_of(mask: int) -> Category | None:
    names = groups_in(mask)
    return next((category for name, category in _BY_WORDS if name in names), None)


@lru_cache(maxsize=4096)
def _words_of(mask: int) -> str:
    return f"; class words of {', '.join(groups_in(mask))}" if mask else ""
