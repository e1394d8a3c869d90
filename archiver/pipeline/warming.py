"""What is made at its first use, made before workers are copied from this process: they share it, and wait no more."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from archiver import canon
from archiver.clean.ruleset import load_rules
from archiver.errors import ArticleError
from archiver.model.intake import Form
from archiver.model.source import Source
from archiver.model.verdict import Profile
from archiver.pipeline.article import make_article
from archiver.pipeline.tools import Tools
from archiver.tei.header import TeiContext
from archiver.tei.write import write_tei
from archiver.warc.cdxj import surt_key

_STORY = (
    "The ferry stayed in the harbour on Monday, and nobody in the town could say when it would sail again.",
    "“We have waited for worse weather than this,” said the captain, who counted the ropes twice before lunch.",
    "By the evening the wind had turned, and the passengers were taken to the school on the hill for the night.",
    "The mayor asked everybody to stay away from the pier until the engineers had looked at each of its posts.",
    "A second ferry will come from the other side of the bay on Tuesday, if the weather lets it leave at all.",
)
_PAGE = "<!DOCTYPE html><title>Ferry</title><article><h1>Ferry stays in harbour</h1>{}</article><footer>Share</footer>"
_SPECIMENS = (
    (
        "text/html",
        frozenset({Form.HTML, Form.WARC, Form.JSON_LINES}),
        _PAGE.format("".join(f"<p>{paragraph}</p>" for paragraph in _STORY)).encode(),
    ),
    (
        "text/plain",
        frozenset({Form.TEXT, Form.JSON_LINES}),
        "\n\n".join(("Ferry stays in harbour", "1 March 2020", *_STORY, "Share this article")).encode(),
    ),
)


def warm(forms: Collection[Form]) -> None:
    """Make an article of each kind that files of these ``forms`` hold, with models, rules and tables of words.

    Only with those that every run has: what the user brings along (rules, a schema) may take any time, and has its
    limits in workers.
    """
    tools = Tools(rules=load_rules(None), profile=Profile.BALANCED, validator=None)
    for media_type, held_by, data in _SPECIMENS:
        if held_by.isdisjoint(forms):
            continue
        sha256 = canon.sha256_hex(data)
        uri = "https://news.example/specimen"
        surt_key(uri)
        source = Source("specimen", data, media_type, sha256, len(data), canon.content_urn(uri, sha256), uri)
        with suppress(ArticleError):
            write_tei(make_article(source, tools), TeiContext(date="2000-01-01T00:00:00Z"))
