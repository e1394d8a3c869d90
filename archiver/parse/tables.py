"""Tables of data, tables of layout."""

from __future__ import annotations

from lxml import etree

from archiver.parse.flat import flatten
from archiver.parse.text_run import collapse

#: Content that makes a table a means of layout.
_LAYOUT = frozenset(
    "table h1 h2 h3 h4 h5 h6 article section form blockquote figure iframe hr main header footer nav center".split()
)
#: A mean cell longer than this is prose, and the table a means of layout.
_CELL_CHARS = 300
#: A table with a picture and its caption has so few cells and characters.
_BOX_CELLS, _BOX_CHARS = 4, 400


def is_data_table(table: etree._Element) -> bool:
    """Tell whether rows of ``table`` can be read as rows: no nested structure, cells short and several in a row."""
    cells = rows = paragraphs = chars = 0
    for node in table.iterdescendants():
        tag = node.tag
        if tag in ("td", "th"):
            cells += 1
        elif tag == "tr":
            rows += 1
        elif tag in _LAYOUT:
            return False
        elif tag in ("p", "div"):
            paragraphs += 1
        chars += len(node.text or "") + len(node.tail or "")
    return cells > rows and paragraphs <= cells * 2 and chars <= cells * _CELL_CHARS


def is_picture_box(table: etree._Element) -> bool:
    """Tell whether a table holds a picture and at most a caption, as pages did before there were figures."""
    pictures = cells = chars = 0
    for node in table.iterdescendants():
        if node.tag == "img":
            pictures += 1
        elif node.tag in ("td", "th"):
            cells += 1
        elif node.tag in _LAYOUT or node.tag == "a":
            return False
        chars += len((node.text or "").strip()) + len((node.tail or "").strip())
    return pictures == 1 and cells <= _BOX_CELLS and 0 < chars <= _BOX_CHARS


def row_text(row: etree._Element, skip: frozenset[str]) -> tuple[str, int, int]:
    """Return the cells of ``row`` joined by tabs, how many characters are links, and how many no reader sees."""
    cells, link, unseen = [], 0, 0
    around = collapse((row.text or "") + "".join(cell.tail or "" for cell in row))
    for cell in row:
        if cell.tag in skip:
            unseen += sum(map(len, cell.itertext()))
            continue
        text, links, dropped = _cell(cell, skip)
        cells.append(text)
        link += links
        unseen += dropped
    if around:
        cells.append(around)
    return ("\t".join(cells) if any(cells) else ""), link, unseen


def _cell(cell: etree._Element, skip: frozenset[str]) -> tuple[str, int, int]:
    if not len(cell):
        return collapse(cell.text or ""), 0, 0
    flat = flatten(cell, skip)
    return " ".join(flat.lines), flat.link_chars, flat.unseen
