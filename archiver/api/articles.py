"""One article, or some: made, looked at, explained, without packaging anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any

from archiver import canon
from archiver.clean.ruleset import load_rules
from archiver.model import article as model
from archiver.model.choice import chosen
from archiver.model.look import Look
from archiver.model.source import Source
from archiver.model.verdict import Profile
from archiver.pipeline.article import make_article
from archiver.pipeline.inputs import Tell
from archiver.pipeline.look import look as look_at
from archiver.pipeline.look import look_again, weighed
from archiver.pipeline.tools import looking_tools
from archiver.readers.files import file_uri
from archiver.readers.forms import article_media_type
from archiver.report.looks import article_document
from archiver.report.markdown import to_markdown
from archiver.tei.header import TeiContext
from archiver.tei.read import KeptText, kept_text, read_kept
from archiver.tei.write import write_tei


@dataclass(frozen=True, slots=True)
class Article(model.Article):
    """What :func:`extract` returns: blocks with their fates, the description, and ways to write them."""

    def to_tei(self, *, date: str | None = None) -> bytes:
        """Return the article as TEI P5, valid against tei_all.

        ``date`` is the moment that the header names as that of the conversion (ISO 8601, UTC); now,
        if it is not given.
        """
        return tei_of(self, date=date)

    def to_markdown(self) -> str:
        """Return title, byline and body as CommonMark."""
        return to_markdown(self)

    def to_dict(self) -> dict[str, Any]:
        """Return description, text and every block with its fate, ready for JSON."""
        return article_document(self)


def extract(
    data: bytes | bytearray | memoryview | str,
    url: str | None = None,
    media_type: str | None = None,
    profile: str = "balanced",
    *,
    language: str | None = None,
    rules: str | PathLike[str] | None = None,
    name: str = "article",
) -> Article:
    """Return the article in ``data`` (a page or a plain text), stripped, typed and described.

    ``media_type`` is ``text/html``, ``application/xhtml+xml`` or ``text/plain``; without it the first
    bytes tell. ``profile`` is ``strict``, ``balanced`` or ``generous``. ``language`` is a BCP 47 tag
    that the caller vouches for, ``rules`` a file of further rules, ``name`` what errors call the
    article. Raises the ArticleError that fits, and UsageError (profile, rules, language).
    """
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else bytes(data)
    media = article_media_type(raw, media_type, name=name)
    sha256 = canon.sha256_hex(raw)
    uri = url or file_uri(name)
    source = Source(
        path=name,
        data=raw,
        media_type=media,
        sha256=sha256,
        size=len(raw),
        record_id=canon.content_urn("resource", uri, sha256),
        target_uri=uri,
        url=url,
    )
    tools = looking_tools(chosen(Profile, profile, place="profile"), language, Path(rules) if rules else None)
    made = make_article(source, tools, text=data if isinstance(data, str) else None)
    return Article(**{item.name: getattr(made, item.name) for item in fields(made)})


def tei_of(article: model.Article, *, date: str | None = None) -> bytes:
    """Return ``article`` as TEI P5; ``date`` as in :meth:`Article.to_tei`."""
    moment = date or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return write_tei(article, TeiContext(date=moment, rules_version=load_rules().version))


def look(
    inputs: Sequence[str],
    *,
    profile: Profile = Profile.BALANCED,
    rules: Path | None = None,
    language: str | None = None,
    stdin: bytes | None = None,
    tell: Tell | None = None,
) -> Iterator[Look]:
    """Yield every candidate article in files, folders or patterns, made or failed, without packaging anything.

    ``tell`` hears of packages among them, which are passed over.
    """
    return look_at(inputs, looking_tools(profile, language, rules), stdin=stdin, tell=tell)


def explain(
    inputs: Sequence[str],
    *,
    profile: Profile = Profile.BALANCED,
    rules: Path | None = None,
    language: str | None = None,
    stdin: bytes | None = None,
    tell: Tell | None = None,
) -> Iterator[Look]:
    """Yield what :func:`look` does, with what the trained models weighed in each block."""
    tools = looking_tools(profile, language, rules)
    return (weighed(one, tools) for one in look_at(inputs, tools, stdin=stdin, tell=tell))


def look_into_package(
    path: str | PathLike[str],
    article_id: str,
    *,
    profile: Profile = Profile.BALANCED,
    rules: Path | None = None,
    language: str | None = None,
) -> Look:
    """Make an article of a package again from its original bytes. Raises UsageError for an unknown id."""
    tools = looking_tools(profile, language, rules)
    return weighed(look_again(Path(path), article_id, tools), tools)


def text_of_tei(data: bytes) -> str:
    """Return the kept text of a TEI document that archiver wrote: what ``Article.text`` was.

    Raises ParseError if it is not well-formed XML.
    """
    return kept_text(data)


def kept_of_tei(data: bytes) -> KeptText:
    """Return what :func:`text_of_tei` does, with the doubt whether archiver wrote that text. Raises ParseError."""
    return read_kept(data)
