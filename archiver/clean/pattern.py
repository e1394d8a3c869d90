"""The pattern language of phrase rules (docs/rules.md): text as people write it to compiled patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from archiver.clean.automaton import SEPARATOR_CLASS, SEPARATORS, Automaton
from archiver.clean.chart import Chart, Choice, Mark, Node, Sign, Slot, chart_of
from archiver.clean.fold import fold

_GAP = re.compile(f"[{SEPARATOR_CLASS}]*(?: |(?<= ))[{SEPARATOR_CLASS}]*")
_STRICT_GAP = re.compile(rf"{_GAP.pattern}|[:>]")
#: Prompts written together without any sign between them must be this long, or chance would join them.
MIN_GLUED = 4
_MAX_SLOTS = 4
_MAX_NODES = 200
_MAX_DEPTH = 5


#: Characters that mean themselves.
_PLAIN = re.compile(r"[^\\{}\[\]<>|]+")
_SLOT_NAMES = tuple(slot.value for slot in Slot)


class PatternError(ValueError):
    """A pattern that cannot be used; the message tells what to do."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern."""

    source: str
    chart: Chart

    def ends(self, text: str, start: int) -> list[int]:
        """Return the positions in folded ``text`` at which a match from ``start`` can end, in rising order."""
        return [end for _, end in Automaton([self.chart]).ends(text, start)]


@cache
def compile_pattern(source: str, *, strict: bool = False) -> Pattern:
    """Compile ``source``; raise PatternError when it is malformed or could match too much.

    ``strict`` is for patterns that only begin a line: there the signs between words must be met, since
    a colon is what tells a label (``Read more: …``) from a sentence.
    """
    nodes = _trim(_Parser(source, strict=strict).sequence(""))
    _check(source, nodes)
    chart = chart_of(nodes)
    begins = [chart.leaves[leaf] for leaf in chart.first]
    if any(isinstance(leaf, Slot) and leaf is not Slot.NUMBER for leaf in begins):
        raise PatternError("a pattern must begin with text or {n}, not with another slot")
    return Pattern(source, chart)


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
            plain = _PLAIN.match(self.source, self.at)
            if plain:
                literal.append(plain[0])
                self.at = plain.end()
                continue
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
            else:
                raise PatternError(f"{sign!r} at character {self.at} closes nothing; escape it with a backslash")
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
                return Choice(tuple(branches), optional=closing == "]")


def _literal_nodes(raw: str, *, strict: bool) -> list[Node]:
    """Return folded literals with gaps between words; signs beside a gap belong to it."""
    if raw.isalnum():
        return [fold(raw)]
    if not raw or raw == " ":
        return [Mark.GAP] if raw else []
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
    if not _holds_letter(nodes):
        raise PatternError(f"{source!r} can match without any letter or ©; write out at least one word")


def _walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Choice):
            for branch in node.branches:
                yield from _walk(branch)


def _holds_letter(nodes: tuple[Node, ...]) -> bool:
    """Return whether whatever the pattern matches holds a letter or ©: a bare number must never match."""
    for node in nodes:
        if isinstance(node, str):
            if any(sign.isalpha() or sign == "©" for sign in node):
                return True
        elif isinstance(node, Choice) and not node.optional and all(map(_holds_letter, node.branches)):
            return True
    return False


def _may_miss(node: Node) -> bool:
    return isinstance(node, Choice) and node.optional
