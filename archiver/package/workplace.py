"""A folder beside a target in which the target is made, so that what has its name is whole."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archiver.errors import OutputExistsError, UsageError
from archiver.package.atomic import make_folder, package_error, publish
from archiver.package.enclosing import refuse_inside_package

SUFFIX = ".converting"
_LOCK = "lock"
_WHOLE = "whole"
_SCRATCH = "scratch"


@contextmanager
def workplace(target: Path) -> Iterator[tuple[Path, Path]]:
    """Give two paths where nothing is: one for what shall become ``target``, one for a folder for whatever helps.

    At the end of the block the first is renamed to ``target``, as the last act; if the block raises,
    everything is taken away. What a killed process left is cleared by the next. Raises
    OutputExistsError if ``target`` is there, UsageError if another process is at work on it or it would
    stand within a package, PackageError.
    """
    if os.path.lexists(target):
        raise OutputExistsError(
            "the output is already there and was not touched",
            place=str(target),
            advice="choose another output, or move the old one away",
        )
    refuse_inside_package(target.parent)
    folder = target.with_name(target.name + SUFFIX)
    make_folder(folder.parent)
    _claim(folder)
    try:
        with _held(folder):
            _clear(folder)
            try:
                yield folder / _WHOLE, folder / _SCRATCH
                publish(folder / _WHOLE, target)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise package_error(error, target, "write the output") from error


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a new file for writing and reading; at the end of the block it is on the disk. Raises OSError."""
    with path.open("xb+") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _claim(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
        others = {entry.name for entry in folder.iterdir()} - {_LOCK, _WHOLE, _SCRATCH}
    except OSError as error:
        raise package_error(error, folder, "make the folder") from error
    if others:
        raise OutputExistsError(
            "a folder that is not of a conversion has the name that the conversion needs",
            place=str(folder),
            advice="move it away, or choose another output",
        )


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a lock that the operating system takes back when this process ends, however it ends (flock(2))."""
    with (folder / _LOCK).open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A file system that knows no locks leaves it to people not to convert twice.
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise UsageError(
                    "another process makes this output", place=str(folder), advice="wait until it has ended"
                ) from None
        yield


def _clear(folder: Path) -> None:
    for name in (_WHOLE, _SCRATCH):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
