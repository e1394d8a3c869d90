"""One phrase rule: what it matches, where, how certain it is, and the examples that hold it to that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from archiver.clean.pattern import Pattern, PatternError, compile_pattern
from archiver.model.article import BlockKind
from archiver.model.verdict import Category


class Scope(StrEnum):
    """How much of a line a rule speaks for."""

    LINE = "line"
    """The whole line, or one of the prompts that a whole line is made of."""
    START = "start"
    """The line begins with it, whatever follows."""
    PART = "part"
    """Only beside other prompts in one line."""


class Zone(StrEnum):
    """Where in the article a rule is to be believed."""

    ANY = "any"
    HEAD = "head"
    TAIL = "tail"


class Strength(StrEnum):
    """How certain a match is."""

    SURE = "sure"
    """Cannot be a line of an article."""
    LIKELY = "likely"
    """Goes after the last paragraph, or beside another removed line."""
    HINT = "hint"
    """Counts only together with others."""


#: From weak to strong, for comparing.
STRENGTH_ORDER = {Strength.HINT: 0, Strength.LIKELY: 1, Strength.SURE: 2}

#: Kinds of block that a protecting rule may name.
PROTECTED_KINDS = (BlockKind.CAPTION, BlockKind.CREDIT, BlockKind.NOTE, BlockKind.AUTHOR_NOTE)

_DEFAULT_MAX_CHARS = {Scope.LINE: 200, Scope.START: 200, Scope.PART: 60}
#: A correction may fill a paragraph.
_PROTECTED_MAX_CHARS = 600
_ID = re.compile(r"([a-z]{2,3})\.[a-z][a-z-]*\.[0-9a-z-]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase rule (docs/rules.md)."""

    id: str
    version: int
    language: str
    """First part of the id: ISO 639 code, or ``any``."""
    category: Category | None
    """What it removes; None for a rule that protects."""
    keeps: BlockKind | None
    """What a protecting rule says the line is."""
    pattern: tuple[str, ...]
    """As written; :attr:`patterns` are compiled."""
    scope: Scope
    zone: Zone
    strength: Strength
    max_chars: int
    """Longest line (``start``) or piece of a line (``line``, ``part``) it may match, in folded characters."""
    reason: str
    match: tuple[str, ...]
    keep: tuple[str, ...]

    @property
    def ref(self) -> str:
        """Id and version, as verdicts name it: ``en.comment-form.03@1``."""
        return f"{self.id}@{self.version}"

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The compiled patterns; compiled when first asked for, since a run needs few languages.

        Raises RuleTableError when one is malformed.
        """
        return tuple(compiled(source, self.scope) for source in self.pattern)

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as JSON values, in the words of a rule file."""
        return {
            "id": self.id,
            "version": self.version,
            "language": self.language,
            "category": self.category,
            "keeps": self.keeps,
            "pattern": list(self.pattern),
            "scope": self.scope,
            "zone": self.zone,
            "strength": self.strength,
            "max_chars": self.max_chars,
            "reason": self.reason,
            "match": list(self.match),
            "keep": list(self.keep),
        }


class RuleTableError(ValueError):
    """One table of a rule file, or a pattern in it, is wrong; the message tells what to do."""


_Value = TypeVar("_Value")
_Member = TypeVar("_Member", bound=StrEnum)
_FIELDS = frozenset(
    "id version category keeps pattern scope zone strength max_chars reason match keep".split()
)  # fmt: skip


def parse_rule(table: Mapping[str, Any]) -> Rule:
    """Return the rule that one ``[[rule]]`` table describes; raise RuleTableError when it is not well formed.

    The patterns are not compiled yet: see :attr:`Rule.patterns`.
    """
    rule, faults = scan_rule(table)
    if faults:
        raise RuleTableError("; ".join(faults))
    return rule


def scan_rule(table: Mapping[str, Any]) -> tuple[Rule, tuple[str, ...]]:
    """Return the rule that ``table`` describes, and everything that is wrong with the table.

    In the place of a field that is wrong the rule has an empty one, or what the field has where nothing is said.
    It has no patterns where something is wrong with what they can match, so that no example fails because of it.
    """
    wrong = [f"unknown field {name!r}; known are {', '.join(sorted(_FIELDS))}" for name in sorted(set(table) - _FIELDS)]

    def read(reader: Callable[[], _Value], instead: _Value) -> _Value:
        try:
            return reader()
        except RuleTableError as error:
            wrong.append(str(error))
            return instead

    identifier = read(lambda: _identifier(table), "")
    if ("category" in table) == ("keeps" in table):
        wrong.append("give either 'category' (a rule that removes) or 'keeps' (a rule that protects)")
    before = len(wrong)
    scope = read(lambda: _member(table, "scope", Scope), Scope.LINE)
    has_scope = len(wrong) == before
    keeps = read(lambda: _protected(table, scope), None) if "keeps" in table else None
    protects = "keeps" in table
    usual, most = (Strength.SURE, _PROTECTED_MAX_CHARS) if protects else (None, _DEFAULT_MAX_CHARS[scope])
    max_chars = read(lambda: _positive(table, "max_chars", most), most)
    none: tuple[str, ...] = ()
    pattern = read(lambda: _texts(table, "pattern"), none)
    matches = len(wrong) == before
    if not matches:
        # Nobody compiles them later, and all that is wrong is told together.
        wrong += _malformed(pattern if has_scope else [one for one in pattern if "{any}" not in one], scope)
    rule = Rule(
        id=identifier,
        version=read(lambda: _positive(table, "version", 1), 1),
        language=identifier.partition(".")[0],
        category=read(lambda: _member(table, "category", Category), None) if "category" in table else None,
        keeps=keeps,
        pattern=pattern if matches else none,
        scope=scope,
        zone=read(lambda: _member(table, "zone", Zone, Zone.ANY), Zone.ANY),
        strength=read(lambda: _member(table, "strength", Strength, usual), Strength.SURE),
        max_chars=max_chars,
        reason=read(lambda: _text(table, "reason"), ""),
        match=read(lambda: _texts(table, "match"), none),
        keep=read(lambda: _texts(table, "keep"), none),
    )
    return rule, tuple(wrong)


def compiled(source: str, scope: Scope) -> Pattern:
    """Return a pattern of a rule with this scope, compiled; raise RuleTableError when it is malformed."""
    if "{any}" in source and scope is not Scope.START:
        raise RuleTableError(f"pattern {source!r}: {{any}} is for scope 'start' only")
    try:
        return compile_pattern(source, strict=scope is Scope.START)
    except PatternError as error:
        raise RuleTableError(f"pattern {source!r}: {error}") from error


def _malformed(pattern: Iterable[str], scope: Scope) -> Iterator[str]:
    for source in pattern:
        try:
            compiled(source, scope)
        except RuleTableError as error:
            yield str(error)


def _identifier(table: Mapping[str, Any]) -> str:
    identifier = _text(table, "id")
    if not _ID.fullmatch(identifier):
        raise RuleTableError(f"id {identifier!r} is not of the form language.category.number, such as 'en.ads.01'")
    return identifier


def _protected(table: Mapping[str, Any], scope: Scope) -> BlockKind:
    keeps = _member(table, "keeps", BlockKind)
    if keeps not in PROTECTED_KINDS or scope is Scope.PART:
        kinds = ", ".join(PROTECTED_KINDS)
        raise RuleTableError(f"'keeps' must be one of {kinds}, and its 'scope' line or start")
    return keeps


def _text(table: Mapping[str, Any], field: str) -> str:
    value = table.get(field)
    if not isinstance(value, str) or not value.strip():
        raise RuleTableError(f"field {field!r} must be a text that is not empty")
    return value


def _texts(table: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = table.get(field)
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item.strip() for item in value):
        raise RuleTableError(f"field {field!r} must be a list of at least one text, none of them empty")
    return tuple(value)


def _positive(table: Mapping[str, Any], field: str, default: int) -> int:
    value = table.get(field, default)
    if type(value) is not int or value < 1:
        raise RuleTableError(f"field {field!r} must be a whole number from 1")
    return value


def _member(table: Mapping[str, Any], field: str, kind: type[_Member], default: _Member | None = None) -> _Member:
    value = table.get(field, default)
    if not isinstance(value, str) or value not in set(kind):
        raise RuleTableError(f"field {field!r} must be one of {', '.join(kind)}; it is {value!r}")
    return kind(value)
