"""The learned half of stripping plain text: a tree model names the lines that no phrase rule knows.

docs/text-model.md tells how it was trained and what guards it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby

from archiver.clean.shape import SENTENCE_WORDS
from archiver.clean.text_features import FAR, FURNITURE, LONGEST_TITLE, NAMES, Line, is_unspaced, rows
from archiver.clean.trees import compile_trees
from archiver.model.article import BlockKind
from archiver.model.verdict import Action, Category, Profile, Verdict

RULE = "text.lines@1"
#: A sentence of this many words never goes by the model.
_GUARD_WORDS = 25
#: Strength of a prompt that needs no second opinion.
_SURE = 3
#: A full sentence so many lines from a solid paragraph, or nearer, is text.
_CLOSE = 3
_HEADING_WORDS = 3
_COLONS = (":", "：")
#: With fewer solid paragraphs there is no telling what the lines around them are.
_LEAST_SOLID = 2
#: Lines of this many words are long; of all their words at most such a share may go, in hundredths.
_LONG_WORDS, _LONG_SHARE = 12, 20
#: A text in a script without spaces loses nothing longer than this (words are estimated at two characters).
_UNSPACED_WORDS = 20
#: Up to so many words a line in a row of such lines is of a menu; more, up to the second, make a title.
_NAV_WORDS, _TITLE_WORDS = 4, 24
#: Titles begin with a capital, a digit, or a letter of a script without capitals.
_TITLE_BEGINS = (2, 3, 4)
_LEAST_RUN = 3
#: What a verdict weighs by the profile whose limit it is under.
_BALANCED_WEIGHT, _GENEROUS_WEIGHT = 100, 60
_FIRST, _RUN, _ABOVE, _BELOW = map(NAMES.index, ("first", "run", "to_solid_above", "to_solid_below"))


@dataclass(frozen=True, slots=True)
class TextModel:
    """Boosted decision trees over :data:`archiver.clean.text_features.NAMES` (see benchmarks/train_text.py)."""

    score: Callable[..., int]
    """Sum of the leaves that a row falls into: log-odds times a scale; the higher, the more like article text."""
    balanced: int
    """A line with a score below it goes."""
    generous: int
    """The same for the profile that removes more; never below ``balanced``."""
    digest: str = ""
    """SHA-256 of the data file, hexadecimal."""


@cache
def load_model() -> TextModel:
    """Return the model that ships with archiver; it is read once.

    Raises ValueError where data file and features do not belong together.
    """
    data = resources.files("archiver.clean").joinpath("text_model.json").read_bytes()
    plain = json.loads(data)
    if tuple(plain["features"]) != NAMES:
        raise ValueError("text_model.json was trained on other features; run benchmarks/train_text.py")
    limits = plain["limits"]
    digest = hashlib.sha256(data).hexdigest()
    return TextModel(compile_trees(plain["trees"], len(NAMES)), limits["balanced"], limits["generous"], digest)


def line_verdicts(
    lines: Sequence[Line], *, profile: Profile, model: TextModel | None = None
) -> tuple[Verdict | None, ...]:
    """Return for each line of a text the model's verdict against it, or None where it has none or may not speak.

    ``model`` is the one that ships, if it is not given.
    """
    nothing: tuple[Verdict | None, ...] = (None,) * len(lines)
    if profile is Profile.STRICT or not is_scorable(lines):
        return nothing
    used = model or load_model()
    wanted = candidates(lines)
    found = dict(zip(wanted, rows(lines, wanted), strict=True))
    scores = {index: used.score(*row) for index, row in found.items()}
    going = under_limit(scores, lines, used.balanced)
    if profile is Profile.GENEROUS:
        # After what goes anyway, so that the share is spent on that first.
        going += [index for index in under_limit(scores, lines, used.generous) if index not in set(going)]
    verdicts = list(nothing)
    for index in within_share(going, lines):
        row, score = found[index], scores[index]
        weight = _BALANCED_WEIGHT if score < used.balanced else _GENEROUS_WEIGHT
        evidence = _evidence(lines[index], row, score)
        verdicts[index] = Verdict(RULE, Action.REMOVE, weight, _category(lines, index, row), evidence)
    return tuple(verdicts)


def is_scorable(lines: Sequence[Line]) -> bool:
    """Tell whether the model may speak of a text.

    It needs two solid paragraphs, and long lines that end in signs which archiver knows for ends of sentences.
    """
    if sum(line.solid for line in lines) < _LEAST_SOLID:
        return False
    long = [line for line in lines if line.words >= _GUARD_WORDS]
    return sum(line.ends_sentence for line in long) * 2 >= len(long)


def candidates(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the lines that the model may remove."""
    unspaced = is_unspaced(lines)
    solid = [line.solid for line in lines]
    return [
        index
        for index, line in enumerate(lines)
        if line.kind not in FURNITURE
        and line.kind is not BlockKind.STANDFIRST
        and line.phrase < _SURE
        and not (line.ends_sentence and line.words >= _GUARD_WORDS)
        and not (unspaced and (line.ends_sentence or line.words > _UNSPACED_WORDS))
        and not _is_text(line, index, solid)
        and not _is_heading(lines, index, solid)
    ]


def _is_text(line: Line, index: int, solid: Sequence[bool]) -> bool:
    """A full sentence close to a solid paragraph."""
    sentence = line.ends_sentence and line.words >= SENTENCE_WORDS
    return sentence and any(solid[max(0, index - _CLOSE) : index + _CLOSE + 1])


def _is_heading(lines: Sequence[Line], index: int, solid: Sequence[bool]) -> bool:
    """A word or three alone over a solid paragraph: titles of other stories are longer, menus come in rows."""
    line = lines[index]
    if line.ends_sentence or line.words > _HEADING_WORDS or not any(solid[index + 1 : index + 2]):
        return False
    return index == 0 or lines[index - 1].ends_sentence or lines[index - 1].words > LONGEST_TITLE


def under_limit(scores: Mapping[int, int], lines: Sequence[Line], limit: int) -> list[int]:
    """Return the indexes with a score below ``limit``, lowest first.

    A list goes by two thirds of its lines, and stays under a line that ends in a colon, which announces it.
    """
    low = {index for index, score in scores.items() if score < limit}
    begin = 0
    for is_list, members in groupby(lines, key=_is_list_item):
        end = begin + sum(1 for _ in members)
        announced = begin > 0 and lines[begin - 1].text.endswith(_COLONS)
        few = sum(index in low for index in range(begin, end)) * 3 < (end - begin) * 2
        if is_list and (announced or few):
            low.difference_update(range(begin, end))
        begin = end
    return sorted(low, key=lambda index: (scores[index], index))


def _is_list_item(line: Line) -> bool:
    return line.kind is BlockKind.LIST_ITEM


def within_share(ranked: Sequence[int], lines: Sequence[Line]) -> list[int]:
    """Cut a ranking of indexes off before more than the permitted share of the words of long lines is gone."""
    left = sum(line.words for line in lines if line.words >= _LONG_WORDS) * _LONG_SHARE // 100
    for place, index in enumerate(ranked):
        if lines[index].words >= _LONG_WORDS:
            left -= lines[index].words
        if left < 0:
            return list(ranked[:place])
    return list(ranked)


def _category(lines: Sequence[Line], index: int, row: Sequence[int]) -> Category:
    """Name what a line is by its prompt or those around it, or by its shape."""
    line = lines[index]
    above = lines[index - 1].prompt if index else None
    between = above is not None and any(one.prompt is not None for one in lines[index + 1 : index + 2])
    prompt = line.prompt or (above if between else None)
    if prompt is not None:
        return prompt
    if line.ends_sentence:
        return Category.STRUCTURE
    if _NAV_WORDS < line.words <= _TITLE_WORDS and row[_FIRST] in _TITLE_BEGINS and not line.bullet:
        return Category.RELATED
    if line.words <= _NAV_WORDS and row[_RUN] >= _LEAST_RUN:
        return Category.NAV
    return Category.STRUCTURE


def _evidence(line: Line, row: Sequence[int], score: int) -> str:
    shape = "a sentence" if line.ends_sentence else "no full stop"
    run = f"one of {row[_RUN]} such lines in a row, " if row[_RUN] > 1 else ""
    above, below = (_distance(row[column]) for column in (_ABOVE, _BELOW))
    return f"{line.words} words, {shape}, {run}full paragraph {above} above and {below} below; scored {score}"


def _distance(lines: int) -> str:
    return f"{lines} lines" if lines <= FAR else "none"
