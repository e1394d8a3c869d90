"""A parsed input: blocks in reading order, and hints about the article that no block holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag, auto


class Context(IntFlag):
    """Which kinds of element a block stands in (HTML ancestors)."""

    NONE = 0
    ARTICLE = auto()
    MAIN = auto()
    NAV = auto()
    HEADER = auto()
    FOOTER = auto()
    ASIDE = auto()
    FORM = auto()
    DIALOG = auto()
    FIGURE = auto()
    LIST = auto()
    TABLE = auto()
    QUOTE = auto()
    BUTTON = auto()
    HIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of the decoded text, in Unicode code points (RFC 5147 ``char=start,end``, CR LF being two)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One stretch of text that a reader sees as a unit, before anybody judged it."""

    text: str
    """White space at both ends removed; in HTML, runs of white space collapsed as a browser does."""
    tag: str
    """HTML name of the block element, or ``line`` for plain text."""
    span: Span | None = None
    """Place in the decoded plain text."""
    path: str = ""
    """XPath of the element, positional (``/html/body/div[2]/p[3]``); empty for plain text."""
    gap_before: int = 0
    """Blank lines before it (plain text)."""
    level: int = 0
    """Heading level 1 to 6, 0 if no heading."""
    group: int = 0
    """Ordinal of the list, table, quotation or figure it belongs to, 0 for none; equal ordinals belong together."""
    container: int = 0
    """Ordinal of the nearest element that holds several blocks."""
    link_chars: int = 0
    """How many of its characters are link text."""
    context: Context = Context.NONE
    signature: str = ""
    """Tag, class of the element and class of its parent: blocks of one template share it."""
    resource: str | None = None
    """URL of the image, video or document it belongs to (captions)."""
    names: str = ""
    """Class and id of the element and of those around it, innermost first, parted by ``/``."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something the document says of the article outside its visible text."""

    field: str
    """Field of the description it speaks of: ``title``, ``author``, ``published``, ``language`` …"""
    value: str
    origin: str
    """Where it stands: ``json-ld:NewsArticle.headline``, ``meta:og:title``, ``html:lang``, ``link:canonical`` …"""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that happened on the way and that the archivist should know; not an error."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source after parsing: what can be judged and described."""

    media_type: str
    charset: str
    charset_origin: str
    """``bom``, ``protocol``, ``document``, ``utf-8``, ``detected``, ``given`` (already text) or ``replaced``."""
    blocks: tuple[RawBlock, ...]
    hints: tuple[Hint, ...] = ()
    unseen_chars: int = 0
    """Characters of text in no block: script, style, template, hidden elements."""
    notices: tuple[Notice, ...] = ()
    length: int = 0
    """Code points of the decoded text."""
