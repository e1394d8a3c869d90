"""How near an extracted text is to gold: words, runs of four words, snippets; and how sure a difference is."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import NamedTuple, TypeVar

T = TypeVar("T")

#: A word; in scripts without spaces (kana, Han) each character is one.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_ROUNDS = 1000


class Score(NamedTuple):
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def words(text: str) -> list[str]:
    """Return the words of ``text``, case folded."""
    return _WORD.findall(text.casefold())


def word_score(gold: str, found: str) -> Score:
    """Compare as bags of words: order does not count."""
    return _overlap(Counter(words(gold)), Counter(words(found)))


def gram_score(gold: str, found: str, *, size: int = 4) -> Score:
    """Compare as bags of runs of ``size`` words: order counts within a run. A shorter text is one run."""
    return _overlap(_grams(words(gold), size), _grams(words(found), size))


def _grams(said: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    if not said:
        return Counter()
    return Counter(tuple(said[start : start + size]) for start in range(max(1, len(said) - size + 1)))


def _overlap(gold: Counter, found: Counter) -> Score:
    if not gold or not found:
        return Score(1.0, 1.0) if not gold and not found else Score(0.0, 0.0)
    both = (gold & found).total()
    return Score(both / found.total(), both / gold.total())


class Snippets(NamedTuple):
    """Counts of given passages: those that must be in the text and are, and those that must not and are not."""

    there: int
    wanted: int
    gone: int
    banned: int


def snippet_counts(wanted: Sequence[str], banned: Sequence[str], found: str) -> Snippets:
    """Look for passages with white space made single. An empty answer leaves nothing out on purpose: all missed."""
    text = " ".join(found.split())
    if not text:
        return Snippets(0, len(wanted), 0, len(banned))
    there = sum(" ".join(one.split()) in text for one in wanted)
    gone = sum(" ".join(one.split()) not in text for one in banned)
    return Snippets(there, len(wanted), gone, len(banned))


def snippet_accuracy(counts: Sequence[Snippets]) -> float:
    """Return the share of passages that are where they belong, over all pages."""
    right = sum(one.there + one.gone for one in counts)
    total = sum(one.wanted + one.banned for one in counts)
    return right / total if total else 0.0


def worst_tenth(scores: Sequence[Score]) -> float:
    """Return the mean F1 of the tenth of the pages that came out worst, of one page at least."""
    ordered = sorted(score.f1 for score in scores)
    return fmean(ordered[: max(1, len(ordered) // 10)])


def under_half(scores: Sequence[Score]) -> float:
    """Return the share of pages of which less than half of the gold was found."""
    return sum(score.recall < 0.5 for score in scores) / len(scores)


def mean_f1(scores: Sequence[Score]) -> float:
    """Return the mean of the pages' F1."""
    return fmean(score.f1 for score in scores)


def f1_of_means(scores: Sequence[Score]) -> float:
    """Return the F1 of mean precision and mean recall."""
    return Score(fmean(score.precision for score in scores), fmean(score.recall for score in scores)).f1


def interval(ours: Sequence[T], theirs: Sequence[T], measure: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """Return the 95 % interval of ``measure(ours) - measure(theirs)`` when the same pages are drawn again and again."""
    draw = random.Random(1)
    pages = range(len(ours))
    gains = []
    for _ in range(_ROUNDS):
        drawn = draw.choices(pages, k=len(pages))
        gains.append(measure([ours[page] for page in drawn]) - measure([theirs[page] for page in drawn]))
    gains.sort()
    return gains[int(_ROUNDS * 0.025)], gains[int(_ROUNDS * 0.975) - 1]
