"""The text: kept blocks as TEI elements, gaps where something was removed.

TEI lets ``head``, ``byline``, ``dateline``, ``docDate`` and ``argument`` stand at the top of a division,
the middle three also at its bottom (TEI P5, 4.2). A block of such a kind that stands in the midst of
the body becomes ``ab`` with the kind as @type, so that the order of the source is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from archiver.model.article import Block, BlockKind
from archiver.model.verdict import Action, Fate
from archiver.tei.ids import Ids
from archiver.tei.inline import byline_content, date_content, dateline_content, people_content, source_content
from archiver.tei.markup import element, escape, pointer, start, text_element
from archiver.tei.standoff import gap_element

if TYPE_CHECKING:
    from archiver.model.article import Article
    from archiver.model.metadata import Metadata
    from archiver.model.verdict import Category

#: A kept block, or a run of consecutive removed ones.
Piece = Block | tuple[Block, ...]

_MIDDLE = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.TABLE})
_TOP_ONLY = frozenset({BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.LABEL})
#: Kinds of which several make one element; the element.
_COLLECTED = {BlockKind.LIST_ITEM: "list", BlockKind.TABLE: "table", BlockKind.QUOTE: "quote"}
_FIGURE = frozenset({BlockKind.CAPTION, BlockKind.CREDIT})

#: Kinds of lines about the article; their element at the top or bottom, and what goes into it.
_LINES: dict[BlockKind, tuple[str, Callable[[str, Metadata], str]]] = {
    BlockKind.BYLINE: ("byline", byline_content),
    BlockKind.DATE: ("docDate", date_content),
    BlockKind.DATELINE: ("dateline", dateline_content),
    BlockKind.SOURCE: ("byline", source_content),
}
#: A heading without level stands right below the headline.
_DEFAULT_LEVEL = 2


def removed_runs(article: Article) -> list[tuple[Block, ...]]:
    """Return the runs of consecutive removed blocks, in order; each becomes one gap."""
    return [piece for piece in _pieces(article.blocks) if isinstance(piece, tuple)]


def write_body(article: Article, ids: Ids) -> str:
    """Return the lines of the ``div`` that holds the article, each kept block with @xml:id, @n and @source."""
    writer = _Writer(article, ids)
    pieces = list(_pieces(article.blocks))
    place = 0
    while place < len(pieces):
        end = _end_of_collection(pieces, place)
        writer.add(pieces[place:end])
        place = end
    return writer.finish()


def _pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    for fate, run in groupby(blocks, key=lambda block: block.fate):
        if fate is Fate.REMOVED:
            yield tuple(run)
        else:
            yield from run


def _end_of_collection(pieces: Sequence[Piece], place: int) -> int:
    """Return the end of what becomes one element together with the piece at ``place``."""
    first = pieces[place]
    end = place + 1
    if isinstance(first, tuple):
        return end
    if first.kind in _FIGURE:
        return end + 1 if end < len(pieces) and _completes(first, pieces[end]) else end
    if first.kind not in _COLLECTED:
        return end
    while end < len(pieces):
        ahead = end + 1 if isinstance(pieces[end], tuple) else end  # a gap between two items stays within the list
        if ahead >= len(pieces) or not _belongs(first, pieces[ahead]):
            break
        end = ahead + 1
    return end


def _belongs(first: Block, piece: Piece) -> bool:
    return isinstance(piece, Block) and piece.kind is first.kind and piece.group == first.group


def _completes(first: Block, piece: Piece) -> bool:
    """Tell whether ``piece`` is the credit to the caption ``first``, or the other way round."""
    if isinstance(piece, tuple) or piece.kind not in _FIGURE or piece.kind is first.kind:
        return False
    same_resource = first.resource == piece.resource or first.resource is None or piece.resource is None
    return same_resource and first.group == piece.group


class _Writer:
    """Collects the lines of the body; knows which sections are open."""

    def __init__(self, article: Article, ids: Ids) -> None:
        self._metadata = article.metadata
        self._ids = ids
        self._levels: list[int] = []
        self._headed = False
        self._lines = ['      <div type="article">']
        kept = [block for block in article.blocks if block.fate is Fate.KEPT]
        middle = [block.index for block in kept if block.kind in _MIDDLE]
        self._first = middle[0] if middle else len(article.blocks)
        late = [block.index for block in kept if block.kind in _TOP_ONLY and block.index > self._first]
        self._last = max([*middle[-1:], *late[-1:]], default=len(article.blocks))

    def add(self, pieces: Sequence[Piece]) -> None:
        first = pieces[0]
        if isinstance(first, tuple):
            self._line(gap_element(first, self._ids))
        elif first.kind in _COLLECTED:
            self._collection(first, pieces)
        elif first.kind in _FIGURE:
            self._figure([piece for piece in pieces if isinstance(piece, Block)])
        elif first.kind is BlockKind.HEADING:
            self._heading(first)
        elif first.kind in _LINES:
            self._special_line(first)
        elif first.kind in _TOP_ONLY:
            self._top(first)
        elif first.kind is BlockKind.NOTE:
            kind = "correction" if first.text in self._metadata.corrections else "editorial"
            self._line(self._unit("note", first, (("type", kind),)))
        elif first.kind is BlockKind.AUTHOR_NOTE:
            self._line(self._unit("note", first, (("type", "author"),)))
        else:
            self._line(self._unit("p", first))

    def finish(self) -> str:
        self._close(0)
        return "\n".join([*self._lines, "      </div>", ""])

    def _line(self, markup: str) -> None:
        self._lines.append(f"{self._indent()}{markup}")

    def _indent(self) -> str:
        return "  " * (len(self._levels) + 4)

    def _close(self, level: int) -> None:
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
            self._line("</div>")

    def _heading(self, block: Block) -> None:
        level = block.level or _DEFAULT_LEVEL
        self._close(level)
        self._line('<div type="section">')
        self._levels.append(level)
        self._line(self._unit("head", block))

    def _top(self, block: Block) -> None:
        if block.index > self._first:
            self._line(self._unit("ab", block, (("type", block.kind.value),)))
        elif block.kind is BlockKind.LABEL:
            self._line(self._unit("head", block, (("type", "label"),)))
        elif block.kind is BlockKind.HEADLINE:
            self._line(self._unit("head", block, (("type", "sub" if self._headed else "main"),)))
            self._headed = True
        else:
            self._line(element("argument", self._unit("p", block)))

    def _special_line(self, block: Block) -> None:
        name, content = _LINES[block.kind]
        if self._first < block.index < self._last:
            amid = people_content if block.kind is BlockKind.BYLINE else content  # docAuthor may not stand in ab
            markup = amid(block.text, self._metadata)
            self._line(element("ab", markup, (*self._identity(block), ("type", block.kind.value))))
            return
        if block.index > self._last:
            self._close(0)
        self._line(element(name, content(block.text, self._metadata), self._identity(block)))

    def _collection(self, first: Block, pieces: Sequence[Piece]) -> None:
        name = _COLLECTED[first.kind]
        inner = [gap_element(piece, self._ids) if isinstance(piece, tuple) else self._member(piece) for piece in pieces]
        indent = self._indent()
        self._lines += [f"{indent}<{name}>", *(f"{indent}  {markup}" for markup in inner), f"{indent}</{name}>"]

    def _figure(self, blocks: Sequence[Block]) -> None:
        resource = next((block.resource for block in blocks if block.resource), None)
        graphic = [_graphic(resource)] if resource else []
        inner = [
            self._unit("head", block)
            if block.kind is BlockKind.CAPTION
            else self._unit("note", block, (("type", "credit"),))
            for block in blocks
        ]
        self._line(element("figure", "".join([*graphic, *inner])))

    def _identity(self, block: Block) -> tuple[tuple[str, str | None], ...]:
        names = (
            ("xml:id", self._ids.kept(block.index)),
            ("n", str(block.index)),
            ("source", self._ids.place(block)),
        )
        if not block.doubtful:
            return names
        return (*names, ("cert", "low"), ("ana", self._ids.category(_suspicion(block))))

    def _unit(self, name: str, block: Block, attributes: tuple[tuple[str, str | None], ...] = ()) -> str:
        return text_element(name, block.text, (*self._identity(block), *attributes))

    def _member(self, block: Block) -> str:
        if block.kind is BlockKind.LIST_ITEM:
            return self._unit("item", block)
        if block.kind is BlockKind.QUOTE:
            return self._unit("p", block)
        cells = [f"<cell>{escape(cell)}</cell>" for cell in block.text.split("\t")]
        return f"{start('row', self._identity(block))}{''.join(cells)}</row>"


def _suspicion(block: Block) -> Category | None:
    """Return what the strongest verdict against a kept block took it for."""
    return next((verdict.category for verdict in block.verdicts if verdict.action is Action.REMOVE), None)


def _graphic(resource: str) -> str:
    url = pointer(resource)
    return f'<graphic url="{escape(url)}"/>' if url else text_element("note", resource, (("type", "graphic"),))
