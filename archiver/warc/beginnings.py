"""Where the records of a gzip file begin, told without inflating it: for cutting, not for trusting."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from archiver.warc.member import MAGIC, member_header_length

_STEP = 1024 * 1024
#: Enough of a member to hold the header of its record, and that of an HTTP response in it.
_TASTE = 4096
#: No record is shorter when it is compressed.
_LEAST = 100
#: Chance brings 64 of them a gigabyte; a file of nothing else is not worth the time.
_MOST_MISSES = 10_000


def beginnings(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield offset and first bytes of the content of each member that begins with a WARC record.

    ``size`` are the bytes that are looked at; there is nothing to be found where they do not begin with a member.
    The magic alone is met by chance in compressed data, so the beginning of each is inflated and looked at. A file
    that was made to be full of it is left off.
    """
    window, base, misses, last = b"", 0, 0, -_LEAST
    while True:
        data = file.read(min(_STEP, size - base - len(window)))
        window += data
        if not base and not window.startswith(MAGIC):
            return
        # What is nearer to the end is looked at with what follows.
        end = max(len(window) - _TASTE, 0) if data else len(window)
        at = window.find(MAGIC, 0, end + len(MAGIC) - 1)
        while at >= 0:
            content = _beginning(window[at : at + _TASTE])
            found = content.startswith(b"WARC/")
            if found:
                yield base + at, content
            misses += not found or base + at - last < _LEAST
            if misses > _MOST_MISSES:
                return
            last = base + at if found else last
            at = window.find(MAGIC, at + 1, end + len(MAGIC) - 1)
        if not data:
            return
        window, base = window[end:], base + end


def _beginning(raw: bytes) -> bytes:
    length = member_header_length(raw)
    if length <= 0:
        return b""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw[length:], _TASTE)
    except zlib.error:
        return b""
