"""Codes of findings about descriptions: JSON (RFC 8259) and JSON Schema 2020-12."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

DESCRIBE_CODES = catalogue(
    """
json.byte-order-mark; warning; RFC 8259 section 8.1
The text begins with a byte order mark.
Remove the mark.

json.duplicate-name; error; RFC 8259 section 4
An object names a member twice.
Remove one of them.

json.encoding; error; RFC 8259 section 8.1
The text is not UTF-8.
Write it in UTF-8.

json.not-a-number; error; RFC 8259 section 6
NaN or an infinity stands where a value should be.
Write a number, or leave the member out.

json.number; error; RFC 8259 section 6
A number has more digits than can be read.
Write it as a string.

json.syntax; error; RFC 8259 section 2
The text is no JSON.
Correct it at the place that is named.

json.too-deep; error; RFC 8259 section 9
The text is nested more deeply than is read.
Bring it to a flatter form.

json.too-long; error; RFC 8259 section 9
A line is longer than is read.
Write one description a line.

schema.*; error; schemas/article.schema.json, or the schema of yours
A value does not meet the schema; the code ends in the keyword of JSON Schema that is not met.
Correct the value that the JSON Pointer names.

schema.unknown-keyword; warning; JSON Schema Core 2020-12 section 6.5
A word in a schema of yours looks like a keyword and is none, so that it checks nothing.
Correct it, or begin it with x- if it is a note of your own.

schema.too-much-work; error; -
A schema of yours asks for more work on a description than is done.
Make its patterns simpler.
"""
)
