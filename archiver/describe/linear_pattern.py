"""Regular expressions of strangers, searched in time that grows with the text and no faster.

Python's own engine tries one way after another; a pattern such as ``^(a+)+$`` makes it try more ways than
anybody can wait for. Patterns that could do so are searched here by following all ways at once (Thompson,
“Regular expression search algorithm”, 1968), remembering where each character led (a lazy automaton).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from math import prod
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: More states than these are refused: each costs time with every character.
MAX_STATES = 2000
#: A repeat of more than this counts as one without end.
_MANY = 16
_FEW_WAYS = 1000
_ENDLESS = 10**9
_REMEMBERED = 10_000
#: In the parse tree of :mod:`re`.
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}

_Test = Callable[[str], bool]


class NotSearchableError(ValueError):
    """The pattern could take for ever, and says what can only be searched that way."""


def searcher(pattern: str) -> re.Pattern[str] | LinearPattern:
    """Return something whose ``search(text)`` takes time in proportion to the text.

    ``$`` means the very end (ECMA-262 section 22.2.2.4). Raises NotSearchableError, and re.error,
    OverflowError or RecursionError for what is no pattern.
    """
    tree = parse_pattern(pattern)
    if is_quick(tree):
        return _compiled(pattern)
    return LinearPattern(tree)


def parse_pattern(pattern: str) -> Any:
    """Return the parse tree of :mod:`re`; raises re.error, OverflowError or RecursionError."""
    return parser.parse(pattern)


def is_quick(tree: Any) -> bool:
    """Tell whether Python's own engine has few ways to try, and at most one repeat to try them at every length of."""
    items = list(tree)
    anchored = bool(items) and items[0][0] is sre.AT and items[0][1] in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING)
    ways, repeats = _ways(items)
    # Without an anchor it begins anew at every character.
    return ways <= _FEW_WAYS and repeats <= (1 if anchored else 0)


def _ways(items: Iterable[Any]) -> tuple[int, int]:
    """Return in how many ways the engine can go through at most, and how many long repeats there are besides."""
    ways, repeats = 1, 0
    for operation, argument in items:
        if operation in (*_REPEATS, sre.POSSESSIVE_REPEAT):
            more, inner = _ways_of_repeat(*argument)
        elif operation is sre.BRANCH:
            branches = [_ways(branch) for branch in argument[1]]
            more, inner = sum(one for one, _ in branches), sum(count for _, count in branches)
        elif operation in (sre.GROUPREF, sre.GROUPREF_EXISTS):
            more, inner = 1, 1
        else:
            parts = argument if isinstance(argument, tuple | list) else (argument,)
            within = [_ways(part) for part in parts if isinstance(part, parser.SubPattern)]
            more, inner = prod(one for one, _ in within), sum(count for _, count in within)
        ways, repeats = min(ways * more, _ENDLESS), repeats + inner
    return ways, repeats


def _ways_of_repeat(least: int, most: int, part: Any) -> tuple[int, int]:
    ways, repeats = _ways(part)
    if most > _MANY:
        return (1, 1) if ways == 1 and not repeats else (_ENDLESS, 1)
    if repeats and most > 1:
        return _ENDLESS, repeats
    return min(sum(ways**times for times in range(least, most + 1)), _ENDLESS), repeats


class LinearPattern:
    """A pattern as an automaton; built once, searched many times."""

    def __init__(self, tree: Any) -> None:
        if tree.state.flags & ~(re.UNICODE):
            raise NotSearchableError("flags within a pattern that repeats in more than one place")
        self._tests: list[_Test | None] = []
        self._ways: list[list[int]] = []
        self._conditions: dict[int, Any] = {}
        start, self._end = self._state(), self._state()
        self._sequence(list(tree), start, self._end)
        self._anew = self._closure([start], at_start=False, at_end=False)
        self._first = self._closure([start], at_start=True, at_end=False)
        self._memory: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def search(self, text: str) -> bool:
        """Tell whether the pattern is found anywhere in ``text``."""
        here = self._first
        for char in text:
            if self._end in here:
                return True
            known = self._memory.get((here, char))
            if known is None:
                known = self._after(here, char)
            here = known
        return self._end in self._closure(here, at_start=not text, at_end=True)

    def _after(self, here: frozenset[int], char: str) -> frozenset[int]:
        passed = [self._ways[state][0] for state in here if (test := self._tests[state]) is not None and test(char)]
        after = self._closure(passed, at_start=False, at_end=False) | self._anew
        if len(self._memory) >= _REMEMBERED:
            self._memory.clear()
        self._memory[here, char] = after
        return after

    def _closure(self, states: Iterable[int], *, at_start: bool, at_end: bool) -> frozenset[int]:
        """Return all states that are reached without another character."""
        found: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state in found:
                continue
            found.add(state)
            condition = self._conditions.get(state)
            if condition is not None and not (at_start if condition == "start" else at_end):
                continue
            if self._tests[state] is None:
                waiting += self._ways[state]
        return frozenset(found)

    def _state(self, test: _Test | None = None) -> int:
        if len(self._tests) >= MAX_STATES:
            raise NotSearchableError(f"a pattern of more than {MAX_STATES} states")
        self._tests.append(test)
        self._ways.append([])
        return len(self._tests) - 1

    def _sequence(self, items: list[Any], start: int, end: int) -> None:
        here = start
        for operation, argument in items:
            after = self._state()
            self._part(operation, argument, here, after)
            here = after
        self._ways[here].append(end)

    def _part(self, operation: Any, argument: Any, start: int, end: int) -> None:
        if operation in _REPEATS:
            self._repeat(argument, start, end)
        elif operation is sre.BRANCH:
            for branch in argument[1]:
                self._sequence(list(branch), start, end)
        elif operation is sre.SUBPATTERN and not argument[1] and not argument[2]:
            self._sequence(list(argument[3]), start, end)
        elif operation is sre.AT and argument in _PLACES:
            state = self._state()
            self._conditions[state] = _PLACES[argument]
            self._ways[start].append(state)
            self._ways[state].append(end)
        else:
            state = self._state(_test_of(operation, argument))
            self._ways[start].append(state)
            self._ways[state].append(end)

    def _repeat(self, argument: Any, start: int, end: int) -> None:
        least, most, part = argument
        here = start
        for _ in range(least):
            after = self._state()
            self._sequence(list(part), here, after)
            here = after
        if most is sre.MAXREPEAT:
            turn = self._state()
            self._ways[here].append(turn)
            again = self._state()
            self._sequence(list(part), turn, again)
            self._ways[again].append(turn)
            self._ways[turn].append(end)
            return
        for _ in range(most - least):
            self._ways[here].append(end)
            after = self._state()
            self._sequence(list(part), here, after)
            here = after
        self._ways[here].append(end)


_PLACES = {
    sre.AT_BEGINNING: "start",
    sre.AT_BEGINNING_STRING: "start",
    sre.AT_END: "end",
    sre.AT_END_STRING: "end",
}


def _test_of(operation: Any, argument: Any) -> _Test:
    if operation is sre.LITERAL:
        return lambda char: ord(char) == argument
    if operation is sre.NOT_LITERAL:
        return lambda char: ord(char) != argument
    if operation is sre.ANY:
        return lambda char: char != "\n"
    if operation is sre.IN:
        negated = argument[0][0] is sre.NEGATE
        tests = [_member(*item) for item in argument[negated:]]
        return lambda char: any(test(char) for test in tests) != negated
    raise NotSearchableError(f"{str(operation).lower()} within a pattern that repeats in more than one place")


def _member(operation: Any, argument: Any) -> _Test:
    if operation is sre.RANGE:
        low, high = argument
        return lambda char: low <= ord(char) <= high
    if operation is sre.CATEGORY:
        matches = re.compile(_CATEGORIES[argument]).match
        return lambda char: matches(char) is not None
    return _test_of(operation, argument)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        pattern = pattern[:-1] + r"\Z"
    return re.compile(pattern)
