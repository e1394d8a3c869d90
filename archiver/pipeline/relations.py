"""Articles that repeat or resemble each other: found when all are there, told in their descriptions."""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from archiver import canon
from archiver.model.article import Article
from archiver.model.metadata import Related
from archiver.relate.join import Relation, relate
from archiver.relate.likeness import Likeness, signature

#: The list of a shard that holds what is kept of each article.
LIKENESS = "likeness.jsonl"


def likeness_line(article: Article) -> bytes:
    """Return the line of :data:`LIKENESS` of an article."""
    metadata = article.metadata
    text = metadata.text_sha256 if metadata.word_count else ""
    return canon.canonical_json([metadata.id, text, signature(article.text).hex()]) + b"\n"


def related_descriptions(shards: Sequence[Path], articles: str, pages: Path, folder: Path) -> Iterator[bytes]:
    """Yield the lines of the list ``articles`` of all ``shards``, those with relations told.

    ``pages`` is the list of pages of the package, which has the texts in the same order. ``folder`` is used
    for files that are gone at the end. Raises OSError.
    """
    if folder.exists():
        # Left by a sealing that was killed.
        shutil.rmtree(folder)
    texts = _Texts(pages)
    likenesses = (Likeness(*json.loads(line)) for line in _lines(shards, LIKENESS))
    relations = relate(folder, likenesses, texts.at)
    relation = next(relations, None)
    for place, line in enumerate(_lines(shards, articles)):
        if relation is not None and relation.place == place:
            yield _told(line, relation)
            relation = next(relations, None)
        else:
            yield line


def _told(line: bytes, relation: Relation) -> bytes:
    value: dict[str, Any] = json.loads(line)
    if relation.duplicate_of is not None:
        value["duplicate_of"] = relation.duplicate_of
    if relation.related:
        value["related"] = [_plain(other) for other in relation.related]
    return canon.canonical_json(value) + b"\n"


def _plain(other: Related) -> dict[str, Any]:
    return {"id": other.id, "similarity": other.similarity}


def _lines(shards: Iterable[Path], name: str) -> Iterator[bytes]:
    for shard in shards:
        with (shard / name).open("rb") as file:
            yield from file


class _Texts:
    """The texts of the list of pages, by the place of their article."""

    def __init__(self, pages: Path) -> None:
        self._pages = pages
        self._offsets = array("Q")
        at = 0
        with pages.open("rb") as file:
            for line in file:
                self._offsets.append(at)
                at += len(line)

    def at(self, place: int) -> str:
        with self._pages.open("rb") as file:
            # The first line is the header of the list.
            file.seek(self._offsets[place + 1])
            text: str = json.loads(file.readline()).get("text", "")
        return text
