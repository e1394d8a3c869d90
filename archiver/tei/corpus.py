"""The corpus: a header, and an inclusion of every article (TEI P5, 15.1; XInclude 1.0).

It is a list, not a copy: however many articles there are, it is written and read line by line, and
who wants the whole as one document lets an XInclude processor make it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.tei.ids import AGENT
from archiver.tei.markup import element, escape, start, text_element
from archiver.tei.source import unknown
from archiver.tei.write import TEI_VERSION
from archiver.version import __version__

if TYPE_CHECKING:
    from archiver.tei.header import TeiContext

#: xml:id of the root; no id of an article begins so.
CORPUS = "corpus"
_ROOT = (
    ("xmlns", "http://www.tei-c.org/ns/1.0"),
    ("xmlns:xi", "http://www.w3.org/2001/XInclude"),
    ("xml:id", CORPUS),
    ("version", TEI_VERSION),
)
_TAIL = "</teiCorpus>\n"
_SOURCE = "Each article has a header of its own, which tells what it was made from."
_ENCODING = (
    "Every document was encoded by the same rules, which its own header tells. The corpus includes the files of the "
    "articles in the order of the input."
)


@dataclass(frozen=True, slots=True)
class CorpusFacts:
    """What the header tells of all articles together."""

    title: str
    articles: int
    words: int
    languages: Mapping[str, int]
    """Language tag to number of articles."""


def write_corpus(ids: Iterable[str], facts: CorpusFacts, context: TeiContext) -> Iterator[bytes]:
    """Yield the lines of a corpus of the articles with these ``ids``, whose files stand beside it as ``ID.xml``.

    Valid against schemas/tei-corpus.rng as it is; after XInclude against that and tei_all.
    """
    yield _head(facts, context).encode()
    for identifier in ids:
        yield f'  <xi:include href="{identifier}.xml"/>\n'.encode("ascii")
    yield _TAIL.encode()


def _head(facts: CorpusFacts, context: TeiContext) -> str:
    publisher = escape(context.publisher) if context.publisher else unknown("archive not named")
    languages = (
        f'<language ident="{tag}">{tag}: {count} articles</language>' for tag, count in sorted(facts.languages.items())
    )
    application = (("ident", "archiver"), ("version", __version__), ("when", context.date))
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            start("teiCorpus", _ROOT),
            '  <teiHeader xml:lang="en">',
            "    <fileDesc>",
            "      <titleStmt>",
            f"        {text_element('title', facts.title)}",
            "        <respStmt>",
            "          <resp>text extraction, removal of boilerplate, TEI encoding</resp>",
            f'          <name type="software" xml:id="{CORPUS}.{AGENT}">archiver {__version__}</name>',
            "        </respStmt>",
            "      </titleStmt>",
            "      <extent>",
            f"        {_measure(facts.articles, 'articles')}",
            f"        {_measure(facts.words, 'words')}",
            "      </extent>",
            "      <publicationStmt>",
            f"        {element('publisher', publisher)}",
            f'        <date when="{context.date}">{context.date}</date>',
            "      </publicationStmt>",
            f"      <sourceDesc><p>{_SOURCE}</p></sourceDesc>",
            "    </fileDesc>",
            "    <encodingDesc>",
            f"      <projectDesc><p>{_ENCODING}</p></projectDesc>",
            f"      <appInfo>{start('application', application)}<label>archiver</label></application></appInfo>",
            "    </encodingDesc>",
            f"    <profileDesc><langUsage>{''.join(languages)}</langUsage></profileDesc>",
            "    <revisionDesc>",
            f'      <change when="{context.date}" who="#{CORPUS}.{AGENT}">Made of the articles.</change>',
            "    </revisionDesc>",
            "  </teiHeader>",
            "",
        ]
    )


def _measure(quantity: int, unit: str) -> str:
    return f'<measure unit="{unit}" quantity="{quantity}">{quantity} {unit}</measure>'
