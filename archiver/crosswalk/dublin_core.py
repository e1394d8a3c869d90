"""Dublin Core in XML: one record an article.

The elements and their encoding schemes are those of the DCMI's XML schemas of 2008 (dc.xsd, dcterms.xsd);
the DCMI leaves the element around them to each application (“Guidelines for implementing Dublin Core in
XML”, recommendation 3). Ours is in schemas/dublin-core.rng.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from archiver.crosswalk.values import addresses, article_urn, creators, is_absolute, plain, relatives
from archiver.model.metadata import DateValue, Metadata

NAMESPACE = "https://w3id.org/archiver/schemas/1/dublin-core"
#: The document before its first record, and behind its last one.
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<records xmlns="{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
).encode("ascii")
TAIL = b"</records>\n"
#: What both the W3C's note on date formats and the type in dcterms.xsd (gYear, gYearMonth, date, dateTime) take.
_W3CDTF = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?")
#: xs:language, which the type RFC4646 of dcterms.xsd restricts to.
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def dublin_core(articles: Iterable[Metadata]) -> Iterator[bytes]:
    """Yield an XML document with a record for each of ``articles``, piece by piece."""
    yield HEAD
    for metadata in articles:
        yield record(metadata)
    yield TAIL


def record(metadata: Metadata) -> bytes:
    """Return the element ``record`` of one article, with its line end; it needs the namespaces of the document."""
    return f"<record>\n{''.join(_elements(metadata))}</record>\n".encode()


def _elements(metadata: Metadata) -> Iterator[str]:
    yield _element("dc:identifier", metadata.id)
    yield _element("dcterms:identifier", article_urn(metadata.id), "URI")
    yield from _texts("dc:title", metadata.title)
    authors, others = creators(metadata)
    yield from _texts("dc:creator", *authors)
    yield from _texts("dc:contributor", *(name for name, _ in others))
    yield from _texts("dc:publisher", metadata.publisher)
    yield from _dates("dcterms:issued", metadata.published)
    yield from _dates("dcterms:modified", metadata.modified)
    yield from _texts("dc:description", metadata.description)
    yield from _texts("dc:subject", *dict.fromkeys((metadata.section, *metadata.keywords)))
    yield from _texts("dcterms:spatial", metadata.dateline.place if metadata.dateline else None)
    if metadata.language != "und":
        scheme = "RFC4646" if _LANGUAGE.fullmatch(metadata.language) else ""
        yield _element("dc:language", metadata.language, scheme)
    yield _element("dc:type", "Text", "DCMIType")
    yield _element("dc:format", metadata.source.media_type, "IMT")
    yield from (_element("dcterms:source", uri, "URI") for uri in addresses(metadata))
    if metadata.site_name != metadata.publisher:
        yield from _texts("dcterms:isPartOf", metadata.site_name)
    pictures = dict.fromkeys(image.url for image in metadata.images if image.url and is_absolute(image.url))
    yield from (_element("dcterms:hasPart", uri, "URI") for uri in pictures if uri)
    yield from (_element("dcterms:relation", article_urn(other), "URI") for other in relatives(metadata))
    yield from _texts("dc:rights", metadata.rights)


def _texts(name: str, *values: str | None) -> Iterator[str]:
    yield from (_element(name, value) for value in values if value)


def _dates(name: str, date: DateValue | None) -> Iterator[str]:
    """An interval as DCMI Period; a date of low certainty with the sign of ISO 8601-2:2019 for what is uncertain."""
    if date is None:
        return
    if date.not_before or date.not_after:
        ends = (("start", date.not_before), ("end", date.not_after))
        said = "".join(f"{label}={value}; " for label, value in ends if value)
        yield _element(name, f"{said}scheme=W3C-DTF;", "Period")
    elif date.certainty == "low":
        yield _element(name, f"{date.value}?")
    else:
        # A time without offset or seconds is true, and no W3CDTF: it goes without a scheme.
        yield _element(name, date.value, "W3CDTF" if _W3CDTF.fullmatch(date.value) else "")


def _element(name: str, value: str, scheme: str = "") -> str:
    kind = f' xsi:type="dcterms:{scheme}"' if scheme else ""
    # A carriage return that stands as it is would be read as a line feed (XML 1.0 section 2.11).
    text = escape(plain(value), quote=False).replace("\r", "&#13;")
    return f"<{name}{kind}>{text}</{name}>\n"
