"""Checking the lists of articles, removed blocks and rejects, in step, against what the archive holds."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver.canon import sha256_hex
from archiver.errors import PackageError
from archiver.model.metadata import Metadata
from archiver.model.metadata_from import metadata_from_dict
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.holdings import Holdings, derived_key
from archiver.package.listing import Removed, SourceFile, parse_object, read_lines, reject, removed, source_file
from archiver.package.records import RecordFinder
from archiver.package.verify_relations import check_relations, without_relations

CheckDescription = Callable[[Mapping[str, Any], str, int], Iterable[Finding]]
"""Called with a description, the file it stands in and its line."""
CheckTei = Callable[[bytes, str], Iterable[Finding]]
"""Called with a TEI document and its file."""
CheckCrosswalk = Callable[[Path, Iterable[str], str], Iterable[Finding]]
"""Called with ``dc.xml`` or ``articles.jsonld``, the ids of the articles in order, and the name to tell it by."""

_ARTICLES = f"{layout.DATA}/{layout.ARTICLES}"
_LEDGER = f"{layout.DATA}/{layout.LEDGER}"
_REJECTS = f"{layout.DATA}/{layout.REJECTS}"
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class Tally:
    """What the lists say, for the checks that follow."""

    articles: Counter[str] = field(default_factory=Counter)
    """Input path to number of articles."""
    rejects: Counter[str] = field(default_factory=Counter)
    ids: dict[str, None] = field(default_factory=dict)
    """Ids of the articles, in order."""


@dataclass(frozen=True, slots=True)
class Checkers:
    """What other rooms know how to check."""

    description: CheckDescription
    tei: CheckTei


def count_articles(data: Path, tally: Tally) -> Iterator[Finding]:
    """Fill in ``tally`` alone, without looking at more than ids and paths. Raises PackageError."""
    for number, line in read_lines(data / layout.ARTICLES):
        try:
            metadata = metadata_from_dict(parse_object(line))
        except ValueError as error:
            yield Finding("package.article-invalid", str(error), file=_ARTICLES, line=number)
            continue
        tally.articles[metadata.source.path] += 1
        tally.ids[metadata.id] = None


def check_articles(data: Path, holdings: Holdings, tally: Tally, checkers: Checkers) -> Iterator[Finding]:
    """Yield what is wrong with descriptions, TEI, derived records and ledger; takes what it finds from ``holdings``.

    Raises PackageError if a list cannot be read.
    """
    records, sources = RecordFinder(data), _Sources(data)
    ledger = _Ledger(data)
    for number, line in read_lines(data / layout.ARTICLES):
        try:
            value = parse_object(line)
        except ValueError as error:
            yield Finding("package.article-invalid", str(error), file=_ARTICLES, line=number)
            continue
        yield from checkers.description(value, _ARTICLES, number)
        try:
            metadata = metadata_from_dict(value)
        except ValueError as error:
            yield Finding("package.article-invalid", str(error), file=_ARTICLES, line=number)
            continue
        tally.articles[metadata.source.path] += 1
        yield from check_relations(metadata, number, tally.ids)
        yield from _check_identity(metadata, number, holdings, tally)
        blocks, ledger_lines = yield from ledger.of(metadata.id)
        yield from _check_places(metadata, blocks, records, sources.of(metadata.source.path))
        described = without_relations(line, value)
        yield from _check_derived(data, metadata, described, ledger_lines, holdings, checkers.tei)
    yield from ledger.rest()
    yield from _check_leftovers(data, holdings, tally)


def _check_identity(metadata: Metadata, number: int, holdings: Holdings, tally: Tally) -> Iterator[Finding]:
    if not layout.is_article_id(metadata.id):
        message = f"the id {metadata.id!r} is not a- and hexadecimal digits"
        yield Finding("package.article-id", message, file=_ARTICLES, line=number, pointer="/id")
    if metadata.id in tally.ids:
        message = f"the id {metadata.id} stands there twice"
        yield Finding("package.article-id", message, file=_ARTICLES, line=number, pointer="/id")
    tally.ids[metadata.id] = None
    record_id = metadata.source.warc_record_id
    if record_id not in holdings.archive_ids:
        yield Finding(
            "package.record-missing",
            f"article {metadata.id}: its source record is not in archive/",
            file=_ARTICLES,
            line=number,
            pointer="/source/warc_record_id",
            record_id=record_id,
        )


def _check_derived(
    data: Path, metadata: Metadata, line: bytes, ledger: bytes, holdings: Holdings, check_tei: CheckTei
) -> Iterator[Finding]:
    """The TEI file, and the three derived records: TEI, description and ledger of the article, byte for byte."""
    expected = [("metadata", "description", line), ("metadata", "removal ledger", ledger)]
    path = data / layout.tei_path(metadata.id)
    name = f"{layout.DATA}/{layout.tei_path(metadata.id)}"
    if layout.is_article_id(metadata.id) and path.is_file() and not path.is_symlink():
        tei = path.read_bytes()
        yield from check_tei(tei, name)
        expected.append(("conversion", "TEI", tei))
    else:
        yield Finding("package.tei-missing", f"article {metadata.id} has no TEI file", file=name)
    refers_to = metadata.source.warc_record_id
    for kind, what, block in expected:
        key = derived_key(kind, refers_to, sha256_hex(block))
        if holdings.derived[key] > 0:
            holdings.derived[key] -= 1
            continue
        message = f"article {metadata.id}: no {kind} record in derived/ holds its {what} as it stands in the package"
        yield Finding("package.derived-missing", message, file=f"{layout.DATA}/{layout.DERIVED}", record_id=refers_to)


def _check_places(
    metadata: Metadata, blocks: list[tuple[int, Removed]], records: RecordFinder, origin: SourceFile | None
) -> Iterator[Finding]:
    """Compare removed blocks with the source text at their places, for plain text with a known encoding."""
    placed = [(number, block) for number, block in blocks if "char" in block.place]
    source = metadata.source
    if not placed or source.media_type != "text/plain" or source.pointer or not source.charset:
        return
    try:
        text = _decode(records.payload(source.warc_record_id, source.sha256, origin), source.charset)
    except LookupError:
        return  # an encoding that this Python does not know cannot be checked
    except PackageError as error:
        message = f"article {metadata.id}: its original cannot be read: {error.message}"
        yield Finding("package.original-missing", message, file=_ARTICLES, record_id=source.warc_record_id)
        return
    for number, block in placed:
        start, end = _range(block.place["char"])
        # Lines of one block are joined with or without a space; the words themselves must be the same.
        if "".join(text[start:end].split()) != "".join(block.text.split()):
            message = f"the text of the removed block is not what stands at characters {start} to {end} of the source"
            yield Finding("package.ledger-place", message, file=_LEDGER, line=number, pointer="/place/char")


def _range(value: Any) -> tuple[int, int]:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, int) and one >= 0 for one in value):
        return value[0], value[1]
    return 0, 0


def _decode(data: bytes, charset: str) -> str:
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    return data[len(mark) :].decode(charset, "replace")


class _Sources:
    """The input files, read in step with the articles; damaged lines are passed over, others tell of them."""

    def __init__(self, data: Path) -> None:
        self._lines = read_lines(data / layout.SOURCES)
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


class _Ledger:
    """The ledger, read in step with the articles."""

    def __init__(self, data: Path) -> None:
        self._lines = read_lines(data / layout.LEDGER)
        self._next: tuple[int, bytes, Removed] | None = None
        self._done = False

    def _advance(self) -> Iterator[Finding]:
        self._next = None
        for number, line in self._lines:
            try:
                self._next = (number, line, removed(parse_object(line)))
            except ValueError as error:
                yield Finding("package.ledger-invalid", str(error), file=_LEDGER, line=number)
                continue
            return
        self._done = True

    def of(self, article_id: str) -> Generator[Finding, None, tuple[list[tuple[int, Removed]], bytes]]:
        """Yield findings; return the blocks of the article with their line numbers, and the lines themselves."""
        blocks: list[tuple[int, Removed]] = []
        lines: list[bytes] = []
        if self._next is None and not self._done:
            yield from self._advance()
        while self._next is not None and self._next[2].article == article_id:
            number, line, block = self._next
            if blocks and block.block <= blocks[-1][1].block:
                message = "removed blocks of one article are not in reading order"
                yield Finding("package.ledger-order", message, file=_LEDGER, line=number, pointer="/block")
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
            yield Finding("package.ledger-orphan", message, file=_LEDGER, line=number, pointer="/article")
            yield from self._advance()


def _check_leftovers(data: Path, holdings: Holdings, tally: Tally) -> Iterator[Finding]:
    left = sum(holdings.derived.values())
    if left:
        message = f"{left} conversion or metadata records belong to no article of the package"
        yield Finding("package.derived-extra", message, file=f"{layout.DATA}/{layout.DERIVED}")
    known = {layout.tei_path(article_id) for article_id in tally.ids}
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
