"""Follows many patterns over folded text at once, a character at a time, as one finite automaton.

The deterministic states are made when text first asks for them and kept for the next line (lazy
determinisation, as in RE2). There is no backtracking: the time for one line is bounded by its length
times the length of the patterns, whatever a user writes. What is kept changes no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archiver.clean.chart import END, Chart, Slot

#: Signs between the words of a prompt and between prompts. Not among them: ``©`` and ``*`` (they carry a
#: rule), digits, letters, ``%`` and signs of currency, ``@`` and ``#`` (they begin names).
SEPARATORS = (
    " .,:;!?¿¡()[]{}<>|/\\\"'~_=+&-•·●○◦▪■□▶►▸▹▷◀◄◂▼▾▽▲▴△→←↑↓⇒⟶➜➔➤➝➡⬇⬅×✕✖✓✔★☆、。・،؛؟…‥〈〉《》【】〔〕〜~↗↘⌄⌃^"
)

SEPARATOR_CLASS = "".join(re.escape(sign) for sign in SEPARATORS)
_IS_SEPARATOR = frozenset(SEPARATORS)
_SKIP = re.compile(f"[{SEPARATOR_CLASS}]*")
#: Digits, and scripts written without spaces: words may follow one another directly.
_LOOSE = re.compile(r"[\d\u2e80-\u9fff\uf900-\ufaff]")
_NUMBER = re.compile(r"\d+(?:[.,' ]\d+)*+(?: ?(?:k|m|tsd|mio)(?!\w))?")
_WORD = re.compile(r"[^\s.,:;!?()\[\]{}<>|/\\\"•·»→©*、。・]++(?:[.,][^\s.,:;!?()\[\]{}<>|/\\\"•·»→©*、。・]++)*+")
#: Characters of a spaceless script that one word may have.
_MAX_SPACELESS = 12
_SLOT_WORDS = {Slot.WORD: 1, Slot.WORDS: 6, Slot.NAME: 4}

#: Instead of an offset in a literal: a separator must come first; a separator may come first.
_DUE, _FREE = -1, -2
#: States that are kept; text of any kind asks for a few thousand.
_MAX_STATES = 20_000


def skip_separators(text: str, position: int) -> int:
    """Return the first position at or after ``position`` that holds no separator."""
    return _SKIP.match(text, position).end()  # type: ignore[union-attr]  # an empty match always succeeds


def is_loose(text: str, position: int) -> bool:
    """Return whether the character at ``position`` is a digit or of a script written without spaces."""
    return 0 <= position < len(text) and _LOOSE.match(text, position) is not None


class _Stop(NamedTuple):
    """Where a look at the next characters is needed: a slot, or the end of a pattern behind a sign."""

    leaf: int
    """A slot, or END."""
    tag: int
    gap: bool
    sign: str


#: What is expected next: a literal and the offset in it (or _DUE, _FREE); or a literal and the sign to be met
#: before it, whether a separator is due besides, whether the sign was met, whether the last character was a space.
_Place = tuple[int, int] | tuple[int, str, bool, bool, bool]


@dataclass(slots=True, eq=False)
class _State:
    """One deterministic state: a set of places in patterns."""

    places: frozenset[_Place]
    ended: tuple[int, ...]
    """Tags of the patterns of which a match ends here."""
    stops: tuple[_Stop, ...]
    telling: bool
    next: dict[str, _State] = field(default_factory=dict)
    within: dict[str, list[tuple[int, int]]] | None = None
    """Places inside literals by the character they expect; sorted out when a character is first asked for."""
    between: tuple[_Place, ...] = ()
    """The other places."""


_DEAD = _State(frozenset(), (), (), telling=False)


class Automaton:
    """Several patterns; each is known by its number in the sequence that was given."""

    def __init__(self, charts: Sequence[Chart]) -> None:
        self._leaves: list[str | Slot] = []
        self._tags: list[int] = []
        self._links: list[tuple[tuple[int, bool, str], ...]] = []
        self._first: dict[str, list[int]] = {}
        self._first_numbers: list[int] = []
        for tag, chart in enumerate(charts):
            base = len(self._leaves)
            self._leaves += chart.leaves
            self._tags += [tag] * len(chart.leaves)
            for links in chart.links:
                self._links.append(tuple([(to if to == END else base + to, gap, sign) for to, gap, sign in links]))
            for number in chart.first:
                leaf = chart.leaves[number]
                if isinstance(leaf, Slot):
                    self._first_numbers.append(base + number)
                else:
                    self._first.setdefault(leaf[0], []).append(base + number)
        self._states: dict[tuple[frozenset[_Place], tuple[int, ...], tuple[_Stop, ...]], _State] = {}
        self._after: dict[tuple[tuple[int, ...], bool], _State] = {}
        self._initial = _State(frozenset(), (), (), telling=False)

    def may_begin(self, text: str, start: int, end: int) -> bool:
        """Return whether a match can begin at ``start``, by the characters before ``end``; wrong only in saying yes."""
        state = self._initial
        if self._first_numbers and text[start : start + 1].isdigit():
            return True
        for sign in text[start:end]:
            state = state.next.get(sign) or self._grow(state, sign)
            if state.telling:
                return True
            if not state.places:
                return False
        return True

    def ends(self, text: str, start: int) -> list[tuple[int, int]]:
        """Return pattern number and end of every match from ``start``, in rising order."""
        found: list[tuple[int, int]] = []
        waiting: list[tuple[_Stop, int]] = []
        self._drive(self._initial, text, start, found, waiting)
        if self._first_numbers and text[start : start + 1].isdigit():
            for end in _slot_ends(Slot.NUMBER, start, text):
                self._go_on(tuple(self._first_numbers), end, text, found, waiting)
        if not waiting:
            return sorted(set(found)) if found else found
        done: set[tuple[_Stop, int]] = set()
        while waiting:
            stop, position = one = waiting.pop()
            if one in done:
                continue
            done.add(one)
            at = _reach(text, position, stop.gap, stop.sign)
            if at < 0:
                continue
            if stop.leaf == END:
                found.append((stop.tag, at))
                continue
            slot = self._leaves[stop.leaf]
            assert isinstance(slot, Slot)
            for end in _slot_ends(slot, at, text):
                self._go_on((stop.leaf,), end, text, found, waiting)
        return sorted(set(found))

    def _go_on(
        self,
        slots: tuple[int, ...],
        end: int,
        text: str,
        found: list[tuple[int, int]],
        waiting: list[tuple[_Stop, int]],
    ) -> None:
        """Follow what comes after ``slots``, which were all filled up to ``end``."""
        state = self._behind(slots, free=text[end - 1] == " " or is_loose(text, end - 1))
        found += [(tag, end) for tag in state.ended]
        waiting += [(then, end) for then in state.stops]
        self._drive(state, text, end, found, waiting)

    def _drive(
        self, state: _State, text: str, start: int, found: list[tuple[int, int]], waiting: list[tuple[_Stop, int]]
    ) -> None:
        for at, sign in enumerate(text[start:] if start else text, start + 1):
            state = state.next.get(sign) or self._grow(state, sign)
            if state.telling:
                found += [(tag, at) for tag in state.ended]
                waiting += [(stop, at) for stop in state.stops]
            if not state.places:
                return

    def _grow(self, state: _State, sign: str) -> _State:
        """Return the state after ``state`` on the character ``sign``."""
        build = _Build(self._leaves, self._tags, self._links)
        if state is self._initial:
            for leaf in self._first.get(sign, ()):
                build.advance(leaf, 1)
        else:
            if state.within is None:
                self._sort_out(state)
            assert state.within is not None
            for leaf, offset in state.within.get(sign, ()):
                build.advance(leaf, offset + 1)
            if state.between:
                build.step(state.between, sign)
            if not (build.places or build.ended or build.stops):
                state.next[sign] = _DEAD
                return _DEAD
        following = state.next[sign] = self._state(build)
        return following

    def _sort_out(self, state: _State) -> None:
        within: dict[str, list[tuple[int, int]]] = {}
        between: list[_Place] = []
        for place in state.places:
            if len(place) == 2 and place[1] >= 0:
                literal = self._leaves[place[0]]
                assert isinstance(literal, str)
                within.setdefault(literal[place[1]], []).append(place)
            else:
                between.append(place)
        state.within, state.between = within, tuple(between)

    def _behind(self, slots: tuple[int, ...], *, free: bool) -> _State:
        """Return the state just after ``slots``; ``free`` says that no separator is needed before what follows."""
        state = self._after.get((slots, free))
        if state is None:
            build = _Build(self._leaves, self._tags, self._links)
            for leaf in slots:
                build.follow(leaf, free=free)
            state = self._after[slots, free] = self._state(build)
        return state

    def _state(self, build: _Build) -> _State:
        key = (frozenset(build.places), tuple(sorted(build.ended)), tuple(dict.fromkeys(build.stops)))
        state = self._states.get(key)
        if state is None:
            if len(self._states) >= _MAX_STATES:
                self._states.clear()
                self._after.clear()
                self._initial.next.clear()
            state = self._states[key] = _State(*key, telling=bool(key[1] or key[2]))
        return state


class _Build:
    """A state that is being put together."""

    def __init__(
        self, leaves: list[str | Slot], tags: list[int], links: list[tuple[tuple[int, bool, str], ...]]
    ) -> None:
        self._leaves, self._tags, self._links = leaves, tags, links
        self.places: set[_Place] = set()
        self.ended: set[int] = set()
        self.stops: list[_Stop] = []

    def step(self, places: Iterable[_Place], sign: str) -> None:
        """Go on from ``places``, none of them inside a literal, over one character."""
        separator = sign in _IS_SEPARATOR
        loose = _LOOSE.match(sign) is not None
        for place in places:
            leaf = place[0]
            literal = self._leaves[leaf]
            assert isinstance(literal, str)
            if len(place) == 5:
                _, wanted, due, met, spaced = place
                if separator:
                    self.places.add((leaf, wanted, due, met or sign == wanted, sign == " "))
                elif met and (not due or spaced or loose) and literal[0] == sign:
                    self.advance(leaf, 1)
            elif separator:
                self.places.add((leaf, _FREE))
            elif (place[1] == _FREE or loose) and literal[0] == sign:
                self.advance(leaf, 1)

    def advance(self, leaf: int, offset: int) -> None:
        """Take note that ``offset`` characters of a literal have been read."""
        literal = self._leaves[leaf]
        assert isinstance(literal, str)
        if offset < len(literal):
            self.places.add((leaf, offset))
        else:
            self.follow(leaf, free=is_loose(literal, len(literal) - 1))

    def follow(self, leaf: int, *, free: bool) -> None:
        """Go on behind a leaf that is complete."""
        for to, gap, sign in self._links[leaf]:
            if to == END and not sign:
                self.ended.add(self._tags[leaf])
            elif to == END or isinstance(self._leaves[to], Slot):
                self.stops.append(_Stop(to, self._tags[leaf], gap, sign))
            elif sign:
                self.places.add((to, sign, gap, False, False))
            elif gap:
                self.places.add((to, _FREE if free else _DUE))
            else:
                self.places.add((to, 0))


def _reach(text: str, position: int, gap: bool, sign: str) -> int:
    """Return where the next text begins once what must stand before it has been passed, -1 where it is missing."""
    if not gap and not sign:
        return position
    at = skip_separators(text, position)
    if sign and sign not in text[position:at]:
        return -1
    before = at if sign else position
    if gap and at == before and text[before - 1] != " " and not (is_loose(text, at) or is_loose(text, at - 1)):
        return -1
    return at


def _slot_ends(slot: Slot, position: int, text: str) -> list[int]:
    if slot is Slot.ANY:
        return [len(text)] if skip_separators(text, position) < len(text) else []
    if slot is Slot.NUMBER:
        number = _NUMBER.match(text, position)
        return [number.end()] if number else []
    ends: list[int] = []
    for _ in range(_SLOT_WORDS[slot]):
        word = _WORD.match(text, position)
        if not word or (slot is Slot.NAME and not word[0][0].isalpha()):
            break
        if is_loose(text, word.start()) and not word[0].isdigit():
            # No spaces to go by: any short run of characters may be the word.
            ends += range(word.start() + 1, min(word.end(), word.start() + _MAX_SPACELESS) + 1)
        ends.append(word.end())
        position = skip_separators(text, word.end())
        if position == word.end():
            break
    return ends
