"""Everything that is said of an article, field by field, with where it was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archiver.model.article import BODY_KINDS, Block, BlockKind
from archiver.model.document import Document
from archiver.model.verdict import Category, Fate

#: Blocks that speak of a field.
_DATED = frozenset({BlockKind.BYLINE, BlockKind.DATE, BlockKind.SOURCE})
#: A line with a date stands so many blocks above the headline, or above the text where there is no headline.
_ABOVE = 3
_FIELD_OF_KIND = {
    BlockKind.HEADLINE: "title",
    BlockKind.STANDFIRST: "description",
    BlockKind.BYLINE: "byline",
    BlockKind.DATE: "date",
    BlockKind.DATELINE: "dateline",
    BlockKind.SOURCE: "publisher",
    BlockKind.NOTE: "correction",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value for one field, as the source has it."""

    field: str
    value: str
    origin: str
    """``given:title``, ``json-ld:NewsArticle.headline``, ``text:#char=0,42``, ``html:/html/body/h1`` …"""
    by_head: bool = False
    """It is markup of the visible page that stands between headline and text."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """All candidates of one article, in the order in which the source has them."""

    items: tuple[Candidate, ...]

    def of(self, field: str, *origins: str) -> tuple[Candidate, ...]:
        """Return the candidates for ``field`` whose origin begins with one of ``origins``, in their order."""
        own = [item for item in self.items if item.field == field]
        if not origins:
            return tuple(own)
        return tuple(item for origin in origins for item in own if item.origin.startswith(origin))

    def first(self, field: str, *origins: str) -> Candidate | None:
        """Return the first candidate of :meth:`of`, or None."""
        found = self.of(field, *origins)
        return found[0] if found else None


def gather(document: Document, blocks: Sequence[Block], given: Mapping[str, object]) -> Candidates:
    """Collect what came beside the text (``given``), what the markup hints at and what the blocks say."""
    return Candidates((*_from_given(given), *_from_hints(document, blocks), *_from_blocks(document, blocks)))


def place_of(document: Document, block: Block) -> str:
    """Return where a block stands, as provenance writes it."""
    if block.span is not None:
        return f"text:#char={block.span.start},{block.span.end}"
    return f"html:{block.path}" if document.media_type != "text/plain" else f"text:block {block.index}"


def _from_given(given: Mapping[str, object]) -> Iterator[Candidate]:
    for field, value in given.items():
        values = value if isinstance(value, list) else [value]
        for item in values:
            text = item.get("name") if isinstance(item, Mapping) else item
            if isinstance(text, str | int) and not isinstance(text, bool) and str(text).strip():
                yield Candidate(_GIVEN_FIELDS.get(field, field), " ".join(str(text).split()), f"given:{field}")


_GIVEN_FIELDS = {"authors": "author", "keywords": "keyword"}


def _from_hints(document: Document, blocks: Sequence[Block]) -> Iterator[Candidate]:
    head = {block.path for block in _head_of(blocks) if block.path}
    # An element can hold the whole line, or be a part of it.
    around = head | {path.rpartition("/")[0] for path in head}
    for hint in document.hints:
        value = " ".join(hint.value.split())
        if value:
            yield Candidate(hint.field, value, hint.origin, by_head=_stands_in(hint.path, head, around))


def _stands_in(path: str, head: set[str], around: set[str]) -> bool:
    while path.count("/") > 2:
        if path in head:
            return True
        path = path.rpartition("/")[0]
        if path in around and path not in head:
            return True
    return False


def _from_blocks(document: Document, blocks: Sequence[Block]) -> Iterator[Candidate]:
    for block in blocks:
        if block.kind in _DATED and block.fate is Fate.KEPT:
            yield Candidate("dated", block.text, place_of(document, block))
    yield from _dated_near_head(document, blocks)
    for block in blocks:
        field = _FIELD_OF_KIND.get(block.kind) if block.fate is Fate.KEPT else None
        if field:
            yield Candidate(field, block.text, place_of(document, block))
        elif block.category is Category.COPYRIGHT:
            yield Candidate("rights", block.text, place_of(document, block))
        elif block.category is Category.PAYWALL:
            yield Candidate("paywalled", "true", place_of(document, block))


def _dated_near_head(document: Document, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """Lines between headline and text that can hold the date among other words; teasers cannot."""
    for block in _head_of(blocks):
        if block.category is not Category.RELATED and block.kind not in _DATED | {BlockKind.HEADLINE}:
            yield Candidate("dated", block.text, place_of(document, block))


def _head_of(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks from a little above the headline to the first of the text."""
    body = next((block.index for block in blocks if block.fate is Fate.KEPT and block.kind in BODY_KINDS), None)
    if body is None:
        return ()
    heads = [block.index for block in blocks[:body] if block.kind is BlockKind.HEADLINE and block.fate is Fate.KEPT]
    return blocks[max(0, (heads[-1] if heads else body) - _ABOVE) : body + 1]
