"""What the line model looks at in a plain text: whole numbers about each line and the lines around it.

No feature knows a word of any language, and none tells how far a line is from the beginning or end
of the file: that would say more of how a text was cut out than of what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.clean.match import LineMatch
from archiver.clean.rule import STRENGTH_ORDER
from archiver.clean.shape import LONG_WORDS, SOLID_WORDS, shape_of
from archiver.model.article import BlockKind
from archiver.model.document import RawBlock
from archiver.model.verdict import Category

_KINDS = {kind: number for number, kind in enumerate(BlockKind)}
#: Parts of an article that are no text of it and stay whatever the lines around them are.
FURNITURE = frozenset(
    {
        BlockKind.HEADLINE,
        BlockKind.BYLINE,
        BlockKind.DATE,
        BlockKind.DATELINE,
        BlockKind.SOURCE,
        BlockKind.CAPTION,
        BlockKind.CREDIT,
        BlockKind.NOTE,
        BlockKind.AUTHOR_NOTE,
    }
)
#: Scripts without spaces, and the kinds of letters.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d")
_ENDS = {".": 1, "。": 1, "।": 1, "۔": 1, "．": 1, "!": 2, "！": 2, "?": 3, "？": 3, "؟": 3, ":": 4, "：": 4, "…": 5}
_ENDS.update(dict.fromkeys(",;،؛，、；", 6) | dict.fromkeys(")]）】", 7) | dict.fromkeys("\"'”’»“«」", 8))
_SIGNS = frozenset("|·•»›→>©@#/+")
#: Words of a line that are compared with the paragraphs around it are at least so long.
_TELLING_CHARS = 4
#: So many of the commonest words of the long paragraphs are taken for function words.
_COMMON = 24
#: Distances are counted up to so many lines; one more stands for none.
FAR = 12
#: Short lines of a row are no longer; the row ends at a longer line or a full stop.
LONGEST_TITLE = 14
#: Lines of no more words are compared with the paragraphs around them.
_COMPARED_WORDS = 24
_REACH = 3

_OWN = tuple(
    """
    words chars word_length end ends_sentence bullet first capitals digits signs commas common kind phrase gap
    repeated same_start inner_ends
    """.split()
)
_NEAR = ("words", "end", "kind", "phrase", "capitals", "common")
_AT = (-2, -1, 1, 2)
_AROUND = tuple(
    """
    run run_at run_left run_words run_prompts run_ended to_solid_above to_solid_below words_above words_below
    solid_share_above solid_near segment segment_best in_dense from_dense prose_above prose_below echo_above
    echo_below echo_all echo_title shorter_than_run prompts_above prompts_below page_prompts page_short
    unspaced
    """.split()
)
#: The columns, in order.
NAMES = (*_OWN, *(f"{name}{at:+d}" for at in _AT for name in _NEAR), *_AROUND)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the earlier steps left it."""

    text: str
    words: int
    ends_sentence: bool
    bullet: bool
    kind: BlockKind
    phrase: int
    """0 for no prompt, 1 for a hint, 2 for a likely one, 3 for a sure one."""
    gap: int = 0
    prompt: Category | None = None
    """What the prompt is for."""

    @property
    def solid(self) -> bool:
        """Whether it is a paragraph beyond doubt, and no prompt."""
        full = (self.ends_sentence and self.words >= SOLID_WORDS) or self.words >= LONG_WORDS
        return full and self.phrase < 3 and self.kind not in FURNITURE


def line_of(raw: RawBlock, kind: BlockKind, phrase: LineMatch | None) -> Line:
    """Return a block of a plain text with the kind and the prompt that earlier steps found."""
    shape = shape_of(raw.text)
    strength = STRENGTH_ORDER[phrase.strength] + 1 if phrase else 0
    prompt = phrase.category if phrase else None
    return Line(raw.text, shape.words, shape.ends_sentence, shape.bullet, kind, strength, raw.gap_before, prompt)


def is_unspaced(lines: Sequence[Line]) -> bool:
    """Tell whether the text is in a script that is written without spaces, by its longest lines."""
    some = "".join(sorted((line.text for line in lines), key=len)[-3:])
    return not some.isascii() and len(_UNSPACED.findall(some)) * 3 > len(some)


def rows(lines: Sequence[Line], wanted: Sequence[int]) -> list[list[int]]:
    """Return one row of :data:`NAMES` for each index of ``wanted``."""
    count = len(lines)
    tokens = [_WORD.findall(line.text.lower()) for line in lines]
    solid = [index for index in range(count) if lines[index].solid]
    common = _common_words(tokens, solid)
    repeated = Counter(line.text for line in lines)
    starts = Counter(line.text[:10] for line in lines)
    own = [
        _own(line, words, common, repeated[line.text], starts[line.text[:10]])
        for line, words in zip(lines, tokens, strict=True)
    ]
    near = [(row[0], row[3], row[12], row[13], row[7], row[11]) for row in own]
    edge = (-1, -1, -1, -1, -1, -1)
    near = [edge, edge, *near, edge, edge]
    around = _around(lines, tokens, common, solid)
    return [
        [*own[at], *near[at], *near[at + 1], *near[at + 3], *near[at + 4], *around(at)]  # two edges before line 0
        for at in wanted
    ]


def _common_words(tokens: Sequence[list[str]], solid: Sequence[int]) -> frozenset[str]:
    counted: Counter[str] = Counter()
    for index in solid:
        counted.update(tokens[index])
    ranking = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return frozenset(word for word, times in ranking[:_COMMON] if times > 1 and not word.isdecimal())


def _own(line: Line, tokens: list[str], common: frozenset[str], repeated: int, starts: int) -> list[int]:
    text = line.text
    size = max(1, len(tokens))
    long = len(text) > 400
    begin = text[0]
    end = _ENDS.get(text[-1], 0)
    if end >= 7 and len(text) > 1 and line.ends_sentence:
        end = 9
    capitals = 16 if long else sum(map(str.isupper, map(_first, text.split()))) * 16 // size
    return [
        min(line.words, 60),
        min(len(text), 400),
        min(len(text) * 2 // size, 40),
        end,
        int(line.ends_sentence),
        int(line.bullet),
        1 if begin.islower() else 2 if begin.isupper() else 3 if begin.isdecimal() else 4 if begin.isalpha() else 0,
        min(capitals, 16),
        0 if long else min(len(_DIGITS.findall(text)) * 16 // len(text), 16),
        0 if long else sum(map(_SIGNS.__contains__, text)),
        min(text.count(","), 8),
        sum(map(common.__contains__, tokens)) * 32 // size,
        _KINDS[line.kind],
        line.phrase,
        min(line.gap, 3),
        min(repeated, 4),
        min(starts, 6),
        min(text.count(". ") + text.count("? ") + text.count("! "), 4),
    ]


def _first(word: str) -> str:
    return word[0]


def _around(
    lines: Sequence[Line], tokens: Sequence[list[str]], common: frozenset[str], solid: Sequence[int]
) -> Callable[[int], list[int]]:
    """Return what tells the circumstances of the line at an index."""
    count = len(lines)
    short = [not line.ends_sentence and line.words <= LONGEST_TITLE for line in lines]
    runs = _runs(short)
    words_to = _sums([line.words for line in lines])
    solid_to = _sums([line.words if line.solid else 0 for line in lines])
    prose_to = _sums([line.words if line.ends_sentence and line.words > 7 else 0 for line in lines])
    prompts_to = _sums([line.phrase > 0 for line in lines])
    ended_to = _sums([line.ends_sentence for line in lines])
    above, below = _nearest(solid, count)
    dense = _densest(lines)
    segment_of, best = _segments(lines, short, words_to)
    telling = [frozenset(word for word in own if len(word) >= _TELLING_CHARS and word not in common) for own in tokens]
    everything: Counter[str] = Counter()
    for index in solid:
        everything.update(telling[index])
    title = next((telling[index] for index, line in enumerate(lines) if line.kind is BlockKind.HEADLINE), frozenset())
    unspaced = int(is_unspaced(lines))
    prompt_share = prompts_to[-1] * 32 // count
    short_share = sum(short) * 32 // count

    def between(sums: Sequence[int], first: int, last: int) -> int:
        return sums[min(count, last)] - sums[max(0, first)]

    def circumstances(at: int) -> list[int]:
        begin, end = runs[at]
        size = end - begin
        upper, lower = above[at], below[at]
        mean = between(words_to, begin, end) * 4 // size
        mine = telling[at] if lines[at].words <= _COMPARED_WORDS else frozenset()
        from_dense = max(dense[0] - at, 0) - max(at + 1 - dense[1], 0)
        return [
            min(size, 20),
            min(at - begin, FAR),
            min(end - 1 - at, FAR),
            min(mean, 100),
            between(prompts_to, begin, end) * 16 // size,
            min(between(ended_to, begin - 1, end + 1), 4),
            FAR + 1 if upper < 0 else min(at - upper, FAR),
            FAR + 1 if lower < 0 else min(lower - at, FAR),
            999 if upper < 0 else min(between(words_to, upper + 1, at), 120),
            999 if lower < 0 else min(between(words_to, at + 1, lower), 120),
            solid_to[at] * 32 // (solid_to[-1] or 1),
            between(solid_to, at - 4, at + 5) * 32 // (between(words_to, at - 4, at + 5) or 1),
            min(segment_of[at], 500),
            segment_of[at] * 32 // (best or 1),
            int(dense[0] <= at < dense[1]),
            max(-FAR, min(FAR, from_dense)),
            min(between(prose_to, at - 3, at), 200),
            min(between(prose_to, at + 1, at + 4), 200),
            _echo(mine, telling[max(0, at - _REACH) : at]),
            _echo(mine, telling[at + 1 : at + 1 + _REACH]),
            sum(everything[word] > (word in telling[at] and lines[at].solid) for word in mine) * 16 // (len(mine) or 1),
            len(mine & title) * 16 // (len(mine) or 1),
            min(lines[at].words * 32 // (mean or 1), 40),
            between(prompts_to, at - 4, at),
            between(prompts_to, at + 1, at + 5),
            prompt_share,
            short_share,
            unspaced,
        ]

    return circumstances


def _sums(values: Sequence[int]) -> list[int]:
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _runs(short: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last+1 of the run of lines, short or not, that each line is one of."""
    found: list[tuple[int, int]] = []
    begin = 0
    for index in range(1, len(short) + 1):
        if index == len(short) or short[index] != short[begin]:
            found.extend([(begin, index)] * (index - begin))
            begin = index
    return found


def _nearest(solid: Sequence[int], count: int) -> tuple[list[int], list[int]]:
    """Nearest solid paragraph above and below each line, -1 for none."""
    above, below = [-1] * count, [-1] * count
    for one in solid:
        if one + 1 < count:
            above[one + 1] = one
        if one:
            below[one - 1] = one
    for index in range(1, count):
        if above[index] < 0:
            above[index] = above[index - 1]
        if below[-1 - index] < 0:
            below[-1 - index] = below[-index]
    return above, below


def _densest(lines: Sequence[Line]) -> tuple[int, int]:
    """The stretch with most prose in it for the short lines that it holds."""
    best, current, begin = 0, 0, 0
    span = (0, 0)
    for index, line in enumerate(lines):
        if current <= 0:
            current, begin = 0, index
        prose = (line.ends_sentence and line.words > 7) or line.words >= LONG_WORDS
        current += min(line.words, 80) if prose and line.phrase < 2 else -8
        if current > best:
            best, span = current, (begin, index + 1)
    return span


def _segments(lines: Sequence[Line], short: Sequence[bool], words_to: Sequence[int]) -> tuple[list[int], int]:
    """Words of the prose in the stretch that each line lies in, and those of the best one; three short lines part."""
    count = len(lines)
    parts = [False] * count
    for begin, end in dict.fromkeys(_runs(short)):
        if short[begin] and end - begin >= 3:
            parts[begin:end] = [True] * (end - begin)
    found = [0] * count
    best = 0
    for begin, end in dict.fromkeys(_runs(parts)):
        if not parts[begin]:
            size = words_to[end] - words_to[begin]
            found[begin:end] = [size] * (end - begin)
            best = max(best, size)
    return found, best


def _echo(mine: frozenset[str], others: Sequence[frozenset[str]]) -> int:
    """Share of the telling words of a short line that stand in the lines beside it, in sixteenths; -1 without any."""
    if not mine:
        return -1
    left = mine
    for other in others:
        left = left - other
    return (len(mine) - len(left)) * 16 // len(mine)
