"""Check a TEI file against the schema of what archiver writes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from archiver.model.outcome import Finding
from archiver.schemas import read_schema
from archiver.tei.tree import XML, line_of, parse_tei

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = "tei-article.rng"

_POINTERS = ("corresp", "target", "ana", "resp", "who")
_POINTING = etree.XPath(f"//*[{' or '.join(f'@{name}' for name in _POINTERS)}]")
_IDENTIFIED = etree.XPath("//*[@xml:id]")


def validate_tei(data: bytes, *, file: str = "") -> tuple[Finding, ...]:
    """Return everything that is wrong with the TEI file ``data``; empty if nothing is.

    Checks: well-formed XML in UTF-8 without document type declaration; schemas/tei-article.rng
    (RELAX NG); each xml:id stands once (xml:id 1.0, section 4); each pointer within the file
    has its target. ``file`` is the name that the findings carry.
    """
    root = parse_tei(data, file=file)
    if isinstance(root, Finding):
        return (root,)
    return (*_against_schema(root, file), *_identifiers(root, file))


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(read_schema(SCHEMA)))


def _against_schema(root: etree._Element, file: str) -> Iterator[Finding]:
    schema = _schema()
    if schema.validate(root):
        return
    for entry in schema.error_log:
        yield Finding(
            "tei.schema",
            entry.message,
            file=file,
            line=entry.line or None,
            advice=f"the schema is {SCHEMA}; write the file again from its source",
        )


def _identifiers(root: etree._Element, file: str) -> Iterator[Finding]:
    identifiers: set[str] = set()
    for element in _elements(_IDENTIFIED, root):
        identifier = element.get(f"{XML}id", "")
        if identifier in identifiers:
            yield _finding("tei.duplicate-id", f"the xml:id {identifier} stands twice", file, element)
        identifiers.add(identifier)
    for element in _elements(_POINTING, root):
        for name, target in _pointers(element):
            if target not in identifiers:
                yield _finding(
                    "tei.dangling-pointer", f"@{name} points to #{target}, which is not there", file, element
                )


def _elements(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    return cast("list[etree._Element]", path(root))


def _pointers(element: etree._Element) -> Iterator[tuple[str, str]]:
    for name in _POINTERS:
        for target in element.get(name, "").split():
            if target.startswith("#"):
                yield name, target[1:]


def _finding(code: str, message: str, file: str, element: etree._Element) -> Finding:
    return Finding(code, message, file=file, line=line_of(element), advice="write the file again from its source")
