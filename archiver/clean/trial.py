"""What trying a rule file comes to: its examples, and what each rule does to articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archiver.clean.rule import Rule
from archiver.clean.rule_check import RuleFault
from archiver.errors import ArticleError
from archiver.model.verdict import Fate

#: So many lines of each kind are shown for a rule.
SAMPLES = 5
#: So many inputs that are no articles are named.
FAILURES_TOLD = 20


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A line of an article that a rule has to do with."""

    path: str
    place: Mapping[str, Any]
    """``char`` with start and end (RFC 5147), or ``xpath``."""
    line: int | None
    """In a plain text, from 1."""
    text: str
    fate: Fate
    """With the file in force."""
    other: str = ""
    """Where rules collide, the other rule."""


@dataclass
class RuleTally:
    """What one rule does; filled while articles are read."""

    rule: Rule
    samples: int = SAMPLES
    articles: int = 0
    """With a line that the rule matches and that is removed (kept, for a rule that protects)."""
    lines: int = 0
    """Such lines."""
    changed_articles: int = 0
    """In which a line that it matches goes (stays) through this rule alone: with all other rules it would not."""
    changed_lines: int = 0
    beside: int = 0
    """Lines that it does not match and that have another fate through it: what stands around a line counts."""
    without_effect: int = 0
    """Lines that it matches and that stay all the same (go, for a rule that protects)."""
    collisions: int = 0
    """Lines that it would remove and that a rule protects."""
    changed: list[TrialLine] = field(default_factory=list)
    others: list[TrialLine] = field(default_factory=list)
    """Lines that it does not match."""
    unchanged: list[TrialLine] = field(default_factory=list)
    """Lines that the other rules remove (keep) as well."""
    idle: list[TrialLine] = field(default_factory=list)
    colliding: list[TrialLine] = field(default_factory=list)

    def show(self, lines: list[TrialLine], tell: Callable[[], TrialLine]) -> None:
        """Keep a line as a sample while there is room."""
        if len(lines) < self.samples:
            lines.append(tell())

    def to_dict(self) -> dict[str, Any]:
        """Return the figures and samples as JSON values."""
        return {
            "rule": self.rule.ref,
            "action": "keep" if self.rule.keeps else "remove",
            "articles": self.articles,
            "lines": self.lines,
            "changed_articles": self.changed_articles,
            "changed_lines": self.changed_lines,
            "beside": self.beside,
            "without_effect": self.without_effect,
            "collisions": self.collisions,
            "samples": {
                "changed": [_line(line) for line in self.changed],
                "beside": [_line(line) for line in self.others],
                "unchanged": [_line(line) for line in self.unchanged],
                "without_effect": [_line(line) for line in self.idle],
                "collisions": [_line(line) for line in self.colliding],
            },
        }


def _line(line: TrialLine) -> dict[str, Any]:
    told: dict[str, Any] = {"path": line.path, "place": dict(line.place), "text": line.text, "fate": line.fate.value}
    if line.line is not None:
        told["line"] = line.line
    return {**told, "rule": line.other} if line.other else told


@dataclass(frozen=True, slots=True)
class ArticlesTried:
    """What a rule file does to articles."""

    articles: int
    failed: int
    """Inputs that are no articles."""
    removed: int
    """Lines that go with the file in force."""
    more: int
    """Of them those that stay without it."""
    fewer: int
    """Lines that stay with it, and go without it."""
    tallies: tuple[RuleTally, ...]
    failures: tuple[tuple[str, ArticleError], ...] = ()
    """Path and error of the first inputs that are no articles, ``FAILURES_TOLD`` at most."""


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """The outcome of trying a rule file."""

    file: str
    version: str
    rules: int
    faults: tuple[RuleFault, ...]
    """Everything that is wrong with its rules."""
    tried: ArticlesTried | None
    """None where no articles were given, or rules have to be mended first."""
