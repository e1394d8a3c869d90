"""Check a TEI file against the schema of what archiver writes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from archiver.model.outcome import Finding
from archiver.schemas import read_schema
from archiver.tei.quick import QuickCheck
from archiver.tei.tree import TEI, XML, line_of, parse_tei

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = "tei-article.rng"
#: That of a file whose root is teiCorpus.
CORPUS_SCHEMA = "tei-corpus.rng"

_RNG = "{http://relaxng.org/ns/structure/1.0}"

_POINTERS = ("corresp", "target", "ana", "resp", "who")
_POINTING = etree.XPath(f"//*[{' or '.join(f'@{name}' for name in _POINTERS)}]")
_IDENTIFIED = etree.XPath("//*[@xml:id]")


def validate_tei(data: bytes, *, file: str = "") -> tuple[Finding, ...]:
    """Return everything that is wrong with the TEI file ``data``; empty if nothing is.

    Checks: well-formed XML in UTF-8 without document type declaration; schemas/tei-article.rng, for a
    corpus schemas/tei-corpus.rng (RELAX NG); each xml:id stands once (xml:id 1.0, section 4) and begins
    with that of the root, so that it stands once in a corpus too; each pointer within the file has its
    target. ``file`` is the name that the findings carry.
    """
    root = parse_tei(data, file=file)
    return (root,) if isinstance(root, Finding) else validate_tree(root, file=file)


def validate_tree(root: etree._Element, *, file: str = "") -> tuple[Finding, ...]:
    """Return what ``validate_tei`` does, of a document that is parsed already."""
    if quick_check(_schema_of(root)).is_sure(root):
        return ()
    return (*_against_schema(root, file), *_identifiers(root, file))


def _schema_of(root: etree._Element) -> str:
    return CORPUS_SCHEMA if root.tag == f"{TEI}teiCorpus" else SCHEMA


@cache
def quick_check(name: str) -> QuickCheck:
    """Return what can be sure in little time that a document is valid against the schema ``name``."""
    return QuickCheck(grammar_of(name), _POINTERS)


@cache
def quick_text_check() -> QuickCheck:
    """Return the same for the ``text`` of an article alone."""
    grammar = grammar_of(SCHEMA)
    for start in grammar.iterfind(f"{_RNG}start/{_RNG}ref"):
        start.set("name", "text")
    return QuickCheck(grammar, _POINTERS)


@cache
def _complete(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(grammar_of(name))


def grammar_of(name: str) -> etree._Element:
    """Return the schema ``name`` with the schema that it includes; raises UsageError if there is none."""
    grammar = etree.fromstring(read_schema(name))
    for include in grammar.findall(f"{_RNG}include"):
        _take_in(grammar, include)
    return grammar


def _take_in(grammar: etree._Element, include: etree._Element) -> None:
    """Put the grammar that is included in place of ``include`` (RELAX NG 4.7): schemas need not lie in a folder."""
    included = etree.fromstring(read_schema(include.get("href", "")))
    redefined = {(part.tag, part.get("name")) for part in include}
    kept = [part for part in included if (part.tag, part.get("name")) not in redefined]
    grammar.remove(include)
    grammar.extend([*include, *kept])


def _against_schema(root: etree._Element, file: str) -> Iterator[Finding]:
    name = _schema_of(root)
    schema = _complete(name)
    if schema.validate(root):
        return
    # What libxml2 says of a value is that its element is not expected, or another one is: no help to anybody.
    told = [
        (f'@{it.attribute} of {it.tag} is "{it.value}", which does not match {it.pattern}', it.line)
        for it in quick_check(name).misfits(root)
    ]
    for message, line in told or [(entry.message, entry.line or None) for entry in schema.error_log]:
        yield Finding(
            "tei.schema",
            message,
            file=file,
            line=line,
            advice=f"the schema is {name}; write the file again from its source",
        )


def _identifiers(root: etree._Element, file: str) -> Iterator[Finding]:
    identifiers: set[str] = set()
    own = root.get(f"{XML}id", "")
    for element in _elements(_IDENTIFIED, root):
        identifier = element.get(f"{XML}id", "")
        if identifier in identifiers:
            yield _finding("tei.duplicate-id", f"the xml:id {identifier} stands twice", file, element)
        if identifier != own and not identifier.startswith(f"{own}."):
            yield _finding("tei.foreign-id", f"the xml:id {identifier} does not begin with {own}.", file, element)
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
