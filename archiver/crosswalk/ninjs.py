"""IPTC ninjs 3.2 (https://iptc.org/std/ninjs/): one news object a line.

Its only mandatory property is ``uri``. Its dates are moments with offset; an article of which only the day
is known has none here, and an association must have a name, so a picture without caption is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from archiver.canon import canonical_json
from archiver.crosswalk.values import article_urn, is_absolute, moment, plain
from archiver.model.metadata import Image, Metadata

_STANDARD = {"name": "ninjs", "version": "3.2", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json#"}


def ninjs(articles: Iterable[tuple[Metadata, str]]) -> Iterator[bytes]:
    """Yield one news object a line, as canonical JSON."""
    for metadata, text in articles:
        yield canonical_json(news_object(metadata, text)) + b"\n"


def news_object(metadata: Metadata, text: str) -> dict[str, Any]:
    """Return an article as a ninjs object of type ``text``, with nothing but what is known of it.

    Authors stand in ``infoSources``, which takes persons and organisations alike; ``people`` would claim
    that they are human beings.
    """
    sources = [{"name": plain(person.name), "role": plain(person.role)} for person in metadata.authors]
    if metadata.publisher:
        sources.append({"name": plain(metadata.publisher), "role": "publisher"})
    ids = (("archiver", metadata.id), ("url", metadata.url), ("canonical-url", metadata.canonical_url))
    body = plain(text)
    said: dict[str, Any] = {
        "uri": article_urn(metadata.id),
        "standard": dict(_STANDARD),
        "type": "text",
        "altIds": [{"role": role, "value": plain(value)} for role, value in ids if value],
        "headlines": _values(metadata.title),
        "descriptions": _values(metadata.description),
        "bodies": [
            {"contentType": "text/plain", "charCount": len(body), "wordCount": metadata.word_count, "value": body}
        ]
        if body
        else [],
        "by": _text(metadata.byline),
        "infoSources": sources,
        "firstCreated": moment(metadata.published),
        "versionCreated": moment(metadata.modified),
        "located": _text(metadata.dateline.place if metadata.dateline else None),
        "language": metadata.language if metadata.language != "und" else None,
        "subjects": [{"name": plain(name)} for name in dict.fromkeys((metadata.section, *metadata.keywords)) if name],
        "copyrightNotice": _text(metadata.rights),
        "associations": [picture for image in metadata.images for picture in _picture(image)],
    }
    return {key: value for key, value in said.items() if value is not None and value != []}


def _picture(image: Image) -> Iterator[dict[str, str]]:
    if image.url and image.caption and is_absolute(image.url):
        credit = {"by": plain(image.credit)} if image.credit else {}
        yield {"uri": plain(image.url), "name": plain(image.caption), "type": "picture", **credit}


def _values(text: str | None) -> list[dict[str, str]]:
    return [{"value": plain(text)}] if text else []


def _text(text: str | None) -> str | None:
    return plain(text) if text else None
