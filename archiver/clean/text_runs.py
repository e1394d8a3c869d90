"""Rows of short lines in a plain text, and the stretches of prose between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archiver.clean.shape import LONG_WORDS
from archiver.clean.text_line import OWN, Line, last_sign

#: Short lines of a row are no longer; the row ends at a longer line or a full stop.
LONGEST_TITLE = 14
#: So many short lines in a row part the prose above them from that below.
_PARTING = (2, 3)
#: What a short line takes from the density of a stretch, and how much one line can add to it.
_SHORT_COSTS, _MOST_ADDED = 8, 80
_SENTENCE_WORDS = 8
_LIKELY = 2

#: What is told of the row that a line stands in, in order.
RUN = tuple(
    """
    run run_words run_longest run_capitals run_begins run_digits run_bullets run_prompts run_repeated run_common
    run_echo run_ended sign_above_run words_above_run words_below_run run_before run_starts run_signs run_total
    run_inside run_forms run_makes
    """.split()
)
ROW_WORDS = RUN.index("run_words")
_SUMMED = tuple(
    map(
        OWN.index,
        ("words", "capitals", "first", "digits", "bullet", "phrase", "repeated", "common", "same_start", "signs"),
    )
)


def sums_of(values: Iterable[int]) -> list[int]:
    """Return the sums of the first none, one, two … of ``values``."""
    return list(accumulate(values, initial=0))


def is_short(line: Line) -> bool:
    """Whether a line can be one of a row of titles or of a menu."""
    return not line.ends_sentence and line.words <= LONGEST_TITLE


@dataclass(frozen=True, slots=True)
class Runs:
    """The rows of a text: maximal stretches of lines that are all short, or all not."""

    spans: tuple[tuple[int, int], ...]
    """First line and the one after the last."""
    short: tuple[bool, ...]
    """For each row."""
    of: tuple[int, ...]
    """For each line the number of its row."""


def runs_of(lines: Sequence[Line]) -> Runs:
    """Return the rows of a text."""
    short = [is_short(line) for line in lines]
    spans: list[tuple[int, int]] = []
    of: list[int] = []
    begin = 0
    for index in range(1, len(short) + 1):
        if index == len(short) or short[index] != short[begin]:
            of.extend([len(spans)] * (index - begin))
            spans.append((begin, index))
            begin = index
    return Runs(tuple(spans), tuple([short[begin] for begin, _ in spans]), tuple(of))


def run_columns(
    runs: Runs, lines: Sequence[Line], own: Sequence[Sequence[int]], echoes: Sequence[int], solid: Sequence[int]
) -> list[tuple[int, ...]]:
    """Return a row of :data:`RUN` for each row of the text.

    ``own`` are the columns of the lines, ``echoes`` what they share with the solid paragraphs, whose
    indexes are ``solid``.
    """
    columns = list(zip(*own, strict=True))
    words, capitals, begins, digits, bullets, phrases, repeated, common, starts, signs = [
        columns[number] for number in _SUMMED
    ]
    total_to = sums_of([line.words for line in lines])
    settled_from = (solid[0], solid[-1]) if solid else (len(lines), -1)
    forms, makes = columns[OWN.index("repeated_form")], columns[OWN.index("part")]
    found: list[tuple[int, ...]] = []
    for number, (begin, end) in enumerate(runs.spans):
        size = end - begin
        part = slice(begin, end)
        total = total_to[end] - total_to[begin]
        ended_above = begin > 0 and lines[begin - 1].ends_sentence
        ended_below = end < len(lines) and lines[end].ends_sentence
        before = runs.spans[number - 1] if number else (0, 0)
        found.append(
            (
                min(size, 40),
                min(total * 4 // size, 100),
                min(max(words[part]), 40),
                sum(capitals[part]) // size,
                begins[part].count(2) * 16 // size,
                sum(digits[part]) // size,
                sum(bullets[part]) * 16 // size,
                (size - phrases[part].count(0)) * 16 // size,
                (size - repeated[part].count(1)) * 16 // size,
                sum(common[part]) // size,
                sum([echo for echo in echoes[part] if echo > 0]) // size,
                ended_above + 2 * ended_below,
                last_sign(lines[begin - 1].text) if begin else -1,
                min(lines[begin - 1].words, 60) if begin else -1,
                min(lines[end].words, 60) if end < len(lines) else -1,
                min(before[1] - before[0], 20),
                (size - starts[part].count(1)) * 16 // size,
                min(sum(signs[part]), 5 * size) * 4 // size,
                min(total, 200),
                (settled_from[0] < begin) + 2 * (settled_from[1] >= end),
                (size - forms[part].count(1)) * 16 // size,
                len(set(makes[part])) * 16 // size,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of prose: all that lies between rows of at least so many short lines."""

    words: tuple[int, ...]
    """For each line those of the stretch that it lies in, 0 in a row that parts."""
    best: int
    """Words of the longest stretch, at least 1."""
    span: tuple[int, int]
    """Where that lies."""


def stretches_of(runs: Runs, words_to: Sequence[int]) -> tuple[Stretches, ...]:
    """Return the stretches between rows of two and of three short lines; ``words_to`` are sums of words."""
    return tuple([_stretches(runs, words_to, parting) for parting in _PARTING])


def _stretches(runs: Runs, words_to: Sequence[int], parting: int) -> Stretches:
    found: list[int] = []
    best, span = 0, (0, 0)
    begin = 0

    def close(end: int) -> None:
        nonlocal best, span
        size = words_to[end] - words_to[begin]
        found.extend([size] * (end - begin))
        if size > best:
            best, span = size, (begin, end)

    for (first, end), short in zip(runs.spans, runs.short, strict=True):
        if short and end - first >= parting:
            close(first)
            found.extend([0] * (end - first))
            begin = end
    close(len(runs.of))
    return Stretches(tuple(found), best or 1, span)


def densest(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the stretch with most prose in it for the short lines that it holds."""
    best, current, begin = 0, 0, 0
    span = (0, 0)
    for index, line in enumerate(lines):
        if current <= 0:
            current, begin = 0, index
        prose = (line.ends_sentence and line.words >= _SENTENCE_WORDS) or line.words >= LONG_WORDS
        current += min(line.words, _MOST_ADDED) if prose and line.phrase < _LIKELY else -_SHORT_COSTS
        if current > best:
            best, span = current, (begin, index + 1)
    return span
