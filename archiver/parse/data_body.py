"""The text of an article that the page holds only as data: ``articleBody`` in its JSON-LD, for a script to show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from archiver.digits import unescape
from archiver.model.document import Context, Hint, Notice, RawBlock
from archiver.parse.hints import place
from archiver.parse.jsonld import article_bodies
from archiver.parse.text_run import collapse

#: A body with fewer characters is an excerpt.
_LEAST_CHARS = 400
#: So many stretches of the body are looked for among the blocks; where more than this part is there, the page shows it.
_PROBES, _PROBE_CHARS, _SHOWN_PART = 12, 30, 3
#: Shorter blocks are no running text.
_PROSE_CHARS = 100
#: What stands in these is no text of the article.
_BESIDE = Context.NAV | Context.HEADER | Context.FOOTER | Context.ASIDE | Context.FORM | Context.DIALOG
_BREAK = re.compile(r"(?i)</?(?:p|div|h[1-6]|li|br|blockquote)\b[^>]*>|\r\n|[\r\n]")
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_LETTER = re.compile(r"\w+")
NOTICE = Notice("html.text-in-data", "text that the page holds only in its JSON-LD (articleBody) was read from there")


def holds_body(hints: Sequence[Hint]) -> bool:
    """Tell whether one of the ``hints`` is an ``articleBody`` that is more than an excerpt."""
    return any(hint.field == "article_body" and len(hint.value) >= _LEAST_CHARS for hint in hints)


def hidden_body(root: etree._Element, blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the paragraphs of an ``articleBody`` (schema.org) that the page does not show, else none.

    A body of which the ``blocks`` hold more than next to nothing is no evidence of its own: it can be cut, or older
    than the page; nor is one beside as much running text that the page shows. Where several objects have a
    body, that of the headline counts which the page has, else the first.
    """
    bodies = [
        (headline, paragraphs, node)
        for node in root.iter("script")
        if "ld+json" in (node.get("type") or "").lower() and node.text and "articleBody" in node.text
        for headline, body in article_bodies(node.text)
        if sum(map(len, paragraphs := list(_paragraphs(body)))) >= _LEAST_CHARS
    ]
    if not bodies:
        return []
    titles = _letters(" ".join([*(title.text or "" for title in root.iter("title")), *_headings(blocks)]))
    meant = [one for one in bodies if (headline := _letters(one[0])) and headline in titles]
    _, paragraphs, node = (meant or bodies)[0]
    text = " ".join(paragraphs)
    prose = sum(len(block.text) for block in blocks if len(block.text) >= _PROSE_CHARS and not block.context & _BESIDE)
    if prose >= len(text) or _is_shown(_letters(text), _letters(" ".join(block.text for block in blocks))):
        return []
    return [
        RawBlock(text=one, tag="p", path=place(node), context=Context.ARTICLE, signature="p|articleBody|script")
        for one in paragraphs
    ]


def _headings(blocks: Sequence[RawBlock]) -> Iterator[str]:
    return (block.text for block in blocks if block.level)


def _paragraphs(body: str) -> Iterator[str]:
    for line in _BREAK.split(body):
        text = collapse(unescape(_TAG.sub("", line)))
        if text:
            yield text


def _letters(text: str) -> str:
    """Return the letters and digits of a text: spaces, signs, case, and what nobody sees, can differ in a copy."""
    return "".join(_LETTER.findall(unescape(text).casefold()))


def _is_shown(text: str, shown: str) -> bool:
    step = max(1, (len(text) - _PROBE_CHARS) // _PROBES)
    probes = [text[at : at + _PROBE_CHARS] for at in range(0, len(text) - _PROBE_CHARS + 1, step)]
    return sum(probe in shown for probe in probes) * _SHOWN_PART > len(probes)
