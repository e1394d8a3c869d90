"""Digests of files: each file is read once, in pieces, whatever the number of algorithms."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
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
        while piece := file.read(_PIECE):
            size += len(piece)
            for hasher in hashers.values():
                hasher.update(piece)
    return size, {name: hasher.hexdigest() for name, hasher in hashers.items()}


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


def regular_files(root: Path) -> dict[str, int]:
    """Return every file below ``root`` with its size, sorted by the bytes of the path.

    Raises PackageError for links, devices and names that are not UTF-8, none of which may be in a package.
    """
    try:
        found = list(walk(root))
    except OSError as error:
        raise package_error(error, root, "list the folder") from error
    for path, status in found:
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
    found.sort(key=lambda item: item[0].encode("utf-8"))
    return {path: status.st_size for path, status in found}


def _is_utf8(path: str) -> bool:
    return not any("\udc80" <= char <= "\udcff" for char in path) if not path.isascii() else True
