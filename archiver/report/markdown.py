"""An article as CommonMark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from archiver.model.article import Article, Block, BlockKind

#: What CommonMark would read as markup, at the start of a line and within it.
_INLINE = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(\s*)([#>+=~-]|\d+[.)])")
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
    for block in blocks:
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
    return _LINE_START.sub(r"\1\\\2", _INLINE.sub(r"\\\1", " ".join(text.split(" "))))
