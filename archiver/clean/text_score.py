"""The learned half of stripping plain text: a tree model tells lines of the article from others.

docs/text-model.md tells how it was trained and what guards it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from archiver.clean.parts import Typed
from archiver.clean.text_decide import decide, is_prose, is_scorable, scored, untold
from archiver.clean.text_features import FAR, NAMES, group_of, rows
from archiver.clean.text_line import Line
from archiver.clean.text_runs import LONGEST_TITLE
from archiver.clean.trees import Stage, asked, compile_staged, contributions
from archiver.model.article import BlockKind
from archiver.model.document import Notice
from archiver.model.verdict import Action, Category, Profile, Verdict

RULE = "text.lines@1"
#: Of a line that its place made a caption, label or byline, and that is text by its score.
TEXT_RULE = "text.scored@1"
#: Up to so many words a line in a row of such lines is of a menu; more, up to the second, make a title.
_NAV_WORDS, _TITLE_WORDS = 4, 24
#: Titles begin with a capital, a digit, or a letter of a script without capitals.
_TITLE_BEGINS = (2, 3, 4)
_LEAST_RUN = 3
#: What a verdict weighs by the profile whose limit it is under.
_BALANCED_WEIGHT, _GENEROUS_WEIGHT = 100, 60
#: So many thousandths of all words may be lost, as far as the scores can tell.
SHARES = {Profile.STRICT: 12, Profile.BALANCED: 12, Profile.GENEROUS: 50}
_FIRST, _RUN, _ABOVE, _BELOW = map(NAMES.index, ("first", "run", "to_solid_above", "to_solid_below"))
#: A notice of this code says that only sure rules are to be believed.
FEW_PARAGRAPHS = "text.few-paragraphs"
_FEW_PARAGRAPHS = Notice(FEW_PARAGRAPHS, "fewer than two full paragraphs: lines were judged by sure phrase rules alone")
_DOUBTED = Notice(
    "text.doubtful-lines", "more words looked like leftovers than can be trusted: the most doubtful lines were kept"
)
_UNTOLD = Typed(BlockKind.PARAGRAPH, TEXT_RULE, "too few full paragraphs to tell what else it would be", doubtful=True)


@dataclass(frozen=True, slots=True)
class TextModel:
    """Boosted decision trees over :data:`archiver.clean.text_features.NAMES` (see benchmarks/train_text.py)."""

    score: Callable[..., int]
    """Sum of the leaves that a row falls into: log-odds times a scale; the higher, the more like article text."""
    strict: int
    """Above it, ``strict`` believes a line to be text that its place made a caption or label."""
    balanced: int
    """A line with a score below it goes."""
    generous: int
    """The same for the profile that removes more; never below ``balanced``."""
    prose: int = 0
    """What is added to each limit in a text that is prose for the most part."""
    digest: str = ""
    """SHA-256 of the data file, hexadecimal."""
    contributions: Callable[[Sequence[int]], tuple[tuple[str, int], ...]] = lambda _: ()
    """What each group of columns adds to the score of a row, the largest part first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of the lines of a text; verdicts and parts are as long as these."""

    verdicts: tuple[Verdict | None, ...]
    """Against a line, None where it has nothing against it or may not speak."""
    parts: tuple[Typed | None, ...]
    """What a line is, where the model knows better than its place."""
    notices: tuple[Notice, ...] = ()


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
    stages = [Stage(**stage) for stage in plain["stages"]]
    score = compile_staged(plain["trees"], len(NAMES), middle=plain["middle"], stages=stages)
    digest = hashlib.sha256(data).hexdigest()

    def parts(row: Sequence[int]) -> tuple[tuple[str, int], ...]:
        used = asked(plain["trees"], row, middle=plain["middle"], stages=stages)
        return contributions(used, value=row.__getitem__, group=lambda column: group_of(NAMES[column]))

    return TextModel(
        score, limits["strict"], limits["balanced"], limits["generous"], limits["prose"], digest, contributions=parts
    )


def read_lines(lines: Sequence[Line], *, profile: Profile, model: TextModel | None = None) -> Reading:
    """Return which lines go and which are text after all; ``model`` is the one that ships, if it is not given."""
    verdicts: list[Verdict | None] = [None] * len(lines)
    parts: list[Typed | None] = [None] * len(lines)
    if not is_scorable(lines):
        for index in untold(lines):
            parts[index] = _UNTOLD
        return Reading(tuple(verdicts), tuple(parts), (_FEW_PARAGRAPHS,))
    used = model or load_model()
    wanted = scored(lines)
    found = dict(zip(wanted, rows(lines, wanted), strict=True))
    scores = {index: used.score(*row) for index, row in found.items()}
    more = used.prose if is_prose(lines) else 0
    limit = {Profile.STRICT: used.strict, Profile.BALANCED: used.balanced, Profile.GENEROUS: used.generous}[profile]
    limit += more
    decision = decide(lines, scores, limit, share=SHARES[profile])
    for index in decision.text:
        parts[index] = _as_text(lines, index, scores[index])
    for index in decision.labels:
        parts[index] = Typed(
            BlockKind.LABEL, TEXT_RULE, f"no text by the lines around it; scored {scores[index]}", True
        )
    if profile is Profile.STRICT:
        return Reading(tuple(verdicts), tuple(parts))
    for index in decision.gone:
        weight = _BALANCED_WEIGHT if scores[index] < used.balanced + more else _GENEROUS_WEIGHT
        verdicts[index] = _verdict(lines, index, found[index], scores[index], weight)
    return Reading(tuple(verdicts), tuple(parts), (_DOUBTED,) if decision.doubted else ())


def score_parts(lines: Sequence[Line]) -> dict[int, tuple[tuple[str, int], ...]]:
    """Return for each line that the model scores what each group of columns adds, the largest part first.

    Keys are indexes of lines, parts thousandths of log-odds; for a person who asks, so it is slow.
    """
    if not is_scorable(lines):
        return {}
    wanted = scored(lines)
    parts = load_model().contributions
    return {index: parts(row) for index, row in zip(wanted, rows(lines, wanted), strict=True)}


def _as_text(lines: Sequence[Line], index: int, score: int) -> Typed:
    line = lines[index]
    kind = BlockKind.PARAGRAPH
    if line.bullet:
        kind = BlockKind.LIST_ITEM
    elif (
        not line.ends_sentence
        and line.words <= LONGEST_TITLE
        and any(one.solid for one in lines[index + 1 : index + 2])
    ):
        kind = BlockKind.HEADING
    return Typed(kind, TEXT_RULE, f"text by the lines around it; scored {score}", doubtful=True)


def _verdict(lines: Sequence[Line], index: int, row: Sequence[int], score: int, weight: int) -> Verdict:
    return Verdict(RULE, Action.REMOVE, weight, _category(lines, index, row), _evidence(lines[index], row, score))


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
