"""How far a run is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RunState(StrEnum):
    """What a run is doing."""

    WORKING = "working"
    """Shards are being done."""
    SEALING = "sealing"
    """All shards are done, the package is being put together."""
    STOPPED = "stopped"
    """No process works on it; it can go on."""
    SEALED = "sealed"
    """The package is whole; only tidying up is left."""


@dataclass(frozen=True, slots=True)
class RunStatus:
    """A run in figures. Files, bytes and shards are those of the input that is to be packaged."""

    run: str
    """Path of its folder."""
    package: str
    """Path of the package that it will make."""
    state: RunState
    version: str
    """Of archiver."""
    date: str
    """The moment that the package will have."""
    files: int
    bytes: int
    shards: int
    done_files: int = 0
    done_bytes: int = 0
    """Also of files that are not done."""
    done_shards: int = 0
    portions: int = 0
    """Of large files that are not done: what of them has its articles made already."""
    articles: int = 0
    rejected: int = 0
    carried: int = 0
    reject_codes: Mapping[str, int] = field(default_factory=dict)
    begun: str | None = None
    """When the last process that worked on it began, from the log."""
    last: str | None = None
    """When something was last told in the log."""
    stopped_by: str | None = None
    """Why that process stopped, if it could say so."""
    killed_workers: int = 0
    files_per_second: float | None = None
    """Of the last process, between its beginning and the last shard that it has done; None before there is one."""
    seconds_left: int | None = None
    """For what is not done, by its bytes, at the rate of the last process; sealing not counted."""

    @property
    def open_files(self) -> int:
        """Files that are not done."""
        return self.files - self.done_files
