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
_PROBES, _PROBE_CHARS, _SHOWN_PART = 12, 40, 3
_BREAK = re.compile(r"(?i)</?(?:p|div|h[1-6]|li|br|blockquote)\b[^>]*>|\r\n|[\r\n]")
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
NOTICE = Notice(
    "html.text-in-data",
    "the page holds the text of the article only in its JSON-LD (articleBody); it was read from there",
)


def holds_body(hints: Sequence[Hint]) -> bool:
    """Tell whether one of the ``hints`` is an ``articleBody`` that is more than an excerpt."""
    return any(hint.field == "article_body" and len(hint.value) >= _LEAST_CHARS for hint in hints)


def hidden_body(root: etree._Element, blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the paragraphs of an ``articleBody`` (schema.org) of which the ``blocks`` hold next to nothing, else none.

    A body that the page shows is no evidence of its own: it can be cut, or older than the page.
    """
    shown: str | None = None
    for node in root.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower() or not node.text or "articleBody" not in node.text:
            continue
        for body in article_bodies(node.text):
            paragraphs = list(_paragraphs(body))
            text = " ".join(paragraphs)
            if len(text) < _LEAST_CHARS:
                continue
            shown = shown if shown is not None else " ".join(block.text for block in blocks)
            if _is_shown(text, shown):
                continue
            path = place(node)
            return [
                RawBlock(text=one, tag="p", path=path, context=Context.ARTICLE, signature="p|articleBody|script")
                for one in paragraphs
            ]
    return []


def _paragraphs(body: str) -> Iterator[str]:
    for line in _BREAK.split(body):
        text = collapse(unescape(_TAG.sub("", line)))
        if text:
            yield text


def _is_shown(text: str, shown: str) -> bool:
    step = max(1, (len(text) - _PROBE_CHARS) // _PROBES)
    probes = [text[at : at + _PROBE_CHARS] for at in range(0, len(text) - _PROBE_CHARS + 1, step)]
    return sum(probe in shown for probe in probes) * _SHOWN_PART > len(probes)
