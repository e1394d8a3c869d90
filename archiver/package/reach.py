"""A path that somebody named, before anything is read of it: is it there, and may it be looked at."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver.errors import InputNotFoundError

_GONE = (errno.ENOENT, errno.ENOTDIR)
_ADVICE = {
    errno.EACCES: "change the permissions of it and of the folders above it, or ask somebody who may read it",
    errno.ENAMETOOLONG: "check the path: no file can have a name as long as that",
    errno.ELOOP: "a symbolic link leads back to itself: name the file or folder itself",
}


def require_there(path: Path) -> None:
    """Raise InputNotFoundError where nothing is at ``path``, or nobody lets us see what it is."""
    try:
        path.stat()
    except OSError as error:
        raise _out_of_reach(error, path) from error
    except ValueError as error:
        # A path in a call of the library can hold the character NUL.
        raise InputNotFoundError(f"is no path: {error}", place=repr(str(path)), advice="check the path") from error


def require_readable(path: Path) -> None:
    """Raise InputNotFoundError where :func:`require_there` does, and for what may not be read."""
    require_there(path)
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise _out_of_reach(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), path)


@contextmanager
def within_reach(path: Path) -> Iterator[None]:
    """Turn an error of the operating system, met while it is told what is at ``path``, into InputNotFoundError."""
    try:
        yield
    except OSError as error:
        raise _out_of_reach(error, Path(os.fsdecode(error.filename or path))) from error


def _out_of_reach(error: OSError, path: Path) -> InputNotFoundError:
    if error.errno in _GONE:
        return InputNotFoundError("there is no such file or folder", place=str(path), advice="check the path")
    reason = error.strerror or str(error)
    advice = _ADVICE.get(error.errno or 0, "check the path and its file system")
    return InputNotFoundError(f"cannot be looked at: {reason}", place=str(path), advice=advice)
