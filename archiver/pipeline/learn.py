"""Learning rules: articles are read and judged shard by shard, and a bounded sample of each source is compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from archiver.canon import sha256_hex
from archiver.clean.learn import MIN_LEARNED, learn
from archiver.clean.learn_file import rule_file
from archiver.clean.learn_sample import Sample, sampled
from archiver.clean.learned import Learned
from archiver.clean.ruleset import RuleSet, load_rules, read_file
from archiver.engines.local import run_shards
from archiver.errors import ArticleError, UsageError
from archiver.model.article import Article
from archiver.model.shard import Shard
from archiver.model.verdict import Profile
from archiver.pipeline.inputs import find_articles
from archiver.pipeline.look import look_into
from archiver.pipeline.plan import cut
from archiver.pipeline.tools import Tools, require_language

#: As many inputs that are no articles are named; all are counted.
FAILURES_TOLD = 1000
#: The source of files that lie in no folder of their own.
TOP_FOLDER = "(top folder)"
_ONE = "(all)"


class Grouping(StrEnum):
    """What makes articles be of one source."""

    AUTO = "auto"
    """The host of the address; the folder, where no address is known."""
    HOST = "host"
    FOLDER = "folder"
    """The first folder below what all inputs have in common."""
    PUBLISHER = "publisher"
    ONE = "one"
    """The caller vouches that all inputs are of one source."""


@dataclass(frozen=True, slots=True)
class LearnChoices:
    """What decides what is learned, besides the input."""

    by: Grouping
    profile: Profile
    language: str | None
    rules: Path | None
    min_articles: int
    min_share: str
    rules_sha256: str | None = None
    """Of the content of ``rules``, so that a worker reads an edited file again; set when learning begins."""

    def __post_init__(self) -> None:
        require_language(self.language)
        if self.min_articles < MIN_LEARNED:
            raise UsageError(
                f"must be at least {MIN_LEARNED}", place="min_articles", advice="what two articles share may be chance"
            )
        if not 0 < float(self.min_share) <= 1:
            raise UsageError("must be above 0 and at most 1", place="min_share", advice="0.5 is half of the articles")


@dataclass(frozen=True, slots=True)
class LearnRecord:
    """What a shard comes to."""

    number: int
    files: int
    sample: Sample
    failures: tuple[tuple[str, int, ArticleError], ...]
    """Path, place in the file, and what is wrong."""
    failed: int
    unplaced: int
    """Articles whose source is not known."""


@dataclass(frozen=True, slots=True)
class LearnOutcome:
    """What was learned, and what could not be read."""

    learned: Learned
    rules: RuleSet
    """Those that were in force."""
    failed: int
    unplaced: int
    failures: tuple[tuple[str, ArticleError], ...] = field(default=())

    @property
    def toml(self) -> str:
        """The proposed rules as a rule file, with comments for the person who reviews it."""
        return rule_file(self.learned)


@dataclass(frozen=True, slots=True)
class LearnWork:
    """Reads the articles of a shard; can be pickled."""

    choices: LearnChoices

    def __call__(self, shard: Shard) -> LearnRecord:
        """Return the sample of one shard; inputs that are no articles are counted and told."""
        choices = self.choices
        rules = _rules(choices.rules, choices.rules_sha256)
        tools = Tools(rules=rules, profile=choices.profile, validator=None, language=choices.language)
        sample = Sample()
        failures: list[tuple[str, int, ArticleError]] = []
        unplaced = 0
        for one in (one for file in shard.files for one in look_into(file, tools)):
            if one.article is None:
                assert one.error is not None
                failures.append((one.path, one.ordinal, one.error))
                continue
            name = source_name(one.article, choices.by)
            if name is None:
                unplaced += 1
            else:
                sample.add(name, sampled(one.article))
        told = tuple(failures[:FAILURES_TOLD])
        return LearnRecord(shard.number, len(shard.files), sample, told, len(failures), unplaced)


@lru_cache(maxsize=4)
def _rules(file: Path | None, _sha256: str | None) -> RuleSet:
    return load_rules(file)


def learn_from(
    arguments: Sequence[str],
    choices: LearnChoices,
    *,
    jobs: int,
    stdin: bytes | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> LearnOutcome:
    """Learn rules from everything that ``arguments`` name; the number of ``jobs`` never changes the result.

    Raises InputNotFoundError, RuleFileError, and UsageError for a package among the articles.
    """
    if jobs < 1:
        raise UsageError("must be at least 1", place="jobs", advice="say how many worker processes to use")
    if choices.rules is not None:
        content = read_file(choices.rules).encode("utf-8")
        choices = replace(choices, rules_sha256=sha256_hex(content))
    rules = _rules(choices.rules, choices.rules_sha256)
    own = [str(choices.rules)] if choices.rules else []
    files = tuple(find_articles(arguments, stdin=stdin, leave_out=own))
    sample = Sample()
    failures: list[tuple[str, int, ArticleError]] = []
    failed = unplaced = done = 0
    for record in run_shards(LearnWork(choices), cut(files), jobs=jobs):
        sample.join(record.sample)
        failed += record.failed
        unplaced += record.unplaced
        failures = sorted([*failures, *record.failures], key=lambda one: (one[0].encode(), one[1]))[:FAILURES_TOLD]
        done += record.files
        if progress:
            progress(done, len(files))
    learned = learn(sample, rules, min_articles=choices.min_articles, min_share=choices.min_share)
    told = tuple((path, error) for path, _, error in failures)
    return LearnOutcome(learned, rules, failed, unplaced, told)


def source_name(article: Article, by: Grouping) -> str | None:
    """Return what the source of ``article`` is called, None where it is not known."""
    metadata = article.metadata
    if by is Grouping.ONE:
        return _ONE
    if by is Grouping.PUBLISHER:
        return metadata.publisher or metadata.site_name
    host = _host(metadata.url or metadata.canonical_url)
    if by is Grouping.HOST or (by is Grouping.AUTO and host):
        return host
    folder, slash, _ = metadata.source.path.partition("/")
    return folder if slash else TOP_FOLDER


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
