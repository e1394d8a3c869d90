"""The bytes of an input file, put together from its segments in ``archive/``, in pieces."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from archiver.digits import read_number
from archiver.errors import PackageError
from archiver.package.atomic import package_error
from archiver.package.listing import Segment, SourceFile

_PIECE = 1 << 18
#: A header of an archived record that is longer is no header.
_HEADER_LIMIT = 1 << 20
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADER = b"\r\n\r\n"


def original_bytes(data: Path, source: SourceFile) -> Iterator[bytes]:
    """Yield the bytes of ``source`` as they were put in; ``data`` is the folder ``data/`` of the package.

    Raises PackageError if a segment cannot be read or unpacked. Digests are not compared here.
    """
    for segment in source.segments:
        raw = _raw(data, segment)
        if source.encoding == "warc.gz":
            yield from raw
        elif source.encoding == "warc":
            yield from _inflated(raw, segment)
        else:
            yield from _blocks(_inflated(raw, segment), segment)


def digest_of(data: Path, source: SourceFile) -> tuple[int, str]:
    """Return size and SHA-256 (hexadecimal) of the bytes that the segments of ``source`` give. Raises PackageError."""
    hasher = hashlib.sha256()
    size = 0
    for piece in original_bytes(data, source):
        hasher.update(piece)
        size += len(piece)
    return size, hasher.hexdigest()


def _raw(data: Path, segment: Segment) -> Iterator[bytes]:
    path = data / segment.file
    try:
        with path.open("rb") as file:
            file.seek(segment.offset)
            left = segment.length
            while left:
                piece = file.read(min(left, _PIECE))
                if not piece:
                    raise _broken(segment, "the file ends before the segment does")
                left -= len(piece)
                yield piece
    except OSError as error:
        raise package_error(error, path, "read the file") from error


def _inflated(raw: Iterator[bytes], segment: Segment) -> Iterator[bytes]:
    """Unpack gzip members one after the other (RFC 1952 section 2.2); what is not packed passes as it is."""
    member: zlib._Decompress | None = None
    for index, piece in enumerate(raw):
        rest = piece
        if index == 0 and not rest.startswith(b"\x1f\x8b"):
            yield rest
            yield from raw
            return
        while rest:
            member = member or zlib.decompressobj(16 + zlib.MAX_WBITS)
            try:
                out = member.decompress(rest, _PIECE)
            except zlib.error as error:
                raise _broken(segment, f"the gzip data is damaged: {error}") from error
            rest = member.unused_data if member.eof else member.unconsumed_tail
            if member.eof:
                member = None
            if out:
                yield out
    if member is not None:
        raise _broken(segment, "the gzip data ends too early")


def _blocks(pieces: Iterator[bytes], segment: Segment) -> Iterator[bytes]:
    """Yield the content blocks of a chain of WARC records (WARC 1.1 clause 4)."""
    buffer = b""
    while True:
        while _END_OF_HEADER not in buffer:
            if len(buffer) > _HEADER_LIMIT:
                raise _broken(segment, "there is no WARC record header")
            piece = next(pieces, b"")
            if not piece and not buffer.strip():
                return
            if not piece:
                raise _broken(segment, "the last record header is cut")
            buffer += piece
        header, _, buffer = buffer.partition(_END_OF_HEADER)
        match = _LENGTH.search(header)
        if not header.startswith(b"WARC/") or match is None:
            raise _broken(segment, "there is no WARC record header with a Content-Length")
        left = read_number(match[1])
        while left:
            buffer = buffer or next(pieces, b"")
            if not buffer:
                raise _broken(segment, "a record ends too early")
            yield buffer[:left]
            left, buffer = left - min(left, len(buffer)), buffer[left:]
        while len(buffer) < len(_END_OF_HEADER):
            piece = next(pieces, b"")
            if not piece:
                break
            buffer += piece
        if not buffer.startswith(_END_OF_HEADER):
            raise _broken(segment, "a record does not end as its Content-Length says")
        buffer = buffer[len(_END_OF_HEADER) :]


def _broken(segment: Segment, message: str) -> PackageError:
    return PackageError(
        message,
        place=f"data/{segment.file}, offset {segment.offset}",
        advice="run `archiver verify` on the package and get the file from another copy",
    )
