"""The order in which the texts and slots of a pattern can follow one another (Glushkov's position automaton, 1961)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Slot(Enum):
    """What may stand for something that differs from page to page."""

    NUMBER = "n"
    WORD = "word"
    WORDS = "words"
    NAME = "name"
    ANY = "any"


class Mark(Enum):
    """What is no text in a pattern."""

    GAP = "gap"
    """At least one separator, unless digits or spaceless scripts meet."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A separator that must be there, such as the colon after a label."""

    sign: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    branches: tuple[tuple[Node, ...], ...]
    optional: bool
    """None of them will do as well."""


Node = str | Slot | Mark | Sign | Choice

#: The number that stands for the end of a pattern where a leaf is expected.
END = -1
_START = -1


class Link(NamedTuple):
    """What can come after a leaf, and what must stand between."""

    leaf: int
    """Its number, or END."""
    gap: bool
    sign: str
    """A separator that must be met on the way, empty for none."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A pattern as leaves and the links between them."""

    leaves: tuple[str | Slot, ...]
    first: tuple[int, ...]
    """Leaves that can begin a match."""
    links: tuple[tuple[Link, ...], ...]
    """For each leaf, what can follow it."""


#: A place reached while a chart is drawn: the leaf before it, and what has to be met before the next one.
_Open = tuple[int, bool, str]


def chart_of(nodes: Iterable[Node]) -> Chart:
    """Return the chart of the pattern that ``nodes`` spell; it must hold text that cannot be left out."""
    drawing = _Drawing()
    for leaf, _, sign in drawing.sequence(nodes, [(_START, False, "")]):
        if leaf != _START:
            drawing.links[leaf].append(Link(END, gap=False, sign=sign))
    return Chart(tuple(drawing.leaves), tuple(drawing.first), tuple(map(tuple, drawing.links)))


class _Drawing:
    def __init__(self) -> None:
        self.leaves: list[str | Slot] = []
        self.first: list[int] = []
        self.links: list[list[Link]] = []

    def sequence(self, nodes: Iterable[Node], before: list[_Open]) -> list[_Open]:
        """Link ``nodes`` to the places ``before`` them; return the places after them."""
        places = before
        for node in nodes:
            if isinstance(node, (str, Slot)):  # no union: that would be made anew for each node
                places = self.leaf(node, places)
            elif isinstance(node, Sign):
                # Nothing can be met before the first text, and not two signs in one gap.
                places = [(leaf, False, node.sign) for leaf, _, sign in places if leaf != _START and not sign]
            elif isinstance(node, Choice):
                after = list(places) if node.optional else []
                for branch in node.branches:
                    after += self.sequence(branch, places)
                places = list(dict.fromkeys(after))
            else:
                places = [(leaf, leaf != _START, sign) for leaf, _, sign in places]
        return places

    def leaf(self, node: str | Slot, places: list[_Open]) -> list[_Open]:
        """Add a leaf that follows ``places``."""
        number = len(self.leaves)
        self.leaves.append(node)
        self.links.append([])
        for before, gap, sign in places:
            if before == _START:
                self.first.append(number)
            else:
                self.links[before].append(Link(number, gap, sign))
        return [(number, False, "")]
