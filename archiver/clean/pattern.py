"""The pattern language of phrase rules (docs/rules.md): parsed here, matched without backtracking.

A pattern is followed with a set of positions, as a finite automaton is, so the time for one line is
bounded by its length times the length of the pattern, whatever a user writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from archiver.clean.fold import fold

#: Signs between the words of a prompt and between prompts. Not among them: ``©`` and ``*`` (they carry a
#: rule), digits, letters, ``%`` and signs of currency, ``@`` and ``#`` (they begin names).
SEPARATORS = " .,:;!?¿¡()[]{}<>|/\\\"'~_=+&-•·●○◦▪■□▶►▸▹▷◀◄◂▼▾▽▲▴△→←↑↓⇒⟶➜➔➤➝➡⬇⬅×✕✖✓✔★☆、。・…‥〈〉《》【】〔〕〜~↗↘⌄⌃^"

_SEPARATOR_CLASS = "".join(re.escape(sign) for sign in SEPARATORS)
_SKIP = re.compile(f"[{_SEPARATOR_CLASS}]*")
_GAP = re.compile(f"[{_SEPARATOR_CLASS}]*(?: |(?<= ))[{_SEPARATOR_CLASS}]*")
_STRICT_GAP = re.compile(rf"{_GAP.pattern}|[:>]")
#: Digits, and scripts written without spaces: words may follow one another directly.
_LOOSE = re.compile(r"[\d\u2e80-\u9fff\uf900-\ufaff]")
_NUMBER = re.compile(r"\d+(?:[.,' ]\d+)*+(?: ?(?:k|m|tsd|mio)(?!\w))?")
_WORD = re.compile(r"[^\s.,:;!?()\[\]{}<>|/\\\"•·»→©*、。・]++(?:[.,][^\s.,:;!?()\[\]{}<>|/\\\"•·»→©*、。・]++)*+")
_MAX_SPACELESS = 12
_MAX_SLOTS = 4
_MAX_NODES = 200
_MAX_DEPTH = 5


class Slot(Enum):
    """What may stand for something that differs from page to page."""

    NUMBER = "n"
    WORD = "word"
    WORDS = "words"
    NAME = "name"
    ANY = "any"


_SLOT_NAMES = tuple(slot.value for slot in Slot)
_SLOT_WORDS = {Slot.WORD: 1, Slot.WORDS: 6, Slot.NAME: 4}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; an empty one among them makes it optional."""

    branches: tuple[tuple[Node, ...], ...]


class Mark(Enum):
    """What is no text in a pattern."""

    GAP = "gap"
    """At least one separator, unless digits or spaceless scripts meet."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A separator that must be there, such as the colon after a label."""

    sign: str


Node = str | Slot | Mark | Sign | Choice


class PatternError(ValueError):
    """A pattern that cannot be used; the message tells what to do."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern."""

    source: str
    nodes: tuple[Node, ...]
    heads: tuple[str, ...]
    """Folded text the pattern can begin with, longest literal run known; ``#`` stands for a digit."""

    def ends(self, text: str, start: int) -> list[int]:
        """Return the positions in folded ``text`` at which a match from ``start`` can end, in rising order."""
        states = _run(self.nodes, {(start, False)}, text, start)
        return sorted({position for position, _ in states if position > start})


def compile_pattern(source: str, *, strict: bool = False) -> Pattern:
    """Compile ``source``; raise PatternError when it is malformed or could match too much.

    ``strict`` is for patterns that only begin a line: there the signs between words must be met, since
    a colon is what tells a label (``Read more: …``) from a sentence.
    """
    nodes = _trim(_Parser(source, strict=strict).sequence(""))
    _check(source, nodes)
    return Pattern(source, nodes, tuple(sorted(set(_heads(nodes)))))


def skip_separators(text: str, position: int) -> int:
    """Return the first position at or after ``position`` that holds no separator."""
    return _SKIP.match(text, position).end()  # type: ignore[union-attr]  # an empty match always succeeds


def is_loose(text: str, position: int) -> bool:
    """Return whether the character at ``position`` is a digit or of a script written without spaces."""
    return 0 <= position < len(text) and _LOOSE.match(text, position) is not None


class _Parser:
    """Reads one pattern from left to right."""

    def __init__(self, source: str, *, strict: bool) -> None:
        self.source = source
        self.strict = strict
        self.at = 0
        self.depth = 0

    def sequence(self, closing: str) -> tuple[Node, ...]:
        """Return the nodes up to the end or to one of the ``closing`` characters."""
        nodes: list[Node] = []
        literal: list[str] = []
        while self.at < len(self.source) and (sign := self.source[self.at]) not in closing:
            self.at += 1
            if sign == "\\":
                if self.at == len(self.source):
                    raise PatternError("a backslash at the end escapes nothing; remove it")
                literal.append(self.source[self.at])
                self.at += 1
            elif sign in "{[<":
                nodes += _literal_nodes("".join(literal), strict=self.strict)
                literal.clear()
                nodes.append(self.slot() if sign == "{" else self.group("]" if sign == "[" else ">"))
            elif sign in "}]>|":
                raise PatternError(f"{sign!r} at character {self.at} closes nothing; escape it with a backslash")
            else:
                literal.append(sign)
        nodes += _literal_nodes("".join(literal), strict=self.strict)
        return tuple(nodes)

    def slot(self) -> Slot:
        name, brace, _ = self.source[self.at :].partition("}")
        if not brace or name not in _SLOT_NAMES:
            raise PatternError(
                f"{{{name}}} is no slot; use one of {', '.join('{' + slot + '}' for slot in _SLOT_NAMES)}"
            )
        self.at += len(name) + 1
        return Slot(name)

    def group(self, closing: str) -> Choice:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise PatternError(f"groups stand in each other more than {_MAX_DEPTH} deep; split the pattern")
        branches: list[tuple[Node, ...]] = [()] if closing == "]" else []
        while True:
            branch = self.sequence("|" + closing)
            if self.at == len(self.source):
                raise PatternError(f"{closing!r} is missing at the end")
            if all(node is Mark.GAP or (isinstance(node, Choice) and () in node.branches) for node in branch):
                raise PatternError(f"an alternative before character {self.at + 1} can be empty; say so once, with [ ]")
            branches.append(branch)
            self.at += 1
            if self.source[self.at - 1] == closing:
                self.depth -= 1
                return Choice(tuple(branches))


def _literal_nodes(raw: str, *, strict: bool) -> list[Node]:
    """Return folded literals with gaps between words; signs beside a gap belong to it."""
    padded = (" " if raw[:1].isspace() else "") + fold(raw) + (" " if raw[-1:].isspace() else "")
    nodes: list[Node] = []
    last = 0
    for gap in (_STRICT_GAP if strict else _GAP).finditer(padded):
        if gap.start() > last:
            nodes.append(padded[last : gap.start()])
        sign = gap[0].strip()[:1]
        nodes.append(Sign(sign) if strict and sign else Mark.GAP)
        last = gap.end()
    if last < len(padded):
        nodes.append(padded[last:])
    return nodes


def _trim(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Drop gaps and separators at both ends: the line matcher takes care of them."""
    kept = list(nodes)
    while kept and (kept[0] is Mark.GAP or (type(kept[0]) is str and not kept[0].strip(SEPARATORS))):
        kept.pop(0)
    while kept and (kept[-1] is Mark.GAP or (type(kept[-1]) is str and not kept[-1].strip(SEPARATORS))):
        kept.pop()
    if kept and type(kept[0]) is str:
        kept[0] = kept[0].lstrip(SEPARATORS)
    if kept and type(kept[-1]) is str:
        kept[-1] = kept[-1].rstrip(SEPARATORS)
    return tuple(kept)


def _check(source: str, nodes: tuple[Node, ...]) -> None:
    flat = list(_walk(nodes))
    if len(flat) > _MAX_NODES:
        raise PatternError(f"the pattern has more than {_MAX_NODES} parts; split it into several patterns")
    if sum(isinstance(node, Slot) for node in flat) > _MAX_SLOTS:
        raise PatternError(f"more than {_MAX_SLOTS} slots; split the pattern or write more of it out")
    if Slot.ANY in flat and (nodes[-1] is not Slot.ANY or flat.count(Slot.ANY) > 1):
        raise PatternError("{any} may stand only once, at the end")
    if _least_letters(nodes) == 0:
        raise PatternError(f"{source!r} can match without any letter or ©; write out at least one word")
    if any(head == "" for head in _heads(nodes)):
        raise PatternError("a pattern must begin with text or {n}, not with another slot")


def _walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Choice):
            for branch in node.branches:
                yield from _walk(branch)


def _least_letters(nodes: tuple[Node, ...]) -> int:
    """Return how many letters or © the pattern holds at the least: a bare number must never match."""
    total = 0
    for node in nodes:
        if isinstance(node, Choice):
            total += min(_least_letters(branch) for branch in node.branches)
        elif isinstance(node, str):
            total += sum(sign.isalpha() or sign == "©" for sign in node)
    return total


def _heads(nodes: tuple[Node, ...]) -> list[str]:
    """Return what the sequence can begin with; an empty string where nothing is known."""
    for number, node in enumerate(nodes):
        if isinstance(node, Mark | Sign):
            continue
        if isinstance(node, Slot):
            return ["#"] if node is Slot.NUMBER else [""]
        if isinstance(node, Choice):
            heads: list[str] = []
            for branch in node.branches:
                heads += _heads(branch + nodes[number + 1 :]) if branch else _heads(nodes[number + 1 :])
            return heads
        return [node]
    return [""]


_States = set[tuple[int, bool]]


def _run(nodes: tuple[Node, ...], states: _States, text: str, start: int) -> _States:
    """Follow ``nodes`` from all ``states``: position, and whether a gap is due before the next text."""
    for node in nodes:
        if not states:
            return states
        if isinstance(node, Choice):
            states = set().union(*(_run(branch, states, text, start) for branch in node.branches))
        elif node is Mark.GAP:
            states = {(position, True) for position, _ in states}
        else:
            states = {(end, False) for position, due in states for end in _consume(node, position, due, text, start)}
    return states


def _consume(node: str | Slot | Sign, position: int, due: bool, text: str, start: int) -> list[int]:
    """Return the ends of ``node`` at ``position`` in ``text``."""
    if isinstance(node, Sign):
        at = skip_separators(text, position)
        return [at] if node.sign in text[position:at] else []
    if due and position > start:
        at = skip_separators(text, position)
        if at == position and text[position - 1] != " " and not (is_loose(text, at) or is_loose(text, at - 1)):
            return []
        position = at
    if isinstance(node, Slot):
        return _slot_ends(node, position, text)
    return [position + len(node)] if text.startswith(node, position) else []


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
