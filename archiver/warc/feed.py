"""The bytes of a WARC file as the record scanner sees them, and those of a plain file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

CHUNK = 64 * 1024
"""How much is read, inflated and looked through at a time, in bytes."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the bytes under the records."""

    code: str
    message: str
    offset: int
    """In the file."""


class Feed(Protocol):
    """A stream of bytes cut into members; a plain file is one member."""

    compressed: bool

    @property
    def offset(self) -> int:
        """File offset of the current member, or in a plain file of the next byte."""

    @property
    def end(self) -> int:
        """File offset behind what was taken; in a gzip file known once the member is at its end."""

    @property
    def most(self) -> int | None:
        """How many bytes there are still, where that can be known without reading them."""

    def reach(self, size: int) -> None:
        """Read on until ``size`` bytes of this member can be had, or it is at its end."""

    def peek(self, size: int) -> bytes:
        """Return up to ``size`` bytes of this member without taking them; fewer only at its end."""

    def take(self, size: int) -> bytes:
        """Take and return ``size`` bytes of this member; fewer only at its end."""

    def unread(self, data: bytes) -> None:
        """Put bytes back that were taken last."""

    def next_member(self) -> bool:
        """Go to the next member, past damage if need be; False at the end of the file."""

    def faults(self) -> list[Fault]:
        """Return what was found wrong since the last call."""

    @property
    def quiet(self) -> bool:
        """Whether nothing was found wrong since the last call."""

    def whole_member(self, most: int) -> Iterator[bytes]:
        """Yield a member of which nothing was taken yet in pieces, as far as it is sound.

        There are none of a plain file, and no more once they have ``most`` bytes. What was yielded counts as taken.
        """

    @property
    def is_read(self) -> bool:
        """Whether the member was read to its end, and is sound."""

    def again(self) -> None:
        """Go back to the beginning of the member, of which nothing was taken but by :meth:`whole_member`."""


class Buffer(ABC):
    """Bytes that were read and not yet taken."""

    def __init__(self) -> None:
        self._data = b""
        self._at = 0
        # What follows on that was read already: a long block is put together once, not piece by piece.
        self._later: deque[bytes] = deque()
        self._faults: list[Fault] = []

    @abstractmethod
    def _more(self) -> bytes:
        """Read on; nothing at the end."""

    def _next(self) -> bytes:
        return self._later.popleft() if self._later else self._more()

    def _left(self) -> int:
        return len(self._data) - self._at + sum(map(len, self._later))

    def _forget(self) -> None:
        self._data, self._at = b"", 0
        self._later.clear()

    def reach(self, size: int) -> None:
        have = self._left()
        while have < size and (more := self._more()):
            self._later.append(more)
            have += len(more)

    def peek(self, size: int) -> bytes:
        if self._at + size > len(self._data):
            self._fill(size)
        return self._data[self._at : self._at + size]

    def _fill(self, size: int) -> None:
        have = len(self._data) - self._at
        parts = [self._data[self._at :]] if have else []
        while have < size and (more := self._next()):
            parts.append(more)
            have += len(more)
        self._data, self._at = b"".join(parts), 0

    def take(self, size: int) -> bytes:
        end = self._at + size
        if end <= len(self._data):
            piece = self._data[self._at : end]
            self._at = end
            return piece
        parts: list[bytes | memoryview] = [memoryview(self._data)[self._at :]]
        missing = size - len(parts[0])
        self._data, self._at = b"", 0
        while missing and (more := self._next()):
            if len(more) > missing:
                self._data, self._at = more, missing
            parts.append(memoryview(more)[:missing])
            missing -= len(parts[-1])
        return b"".join(parts)

    def unread(self, data: bytes) -> None:
        self._data, self._at = data + self._data[self._at :], 0

    def faults(self) -> list[Fault]:
        found, self._faults = self._faults, []
        return found

    @property
    def quiet(self) -> bool:
        return not self._faults


class PlainFeed(Buffer):
    """An uncompressed file, one member from ``start`` to its end."""

    compressed = False

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        super().__init__()
        self._file = file
        self._size = file.seek(0, 2)
        self._read = file.seek(start)

    def _more(self) -> bytes:
        data = self._file.read(CHUNK)
        self._read += len(data)
        return data

    @property
    def offset(self) -> int:
        """File offset of the next byte."""
        return self._read - self._left()

    @property
    def end(self) -> int:
        """The same: a plain file has no members."""
        return self.offset

    @property
    def most(self) -> int | None:
        """What is left of the file."""
        return self._size - self.offset

    def next_member(self) -> bool:
        """A plain file has one member only."""
        return False

    def whole_member(self, most: int) -> Iterator[bytes]:
        """A plain file is not looked at as a whole."""
        del most
        return iter(())

    @property
    def is_read(self) -> bool:
        """There may be more records."""
        return False

    def again(self) -> None:
        """Nothing was taken."""
