"""An open element of the walk, and what stretches of text it owns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_NO_CHILDREN: Iterator[etree._Element] = iter(())
#: Of an element without children; nobody counts in it.
_NO_COUNTS: dict[str, int] = {}


class Scope(NamedTuple):
    """What an element hands down to those in it; shared by all for which nothing changes."""

    context: int = 0
    """Flags of :class:`archiver.model.document.Context` as a plain integer."""
    group: int = 0
    level: int = 0
    """Level of the heading around, 0 for none."""
    lines: bool = False
    """Line ends are kept (preformatted text)."""
    resource: str | None = None
    """The picture that captions belong to."""


class Frame:
    """An element that the walk has entered.

    ``block`` is the block element around an inline element, None for a block element itself; ``own``
    the class of the block element, ``label`` class and id; ``link`` whether text in it is link text.
    """

    __slots__ = ("block", "counts", "label", "link", "node", "nth", "own", "parent", "scope", "tag", "todo")

    def __init__(self, node: etree._Element, tag: str, nth: int, parent: Frame | None, leaf: bool) -> None:
        self.node = node
        self.tag = tag
        self.nth = nth
        self.parent = parent
        if leaf:
            self.todo = _NO_CHILDREN
            self.counts = _NO_COUNTS
        else:
            self.todo = iter(node)
            self.counts = {}
        self.own = self.label = ""
        self.block: Frame | None = None
        if parent is None:
            self.link = False
            self.scope = Scope()
        else:
            self.link = parent.link
            self.scope = parent.scope

    def leave(self) -> None:
        """Let go of what only the walk inside it needed: frames are many, and those that own text live on."""
        self.todo = _NO_CHILDREN
        self.counts = _NO_COUNTS

    def around(self) -> Iterator[Frame]:
        """Yield the elements around, innermost first."""
        frame = self.parent
        while frame is not None:
            yield frame
            frame = frame.parent


class Piece(NamedTuple):
    """A stretch of text, the block element that owns it, and how many of its characters are links."""

    frame: Frame
    text: str
    link_chars: int
