"""Relations between articles: told in articles.jsonl when all are there, not in what was made of each alone."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from archiver.canon import canonical_json
from archiver.model.metadata import Metadata
from archiver.model.outcome import Finding
from archiver.package import layout

_FIELDS = ("duplicate_of", "related")


def without_relations(line: bytes, value: Mapping[str, Any]) -> bytes:
    """Return the description of ``line`` as the article alone gave it: as it stands in its derived record."""
    if not any(field in value for field in _FIELDS):
        return line
    return canonical_json({key: item for key, item in value.items() if key not in _FIELDS})


def check_relations(metadata: Metadata, number: int, earlier: Container[str]) -> Iterator[Finding]:
    """Yield a finding for each related article that is not among the ``earlier`` ones of the package."""
    places = [("/duplicate_of", metadata.duplicate_of)] if metadata.duplicate_of else []
    places += [(f"/related/{index}/id", other.id) for index, other in enumerate(metadata.related)]
    for pointer, other in places:
        if other not in earlier:
            message = f"article {metadata.id} names {other!r}, which is no earlier article of the package"
            file = f"{layout.DATA}/{layout.ARTICLES}"
            yield Finding("package.relation-unknown", message, file=file, line=number, pointer=pointer)
