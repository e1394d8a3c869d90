"""Phrase rules: tried on articles, and learned from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path

from archiver.api.named import named
from archiver.clean.learn import MIN_ARTICLES, MIN_SHARE
from archiver.clean.trial import SAMPLES, RuleTrial
from archiver.model.choice import chosen
from archiver.model.verdict import Profile
from archiver.pipeline.learn import Grouping, LearnChoices, LearnOutcome, learn_from
from archiver.pipeline.trial import try_file


def try_rules(
    file: str | PathLike[str],
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]] = (),
    *,
    profile: str = "balanced",
    language: str | None = None,
    samples: int = SAMPLES,
    stdin: bytes | None = None,
) -> RuleTrial:
    """Check each rule of a rule file against its examples, then tell what it does to the articles in ``inputs``.

    Articles are looked at only if every rule meets its examples. Raises UsageError.
    """
    known = chosen(Profile, profile, place="profile")
    return try_file(Path(file), named(inputs), profile=known, language=language, samples=samples, stdin=stdin)


def learn_rules(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    by: str = "auto",
    min_articles: int = MIN_ARTICLES,
    min_share: float = float(MIN_SHARE),
    profile: str = "balanced",
    rules: str | PathLike[str] | None = None,
    language: str | None = None,
    jobs: int = 1,
    stdin: bytes | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> LearnOutcome:
    """Propose rules for lines that stand in most articles of one source and in no other source.

    ``by`` tells what makes a source: ``auto`` (host, else folder), ``host``, ``folder``, ``publisher`` or
    ``one``. ``rules`` is a file of yours that is in force already; ``jobs`` as for :func:`export`. Raises
    UsageError.
    """
    choices = LearnChoices(
        by=chosen(Grouping, by, place="by"),
        profile=chosen(Profile, profile, place="profile"),
        language=language,
        rules=Path(rules) if rules else None,
        min_articles=min_articles,
        min_share=str(min_share),
    )
    return learn_from(named(inputs), choices, jobs=jobs, stdin=stdin, progress=progress)
