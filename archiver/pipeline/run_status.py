"""How far a run is, told from its folder: while it goes on, and after it was killed."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any

from archiver.digits import LARGEST
from archiver.errors import InputNotFoundError, NotAPackageError
from archiver.model.event import Kind
from archiver.model.run_status import RunState, RunStatus
from archiver.pipeline.commit_record import read_record
from archiver.pipeline.run_amount import of_portion
from archiver.pipeline.run_folder import SUFFIX, RunFolder
from archiver.pipeline.run_log import read_log
from archiver.pipeline.run_open import is_at_work
from archiver.pipeline.run_plan import read_plan
from archiver.pipeline.shard_files import REJECTS


def is_run(path: str | PathLike[str]) -> bool:
    """Tell whether ``path`` is the folder of an unfinished run, ``OUTPUT.partial``."""
    # What cannot be looked at is told by whoever opens it.
    return Path(path).name.endswith(SUFFIX) and os.path.isfile(RunFolder(Path(path)).plan)  # noqa: PTH113


def run_status(path: str | PathLike[str]) -> RunStatus:
    """Return how far the run with the folder ``path`` is; nothing in it is changed.

    Raises InputNotFoundError if there is nothing, NotAPackageError if it is no run.
    """
    path = Path(path)
    if not path.exists():
        raise InputNotFoundError(
            "there is no such run", place=str(path), advice="it may have ended: look for the package"
        )
    folder = RunFolder(path)
    plan = read_plan(folder.plan)
    if plan is None:
        if folder.plan.exists():
            raise NotAPackageError(
                "run.json, which says what the run was asked for, is damaged",
                place=str(path),
                advice="remove that folder and start anew",
            )
        raise NotAPackageError("it is no folder of a run", place=str(path), advice="name the folder PACKAGE.partial")
    at_work = is_at_work(folder)
    cut = _cut(folder)
    session = _session(folder)
    done = _Done()
    for key, files, size in cut:
        if not done.look(folder, key, files, size):
            ahead = folder.sizes_ahead(key)
            done.portions += len(ahead)
            done.bytes += of_portion(min(size, sum(ahead)))
    files = sum(row[1] for row in cut) if cut else plan.count
    size = sum(row[2] for row in cut) if cut else plan.size
    rate = session.rate(session.done)
    return RunStatus(
        run=str(path),
        package=str(path.with_name(path.name.removesuffix(SUFFIX))),
        state=_state(folder, at_work=at_work, session=session),
        version=plan.archiver,
        date=str(plan.recipe.get("date", "")),
        files=files,
        bytes=size,
        shards=len(cut),
        done_files=done.files,
        done_bytes=done.bytes,
        done_shards=done.shards,
        portions=done.portions,
        articles=done.articles,
        rejected=done.codes.total(),
        carried=done.carried,
        reject_codes=dict(sorted(done.codes.items(), key=lambda item: (-item[1], item[0]))),
        begun=session.begun,
        last=session.last,
        stopped_by=session.stopped_by if not at_work else None,
        killed_workers=session.killed,
        files_per_second=round(rate, 1) if rate else None,
        seconds_left=session.left(files - done.files, size - done.bytes),
    )


def _state(folder: RunFolder, *, at_work: bool, session: _Session) -> RunState:
    if folder.ending.exists():
        return RunState.SEALING if at_work else RunState.SEALED if session.sealed else RunState.STOPPED
    if not at_work:
        return RunState.STOPPED
    return RunState.SEALING if session.sealing else RunState.WORKING


def _cut(folder: RunFolder) -> list[tuple[str, int, int]]:
    try:
        return [(str(key), int(files), int(size)) for key, files, size in json.loads(folder.cut.read_bytes())]
    except (OSError, ValueError, TypeError, OverflowError, RecursionError):
        return []


@dataclass(slots=True)
class _Done:
    """Added up from the shards and portions that are done."""

    files: int = 0
    bytes: int = 0
    portions: int = 0
    shards: int = 0
    articles: int = 0
    carried: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def look(self, folder: RunFolder, key: str, files: int, size: int) -> bool:
        """Take in a shard, if it is done; return whether it is."""
        record = read_record(folder.record_path(key))
        if record is None:
            # Not done, or damaged; or the run has ended this moment.
            return False
        try:
            with (folder.shard(key) / REJECTS).open("rb") as lines:
                codes = Counter(str(json.loads(line)["code"]) for line in lines)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            # Damaged: a run that goes on does it again.
            return False
        self.files += files
        self.bytes += size
        self.shards += 1
        self.articles += record.articles
        self.carried += record.carried
        self.codes.update(codes)
        return True


@dataclass(slots=True)
class _Session:
    """What the log tells of the last process that worked on a run."""

    begun: str | None = None
    last: str | None = None
    done: int = 0
    made_bytes: int = 0
    latest: str | None = None
    killed: int = 0
    sealing: bool = False
    sealed: bool = False
    stopped_by: str | None = None

    def left(self, files: int, size: int) -> int | None:
        """Return the seconds for so many files or bytes, at the rate of those that were done."""
        rate, open_ = (self.rate(self.made_bytes), size) if self.made_bytes else (self.rate(self.done), files)
        return round(open_ / rate) if rate else None

    def rate(self, done: int) -> float | None:
        """Return how much of ``done`` there was a second."""
        if self.begun is None or self.latest is None:
            return None
        try:
            seconds = (datetime.fromisoformat(self.latest) - datetime.fromisoformat(self.begun)).total_seconds()
        except (ValueError, TypeError):
            return None
        return done / seconds if seconds > 0 and done > 0 else None


def _session(folder: RunFolder) -> _Session:
    session = _Session()
    before = 0
    for event in read_log(folder.log):
        kind = event["event"]
        if kind == Kind.RUN_BEGUN:
            session = _Session(begun=event["time"])
            before = _whole(event.get("done_files"))
        elif "done_files" in event:
            session.done, session.latest = _whole(event.get("done_files")) - before, event["time"]
            session.made_bytes = _whole(event.get("made_bytes"))
        session.killed += kind == Kind.WORKER_KILLED
        session.sealing = session.sealing or kind == Kind.SEALING
        session.sealed = session.sealed or kind == Kind.SEALED
        if kind == Kind.STOPPED:
            session.stopped_by = str(event.get("code"))
        session.last = event["time"]
    return session


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value <= LARGEST else 0
