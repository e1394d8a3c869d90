"""Opening what other people own: a pipe or device that stands where a file was must not make anybody wait."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path


class _Regular(io.FileIO):
    """Says with an error, instead of None, that there is nothing to read yet: some files of proc(5) have no end."""

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        size = super().readinto(buffer)
        if size is None:
            raise BlockingIOError(errno.EAGAIN, "it has no end, and nothing more to read now")
        return size

    def readall(self) -> bytes:
        data = super().readall()
        if data is None:
            raise BlockingIOError(errno.EAGAIN, "it has no end, and nothing to read now")
        return data


def open_regular(path: str | os.PathLike[str]) -> io.BufferedReader:
    """Open a regular file for reading; neither this nor any read waits for somebody else (open(2), O_NONBLOCK).

    What a path names can change after it was looked at, so it is looked at again once it is open. Raises
    OSError, also for what is no regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file (any more)", str(Path(path)))
        return io.BufferedReader(_Regular(descriptor, "rb"))
    except BaseException:
        os.close(descriptor)
        raise
