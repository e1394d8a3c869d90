"""One candidate article that was looked at without packaging it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    weights: Mapping[int, Sequence[tuple[str, int]]] = field(default_factory=dict)
    """By index of the block, what each group of features adds to its score in thousandths of log-odds; where asked."""
