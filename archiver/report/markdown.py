"""An article as CommonMark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from archiver.model.article import Article, Block, BlockKind

#: What CommonMark would read as markup: within a line, at its start, and at the end of a heading.
_INLINE = re.compile(r"([\\`*_\[\]<>]|&(?=#|[A-Za-z][A-Za-z0-9]*;))")
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$)))?([#+=~.)-])")
_CLOSING = re.compile(r"(?<=\s)(#+)$")
_RUNS = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.QUOTE})


def to_markdown(article: Article) -> str:
    """Return what is kept of ``article``: headline, furniture in italics, body; one blank line between blocks."""
    parts: list[str] = []
    if article.title and not any(block.kind is BlockKind.HEADLINE for block in article.kept):
        parts.append(f"# {_escape(article.title)}")
    for (kind, _), run in groupby(article.kept, key=lambda block: (block.kind, block.group)):
        blocks = list(run)
        parts += ["\n".join(_run(kind, blocks))] if kind in _RUNS else [_single(block) for block in blocks]
    return "\n\n".join(parts) + "\n"


def _run(kind: BlockKind, blocks: list[Block]) -> Iterator[str]:
    if kind is BlockKind.TABLE:
        yield from _table(blocks)
        return
    for number, block in enumerate(blocks):
        if kind is BlockKind.QUOTE and number:
            # Without it the paragraphs of a quotation become one.
            yield ">"
        yield f"{'-' if kind is BlockKind.LIST_ITEM else '>'} {_escape(_without_bullet(block))}"


def _without_bullet(block: Block) -> str:
    return re.sub(r"^[•‣▪◦●■–—*·-]\s+", "", block.text) if block.kind is BlockKind.LIST_ITEM else block.text


def _table(rows: list[Block]) -> Iterator[str]:
    width = max(block.text.count("\t") for block in rows) + 1
    for number, block in enumerate(rows):
        cells = [_escape(cell).replace("|", "\\|") for cell in block.text.split("\t")]
        yield "| " + " | ".join(cells + [""] * (width - len(cells))) + " |"
        if number == 0:
            yield "|" + " --- |" * width


def _single(block: Block) -> str:
    text = _escape(block.text)
    if block.kind is BlockKind.HEADLINE:
        return f"# {text}"
    if block.kind is BlockKind.HEADING:
        return f"{'#' * min(max(block.level, 2), 6)} {text}"
    if block.kind is BlockKind.STANDFIRST:
        return f"**{text}**"
    return text if block.kind is BlockKind.PARAGRAPH else f"*{text}*"


def _escape(text: str) -> str:
    # A digit cannot be escaped, the sign behind it can (CommonMark 2.4, 5.2).
    return _CLOSING.sub(r"\\\1", _LINE_START.sub(r"\1\\\2", _INLINE.sub(r"\\\1", " ".join(text.split()))))
