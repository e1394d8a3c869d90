"""The log of a run: JSON Lines, one event a line, in the folder of the run while it lasts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archiver.canon import unseen_escaped
from archiver.model.event import Event, Watch
from archiver.package.atomic import write_file

#: Tells the present moment, in UTC.
Clock = Callable[[], datetime]

_PIECE = 1024 * 1024


@contextmanager
def logged(path: Path, clock: Clock) -> Iterator[Watch]:
    """Give a function that adds events to the log at ``path``, each with its moment. Raises OSError."""
    with path.open("ab", buffering=0) as file:
        if _torn(path):
            # Of a process that was killed while it wrote.
            file.write(b"\n")

        def write(event: Event) -> None:
            moment = clock().astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
            said = {"time": moment, "event": event.kind.value, **event.said}
            line = unseen_escaped(json.dumps(said, ensure_ascii=False, separators=(",", ":")))
            # What UTF-8 cannot hold becomes an escape, which JSON knows.
            file.write(line.encode("utf-8", "backslashreplace") + b"\n")

        yield write


def read_log(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the events of a log in order; lines that are not whole are passed over, no log is an empty one."""
    try:
        with path.open("rb") as file:
            for line in file:
                try:
                    said = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                if isinstance(said, dict) and isinstance(said.get("event"), str) and isinstance(said.get("time"), str):
                    yield said
    except OSError:
        return


def keep_log(log: Path, target: Path) -> None:
    """Write the log of a run that has ended to ``target``, durably. Raises PackageError, OSError."""
    with log.open("rb") as file:
        write_file(target, iter(lambda: file.read(_PIECE), b""))


def _torn(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
