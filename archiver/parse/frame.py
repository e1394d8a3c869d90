"""An open element of the walk, and what stretches of text it owns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_NO_CHILDREN: Iterator[etree._Element] = iter(())


class Frame:
    """An element with what its descendants inherit from it.

    ``context`` holds the flags of :class:`archiver.model.document.Context` as a plain integer.
    ``block`` is the block element around an inline element, None for a block element itself.
    ``names`` are class and id from here up to the root, innermost first, parted by ``/``.
    """

    __slots__ = ("block", "context", "counts", "group", "held", "level", "lines", "link", "names", "node", "nth",
                 "ordinal", "own", "parent", "place", "resource", "tag", "todo")  # fmt: skip

    def __init__(self, node: etree._Element, tag: str, nth: int, parent: Frame | None) -> None:
        self.node = node
        self.tag = tag
        self.nth = nth
        self.parent = parent
        self.todo: Iterator[etree._Element] = iter(node) if len(node) else _NO_CHILDREN
        self.counts: dict[str, int] = {}
        self.place = ""
        self.ordinal = self.held = self.level = 0
        self.own = ""
        self.block: Frame | None = None
        if parent is None:
            self.context = self.group = 0
            self.lines = self.link = False
            self.names = ""
            self.resource: str | None = None
            return
        self.context = parent.context
        self.group = parent.group
        self.lines = parent.lines
        self.link = parent.link
        self.names = parent.names
        self.resource = parent.resource
        self.level = parent.level

    def path(self) -> str:
        """Return the positional XPath of the element in its tree."""
        if not self.place:
            above = self.parent.path() if self.parent is not None and self.parent.place else self._above()
            self.place = f"{above}/{_step(self.tag, self.nth)}"
        return self.place

    def _above(self) -> str:
        """Give every ancestor its path, outermost first (no recursion: nesting can be deep)."""
        chain = []
        frame = self.parent
        while frame is not None and not frame.place:
            chain.append(frame)
            frame = frame.parent
        place = frame.place if frame is not None else ""
        for each in reversed(chain):
            place = each.place = f"{place}/{_step(each.tag, each.nth)}"
        return place


class Piece(NamedTuple):
    """A stretch of text, the block element that owns it, and how many of its characters are links."""

    frame: Frame
    text: str
    link_chars: int


def _step(tag: str, nth: int) -> str:
    if nth == 1 and tag in ("html", "body"):
        return tag
    if tag.isascii() and tag.replace("-", "").isalnum():
        return f"{tag}[{nth}]"
    # a prefix without a namespace, or another sign that XPath 1.0 does not take in a name
    quote = '"' if "'" in tag else "'"
    return f"*[name()={quote}{tag}{quote}][{nth}]"
