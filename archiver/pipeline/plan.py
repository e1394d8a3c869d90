"""Cutting the input into shards."""

from __future__ import annotations

from collections.abc import Iterable

from archiver import canon
from archiver.model.intake import InputFile
from archiver.model.shard import Shard

#: A shard is closed when it holds this many files or bytes: small enough to be repeated without
#: regret after a crash, large enough that its fixed cost does not count.
FILES_PER_SHARD = 64
BYTES_PER_SHARD = 8 * 1024 * 1024


def cut(files: Iterable[InputFile]) -> tuple[Shard, ...]:
    """Cut the sorted ``files`` into shards; the same files always give the same shards."""
    shards: list[Shard] = []
    pending: list[InputFile] = []
    size = 0
    for file in files:
        if pending and (len(pending) >= FILES_PER_SHARD or size + file.size > BYTES_PER_SHARD):
            shards.append(Shard(len(shards), tuple(pending)))
            pending, size = [], 0
        pending.append(file)
        size += file.size
    if pending:
        shards.append(Shard(len(shards), tuple(pending)))
    return tuple(shards)


def input_digest(files: Iterable[InputFile]) -> str:
    """Return a SHA-256 over names, sizes and times of change of ``files``: whether a resumed run has the same input."""
    said = [
        [file.name, file.size, file.modified, canon.sha256_hex(file.data) if file.data is not None else ""]
        for file in files
    ]
    return canon.sha256_hex(canon.canonical_json(said))
