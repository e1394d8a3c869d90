"""Checking the lists of articles and rejects against each other and against what the archive holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archiver.model.metadata_from import loose_metadata
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.holdings import Holdings
from archiver.package.listing import parse_object, read_lines, reject
from archiver.package.verify_account import ARTICLES
from archiver.package.verify_range import ArticleFacts, CheckedRange
from archiver.package.verify_relations import check_relations
from archiver.package.verify_source_ref import check_against_record
from archiver.package.verify_warc import scan_warc
from archiver.warc.part import WHOLE

_REJECTS = f"{layout.DATA}/{layout.REJECTS}"
_DERIVED = f"{layout.DATA}/{layout.DERIVED}"
#: So many records that belong to nothing are named, the others counted.
_NAMED = 100


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
            metadata = loose_metadata(parse_object(line))
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
        tally.articles[facts.source.path] += 1
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
    if facts.source.warc_record_id not in holdings.archive_ids:
        yield Finding(
            "package.record-missing",
            f"article {facts.id}: its source record is not in archive/",
            file=ARTICLES,
            line=facts.line,
            pointer="/source/warc_record_id",
            record_id=facts.source.warc_record_id,
        )
    elif facts.own_record is not None:
        yield from check_against_record(facts.source, facts.line, holdings, own=facts.own_record)


def _check_derived(facts: ArticleFacts, holdings: Holdings) -> Iterator[Finding]:
    for record in facts.expected:
        if holdings.derived[record.key] > 0:
            holdings.derived[record.key] -= 1
            continue
        message = (
            f"article {facts.id}: no {record.kind} record in {_DERIVED}/ holds its {record.what} as it stands here"
        )
        yield Finding(
            "package.derived-missing",
            message,
            file=record.file,
            line=record.line,
            record_id=facts.source.warc_record_id,
        )


def check_leftovers(data: Path, holdings: Holdings, tally: Tally) -> Iterator[Finding]:
    """Yield what there is for no article: derived records, TEI files."""
    yield from _check_extra(data, holdings)
    known = {layout.CORPUS, *(layout.tei_path(article_id) for article_id in tally.ids)}
    for path in sorted((data / layout.TEI).rglob("*.xml")):
        name = layout.relative(path, data)
        if name not in known:
            message = "the TEI file belongs to no article of the package"
            yield Finding("package.tei-extra", message, file=f"{layout.DATA}/{name}")


def _check_extra(data: Path, holdings: Holdings) -> Iterator[Finding]:
    """Read the records once more where some are left, to name the first of them: so nothing need be kept of each."""
    left = +holdings.derived
    more, named = left.total(), 0
    for path in layout.warc_files(data, layout.DERIVED) if left else ():
        scanned, _ = scan_warc(data.parent, f"{layout.DERIVED}/{path.name}", WHOLE)
        # Of several copies the last ones are too many.
        for record in reversed(scanned.derived):
            if named < _NAMED and left[record.key] > 0:
                left[record.key] -= 1
                named += 1
                message = f"the {record.type} record belongs to no article of the package"
                file, offset = f"{layout.DATA}/{scanned.file}", record.offset
                yield Finding("package.derived-extra", message, file=file, offset=offset, record_id=record.record_id)
    if more > named:
        message = f"{more - named} more conversion or metadata records belong to no article of the package"
        yield Finding("package.derived-extra", message, file=_DERIVED)


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
