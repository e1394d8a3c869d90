"""Relations between articles: told in articles.jsonl when all are there, not in what was made of each alone."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
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


def named_articles(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield JSON Pointer and id of each article that a description names as related."""
    if metadata.duplicate_of:
        yield "/duplicate_of", metadata.duplicate_of
    for index, other in enumerate(metadata.related):
        yield f"/related/{index}/id", other.id


def check_relations(
    article: str, named: Iterable[tuple[str, str]], number: int, earlier: Container[str]
) -> Iterator[Finding]:
    """Yield a finding for each related article that is not among the ``earlier`` ones of the package."""
    for pointer, other in named:
        if other not in earlier:
            message = f"article {article} names {other!r}, which is no earlier article of the package"
            file = f"{layout.DATA}/{layout.ARTICLES}"
            yield Finding("package.relation-unknown", message, file=file, line=number, pointer=pointer)
