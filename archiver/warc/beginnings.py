"""Where the records of a file begin, told without reading all of it: for cutting, not for trusting."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from archiver.warc.header import header_length
from archiver.warc.member import MAGIC, member_header_length

_STEP = 1024 * 1024
#: Enough of a member to hold the header of its record, and that of an HTTP response in it.
_TASTE = 4096
#: No record is shorter when it is compressed.
_LEAST = 100
#: With so many records that are shorter on average than this, a plain file is not worth the time either.
_MANY, _SHORT = 10_000, 500
_LENGTH = re.compile(rb"\nContent-Length:[ \t]*(\d{1,15})[ \t]*\r?\n", re.IGNORECASE)
#: Chance brings 64 of them a gigabyte; a file of nothing else is not worth the time.
_MOST_MISSES = 10_000


class Beginnings:
    """The offset of each WARC record, and the first bytes of it, in ``size`` bytes of a file from ``start`` on.

    They are a gzip file or a plain one; the offset of a record in a member is that of the member.
    """

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._end = file, start, start + size
        self.whole = False
        """Whether all that there is was looked at; told when the last record was given."""

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        self._file.seek(self._start)
        yield from self._in_members() if self._file.read(len(MAGIC)) == MAGIC else self._in_plain()

    def _in_plain(self) -> Iterator[tuple[int, bytes]]:
        """Go from record to record by what each says of its length, as far as there are any."""
        at, count = self._start, 0
        while at < self._end and (count < _MANY or at - self._start >= count * _SHORT):
            self._file.seek(at)
            head = self._file.read(min(_TASTE, self._end - at))
            header = header_length(head)
            length = _LENGTH.search(head, 0, header)
            if length is None or not head.startswith(b"WARC/"):
                return
            stop = header + int(length[1])
            yield at, head[:stop]
            at, count = at + stop + len(b"\r\n\r\n"), count + 1
        self.whole = at == self._end

    def _in_members(self) -> Iterator[tuple[int, bytes]]:
        """Look for members that begin with a record.

        The magic alone is met by chance in compressed data, so the beginning of each is inflated and looked at. A
        file that was made to be full of it is left off.
        """
        self._file.seek(self._start)
        window, base, misses, count, last = b"", self._start, 0, 0, self._start - _LEAST
        while True:
            data = self._file.read(min(_STEP, self._end - base - len(window)))
            window += data
            # What is nearer to the end is looked at with what follows.
            end = max(len(window) - _TASTE, 0) if data else len(window)
            at = window.find(MAGIC, 0, end + len(MAGIC) - 1)
            while at >= 0:
                content = _beginning(window[at : at + _TASTE])
                found = content.startswith(b"WARC/")
                if found:
                    count += 1
                    yield base + at, content
                misses += not found or base + at - last < _LEAST
                if misses > _MOST_MISSES:
                    return
                last = base + at if found else last
                at = window.find(MAGIC, at + 1, end + len(MAGIC) - 1)
            if not data:
                break
            window, base = window[end:], base + end
        # So much in a single member may be many records.
        self.whole = count > 1 or self._end - last < _STEP


def _beginning(raw: bytes) -> bytes:
    length = member_header_length(raw)
    if length <= 0:
        return b""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw[length:], _TASTE)
    except zlib.error:
        return b""
