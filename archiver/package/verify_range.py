"""Checking some articles of a package by themselves: description, TEI, ledger and places in the source."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archiver.canon import sha256_hex
from archiver.model.account import TeiAccount
from archiver.model.metadata import Metadata, SourceRef
from archiver.model.metadata_from import loose_metadata, of_another_kind
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.ledger_line import fault_of
from archiver.package.listing import LineRange, Removed, SourceFile, parse_object, read_range, removed, source_file
from archiver.package.records import RecordFinder
from archiver.package.spread import lost
from archiver.package.verify_account import ARTICLES, LEDGER, Listed, TeiReading, check_account
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
    ledger, sources = _Ledger(data, task.ledger), _Sources(data, task.sources)
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
            tei, account = _tei(data, metadata, checkers, findings)
            origin = sources.of(metadata.source.path)
            odd = of_another_kind(metadata)
            if odd is None:
                findings += _check_account(listed, account, checkers.account)
                findings += _check_source(listed, account, records, origin)
            elif not faults:
                # Values of another kind are told, mostly by the schema, and cannot be compared.
                message = f"{odd} is of another kind than it should be"
                findings.append(Finding("package.article-invalid", message, file=ARTICLES, line=number))
            expected = _expected(listed, without_relations(line, value), told, tei)
            named, own = tuple(named_articles(metadata)), is_of_record(origin)
            facts = ArticleFacts(number, metadata.id, metadata.source, own, named, expected)
        made.append((tuple(findings), facts))
    return CheckedRange(tuple(made), tuple(ledger.rest()))


def _drain(steps: Generator[Finding, None, _Told], findings: list[Finding]) -> _Told:
    while True:
        try:
            findings.append(next(steps))
        except StopIteration as end:
            told: _Told = end.value
            return told


def _tei(
    data: Path, metadata: Metadata, checkers: Checkers, findings: list[Finding]
) -> tuple[bytes | None, TeiAccount | None]:
    path = data / layout.tei_path(metadata.id)
    name = f"{layout.DATA}/{layout.tei_path(metadata.id)}"
    if not layout.is_article_id(metadata.id) or not path.is_file() or path.is_symlink():
        findings.append(Finding("package.tei-missing", f"article {metadata.id} has no TEI file", file=name))
        return None, None
    try:
        tei = path.read_bytes()
    except OSError as error:
        message = f"the TEI file cannot be read: {error.strerror}"
        findings.append(Finding("package.tei-missing", message, file=name))
        return None, None
    if checkers.account is None:
        findings += checkers.tei(tei, name)
        return tei, None
    wrong, account = checkers.account.read(tei, name)
    findings += wrong
    return tei, account


def _check_account(listed: Listed, account: TeiAccount | None, reading: TeiReading | None) -> Iterator[Finding]:
    if account is not None and reading is not None:
        expected = reading.expect(listed.metadata, [block for _, block in listed.blocks])
        yield from check_account(listed, account, expected)


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


_Told = tuple[list[tuple[int, Removed]], bytes]


class _Ledger:
    """Some lines of the ledger, read in step with the articles."""

    def __init__(self, data: Path, lines: LineRange) -> None:
        self._lines = read_range(data / layout.LEDGER, lines)
        self._next: tuple[int, bytes, Removed] | None = None
        self._done = False

    def _advance(self) -> Iterator[Finding]:
        self._next = None
        for number, line in self._lines:
            try:
                value = parse_object(line)
                block = removed(value)
            except ValueError as error:
                yield Finding("package.ledger-invalid", str(error), file=LEDGER, line=number)
                continue
            self._next = (number, line, block)
            fault = fault_of(value, block)
            if fault:
                yield Finding("package.ledger-invalid", fault, file=LEDGER, line=number)
            return
        self._done = True

    def of(self, article_id: str) -> Generator[Finding, None, _Told]:
        """Yield findings; return the blocks of the article with their line numbers, and the lines themselves."""
        blocks: list[tuple[int, Removed]] = []
        lines: list[bytes] = []
        if self._next is None and not self._done:
            yield from self._advance()
        while self._next is not None and self._next[2].article == article_id:
            number, line, block = self._next
            if blocks and block.block <= blocks[-1][1].block:
                message = "removed blocks of one article are not in reading order"
                yield Finding("package.ledger-order", message, file=LEDGER, line=number, pointer="/block")
            blocks.append((number, block))
            lines.append(line + b"\n")
            yield from self._advance()
        return blocks, b"".join(lines)

    def rest(self) -> Iterator[Finding]:
        """Yield a finding for every line that belongs to no article."""
        if self._next is None and not self._done:
            yield from self._advance()
        while self._next is not None:
            number, _, block = self._next
            message = f"the line belongs to no article, or not here: {block.article!r}"
            yield Finding("package.ledger-orphan", message, file=LEDGER, line=number, pointer="/article")
            yield from self._advance()


def check_orphans(data: Path, lines: LineRange) -> Iterator[Finding]:
    """Yield a finding for each of these lines of the ledger, which belong to no article. Raises PackageError."""
    yield from _Ledger(data, lines).rest()
