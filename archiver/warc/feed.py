"""The bytes of a WARC file as the record scanner sees them: plain, or gzip member by member (RFC 1952).

A gzip file is inflated here with our own reading of member headers and trailers, so that a damaged
member still gives the bytes before the damage, and a member's place in the file is known.
"""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from archiver.warc.member import MAGIC, find_member, member_header_length

CHUNK = 64 * 1024


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

    def peek(self, size: int) -> bytes:
        """Return up to ``size`` bytes of this member without taking them; fewer only at its end."""

    def take(self, size: int) -> bytes:
        """Take and return 1 to ``size`` bytes, none at the end of the member."""

    def unread(self, data: bytes) -> None:
        """Put bytes back that were taken last."""

    def next_member(self) -> bool:
        """Go to the next member, past damage if need be; False at the end of the file."""

    def faults(self) -> list[Fault]:
        """Return what was found wrong since the last call."""


class _Buffer(ABC):
    """Bytes that were read and not yet taken."""

    def __init__(self) -> None:
        self._data = b""
        self._at = 0
        self._faults: list[Fault] = []

    @abstractmethod
    def _more(self) -> bytes:
        """Read on; nothing at the end."""

    def _left(self) -> int:
        return len(self._data) - self._at

    def peek(self, size: int) -> bytes:
        while self._left() < size:
            more = self._more()
            if not more:
                break
            self._data = self._data[self._at :] + more
            self._at = 0
        return self._data[self._at : self._at + size]

    def take(self, size: int) -> bytes:
        if self._left() == 0:
            self._data, self._at = self._more(), 0
        piece = self._data[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def unread(self, data: bytes) -> None:
        self._data, self._at = data + self._data[self._at :], 0

    def faults(self) -> list[Fault]:
        found, self._faults = self._faults, []
        return found


class PlainFeed(_Buffer):
    """An uncompressed file, one member from beginning to end."""

    compressed = False

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._size = file.seek(0, 2)
        self._read = file.seek(0)

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


class GzipFeed(_Buffer):
    """A gzip file, inflated member by member; ``file`` must be seekable."""

    compressed = True

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._raw = b""
        self._raw_at = 0
        self._raw_end = 0
        self._member = 0
        self._done = False
        self._damaged = False
        self._open()

    @property
    def offset(self) -> int:
        """File offset of the current member."""
        return self._member

    @property
    def end(self) -> int:
        """File offset behind the current member, right only at its end."""
        if not self._damaged:
            return self._raw_offset()
        # Damaged data may have been inflated into the next member, or have ended too early.
        read_to = self._file.tell()
        found = find_member(self._file, self._member + 1)
        end = self._file.seek(0, 2) if found is None else found
        self._file.seek(read_to)
        return end

    @property
    def most(self) -> int | None:
        """Not known before it is inflated."""
        return None

    def next_member(self) -> bool:
        """Go to the next member; what stands between and is none becomes a fault."""
        self._data, self._at = b"", 0
        while not self._done:
            self._more()
        at, damaged = self._raw_offset(), self._damaged
        head = self._peek_raw(len(MAGIC))
        if not head and not damaged:
            return False
        # A header that could not be read leaves us at its beginning.
        if head != MAGIC or at == self._member:
            if not damaged:
                self._fault("warc.trailing-garbage", "these bytes belong to no gzip member", at)
            found = find_member(self._file, self._member + 1 if damaged else at)
            if found is None:
                self._seek_end()
                return False
            self._seek(found)
        self._open()
        return True

    def _open(self) -> None:
        self._member = self._raw_offset()
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._crc, self._size = 0, 0
        self._done = self._damaged = False
        head = self._peek_raw(CHUNK)
        length = member_header_length(head)
        if length <= 0:
            code, what = ("warc.truncated", "cut short") if length == 0 else ("warc.gzip-damaged", "damaged")
            self._stop(code, f"the header of a gzip member is {what}")
            return
        self._raw_at += length

    def _more(self) -> bytes:
        while not self._done:
            data = self._inflate.unconsumed_tail or self._next_raw()
            if not data:
                self._stop("warc.truncated", "the file ends within a gzip member")
                break
            try:
                out = self._inflate.decompress(data, CHUNK)
            except zlib.error:
                self._stop("warc.gzip-damaged", "the compressed data of a gzip member is damaged")
                break
            self._crc = zlib.crc32(out, self._crc)
            self._size += len(out)
            if self._inflate.eof:
                self._close()
            if out:
                return out
        return b""

    def _close(self) -> None:
        """Check the trailer: CRC-32 and length modulo 2**32 of what was inflated."""
        self._give_back(len(self._inflate.unused_data))
        trailer = self._peek_raw(8)
        if len(trailer) < 8:
            self._stop("warc.truncated", "the file ends within the trailer of a gzip member")
            return
        self._raw_at += 8
        self._done = True
        crc, size = int.from_bytes(trailer[:4], "little"), int.from_bytes(trailer[4:], "little")
        if crc != self._crc or size != self._size & 0xFFFFFFFF:
            # The damage may have ended the deflate data too early: then the next member is not here.
            self._damaged = True
            self._fault("warc.gzip-crc", "the checksum or length of a gzip member is wrong", self._member)

    def _stop(self, code: str, message: str) -> None:
        self._done = self._damaged = True
        self._fault(code, message, self._member)

    def _fault(self, code: str, message: str, offset: int) -> None:
        self._faults.append(Fault(code, message, offset))

    # The file before it is inflated.

    def _raw_offset(self) -> int:
        return self._raw_end - (len(self._raw) - self._raw_at)

    def _peek_raw(self, size: int) -> bytes:
        while len(self._raw) - self._raw_at < size:
            data = self._file.read(CHUNK)
            if not data:
                break
            self._raw = self._raw[self._raw_at :] + data
            self._raw_at = 0
            self._raw_end += len(data)
        return self._raw[self._raw_at : self._raw_at + size]

    def _next_raw(self) -> bytes:
        if self._raw_at == len(self._raw):
            self._raw, self._raw_at = self._file.read(CHUNK), 0
            self._raw_end += len(self._raw)
        piece = self._raw[self._raw_at : self._raw_at + CHUNK]
        self._raw_at += len(piece)
        return piece

    def _give_back(self, size: int) -> None:
        self._raw_at -= size

    def _seek(self, offset: int) -> None:
        self._file.seek(offset)
        self._raw, self._raw_at, self._raw_end = b"", 0, offset

    def _seek_end(self) -> None:
        self._seek(self._file.seek(0, 2))
        self._member, self._done, self._damaged = self._raw_end, True, False
