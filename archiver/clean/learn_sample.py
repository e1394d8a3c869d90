"""A bounded sample of the articles of each source, the same whatever the order they come in.

Of each source the articles with the smallest hashes are kept (a bottom-k sample). Samples of parts can be
joined: the sample of the whole is the same however the input was cut. Memory is bounded by :data:`BUDGET`.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archiver.model.article import Article, Block, BlockKind
from archiver.model.verdict import Fate

#: Articles of one source that are enough to tell what recurs in it: a share of them is right within 0.06.
PER_SOURCE = 256
#: Articles of all sources together; where there are more, fewer of each are kept.
BUDGET = 16384
#: However many sources there are, this many of each are kept.
LEAST_PER_SOURCE = 16
#: Longer lines are told from each other by their beginning and length: no rule can match them anyway.
MAX_CHARS = 400


@dataclass(frozen=True, slots=True)
class SampledLine:
    """One block of a sampled article."""

    text: str
    """Verbatim; the beginning of it where it is longer than any rule can match."""
    length: int
    """Characters of the whole of it."""
    kind: BlockKind
    fate: Fate
    rule: str
    """What decided its fate; empty where no rule spoke."""
    place: str
    """``char=12,40`` (RFC 5147) or an XPath."""


@dataclass(frozen=True, slots=True, order=True)
class SampledArticle:
    """An article of the sample; ordered by the hash that chose it."""

    rank: int
    sha256: str
    path: str
    id: str
    """Of the article; it differs by place and content."""
    key: str = field(compare=False)
    """Address, else digest of the content: what tells one article from another."""
    language: str = field(compare=False)
    title: str = field(compare=False)
    lines: tuple[SampledLine, ...] = field(compare=False)


def sampled(article: Article) -> SampledArticle:
    """Return what is kept of ``article`` while learning."""
    metadata = article.metadata
    key = (metadata.url or metadata.canonical_url or "").partition("#")[0] or metadata.source.sha256
    return SampledArticle(
        rank=int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8], "big"),
        sha256=metadata.source.sha256,
        path=metadata.source.path,
        id=metadata.id,
        key=key,
        language=metadata.language,
        title=metadata.title or "",
        lines=tuple(_line(block) for block in article.blocks),
    )


def _line(block: Block) -> SampledLine:
    place = f"char={block.span.start},{block.span.end}" if block.span else block.path
    text = block.text if len(block.text) <= MAX_CHARS else block.text[:MAX_CHARS]
    return SampledLine(text, len(block.text), block.kind, block.fate, block.rule or "", place)


class SourceSample:
    """The articles of one source that were chosen so far."""

    def __init__(self) -> None:
        self.seen = 0
        """All articles that came, chosen or not."""
        self._by_key: dict[str, SampledArticle] = {}
        self._heap: list[tuple[int, str]] = []

    def __len__(self) -> int:
        return len(self._by_key)

    @property
    def articles(self) -> tuple[SampledArticle, ...]:
        """The chosen articles, in the order of their hashes."""
        return tuple(sorted(self._by_key.values()))

    def add(self, article: SampledArticle, *, limit: int) -> None:
        """Take ``article`` in if it is among the ``limit`` smallest; of several captures one is kept."""
        known = self._by_key.get(article.key)
        if known is not None:
            self._by_key[article.key] = min(known, article)
            return
        if len(self._by_key) >= limit and article.rank >= -self._heap[0][0]:
            return
        self._by_key[article.key] = article
        heapq.heappush(self._heap, (-article.rank, article.key))
        self.shrink(limit)

    def shrink(self, limit: int) -> None:
        """Let go of all but the ``limit`` articles with the smallest hashes."""
        while len(self._by_key) > limit:
            del self._by_key[heapq.heappop(self._heap)[1]]


class Sample:
    """The samples of all sources."""

    def __init__(self, *, per_source: int = PER_SOURCE, budget: int = BUDGET) -> None:
        self.limit = per_source
        self._budget = budget
        self._size = 0
        self.sources: dict[str, SourceSample] = {}

    def add(self, source: str, article: SampledArticle) -> None:
        """Take in one article of ``source``."""
        own = self.sources.setdefault(source, SourceSample())
        own.seen += 1
        self._take(own, (article,))

    def join(self, other: Sample) -> None:
        """Take in what ``other`` has chosen from other articles; the result does not depend on who takes in whom."""
        self._limit_to(min(self.limit, other.limit))
        for name, theirs in other.sources.items():
            own = self.sources.setdefault(name, SourceSample())
            own.seen += theirs.seen
            self._take(own, theirs.articles)

    def _take(self, own: SourceSample, articles: Iterable[SampledArticle]) -> None:
        before = len(own)
        for article in articles:
            own.add(article, limit=self.limit)
        self._size += len(own) - before
        while self._size > self._budget and self.limit > LEAST_PER_SOURCE:
            self._limit_to(max(self.limit // 2, LEAST_PER_SOURCE))

    def _limit_to(self, limit: int) -> None:
        if limit == self.limit:
            return
        self.limit = limit
        for own in self.sources.values():
            own.shrink(limit)
        self._size = sum(map(len, self.sources.values()))


def without_versions(articles: Sequence[SampledArticle]) -> tuple[SampledArticle, ...]:
    """Return ``articles`` without further versions of the same one: what an article repeats of itself is no furniture.

    A version has no long line of its own: each stands in one article before it. Under the same title it
    may have some, if half of its text stands there.
    """
    kept: list[SampledArticle] = []
    holders: dict[str, list[int]] = {}
    for article in articles:
        own = _long_lines(article)
        shared: dict[int, int] = {}
        for line, length in own.items():
            for number in holders.get(line, ()):
                shared[number] = shared.get(number, 0) + length
        whole = sum(own.values())
        if not own or any(_is_version(kept[number], article, size, whole) for number, size in shared.items()):
            continue
        for line in own:
            holders.setdefault(line, []).append(len(kept))
        kept.append(article)
    return tuple(kept)


def _is_version(known: SampledArticle, article: SampledArticle, shared: int, whole: int) -> bool:
    return shared == whole or (known.title.casefold() == article.title.casefold() and shared * 2 >= whole)


#: Shorter lines are not compared between versions; in scripts without spaces a line says as much in fewer characters.
_LONG, _LONG_UNSPACED = 40, 15


def _long_lines(article: SampledArticle) -> dict[str, int]:
    """Return the kept lines that are no labels, each with its length; all kept lines where there is no other."""
    kept = [line for line in article.lines if line.fate is Fate.KEPT]
    long = {
        line.text: line.length for line in kept if line.length >= (_LONG if _is_spaced(line.text) else _LONG_UNSPACED)
    }
    return long or {line.text: line.length for line in kept}


def _is_spaced(text: str) -> bool:
    return text.count(" ") * 16 > len(text)
