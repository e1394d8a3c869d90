"""README.txt: how to read a package with no software of ours, for somebody who never heard of it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

_WIDTH = 72


@dataclass(frozen=True, slots=True)
class ReadmeFacts:
    """What the text says of this package; everything else in it is the same in every package."""

    title: str
    created: str
    """RFC 3339 in UTC: the date of the run."""
    software: str
    """Name and version, ``archiver 0.1.0``."""
    name: str
    """Prefix of the WARC files: ``NAME`` in ``NAME-00000.warc.gz``."""
    articles: int
    rejects: int
    sources: int
    removed_blocks: int
    article_example: str | None = None
    """Id of the first article, for the examples."""


def readme_text(facts: ReadmeFacts) -> str:
    """Return README.txt: plain ASCII, lines of 72 columns at most, LF line ends; same facts, same text."""
    parts = (
        _heading(f"{_ascii(facts.title)}: an archive of articles", "="),
        _text(_INTRODUCTION.format(created=_ascii(facts.created), software=_ascii(facts.software))),
        _text(_FORMS),
        _heading("What is in it"),
        _counts(facts),
        _heading("Which file is what"),
        _files(_ascii(facts.name)),
        _heading("How to read an article"),
        _text(_READING.format(example=facts.article_example or "ID")),
        _heading("What was removed, and where it is"),
        _text(_REMOVED),
        _heading("How to get the originals back"),
        _text(_ORIGINALS),
        _commands(f"gunzip -c data/archive/{_ascii(facts.name)}-00000.warc.gz > all-records"),
        _text(_SEGMENTS),
        _text(_ONE_SEGMENT),
        _commands("tail -c +$((OFFSET + 1)) FILE | head -c LENGTH | gunzip > record"),
        _heading("How to tell whether it is undamaged"),
        _text(_FIXITY),
        _commands("sha256sum -c manifest-sha256.txt", "sha256sum -c tagmanifest-sha256.txt"),
        _text(_FIXITY_PATHS),
        _heading("Standards"),
        _text(_STANDARDS),
    )
    return "\n".join(parts)


_INTRODUCTION = """\
This folder holds articles as they were found, and what was made of them: the text without what does \
not belong to the article (menus, prompts, advertisements), and a description of each article. \
Everything is in open formats that can be read with a text editor and the gzip program. It was made on \
{created} by {software}; you do not need that software to use it.

No original was changed. Whatever was taken out of a text is kept beside it, word for word, with the \
reason."""

_FORMS = """\
All names below are those of a folder, the form in which a package is made. Where you have it as one \
file or laid out for an archive, the files are the same, byte for byte, in other places. In a WACZ, which \
is a ZIP file, what is named data/... here stands at the top, everything else in bag/, files of its \
folders in bag-schemas/ and bag-metadata/. In an E-ARK package it is representations/rep1/data/... for \
data/..., schemas/ as here, metadata/descriptive/dc.xml and metadata/preservation/premis.xml, the files \
metadata/premis-* in representations/rep1/metadata/preservation/, this text in documentation/, and the \
rest in metadata/other/bag/."""

_READING = """\
Open data/metadata/articles.jsonl: each line describes one article in JSON (RFC 8259): title, authors, \
dates, publisher, language, and in "provenance" where each of these was found. What the source does not \
tell is listed in "unknown". Where two articles have the same or nearly the same text, the later one \
names the other in "duplicate_of" or "related". The text of the article with the id {example} \
is in data/tei/{example}.xml, in TEI P5 XML: the words stand between <body> and </body>, the \
description in <teiHeader>. The form of the descriptions is laid down in schemas/."""

_REMOVED = """\
Where a block of text was taken out, the TEI file has the element <gap reason="editorial"/>, and the \
words that stood there are in <standOff> of the same file. The same list for the whole package is \
data/removed/ledger.jsonl, one removed block a line: "article" is the id of the article, "block" its \
place in reading order from 0, "text" the words, "category" and "rule" say why, "evidence" and "weight" \
what was seen. "place" says where it stood in the original: "char" is the range of characters (Unicode \
code points from 0, the end not included) of the decoded text, "xpath" the element of an HTML page."""

_ORIGINALS = """\
The files in data/archive/ are WARC files (ISO 28500). Each is a chain of gzip members, one a record. A \
record is a few header lines, an empty line, and the original bytes, as many as "Content-Length" says. \
Any WARC program can take them out, and so can gzip:"""

_SEGMENTS = """\
data/metadata/sources.jsonl tells for every file that was put in where its bytes are. "path" is its \
name (with "path_encoding": "percent", a name that was not UTF-8 and is percent-encoded), "sha256" and \
"bytes" its checksum and size. "segments" are ranges of the files in data/archive/, as byte offset and \
length. With "encoding": "payload", unpack the segments with gunzip, remove the record headers, and put \
the contents one after the other. With "warc.gz", the bytes of the segments are the original file as \
they are; with "warc", unpack them with gunzip. A file that could not be read has no segments. Of equal \
contents one is stored: the segments lead to it, and a record of the type "revisit" stands for the other."""

_ONE_SEGMENT = """\
The record of one segment is cut out so, FILE being the file in data/archive/, OFFSET and LENGTH the \
two numbers of the segment:"""

_FIXITY = """\
The folder is a BagIt bag (RFC 8493). The manifests list a checksum for every file, by its name in the \
folder:"""

_FIXITY_PATHS = """\
In the manifests %25, %0A and %0D in a name stand for the percent sign, line feed and carriage return. \
The size of all files in data/ and their number are in bag-info.txt as Payload-Oxum."""

_STANDARDS = """\
BagIt 1.0, RFC 8493 (this folder). WACZ 1.1.1 (data/; zipped without compression it is a WACZ file for \
web replay). WARC 1.1, ISO 28500:2017 (data/archive, data/derived). CDXJ (data/indexes). TEI P5 \
(data/tei). JSON, RFC 8259, one object a line (the .jsonl files). JSON-LD 1.1 (articles.jsonld). Dublin \
Core, ISO 15836 (dc.xml). PREMIS 3.0 (premis.xml). XInclude 1.0 (corpus.xml). JSON Schema 2020-12 (schemas/). \
SHA-256 and SHA-512, FIPS 180-4 (manifests)."""


def _counts(facts: ReadmeFacts) -> str:
    rows = (
        (facts.articles, "articles"),
        (facts.rejects, "inputs that are no article or could not be read as one"),
        (facts.sources, "files that were put in"),
        (facts.removed_blocks, "blocks of text that were removed from the articles"),
    )
    width = max(len(str(number)) for number, _ in rows)
    return "".join(f"  {number:>{width}}  {what}\n" for number, what in rows)


def _files(name: str) -> str:
    rows = (
        (f"data/archive/{name}-*.warc.gz", "the originals, unaltered"),
        (f"data/derived/{name}-*.warc.gz", "what was made of them, each record naming its original"),
        ("data/tei/ID.xml", "one article each: text, description, what was removed"),
        ("data/tei/corpus.xml", "list of them all, to be read as one TEI corpus; missing where there is none"),
        ("data/metadata/articles.jsonl", "one description of an article a line"),
        ("data/metadata/articles.jsonld", "the same in the words of schema.org (JSON-LD), with the texts"),
        ("metadata/dc.xml", "the same in Dublin Core (XML)"),
        ("metadata/premis.xml", "what was done, when, by whom, with which software (PREMIS 3, XML)"),
        ("metadata/premis-*.xml", "the same of every file that was put in and every article"),
        ("metadata/bagit-profile.json", "what a folder like this one always has (BagIt profile)"),
        ("data/metadata/sources.jsonl", "one file that was put in a line, and where its bytes are"),
        ("data/metadata/base.json", "the package that this one was made on the base of; missing where there is none"),
        (
            "data/metadata/unchanged.jsonl",
            "one file a line that was put in and is in that package already; missing where there is none",
        ),
        ("data/removed/ledger.jsonl", "one removed block of text a line; missing where there is none"),
        (
            "data/rejected/rejects.jsonl",
            "one input that did not become an article a line, and why; missing where there is none",
        ),
        ("data/pages/pages.jsonl", "list of pages for web replay"),
        ("data/indexes/index.cdxj", "index of data/archive/ for web replay (a large one: index.cdx.gz, index.idx)"),
        ("data/datapackage.json", "list of all files in data/ with checksums"),
        ("data/datapackage-digest.json", "checksum of that list"),
        ("schemas/", "the rules that the descriptions obey"),
        ("bagit.txt, bag-info.txt", "say that this is a bag, who made it and when"),
        ("manifest-*.txt, tagmanifest-*.txt", "checksums of all files"),
    )
    lines = []
    for path, what in rows:
        lines.append(f"  {path}\n")
        lines.append(textwrap.fill(what, _WIDTH, initial_indent="      ", subsequent_indent="      ") + "\n")
    return "".join(lines)


def _heading(text: str, mark: str = "-") -> str:
    title = textwrap.fill(text, _WIDTH)
    return f"{title}\n{mark * max(len(line) for line in title.splitlines())}\n"


def _text(text: str) -> str:
    paragraphs = text.split("\n\n")
    filled = (textwrap.fill(one, _WIDTH, break_long_words=False, break_on_hyphens=False) for one in paragraphs)
    return "\n\n".join(filled) + "\n"


def _commands(*lines: str) -> str:
    return "".join(f"    {line}\n" for line in lines)


def _ascii(text: str) -> str:
    """Return ``text`` in ASCII on one line: what ASCII cannot hold becomes an escape (``\\u00e9``)."""
    return " ".join(text.encode("ascii", "backslashreplace").decode("ascii").split())
