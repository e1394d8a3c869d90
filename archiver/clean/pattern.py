"""The pattern language of phrase rules (docs/rules.md): text as people write it to compiled patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from archiver.clean.automaton import (
    SEPARATOR_CLASS,
    SEPARATORS,
    Choice,
    Mark,
    Node,
    Sign,
    Slot,
    follow,
    is_loose,
    skip_separators,
)
from archiver.clean.fold import fold

_GAP = re.compile(f"[{SEPARATOR_CLASS}]*(?: |(?<= ))[{SEPARATOR_CLASS}]*")
_STRICT_GAP = re.compile(rf"{_GAP.pattern}|[:>]")
#: Prompts written together without any sign between them must be this long, or chance would join them.
MIN_GLUED = 4
#: So much of the beginning of a pattern is enough to turn most lines away.
LONGEST_HEAD = 16
_MAX_SLOTS = 4
_MAX_NODES = 200
_MAX_DEPTH = 5


_SLOT_NAMES = tuple(slot.value for slot in Slot)


class PatternError(ValueError):
    """A pattern that cannot be used; the message tells what to do."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern."""

    source: str
    nodes: tuple[Node, ...]
    heads: tuple[str, ...]
    """Folded text the pattern can begin with, as much as is known; ``#`` stands for a digit."""
    first_words: tuple[str, ...]
    """The same, where a separator must follow."""
    next_signs: tuple[frozenset[str], ...]
    """For each of the first words, the characters the next word can begin with; empty where not known."""
    numbered: bool
    """It can begin with a digit."""

    def may_begin(self, text: str, start: int) -> bool:
        """Return whether folded ``text`` goes on at ``start`` as the pattern can; wrong only in saying yes."""
        if text.startswith(self.heads, start):
            return True
        if text.startswith(self.first_words, start):
            for word, signs in zip(self.first_words, self.next_signs, strict=True):
                if text.startswith(word, start) and _goes_on(text, start + len(word), signs):
                    return True
        return self.numbered and text[start : start + 1].isdigit()

    def ends(self, text: str, start: int) -> list[int]:
        """Return the positions in folded ``text`` at which a match from ``start`` can end, in rising order."""
        if not self.may_begin(text, start):
            return []
        states = follow(self.nodes, {(start, False)}, text, start)
        return sorted({position for position, _ in states if position > start})


@cache
def compile_pattern(source: str, *, strict: bool = False) -> Pattern:
    """Compile ``source``; raise PatternError when it is malformed or could match too much.

    ``strict`` is for patterns that only begin a line: there the signs between words must be met, since
    a colon is what tells a label (``Read more: …``) from a sentence.
    """
    nodes = _trim(_Parser(source, strict=strict).sequence(""))
    _check(source, nodes)
    words: dict[str, set[str]] = {}
    heads = set()
    for head in _heads(nodes, ends=True):
        word, bounded, sign = head.partition(" ")
        if bounded and len(word) < LONGEST_HEAD:
            words.setdefault(word, set()).add(sign)
        else:
            heads.add(word[:LONGEST_HEAD])
    signs = tuple(frozenset() if "" in words[word] else frozenset(words[word]) for word in sorted(words))
    return Pattern(source, nodes, tuple(sorted(heads)), tuple(sorted(words)), signs, "#" in heads)


def _goes_on(text: str, position: int, signs: frozenset[str]) -> bool:
    at = skip_separators(text, position)
    if at == position < len(text) and not is_loose(text, at):
        return False
    return not signs or at == len(text) or ("#" if text[at].isdigit() else text[at]) in signs


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

    A space in a head says that a separator must follow, and the character after it what comes then,
    if that is known. ``ends`` tells that the sequence ends the pattern.
    """
    signs = _following_signs(nodes)
    needed = [number for number, node in enumerate(nodes) if node is not Mark.GAP and not _may_miss(node)]
    heads: list[str] = []
    for number, node in enumerate(nodes):
        if isinstance(node, Mark | Sign):
            continue
        if isinstance(node, Slot):
            return [*heads, "#" if node is Slot.NUMBER else ""]
        gap = nodes[number + 1 : number + 2] == (Mark.GAP,) and needed[-1:] > [number]
        short_end = ends and number + 1 == len(nodes)
        branches = node.branches if isinstance(node, Choice) else ((node,),)
        for branch in branches:
            if len(branch) > 1 or not isinstance(branch[0], str):
                heads += _heads(branch)
            elif is_loose(branch[0], len(branch[0]) - 1):
                heads.append(branch[0])
            elif gap:
                heads += [f"{branch[0]} {sign}" for sign in sorted(signs[number + 1])]
            else:
                heads.append(branch[0] + (" " if short_end and len(branch[0]) < MIN_GLUED else ""))
        if not _may_miss(node):
            return heads
    return [*heads, ""]


def _following_signs(nodes: tuple[Node, ...]) -> list[set[str]]:
    """Return for each place in ``nodes`` the characters that can come next; an empty string where not known."""
    following: set[str] = {""}
    signs = [following]
    for node in reversed(nodes):
        if isinstance(node, str):
            following = {"#" if node[0].isdigit() else node[0]}
        elif isinstance(node, Slot):
            following = {"#" if node is Slot.NUMBER else ""}
        elif isinstance(node, Choice):
            inner = set().union(*(_following_signs(branch)[0] for branch in node.branches))
            following = inner | following if node.optional else inner
        signs.append(following)
    return signs[::-1]


def _may_miss(node: Node) -> bool:
    return isinstance(node, Choice) and node.optional
