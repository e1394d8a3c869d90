"""Why a block of a page stays or goes, in words and figures for a person."""

from __future__ import annotations

from archiver.clean.html_page import Page, relative_mask
from archiver.clean.html_words import groups_in
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


def remove_verdict(page: Page, index: int, score: int, cut: int) -> Verdict:
    """Return the verdict on a block that is no part of the article."""
    fact = page.facts[index]
    outside = fact.context & ~page.best_context
    links = f"links are {fact.share // 10} % of {fact.chars} characters"
    if outside & Context.NAV.value:
        return Verdict("html.nav@1", Action.REMOVE, 150, Category.NAV, f"stands in a menu; {links}")
    if outside & Context.FOOTER.value:
        copyright_line = "©" in page.blocks[index].text
        category = Category.COPYRIGHT if copyright_line else Category.STRUCTURE
        return Verdict("html.footer@1", Action.REMOVE, 150, category, f"stands in the footer; {links}")
    if score == -99_999:
        category = _category(page, index, outside)
        category = Category.RELATED if category is Category.STRUCTURE else category
        return Verdict("html.link-density@1", Action.REMOVE, 140, category, links)
    weight = 100 + min(100, (cut - score) // 50)
    return Verdict(_MODEL, Action.REMOVE, weight, _category(page, index, outside), _evidence(page, index, score))


def keep_verdict(page: Page, index: int, score: int, kind: BlockKind) -> Verdict:
    """Return the verdict on a block that is kept as ``kind``."""
    if kind in (BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.DATE, BlockKind.CAPTION, BlockKind.CREDIT):
        return Verdict(f"html.{kind.value}@1", Action.KEEP, 100, None, f"is the {kind.value} by its place and markup")
    return Verdict(_MODEL, Action.KEEP, max(1, min(200, 50 + score // 50)), None, _evidence(page, index, score))


def _category(page: Page, index: int, outside: int) -> Category:
    fact = page.facts[index]
    own, around = relative_mask(page.blocks[index].names, page.best_depth)
    names = groups_in(own | around)
    for name, category in _BY_WORDS:
        if name in names:
            return category
    if fact.share >= _LINK_LIST:
        return Category.RELATED
    return Category.LOGIN if outside & Context.FORM.value else Category.STRUCTURE


def _evidence(page: Page, index: int, score: int) -> str:
    fact = page.facts[index]
    block = page.blocks[index]
    facts = [f"score {score}"]
    if page.best:
        inside = block.path.startswith(page.best + "/")
        facts.append("inside the element with most text" if inside else "outside the element with most text")
    if block.signature == page.dominant:
        facts.append("built like most paragraphs there")
    if fact.links:
        facts.append(f"links are {fact.share // 10} % of {fact.chars} characters")
    else:
        facts.append(f"{fact.chars} characters, {fact.stops} sentence marks, no link")
    own, around = relative_mask(block.names, page.best_depth)
    names = groups_in(own | around)
    if names:
        facts.append("class words of " + ", ".join(names))
    return "; ".join(facts)
