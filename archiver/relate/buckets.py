"""Pairs of numbers sorted by way of the disk, so that memory stays flat however many there are."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

_PAIR = struct.Struct(">QQ")
_FILES = 64
_FLUSH_PAIRS = 256
#: Pairs that are sorted in memory, some two megabytes; more are shared out once more.
_SORTED_PAIRS = 16_384


class Buckets:
    """Takes pairs in any order and gives them back sorted, each once.

    A context manager; the files in ``folder`` are taken away at the end. Raises OSError.
    """

    def __init__(self, folder: Path, *, limit: int, first: int = 0) -> None:
        self._first, self._range = first, max(limit - first, 1)
        folder.mkdir(parents=True)
        self._folder = folder
        self._pending = [array("Q") for _ in range(_FILES)]
        self._open = ExitStack()
        self._files = [self._open.enter_context((folder / f"{number:02d}").open("w+b")) for number in range(_FILES)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        for number in range(_FILES):
            (self._folder / f"{number:02d}").unlink()
        self._folder.rmdir()

    def add(self, key: int, value: int) -> None:
        """Take in a pair; ``key`` is at least the first and below the limit, ``value`` has at most 64 bits."""
        number = (key - self._first) * _FILES // self._range
        pending = self._pending[number]
        pending.append(key)
        pending.append(value)
        if len(pending) >= 2 * _FLUSH_PAIRS:
            self._flush(number)

    def _flush(self, number: int) -> None:
        pending = self._pending[number]
        self._files[number].write(b"".join(map(_PAIR.pack, pending[::2], pending[1::2])))
        del pending[:]

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """Yield each key with its different values in ascending order, keys ascending."""
        for number in range(_FILES):
            self._flush(number)
            file = self._files[number]
            start, end = self._bounds(number), self._bounds(number + 1)
            if file.tell() > _SORTED_PAIRS * _PAIR.size and end - start > 1:
                yield from self._shared_out(number, start, end)
                continue
            file.seek(0)
            pairs = sorted(set(_PAIR.iter_unpack(file.read())))
            start = 0
            for end in range(1, len(pairs) + 1):
                if end == len(pairs) or pairs[end][0] != pairs[start][0]:
                    yield pairs[start][0], [value for _, value in pairs[start:end]]
                    start = end

    def _bounds(self, number: int) -> int:
        """Return the lowest key of a file."""
        return self._first - (-number * self._range // _FILES)

    def _shared_out(self, number: int, first: int, limit: int) -> Iterator[tuple[int, list[int]]]:
        """Do what :meth:`groups` does with one file that holds too much."""
        file = self._files[number]
        with Buckets(self._folder / f"{number:02d}-parts", limit=limit, first=first) as parts:
            file.seek(0)
            while piece := file.read(_PAIR.size * _SORTED_PAIRS):
                for key, value in _PAIR.iter_unpack(piece):
                    parts.add(key, value)
            yield from parts.groups()
