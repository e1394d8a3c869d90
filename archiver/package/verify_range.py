"""Checking some articles of a package by themselves: description, TEI, ledger and places in the source."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archiver.canon import sha256_hex
from archiver.model.account import ExpectedAccount, TeiAccount
from archiver.model.metadata import Metadata, SourceRef
from archiver.model.metadata_from import loose_metadata, of_another_kind
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.ledger_read import LEDGER, LedgerLines, LedgerReader
from archiver.package.listing import LineRange, SourceFile, parse_object, read_range, source_file
from archiver.package.records import RecordFinder
from archiver.package.spread import lost
from archiver.package.verify_account import ARTICLES, Listed, TeiReading, check_account
from archiver.package.verify_relations import named_articles, without_relations
from archiver.package.verify_source_ref import check_against_file, is_of_record
from archiver.package.verify_source_text import check_source_text, has_source_text
from archiver.package.verify_warc import derived_key

CheckDescription = Callable[[Mapping[str, Any], str, int], Iterable[Finding]]
"""Called with a description, the file it stands in and its line."""
CheckTei = Callable[[bytes, str], Iterable[Finding]]
"""Called with a TEI document and its file."""


@dataclass(frozen=True, slots=True)
class Checkers:
    """What other rooms know how to check."""

    description: CheckDescription
    tei: CheckTei
    """Checks a document of a package."""
    any_tei: CheckTei
    """Checks a document of whomever."""
    account: TeiReading | None = None
    """Reads the TEI of an article and checks it like ``tei``; None leaves out what it tells."""


@dataclass(frozen=True, slots=True)
class ArticleRange:
    """Some lines of articles.jsonl, with the lines of the ledger that follow from them."""

    articles: LineRange
    ledger: LineRange
    sources: LineRange
    """From the input file of the first article to the end: a hint, where to look first."""
    size: int
    """About so much work, in bytes that could be read meanwhile."""

    def lost(self) -> CheckedRange:
        """Return what is told if the process that checked them was ended."""
        return CheckedRange((), (replace(lost(ARTICLES), line=self.articles.number),))


@dataclass(frozen=True, slots=True)
class ExpectedRecord:
    """A derived record that must be there, and what it is a copy of."""

    kind: str
    what: str
    key: bytes
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What one article says that only the whole package can tell right from wrong."""

    line: int
    id: str
    source: SourceRef
    own_record: bool | None
    """Whether its record is one that archiver made of it; None if that cannot be told."""
    named: tuple[tuple[str, str], ...]
    """JSON Pointer and id of each related article."""
    expected: tuple[ExpectedRecord, ...]


@dataclass(frozen=True, slots=True)
class CheckedRange:
    """What came of it: findings, and for each article that could be read its facts."""

    articles: tuple[tuple[tuple[Finding, ...], ArticleFacts | None], ...]
    rest: tuple[Finding, ...]


def check_range(root: Path, task: ArticleRange, checkers: Checkers, records: RecordFinder) -> CheckedRange:
    """Check each article of ``task``; ``root`` is the folder of the package. Raises PackageError, OSError."""
    data = root / layout.DATA
    ledger, sources = LedgerReader(data, task.ledger), _Sources(data, task.sources)
    made: list[tuple[tuple[Finding, ...], ArticleFacts | None]] = []
    for number, line in read_range(data / layout.ARTICLES, task.articles):
        findings: list[Finding] = []
        facts = None
        try:
            value = parse_object(line)
            faults = tuple(checkers.description(value, ARTICLES, number))
            findings += faults
            metadata = loose_metadata(value)
        except ValueError as error:
            findings.append(Finding("package.article-invalid", str(error), file=ARTICLES, line=number))
        else:
            blocks, told = _drain(ledger.of(metadata.id), findings)
            listed = Listed(metadata, number, blocks)
            tei = _tei_bytes(data, metadata, findings)
            origin = sources.of(metadata.source.path)
            odd = of_another_kind(metadata)
            if odd is None:
                account = None if tei is None else _check_tei(listed, tei, checkers, findings)
                findings += _check_source(listed, account, records, origin)
            else:
                findings += () if tei is None else checkers.tei(tei, listed.tei)
                # Values of another kind are told, mostly by the schema, and cannot be compared.
                if not faults:
                    message = f"{odd} is of another kind than it should be"
                    findings.append(Finding("package.article-invalid", message, file=ARTICLES, line=number))
            expected = _expected(listed, without_relations(line, value), told, tei)
            named, own = tuple(named_articles(metadata)), is_of_record(origin)
            facts = ArticleFacts(number, metadata.id, metadata.source, own, named, expected)
        made.append((tuple(findings), facts))
    return CheckedRange(tuple(made), tuple(ledger.rest()))


def _drain(steps: Generator[Finding, None, LedgerLines], findings: list[Finding]) -> LedgerLines:
    while True:
        try:
            findings.append(next(steps))
        except StopIteration as end:
            told: LedgerLines = end.value
            return told


def _tei_bytes(data: Path, metadata: Metadata, findings: list[Finding]) -> bytes | None:
    path = data / layout.tei_path(metadata.id)
    name = f"{layout.DATA}/{layout.tei_path(metadata.id)}"
    if not layout.is_article_id(metadata.id) or not path.is_file() or path.is_symlink():
        findings.append(Finding("package.tei-missing", f"article {metadata.id} has no TEI file", file=name))
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"the TEI file cannot be read: {error.strerror}"
        findings.append(Finding("package.tei-missing", message, file=name))
        return None


def _check_tei(listed: Listed, tei: bytes, checkers: Checkers, findings: list[Finding]) -> TeiAccount | None:
    """Check the TEI of an article, and what it tells against what was ``listed``, of which there are ``findings``."""
    reading, metadata = checkers.account, listed.metadata
    if reading is None:
        findings += checkers.tei(tei, listed.tei)
        return None
    blocks = [block for _, block in listed.blocks]
    account = None if findings else reading.written(tei, metadata, blocks)
    if account is not None and not any(check_account(listed, account, ExpectedAccount(account.facts, account.removed))):
        return account
    wrong, account = reading.read(tei, listed.tei)
    findings += wrong
    if account is not None:
        findings += check_account(listed, account, reading.expect(metadata, blocks))
    return account


def _check_source(
    listed: Listed, account: TeiAccount | None, records: RecordFinder, origin: SourceFile | None
) -> Iterator[Finding]:
    source = listed.metadata.source
    if origin is not None:
        yield from check_against_file(source, listed.line, origin)
    if has_source_text(source):
        yield from check_source_text(listed, account, records, origin)


def _expected(listed: Listed, line: bytes, ledger: bytes, tei: bytes | None) -> tuple[ExpectedRecord, ...]:
    """The three derived records: TEI, description and ledger of the article, byte for byte."""
    refers_to = listed.metadata.source.warc_record_id

    def record(kind: str, what: str, block: bytes, file: str, number: int | None) -> ExpectedRecord:
        return ExpectedRecord(kind, what, derived_key(kind, refers_to, sha256_hex(block)), file, number)

    first = listed.blocks[0][0] if listed.blocks else None
    records = [
        record("metadata", "description", line, ARTICLES, listed.line),
        record("metadata", "removal ledger", ledger, LEDGER, first),
    ]
    if tei is not None:
        records.append(record("conversion", "TEI", tei, listed.tei, None))
    return tuple(records)


class _Sources:
    """The input files, read in step with the articles; damaged lines are passed over, others tell of them."""

    def __init__(self, data: Path, lines: LineRange) -> None:
        self._lines = read_range(data / layout.SOURCES, lines)
        self._now: SourceFile | None = None

    def of(self, path: str) -> SourceFile | None:
        """Return the input file of this path, None if it does not stand at or after the last one."""
        while self._now is None or self._now.path != path:
            line = next(self._lines, None)
            if line is None:
                return None
            try:
                self._now = source_file(parse_object(line[1]))
            except ValueError:
                continue
        return self._now


def check_orphans(data: Path, lines: LineRange) -> Iterator[Finding]:
    """Yield a finding for each of these lines of the ledger, which belong to no article. Raises PackageError."""
    yield from LedgerReader(data, lines).rest()
