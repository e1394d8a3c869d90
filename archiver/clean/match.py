"""Matches lines against phrase rules: a line goes when it is made of prompts from end to end.

Most lines of an article are turned away after a look at their first characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archiver.clean.automaton import SEPARATORS, is_loose, skip_separators
from archiver.clean.fold import fold
from archiver.clean.pattern import MIN_GLUED
from archiver.clean.pattern_index import Hit, PatternGroup, PatternIndex, hits
from archiver.clean.rule import STRENGTH_ORDER, Rule, Scope, Strength, Zone
from archiver.model.verdict import Category

#: Folded characters beyond which no line is a run of prompts.
MAX_LINE = 400
#: Raw characters beyond which a line is not even folded.
_MAX_RAW = 800
#: Of a line with more raw characters than this, so many are folded first, and so many folded ones are looked at.
_PREFIX, _LOOK = 48, 24
_MAX_START = 300
#: Signs that separate prompts only with a space beside them.
_TIES = ("-", "'")
#: So many prompts that occur only beside others are needed when no other kind is among them.
_MIN_PARTS = 3


@dataclass(frozen=True, slots=True)
class LineMatch:
    """A line that is made of prompts."""

    rules: tuple[Rule, ...]
    """One for each prompt, in the order of the line."""
    matched: tuple[str, ...]
    """The folded words that each rule matched."""
    glued: bool
    """Several prompts stand in the line."""
    telling: int = field(init=False)
    """Number of the longest prompt, the first of them if several are."""
    strength: Strength = field(init=False)
    """That of the weakest prompt."""
    category: Category = field(init=False)
    """That of the longest prompt."""
    zone: Zone = field(init=False)
    """Where the line may be believed to be a prompt: the zone that all rules with one share, else any."""

    def __post_init__(self) -> None:
        lengths = [len(words) for words in self.matched]
        telling = lengths.index(max(lengths))
        category = self.rules[telling].category
        assert category is not None
        zones = {rule.zone for rule in self.rules} - {Zone.ANY}
        object.__setattr__(self, "telling", telling)
        object.__setattr__(
            self, "strength", min((rule.strength for rule in self.rules), key=STRENGTH_ORDER.__getitem__)
        )
        object.__setattr__(self, "category", category)
        object.__setattr__(self, "zone", zones.pop() if len(zones) == 1 else Zone.ANY)


class _Step(NamedTuple):
    """The best way found to cover a line up to a place."""

    rule: Rule
    start: int
    end: int
    rank: tuple[int, int, int]
    """Strength of the weakest prompt, then fewer prompts, then the rules that come first."""


class Matcher:
    """Phrase rules of some languages, ready to be asked; holds no state and may be shared between threads."""

    def __init__(self, rules: Sequence[Rule] = (), *, indexes: Sequence[PatternIndex] = ()) -> None:
        """Match ``rules``, and those of ``indexes`` that were made before."""
        known = (*indexes, PatternIndex(rules)) if rules else indexes
        self._prompts = tuple(index.prompts for index in known)
        self._protected = tuple(index.protected for index in known)

    def match(self, text: str) -> LineMatch | None:
        """Return the prompts that make up ``text`` (one line), or None when anything is left over.

        A line that a protecting rule knows (:meth:`protect`) is no match.
        """
        if len(text) > _MAX_RAW or not _may_begin(text, self._prompts):
            return None
        folded = fold(text)
        start = skip_separators(folded, 0)
        if start == len(folded) or len(folded) > MAX_LINE:
            return None
        first = hits(self._prompts, folded, start)
        if not first:
            return None
        found = self._cover(folded, start, first) or _label(folded, start, first)
        return None if found is None or self._protecting(folded, start, len(folded)) else found

    def protect(self, text: str) -> Rule | None:
        """Return the rule that knows ``text`` for a credit, caption, note or author's note, or None."""
        if not _may_begin(text, self._protected):
            return None
        # How a long line begins is all that counts, so its end need not be folded.
        folded = fold(text[:_MAX_START])
        start = skip_separators(folded, 0)
        return self._protecting(folded, start, max(len(folded), len(text) if len(text) > _MAX_START else 0))

    def contains(self, text: str) -> tuple[Rule, ...]:
        """Return the rules whose prompts stand in ``text`` as whole words, without asking that they cover it.

        For explaining why a line was kept; slower than :meth:`match`. Each rule once, in the order of the text.
        """
        folded = fold(text)
        found: dict[str, Rule] = {}
        for position in range(len(folded)):
            if skip_separators(folded, position) > position or not _begins_word(folded, position):
                continue
            for _, rule, end in hits(self._prompts, folded, position):
                if rule.scope is not Scope.START and _ends_word(folded, end) and end - position <= rule.max_chars:
                    found.setdefault(rule.id, rule)
        return tuple(found.values())

    def _protecting(self, folded: str, start: int, length: int) -> Rule | None:
        if start == len(folded):
            return None
        for _, rule, end in hits(self._protected, folded, start):
            if length > rule.max_chars:
                continue
            if rule.scope is Scope.START:
                if _ends_label(folded, end):
                    return rule
            elif length == len(folded) and skip_separators(folded, end) == length:
                return rule
        return None

    def _cover(self, folded: str, start: int, first: list[Hit]) -> LineMatch | None:
        steps = _cover(self._prompts, folded, start, first, (Scope.LINE, Scope.PART))
        if steps and len(steps) < _MIN_PARTS and all(step.rule.scope is Scope.PART for step in steps):
            steps = _cover(self._prompts, folded, start, first, (Scope.LINE,))
        if not steps:
            return None
        rules = tuple(step.rule for step in steps)
        return LineMatch(rules, tuple(folded[step.start : step.end] for step in steps), glued=len(steps) > 1)


def _may_begin(text: str, groups: Sequence[PatternGroup]) -> bool:
    """Look at the first characters of a long line alone, so that a paragraph costs next to nothing."""
    if len(text) <= _PREFIX:
        return True
    prefix = fold(text[:_PREFIX])
    start = skip_separators(prefix, 0)
    # Where signs and spaces fill the beginning, only the whole line can tell.
    if len(prefix) - start < _LOOK:
        return True
    return any(group.may_begin(prefix, start, start + _LOOK) for group in groups)


def _label(folded: str, start: int, first: list[Hit]) -> LineMatch | None:
    """Return the prompt that begins the line and explains all that comes after it, such as “Read more: …”."""
    best: tuple[int, int, int] | None = None
    rule: Rule | None = None
    for number, one, end in first:
        if one.scope is not Scope.START or len(folded) > one.max_chars or not _ends_label(folded, end):
            continue
        found = (STRENGTH_ORDER[one.strength], -number, end)
        if best is None or found > best:
            best, rule = found, one
    if best is None or rule is None:
        return None
    return LineMatch((rule,), (folded[start : best[2]],), glued=False)


def _cover(
    groups: Sequence[PatternGroup], folded: str, start: int, first: list[Hit], scopes: tuple[Scope, ...]
) -> list[_Step]:
    """Return the best row of prompts from ``start`` to the end of the line, empty if there is none; ``first`` begin it.

    Places are settled from left to right, each once, so the work is bounded whatever the rules are.
    """
    best: dict[int, _Step] = {}
    waiting = {start}
    while waiting:
        position = min(waiting)
        waiting.remove(position)
        if position == len(folded):
            break
        glued = position > start and skip_separators(folded, position - 1) == position - 1
        before = best.get(position)
        rank = before.rank if before else (len(STRENGTH_ORDER), 0, 0)
        for number, rule, end in first if position == start else hits(groups, folded, position):
            if rule.scope not in scopes or end - position > rule.max_chars:
                continue
            if (glued and not _may_glue(folded, position, end)) or _joined(folded, end):
                continue
            after = skip_separators(folded, end)
            if after == end < len(folded) and not _may_glue(folded, position, end):
                continue
            step_rank = (min(rank[0], STRENGTH_ORDER[rule.strength]), rank[1] - 1, rank[2] - number)
            if after not in best or step_rank > best[after].rank:
                best[after] = _Step(rule, position, end, step_rank)
                waiting.add(after)
    return _trace(best, start, len(folded))


def _trace(best: dict[int, _Step], start: int, end: int) -> list[_Step]:
    steps: list[_Step] = []
    position = end
    while position in best:
        step = best[position]
        steps.append(step)
        position = step.start
    return steps[::-1] if position == start else []


def _may_glue(folded: str, start: int, end: int) -> bool:
    """Return whether a prompt may touch its neighbour with no sign between them."""
    return end - start >= MIN_GLUED or is_loose(folded, end - 1) or is_loose(folded, start)


def _joined(folded: str, end: int) -> bool:
    """Return whether a hyphen or apostrophe ties what ends here to the next letters into one word."""
    return folded[end : end + 1] in _TIES and folded[end + 1 : end + 2].isalpha()


def _begins_word(folded: str, position: int) -> bool:
    return position == 0 or is_loose(folded, position) or skip_separators(folded, position - 1) > position - 1


def _ends_word(folded: str, end: int) -> bool:
    return is_loose(folded, end - 1) or _ends_label(folded, end)


def _ends_label(folded: str, end: int) -> bool:
    """Return whether a sign or the end of the line follows, in any script."""
    return end == len(folded) or folded[end] in SEPARATORS or folded[end - 1] in SEPARATORS


def covers(rule: Rule, text: str) -> bool:
    """Return whether ``rule`` by itself matches the line ``text``; for scope ``part``, as one prompt."""
    if rule.scope is not Scope.PART:
        matcher = Matcher([rule])
        return (matcher.protect(text) if rule.keeps else matcher.match(text)) is not None
    folded = fold(text)
    ends = {end for pattern in rule.patterns for end in pattern.ends(folded, skip_separators(folded, 0))}
    return len(folded) <= rule.max_chars and any(skip_separators(folded, end) == len(folded) for end in ends)
