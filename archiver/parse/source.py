"""The door of this room: a source becomes a document."""

from __future__ import annotations

from dataclasses import replace

from archiver.model.document import Document
from archiver.model.source import Source
from archiver.parse.decode import Decoded, decode, decoded_already
from archiver.parse.html import parse_html
from archiver.parse.text import parse_text

MARKUP_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def parse_source(source: Source, *, text: str | None = None) -> Document:
    """Decode and parse ``source``; ``text`` is its content where it is already text.

    Raises the ArticleError that fits: EmptyInputError, BinaryInputError, DecodeError, ParseError.
    """
    markup = source.media_type in MARKUP_TYPES
    if text is None:
        decoded = decode(source.data, declared=source.charset, markup=markup, place=source.path)
    else:
        decoded = decoded_already(text, place=source.path)
    if not markup:
        return parse_text(decoded)
    document = parse_html(
        decoded.text,
        charset=decoded.charset,
        charset_origin=decoded.origin,
        url=source.url,
        media_type=source.media_type,
        utf8=decoded.utf8,
    )
    return document if not decoded.notices else _with_notices(document, decoded)


def _with_notices(document: Document, decoded: Decoded) -> Document:
    return replace(document, notices=(*decoded.notices, *document.notices))
