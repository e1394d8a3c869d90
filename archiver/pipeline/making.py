"""One article made ready to be written: in this process, within limits, or in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archiver.engines.alone import run_alone
from archiver.engines.limits import Limits, short_of_memory, within_time
from archiver.errors import ArticleError, InternalFaultError
from archiver.model.source import Source
from archiver.pipeline.article import make_article
from archiver.pipeline.faults import told_as_fault
from archiver.pipeline.shard_files import ShardFiles, Written
from archiver.pipeline.tools import Tools


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


#: Makes the article of a source; raises the ArticleError that fits, or MemoryError.
Maker = Callable[[Source, Tools, ShardFiles], Made]


def make_here(source: Source, tools: Tools, files: ShardFiles) -> Made:
    """Make an article in this process; a bug met on the way is an InternalFaultError."""
    with told_as_fault(source.path):
        article = make_article(source, tools)
        written = files.prepare(article, source)
    row = tools.row_for(source)
    return Made(
        written=written,
        removed=len(article.removed),
        doubtful=sum(block.doubtful for block in article.kept),
        notices=tuple(notice.code for notice in article.notices),
        row=row.row if row is not None else None,
    )


@dataclass(frozen=True, slots=True)
class MakeWithin:
    """Makes articles in a worker, which ends if one takes too long, and has MemoryError if it needs too much."""

    limits: Limits

    def __call__(self, source: Source, tools: Tools, files: ShardFiles) -> Made:
        """Make an article."""
        with within_time(self.limits):
            try:
                return make_here(source, tools, files)
            except InternalFaultError:
                if short_of_memory(self.limits):
                    raise MemoryError from None
                raise


@dataclass(frozen=True, slots=True)
class MakeAlone:
    """Makes each article in a process of its own: one that kills, hangs or swells gets an error of its kind."""

    limits: Limits

    def __call__(self, source: Source, tools: Tools, files: ShardFiles) -> Made:
        """Make an article; raises TooSlowError, TooMuchMemoryError and KilledWorkerError as well."""

        def make() -> Made | ArticleError:
            try:
                return make_here(source, tools, files)
            except InternalFaultError as error:
                if short_of_memory(self.limits):
                    raise MemoryError from None
                return error
            except ArticleError as error:
                return error

        made = run_alone(make, self.limits, place=source.path)
        if isinstance(made, ArticleError):
            raise made
        return made
