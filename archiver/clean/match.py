"""Matches lines against phrase rules: a line goes when it is made of prompts from end to end.

Most lines of an article are turned away after a look at their first two characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.clean.automaton import SEPARATORS, is_loose, skip_separators
from archiver.clean.fold import fold
from archiver.clean.pattern import LONGEST_HEAD, MIN_GLUED, Pattern
from archiver.clean.rule import STRENGTH_ORDER, Rule, Scope, Strength, Zone
from archiver.model.verdict import Category

#: Folded characters beyond which no line is a run of prompts.
MAX_LINE = 400
#: Raw characters beyond which a line is not even folded.
_MAX_RAW = 800
#: Raw characters that are enough to see how a line begins.
_PREFIX = 40
_MAX_START = 300
#: Characters by which patterns are found.
_KEY_LENGTHS = (6, 4, 2, 1)
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

    @property
    def strength(self) -> Strength:
        """That of the weakest prompt."""
        return min((rule.strength for rule in self.rules), key=STRENGTH_ORDER.__getitem__)

    @property
    def category(self) -> Category:
        """That of the longest prompt, the first of them if several are."""
        rule = self.rules[max(range(len(self.rules)), key=lambda number: len(self.matched[number]))]
        assert rule.category is not None
        return rule.category

    @property
    def zone(self) -> Zone:
        """Where the line may be believed to be a prompt: the zone that all rules with one share, else any."""
        zones = {rule.zone for rule in self.rules} - {Zone.ANY}
        return zones.pop() if len(zones) == 1 else Zone.ANY


@dataclass(frozen=True, slots=True)
class _Entry:
    """One pattern of one rule in the index."""

    rule: Rule
    pattern: Pattern
    order: int


@dataclass(frozen=True, slots=True)
class _Step:
    """The best way found to cover a line up to a place."""

    entry: _Entry
    start: int
    end: int
    rank: tuple[int, int, int]
    """Strength of the weakest prompt, then fewer prompts, then the rules that come first."""


class _Index:
    """Patterns by the first characters they can begin with."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        order = 0
        for rule in rules:
            for pattern in rule.patterns:
                order += 1
                for key in sorted({_key(head) for head in pattern.heads + pattern.first_words}):
                    self._entries[key].append(_Entry(rule, pattern, order))
        self._entries = dict(self._entries)
        self._lengths = tuple(sorted({len(key) for key in self._entries}, reverse=True))

    def at(self, text: str, position: int) -> list[_Entry]:
        """Return the patterns that may match at ``position``."""
        found: list[_Entry] = []
        for length in self._lengths:
            found += self._entries.get(text[position : position + length], ())
        if text[position].isdigit():
            found += self._entries.get("#", ())
        return found


def _key(head: str) -> str:
    """Return as much of ``head`` as the index tells apart: few patterns share four letters, or two signs of Chinese."""
    return next(head[:length] for length in _KEY_LENGTHS if len(head) >= length)


class Matcher:
    """Phrase rules of some languages, ready to be asked; holds no state and may be shared between threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        removing = [rule for rule in rules if rule.keeps is None]
        self._tokens = _Index(rule for rule in removing if rule.scope is not Scope.START)
        self._whole = _Index(rule for rule in removing if rule.scope is Scope.LINE)
        self._starts = _Index(rule for rule in removing if rule.scope is Scope.START)
        self._protected = _Index(rule for rule in rules if rule.keeps is not None)

    def match(self, text: str) -> LineMatch | None:
        """Return the prompts that make up ``text`` (one line), or None when anything is left over.

        A line that a protecting rule knows (:meth:`protect`) is no match.
        """
        if len(text) > _MAX_RAW or not self._may_begin(text, self._tokens, self._starts):
            return None
        folded = fold(text)
        start = skip_separators(folded, 0)
        if start == len(folded) or len(folded) > MAX_LINE or self._protecting(folded, start, len(folded)):
            return None
        return self._cover(folded, start) or self._start(folded, start)

    def protect(self, text: str) -> Rule | None:
        """Return the rule that knows ``text`` for a credit, caption, note or author's note, or None."""
        if not self._may_begin(text, self._protected):
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
            for entry in self._tokens.at(folded, position):
                ends = entry.pattern.ends(folded, position)
                if any(_ends_word(folded, end) and end - position <= entry.rule.max_chars for end in ends):
                    found.setdefault(entry.rule.id, entry.rule)
        return tuple(found.values())

    def _may_begin(self, text: str, *indexes: _Index) -> bool:
        """Look at the first characters alone, so that a paragraph costs next to nothing."""
        prefix = fold(text[:_PREFIX])
        start = skip_separators(prefix, 0)
        if len(text) > _PREFIX and len(prefix) - start < LONGEST_HEAD:
            # Signs and spaces fill the beginning: only the whole line can tell.
            return True
        if start == len(prefix):
            return False
        return any(entry.pattern.may_begin(prefix, start) for index in indexes for entry in index.at(prefix, start))

    def _protecting(self, folded: str, start: int, length: int) -> Rule | None:
        if start == len(folded):
            return None
        for entry in self._protected.at(folded, start):
            if length > entry.rule.max_chars:
                continue
            ends = entry.pattern.ends(folded, start)
            if entry.rule.scope is Scope.START:
                if any(_ends_label(folded, end) for end in ends):
                    return entry.rule
            elif length == len(folded) and any(skip_separators(folded, end) == length for end in ends):
                return entry.rule
        return None

    def _start(self, folded: str, start: int) -> LineMatch | None:
        best: tuple[int, int, _Entry, int] | None = None
        for entry in self._starts.at(folded, start):
            if len(folded) > entry.rule.max_chars:
                continue
            ends = [end for end in entry.pattern.ends(folded, start) if _ends_label(folded, end)]
            if ends:
                found = (STRENGTH_ORDER[entry.rule.strength], -entry.order, entry, ends[-1])
                best = found if best is None or found[:2] > best[:2] else best
        if best is None:
            return None
        return LineMatch((best[2].rule,), (folded[start : best[3]],), glued=False)

    def _cover(self, folded: str, start: int) -> LineMatch | None:
        steps = _cover(self._tokens, folded, start)
        if steps and len(steps) < _MIN_PARTS and all(step.entry.rule.scope is Scope.PART for step in steps):
            steps = _cover(self._whole, folded, start)
        if not steps:
            return None
        rules = tuple(step.entry.rule for step in steps)
        return LineMatch(rules, tuple(folded[step.start : step.end] for step in steps), glued=len(steps) > 1)


def _cover(index: _Index, folded: str, start: int) -> list[_Step]:
    """Return the best row of prompts from ``start`` to the end of the line, empty if there is none.

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
        for entry in index.at(folded, position):
            for end in entry.pattern.ends(folded, position):
                if end - position > entry.rule.max_chars or (glued and not _may_glue(folded, position, end)):
                    continue
                if _joined(folded, end):
                    continue
                after = skip_separators(folded, end)
                if after == end < len(folded) and not _may_glue(folded, position, end):
                    continue
                strength = min(rank[0], STRENGTH_ORDER[entry.rule.strength])
                step_rank = (strength, rank[1] - 1, rank[2] - entry.order)
                if after not in best or step_rank > best[after].rank:
                    best[after] = _Step(entry, position, end, step_rank)
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
