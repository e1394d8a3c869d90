"""The patterns of some rules, followed together; matchers of several languages share those of English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archiver.clean.automaton import Automaton
from archiver.clean.rule import Rule

#: Number of a pattern, its rule, and where a match of it ends.
Hit = tuple[int, Rule, int]


class PatternIndex:
    """Prompts and protected lines of some rules; patterns are numbered from ``first_number`` in the order given."""

    def __init__(self, rules: Sequence[Rule], *, first_number: int = 0) -> None:
        self.prompts = PatternGroup([rule for rule in rules if rule.keeps is None], first_number)
        self.protected = PatternGroup([rule for rule in rules if rule.keeps is not None], first_number)


class PatternGroup:
    """The patterns of one kind of rules as one automaton."""

    def __init__(self, rules: Iterable[Rule], first_number: int) -> None:
        patterns = [(rule, pattern) for rule in rules for pattern in rule.patterns]
        self._rules = [rule for rule, _ in patterns]
        self._first = first_number
        self._automaton = Automaton([pattern.chart for _, pattern in patterns])

    def may_begin(self, text: str, start: int, end: int) -> bool:
        """Return whether a pattern can begin at ``start``, as :meth:`Automaton.may_begin` tells."""
        return self._automaton.may_begin(text, start, end)

    def at(self, text: str, position: int) -> list[Hit]:
        """Return every match in folded ``text`` from ``position``, in the order of the patterns."""
        ends = self._automaton.ends(text, position)
        return [(self._first + number, self._rules[number], end) for number, end in ends] if ends else []


def hits(groups: Sequence[PatternGroup], text: str, position: int) -> list[Hit]:
    """Return the matches of all ``groups`` from ``position``, in their order."""
    found: list[Hit] = []
    for group in groups:
        found += group.at(text, position)
    return found
