"""Values on their way into other vocabularies: text that every format can hold, names for things, dates."""

from __future__ import annotations

import re

from archiver import canon
from archiver.model.metadata import DateValue, Metadata

#: What XML 1.0 section 2.2 leaves out: controls but tab and line ends, lone surrogates, two noncharacters.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_OFFSET = re.compile(r"(?:[Zz]|[+-]\d\d:\d\d)$")


def plain(text: str) -> str:
    """Return ``text`` with U+FFFD for what XML and JSON for exchange (RFC 7493 section 2.1) cannot hold."""
    return _NO_CHARACTER.sub("\ufffd", text)


def article_urn(article_id: str) -> str:
    """Return the URI of an article, made from its id alone; the same in every vocabulary."""
    return canon.content_urn("article", article_id)


def is_absolute(uri: str) -> bool:
    """Tell whether ``uri`` names its scheme, so that it means the same wherever it is written."""
    return _ABSOLUTE.fullmatch(uri) is not None


def is_sure(date: DateValue | None) -> bool:
    """Tell whether a date may be written where doubt cannot: no interval, and not of low certainty."""
    return date is not None and date.certainty != "low" and date.not_before is None and date.not_after is None


def moment(date: DateValue | None) -> str | None:
    """Return a date as a moment of RFC 3339, None where day, time or offset are not known or it is not sure.

    A time of minutes gets the seconds ``00``, since RFC 3339 section 5.6 has no shorter form.
    """
    if date is None or not is_sure(date) or len(date.value) < 17 or not _OFFSET.search(date.value):
        return None
    day, time = date.value[:16], date.value[16:]
    return day + time if time.startswith(":") else f"{day}:00{time}"


def creators(metadata: Metadata) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the names of the authors, and name and role of all others who made the article."""
    authors = tuple(person.name for person in metadata.authors if person.role == "author")
    others = tuple((person.name, person.role) for person in metadata.authors if person.role != "author")
    return authors, others


def addresses(metadata: Metadata) -> tuple[str, ...]:
    """Return the address of the article and the one that its publisher calls permanent, each once."""
    return tuple(dict.fromkeys(uri for uri in (metadata.url, metadata.canonical_url) if uri))


def relatives(metadata: Metadata) -> tuple[str, ...]:
    """Return the ids of the articles that this one repeats or is much like."""
    first = (metadata.duplicate_of,) if metadata.duplicate_of else ()
    return (*first, *(other.id for other in metadata.related))
