"""File operations of a run, counted over all its processes; at one of them something goes wrong."""

from __future__ import annotations

import builtins
import errno
import io
import mmap
import os
import shutil
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from archiver.package import atomic

#: What can be made to fail; all of them change what is on the disk, or make sure that it is there.
_CALLS = ("fsync", "replace", "rename", "link", "mkdir", "unlink", "rmdir")

_PROGRAM = Path(atomic.__file__).parents[1]
_LINES_OF_A_SITE = 3

Fault = Callable[[str], None]
"""Is called with the name of the operation before it is done; raises, or ends the process."""


class ShortWriteError(OSError):
    """Half of the bytes were written before the disk was full."""

    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kill_process(_: str) -> None:
    """End the process that does the operation, as nothing can prevent."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_run(_: str) -> None:
    """End the run with all its workers at once; it has to be a process group of its own."""
    os.killpg(0, signal.SIGKILL)


def failing(number: int) -> Fault:
    """Return a fault that makes an operation fail with ``errno`` ``number``."""

    def fail(_: str) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def short_write(operation: str) -> None:
    """Let half of a write through, and nothing of another operation."""
    raise ShortWriteError if operation == "write" else OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Operations:
    """Counts what is done below ``root``; to be installed in a process before it copies itself for its workers.

    The count is shared by all copies. Two processes that count at the same moment can lose a step, so
    that a fault may come one operation later than in another run, or not at all. ``log`` gets a line for
    each operation: its number and the site in the code that it was called from.
    """

    def __init__(self, root: Path, *, at: int = -1, fault: Fault | None = None, log: Path | None = None) -> None:
        self._root = os.fsencode(root)
        self._at = at
        self._fault = fault
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if log else None
        self._shared = mmap.mmap(-1, 8)

    @property
    def count(self) -> int:
        """Operations so far, in all processes."""
        return int(struct.unpack("q", self._shared[:8])[0])

    def take(self, operation: str) -> None:
        """Count one operation; the one that is due goes wrong."""
        number = self.count
        self._shared[:8] = struct.pack("q", number + 1)
        if self._log is not None:
            os.write(self._log, f"{number}\t{operation} {_site()}\n".encode())
        if number == self._at and self._fault is not None:
            self._fault(operation)

    def is_watched(self, file: object) -> bool:
        """Tell whether an operation on ``file`` (a path or a descriptor) counts."""
        if isinstance(file, int):
            return True
        return os.fsencode(os.path.abspath(os.fspath(file))).startswith(self._root)  # type: ignore[call-overload]  # noqa: PTH100

    def install(self) -> None:
        """Count from now on, in this process and in all that are copied from it."""
        opened = io.open

        def watched_open(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            if isinstance(file, int) or not set(mode) & set("wxa+") or not self.is_watched(file):
                return opened(file, mode, *arguments, **named)
            self.take("open")
            return _WatchedFile(opened(file, mode, *arguments, **named), self)

        mock.patch.object(io, "open", watched_open).start()
        mock.patch.object(builtins, "open", watched_open).start()
        # The kernel copies files without a write that could be counted.
        mock.patch.object(shutil, "_USE_CP_SENDFILE", False).start()
        for name in _CALLS:
            mock.patch.object(os, name, self._watched(name, getattr(os, name))).start()
        renamed = atomic._system_exclusive_rename()
        if renamed is not None:
            publish = self._watched("rename", renamed)
            mock.patch.object(atomic, "_system_exclusive_rename", return_value=publish).start()

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(first: Any, *arguments: Any, **named: Any) -> Any:
            if self.is_watched(first):
                self.take(name)
            return call(first, *arguments, **named)

        return watched


def _site() -> str:
    """Name the innermost lines of archiver that led here."""
    found = []
    frame = sys._getframe(2)
    while frame is not None and len(found) < _LINES_OF_A_SITE:
        path = Path(frame.f_code.co_filename)
        if _PROGRAM in path.parents:
            found.append(f"{path.relative_to(_PROGRAM)}:{frame.f_lineno}")
        frame = frame.f_back  # type: ignore[assignment]
    return " < ".join(found)


class _WatchedFile:
    """A file that is written to; all but writes and flushes goes to the file itself."""

    def __init__(self, file: Any, operations: Operations) -> None:
        self._file = file
        self._operations = operations

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _WatchedFile:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __iter__(self) -> Any:
        return iter(self._file)

    def write(self, data: Any) -> int:
        try:
            self._operations.take("write")
        except ShortWriteError:
            self._file.write(data[: len(data) // 2])
            self._file.flush()
            raise
        return int(self._file.write(data))

    def flush(self) -> None:
        self._operations.take("flush")
        self._file.flush()
