"""What the header tells that the description of the article tells as well, by field of the description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.tei.dates import w3c_date
from archiver.tei.markup import pointer
from archiver.tei.source import language_tag
from archiver.tei.tree import TEI, XML, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from archiver.model.account import Facts
    from archiver.model.metadata import DateValue, Metadata

_ID, _LANG = f"{XML}id", f"{XML}lang"
_TITLE, _SUPPLIED = f"{TEI}title", f"{TEI}supplied"
_PERSON, _RESP, _AUTHOR = f"{TEI}persName", f"{TEI}resp", f"{TEI}author"
#: Between parts of one statement.
_AND = " | "


def read_facts(root: _Element) -> Facts:
    """Return what a valid document tells of its article."""
    facts: dict[str, list[str]] = {}
    for name, value in _read(root):
        facts.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in facts.items()}


def _read(root: _Element) -> Iterator[tuple[str, str]]:
    yield "/id", root.get(_ID, "")
    for part in root:
        if part.tag == f"{TEI}text":
            yield "/language", part.get(_LANG, "")
        for division in part if part.tag == f"{TEI}teiHeader" else ():
            reader = _DIVISIONS.get(division.tag)
            if reader is not None:
                yield from reader(division)


def _of_file(file: _Element) -> Iterator[tuple[str, str]]:
    for part in file:
        reader = _STATEMENTS.get(part.tag)
        if reader is not None:
            yield from reader(part)


def _of_title(statement: _Element) -> Iterator[tuple[str, str]]:
    yield from _title_and_people(statement, "titleStmt")


def _title_and_people(parent: _Element, where: str) -> Iterator[tuple[str, str]]:
    for child in parent:
        if child.tag == _TITLE and not _is_supplied(child):
            yield "/title", f"{where}: {_AND.join((_text(child), child.get(_LANG, '')))}"
        name = child.find(_PERSON)
        if name is not None:
            role = "author" if child.tag == _AUTHOR else _text_of_child(child, _RESP)
            yield "/authors", f"{where}: {_AND.join((role, _text(name)))}"


def _of_extent(extent: _Element) -> Iterator[tuple[str, str]]:
    for measure in extent:
        if measure.get("unit") == "words":
            yield "/word_count", measure.get("quantity", "")


def _of_publication(statement: _Element) -> Iterator[tuple[str, str]]:
    for child in statement:
        if child.tag == f"{TEI}idno":
            yield "/id" if child.get("type") == "archiver" else "/text_sha256", _text(child)
        elif child.tag == f"{TEI}availability" and child.get("status") is None:
            yield "/rights", _text(child).partition(": ")[2]


def _of_notes(statement: _Element) -> Iterator[tuple[str, str]]:
    for note in statement:
        kind = note.get("type")
        if kind == "provenance":
            words = [_text(item) for item in note.iter(f"{TEI}label", f"{TEI}item")]
            for field, origin in zip(words[::2], words[1::2], strict=False):
                yield "/provenance", _AND.join((field, origin))
        elif kind == "unknown":
            for item in note.iter(f"{TEI}item"):
                yield "/unknown", _text(item)
        elif kind == "alternative":
            yield "/alternatives", _AND.join((note.get("subtype", ""), _text(note), note.get("n", "")))


def _of_source(description: _Element) -> Iterator[tuple[str, str]]:
    for part in description.iterfind(f"{TEI}biblStruct/*"):
        if part.tag == f"{TEI}analytic":
            yield from _title_and_people(part, "analytic")
            for idno in part.iterchildren(f"{TEI}idno"):
                yield _IDNO[idno.get("type"), idno.get("subtype")], _text(idno)
        elif part.tag == f"{TEI}monogr":
            yield from _of_monograph(part)
        elif part.tag == f"{TEI}ptr":
            yield "/source/warc_record_id", part.get("target", "")
        elif part.tag == f"{TEI}note":
            yield "/source" if part.get("type") == "source" else "/paywalled", _text(part)


_IDNO: dict[tuple[str | None, str | None], str] = {
    ("URI", None): "/url",
    ("URI", "canonical"): "/canonical_url",
    ("path", None): "/source/path",
    ("sha256", "source"): "/source/sha256",
}


def _of_monograph(monograph: _Element) -> Iterator[tuple[str, str]]:
    for part in monograph:
        if part.tag == _TITLE:
            yield "/site_name", _text(part)
        for child in part if part.tag == f"{TEI}imprint" else ():
            if child.tag == f"{TEI}date":
                yield f"/{child.get('type', '')}", f"imprint: {_date(child)}"
            elif child.tag == f"{TEI}note":
                yield "/source/captured", _text(child)
            elif child.tag == f"{TEI}publisher" and not _is_supplied(child):
                yield "/publisher", _text(child)


def _of_profile(profile: _Element) -> Iterator[tuple[str, str]]:
    for part in profile:
        if part.tag == f"{TEI}creation":
            yield "/published", f"creation: {_date(part[0])}" if len(part) else ""
        elif part.tag == f"{TEI}langUsage":
            for language in part:
                yield "/language", language.get("ident", "")
        elif part.tag == f"{TEI}abstract":
            yield "/description", _text_of_child(part, f"{TEI}p")
        elif part.tag == f"{TEI}textClass":
            for term in part.iter(f"{TEI}term"):
                yield "/section" if term.get("type") == "section" else "/keywords", _text(term)


_STATEMENTS = {
    f"{TEI}titleStmt": _of_title,
    f"{TEI}extent": _of_extent,
    f"{TEI}publicationStmt": _of_publication,
    f"{TEI}notesStmt": _of_notes,
    f"{TEI}sourceDesc": _of_source,
}
_DIVISIONS = {f"{TEI}fileDesc": _of_file, f"{TEI}profileDesc": _of_profile}


def _text(element: _Element) -> str:
    return text_of(element) if len(element) else element.text or ""


def _text_of_child(element: _Element, tag: str) -> str:
    child = element.find(tag)
    return "" if child is None else _text(child)


def _is_supplied(element: _Element) -> bool:
    """Tell whether the value is one that nobody told."""
    return len(element) > 0 and element[0].tag == _SUPPLIED


def _date(date: _Element) -> str:
    """Return wording, value and certainty, and the interval of one that can be read in two ways."""
    reading = date[0] if len(date) else date
    said = (_text(date), reading.get("when"), reading.get("cert"), date.get("notBefore"), date.get("notAfter"))
    return _AND.join([value or "" for value in said])


def expected_facts(metadata: Metadata) -> dict[str, tuple[str, ...]]:
    """Return what a document must tell of an article that has this description."""
    source, language = metadata.source, language_tag(metadata)
    people = [_AND.join((person.role, person.name)) for person in metadata.authors if person.name]
    facts = {
        "/id": (metadata.id, metadata.id),
        "/text_sha256": (metadata.text_sha256,),
        "/word_count": (str(metadata.word_count),),
        "/language": (language, language),
        "/authors": _twice(people),
        "/title": _twice([_AND.join((metadata.title, language))] if metadata.title else []),
        "/rights": _one(metadata.rights),
        "/provenance": tuple(_AND.join(item) for item in sorted(metadata.provenance.items())),
        "/unknown": tuple(sorted(metadata.unknown)),
        "/alternatives": tuple(_AND.join((it.field, it.value, it.origin)) for it in metadata.alternatives),
        "/url": _one(metadata.url),
        "/canonical_url": _one(metadata.canonical_url),
        "/source/path": (source.path,),
        "/source/sha256": (source.sha256,),
        "/publisher": _one(metadata.publisher),
        "/site_name": _one(metadata.site_name or metadata.publisher),
        "/published": (*_dated("imprint", metadata.published), *_created(metadata.published)),
        "/modified": _dated("imprint", metadata.modified),
        "/source/captured": _one(source.captured),
        "/source": (_whereabouts(metadata),),
        "/source/warc_record_id": _one(pointer(source.warc_record_id)),
        "/description": _one(metadata.description),
        "/section": _one(metadata.section),
        "/keywords": metadata.keywords,
    }
    if metadata.paywalled is not None:
        facts["/paywalled"] = ("behind a paywall" if metadata.paywalled else "free to read",)
    return {name: values for name, values in facts.items() if values}


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _twice(values: list[str]) -> tuple[str, ...]:
    return tuple([f"{where}: {value}" for where in ("titleStmt", "analytic") for value in values])


def _dated(where: str, date: DateValue | None) -> tuple[str, ...]:
    return () if date is None else (f"{where}: {_expected_date(date, date.text)}",)


def _created(date: DateValue | None) -> tuple[str, ...]:
    return () if date is None else (f"creation: {_expected_date(date, date.value)}",)


def _expected_date(date: DateValue, text: str) -> str:
    certainty = date.certainty if date.certainty in ("high", "medium", "low") else "unknown"
    said = (text, w3c_date(date.value), certainty, w3c_date(date.not_before), w3c_date(date.not_after))
    return _AND.join([value or "" for value in said])


def _whereabouts(metadata: Metadata) -> str:
    source = metadata.source
    member = "" if source.pointer is None else f"; member {source.pointer}"
    return f"{source.media_type}; charset={source.charset}; {source.bytes} bytes{member}"
