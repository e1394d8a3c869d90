"""Writing ZIP files (PKWARE APPNOTE 6.3.10) whose bytes depend on names and contents alone.

No clock, no attributes of the disk, no data descriptors. The comment at the end holds the SHA-256 of
everything before the end record, so that a change of any byte is found, also in headers and in
compressed data that would unpack to the same content.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from archiver.canon import GZIP_LEVEL
from archiver.errors import PackageError

STORED = 0
DEFLATED = 8

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END_64 = struct.Struct("<4sQHHLLQQQQ")
_LOCATOR_64 = struct.Struct("<4sLQL")
_END = struct.Struct("<4sHHHHLLH")

#: Sizes from here on are written in 64 bits, well below 4 GiB, since deflate can make a file a little larger.
_LARGE = 0xF0000000
_MAX_32 = 0xFFFFFFFF
_MAX_16 = 0xFFFF
#: 1980-01-01, the first day that MS-DOS dates can hold.
_DATE = 0x0021
_UNIX = 3 << 8
_FILE_MODE = 0o100644 << 16
_FOLDER_MODE = 0o040755 << 16 | 0x10
_UTF_8 = 0x0800
_AT_ONCE = 1 << 20

_SEAL = b"sha256 of all before this record: "
_SEAL_FORM = re.compile(re.escape(_SEAL) + rb"([0-9a-f]{64})")
SEAL_BYTES = len(_SEAL) + 64
#: How long the end record is, seal included.
END_BYTES = _END.size + SEAL_BYTES


@dataclass(frozen=True, slots=True)
class _Entry:
    name: bytes
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def large(self) -> bool:
        return self.size >= _LARGE

    @property
    def flags(self) -> int:
        return 0 if self.name.isascii() else _UTF_8


class ZipWriter:
    """Writes members one after the other into a file that was opened for reading and writing."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._entries: list[_Entry] = []
        self._offset = 0

    def folder(self, name: str) -> None:
        """Add a folder; ``name`` ends with a slash."""
        self._write(_Entry(name.encode("utf-8"), STORED, 0, 0, 0, self._offset), b"")

    def add(self, name: str, pieces: Iterable[bytes], size: int, *, method: int) -> None:
        """Add a file of ``size`` bytes. Raises PackageError if the ``pieces`` are not as many bytes, OSError."""
        if size <= _AT_ONCE:
            content = b"".join(pieces)
            _refuse_other_size(name, size, len(content))
            packed = b"".join(_packed((content,), method))
            entry = _Entry(name.encode("utf-8"), method, zlib.crc32(content), len(packed), size, self._offset)
            self._write(entry, packed)
            return
        start = self._offset
        self._file.write(_local(_Entry(name.encode("utf-8"), method, 0, 0, size, start)))
        counted = _Counted(pieces)
        written = 0
        for piece in _packed(counted, method):
            self._file.write(piece)
            written += len(piece)
        _refuse_other_size(name, size, counted.size)
        entry = _Entry(name.encode("utf-8"), method, counted.crc, written, size, start)
        header = _local(entry)
        self._file.seek(start)
        self._file.write(header)
        self._offset = start + len(header) + written
        self._file.seek(self._offset)
        self._entries.append(entry)

    def close(self) -> None:
        """Write the central directory and the end record with the seal. Raises OSError."""
        size = 0
        for entry in self._entries:
            size += self._file.write(_central(entry))
        if len(self._entries) >= _MAX_16 or self._offset + size >= _MAX_32:
            self._file.write(_end_64(len(self._entries), size, self._offset))
        before = self._file.tell()
        self._file.seek(0)
        digest = digest_of(self._file, before)
        self._file.seek(before)
        self._file.write(end_record(len(self._entries), size, self._offset, digest))

    def _write(self, entry: _Entry, packed: bytes) -> None:
        self._offset += self._file.write(_local(entry) + packed)
        self._entries.append(entry)


def end_record(count: int, size: int, offset: int, digest: str) -> bytes:
    """Return the end record: ``count`` entries, central directory of ``size`` bytes at ``offset``, and the seal."""
    comment = _SEAL + digest.encode("ascii")
    count = min(count, _MAX_16)
    return _END.pack(b"PK\5\6", 0, 0, count, count, min(size, _MAX_32), min(offset, _MAX_32), len(comment)) + comment


def sealed_digest(comment: bytes) -> str | None:
    """Return the digest that the comment of a ZIP file states, None if it is not written as here."""
    match = _SEAL_FORM.fullmatch(comment)
    return match[1].decode("ascii") if match else None


def digest_of(file: BinaryIO, size: int) -> str:
    """Return the SHA-256 of the next ``size`` bytes of ``file`` (fewer, if it ends before). Raises OSError."""
    hasher = hashlib.sha256()
    while size > 0 and (piece := file.read(min(size, _AT_ONCE))):
        hasher.update(piece)
        size -= len(piece)
    return hasher.hexdigest()


class _Counted:
    """Pieces that pass through, with size and CRC-32 of what has passed."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.size = self.crc = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self.crc = zlib.crc32(piece, self.crc)
            yield piece


def _packed(pieces: Iterable[bytes], method: int) -> Iterator[bytes]:
    if method == STORED:
        yield from pieces
        return
    compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    for piece in pieces:
        yield compressor.compress(piece)
    yield compressor.flush()


def _refuse_other_size(name: str, size: int, actual: int) -> None:
    if size != actual:
        raise PackageError(
            f"the file had {size} bytes a moment ago, {actual} were read",
            place=name,
            advice="something changes the package: let it rest, and try again",
        )


def _local(entry: _Entry) -> bytes:
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.packed) if entry.large else b""
    packed, size = (_MAX_32, _MAX_32) if entry.large else (entry.packed, entry.size)
    needed = 45 if entry.large else 20
    fields = (needed, entry.flags, entry.method, 0, _DATE, entry.crc, packed, size, len(entry.name), len(extra))
    return _LOCAL.pack(b"PK\3\4", *fields) + entry.name + extra


def _central(entry: _Entry) -> bytes:
    far = entry.offset >= _MAX_32
    values = [entry.size, entry.packed] if entry.large else []
    values += [entry.offset] if far else []
    extra = struct.pack(f"<HH{len(values)}Q", 1, 8 * len(values), *values) if values else b""
    packed, size = (_MAX_32, _MAX_32) if entry.large else (entry.packed, entry.size)
    needed = 45 if values else 20
    mode = _FOLDER_MODE if entry.name.endswith(b"/") else _FILE_MODE
    head = (_UNIX | needed, needed, entry.flags, entry.method, 0, _DATE, entry.crc, packed, size)
    tail = (len(entry.name), len(extra), 0, 0, 0, mode, min(entry.offset, _MAX_32))
    return _CENTRAL.pack(b"PK\1\2", *head, *tail) + entry.name + extra


def _end_64(count: int, size: int, offset: int) -> bytes:
    end = _END_64.pack(b"PK\6\6", _END_64.size - 12, _UNIX | 45, 45, 0, 0, count, count, size, offset)
    return end + _LOCATOR_64.pack(b"PK\6\7", 0, offset + size, 1)
