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
_FLUSH_PAIRS = 4096


class Buckets:
    """Takes pairs in any order and gives them back sorted, each once.

    A context manager; the files in ``folder`` are taken away at the end. Raises OSError.
    """

    def __init__(self, folder: Path, *, limit: int) -> None:
        self._limit = max(limit, 1)
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
        """Take in a pair; ``key`` is at least 0 and below the limit, ``value`` has at most 64 bits."""
        number = key * _FILES // self._limit
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
            self._files[number].seek(0)
            pairs = sorted(set(_PAIR.iter_unpack(self._files[number].read())))
            start = 0
            for end in range(1, len(pairs) + 1):
                if end == len(pairs) or pairs[end][0] != pairs[start][0]:
                    yield pairs[start][0], [value for _, value in pairs[start:end]]
                    start = end
