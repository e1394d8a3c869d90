"""Bytes to a tree, without anything that reaches outside the bytes."""

from __future__ import annotations

from functools import cache
from typing import cast

from lxml import etree

from archiver.model.outcome import Finding

#: Name spaces of TEI elements and of xml:id, in the notation of ElementTree.
TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def parse_tei(data: bytes, *, file: str = "") -> etree._Element | Finding:
    """Return the root element of ``data``, or the finding that tells why there is none.

    No entity is expanded, no DTD is read, nothing is fetched; comments and processing
    instructions are dropped.
    """
    # In XML, "<" never stands in text as such, so this can only be the declaration or a trick.
    if b"<!DOCTYPE" in data:
        return Finding(
            "tei.doctype",
            "the file has a document type declaration",
            file=file,
            advice="remove the declaration; TEI P5 needs none",
        )
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        return Finding(
            "tei.not-well-formed",
            f"the file is not well-formed XML in UTF-8: {error.msg}",
            file=file,
            line=error.lineno or None,
            advice="write the file again from its source",
        )


@cache
def _parser() -> etree.XMLParser:
    # huge_tree lifts the limit of 10 MB for one text; without DTD there is nothing to blow up.
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        collect_ids=False,
    )


def text_of(element: etree._Element) -> str:
    """Return the text of ``element`` and all within it."""
    return "".join([str(text) for text in element.itertext()])


def line_of(element: etree._Element) -> int | None:
    """Return the line on which ``element`` starts, counted from 1."""
    return cast("int | None", element.sourceline)
