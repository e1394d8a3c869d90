"""The one door of the crosswalks: the name of a target to its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from archiver.crosswalk.dublin_core import dublin_core
from archiver.crosswalk.ninjs import ninjs
from archiver.crosswalk.schema_org import schema_org
from archiver.crosswalk.table import table
from archiver.model.metadata import Metadata


class Target(StrEnum):
    """A vocabulary and its form."""

    DC = "dc"
    """Dublin Core, one XML document."""
    JSONLD = "jsonld"
    """schema.org, one JSON-LD document."""
    NINJS = "ninjs"
    """IPTC ninjs, JSON Lines."""
    CSV = "csv"
    """A table for spreadsheets."""


def write_as(target: Target, articles: Iterable[tuple[Metadata, str]]) -> Iterator[bytes]:
    """Yield descriptions and texts in the form of ``target``, piece by piece; never more than one in memory."""
    if target is Target.JSONLD:
        return schema_org(articles)
    if target is Target.NINJS:
        return ninjs(articles)
    descriptions = (metadata for metadata, _ in articles)
    return dublin_core(descriptions) if target is Target.DC else table(descriptions)
