"""Laying the members of all shards into the WARC files of the package, each payload once."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archiver.pipeline.segment import MemberLine, members_of
from archiver.pipeline.warc_files import WarcFiles, WarcPlace
from archiver.warc.header import Header
from archiver.warc.revisit import HEAD_BYTES, header_of, revisit_record
from archiver.warc.write import member

_BLOCK = 1024 * 1024
_NONE = (1 << 64) - 1
#: File, offset, length; shard, offset within it, length there; number of the member that holds the content.
_LAID = struct.Struct(">IQQIQQQ")
_NOWHERE = WarcPlace(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Laid:
    """What became of one member of a shard."""

    place: WarcPlace
    """Where its record stands; of length 0 where none is left of it."""
    shard: int
    offset: int
    """Where the member begins in the segment of its shard."""
    length: int
    """Its bytes there."""
    first: int | None
    """Number of the earlier member that holds its content, None where it holds it itself."""


class LaidMembers:
    """What became of every member of ``archive/``, on the disk by its number."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._count = 0
        self._starts: list[int] = []

    def begin_shard(self) -> None:
        """Say that the members of the next shard follow."""
        self._starts.append(self._count)

    def add(self, laid: Laid) -> None:
        """Note what became of the next member."""
        place = laid.place
        first = _NONE if laid.first is None else laid.first
        self._file.seek(self._count * _LAID.size)
        self._file.write(
            _LAID.pack(place.serial, place.offset, place.length, laid.shard, laid.offset, laid.length, first)
        )
        self._count += 1

    def at(self, number: int) -> Laid:
        """Return what became of a member."""
        self._file.seek(number * _LAID.size)
        serial, at, size, shard, offset, length, first = _LAID.unpack(self._file.read(_LAID.size))
        return Laid(WarcPlace(serial, at, size), shard, offset, length, None if first == _NONE else first)

    def content(self, laid: Laid) -> WarcPlace:
        """Return where the content of a member stands."""
        return laid.place if laid.first is None else self.at(laid.first).place

    def of_shard(self, shard: int) -> Iterator[Laid]:
        """Yield what became of the members of a shard, in order."""
        end = self._starts[shard + 1] if shard + 1 < len(self._starts) else self._count
        for number in range(self._starts[shard], end):
            yield self.at(number)


def all_members(segments: Iterable[Path]) -> Iterator[MemberLine]:
    """Yield what is known of the members of all ``segments`` in order. Raises OSError."""
    for segment in segments:
        yield from members_of(segment)


def lay(segments: Sequence[Path], files: WarcFiles) -> None:
    """Lay all members of ``segments`` into ``files`` as they are. Raises OSError, PackageError."""
    for segment in segments:
        with segment.open("rb") as stream:
            for index, line in enumerate(members_of(segment)):
                if index == 0:
                    files.begin_segment(stream.read(line.length))
                else:
                    files.add(_pieces(stream, line.length), line.length)


def lay_once(
    segments: Sequence[Path], files: WarcFiles, *, repeats: Iterator[tuple[int, int]], laid: LaidMembers
) -> None:
    """Lay the members of ``segments`` into ``files``; of what ``repeats`` names, no more than a ``revisit``.

    What became of each is told to ``laid``. A member that repeats another byte for byte is left out: it
    is there. One that repeats the payload becomes a ``revisit``. Raises OSError, PackageError.
    """
    number = 0
    repeat = next(repeats, None)
    for shard, segment in enumerate(segments):
        laid.begin_shard()
        with segment.open("rb") as stream:
            at = 0
            for index, line in enumerate(members_of(segment)):
                stream.seek(at)
                first = repeat[1] if repeat is not None and repeat[0] == number else None
                place = _NOWHERE
                if index == 0:
                    files.begin_segment(stream.read(line.length))
                elif first is None:
                    place = files.add(_pieces(stream, line.length), line.length)
                else:
                    repeat = next(repeats, None)
                    if not line.whole:
                        place = _add_revisit(stream.read(min(line.length, HEAD_BYTES)), segments, laid.at(first), files)
                laid.add(Laid(place, shard, at, line.length, first))
                number += 1
                at += line.length


def _add_revisit(own: bytes, segments: Sequence[Path], original: Laid, files: WarcFiles) -> WarcPlace:
    made = member(revisit_record(header_of(own), _header_at(segments[original.shard], original)))
    return files.add((made,), len(made))


def _header_at(segment: Path, laid: Laid) -> Header:
    with segment.open("rb") as stream:
        stream.seek(laid.offset)
        return header_of(stream.read(min(laid.length, HEAD_BYTES)))


def _pieces(stream: BinaryIO, length: int) -> Iterator[bytes]:
    left = length
    while left:
        piece = stream.read(min(left, _BLOCK))
        if not piece:
            raise OSError(f"{stream.name} ends too early")
        left -= len(piece)
        yield piece
