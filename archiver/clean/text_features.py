"""What the line model looks at in a plain text: whole numbers about each line and the lines around it.

No feature knows a word of any language, and none tells how far a line is from the beginning or end
of the file: that would say more of how a text was cut out than of what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from archiver.clean.text_line import OWN, Line, own_columns, words_of
from archiver.clean.text_runs import (
    ROW_WORDS,
    RUN,
    Runs,
    densest,
    is_short,
    run_columns,
    runs_of,
    stretches_of,
    sums_of,
)

#: Scripts without spaces.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
#: Words of a line that are compared with the paragraphs around it are at least so long.
_TELLING_CHARS = 4
#: So many of the commonest words of the long paragraphs are taken for function words.
_COMMON = 24
#: Distances are counted up to so many lines; one more stands for none.
FAR = 12
#: Lines of no more words are compared with the paragraphs around them.
_COMPARED_WORDS = 24
#: A sentence of more words is prose.
_PROSE_WORDS = 7
_NOTHING: frozenset[str] = frozenset()

_NEAR = ("words", "end", "part", "capitals", "common")
_AT = (-1, 1, 2)
_AROUND = tuple(
    """
    to_solid_above to_solid_below words_above words_below solid_above solid_below solids_apart solid_share
    solid_around solid_near short_near stretch stretch_best large_stretch from_stretch in_dense from_dense prose_above
    prose_below prompts_above prompts_below to_run_words echo_all echo_above echo_below echo_next unheard
    """.split()
)
_PAGE = ("page_prompts", "page_short", "page_solids", "page_prose", "page_title_words", "page_parts", "page_repeated")
#: The columns, in order.
NAMES = (*OWN, *(f"{name}{at:+d}" for at in _AT for name in _NEAR), *RUN, *_AROUND, *_PAGE)
_PART, _CAPITALS, _COMMON_AT, _REPEATED = map(OWN.index, ("part", "capitals", "common", "repeated"))
_GROUP_OF = {
    **dict.fromkeys(("words", "chars", "word_length"), "length"),
    **dict.fromkeys(
        ("end", "ends_sentence", "bullet", "first", "capitals", "digits", "signs", "commas"), "how it is written"
    ),
    **dict.fromkeys(("repeated", "repeated_form", "same_start", "alike"), "lines like it"),
    **dict.fromkeys(RUN, "row of short lines"),
    **dict.fromkeys(("common", "echo_all", "echo_above", "echo_below", "echo_next", "unheard"), "words of the text"),
    **dict.fromkeys(("phrase", "prompts_above", "prompts_below"), "prompts"),
    **dict.fromkeys(_PAGE, "the text as a whole"),
    "part": "part by its place",
}
_EDGE = (-1,) * len(_NEAR)


def group_of(name: str) -> str:
    """Return the group, in words for a person, that a column of :data:`NAMES` belongs to."""
    return "neighbours" if name[-2] in "+-" else _GROUP_OF.get(name, "paragraphs around")


def is_unspaced(lines: Sequence[Line]) -> bool:
    """Tell whether the text is in a script that is written without spaces, by its longest lines."""
    some = "".join(sorted([line.text for line in lines], key=len)[-3:])
    return not some.isascii() and len(_UNSPACED.findall(some)) * 3 > len(some)


def rows(lines: Sequence[Line], wanted: Sequence[int]) -> list[list[int]]:
    """Return one row of :data:`NAMES` for each index of ``wanted``."""
    if not wanted:
        return []
    tokens = [words_of(line.text) for line in lines]
    solid = [index for index, line in enumerate(lines) if line.solid]
    counted: Counter[str] = Counter()
    for index in solid:
        counted.update(tokens[index])
    common = _common_words(counted)
    own = own_columns(lines, tokens, common)
    telling = [
        frozenset([word for word in words if len(word) >= _TELLING_CHARS and word not in common]) for words in tokens
    ]
    echoes = _echoes(lines, telling, solid)
    runs = runs_of(lines)
    of_runs = run_columns(runs, lines, own, echoes, solid)
    near = [_EDGE, *[(row[0], row[3], row[_PART], row[_CAPITALS], row[_COMMON_AT]) for row in own], _EDGE, _EDGE]
    around = _around(lines, runs, solid)
    page = _page(lines, own, len(solid))
    found = []
    for at in wanted:
        of_run = of_runs[runs.of[at]]
        mine = telling[at] if lines[at].words <= _COMPARED_WORDS else _NOTHING
        found.append(
            [
                *own[at],
                *near[at],  # one edge before line 0
                *near[at + 2],
                *near[at + 3],
                *of_run,
                *around(at),
                min(lines[at].words * 32 // (of_run[ROW_WORDS] or 1), 40),
                echoes[at],
                *_heard(mine, telling, at, counted),
                *page,
            ]
        )
    return found


def _common_words(counted: Counter[str]) -> frozenset[str]:
    most = [pair for pair in counted.items() if pair[1] > 1]
    most.sort(key=lambda pair: (-pair[1], pair[0]))
    return frozenset([word for word, _ in most[:_COMMON] if not word.isdecimal()])


def _echoes(lines: Sequence[Line], telling: Sequence[frozenset[str]], solid: Sequence[int]) -> list[int]:
    """Share of the telling words of each line that solid paragraphs hold, in sixteenths; -1 where none are asked."""
    holding: Counter[str] = Counter()
    for index in solid:
        holding.update(telling[index])
    is_solid = set(solid)
    return [
        sum([holding[word] > (at in is_solid) for word in mine]) * 16 // len(mine)
        if mine and lines[at].words <= _COMPARED_WORDS
        else -1
        for at, mine in enumerate(telling)
    ]


def _heard(
    mine: frozenset[str], telling: Sequence[frozenset[str]], at: int, counted: Counter[str]
) -> tuple[int, int, int, int]:
    """Shares of the telling words of a short line that stand above, below, right below it, and in no paragraph."""
    if not mine:
        return (-1, -1, -1, -1)
    size = len(mine)
    above = below = mine
    for other in telling[max(0, at - 3) : at]:
        above = above - other
    following = telling[at + 1 : at + 2]
    next_one = mine - following[0] if following else mine
    below = next_one
    for other in telling[at + 2 : at + 4]:
        below = below - other
    unheard = sum([word not in counted for word in mine])
    return (
        (size - len(above)) * 16 // size,
        (size - len(below)) * 16 // size,
        (size - len(next_one)) * 16 // size,
        unheard * 16 // size,
    )


def _page(lines: Sequence[Line], own: Sequence[Sequence[int]], solids: int) -> tuple[int, ...]:
    """What is told of the text as a whole."""
    count = len(lines)
    short = [line.words for line in lines if is_short(line)]
    words = sum([line.words for line in lines])
    prose = sum([line.words for line in lines if line.ends_sentence and line.words > _PROSE_WORDS])
    return (
        sum([line.phrase > 0 for line in lines]) * 32 // count,
        len(short) * 32 // count,
        min(solids, 20),
        prose * 32 // (words or 1),
        min(sum(short) * 4 // (len(short) or 1), 60),
        sum([line.settled for line in lines]) * 32 // count,
        sum([row[_REPEATED] > 1 for row in own]) * 32 // count,
    )


def _around(lines: Sequence[Line], runs: Runs, solid: Sequence[int]) -> Callable[[int], tuple[int, ...]]:
    """Return what tells how far a line is from the solid paragraphs, and how much prose is around it."""
    count = len(lines)
    words = [line.words for line in lines]
    is_solid = [False] * count
    for index in solid:
        is_solid[index] = True
    words_to = sums_of(words)
    solid_to = sums_of([size if one else 0 for size, one in zip(words, is_solid, strict=True)])
    prose_to = sums_of([line.words if line.ends_sentence and line.words > _PROSE_WORDS else 0 for line in lines])
    prompts_to = sums_of([line.phrase > 0 for line in lines])
    short_to = sums_of([is_short(line) for line in lines])
    above, below = _nearest(solid, count)
    narrow, wide = stretches_of(runs, words_to)
    dense_begin, dense_end = densest(lines)
    best_begin, best_end = wide.span
    all_solid = solid_to[-1] or 1

    def circumstances(at: int) -> tuple[int, ...]:
        upper, lower = above[at], below[at]
        after = at + 1
        four_before, four_after = max(0, at - 4), min(count, at + 5)
        low, high = max(0, at - 15), min(count, at + 16)
        return (
            FAR + 1 if upper < 0 else min(at - upper, FAR),
            FAR + 1 if lower < 0 else min(lower - at, FAR),
            999 if upper < 0 else min(words_to[at] - words_to[upper + 1], 120),
            999 if lower < 0 else min(words_to[lower] - words_to[after], 120),
            -1 if upper < 0 else min(words[upper], 100),
            -1 if lower < 0 else min(words[lower], 100),
            99 if upper < 0 or lower < 0 else min(lower - upper, 40),
            solid_to[at] * 32 // all_solid,
            min((solid_to[min(count, at + 31)] - solid_to[max(0, at - 30)]) // 8, 150),
            (solid_to[high] - solid_to[low]) * 32 // (words_to[high] - words_to[low] or 1),
            short_to[high] - short_to[low],
            min(narrow.words[at], 500),
            narrow.words[at] * 32 // narrow.best,
            wide.words[at] * 32 // wide.best,
            max(-FAR, min(FAR, max(best_begin - at, 0) - max(after - best_end, 0))),
            int(dense_begin <= at < dense_end),
            max(-FAR, min(FAR, max(dense_begin - at, 0) - max(after - dense_end, 0))),
            min(prose_to[at] - prose_to[max(0, at - 3)], 200),
            min(prose_to[min(count, at + 4)] - prose_to[after], 200),
            prompts_to[at] - prompts_to[four_before],
            prompts_to[four_after] - prompts_to[after],
        )

    return circumstances


def _nearest(solid: Sequence[int], count: int) -> tuple[list[int], list[int]]:
    """Nearest solid paragraph above and below each line, -1 for none."""
    above: list[int] = []
    below: list[int] = []
    last = -1
    for one in solid:
        above.extend([last] * (one + 1 - len(above)))
        below.extend([one] * (one - len(below)))
        last = one
    above.extend([last] * (count - len(above)))
    below.extend([-1] * (count - len(below)))
    return above, below
