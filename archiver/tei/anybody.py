"""Checking TEI that somebody else may have written: what holds for any TEI P5, and ours by our schema."""

from __future__ import annotations

from lxml import etree

from archiver.model.outcome import Finding, Severity
from archiver.tei.tree import TEI, XML, line_of, parse_tei
from archiver.tei.validate import validate_tree

_MADE_HERE = f"{TEI}teiHeader/{TEI}encodingDesc/{TEI}appInfo/{TEI}application[@ident='archiver']"
_MARK = b'ident="archiver"'
_ROOTS = (f"{TEI}TEI", f"{TEI}teiCorpus")


def check_any_tei(data: bytes, *, file: str = "") -> tuple[Finding, ...]:
    """Return what is wrong with the TEI document ``data``, of whomever.

    A document that says that archiver made it is checked as :func:`validate_tei` does. Of any other one,
    in any encoding that XML knows: whether it is well-formed, its root is one of TEI P5, and each xml:id
    stands once; a note says that its schema, which it may have made itself (TEI P5, 23.4), was not asked.
    """
    ours = parse_tei(data, file=file)
    if isinstance(ours, Finding):
        if _MARK in data:
            return (ours,)
    elif ours.find(_MADE_HERE) is not None:
        return validate_tree(ours, file=file)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        message = f"the file is not well-formed XML: {error.msg}"
        line = error.lineno or None
        return (Finding("tei.not-well-formed", message, file=file, line=line, advice="get the file from another copy"),)
    return (*_check(root, file), _not_asked(file))


def _check(root: etree._Element, file: str) -> list[Finding]:
    if root.tag not in _ROOTS:
        message = f"the root element is {root.tag}, not TEI or teiCorpus of http://www.tei-c.org/ns/1.0"
        return [Finding("tei.root", message, file=file, line=line_of(root))]
    seen: set[str] = set()
    findings = []
    for element in root.iter(etree.Element):
        identifier = element.get(f"{XML}id")
        if identifier is None:
            continue
        if identifier in seen:
            message = f"the xml:id {identifier} stands twice"
            findings.append(Finding("tei.duplicate-id", message, file=file, line=line_of(element)))
        seen.add(identifier)
    return findings


def _not_asked(file: str) -> Finding:
    return Finding(
        "tei.schema-not-asked",
        "archiver did not write this document: its form was checked, its schema was not",
        file=file,
        severity=Severity.NOTE,
        advice="validate it against its own schema, or tei_all",
    )


def _parser() -> etree.XMLParser:
    # A new one each time: what a document declares for itself must not be there for the next one.
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
