"""Checking the lists of articles and rejects against each other and against what the archive holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archiver.model.metadata_from import metadata_from_dict
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.holdings import Holdings
from archiver.package.listing import parse_object, read_lines, reject
from archiver.package.verify_range import ARTICLES, ArticleFacts, CheckedRange
from archiver.package.verify_relations import check_relations

_REJECTS = f"{layout.DATA}/{layout.REJECTS}"


@dataclass(slots=True)
class Tally:
    """What the lists say, for the checks that follow."""

    articles: Counter[str] = field(default_factory=Counter)
    """Input path to number of articles."""
    rejects: Counter[str] = field(default_factory=Counter)
    ids: dict[str, None] = field(default_factory=dict)
    """Ids of the articles, in order."""


def count_articles(data: Path, tally: Tally) -> Iterator[Finding]:
    """Fill in ``tally`` alone, without looking at more than ids and paths. Raises PackageError."""
    for number, line in read_lines(data / layout.ARTICLES):
        try:
            metadata = metadata_from_dict(parse_object(line))
        except ValueError as error:
            yield Finding("package.article-invalid", str(error), file=ARTICLES, line=number)
            continue
        tally.articles[metadata.source.path] += 1
        tally.ids[metadata.id] = None


def check_articles(checked: CheckedRange, holdings: Holdings, tally: Tally) -> Iterator[Finding]:
    """Add some articles to ``tally``; yield what is wrong with them, and take what they need from ``holdings``."""
    for findings, facts in checked.articles:
        yield from findings
        if facts is None:
            continue
        tally.articles[facts.path] += 1
        yield from check_relations(facts.id, facts.named, facts.line, tally.ids)
        yield from _check_identity(facts, holdings, tally)
        yield from _check_derived(facts, holdings)
    yield from checked.rest


def _check_identity(facts: ArticleFacts, holdings: Holdings, tally: Tally) -> Iterator[Finding]:
    if not layout.is_article_id(facts.id):
        message = f"the id {facts.id!r} is not a- and hexadecimal digits"
        yield Finding("package.article-id", message, file=ARTICLES, line=facts.line, pointer="/id")
    if facts.id in tally.ids:
        message = f"the id {facts.id} stands there twice"
        yield Finding("package.article-id", message, file=ARTICLES, line=facts.line, pointer="/id")
    tally.ids[facts.id] = None
    if facts.record_id not in holdings.archive_ids:
        yield Finding(
            "package.record-missing",
            f"article {facts.id}: its source record is not in archive/",
            file=ARTICLES,
            line=facts.line,
            pointer="/source/warc_record_id",
            record_id=facts.record_id,
        )


def _check_derived(facts: ArticleFacts, holdings: Holdings) -> Iterator[Finding]:
    for kind, what, key in facts.expected:
        if holdings.derived[key] > 0:
            holdings.derived[key] -= 1
            continue
        message = f"article {facts.id}: no {kind} record in derived/ holds its {what} as it stands in the package"
        file = f"{layout.DATA}/{layout.DERIVED}"
        yield Finding("package.derived-missing", message, file=file, record_id=facts.record_id)


def check_leftovers(data: Path, holdings: Holdings, tally: Tally) -> Iterator[Finding]:
    """Yield what there is for no article: derived records, TEI files."""
    left = sum(holdings.derived.values())
    if left:
        message = f"{left} conversion or metadata records belong to no article of the package"
        yield Finding("package.derived-extra", message, file=f"{layout.DATA}/{layout.DERIVED}")
    known = {layout.CORPUS, *(layout.tei_path(article_id) for article_id in tally.ids)}
    for path in sorted((data / layout.TEI).rglob("*.xml")):
        name = layout.relative(path, data)
        if name not in known:
            message = "the TEI file belongs to no article of the package"
            yield Finding("package.tei-extra", message, file=f"{layout.DATA}/{name}")


def check_rejects(data: Path, holdings: Holdings | None, tally: Tally) -> Iterator[Finding]:
    """Yield what is wrong with rejects.jsonl: each has its bytes in ``archive/``, unless none could be read.

    ``holdings`` None leaves the archive out. Raises PackageError if the list cannot be read.
    """
    for number, line in read_lines(data / layout.REJECTS):
        try:
            one = reject(parse_object(line))
        except ValueError as error:
            yield Finding("package.reject-invalid", str(error), file=_REJECTS, line=number)
            continue
        tally.rejects[one.path] += 1
        if one.id in tally.ids:
            message = f"{one.id} is listed as article and as reject"
            yield Finding("package.reject-is-article", message, file=_REJECTS, line=number, pointer="/id")
        if holdings is None or one.sha256 is None:
            continue
        if one.record_id not in holdings.archive_ids:
            message = f"the bytes of {one.path!r} are not in archive/"
            yield Finding("package.record-missing", message, file=_REJECTS, line=number, record_id=one.record_id)
