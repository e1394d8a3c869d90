"""The folder in which a run works, beside its target: what is where, and which shards are done."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archiver import canon
from archiver.errors import OutputExistsError, UsageError
from archiver.model.shard import ShardRecord
from archiver.package.atomic import make_folder, write_file
from archiver.version import __version__

SUFFIX = ".partial"
_ATTEMPT = ".attempt-"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Names inside the folder of a run; the package grows in ``bag``."""

    root: Path

    @property
    def bag(self) -> Path:
        """What will be renamed to the package."""
        return self.root / "bag"

    @property
    def data(self) -> Path:
        """The bag's payload."""
        return self.bag / "data"

    @property
    def wacz(self) -> Path:
        """The same package as a WACZ, if that is asked for."""
        return self.root / "package.wacz"

    @property
    def plan(self) -> Path:
        """What the run was asked for; it is there once the run has begun."""
        return self.root / "run.json"

    @property
    def ending(self) -> Path:
        """What the run has to report; it is there when the bag is whole."""
        return self.root / "ending.json"

    def shard(self, number: int) -> Path:
        """Return where the files of a finished shard stand."""
        return self.root / "shards" / f"{number:06d}"

    def attempt(self, number: int) -> Path:
        """Return where this process works at a shard: two that do the same shard never write to the same files."""
        return self.root / "shards" / f"{number:06d}{_ATTEMPT}{os.getpid()}"

    def record_path(self, number: int) -> Path:
        """Return the commit record of a shard; it is there when the shard is done."""
        return self.root / "shards" / f"{number:06d}.json"

    def commit(self, record: ShardRecord, attempt: Path) -> None:
        """Give a finished attempt its name, then write its commit record: record there, shard done."""
        place = self.shard(record.number)
        if place.exists():
            # Left by an attempt that died before its record; a shard has the same files each time.
            shutil.rmtree(place)
        attempt.rename(place)
        write_file(self.record_path(record.number), canon.canonical_json(asdict(record)))

    def record(self, number: int) -> ShardRecord | None:
        """Return the commit record of a shard, None if it is not done."""
        path = self.record_path(number)
        if not path.exists():
            return None
        values = json.loads(path.read_bytes())
        for name in ("sidecar_rows", "without_row"):
            values[name] = tuple(values[name])
        return ShardRecord(**values)

    def remove(self) -> None:
        """Take the folder away, after its bag has left it; what tells that the run has ended goes last."""
        for entry in sorted(self.root.iterdir(), key=lambda entry: entry == self.ending):
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        self.root.rmdir()


def folder_for(target: Path) -> RunFolder:
    """Return the run folder of a target: beside it, so that the last rename stays on one file system."""
    return RunFolder(target.with_name(target.name + SUFFIX))


def unfinished_date(target: Path) -> str | None:
    """Return the moment of the unfinished run for ``target``, None if there is no such run."""
    try:
        recipe = json.loads(folder_for(target).plan.read_bytes())["recipe"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(recipe["date"]) if isinstance(recipe, dict) and "date" in recipe else None


@contextmanager
def open_run(
    target: Path, *, recipe: Mapping[str, Any], input_digest: str, resume: bool, outputs: Sequence[Path] = ()
) -> Iterator[RunFolder]:
    """Make the folder of a new run, or take up an unfinished one, and hold it against other processes.

    ``outputs`` is what will be made, if it is not ``target`` alone. Raises OutputExistsError if one of
    them or (without ``resume``) an unfinished run is there, and
    UsageError if an unfinished run had another recipe, input or version, or is at work this moment.
    """
    folder = folder_for(target)
    there = next((path for path in outputs or (target,) if os.path.lexists(path)), None)
    if there is not None and not (resume and folder.ending.exists()):
        raise OutputExistsError(
            "the output is already there and was not touched",
            place=str(there),
            advice="choose another output, or move the old one away",
        )
    make_folder(folder.root.parent)
    try:
        folder.root.mkdir()
    except FileExistsError:
        if not resume:
            raise OutputExistsError(
                "an unfinished run for this output lies there",
                place=str(folder.root),
                advice="go on with --resume, or remove that folder to start anew",
            ) from None
    with _held(folder):
        _begin(folder, {"archiver": __version__, "input": input_digest, "recipe": dict(recipe)})
        yield folder


@contextmanager
def _held(folder: RunFolder) -> Iterator[None]:
    """Hold a lock that the operating system takes back when this process ends, however it ends (flock(2))."""
    with (folder.root / "lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A file system that knows no locks leaves it to people not to run twice.
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise UsageError(
                    "another process is working on this run", place=str(folder.root), advice="wait until it has ended"
                ) from None
        yield


def _begin(folder: RunFolder, said: Mapping[str, Any]) -> None:
    if not folder.plan.exists():
        others = {entry.name for entry in folder.root.iterdir()} - {"lock", "shards", folder.plan.name + SUFFIX}
        if others:
            raise OutputExistsError(
                "a folder that is no unfinished run has the name that the run needs",
                place=str(folder.root),
                advice="move it away, or choose another output",
            )
        make_folder(folder.root / "shards")
        write_file(folder.plan, canon.canonical_json(said))
        return
    _refuse_changes(folder, said)
    if folder.bag.exists():
        shutil.rmtree(folder.bag)
    for attempt in (folder.root / "shards").glob(f"*{_ATTEMPT}*"):
        shutil.rmtree(attempt)


def _refuse_changes(folder: RunFolder, said: Mapping[str, Any]) -> None:
    try:
        before = json.loads(folder.plan.read_bytes())
        old = {**before, **before.pop("recipe")}
    except (OSError, ValueError, KeyError, TypeError):
        old = {}
    new = {**said, **said["recipe"]}
    del new["recipe"]
    changed = [name for name in new if name not in old or old[name] != new[name]]
    if changed:
        raise UsageError(
            f"the unfinished run cannot be continued: changed since then: {', '.join(changed)}",
            place=str(folder.root),
            advice="continue with the same input, options and version, or remove that folder to start anew",
        )
