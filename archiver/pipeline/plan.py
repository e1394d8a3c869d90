"""Cutting the input into shards, and how a run knows its input again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from zlib import crc32

from archiver import canon
from archiver.model.intake import InputFile
from archiver.model.shard import Shard

#: A shard is closed behind every file whose name says so, one in so many; small enough to be repeated
#: without regret after a crash, large enough that its fixed cost does not count.
FILES_PER_SHARD = 64
#: Nor does it ever hold more files or bytes.
MOST_FILES = 2 * FILES_PER_SHARD
BYTES_PER_SHARD = 8 * 1024 * 1024


def cut(files: Iterable[InputFile]) -> tuple[Shard, ...]:
    """Return all of :func:`shards_of`."""
    return tuple(shards_of(files))


def shards_of(files: Iterable[InputFile]) -> Iterator[Shard]:
    """Cut the sorted ``files`` into shards, one at a time; the same files always give the same shards.

    Where a shard ends is told by names: a file that is added changes the shard that it falls into, and
    no other behind the next such name.
    """
    number = 0
    pending: list[InputFile] = []
    size = 0
    for file in files:
        if pending and (len(pending) >= MOST_FILES or size + file.size > BYTES_PER_SHARD):
            yield _shard(number, pending)
            number, pending, size = number + 1, [], 0
        pending.append(file)
        size += file.size
        if _ends(file):
            yield _shard(number, pending)
            number, pending, size = number + 1, [], 0
    if pending:
        yield _shard(number, pending)


def _ends(file: InputFile) -> bool:
    return crc32(file.name.encode()) % FILES_PER_SHARD == 0


def _shard(number: int, files: list[InputFile]) -> Shard:
    return Shard(number, tuple(files), input_digest(files))


def input_lines(files: Iterable[InputFile]) -> Iterator[bytes]:
    """Yield what tells each of ``files`` from what it was: name, size, time of change, the content of standard input.

    One line of JSON each, in the order of ``files``.
    """
    for file in files:
        content = canon.sha256_hex(file.data) if file.data is not None else ""
        said: list[object] = [file.name, file.size, file.modified, content]
        if file.only is not None:
            said.append(list(file.only))
        yield canon.canonical_json(said) + b"\n"


def input_digest(files: Iterable[InputFile]) -> str:
    """Return a SHA-256 over names, sizes and times of change of ``files``: whether a resumed run has the same input."""
    digest = hashlib.sha256()
    for line in input_lines(files):
        digest.update(line)
    return digest.hexdigest()
