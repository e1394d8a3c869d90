"""From recurring lines to proposed rules: category, zone, a strength on the safe side, examples."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from archiver.clean.learn_pattern import patterns_of
from archiver.clean.learn_source import Recurring, SourceLines, is_part
from archiver.clean.learn_tokens import key_of, letters_in, tokens_of, word_weight
from archiver.clean.learned import LeftAlone, Proposal, Reason, Standing
from archiver.clean.match import Matcher, covers
from archiver.clean.rule import Rule, RuleTableError, Scope, Strength, Zone
from archiver.clean.ruleset import RuleSet
from archiver.clean.shape import shape_of
from archiver.model.article import BlockKind
from archiver.model.verdict import Category

#: A rule is proposed as sure from so many compared articles, and when this share (in per cent) has the line.
_SURE_ARTICLES, _SURE_PERCENT = 20, 80
#: Halves of words (two for a word, one for a character of a spaceless script) and letters that a sure rule has.
_SURE_WEIGHT, _SURE_LETTERS = 4, 8
#: So many of a hundred articles must have the line above (or below) their text for a rule of that zone alone.
_ZONE_PERCENT = 90
#: What removes a line by how it looks, and may judge otherwise in another article.
_GUESSES = "text."
_NAMES = (BlockKind.BYLINE, BlockKind.SOURCE)
#: A line that stands inside the text in no more of a hundred articles got there by chance.
_STRAY_PERCENT = 5
#: A short line between paragraphs can be a heading of the articles.
_HEADING_WORDS = 4
_MATCHES, _KEEPS = 4, 2
_KEEP_CHARS = 300
_LONG_WORDS = 20
_BREADCRUMB = re.compile(r"\s*[>›»|/·•]\s*")
_CRUMBS = 3
_CLAUSE = re.compile(r"[.!?:;,|–—。！？：；，｜]+")
_RIGHTS = re.compile(
    r"©|\(c\) ?\d|all rights reserved|alle rechte|tous droits|todos los derechos|版权所有", re.IGNORECASE
)

NOTE_LONG = "a long sentence: a notice of an agency or a disclaimer may belong to the record; read it first"
NOTE_BETWEEN = "stands between paragraphs in some articles: it may be a heading of theirs; read it first"
NOTE_NAME = "looks like the name of a person or a publisher: it may be the byline of a single writer"
NOTE_VARIES = "a part of it varies: see that the pattern takes nothing else"
NOTE_LABEL = "whatever stands behind the colon goes with it"
NOTE_GUESSED = "it is removed already wherever it stands, but by its looks alone"
NOTE_WORD = "a single word: it may be a line of an article elsewhere"


@dataclass(frozen=True, slots=True)
class _Strength:
    strength: Strength
    zone: Zone
    note: str


class Proposer:
    """Makes rules for one source."""

    def __init__(self, source: str, slug: str, lines: SourceLines, rules: RuleSet) -> None:
        self.source = source
        self.slug = slug
        self.lines = lines
        language = lines.language()
        self.matcher = rules.matcher((language,))
        # A language without rules must not get a few: its pages are read with the sure rules of all others.
        self.language = language if language in rules.languages else "any"
        self._numbers: dict[Category, int] = defaultdict(int)

    def propose(self, one: Recurring) -> Proposal | LeftAlone:
        """Return a proposal for ``one``, or why it can have no rule; ask :meth:`left_alone` first."""
        standing = self.lines.standing(one.places)
        made = self._rule(one, standing, self.lines.texts(one.places))
        if isinstance(made, LeftAlone):
            return made
        rule, note = made
        if standing.kept == 0:
            note = f"{note}; {NOTE_GUESSED}" if note else NOTE_GUESSED
        return Proposal(self.source, rule, standing, self.lines.seen(one.places), note)

    def left_alone(self, one: Recurring) -> LeftAlone | None:
        """Return why no rule is wanted for ``one``, or None."""
        standing = self.lines.standing(one.places)
        texts = self.lines.texts(one.places)

        def because(reason: Reason, detail: str) -> LeftAlone:
            return LeftAlone(self.source, texts[0], standing, reason, detail)

        found = [self.lines.line(place) for place in one.places]
        if any(line.length > len(line.text) for line in found):
            return because(Reason.LONG, f"{max(line.length for line in found)} characters")
        phrases = [self.matcher.match(text) for text in texts]
        if all(phrase is not None and phrase.strength is Strength.SURE for phrase in phrases):
            rules = sorted({rule.ref for phrase in phrases if phrase for rule in phrase.rules})
            return because(Reason.COVERED, ", ".join(rules))
        single = not _is_telling(texts[0])
        if standing.kept == 0 and (single or not any(line.rule.startswith(_GUESSES) for line in found)):
            return because(Reason.REMOVED, ", ".join(sorted({line.rule for line in found})))
        guard = next((rule for text in texts if (rule := self.matcher.protect(text))), None)
        if guard is not None:
            return because(Reason.PART, f"{guard.keeps}: {guard.ref}")
        parts = [line for line in found if is_part(line)]
        if len(parts) * 2 >= len(found):
            return because(Reason.PART, f"{parts[0].kind}: {parts[0].rule}")
        shape = shape_of(texts[0])
        often = standing.times * 2 >= standing.articles * 3
        if _is_between(standing) and not shape.sentence and (often or shape.words <= _HEADING_WORDS):
            return because(Reason.BETWEEN, f"between paragraphs in {standing.between} of {standing.articles}")
        return None

    def _rule(self, one: Recurring, standing: Standing, texts: Sequence[str]) -> tuple[Rule, str] | LeftAlone:
        scope, patterns = patterns_of(one, self.lines)
        if not patterns:
            return LeftAlone(self.source, texts[0], standing, Reason.NO_PATTERN, "too much of it varies")
        keep = self._keep(texts)
        if not keep:
            return LeftAlone(
                self.source, texts[0], standing, Reason.NO_PATTERN, "no line of an article to hold against it"
            )
        chosen = self._strength(one, standing, texts, scope)
        category = self._category(texts[0])
        rule = Rule(
            id=f"{self.language}.{category}.{self.slug}-{self._numbers[category] + 1:02d}",
            version=1,
            language=self.language,
            category=category,
            keeps=None,
            pattern=patterns,
            scope=scope,
            zone=chosen.zone,
            strength=chosen.strength,
            max_chars=self._max_chars(texts),
            reason=f"Stands in {standing.articles} of {standing.of} articles of {self.source}.",
            match=tuple(texts[:_MATCHES]),
            keep=keep,
        )
        fault = self._fault(rule, texts)
        if fault is not None:
            return LeftAlone(self.source, texts[0], standing, *fault)
        self._numbers[category] += 1
        return rule, chosen.note

    def _fault(self, rule: Rule, texts: Sequence[str]) -> tuple[Reason, str] | None:
        try:
            matcher = Matcher([rule])
        except RuleTableError as error:
            return Reason.NO_PATTERN, str(error)
        missed = next((text for text in texts if not covers(rule, text)), None)
        if missed is not None:
            return Reason.NO_PATTERN, f"“{rule.pattern[0]}” would not match “{missed}”"
        hit = next((text for text in self.lines.own_texts if matcher.match(text) is not None), None)
        return None if hit is None else (Reason.BODY, f"“{rule.pattern[0]}” would match “{hit}”")

    def _strength(self, one: Recurring, standing: Standing, texts: Sequence[str], scope: Scope) -> _Strength:
        """Choose on the safe side: sure only for what nearly every article has, in one place, word for word."""
        zone = _zone(standing)
        shape = shape_of(texts[0])
        if _is_between(standing):
            # A question, or what varies with the article, is rather a heading of it.
            notice = shape.sentence and one.template is None and not texts[0].endswith(("?", "？", "؟"))
            return _Strength(Strength.LIKELY if notice else Strength.HINT, Zone.ANY, NOTE_BETWEEN)
        if any(self.lines.line(place).kind in _NAMES for place in one.places):
            return _Strength(Strength.HINT, zone, NOTE_NAME)
        if shape.sentence or shape.words >= _LONG_WORDS:
            return _Strength(Strength.LIKELY, zone, NOTE_LONG)
        if scope is Scope.START:
            return _Strength(Strength.LIKELY, zone, NOTE_LABEL)
        if one.template is not None:
            return _Strength(Strength.LIKELY, zone, NOTE_VARIES)
        if not _is_telling(texts[0]):
            return _Strength(Strength.LIKELY if zone is Zone.TAIL else Strength.HINT, zone, NOTE_WORD)
        often = standing.of >= _SURE_ARTICLES and standing.articles * 100 >= standing.of * _SURE_PERCENT
        return _Strength(Strength.SURE if often and zone is not Zone.ANY else Strength.LIKELY, zone, "")

    def _category(self, text: str) -> Category:
        for clause in _CLAUSE.split(text):
            phrase = self.matcher.match(clause)
            if phrase is not None and phrase.strength is not Strength.HINT:
                return phrase.category
        if _RIGHTS.search(text):
            return Category.COPYRIGHT
        if len([crumb for crumb in _BREADCRUMB.split(text) if crumb]) >= _CRUMBS and not shape_of(text).sentence:
            return Category.NAV
        return Category.STRUCTURE

    def _max_chars(self, texts: Sequence[str]) -> int:
        longest = max(map(len, texts))
        return min(400, max(200, longest + longest // 4))

    def _keep(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The lines of the articles that look most like it."""
        words = set(key_of(texts[0]).split())
        scores: dict[str, int] = defaultdict(int)
        for word in sorted(words):
            for text in self._texts_by_word.get(word, ()):
                scores[text] += letters_in((word,))
        likest = sorted(scores, key=lambda text: (-scores[text], len(text), text))
        return tuple(likest[:_KEEPS]) or self._plain[:1]

    @cached_property
    def _plain(self) -> tuple[str, ...]:
        texts = [text for text in self.lines.own_texts if len(text) <= _KEEP_CHARS]
        return tuple(sorted(texts, key=lambda text: (not shape_of(text).sentence, len(text), text)))

    @cached_property
    def _texts_by_word(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for text in self._plain:
            for word in sorted(set(key_of(text).split())):
                found[word].append(text)
        return found


def _is_telling(text: str) -> bool:
    """Whether a line is more than a single word."""
    words = tuple(token.key for token in tokens_of(text))
    return word_weight(words) >= _SURE_WEIGHT and letters_in(words) >= _SURE_LETTERS


def _is_between(standing: Standing) -> bool:
    return standing.between * 100 > standing.articles * _STRAY_PERCENT


def _zone(standing: Standing) -> Zone:
    if standing.head * 100 >= standing.articles * _ZONE_PERCENT:
        return Zone.HEAD
    return Zone.TAIL if standing.tail * 100 >= standing.articles * _ZONE_PERCENT else Zone.ANY
