"""schema.org in JSON-LD: one document (JSON-LD 1.1), each article a NewsArticle on a line of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archiver.canon import canonical_json
from archiver.crosswalk.values import addresses, article_urn, creators, is_absolute, is_sure, plain
from archiver.model.metadata import Image, Metadata

CONTEXT = "https://schema.org"
#: First and last line; a reader of single articles leaves them out, and the comma at the end of the others.
HEAD = b'{"@context":"' + CONTEXT.encode("ascii") + b'","@graph":[\n'
TAIL = b"\n]}\n"
#: Roles for which schema.org has a property; all others are contributors.
_ROLES = {"editor": "editor", "translator": "translator"}


def schema_org(articles: Iterable[tuple[Metadata, str]]) -> Iterator[bytes]:
    """Yield a JSON-LD document of descriptions and texts, piece by piece."""
    yield HEAD
    separator = b""
    for metadata, text in articles:
        yield separator + canonical_json(news_article(metadata, text))
        separator = b",\n"
    yield TAIL


def news_article(metadata: Metadata, text: str) -> dict[str, Any]:
    """Return an article as https://schema.org/NewsArticle, with nothing but what is known of it.

    Whether an author is a person or an organisation is told only where the role tells it. Dates that are
    not sure are left out, since the vocabulary cannot say so.
    """
    authors, others = creators(metadata)
    said: dict[str, Any] = {
        "@id": article_urn(metadata.id),
        "@type": "NewsArticle",
        "identifier": metadata.id,
        "headline": metadata.title,
        "description": metadata.description,
        "creditText": metadata.byline,
        "author": [{"name": name} for name in authors],
        "publisher": _typed("Organization", metadata.publisher),
        "isPartOf": _typed("CreativeWork", metadata.site_name),
        "datePublished": metadata.published.value if metadata.published and is_sure(metadata.published) else None,
        "dateModified": metadata.modified.value if metadata.modified and is_sure(metadata.modified) else None,
        "dateline": metadata.dateline.text if metadata.dateline else None,
        "locationCreated": _typed("Place", metadata.dateline.place if metadata.dateline else None),
        "articleSection": metadata.section,
        "keywords": list(metadata.keywords),
        "inLanguage": metadata.language if metadata.language != "und" else None,
        "url": next(iter(addresses(metadata)), None),
        "mainEntityOfPage": metadata.canonical_url,
        "image": [picture for picture in map(_image, metadata.images) if len(picture) > 1],
        "copyrightNotice": metadata.rights,
        "isAccessibleForFree": None if metadata.paywalled is None else not metadata.paywalled,
        "correction": list(metadata.corrections),
        "wordCount": metadata.word_count,
        "articleBody": text,
    }
    for name, role in others:
        member = {"@type": "Organization", "name": name} if role == "agency" else {"name": name}
        said.setdefault(_ROLES.get(role, "contributor"), []).append(member)
    return {key: _clean(value) for key, value in said.items() if value is not None and value not in ("", [])}


def _typed(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _image(image: Image) -> dict[str, Any]:
    # Relative to which page an address is meant is not said in the file.
    url = image.url if image.url and is_absolute(image.url) else None
    said = {"@type": "ImageObject", "contentUrl": url, "caption": image.caption, "creditText": image.credit}
    return {key: value for key, value in said.items() if value}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    return value
