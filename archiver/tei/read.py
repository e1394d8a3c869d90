"""Read back what a reader of the article reads, and what was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.errors import ParseError
from archiver.model.outcome import Finding
from archiver.tei.tree import TEI, parse_tei, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY_PARTS = (f"{TEI}p", f"{TEI}head", f"{TEI}item", f"{TEI}row", f"{TEI}ab")


def kept_text(data: bytes) -> str:
    """Return the body of the article in ``data``, one block a line, as ``Article.text`` does.

    ``data`` is TEI as ``write_tei`` writes it. Raises ParseError if it is not well-formed XML.
    """
    body = _root(data).find(f"{TEI}text/{TEI}body")
    if body is None:
        return ""
    return "\n".join([text_of_part(part) for part in body.iter(*_BODY_PARTS) if is_body(part)])


def removed_texts(data: bytes) -> list[str]:
    """Return the verbatim text of each removed block, in order.

    ``data`` is TEI as ``write_tei`` writes it. Raises ParseError if it is not well-formed XML.
    """
    records = _root(data).iterfind(f"{TEI}standOff/{TEI}listAnnotation/{TEI}note[@type='removed']/{TEI}p")
    return [text_of(record) for record in records]


def _root(data: bytes) -> _Element:
    root = parse_tei(data)
    if isinstance(root, Finding):
        place = "TEI" if root.line is None else f"TEI, line {root.line}"
        raise ParseError(root.message, place=place, advice=root.advice)
    return root


def is_body(part: _Element) -> bool:
    """Tell heads of sections from headlines and captions, and body blocks from furniture amid the body."""
    if part.tag == f"{TEI}head":
        parent = part.getparent()
        return parent is not None and parent.get("type") == "section"
    return part.tag != f"{TEI}ab" or part.get("type") == "standfirst"


def text_of_part(part: _Element) -> str:
    """Return the text of a block; between the cells of a row stands a tab."""
    if part.tag == f"{TEI}row":
        return "\t".join([text_of(cell) for cell in part])
    return text_of(part) if len(part) else part.text or ""
