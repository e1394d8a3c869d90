"""Sizes and digests of very many files, in a file of their own: memory stays flat however many there are."""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from archiver.package.atomic import package_error
from archiver.package.fixity import FileDigest

#: Length of the path, size of the file, SHA-256, SHA-512; the path follows.
_ENTRY = struct.Struct("<IQ32s64s")
#: Entries of one block: the path that a block begins with is held in memory, the rest is read when it is asked for.
_BLOCK_ENTRIES = 64
_PENDING_BYTES = 1 << 18
#: No block, and so no entries.
_NOTHING: tuple[int, dict[str, FileDigest]] = -1, {}


class Digests(Mapping[str, FileDigest]):
    """Path to digest; paths are added in bytewise order, and a few besides at the end.

    What is added stands in ``file``, which is begun anew, or in memory if none is named. Every method raises
    PackageError where the operating system refuses.
    """

    def __init__(self, items: Iterable[tuple[str, FileDigest]] = (), *, file: Path | None = None) -> None:
        self._file = file
        self._written = 0
        self._pending = bytearray()
        self._count = 0
        self._last = b""
        self._firsts: list[bytes] = []
        self._starts = array("Q")
        self._late: dict[str, FileDigest] = {}
        self._at_hand = _NOTHING
        self._asked = -1
        if file is not None:
            self._keep("wb")
        for path, digest in items:
            self.add(path, digest)

    def add(self, path: str, digest: FileDigest) -> None:
        """Add a file; one that does not come behind the last one in order takes more memory."""
        name = path.encode("utf-8")
        if self._count and name <= self._last:
            self._late[path] = digest
            return
        if self._count % _BLOCK_ENTRIES == 0:
            self._firsts.append(name)
            self._starts.append(self._written + len(self._pending))
        digests = bytes.fromhex(digest.sha256), bytes.fromhex(digest.sha512)
        self._pending += _ENTRY.pack(len(name), digest.bytes, *digests) + name
        self._at_hand = _NOTHING
        self._count += 1
        self._last = name
        if self._file is not None and len(self._pending) > _PENDING_BYTES:
            self._keep("ab")

    def __getitem__(self, path: str) -> FileDigest:
        late = self._late.get(path)
        if late is not None:
            return late
        name = path.encode("utf-8")
        block = bisect_right(self._firsts, name) - 1
        if block < 0:
            raise KeyError(path)
        if block in (self._at_hand[0], self._asked):
            return self._entries(block)[path]
        # Who asks here and there does not need the whole block.
        self._asked = block
        return self._found(block, name)

    def __iter__(self) -> Iterator[str]:
        """Yield the paths in order, then those added late."""
        for block in range(len(self._firsts)):
            yield from self._entries(block)
        yield from self._late

    def __len__(self) -> int:
        return self._count + len(self._late)

    def _entries(self, block: int) -> dict[str, FileDigest]:
        """Return the entries of a block; those of the last one asked for are at hand, since most ask in order."""
        if self._at_hand[0] == block:
            return self._at_hand[1]
        data = self._block(block)
        entries: dict[str, FileDigest] = {}
        at = 0
        while at < len(data):
            length, size, sha256, sha512 = _ENTRY.unpack_from(data, at)
            at += _ENTRY.size + length
            entries[str(data[at - length : at], "utf-8")] = FileDigest(size, sha256.hex(), sha512.hex())
        self._at_hand = block, entries
        return entries

    def _found(self, block: int, name: bytes) -> FileDigest:
        data = self._block(block)
        at = 0
        while at < len(data):
            begin = at + _ENTRY.size
            length, size, sha256, sha512 = _ENTRY.unpack_from(data, at)
            at = begin + length
            if data[begin:at] == name:
                return FileDigest(size, sha256.hex(), sha512.hex())
        raise KeyError(name.decode("utf-8"))

    def _block(self, block: int) -> bytes:
        last = block + 1 == len(self._starts)
        end = self._written + len(self._pending) if last else self._starts[block + 1]
        return self._read(self._starts[block], end)

    def _keep(self, mode: str) -> None:
        """Move what is pending to the end of the file."""
        assert self._file is not None
        try:
            with self._file.open(mode) as file:
                file.write(self._pending)
        except OSError as error:
            raise package_error(error, self._file, "write the file") from error
        self._written += len(self._pending)
        self._pending.clear()

    def _read(self, start: int, end: int) -> bytes:
        if self._file is None:
            return bytes(self._pending[start:end])
        if self._pending:
            self._keep("ab")
        try:
            with self._file.open("rb") as file:
                file.seek(start)
                return file.read(end - start)
        except OSError as error:
            raise package_error(error, self._file, "read the file") from error


class Below(Mapping[str, FileDigest]):
    """The same digests under paths that begin with the name of a folder."""

    def __init__(self, folder: str, digests: Mapping[str, FileDigest]) -> None:
        self._prefix = f"{folder}/"
        self._digests = digests

    def __getitem__(self, path: str) -> FileDigest:
        if not path.startswith(self._prefix):
            raise KeyError(path)
        return self._digests[path.removeprefix(self._prefix)]

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return (self._prefix + path for path in self._digests)

    def __len__(self) -> int:
        return len(self._digests)
