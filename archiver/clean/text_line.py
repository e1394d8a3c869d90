"""One line of a plain text as the earlier steps left it, and what is told of it by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from archiver.clean.match import LineMatch
from archiver.clean.parts import RULES, Typed
from archiver.clean.rule import STRENGTH_ORDER
from archiver.clean.shape import LONG_WORDS, SOLID_WORDS, Shape
from archiver.model.article import BlockKind
from archiver.model.verdict import Category

#: Rules that know a line by its own words; what they say stands whatever the lines around it are.
SETTLED = frozenset(
    f"text.{name}@1" for name in "date byline dateline credit caption note author_note author-note".split()
)
#: The kinds of such lines.
_SETTLED_KINDS = frozenset(
    {
        BlockKind.BYLINE,
        BlockKind.DATE,
        BlockKind.DATELINE,
        BlockKind.CAPTION,
        BlockKind.CREDIT,
        BlockKind.NOTE,
        BlockKind.AUTHOR_NOTE,
    }
)
_CODES = {rule: number for number, rule in enumerate(RULES)}
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
_SIGN = re.compile("[|·•»›→>©@#/+&$€£%*]")
_ENDS = {".": 1, "。": 1, "।": 1, "۔": 1, "．": 1, "!": 2, "！": 2, "?": 3, "？": 3, "؟": 3, ":": 4, "：": 4, "…": 5}
_ENDS.update(dict.fromkeys(",;،؛，、；", 6) | dict.fromkeys(")]）】", 7) | dict.fromkeys("\"'”’»“«」", 8))
_CLOSED, _CLOSED_SENTENCE = 7, 9
#: Letters of longer lines are not counted: what they begin with and hold of signs tells nothing.
_LONGEST_COUNTED = 400
_first = itemgetter(0)
#: So many characters of a beginning make two lines alike.
_SAME = 10
#: So many lines above and below are asked for others of the same make.
_ALIKE_REACH = 6

#: What is told of a line by itself, in order.
OWN = tuple(
    """
    words chars word_length end ends_sentence bullet first capitals digits signs commas common part phrase repeated
    repeated_form same_start alike
    """.split()
)


class Line(NamedTuple):
    """One line of a plain text as the earlier steps left it."""

    text: str
    words: int
    ends_sentence: bool
    bullet: bool
    kind: BlockKind
    phrase: int
    """0 for no prompt, 1 for a hint, 2 for a likely one, 3 for a sure one."""
    rule: str = "text.paragraph@1"
    """By which it is of its kind."""
    prompt: Category | None = None
    """What the prompt is for."""

    @property
    def settled(self) -> bool:
        """Whether it is known by its own words for a part that is no text."""
        return self.rule in SETTLED and self.kind in _SETTLED_KINDS

    @property
    def solid(self) -> bool:
        """Whether it is a paragraph beyond doubt, and no prompt."""
        full = self.words >= LONG_WORDS or (self.ends_sentence and self.words >= SOLID_WORDS)
        return full and self.phrase < 3 and self.rule not in SETTLED


def line_of(text: str, shape: Shape, part: Typed, phrase: LineMatch | None) -> Line:
    """Return a block of a plain text with the part and the prompt that earlier steps found."""
    if phrase is None:
        return Line(text, shape.words, shape.ends_sentence, shape.bullet, part.kind, 0, part.rule)
    strength = STRENGTH_ORDER[phrase.strength] + 1
    return Line(text, shape.words, shape.ends_sentence, shape.bullet, part.kind, strength, part.rule, phrase.category)


def words_of(text: str) -> list[str]:
    """Return the words of a line in lower case."""
    return _WORD.findall(text.lower())


def last_sign(text: str) -> int:
    """Return a number for the sign that a line ends with, 0 for a letter or digit."""
    return _ENDS.get(text[-1], 0)


def own_columns(lines: Sequence[Line], tokens: Sequence[list[str]], common: frozenset[str]) -> list[list[int]]:
    """Return a row of :data:`OWN` for each line; ``common`` are the commonest words of the text."""
    texts = [line.text for line in lines]
    forms = [_NUMBER.sub("0", text) if len(text) <= _LONGEST_COUNTED else text for text in texts]
    beginnings = [text[:_SAME] for text in texts]
    repeated = Counter(texts)
    repeated_form = Counter(forms)
    starts = Counter(beginnings)
    rows = []
    makes = []
    is_common = common.__contains__
    for line, words, form, beginning in zip(lines, tokens, forms, beginnings, strict=True):
        text = line.text
        length = len(text)
        count = len(words) or 1
        begin = text[0]
        end = _ENDS.get(text[-1], 0)
        if end >= _CLOSED and line.ends_sentence and length > 1:
            end = _CLOSED_SENTENCE
        code = _CODES.get(line.rule, len(_CODES))
        first = 1 if begin.islower() else 2 if begin.isupper() else 3 if begin.isdecimal() else 4 * begin.isalpha()
        shared = sum(map(is_common, words)) * 32 // count
        if length > _LONGEST_COUNTED:
            capitals, digits, signs = 16, 0, 0
        else:
            capitals = sum(map(str.isupper, map(_first, text.split()))) * 16 // count
            capitals = min(16, capitals)
            digits = 0 if form is text else len(_DIGIT.findall(text)) * 16 // length
            signs = len(_SIGN.findall(text))
        words_seen = line.words
        mean = length * 2 // count
        rows.append(
            [
                min(60, words_seen),
                min(400, length),
                min(40, mean),
                end,
                int(line.ends_sentence),
                int(line.bullet),
                first,
                capitals,
                digits,
                signs,
                min(text.count(","), 8),
                shared,
                code,
                line.phrase,
                min(repeated[text], 12),
                min(repeated_form[form], 12),
                min(starts[beginning], 12),
            ]
        )
        makes.append(((code * 8 + (words_seen // 3 if words_seen < 18 else 5)) * 16 + end) * 8 + first)
    for at, row in enumerate(rows):
        row.append(makes[max(0, at - _ALIKE_REACH) : at + _ALIKE_REACH + 1].count(makes[at]) - 1)
    return rows
