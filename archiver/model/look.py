"""One candidate article that was looked at without packaging it."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.errors import ArticleError
from archiver.model.article import Article
from archiver.model.source import Source


@dataclass(frozen=True, slots=True)
class Look:
    """A candidate and what became of it: an article or an error."""

    path: str
    ordinal: int
    source: Source | None
    """None where not even a source could be made of it."""
    article: Article | None
    error: ArticleError | None
