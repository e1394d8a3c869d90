"""Digests of files: each file is read once, in pieces, whatever the number of algorithms."""

from __future__ import annotations

import hashlib
import os
import stat
from array import array
from bisect import bisect_left
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archiver.errors import PackageError
from archiver.package.atomic import package_error

_PIECE = 1 << 20


class Depth(StrEnum):
    """How much of a package a check reads."""

    QUICK = "quick"
    """Structure, names and sizes."""
    FULL = "full"
    """Every byte."""


@dataclass(frozen=True, slots=True)
class FileDigest:
    """Size and digests of one file, digests in lower-case hexadecimal."""

    bytes: int
    sha256: str
    sha512: str


def hash_file(path: Path, algorithms: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Return size in bytes and hexadecimal digest by algorithm (names as in :mod:`hashlib`).

    Raises OSError.
    """
    hashers = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    size = 0
    with path.open("rb", buffering=0) as file:
        buffer = memoryview(bytearray(min(_PIECE, os.fstat(file.fileno()).st_size + 1)))
        while length := file.readinto(buffer):
            size += length
            for hasher in hashers.values():
                hasher.update(buffer[:length])
    return size, {name: hasher.hexdigest() for name, hasher in hashers.items()}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some bytes of a file that are digested by themselves while all of it is."""

    number: int
    """For who asked."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StretchDigest:
    """What came of a stretch that is there."""

    number: int
    size: int
    sha256: str


def hash_stretches(
    path: Path, algorithms: Sequence[str], stretches: Sequence[Stretch]
) -> tuple[dict[str, str], tuple[StretchDigest, ...]]:
    """Do what :func:`hash_file` does, and digest parts of the file while it is read.

    ``stretches`` are in order and apart from each other; those that reach beyond the file are left out.
    Raises OSError.
    """
    hashers = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    found: list[StretchDigest] = []
    at = 0
    waiting = list(reversed(stretches))
    part = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        buffer = memoryview(bytearray(_PIECE))
        while length := file.readinto(buffer):
            for hasher in hashers.values():
                hasher.update(buffer[:length])
            while waiting and waiting[-1].start < at + length:
                stretch = waiting[-1]
                part.update(buffer[max(0, stretch.start - at) : min(length, stretch.end - at)])
                if stretch.end > at + length:
                    break
                found.append(StretchDigest(stretch.number, stretch.end - stretch.start, part.hexdigest()))
                waiting.pop()
                part = hashlib.sha256()
            at += length
    return {name: hasher.hexdigest() for name, hasher in hashers.items()}, tuple(found)


def digest_file(path: Path) -> FileDigest:
    """Return size, SHA-256 and SHA-512 of a file. Raises PackageError."""
    try:
        size, digests = hash_file(path, ("sha256", "sha512"))
    except OSError as error:
        raise package_error(error, path, "read the file") from error
    return FileDigest(size, digests["sha256"], digests["sha512"])


def digest_bytes(data: bytes) -> FileDigest:
    """Return size, SHA-256 and SHA-512 of ``data``, for a file that was just written from it."""
    return FileDigest(len(data), hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest())


def walk(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every entry below ``root`` that is no folder, as (path with ``/``, status of the entry itself).

    Links are not followed: they and devices are yielded like files, the caller looks at
    ``st_mode``. Order is that of the file system. Raises OSError.
    """
    stack = [""]
    while stack:
        prefix = stack.pop()
        with os.scandir(root / prefix if prefix else root) as entries:
            for entry in entries:
                path = f"{prefix}/{entry.name}" if prefix else entry.name
                if entry.is_dir(follow_symlinks=False):
                    stack.append(path)
                else:
                    yield path, entry.stat(follow_symlinks=False)


class FileSizes(Mapping[str, int]):
    """Path to size in bytes, sorted by the bytes of the path; little more than the paths in memory."""

    def __init__(self, paths: list[str], sizes: array[int]) -> None:
        order = sorted(range(len(paths)), key=lambda place: paths[place].encode("utf-8"))
        self._paths = [paths[place] for place in order]
        self._sizes = array("Q", (sizes[place] for place in order))

    def __getitem__(self, path: str) -> int:
        place = bisect_left(self._paths, path.encode("utf-8"), key=str.encode)
        if place == len(self._paths) or self._paths[place] != path:
            raise KeyError(path)
        return self._sizes[place]

    def __iter__(self) -> Iterator[str]:
        """Yield the paths in order."""
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def items(self) -> ItemsView[str, int]:
        """Return paths with sizes."""
        return _Items(self)


class _Items(ItemsView[str, int]):
    """In one pass; the general one would look each path up."""

    _mapping: FileSizes

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return zip(self._mapping._paths, self._mapping._sizes, strict=True)


def regular_files(root: Path) -> FileSizes:
    """Return every file below ``root`` with its size, sorted by the bytes of the path.

    Raises PackageError for links, devices and names that are not UTF-8, none of which may be in a package.
    """
    paths: list[str] = []
    sizes = array("Q")
    for path, size in walk_regular(root):
        paths.append(path)
        sizes.append(size)
    return FileSizes(paths, sizes)


def walk_regular(root: Path) -> Iterator[tuple[str, int]]:
    """Yield every file below ``root`` as (path with ``/``, size in bytes), in the order of the file system.

    Raises PackageError for links, devices and names that are not UTF-8, none of which may be in a package.
    """
    for path, status in _walked(root):
        if not stat.S_ISREG(status.st_mode):
            raise PackageError(
                "a package may hold plain files only",
                place=str(root / path),
                advice="replace the link or device by a file",
            )
        if not _is_utf8(path):
            raise PackageError(
                "the name of the file is not UTF-8",
                place=os.fsencode(root / path).decode("utf-8", "replace"),
                advice="rename the file",
            )
        yield path, status.st_size


def _walked(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    try:
        yield from walk(root)
    except OSError as error:
        raise package_error(error, root, "list the folder") from error


def _is_utf8(path: str) -> bool:
    return not any("\udc80" <= char <= "\udcff" for char in path) if not path.isascii() else True
