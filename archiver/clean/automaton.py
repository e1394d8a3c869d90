"""Follows a compiled pattern over folded text with a set of positions, as a finite automaton does.

There is no backtracking: the time for one line is bounded by its length times the length of the
pattern, whatever a user writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

#: Signs between the words of a prompt and between prompts. Not among them: ``©`` and ``*`` (they carry a
#: rule), digits, letters, ``%`` and signs of currency, ``@`` and ``#`` (they begin names).
SEPARATORS = (
    " .,:;!?¿¡()[]{}<>|/\\\"'~_=+&-•·●○◦▪■□▶►▸▹▷◀◄◂▼▾▽▲▴△→←↑↓⇒⟶➜➔➤➝➡⬇⬅×✕✖✓✔★☆、。・،؛؟…‥〈〉《》【】〔〕〜~↗↘⌄⌃^"
)

SEPARATOR_CLASS = "".join(re.escape(sign) for sign in SEPARATORS)
_SKIP = re.compile(f"[{SEPARATOR_CLASS}]*")
#: Digits, and scripts written without spaces: words may follow one another directly.
_LOOSE = re.compile(r"[\d\u2e80-\u9fff\uf900-\ufaff]")
_NUMBER = re.compile(r"\d+(?:[.,' ]\d+)*+(?: ?(?:k|m|tsd|mio)(?!\w))?")
_WORD = re.compile(r"[^\s.,:;!?()\[\]{}<>|/\\\"•·»→©*、。・]++(?:[.,][^\s.,:;!?()\[\]{}<>|/\\\"•·»→©*、。・]++)*+")
#: Characters of a spaceless script that one word may have.
_MAX_SPACELESS = 12


class Slot(Enum):
    """What may stand for something that differs from page to page."""

    NUMBER = "n"
    WORD = "word"
    WORDS = "words"
    NAME = "name"
    ANY = "any"


_SLOT_WORDS = {Slot.WORD: 1, Slot.WORDS: 6, Slot.NAME: 4}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    branches: tuple[tuple[Node, ...], ...]
    optional: bool
    """None of them will do as well."""
    by_sign: Mapping[str, tuple[tuple[Node, ...], ...]] = field(hash=False, compare=False)
    """The branches that can begin with a character, by that character; ``#`` for digits."""
    unknown: tuple[tuple[Node, ...], ...]
    """Branches of which no first character is known."""


class Mark(Enum):
    """What is no text in a pattern."""

    GAP = "gap"
    """At least one separator, unless digits or spaceless scripts meet."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A separator that must be there, such as the colon after a label."""

    sign: str


Node = str | Slot | Mark | Sign | Choice


def skip_separators(text: str, position: int) -> int:
    """Return the first position at or after ``position`` that holds no separator."""
    return _SKIP.match(text, position).end()  # type: ignore[union-attr]  # an empty match always succeeds


def is_loose(text: str, position: int) -> bool:
    """Return whether the character at ``position`` is a digit or of a script written without spaces."""
    return 0 <= position < len(text) and _LOOSE.match(text, position) is not None


States = set[tuple[int, bool]]


def follow(nodes: tuple[Node, ...], states: States, text: str, start: int) -> States:
    """Follow ``nodes`` from all ``states``: position, and whether a gap is due before the next text."""
    for node in nodes:
        if not states:
            return states
        if type(node) is str:
            states = _literal(node, states, text, start)
        elif node is Mark.GAP:
            states = {(position, True) for position, _ in states}
        elif type(node) is Choice:
            states = _choose(node, states, text, start)
        elif type(node) is Slot:
            ready = [_ready(position, due, text, start) for position, due in states]
            states = {(end, False) for position in ready if position >= 0 for end in _slot_ends(node, position, text)}
        elif type(node) is Sign:
            after = [(position, skip_separators(text, position)) for position, _ in states]
            states = {(end, False) for position, end in after if node.sign in text[position:end]}
    return states


def _literal(literal: str, states: States, text: str, start: int) -> States:
    after = set()
    for position, due in states:
        at = _ready(position, True, text, start) if due else position
        if at >= 0 and text.startswith(literal, at):
            after.add((at + len(literal), False))
    return after


def _choose(choice: Choice, states: States, text: str, start: int) -> States:
    after = set(states) if choice.optional else set()
    signs = set()
    for position, due in states:
        at = skip_separators(text, position) if due else position
        if at < len(text):
            signs.add("#" if text[at].isdigit() else text[at])
    branches = [*choice.unknown, *(branch for sign in signs for branch in choice.by_sign.get(sign, ()))]
    for branch in branches:
        after |= follow(branch, states, text, start)
    return after


def _ready(position: int, due: bool, text: str, start: int) -> int:
    """Return where the next text begins once a gap that is due has been passed, -1 where there is none."""
    if not due or position == start:
        return position
    at = skip_separators(text, position)
    if at == position and text[position - 1] != " " and not (is_loose(text, at) or is_loose(text, at - 1)):
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
