"""What happens in a run, told as it happens: for its log, for a progress bar, for whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What happened."""

    RUN_BEGUN = "run-begun"
    PORTION_DONE = "portion-done"
    SHARD_BEGUN = "shard-begun"
    SHARD_DONE = "shard-done"
    SHARD_RETRIED = "shard-retried"
    SHARD_DAMAGED = "shard-damaged"
    WORKER_KILLED = "worker-killed"
    LIMIT = "limit"
    REJECT = "reject"
    WARNING = "warning"
    SEALING = "sealing"
    SEALED = "sealed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; it knows no time, who writes it down looks at the clock."""

    kind: Kind
    said: Mapping[str, Any] = field(default_factory=dict)
    """Ready for JSON; which members there are depends on the kind (run-log.schema.json)."""


#: Called with each event, by the process that the run was begun in.
Watch = Callable[[Event], None]


def unwatched(_event: Event) -> None:
    """Let an event go by."""


def with_progress(watch: Watch, progress: Callable[[int, int], None]) -> Watch:
    """Return ``watch`` and beside it a call of ``progress`` with the files done and all, whenever a shard is done."""

    def told(event: Event) -> None:
        watch(event)
        if event.kind in (Kind.RUN_BEGUN, Kind.SHARD_DONE):
            progress(event.said["done_files"], event.said["files"])

    return told
