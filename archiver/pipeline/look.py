"""Articles made one by one without packaging them, for the commands that only look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from archiver.clean.weights import weights_of
from archiver.errors import ArticleError, DamagedContainerError, InputNotFoundError
from archiver.model.intake import Form, InputFile
from archiver.model.look import Look
from archiver.model.outcome import Severity
from archiver.model.source import Source
from archiver.package.open import Entry, open_package
from archiver.parse.source import parse_source
from archiver.pipeline.article import language_of, make_article
from archiver.pipeline.faults import told_as_fault
from archiver.pipeline.inputs import Tell, find_articles
from archiver.pipeline.tools import Tools
from archiver.readers.files import on_disk, read_file
from archiver.readers.jsonl import member_of, read_jsonl
from archiver.readers.warc import read_warc
from archiver.readers.warc_candidate import WarcCandidate


def look(
    arguments: Sequence[str], tools: Tools, *, stdin: bytes | None = None, tell: Tell | None = None
) -> Iterator[Look]:
    """Return every candidate article in what ``arguments`` name, one by one, in the order of an export.

    Files that hold no article (pictures, archives) are passed over, and packages, of which ``tell`` hears. Raises
    UsageError (and its kinds) before the first of them.
    """
    files = find_articles(arguments, stdin=stdin, tell=tell)
    return (one for file in files for one in look_into(file, tools))


def look_again(path: Path, article_id: str, tools: Tools) -> Look:
    """Make an article of a package again from its original bytes.

    Raises InputNotFoundError for an unknown id, the ArticleError that fits, PackageError.
    """
    with open_package(path) as package:
        entry = next((one for one in package.articles() if one.id == article_id), None)
        if entry is None:
            raise InputNotFoundError(
                "no article has this id", place=article_id, advice="`archiver inspect --articles` lists them"
            )
        source = _source_of(entry)
    return Look(source.path, source.ordinal, source, make_article(source, tools), None)


def weighed(one: Look, tools: Tools) -> Look:
    """Return a look with what the trained models weighed in each block of its article."""
    if one.source is None or one.article is None:
        return one
    try:
        with told_as_fault(one.path):
            document = parse_source(one.source)
            language = language_of(document, tools.language).tag
            matcher = tools.rules.matcher((language,))
            return replace(one, weights=weights_of(document, matcher, language=language, profile=tools.profile))
    except ArticleError as error:
        return replace(one, article=None, error=error)


def _source_of(entry: Entry) -> Source:
    said = entry.metadata.source
    original = entry.original()
    source = Source(
        path=said.path,
        data=original,
        media_type=said.media_type,
        sha256=said.sha256,
        size=said.bytes,
        record_id=said.warc_record_id,
        target_uri=said.uri,
        charset=said.charset,
        url=entry.metadata.url,
        captured=said.captured,
        pointer=said.pointer,
    )
    return replace(source, data=member_of(original, said.pointer)) if said.pointer else source


def look_into(file: InputFile, tools: Tools) -> Iterator[Look]:
    """Yield every candidate article in ``file``, made or failed."""
    for found in candidates(file):
        yield found if isinstance(found, Look) else _made(found, tools)


def candidates(file: InputFile) -> Iterator[Source | Look]:
    """Yield every candidate article in ``file``: its source, or a look that tells why there is none."""
    try:
        yield from _look_into(file)
    except ArticleError as error:
        yield Look(file.name, 0, None, None, error)


def _look_into(file: InputFile) -> Iterator[Source | Look]:
    if file.form is Form.WARC:
        yield from _look_into_warc(file)
        return
    for unit in read_jsonl(file) if file.form is Form.JSON_LINES else read_file(file):
        if unit.source is not None:
            yield unit.source
        elif unit.error is not None:
            yield Look(file.name, unit.ordinal, None, None, unit.error)


def _look_into_warc(file: InputFile) -> Iterator[Source | Look]:
    with on_disk(file) as path:
        yield from _looks_into_warc(path, file)


def _looks_into_warc(path: Path, file: InputFile) -> Iterator[Source | Look]:
    for item in read_warc(path, file.name):
        if isinstance(item, WarcCandidate):
            if item.error is not None:
                yield Look(file.name, item.source.ordinal, item.source, None, item.error)
            else:
                yield item.source
        elif item.severity is Severity.ERROR:
            yield Look(
                file.name, 0, None, None, DamagedContainerError(item.message, place=file.name, advice=item.advice)
            )


def _made(source: Source, tools: Tools) -> Look:
    try:
        with told_as_fault(source.path):
            return Look(source.path, source.ordinal, source, make_article(source, tools), None)
    except ArticleError as error:
        return Look(source.path, source.ordinal, source, None, error)
