"""Lines that are equal but for a varying part: what they have in common, and where it varies.

Frequent beginnings are found first, then frequent ends among the lines that share one, then words that
all the rests have in common. Whatever the order of the lines, the result is the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archiver.clean.learn_tokens import NUMBER

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one article, as words."""

    article: int
    line: int
    words: Words


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words of a row that varies from row to row; ``end`` is the place behind it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Template:
    """Rows that are equal outside of their varying stretches."""

    rows: tuple[Row, ...]
    varying: tuple[tuple[Span, ...], ...]
    """For each row the stretches, in order; all rows have the same number of them."""

    @property
    def articles(self) -> int:
        """In how many articles such a line stands."""
        return len({row.article for row in self.rows})

    def fixed(self) -> Words:
        """The words that all rows share, in order."""
        row, spans = self.rows[0], self.varying[0]
        inside = {number for span in spans for number in range(span.start, span.end)}
        return tuple(word for number, word in enumerate(row.words) if number not in inside)

    def variants(self, slot: int) -> tuple[Words, ...]:
        """What stands in the varying stretch number ``slot``, each once, sorted."""
        found = {
            row.words[spans[slot].start : spans[slot].end] for row, spans in zip(self.rows, self.varying, strict=True)
        }
        return tuple(sorted(found))


#: A stretch that varies is no longer, or the lines have too little in common for a pattern.
_MAX_VARYING = 12
#: This share of the rows must have a word for it to part their varying stretch.
_INNER_SHARE = (9, 10)
_MAX_STRETCHES = 4


def find_templates(rows: Sequence[Row], *, need: int) -> list[Template]:
    """Return what recurs in at least ``need`` articles with a varying part, each row in one template at most."""
    found: list[Template] = []
    for depth, cluster in _by_beginning(sorted(rows, key=lambda row: (row.words, row.article, row.line)), 0, need):
        for tail, members in _by_end(cluster, depth, 0, need):
            made = _aligned(members, depth, tail, need)
            if made is not None:
                found.append(made)
    return found


def _by_beginning(rows: Sequence[Row], depth: int, need: int) -> Iterator[tuple[int, list[Row]]]:
    """Yield the rows that share a frequent beginning as long as can be, with its length in words."""
    left: list[Row] = []
    for word, group in _grouped(rows, depth):
        if word is not None and _articles(group) >= need:
            yield from _by_beginning(group, depth + 1, need)
        else:
            left += group
    if depth and _articles(left) >= need:
        yield depth, left


def _by_end(rows: Sequence[Row], head: int, depth: int, need: int) -> Iterator[tuple[int, list[Row]]]:
    left: list[Row] = []
    for word, group in _grouped(rows, -1 - depth, head):
        if word is not None and _articles(group) >= need:
            yield from _by_end(group, head, depth + 1, need)
        else:
            left += group
    if _articles(left) >= need:
        yield depth, left


def _grouped(rows: Sequence[Row], place: int, head: int = 0) -> list[tuple[str | None, list[Row]]]:
    """Return the rows by the word at ``place`` (from the end if negative); None for rows that have none left."""
    groups: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        room = len(row.words) - head if place < 0 else len(row.words)
        there = -place <= room if place < 0 else place < room
        groups[row.words[place] if there else None].append(row)
    return sorted(groups.items(), key=lambda item: item[0] or "")


def _articles(rows: Iterable[Row]) -> int:
    return len({row.article for row in rows})


def _aligned(rows: Sequence[Row], head: int, tail: int, need: int) -> Template | None:
    """Return the template of rows that share ``head`` words at the beginning and ``tail`` words at the end."""
    stretches: dict[Row, tuple[Span, ...]] = {row: (Span(head, len(row.words) - tail),) for row in rows}
    settled = False
    while not settled:
        settled = True
        count = len(next(iter(stretches.values())))
        for slot in range(count):
            word = None if count == _MAX_STRETCHES else _common_word(stretches, slot)
            if word is None:
                continue
            parted = {row: _part(row, spans, slot, word) for row, spans in stretches.items()}
            kept = {row: spans for row, spans in parted.items() if spans}
            if _articles(kept) >= need:
                stretches = _without_empty(kept)
                settled = False
                break
    kept = {
        row: spans for row, spans in stretches.items() if all(span.end - span.start <= _MAX_VARYING for span in spans)
    }
    # Open ends may be longer: what is written behind a label.
    kept = kept if tail or _articles(kept) * 2 >= _articles(stretches) else stretches
    if _articles(kept) < need:
        return None
    return Template(tuple(kept), tuple(kept.values()))


def _common_word(stretches: dict[Row, tuple[Span, ...]], slot: int) -> str | None:
    """Return the longest word that stands just once in the stretch of nearly every row."""
    counts: Counter[str] = Counter()
    for row, spans in stretches.items():
        inside = Counter(row.words[spans[slot].start : spans[slot].end])
        counts.update(word for word, times in inside.items() if times == 1)
    numerator, denominator = _INNER_SHARE
    common = [word for word, times in counts.items() if times * denominator >= len(stretches) * numerator]
    return max(common, key=lambda word: (word != NUMBER, len(word), word), default=None)


def _part(row: Row, spans: tuple[Span, ...], slot: int, word: str) -> tuple[Span, ...]:
    span = spans[slot]
    places = [number for number in range(span.start, span.end) if row.words[number] == word]
    if len(places) != 1:
        return ()
    return (*spans[:slot], Span(span.start, places[0]), Span(places[0] + 1, span.end), *spans[slot + 1 :])


def _without_empty(stretches: dict[Row, tuple[Span, ...]]) -> dict[Row, tuple[Span, ...]]:
    """Drop the stretches that are empty in every row."""
    count = len(next(iter(stretches.values())))
    full = [slot for slot in range(count) if any(spans[slot].end > spans[slot].start for spans in stretches.values())]
    return {row: tuple(spans[slot] for slot in full) for row, spans in stretches.items()}
