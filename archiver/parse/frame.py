"""An open element of the walk, and what stretches of text it owns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

#: Class and id of the elements around are cut here: names over thousands of levels would fill the memory.
_NAMES_CHARS = 4_000


class Frame:
    """An element with what its descendants inherit from it.

    ``context`` holds the flags of :class:`archiver.model.document.Context` as a plain integer.
    ``block`` is the block element around an inline element, None for a block element itself.
    ``label`` is its own class and id. Path and names are put together when they are asked for:
    most elements hold no text of their own.
    """

    __slots__ = ("block", "context", "counts", "group", "held", "label", "level", "lines", "link", "named", "node",
                 "nth", "ordinal", "own", "parent", "place", "resource", "tag", "todo")  # fmt: skip

    def __init__(self, node: etree._Element, tag: str, nth: int, parent: Frame | None) -> None:
        self.node = node
        self.tag = tag
        self.nth = nth
        self.parent = parent
        self.todo: Iterator[etree._Element] = iter(node)
        self.counts: dict[str, int] = {}
        self.place = self.own = self.label = ""
        self.named: str | None = None
        self.ordinal = self.held = 0
        self.block: Frame | None = None
        self.resource: str | None = None
        if parent is None:
            self.context = self.group = self.level = 0
            self.lines = self.link = False
            return
        self.context = parent.context
        self.group = parent.group
        self.lines = parent.lines
        self.link = parent.link
        self.level = parent.level
        if parent.resource is not None:
            self.resource = parent.resource

    def path(self) -> str:
        """Return the positional XPath of the element in its tree."""
        if not self.place:
            for frame in _outermost_first(self, lambda each: bool(each.place)):
                above = frame.parent.place if frame.parent is not None else ""
                frame.place = f"{above}/{_step(frame.tag, frame.nth)}"
        return self.place

    def names(self) -> str:
        """Return class and id from here up to the root, innermost first, parted by ``/``."""
        if self.named is None:
            for frame in _outermost_first(self, lambda each: each.named is not None):
                above = (frame.parent.named or "") if frame.parent is not None else ""
                frame.named = f"{frame.label}/{above[:_NAMES_CHARS]}" if frame.label and above else frame.label or above
        return self.named or ""


def _outermost_first(frame: Frame, is_done: Callable[[Frame], bool]) -> list[Frame]:
    """The element and those around it that are not done, outermost first (no recursion: nesting can be deep)."""
    chain = []
    each: Frame | None = frame
    while each is not None and not is_done(each):
        chain.append(each)
        each = each.parent
    chain.reverse()
    return chain


class Piece(NamedTuple):
    """A stretch of text, the block element that owns it, and how many of its characters are links."""

    frame: Frame
    text: str
    link_chars: int


def _step(tag: str, nth: int) -> str:
    if nth == 1 and tag in ("html", "body"):
        return tag
    if tag.isalnum() and tag.isascii():
        return f"{tag}[{nth}]"
    if tag.isascii() and tag.replace("-", "").isalnum():
        return f"{tag}[{nth}]"
    # a prefix without a namespace, or another sign that XPath 1.0 does not take in a name
    quote = '"' if "'" in tag else "'"
    return f"*[name()={quote}{tag}{quote}][{nth}]"
