"""A part of a file of records, to be scanned by itself with the outcome of scanning all of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Part:
    """Some members of a gzip file, or a plain file from a record on, to be scanned as they would be in all of it."""

    start: int
    """Where the first of them begins; what stands before is known to hold records, of WARC."""
    stop: Callable[[int], bool] | None = None
    """Told the offset of a member, whether it is left to others, if it can be."""
    ids: Mapping[bytes, int] = field(default_factory=dict)
    """:func:`id_key` of the records before to the offset of the first that has this id."""
    end: int | None = None
    """Where the file is taken to end; None for where it does."""


WHOLE = Part(0)


class Ending:
    """A seekable binary file that ends at ``end``, whatever follows there."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self._file, self._end = file, end
        self.tell = file.tell

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes."""
        return self._file.read(max(0, min(size, self._end - self._file.tell())))

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to ``offset`` from the beginning, or from the end with a ``whence`` of 2."""
        return self._file.seek(self._end + offset if whence else offset)


def id_key(identity: str) -> bytes:
    """Return what stands for a record id where many are kept."""
    return hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=12).digest()
