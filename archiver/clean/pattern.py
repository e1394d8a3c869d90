"""The pattern language of phrase rules (docs/rules.md): parsed here, matched without backtracking.

A pattern is followed with a set of positions, as a finite automaton is, so the time for one line is
bounded by its length times the length of the pattern, whatever a user writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
#: Prompts written together without any sign between them must be this long, or chance would join them.
MIN_GLUED = 4
#: So much of the beginning of a pattern is enough to turn most lines away.
LONGEST_HEAD = 16
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


class PatternError(ValueError):
    """A pattern that cannot be used; the message tells what to do."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern."""

    source: str
    nodes: tuple[Node, ...]
    heads: tuple[str, ...]
    """Folded text the pattern can begin with, as much as is known; ``#`` stands for a digit."""
    bounded_heads: tuple[str, ...]
    """The same, where no letter can follow."""
    numbered: bool
    """It can begin with a digit."""

    def may_begin(self, text: str, start: int) -> bool:
        """Return whether folded ``text`` goes on at ``start`` with one of the heads."""
        if text.startswith(self.heads, start):
            return True
        if text.startswith(self.bounded_heads, start):
            return any(
                text.startswith(head, start) and _is_boundary(text, start + len(head)) for head in self.bounded_heads
            )
        return self.numbered and text[start : start + 1].isdigit()

    def ends(self, text: str, start: int) -> list[int]:
        """Return the positions in folded ``text`` at which a match from ``start`` can end, in rising order."""
        if not self.may_begin(text, start):
            return []
        states = _run(self.nodes, {(start, False)}, text, start)
        return sorted({position for position, _ in states if position > start})


def compile_pattern(source: str, *, strict: bool = False) -> Pattern:
    """Compile ``source``; raise PatternError when it is malformed or could match too much.

    ``strict`` is for patterns that only begin a line: there the signs between words must be met, since
    a colon is what tells a label (``Read more: …``) from a sentence.
    """
    nodes = _trim(_Parser(source, strict=strict).sequence(""))
    _check(source, nodes)
    heads = sorted({head[:LONGEST_HEAD] for head in _heads(nodes, ends=True)})
    bounded = tuple(head[:-1] for head in heads if head.endswith(" "))
    return Pattern(source, nodes, tuple(head for head in heads if not head.endswith(" ")), bounded, "#" in heads)


def skip_separators(text: str, position: int) -> int:
    """Return the first position at or after ``position`` that holds no separator."""
    return _SKIP.match(text, position).end()  # type: ignore[union-attr]  # an empty match always succeeds


def is_loose(text: str, position: int) -> bool:
    """Return whether the character at ``position`` is a digit or of a script written without spaces."""
    return 0 <= position < len(text) and _LOOSE.match(text, position) is not None


def _is_boundary(text: str, position: int) -> bool:
    return position == len(text) or text[position] in SEPARATORS or is_loose(text, position)


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
        branches: list[tuple[Node, ...]] = []
        while True:
            branch = self.sequence("|" + closing)
            if self.at == len(self.source):
                raise PatternError(f"{closing!r} is missing at the end")
            if all(node is Mark.GAP or _may_miss(node) for node in branch):
                raise PatternError(f"an alternative before character {self.at + 1} can be empty; say so once, with [ ]")
            branches.append(branch)
            self.at += 1
            if self.source[self.at - 1] == closing:
                self.depth -= 1
                return _choice(branches, optional=closing == "]")


def _choice(branches: list[tuple[Node, ...]], *, optional: bool) -> Choice:
    by_sign: dict[str, tuple[tuple[Node, ...], ...]] = {}
    unknown: list[tuple[Node, ...]] = []
    for branch in branches:
        heads = _heads(branch)
        if "" in heads or isinstance(branch[0], Mark | Sign):
            unknown.append(branch)
            continue
        for sign in sorted({head[0] for head in heads}):
            by_sign[sign] = (*by_sign.get(sign, ()), branch)
    return Choice(tuple(branches), optional, by_sign, tuple(unknown))


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
            total += 0 if node.optional else min(_least_letters(branch) for branch in node.branches)
        elif isinstance(node, str):
            total += sum(sign.isalpha() or sign == "©" for sign in node)
    return total


def _heads(nodes: tuple[Node, ...], *, ends: bool = False) -> list[str]:
    """Return what the sequence can begin with; an empty string where nothing is known.

    A space at the end of a head says that no letter can follow. ``ends`` tells that the sequence ends
    the pattern.
    """
    for number, node in enumerate(nodes):
        if isinstance(node, Mark | Sign):
            continue
        if isinstance(node, Slot):
            return ["#"] if node is Slot.NUMBER else [""]
        rest = nodes[number + 1 :]
        if isinstance(node, str):
            return [node + (" " if _bounded(node, rest, ends=ends) else "")]
        heads = _heads(rest, ends=ends) if node.optional else []
        for branch in node.branches:
            if len(branch) == 1 and isinstance(branch[0], str):
                heads.append(branch[0] + (" " if _bounded(branch[0], rest, ends=ends) else ""))
            else:
                heads += _heads(branch)
        return heads
    return [""]


def _bounded(literal: str, rest: tuple[Node, ...], *, ends: bool) -> bool:
    """Return whether a separator must follow ``literal`` when ``rest`` comes after it."""
    if is_loose(literal, len(literal) - 1):
        return False
    if not rest:
        return ends and len(literal) < MIN_GLUED
    return rest[0] is Mark.GAP and not all(node is Mark.GAP or _may_miss(node) for node in rest)


def _may_miss(node: Node) -> bool:
    return isinstance(node, Choice) and node.optional


_States = set[tuple[int, bool]]


def _run(nodes: tuple[Node, ...], states: _States, text: str, start: int) -> _States:
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


def _literal(literal: str, states: _States, text: str, start: int) -> _States:
    after = set()
    for position, due in states:
        at = _ready(position, True, text, start) if due else position
        if at >= 0 and text.startswith(literal, at):
            after.add((at + len(literal), False))
    return after


def _choose(choice: Choice, states: _States, text: str, start: int) -> _States:
    after = set(states) if choice.optional else set()
    signs = set()
    for position, due in states:
        at = skip_separators(text, position) if due else position
        if at < len(text):
            signs.add("#" if text[at].isdigit() else text[at])
    branches = [*choice.unknown, *(branch for sign in signs for branch in choice.by_sign.get(sign, ()))]
    for branch in branches:
        after |= _run(branch, states, text, start)
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
