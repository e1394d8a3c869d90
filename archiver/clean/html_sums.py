"""Totals over the blocks of an element, of one build, or of a box."""

from __future__ import annotations

from collections.abc import Iterable

#: Values of a total in a row.
SUM_NAMES = ("count", "chars", "links", "prose", "share", "mean")


class Sums:
    """Totals over some blocks of a page."""

    __slots__ = ("chars", "count", "first", "last", "links", "prose", "runs")

    def __init__(self, first: int) -> None:
        self.count = self.chars = self.links = self.prose = self.runs = 0
        self.first = first
        self.last = -2

    def join(self, other: Sums) -> None:
        """Count all blocks of ``other`` too; those of its runs that stand apart."""
        self.count += other.count
        self.chars += other.chars
        self.links += other.links
        self.prose += other.prose
        if other.last > self.last:
            self.last = other.last

    def figures(self, whole: int) -> tuple[int, int, int, int, int, int]:
        """Return count, characters, link share, running text, its share of ``whole``, and mean length."""
        count, chars, prose = self.count, self.chars, self.prose
        return count, chars, self.links * 1000 // (chars or 1), prose, prose * 1000 // whole, chars // count

    @property
    def link_share(self) -> int:
        """Links in thousandths of the characters."""
        return self.links * 1000 // (self.chars or 1)


def totals(keys: Iterable[int], sizes: Iterable[tuple[int, int, int]], ranks: Iterable[int]) -> dict[int, Sums]:
    """Return for each key the totals of its blocks.

    ``sizes`` are characters, link characters, running text; blocks whose ``ranks`` follow one another make a run.
    """
    table: dict[int, Sums] = {}
    for index, (key, (chars, links, prose), at) in enumerate(zip(keys, sizes, ranks, strict=True)):
        sums = table.get(key)
        if sums is None:
            sums = table[key] = Sums(index)
        sums.count += 1
        sums.chars += chars
        sums.links += links
        sums.prose += prose
        if sums.last != at - 1:
            sums.runs += 1
        sums.last = at
    return table
