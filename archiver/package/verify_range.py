"""Checking some articles of a package by themselves: description, TEI, ledger and places in the source."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archiver.canon import sha256_hex
from archiver.errors import PackageError
from archiver.model.metadata import Metadata
from archiver.model.metadata_from import metadata_from_dict
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.listing import LineRange, Removed, SourceFile, parse_object, read_range, removed, source_file
from archiver.package.records import RecordFinder
from archiver.package.spread import lost
from archiver.package.verify_relations import named_articles, without_relations
from archiver.package.verify_warc import derived_key

CheckDescription = Callable[[Mapping[str, Any], str, int], Iterable[Finding]]
"""Called with a description, the file it stands in and its line."""
CheckTei = Callable[[bytes, str], Iterable[Finding]]
"""Called with a TEI document and its file."""

ARTICLES = f"{layout.DATA}/{layout.ARTICLES}"
LEDGER = f"{layout.DATA}/{layout.LEDGER}"
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Checkers:
    """What other rooms know how to check."""

    description: CheckDescription
    tei: CheckTei


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
class ArticleFacts:
    """What one article says that only the whole package can tell right from wrong."""

    line: int
    id: str
    path: str
    """Of its input file."""
    record_id: str
    named: tuple[tuple[str, str], ...]
    """JSON Pointer and id of each related article."""
    expected: tuple[tuple[str, str, bytes], ...]
    """Type, name and key of each derived record that must be there."""


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
            findings += checkers.description(value, ARTICLES, number)
            metadata = metadata_from_dict(value)
        except ValueError as error:
            findings.append(Finding("package.article-invalid", str(error), file=ARTICLES, line=number))
        else:
            blocks, told = _drain(ledger.of(metadata.id), findings)
            findings += _check_places(metadata, blocks, records, sources)
            tei = _tei(data, metadata, checkers.tei, findings)
            expected = _expected(metadata, without_relations(line, value), told, tei)
            named = tuple(named_articles(metadata))
            source = metadata.source
            facts = ArticleFacts(number, metadata.id, source.path, source.warc_record_id, named, expected)
        made.append((tuple(findings), facts))
    return CheckedRange(tuple(made), tuple(ledger.rest()))


def _drain(steps: Generator[Finding, None, _Told], findings: list[Finding]) -> _Told:
    while True:
        try:
            findings.append(next(steps))
        except StopIteration as end:
            told: _Told = end.value
            return told


def _tei(data: Path, metadata: Metadata, check_tei: CheckTei, findings: list[Finding]) -> bytes | None:
    path = data / layout.tei_path(metadata.id)
    name = f"{layout.DATA}/{layout.tei_path(metadata.id)}"
    if not layout.is_article_id(metadata.id) or not path.is_file() or path.is_symlink():
        findings.append(Finding("package.tei-missing", f"article {metadata.id} has no TEI file", file=name))
        return None
    try:
        tei = path.read_bytes()
    except OSError as error:
        message = f"the TEI file cannot be read: {error.strerror}"
        findings.append(Finding("package.tei-missing", message, file=name))
        return None
    findings += check_tei(tei, name)
    return tei


def _expected(metadata: Metadata, line: bytes, ledger: bytes, tei: bytes | None) -> tuple[tuple[str, str, bytes], ...]:
    """The three derived records: TEI, description and ledger of the article, byte for byte."""
    blocks = [("metadata", "description", line), ("metadata", "removal ledger", ledger)]
    if tei is not None:
        blocks.append(("conversion", "TEI", tei))
    refers_to = metadata.source.warc_record_id
    return tuple((kind, what, derived_key(kind, refers_to, sha256_hex(block))) for kind, what, block in blocks)


def _check_places(
    metadata: Metadata, blocks: list[tuple[int, Removed]], records: RecordFinder, sources: _Sources
) -> Iterator[Finding]:
    """Compare removed blocks with the source text at their places, for plain text with a known encoding."""
    placed = [(number, block) for number, block in blocks if "char" in block.place]
    source = metadata.source
    if not placed or source.media_type != "text/plain" or source.pointer or not source.charset:
        return
    try:
        origin = sources.of(source.path)
        text = _decode(records.payload(source.warc_record_id, source.sha256, origin), source.charset)
    except LookupError:
        return  # an encoding that this Python does not know cannot be checked
    except PackageError as error:
        message = f"article {metadata.id}: its original cannot be read: {error.message}"
        yield Finding("package.original-missing", message, file=ARTICLES, record_id=source.warc_record_id)
        return
    for number, block in placed:
        start, end = _range(block.place["char"])
        # Lines of one block are joined with or without a space; the words themselves must be the same.
        if "".join(text[start:end].split()) != "".join(block.text.split()):
            message = f"the text of the removed block is not what stands at characters {start} to {end} of the source"
            yield Finding("package.ledger-place", message, file=LEDGER, line=number, pointer="/place/char")


def _range(value: Any) -> tuple[int, int]:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, int) and one >= 0 for one in value):
        return value[0], value[1]
    return 0, 0


def _decode(data: bytes, charset: str) -> str:
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    return data[len(mark) :].decode(charset, "replace")


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
                self._next = (number, line, removed(parse_object(line)))
            except ValueError as error:
                yield Finding("package.ledger-invalid", str(error), file=LEDGER, line=number)
                continue
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
