"""How much of the input of a run is done, while it goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class RunAmount:
    """Input files and bytes, all and done; bytes of a portion are done before their file is."""

    files: int
    bytes: int
    done_files: int = 0
    done_bytes: int = 0
    made_bytes: int = 0
    """Done by this process: what an earlier one did took none of its time."""
    _ahead: Counter[int] = field(default_factory=Counter)
    """Bytes of portions by the number of their shard, which is not done."""

    def found_portion(self, shard: int, size: int) -> None:
        """Count a portion that an earlier process has done."""
        self._ahead[shard] += size
        self.done_bytes += size

    def add_portion(self, shard: int, size: int) -> None:
        """Count a portion that was done now."""
        self.found_portion(shard, size)
        self.made_bytes += size

    def add_shard(self, shard: int, files: int, size: int) -> None:
        """Count a shard that was done now."""
        left = max(0, size - self._ahead.pop(shard, 0))
        self.done_files += files
        self.done_bytes += left
        self.made_bytes += left

    def said(self) -> dict[str, int]:
        """Return the members of an event that tell of it (run-log.schema.json)."""
        return {
            "files": self.files,
            "bytes": self.bytes,
            "done_files": self.done_files,
            "done_bytes": self.done_bytes,
            "made_bytes": self.made_bytes,
        }
