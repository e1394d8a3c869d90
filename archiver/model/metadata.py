"""The description of an article, field by field as in schemas/article.schema.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where the article came from and how its bytes can be found again."""

    path: str
    uri: str
    media_type: str
    charset: str
    bytes: int
    sha256: str
    warc_record_id: str
    captured: str | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person or organisation that made the article."""

    name: str
    role: str = "author"


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date with the wording it was read from.

    ``value`` is ISO 8601, as precise as known: ``2016``, ``2016-10``, ``2016-10-21``,
    ``2016-10-21T10:25:00+01:00``, or without offset where the source gives none.
    """

    value: str
    precision: str
    """``year``, ``month``, ``day``, ``minute`` or ``second``."""
    text: str
    """The source's own words."""
    certainty: str = "high"
    """``high``, ``medium`` or ``low``, as TEI ``@cert``."""
    not_before: str | None = None
    not_after: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a story was filed."""

    text: str
    place: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """An earlier article of the same package whose text is nearly the same."""

    id: str
    similarity: int
    """Share of the sequences of four words that both have among all that either has, in whole per cent."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the source says of a field besides the value that was chosen for it."""

    field: str
    """``title``, ``authors``, ``published`` or ``modified``."""
    value: str
    """The source's own words."""
    origin: str
    """Where they stand, as in ``provenance``."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Everything known of one article; None or empty where the source does not tell."""

    id: str
    source: SourceRef
    text_sha256: str
    word_count: int
    schema_version: str = SCHEMA_VERSION
    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    description: str | None = None
    byline: str | None = None
    authors: tuple[Person, ...] = ()
    dateline: Dateline | None = None
    published: DateValue | None = None
    modified: DateValue | None = None
    publisher: str | None = None
    site_name: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    language: str = "und"
    images: tuple[Image, ...] = ()
    rights: str | None = None
    paywalled: bool | None = None
    corrections: tuple[str, ...] = ()
    duplicate_of: str | None = None
    """Id of the first article of the package with the same text; known when all articles are."""
    related: tuple[Related, ...] = ()
    """Earlier articles of the package with nearly the same text, most similar first."""
    provenance: Mapping[str, str] = field(default_factory=dict)
    """Field name to where its value came from: ``text:line 4``, ``json-ld:NewsArticle.headline`` …"""
    alternatives: tuple[Alternative, ...] = ()
    """Statements that differ from the values chosen, at most three a field."""
    unknown: tuple[str, ...] = ()
    """Fields that the source does not tell, sorted."""
    extensions: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return what schemas/article.schema.json describes; fields without a value are left out."""
        plain = {name.name: _plain(getattr(self, name.name)) for name in fields(self)}
        kept = {key: value for key, value in plain.items() if value is not None and value != [] and value != {}}
        kept["provenance"] = plain["provenance"]
        kept["unknown"] = plain["unknown"]
        return kept


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        inner = {name.name: _plain(getattr(value, name.name)) for name in fields(value)}
        return {key: item for key, item in inner.items() if item is not None}
    return value
