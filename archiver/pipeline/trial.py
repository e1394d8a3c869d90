"""Trying a rule file: its examples, then what each of its rules does to given articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from archiver.clean.judge import holds_article, judge
from archiver.clean.match import Matcher
from archiver.clean.rule import Rule, Strength
from archiver.clean.rule_check import RuleFault, example_faults
from archiver.clean.ruleset import (
    RuleSet,
    ScannedRule,
    load_rules,
    overlaid,
    read_file,
    rules_language,
    scan_file,
    unknown_ids,
)
from archiver.clean.trial import FAILURES_TOLD, SAMPLES, ArticlesTried, RuleTally, RuleTrial, TrialLine
from archiver.errors import ArticleError, UsageError
from archiver.model.article import Block
from archiver.model.document import Document
from archiver.model.look import Look
from archiver.model.source import Source
from archiver.model.verdict import Fate, Profile
from archiver.parse.decode import decode
from archiver.parse.source import parse_source
from archiver.pipeline.article import language_of, no_article
from archiver.pipeline.faults import told_as_fault
from archiver.pipeline.inputs import find_articles
from archiver.pipeline.look import candidates
from archiver.pipeline.tools import require_language


@dataclass(frozen=True)
class TrialRules:
    """The rules of a file, in force and one by one left out."""

    place: str
    version: str
    rules: tuple[Rule, ...]
    disabled: tuple[str, ...]
    _without: dict[str, RuleSet] = field(default_factory=dict)

    @cached_property
    def whole(self) -> RuleSet:
        """Built-in rules and file."""
        return overlaid(self.version, self.rules, self.disabled, self.place)

    def without(self, rule: Rule) -> RuleSet:
        """The same without one rule; the built-in one that it replaces is in force then."""
        if rule.id not in self._without:
            others = [other for other in self.rules if other.id != rule.id]
            self._without[rule.id] = overlaid(self.version, others, self.disabled, self.place)
        return self._without[rule.id]

    def removing(self, language: str) -> Matcher:
        """The rules of the file that remove and take part in pages of ``language``, with nothing that protects."""
        primary = rules_language(language)
        unknown = primary not in self.whole.languages
        return Matcher(
            [
                rule
                for rule in self.rules
                if rule.keeps is None
                and (rule.language in ("any", "en", primary) or (unknown and rule.strength is Strength.SURE))
            ]
        )


def try_file(
    file: Path,
    arguments: Sequence[str] = (),
    *,
    profile: Profile,
    language: str | None = None,
    samples: int = SAMPLES,
    stdin: bytes | None = None,
) -> RuleTrial:
    """Check every rule of ``file`` against its examples, then try the rules on the articles that ``arguments`` name.

    Articles are looked at only if no rule has a fault. Raises RuleFileError where the file as a whole cannot
    be read, InputNotFoundError, and UsageError for a language that is no tag or a package among the articles.
    """
    require_language(language)
    if samples < 0:
        raise UsageError("cannot be fewer than 0", place="samples", advice="say how many lines to show for a rule")
    place = str(file)
    version, entries, disabled = scan_file(read_file(file), place)
    rules = tuple(entry.rule for entry in entries if not entry.faults)
    faults = (*_disabled_nothing(disabled, entries), *_faults(entries))
    loaded = TrialRules(place, version, rules, disabled)
    files = find_articles(arguments, stdin=stdin, leave_out=[place]) if arguments else ()
    tried = None
    if arguments and not faults:
        trial = _Trial(loaded, profile, language, samples)
        for one in files:
            for found in candidates(one):
                trial.look_at(found)
        tried = trial.outcome()
    return RuleTrial(place, version, len(entries), faults, tried)


def _disabled_nothing(disabled: Sequence[str], entries: Sequence[ScannedRule]) -> Iterator[RuleFault]:
    for name in unknown_ids(disabled, [entry.name for entry in entries]):
        message = f"'disable' names {name!r}, which is no rule"
        yield RuleFault(name, "disable", "", message, "", "see 'archiver rules list'")


def _faults(entries: Sequence[ScannedRule]) -> Iterator[RuleFault]:
    for entry in entries:
        for message, advice in entry.faults:
            yield RuleFault(entry.name, "rule", "", message, "", advice)
        # Examples are tried although a field that has nothing to do with them is wrong.
        for fault in example_faults(entry.rule) if entry.rule.pattern else ():
            yield replace(fault, rule=entry.name)


class _Trial:
    """Reads articles one by one and counts; keeps nothing of them but samples."""

    def __init__(self, rules: TrialRules, profile: Profile, language: str | None, samples: int) -> None:
        self.rules = rules
        self.profile = profile
        self.language = language
        self.builtin = load_rules()
        self.tallies = {rule.id: RuleTally(rule, samples) for rule in rules.rules}
        self.failures: list[tuple[str, ArticleError]] = []
        self.articles = self.failed = self.removed = self.more = self.fewer = 0
        self._removing: dict[str, Matcher] = {}

    def outcome(self) -> ArticlesTried:
        """Return what was counted."""
        return ArticlesTried(
            self.articles,
            self.failed,
            self.removed,
            self.more,
            self.fewer,
            tuple(self.tallies.values()),
            tuple(self.failures),
        )

    def look_at(self, found: Source | Look) -> None:
        """Judge one candidate with and without the file, and without each rule that has to do with it."""
        if isinstance(found, Look):
            self._fail(found.path, found.error)
            return
        try:
            with told_as_fault(found.path):
                document = parse_source(found)
        except ArticleError as error:
            self._fail(found.path, error)
            return
        language = language_of(document, self.language).tag
        blocks = self._judged(document, self.rules.whole, language)
        if not holds_article(blocks):
            self._fail(found.path, no_article(found, blocks))
            return
        self.articles += 1
        before = self._judged(document, self.builtin, language)
        self.removed += sum(block.fate is Fate.REMOVED for block in blocks)
        changed = [new for new, old in zip(blocks, before, strict=True) if new.fate is not old.fate]
        self.more += sum(block.fate is Fate.REMOVED for block in changed)
        self.fewer += sum(block.fate is Fate.KEPT for block in changed)
        for identifier, matched in self._matched(blocks, language, found).items():
            tally = self.tallies[identifier]
            others = self._judged(document, self.rules.without(tally.rule), language)
            _count(tally, blocks, others, matched, found)

    def _fail(self, path: str, error: ArticleError | None) -> None:
        self.failed += 1
        if error is not None and len(self.failures) < FAILURES_TOLD:
            self.failures.append((path, error))

    def _judged(self, document: Document, rules: RuleSet, language: str) -> tuple[Block, ...]:
        return judge(document, rules.matcher((language,)), language=language, profile=self.profile).blocks

    def _matched(self, blocks: Sequence[Block], language: str, source: Source) -> dict[str, set[int]]:
        """Return for each rule of the file that has to do with an article the blocks that it matches."""
        whole = self.rules.whole.matcher((language,))
        if language not in self._removing:
            self._removing[language] = self.rules.removing(language)
        removing = self._removing[language]
        matched: dict[str, set[int]] = {}
        for block in blocks:
            guard = whole.protect(block.text)
            phrase = whole.match(block.text)
            own = removing.match(block.text)
            # Where a built-in rule and one of the file match the same line, the first of them is named.
            known = [*(phrase.rules if phrase else ()), *(own.rules if own and not guard else ())]
            for rule in [*known, *([guard] if guard else ())]:
                tally = self.tallies.get(rule.id)
                if tally is not None and tally.rule == rule:
                    matched.setdefault(rule.id, set()).add(block.index)
            if guard is None or own is None:
                continue
            for identifier in sorted({rule.id for rule in own.rules}):
                tally = self.tallies[identifier]
                tally.collisions += 1
                tally.show(tally.colliding, partial(_told, block, source, other=guard.ref))
        return {identifier: matched[identifier] for identifier in self.tallies if identifier in matched}


def _count(
    tally: RuleTally, blocks: Sequence[Block], others: Sequence[Block], matched: set[int], source: Source
) -> None:
    wanted = Fate.KEPT if tally.rule.keeps else Fate.REMOVED
    done = changed = 0
    for block, other in zip(blocks, others, strict=True):
        if block.index not in matched:
            if block.fate is not other.fate:
                tally.beside += 1
                tally.show(tally.others, partial(_told, block, source))
        elif block.fate is wanted and other.fate is not wanted:
            changed += 1
            tally.show(tally.changed, partial(_told, block, source))
        elif block.fate is wanted:
            tally.show(tally.unchanged, partial(_told, block, source))
        else:
            tally.without_effect += 1
            tally.show(tally.idle, partial(_told, block, source))
        done += block.index in matched and block.fate is wanted
    tally.lines += done
    tally.articles += done > 0
    tally.changed_lines += changed
    tally.changed_articles += changed > 0


def _told(block: Block, source: Source, *, other: str = "") -> TrialLine:
    place: Mapping[str, Any] = {"xpath": block.path}
    line = None
    if block.span is not None:
        place = {"char": [block.span.start, block.span.end]}
        # A sign in the place of the line itself, so that a line end before it begins a line.
        line = len((_text(source)[: block.span.start] + "x").splitlines())
    return TrialLine(source.path, place, line, block.text, block.fate, other)


def _text(source: Source) -> str:
    return decode(source.data, declared=source.charset, place=source.path).text
