"""How much of the input of a run is done, while it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def of_portion(size: int) -> int:
    """Return what counts as done of a portion of ``size`` bytes while its file is not.

    The rest of the work is to put the file together from its portions.
    """
    return size * 7 // 8


class RunAmount:
    """Input files and bytes, all and done; most of a portion is done before its file is."""

    def __init__(self, shards: Sequence[tuple[str, int, int]]) -> None:
        """Take the digest, number of files and bytes of each shard."""
        self._shards = shards
        self._ahead: Counter[int] = Counter()
        self._files = sum(files for _, files, _ in shards)
        self._bytes = sum(size for _, _, size in shards)
        self._done_files = self._done_bytes = self._made_bytes = 0

    def found_shard(self, number: int) -> None:
        """Count a shard that an earlier process has done, which took none of the time of this one."""
        _, files, size = self._shards[number]
        self._done_files += files
        self._done_bytes += size

    def found_portion(self, shard: int, size: int) -> int:
        """Count a portion that an earlier process has done; return how much that adds."""
        more = min(of_portion(size), of_portion(self._shards[shard][2]) - self._ahead[shard])
        self._ahead[shard] += more
        self._done_bytes += more
        return more

    def add_portion(self, shard: int, size: int) -> None:
        """Count a portion that was done now."""
        self._made_bytes += self.found_portion(shard, size)

    def add_shard(self, number: int) -> None:
        """Count a shard that was done now."""
        _, files, size = self._shards[number]
        left = size - self._ahead.pop(number, 0)
        self._done_files += files
        self._done_bytes += left
        self._made_bytes += left

    def said(self) -> dict[str, int]:
        """Return the members of an event that tell of it (run-log.schema.json)."""
        return {
            "files": self._files,
            "bytes": self._bytes,
            "done_files": self._done_files,
            "done_bytes": self._done_bytes,
            "made_bytes": self._made_bytes,
        }
