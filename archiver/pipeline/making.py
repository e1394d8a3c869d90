"""One article made ready to be written: in this process, within limits, or in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, Self, TypeVar

from archiver.engines.alone import run_alone
from archiver.engines.limits import Limits, short_of_memory, within_time
from archiver.errors import ArticleError, InternalFaultError
from archiver.model.intake import Unit
from archiver.model.source import Source
from archiver.pipeline.article import make_article
from archiver.pipeline.faults import told_as_fault
from archiver.pipeline.prepare import Preparing, Written
from archiver.readers.jsonl import read_line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate article that is known and not yet read: its reading falls under the limits of an article as well."""

    path: str
    ordinal: int
    sha256: str
    size: int
    record_id: str
    read: Callable[[], Source]
    """Raises the ArticleError that fits, or MemoryError."""
    told: tuple[object, ...] = ()
    """What is known of it besides its bytes, ready for JSON."""

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return the draft of what has been read."""
        told = (source.media_type, source.target_uri, source.charset, source.url, source.captured, source.pointer)
        notices = [(notice.code, notice.message) for notice in source.notices]
        identity = (source.path, source.ordinal, source.sha256, source.size, source.record_id)
        return cls(*identity, lambda: source, (*told, dict(source.given), notices))


def draft_of(unit: Unit, name: str) -> Draft:
    """Return the draft of a unit of the file ``name``, which may have been read or not."""
    if unit.source is not None:
        return Draft.of(unit.source)
    return Draft(name, unit.ordinal, unit.sha256, unit.size, unit.record_id, partial(read_line, unit, name))


@dataclass(frozen=True, slots=True)
class Made:
    """An article in bytes, and what is counted of it."""

    written: Written
    removed: int
    doubtful: int
    notices: tuple[str, ...]
    """Codes."""
    row: int | None
    """Of the sidecar."""


class Guard(Protocol):
    """Does what concerns one article, so that nothing else comes to harm."""

    def __call__(self, work: Callable[[], T], place: str) -> T:
        """Return what ``work`` returns, or raise the ArticleError that fits, or MemoryError."""
        ...


def make(draft: Draft, prepare: Preparing) -> Made:
    """Read a draft and make its article. Raises ArticleError and whatever a bug raises."""
    source = draft.read()
    article = make_article(source, prepare.tools)
    written = prepare(article, source)
    row = prepare.tools.row_for(source)
    return Made(
        written=written,
        removed=len(article.removed),
        doubtful=sum(block.doubtful for block in article.kept),
        notices=tuple(notice.code for notice in article.notices),
        row=row.row if row is not None else None,
    )


def unlimited(work: Callable[[], T], place: str) -> T:
    """Do it in this process; a bug met on the way is an InternalFaultError."""
    with told_as_fault(place):
        return work()


@dataclass(frozen=True, slots=True)
class Within:
    """Does it in a worker, which ends if it takes too long, and has MemoryError if it needs too much."""

    limits: Limits

    def __call__(self, work: Callable[[], T], place: str) -> T:
        """Do it."""
        with within_time(self.limits):
            try:
                return unlimited(work, place)
            except InternalFaultError:
                if short_of_memory(self.limits):
                    raise MemoryError from None
                raise


@dataclass(frozen=True, slots=True)
class Alone:
    """Does it in a process of its own: what kills, hangs or swells gets an error of its kind."""

    limits: Limits

    def __call__(self, work: Callable[[], T], place: str) -> T:
        """Do it; raises TooSlowError, TooMuchMemoryError and KilledWorkerError as well."""

        def answer() -> T | ArticleError:
            try:
                return unlimited(work, place)
            except InternalFaultError as error:
                if short_of_memory(self.limits):
                    raise MemoryError from None
                return error
            except ArticleError as error:
                return error

        found = run_alone(answer, self.limits, place=place)
        if isinstance(found, ArticleError):
            raise found
        return found
