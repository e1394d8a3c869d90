"""A run begun, or taken up where it stood, by one process at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from archiver import canon
from archiver.errors import OutputExistsError, UsageError
from archiver.package.atomic import make_folder, write_file
from archiver.pipeline.commit_record import take_away
from archiver.pipeline.plan import input_lines
from archiver.pipeline.run_folder import ATTEMPT, INPUT, SUFFIX, RunFolder, folder_for
from archiver.pipeline.run_plan import RunPlan, continued, read_plan


def unfinished_date(target: Path) -> str | None:
    """Return the moment of the unfinished run for ``target``, None if there is no such run."""
    plan = read_plan(folder_for(target).plan)
    return plan.recipe.get("date") if plan is not None else None


@contextmanager
def open_run(
    target: Path, plan: RunPlan, *, resume: bool, add: bool = False, outputs: Sequence[Path] = ()
) -> Iterator[RunFolder]:
    """Make the folder of a new run, or take up an unfinished one, and hold it against other processes.

    ``outputs`` is what will be made, if it is not ``target`` alone. ``add`` allows files of the input that
    were not there before. Raises OutputExistsError if one of the outputs or (without ``resume``) an
    unfinished run is there, and UsageError if an unfinished run had another recipe, input or version, or is
    at work this moment.
    """
    folder = folder_for(target)
    if folder.root.is_symlink():
        raise UsageError(
            "the folder of the run is a symbolic link, and a run must take its folder away at its end",
            place=str(folder.root),
            advice="put the folder itself there, or remove the link and start anew",
        )
    there = next((path for path in outputs or (target,) if os.path.lexists(path)), None)
    if there is not None and not (resume and folder.ending.exists()):
        if resume:
            with suppress(OSError):
                folder.root.rmdir()  # all that a run leaves which is killed at the last step of its removal
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
        # Without its plan, a run whose package has its name was killed while its folder was taken away.
        if there is None or folder.plan.exists():
            # What has its name already can take nothing more in.
            _begin(folder, plan, add=add and there is None)
        yield folder


def is_at_work(folder: RunFolder) -> bool:
    """Tell whether a process works on the run this moment."""
    try:
        with (folder.lock).open("rb") as file:
            return not _lock(file, fcntl.LOCK_SH)
    except OSError:
        return False


@contextmanager
def _held(folder: RunFolder) -> Iterator[None]:
    """Hold a lock that the operating system takes back when this process ends, however it ends (flock(2))."""
    with (folder.lock).open("wb") as file:
        if not _lock(file, fcntl.LOCK_EX):
            # Somebody may only have asked whether the run is at work.
            time.sleep(0.05)
            if not _lock(file, fcntl.LOCK_EX):
                raise UsageError(
                    "another process is working on this run", place=str(folder.root), advice="wait until it has ended"
                )
        yield


def _lock(file: BinaryIO, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except OSError as error:
        # A file system that knows no locks leaves it to people not to run twice.
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _begin(folder: RunFolder, plan: RunPlan, *, add: bool) -> None:
    if not folder.plan.exists():
        ours = (folder.lock.name, "shards", folder.log.name, folder.plan.name + SUFFIX)
        others = [
            entry for entry in folder.root.iterdir() if entry.name not in ours and not entry.name.startswith(INPUT)
        ]
        if others:
            raise OutputExistsError(
                "a folder that is no unfinished run has the name that the run needs",
                place=str(folder.root),
                advice="move it away, or choose another output",
            )
        make_folder(folder.root / "shards")
        _write_plan(folder, plan)
        return
    before = read_plan(folder.plan)
    listed = folder.listed(before) if before is not None else folder.root
    if continued(before, plan, listed=listed, add=add, place=str(folder.root)):
        folder.ending.unlink(missing_ok=True)
        _write_plan(folder, plan)
        listed.unlink(missing_ok=True)
    attempts = (folder.root / "shards").glob(f"*{ATTEMPT}*")
    for left in (folder.bag, folder.originals, *attempts, *(folder.root / "ahead").glob("*/*.*")):
        take_away(left)
    make_folder(folder.root / "shards")


def _write_plan(folder: RunFolder, plan: RunPlan) -> None:
    write_file(folder.listed(plan), input_lines(plan.files))
    write_file(folder.plan, canon.canonical_json(plan.to_dict()))
