"""What rules say of a block, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """Every block has exactly one."""

    KEPT = "kept"
    REMOVED = "removed"


class Action(StrEnum):
    """Which way a verdict pulls."""

    KEEP = "keep"
    REMOVE = "remove"


class Profile(StrEnum):
    """How much evidence a removal needs."""

    STRICT = "strict"
    """Remove only what is certain: no word of an article may go."""
    BALANCED = "balanced"
    """Best balance of leftovers removed and words of the article lost."""
    GENEROUS = "generous"
    """Remove what is probably a leftover as well."""


class Category(StrEnum):
    """Why something is boilerplate; the taxonomy that stands in every TEI header."""

    COMMENT_FORM = "comment-form"
    COMMENT_COUNT = "comment-count"
    LOGIN = "login"
    PAYWALL = "paywall"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    RELATED = "related"
    ADS = "ads"
    CONSENT = "consent"
    COPYRIGHT = "copyright"
    APP = "app"
    NAV = "nav"
    READMORE = "readmore"
    BIO = "bio"
    REPEAT = "repeat"
    STRUCTURE = "structure"
    """HTML: outside the article by its place in the page, with no more telling category."""


#: One line for each category, for people: docs, TEI taxonomy, ``inspect``.
CATEGORY_TEXT: dict[Category, str] = {
    Category.COMMENT_FORM: "asks the reader to comment",
    Category.COMMENT_COUNT: "comment counter, policy or limit",
    Category.LOGIN: "asks the reader to sign in or register",
    Category.PAYWALL: "asks the reader to subscribe or pay to read on",
    Category.NEWSLETTER: "offers an e-mail list",
    Category.SHARE: "share bar or follow prompt",
    Category.RELATED: "leads to other articles",
    Category.ADS: "label of an advertisement",
    Category.CONSENT: "cookie or privacy notice",
    Category.COPYRIGHT: "footer with rights or terms",
    Category.APP: "promotes an app or notifications",
    Category.NAV: "navigation: menu, breadcrumb, back to top",
    Category.READMORE: "expands or continues the page",
    Category.BIO: "describes the author or how to reach them",
    Category.REPEAT: "repeats what stands elsewhere on the page",
    Category.STRUCTURE: "outside the article by its place in the page",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of one block.

    ``weight`` is a whole number: 100 settles the matter alone, less must add up.
    """

    rule: str
    """Id and version, ``en.comment-form.03@1``."""
    action: Action
    weight: int
    category: Category | None
    evidence: str
    """What was seen, for a person: the words that matched, the figures that decided."""
