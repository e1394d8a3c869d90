"""A rule against its own examples: which fail, and what happened instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.clean.automaton import skip_separators
from archiver.clean.fold import fold
from archiver.clean.match import MAX_LINE, covers
from archiver.clean.rule import Rule, RuleTableError, compiled

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One thing that is wrong with one rule."""

    rule: str
    """Its id; its number in the file where it has none."""
    expected: str
    """``match`` or ``keep`` for an example, ``rule`` where the rule itself cannot be used, ``disable`` where the
    file disables a rule that there is not."""
    example: str
    """The line; empty where the rule itself cannot be used."""
    message: str
    happened: str
    """What was seen of the line; empty where the rule itself cannot be used."""
    advice: str


def example_faults(rule: Rule) -> Iterator[RuleFault]:
    """Yield what is wrong with ``rule``: patterns that are malformed, or every example that it does not meet."""
    malformed = [*_malformed(rule)]
    if malformed:
        yield from malformed
        return
    for line in rule.match:
        if not covers(rule, line):
            yield RuleFault(
                rule.id,
                "match",
                line,
                f"does not match its own example {line!r}",
                _why_not(rule, line),
                "mend the pattern, its max_chars or the example",
            )
    for line in rule.keep:
        if covers(rule, line):
            yield RuleFault(
                rule.id,
                "keep",
                line,
                f"matches {line!r}, which it says must stay",
                f"{_closest(rule, line)[0]!r} matches it",
                "make the pattern narrower",
            )


def _malformed(rule: Rule) -> Iterator[RuleFault]:
    for source in rule.pattern:
        try:
            compiled(source, rule.scope)
        except RuleTableError as error:
            yield RuleFault(rule.id, "rule", "", str(error), "", "docs/rules.md tells what a pattern may hold")


def _why_not(rule: Rule, line: str) -> str:
    folded = fold(line)
    pattern, end = _closest(rule, line)
    if end == 0:
        return "no pattern begins as the line does"
    if len(folded) > min(rule.max_chars, MAX_LINE if rule.keeps is None else rule.max_chars):
        return f"{pattern!r} matches, but the line has {len(folded)} characters and max_chars is {rule.max_chars}"
    left = folded[end : end + _SHOWN]
    return f"{pattern!r} matches up to “{folded[:end][-_SHOWN:]}”, and “{left}” is left over"


def _closest(rule: Rule, line: str) -> tuple[str, int]:
    """Return the pattern that gets farthest from the beginning of ``line``, and the place in the folded line."""
    folded = fold(line)
    start = skip_separators(folded, 0)
    best = (rule.pattern[0], 0)
    for source, pattern in zip(rule.pattern, rule.patterns, strict=True):
        ends = pattern.ends(folded, start) if start < len(folded) else []
        if ends and skip_separators(folded, ends[-1]) > best[1]:
            best = (source, skip_separators(folded, ends[-1]))
    return best
