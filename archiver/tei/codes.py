"""Codes of findings about TEI documents."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

TEI_CODES = catalogue(
    """
tei.dangling-pointer; error; TEI P5 section 1.3.1.1.1, xml:id 1.0
An attribute points to an element that is not there.
Write the file again from its source.

tei.doctype; error; docs/tei.md
The file has a document type declaration.
Remove the declaration; TEI P5 needs none.

tei.duplicate-id; error; xml:id 1.0 section 4
Two elements have the same xml:id.
Write the file again from its source.

tei.foreign-id; error; docs/tei.md
An xml:id does not begin with that of the document, and so need not be the only one in a corpus.
Write the file again from its source.

tei.not-well-formed; error; XML 1.0 section 2.1
The file is not well-formed XML in UTF-8.
Write the file again from its source.

tei.root; error; TEI P5 section 4
The root element is none of TEI P5.
Check that this is the right file; older TEI is brought up to P5 by the stylesheets of the TEI Consortium.

tei.schema-not-asked; note; TEI P5 section 23.4
A TEI document that archiver did not write: it was checked as XML, its schema was not asked.
Validate it against its own schema, or tei_all.

tei.schema; error; schemas/tei-article.rng
The document does not meet the schema.
Write the file again from its source.
"""
)
