"""The frame of a gzip member (RFC 1952 section 2.3), and finding the next one after damage."""

from __future__ import annotations

import zlib
from typing import BinaryIO

#: ID1, ID2 and CM: deflate is the only method there is.
MAGIC = b"\x1f\x8b\x08"

_FHCRC, _FEXTRA, _FNAME, _FCOMMENT, _RESERVED = 2, 4, 8, 16, 0xE0
_STEP = 1024 * 1024
#: Enough of a member to see how its content begins.
_TASTE = 256


def member_header_length(data: bytes) -> int:
    """Return how many bytes the member header at the beginning of ``data`` takes.

    0 if ``data`` ends before the header does, -1 if it is no sound header: wrong magic, reserved
    flags (a reader shall refuse them, section 2.3.1.2) or a wrong header checksum.
    """
    if not MAGIC.startswith(data[:3]) or (len(data) > 3 and data[3] & _RESERVED):
        return -1
    if len(data) < 10:
        return 0
    flags, at = data[3], 10
    if flags & _FEXTRA:
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    for flag in (_FNAME, _FCOMMENT):
        if flags & flag:
            end = data.find(b"\0", at)
            if end < 0:
                return 0
            at = end + 1
    if flags & _FHCRC:
        if int.from_bytes(data[at : at + 2], "little") != zlib.crc32(data[:at]) & 0xFFFF:
            return 0 if len(data) < at + 2 else -1
        at += 2
    return at if at <= len(data) else 0


def find_member(file: BinaryIO, start: int, end: int | None = None) -> int | None:
    """Return the offset of the first member at or after ``start`` that begins with a record, None if there is none.

    The magic alone would be met by chance in compressed data; so the beginning is inflated and looked at.
    With ``end`` members from there on do not count.
    """
    at = start
    carry = b""
    file.seek(at)
    while True:
        data = file.read(_STEP)
        window = carry + data
        base = at - len(carry)
        found = window.find(MAGIC)
        while found >= 0:
            if end is not None and base + found >= end:
                return None
            if _begins_record(file, base + found):
                return base + found
            found = window.find(MAGIC, found + 1)
        if not data or (end is not None and at >= end):
            return None
        at += len(data)
        carry = window[-2:]
        file.seek(at)


def _begins_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    head = file.read(_TASTE)
    length = member_header_length(head)
    if length <= 0:
        return False
    try:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(head[length:], 16)
    except zlib.error:
        return False
    return content.startswith((b"WARC/", b"http:", b"https:", b"dns:", b"filedesc:"))
