"""From scores of lines to what becomes of them, and what guards an article against a model that errs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from archiver.clean.shape import SENTENCE_WORDS
from archiver.clean.text_features import is_unspaced
from archiver.clean.text_line import Line
from archiver.clean.text_runs import LONGEST_TITLE
from archiver.model.article import BODY_KINDS, BlockKind

#: A sentence of this many words never goes by the model.
_GUARD_WORDS = 25
#: Strength of a prompt that needs no second opinion.
_SURE = 3
#: A text with so many hundredths of its words in sentences is prose.
_PROSE_SHARE = 78
_COLONS = (":", "：")
#: A line that ends in a colon announces a list of up to so many lines.
_ANNOUNCED = 20
#: With fewer solid paragraphs there is no telling what the lines around them are.
_LEAST_SOLID = 2
#: A text in a script without spaces loses nothing longer than this (words are estimated at two characters).
_UNSPACED_WORDS = 20
#: A label goes only so much further below the limit, and a standfirst is one no more so much further still.
_MARGIN, _STANDFIRST_MARGIN = 1000, 1800
#: A headline has to be so much above the limit to be text, one that is a sentence less.
_HEADLINE_MARGIN, _SENTENCE_MARGIN = 4000, 500
#: The same for what has the form of a publisher's or a person's name.
_NAME_MARGIN = 3000
#: A full sentence so many lines from a solid paragraph is text.
_CLOSE = 1
_HEADING_WORDS = 3
#: Signs around what somebody says; which of them open and which close differs from language to language.
_OPENING, _CLOSING = '"“”„«»‘‹›「『', '"“”«»’‹›」』'
_MOST_SCENES = 2
#: Kinds that a line may have been given by its place although it is text.
_MISTAKEN = (BlockKind.LABEL, BlockKind.CAPTION)
#: Squares of the probability that a line is text, by its score: in thousandths, from -4000 in steps of 250.
_BELIEF_FROM, _BELIEF_STEP = 4000, 250
_BELIEF = (
    *(0, 1, 1, 1, 2, 4, 6, 9, 14, 22, 33, 50, 72, 103, 143, 192, 250, 316, 387, 461, 534, 604, 668, 726),
    *(776, 818, 854, 883, 907, 927, 942, 955, 964),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of the lines of a text, by their indexes."""

    gone: tuple[int, ...]
    text: tuple[int, ...]
    """Lines that are text, although their place made them another part."""
    labels: tuple[int, ...]
    """Standfirsts that are no text."""
    doubted: bool
    """Whether so many words would have gone that the most doubtful lines stay."""


def is_scorable(lines: Sequence[Line]) -> bool:
    """Tell whether the model may speak of a text.

    It needs two solid paragraphs, and long lines that end in signs which archiver knows for ends of sentences.
    """
    if sum([line.solid for line in lines]) < _LEAST_SOLID:
        return False
    long = [line for line in lines if line.words >= _GUARD_WORDS]
    return sum([line.ends_sentence for line in long]) * 2 >= len(long)


def is_prose(lines: Sequence[Line]) -> bool:
    """Tell whether most of the words stand in sentences, so that what does not is seldom text."""
    prose = sum([line.words for line in lines if line.ends_sentence and line.words >= SENTENCE_WORDS])
    return prose * 100 >= sum([line.words for line in lines]) * _PROSE_SHARE


def scored(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the lines that the model is asked about."""
    return [
        index
        for index, line in enumerate(lines)
        if line.phrase < _SURE
        and not (line.ends_sentence and line.words >= _GUARD_WORDS and line.kind in BODY_KINDS)
        and not line.settled
    ]


def untold(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the labels and captions that are text where the model may not speak.

    Below the first sentence, where too little is known to tell them from text.
    """
    first = next((index for index, line in enumerate(lines) if line.ends_sentence and not line.settled), len(lines))
    return [
        index
        for index, line in enumerate(lines)
        if index > first and line.kind in _MISTAKEN and not line.phrase and not line.settled
    ]


def decide(lines: Sequence[Line], scores: Mapping[int, int], limit: int, *, share: int) -> Decision:
    """Return which lines below ``limit`` go, and which above it are text after all; ``scores`` are by index.

    A list goes by two thirds of its lines; of a short one under a line that ends in a colon, which
    announces it, only lines far below the limit count. The words of lines that go or are no text, each
    by the square of its probability to be text, may be ``share`` thousandths of all words; the most
    doubtful lines beyond stay.
    """
    unspaced = is_unspaced(lines)
    solid = [line.solid for line in lines]
    scenes = _scenes(lines, solid)
    low: set[int] = set()
    aside: set[int] = set()
    text: list[int] = []
    for index, score in scores.items():
        line = lines[index]
        if index in scenes:
            continue
        if line.kind not in BODY_KINDS and score >= limit + _margin(line):
            text.append(index)
        elif score < limit and _may_go(line, limit - score, unspaced) and not _is_guarded(lines, index, solid):
            low.add(index)
        elif line.kind in _MISTAKEN or (line.kind is BlockKind.STANDFIRST and score < limit - _STANDFIRST_MARGIN):
            aside.add(index)
    _spare_lists(lines, low, {index for index in low if scores[index] < limit - _MARGIN})
    restored = _doubtful(lines, scores, low, aside, share)
    text.extend([index for index in restored - low if lines[index].kind not in BODY_KINDS])
    labels = [index for index in aside - restored if lines[index].kind in BODY_KINDS]
    return Decision(tuple(sorted(low - restored)), tuple(sorted(text)), tuple(sorted(labels)), bool(restored))


def _margin(line: Line) -> int:
    if line.kind is BlockKind.HEADLINE:
        return _SENTENCE_MARGIN if line.ends_sentence else _HEADLINE_MARGIN
    return _NAME_MARGIN if line.kind in (BlockKind.SOURCE, BlockKind.BYLINE) else 0


def _scenes(lines: Sequence[Line], solid: Sequence[bool]) -> frozenset[int]:
    """Captions of a topic, a colon and what is to be seen, alone between full paragraphs; many of them are headings."""
    found = [
        index
        for index in range(1, len(lines) - 1)
        if lines[index].kind is BlockKind.CAPTION and solid[index - 1] and solid[index + 1]
    ]
    return frozenset(found if len(found) <= _MOST_SCENES else ())


def _is_guarded(lines: Sequence[Line], index: int, solid: Sequence[bool]) -> bool:
    """A full sentence close to a solid paragraph, a short one between two, or what somebody says.

    Or a word or three alone over a solid paragraph: a heading. Titles of other stories are longer, menus come in rows.
    """
    line = lines[index]
    below = any(solid[index + 1 : index + 2])
    if line.ends_sentence:
        if line.words >= SENTENCE_WORDS:
            return any(solid[max(0, index - _CLOSE) : index + _CLOSE + 1])
        return (below and index > 0 and solid[index - 1]) or (line.text[0] in _OPENING and line.text[-1] in _CLOSING)
    if line.words > _HEADING_WORDS or not below:
        return False
    return index == 0 or lines[index - 1].ends_sentence or lines[index - 1].words > LONGEST_TITLE


def _may_go(line: Line, below: int, unspaced: bool) -> bool:
    if line.kind is BlockKind.LABEL:
        if below <= _MARGIN:
            return False
    elif line.kind not in BODY_KINDS or line.kind is BlockKind.STANDFIRST:
        return False
    if unspaced and (line.ends_sentence or line.words > _UNSPACED_WORDS):
        return False
    return not (line.ends_sentence and line.words >= _GUARD_WORDS)


def _spare_lists(lines: Sequence[Line], low: set[int], far_below: set[int]) -> None:
    begin = 0
    for is_list, members in groupby(lines, key=_is_list_item):
        end = begin + sum(1 for _ in members)
        if is_list:
            announced = end - begin <= _ANNOUNCED and begin > 0 and lines[begin - 1].text.endswith(_COLONS)
            own = set(range(begin, end)) & (far_below if announced else low)
            low.difference_update(range(begin, end))
            if len(own) * 3 >= (end - begin) * 2:
                low |= own
        begin = end


def _is_list_item(line: Line) -> bool:
    return line.kind is BlockKind.LIST_ITEM


def _doubtful(lines: Sequence[Line], scores: Mapping[int, int], low: set[int], aside: set[int], share: int) -> set[int]:
    """The most doubtful of the lines that go or are no text, as many as are more than may be lost."""
    out = sorted(low | aside)
    losses = {index: lines[index].words * _belief(scores[index]) for index in out}
    spent = sum(losses.values()) - sum([line.words for line in lines]) * share
    restored: set[int] = set()
    if spent <= 0:
        return restored
    for index in sorted(out, key=lambda one: (-scores[one], one)):
        restored.add(index)
        spent -= losses[index]
        if spent <= 0:
            break
    return restored


def _belief(score: int) -> int:
    """How far a score speaks for text: the square of its probability, in thousandths."""
    return _BELIEF[min(max((score + _BELIEF_FROM) // _BELIEF_STEP, 0), len(_BELIEF) - 1)]
