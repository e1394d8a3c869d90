"""Which HTML elements are blocks, which are never shown, and what they say of the text in them."""

from __future__ import annotations

from enum import IntEnum
from functools import cache

from lxml import etree

from archiver.model.document import Context


class Kind(IntEnum):
    """How the walk treats an element; those up to BLOCK are entered."""

    INLINE = 0
    LINK = 1
    BLOCK = 2
    SKIP = 3
    BREAK = 4
    RULE = 5


#: Elements whose content no reader sees (HTML standard section 15.3.1, and replaced elements).
UNSEEN = frozenset(
    "script style template noscript noframes noembed head iframe object embed canvas audio video svg map textarea"
    " datalist applet area param title".split()
)
#: Elements that start and end a block (HTML standard section 15.3, and controls that stand by themselves).
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol optgroup p pre"
    " search section select summary table tbody td tfoot th thead tr ul xmp listing plaintext".split()
)
CONTEXT = {
    "article": Context.ARTICLE.value,
    "main": Context.MAIN.value,
    "nav": Context.NAV.value,
    "header": Context.HEADER.value,
    "footer": Context.FOOTER.value,
    "aside": Context.ASIDE.value,
    "form": Context.FORM.value,
    "label": Context.FORM.value,
    "dialog": Context.DIALOG.value,
    "figure": Context.FIGURE.value,
    "ul": Context.LIST.value,
    "ol": Context.LIST.value,
    "dl": Context.LIST.value,
    "menu": Context.LIST.value,
    "blockquote": Context.QUOTE.value,
    "button": Context.BUTTON.value,
    "select": Context.BUTTON.value,
}
ROLES = {
    "navigation": Context.NAV.value,
    "banner": Context.HEADER.value,
    "contentinfo": Context.FOOTER.value,
    "complementary": Context.ASIDE.value,
    "dialog": Context.DIALOG.value,
    "alertdialog": Context.DIALOG.value,
    "main": Context.MAIN.value,
    "article": Context.ARTICLE.value,
}
TABLE = Context.TABLE.value
GROUPED = frozenset({"ul", "ol", "dl", "menu", "table", "blockquote", "figure"})
#: What may stand in ``head`` (HTML standard section 13.2.6.4.4); anything else begins the body.
METADATA = frozenset("base basefont bgsound link meta noframes noscript script style template title".split())
ROW_GROUPS = frozenset({"tbody", "thead", "tfoot"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
KEEP_LINES = frozenset({"pre", "xmp", "listing", "plaintext"})
#: Block elements that say more than that a block begins.
SPECIAL = frozenset((*CONTEXT, *HEADINGS, *KEEP_LINES, *GROUPED, "tr"))


@cache
def kinds_of(skip: frozenset[str]) -> dict[str, Kind]:
    """Return the kind of each element that is no plain inline element, if those in ``skip`` are not shown."""
    special = {"a": Kind.LINK, "br": Kind.BREAK, "hr": Kind.RULE}
    return dict.fromkeys(skip, Kind.SKIP) | dict.fromkeys(_BLOCKS, Kind.BLOCK) | special


def text_length(node: etree._Element) -> int:
    """Return how many characters of text stand in ``node``."""
    if not len(node):
        return len(node.text or "")
    return len(etree.tostring(node, method="text", encoding="unicode", with_tail=False))
