"""From what is kept of each article to the relations between them; independent of who made which and when."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from archiver.model.metadata import Related
from archiver.relate.buckets import Buckets
from archiver.relate.likeness import (
    NEARLY_THE_SAME,
    Likeness,
    may_be_alike,
    meeting_points,
    resemblance,
    sequences,
)

#: So many related articles are named for one; a story that is followed for a day has more versions.
RELATED_AT_MOST = 5

_NONE = 0xFFFFFFFF
#: Id (8 bytes), digest of the text (32), signature (128); zeros where there is none.
_ENTRY = struct.Struct(">8s32s128s")
_NO_TEXT = bytes(32)
_NO_SIGNATURE = bytes(128)
_SETS_IN_MEMORY = 32


@dataclass(frozen=True, slots=True)
class Relation:
    """What an article has to do with earlier ones."""

    place: int
    """Place of the article in the package, from 0."""
    duplicate_of: str | None
    related: tuple[Related, ...]


def relate(folder: Path, likenesses: Iterable[Likeness], text_of: Callable[[int], str]) -> Iterator[Relation]:
    """Yield what each article that repeats or resembles earlier ones has to do with them, in order.

    An article with the same text as an earlier one is a duplicate of the first. Any other one is compared
    with those before it that share a meeting point: the first and the last of them. ``folder`` is made for
    files that are gone at the end; ``text_of`` gives the text of the article at a place. Memory grows by a
    few bytes an article. Raises OSError.
    """
    folder.mkdir(parents=True)
    with (folder / "entries").open("w+b") as file:
        entries = _Entries(file)
        for likeness in likenesses:
            entries.add(likeness)
        firsts = _firsts(folder / "texts", entries)
        yield from _relations(folder, entries, firsts, text_of)
    (folder / "entries").unlink()
    folder.rmdir()


class _Entries:
    """What is kept of each article, on the disk by its place."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0

    def add(self, likeness: Likeness) -> None:
        text = bytes.fromhex(likeness.text_sha256) or _NO_TEXT
        signed = bytes.fromhex(likeness.signature) or _NO_SIGNATURE
        self._file.write(_ENTRY.pack(bytes.fromhex(likeness.id.removeprefix("a-")), text, signed))
        self.count += 1

    def at(self, place: int) -> tuple[bytes, bytes, bytes]:
        """Return id, digest of the text and signature."""
        self._file.seek(place * _ENTRY.size)
        number, text, signed = _ENTRY.unpack(self._file.read(_ENTRY.size))
        return number, text, signed

    def each(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield place, digest of the text and signature in order."""
        for place in range(self.count):
            _, text, signed = self.at(place)
            yield place, text, signed

    def id_of(self, place: int) -> str:
        return "a-" + self.at(place)[0].hex()


def _firsts(folder: Path, entries: _Entries) -> array[int]:
    """Return for each place that of the first article with the same text, or none."""
    firsts = array("I", [_NONE]) * entries.count
    with Buckets(folder, limit=1 << 64) as buckets:
        for place, text, _ in entries.each():
            if text != _NO_TEXT:
                buckets.add(int.from_bytes(text[:8], "big"), place)
        for _, places in buckets.groups():
            seen: dict[bytes, int] = {}
            for place in places if len(places) > 1 else ():
                first = seen.setdefault(entries.at(place)[1], place)
                if first != place:
                    firsts[place] = first
    return firsts


def _relations(
    folder: Path, entries: _Entries, firsts: array[int], text_of: Callable[[int], str]
) -> Iterator[Relation]:
    @lru_cache(maxsize=_SETS_IN_MEMORY)
    def sequences_at(place: int) -> frozenset[int]:
        return sequences(text_of(place))

    with Buckets(folder / "pairs", limit=entries.count) as pairs:
        _meet(folder / "points", entries, firsts, pairs)
        # A duplicate has itself as candidate, so that all relations come in one order.
        for place, others in pairs.groups():
            if firsts[place] != _NONE:
                yield Relation(place, entries.id_of(firsts[place]), ())
                continue
            signed = entries.at(place)[2]
            alike = [other for other in others if may_be_alike(signed, entries.at(other)[2])]
            scored = [(resemblance(sequences_at(place), sequences_at(other)), other) for other in alike]
            near = sorted((-score, other) for score, other in scored if score >= NEARLY_THE_SAME)
            if near:
                named = tuple(Related(entries.id_of(other), -score) for score, other in near[:RELATED_AT_MOST])
                yield Relation(place, None, named)


def _meet(folder: Path, entries: _Entries, firsts: array[int], pairs: Buckets) -> None:
    """Fill ``pairs`` with places and earlier places that may be alike; as many as there are meeting points at most."""
    with Buckets(folder, limit=1 << 64) as points:
        for place, _, signed in entries.each():
            if firsts[place] != _NONE:
                pairs.add(place, place)
            elif signed != _NO_SIGNATURE:
                for point in meeting_points(signed):
                    points.add(point, place)
        for _, places in points.groups():
            for before, place in pairwise(places):
                pairs.add(place, places[0])
                pairs.add(place, before)
