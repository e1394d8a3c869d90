"""A gzip file as the record scanner sees it: member by member (RFC 1952).

It is inflated with our own reading of member headers and trailers, so that a damaged member still
gives the bytes before the damage, and a member's place in the file is known.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from archiver.warc.feed import CHUNK, Buffer, Fault
from archiver.warc.member import MAGIC, find_member, member_header_length

#: The first bytes of a member header without optional parts, and how long it is.
_PLAIN_MEMBER = MAGIC + b"\0"
_PLAIN_LENGTH = 10
#: Others hold a file name at most, as a rule.
_MEMBER_HEAD = 256


class GzipFeed(Buffer):
    """A gzip file, inflated member by member from ``start`` on; ``file`` must be seekable."""

    compressed = True

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        super().__init__()
        self._file = file
        self._raw = b""
        self._raw_at = 0
        self._raw_end = 0
        # What was yielded of a member, if it was one piece.
        self._first = b""
        self._seek(start)
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
        self._forget()
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

    def whole_member(self, most: int) -> Iterator[bytes]:
        self._first = b""
        if self._done or self._faults or self._left():
            return
        left = most
        while not self._done and left > 0:
            piece = self._more()
            if self._faults:
                # What is found wrong is told when who reads on comes to it.
                self._rewind()
                return
            if piece:
                self._first = b"" if left < most else piece
                left -= len(piece)
                yield piece

    @property
    def is_read(self) -> bool:
        return self._done and not self._faults

    def again(self) -> None:
        if self._first:
            self._later.append(self._first)
        else:
            self._rewind()

    def _rewind(self) -> None:
        self._first = b""
        self._faults.clear()
        self._seek(self._member)
        self._open()

    def _open(self) -> None:
        self._member = self._raw_offset()
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._crc, self._size = 0, 0
        self._done = self._damaged = False
        length = self._header_length()
        self._raw_at += length

    def _header_length(self) -> int:
        self._fill_raw(CHUNK)
        if self._raw.startswith(_PLAIN_MEMBER, self._raw_at) and len(self._raw) - self._raw_at >= _PLAIN_LENGTH:
            return _PLAIN_LENGTH
        length = member_header_length(self._peek_raw(_MEMBER_HEAD)) or member_header_length(self._peek_raw(CHUNK))
        if length <= 0:
            code, what = ("warc.truncated", "cut short") if length == 0 else ("warc.gzip-damaged", "damaged")
            self._stop(code, f"the header of a gzip member is {what}")
        return max(length, 0)

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
        self._fill_raw(size)
        return self._raw[self._raw_at : self._raw_at + size]

    def _fill_raw(self, size: int) -> None:
        while len(self._raw) - self._raw_at < size:
            data = self._file.read(CHUNK)
            if not data:
                break
            self._raw = b"".join((memoryview(self._raw)[self._raw_at :], data))
            self._raw_at = 0
            self._raw_end += len(data)

    def _next_raw(self) -> memoryview:
        # How much of damaged data can still be had depends on where it is cut.
        if self._raw_at == len(self._raw):
            self._raw, self._raw_at = self._file.read(CHUNK), 0
            self._raw_end += len(self._raw)
        piece = memoryview(self._raw)[self._raw_at : self._raw_at + CHUNK]
        self._raw_at += len(piece)
        return piece

    def _give_back(self, size: int) -> None:
        self._raw_at -= size

    def _seek(self, offset: int) -> None:
        # Pieces begin at the same places wherever reading began: how much of damaged data can be had
        # depends on them.
        self._raw_at = offset % CHUNK
        self._file.seek(offset - self._raw_at)
        self._raw = self._file.read(CHUNK)
        self._raw_end = self._file.tell()

    def _seek_end(self) -> None:
        self._seek(self._file.seek(0, 2))
        self._member, self._done, self._damaged = self._raw_end, True, False
