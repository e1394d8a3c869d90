"""Where the records of a gzip file begin, told without inflating it: for cutting, not for trusting."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from archiver.warc.member import MAGIC, member_header_length

_STEP = 1024 * 1024
#: Enough of a member to hold the header of its record, and that of an HTTP response in it.
_TASTE = 4096
#: Chance brings 64 of them a gigabyte; a file of nothing else is not worth the time.
_MOST_MISSES = 10_000


def beginnings(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield offset and first bytes of the content of each member that begins with a WARC record.

    The magic alone is met by chance in compressed data, so the beginning of each is inflated and looked at. A file
    that was made to be full of it is left off.
    """
    window, base, misses = b"", 0, 0
    while misses <= _MOST_MISSES:
        data = file.read(_STEP)
        window += data
        # What is nearer to the end is looked at with what follows.
        end = len(window) - _TASTE if data else len(window)
        at = window.find(MAGIC, 0, max(end, 0) + len(MAGIC) - 1)
        while at >= 0:
            content = _beginning(window[at : at + _TASTE])
            if content.startswith(b"WARC/"):
                yield base + at, content
            else:
                misses += 1
            at = window.find(MAGIC, at + 1, max(end, 0) + len(MAGIC) - 1)
        if not data:
            return
        done = max(end, 0)
        window, base = window[done:], base + done


def _beginning(raw: bytes) -> bytes:
    length = member_header_length(raw)
    if length <= 0:
        return b""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw[length:], _TASTE)
    except zlib.error:
        return b""
