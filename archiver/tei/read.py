"""Read back what a reader of the article reads, and what was removed; tell a text that was edited since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.canon import sha256_hex
from archiver.errors import ParseError
from archiver.model.outcome import Finding
from archiver.tei.tree import TEI, parse_tei, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY_PARTS = (f"{TEI}p", f"{TEI}head", f"{TEI}item", f"{TEI}row", f"{TEI}ab")
_FILE_DESC = f"{TEI}teiHeader/{TEI}fileDesc"
_DIGEST = f"{_FILE_DESC}/{TEI}publicationStmt/{TEI}idno[@type='sha256'][@subtype='text']"
_CHARACTERS = f"{_FILE_DESC}/{TEI}extent/{TEI}measure[@unit='characters']"
_REPLACED = f"{_FILE_DESC}/{TEI}notesStmt/{TEI}note[@type='replaced']"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class KeptText:
    """The body of an article, read back."""

    text: str
    doubt: str
    """Why it may not be what archiver wrote; empty where its header says that it is."""


def kept_text(data: bytes) -> str:
    """Return the body of the article in ``data``, one block a line, as ``Article.text`` does.

    ``data`` is TEI as ``write_tei`` writes it. Raises ParseError if it is not well-formed XML.
    """
    return _body_text(_root(data))


def read_kept(data: bytes) -> KeptText:
    """Return what :func:`kept_text` does, compared with digest and length that the header gives of it.

    Raises ParseError if ``data`` is not well-formed XML.
    """
    root = _root(data)
    text = _body_text(root)
    return KeptText(text, _doubt(root, text))


def _body_text(root: _Element) -> str:
    body = root.find(f"{TEI}text/{TEI}body")
    if body is None:
        return ""
    return "\n".join([text_of_part(part) for part in body.iter(*_BODY_PARTS) if is_body(part)])


def _doubt(root: _Element, text: str) -> str:
    said = root.findtext(_DIGEST)
    if said is None:
        return "its header has no digest of the text: it is not known whether archiver wrote it so, or all of it"
    if root.find(_REPLACED) is not None and _REPLACEMENT in text:
        # The digest is that of the text before characters were replaced that XML cannot hold.
        measure = root.find(_CHARACTERS)
        same = measure is not None and measure.get("quantity") == str(len(text))
    else:
        same = said.strip() == sha256_hex(text.encode("utf-8", "replace"))
    return "" if same else "its text is not the one of which the header tells: it was edited after archiver wrote it"


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
