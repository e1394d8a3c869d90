"""Rules learned from many articles of one source: lines that stand in most of them and in no other source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from archiver.canon import sha256_hex
from archiver.clean.learn_proposal import Proposer
from archiver.clean.learn_sample import Sample, without_versions
from archiver.clean.learn_source import Recurring, SourceLines
from archiver.clean.learned import Learned, LearnedSource, LeftAlone, Proposal, Shared
from archiver.clean.ruleset import RuleSet

#: Nobody can ask for fewer.
MIN_LEARNED = 3
#: Fewer articles of a source tell little: what all of them have may be chance.
MIN_ARTICLES = 10
#: A line is learned that stands in this share of the articles.
MIN_SHARE = "0.5"


def learn(sample: Sample, rules: RuleSet, *, min_articles: int = MIN_ARTICLES, min_share: str = MIN_SHARE) -> Learned:
    """Return rules for what recurs in each source of ``sample`` and is no text of its articles.

    ``rules`` are those in force: what they remove for certain is not proposed again. ``min_share`` is a
    decimal number above 0, at most 1. Nothing is proposed for a source with fewer than ``min_articles``.
    """
    share = Fraction(min_share)
    told: list[LearnedSource] = []
    learned: dict[str, SourceLines] = {}
    for name, own in sorted(sample.sources.items()):
        lines = SourceLines(without_versions(own.articles), min_share=share)
        enough = len(lines.articles) >= min_articles
        told.append(LearnedSource(name, lines.language(), own.seen, len(lines.articles), enough))
        if enough:
            learned[name] = lines
    holders: dict[str, list[str]] = defaultdict(list)
    for name, lines in learned.items():
        for one in lines.recurring:
            holders[one.key].append(name)
    slugs = _slugs(learned)
    proposals: list[Proposal] = []
    left_alone: list[LeftAlone] = []
    shared: dict[str, Shared] = {}
    for name, lines in learned.items():
        proposer = Proposer(name, slugs[name], lines, rules)
        for one in lines.recurring:
            left = proposer.left_alone(one)
            if left is not None:
                left_alone.append(left)
            elif len(holders[one.key]) > 1:
                _join(shared, name, one, lines)
            else:
                outcome = proposer.propose(one)
                (proposals if isinstance(outcome, Proposal) else left_alone).append(outcome)  # type: ignore[arg-type]
    return Learned(
        sources=tuple(told),
        proposals=tuple(proposals),
        left_alone=tuple(left_alone),
        shared=tuple(one for _, one in sorted(shared.items())),
        min_articles=min_articles,
        min_share=min_share,
    )


def _join(shared: dict[str, Shared], name: str, one: Recurring, lines: SourceLines) -> None:
    standing = lines.standing(one.places)
    known = shared.get(one.key, Shared(lines.texts(one.places)[0], ()))
    shared[one.key] = replace(known, sources=(*known.sources, (name, standing.articles, standing.of)))


def _slugs(names: Iterable[str]) -> dict[str, str]:
    """Return for each source what its rules are called; names that would come out alike are told apart by a digest."""
    plain = {name: re.sub(r"[^0-9a-z]+", "-", name.lower()).strip("-") for name in names}
    taken = Counter(plain.values())
    return {
        name: slug if slug and taken[slug] == 1 else f"{slug or 'source'}-{_digest(name)}"
        for name, slug in plain.items()
    }


def _digest(name: str) -> str:
    return sha256_hex(name.encode("utf-8", "surrogatepass"))[:6]
