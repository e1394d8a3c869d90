"""A run cut into shards: what each has to do, and what is left behind when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archiver.model.intake import InputFile


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of the sorted input; cut from the input alone, never from the number of workers."""

    number: int
    files: tuple[InputFile, ...]
    digest: str = ""
    """SHA-256 over names, sizes and times of change of its files: what it is known by in the folder of the run."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some candidates, one behind the other, of a file that is a shard by itself.

    Their articles can be made before the shard is done, which then has less to do.
    """

    shard: Shard
    index: int
    """Of the portions of this shard, from 0."""
    start: int
    """Byte of the file with which it begins."""
    end: int
    """Byte behind it."""
    first: int
    """Ordinal of its first record or line."""

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.end - self.start

    @property
    def number(self) -> int:
        """Of the shard."""
        return self.shard.number

    @property
    def files(self) -> tuple[InputFile, ...]:
        """The file."""
        return self.shard.files

    @property
    def digest(self) -> str:
        """Of the shard."""
        return self.shard.digest


@dataclass(frozen=True, slots=True)
class PortionRecord:
    """What came of a portion."""

    number: int
    """Of the shard."""
    index: int
    """Of the portion."""
    articles: int
    size: int
    """Bytes of the file that it spans."""


@dataclass(frozen=True, slots=True)
class ShardRecord:
    """What a finished shard commits: its counts, and the digests of what it wrote."""

    number: int
    input_digest: str
    """SHA-256 over names, sizes and times of change of its input files."""
    articles: int = 0
    rejects: int = 0
    carried: int = 0
    removed_blocks: int = 0
    doubtful_blocks: int = 0
    faults: int = 0
    """Rejects that are bugs of archiver."""
    notices: Mapping[str, int] = field(default_factory=dict)
    sidecar_rows: tuple[int, ...] = ()
    """Rows of the sidecar that matched an article."""
    without_row: tuple[str, ...] = ()
    """Articles of which the sidecar, where there is one, says nothing: path and id; the first thousand."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Name of each file of the shard, relative to the run, to its SHA-256."""
