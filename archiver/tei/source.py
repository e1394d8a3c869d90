"""``sourceDesc``: the article as it was published, and where its bytes are kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.tei.dates import date_element, w3c_date
from archiver.tei.markup import element, escape, pointer, text_element

if TYPE_CHECKING:
    from archiver.model.metadata import Metadata, Person, SourceRef

#: xsd:language, the grammar of RFC 3066 that TEI takes for BCP 47 tags.
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def language_tag(metadata: Metadata) -> str:
    """Return the language of the article as BCP 47 tag, ``und`` if what is known is no tag."""
    return metadata.language if _LANGUAGE.fullmatch(metadata.language) else "und"


def unknown(words: str) -> str:
    """Return the markup for a value that nobody told: ``supplied`` with the reason ``unknown``."""
    return f'<supplied reason="unknown">[{escape(words)}]</supplied>'


def title_element(metadata: Metadata, *, unknown_title: bool = False) -> str:
    """Return the main title; where none is known the unknown form, or nothing if that is not asked for."""
    if metadata.title:
        attributes = (("level", "a"), ("type", "main"), ("xml:lang", language_tag(metadata)))
        return text_element("title", metadata.title, attributes)
    return f'<title level="a" type="main">{unknown("title unknown")}</title>' if unknown_title else ""


def responsibilities(metadata: Metadata) -> list[str]:
    """Return one element a person, in the given order: ``author``, or ``respStmt`` for any other role."""
    return [_responsibility(person) for person in metadata.authors if person.name]


def _responsibility(person: Person) -> str:
    name = text_element("persName", person.name)
    return (
        element("author", name)
        if person.role == "author"
        else element("respStmt", text_element("resp", person.role) + name)
    )


def source_description(metadata: Metadata) -> list[str]:
    """Return the lines of ``sourceDesc`` with one ``biblStruct``."""
    return [
        "      <sourceDesc>",
        '        <biblStruct type="article">',
        *_analytic(metadata),
        *_monograph(metadata),
        *_access(metadata),
        *_whereabouts(metadata.source),
        "        </biblStruct>",
        "      </sourceDesc>",
    ]


def _analytic(metadata: Metadata) -> list[str]:
    lines = [title_element(metadata), *responsibilities(metadata)]
    if metadata.url:
        lines.append(text_element("idno", metadata.url, (("type", "URI"),)))
    if metadata.canonical_url:
        lines.append(text_element("idno", metadata.canonical_url, (("type", "URI"), ("subtype", "canonical"))))
    lines.append(text_element("idno", metadata.source.path, (("type", "path"),)))
    lines.append(text_element("idno", metadata.source.sha256, (("type", "sha256"), ("subtype", "source"))))
    return ["          <analytic>", *(f"            {line}" for line in lines if line), "          </analytic>"]


def _monograph(metadata: Metadata) -> list[str]:
    publisher = escape(metadata.publisher) if metadata.publisher else unknown("publisher unknown")
    name = metadata.site_name or metadata.publisher
    lines = ["          <monogr>"]
    if name:
        lines.append(f"            {text_element('title', name, (('level', 'j'),))}")
    lines += ["            <imprint>", f"              {element('publisher', publisher)}"]
    if metadata.published is not None:
        published = metadata.published
        lines.append(f"              {date_element(published, published.text, (('type', 'published'),))}")
    if metadata.modified is not None:
        modified = metadata.modified
        lines.append(f"              {date_element(modified, modified.text, (('type', 'modified'),))}")
    captured = metadata.source.captured
    if captured:
        date = text_element("date", captured, (("when", w3c_date(captured)),))
        lines.append(f'              <note type="accessed">{date}</note>')
    return [*lines, "            </imprint>", "          </monogr>"]


def _access(metadata: Metadata) -> list[str]:
    if metadata.paywalled is None:
        return []
    words = "behind a paywall" if metadata.paywalled else "free to read"
    return [f'          <note type="access">{words}</note>']


def _whereabouts(source: SourceRef) -> list[str]:
    words = f"{source.media_type}; charset={source.charset}; {source.bytes} bytes"
    if source.pointer is not None:
        words += f"; member {source.pointer}"
    lines = [f"          {text_element('note', words, (('type', 'source'),))}"]
    record = pointer(source.warc_record_id)
    if record:
        lines.append(f'          <ptr type="warc-record" target="{escape(record)}"/>')
    return lines
