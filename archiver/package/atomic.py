"""Durable file operations: whole or not there, and on the disk before anybody is told.

A file is written under a temporary name beside its own, flushed to the disk and renamed; then the
folder that holds the name is flushed as well, since a rename is only durable with its folder
(POSIX ``fsync``, ``rename``). Nothing is deleted here: after a fault the temporary file is left and
is written anew by the next attempt.

What stands in a folder that has not got its name yet need not be waited for file by file: it is laid
down, and the file system is flushed once, before the folder is renamed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archiver.errors import OutputExistsError, PackageError

#: Ends the name of a file that is not whole yet.
PARTIAL_SUFFIX = ".partial"

#: linux/fs.h RENAME_NOREPLACE and fcntl.h AT_FDCWD; macOS sys/stdio.h RENAME_EXCL.
_LINUX_NOREPLACE = 1
_LINUX_AT_FDCWD = -100
_MACOS_EXCL = 4

_ADVICE = {
    errno.ENOSPC: "the disk is full: free some space or choose another output, then run again (export: --resume)",
    errno.EDQUOT: "your disk quota is used up: free some space there, then run again (export: --resume)",
    errno.EACCES: "permission is denied: choose a folder you may write to or change its permissions",
    errno.EPERM: "the operation is not permitted: choose a folder you may write to",
    errno.EROFS: "the file system is read-only: choose another output",
    errno.ENAMETOOLONG: "the name is too long for this file system: choose a shorter output path",
    errno.EMFILE: "too many files are open: raise the limit with `ulimit -n`, then run again (export: --resume)",
    errno.EIO: "the device reports an input/output error: check the disk before you trust it with an archive",
    errno.EXDEV: "both must be on one file system: let the work folder stand beside the output",
    errno.ENOENT: "the folder has gone: check that nothing else moves or deletes it during the run",
}
_READING_ADVICE = {
    errno.EACCES: "permission is denied: change the permissions of the file, or ask somebody who may read it",
    errno.EPERM: "the operation is not permitted: ask somebody who may read the file",
    errno.ENOENT: "a file of the package is missing: run `archiver verify` on it, and use another copy",
}


def package_error(error: OSError, path: Path, doing: str) -> PackageError:
    """Return the :class:`PackageError` that tells which file failed, in what, and what to do."""
    reason = error.strerror or str(error)
    known = {**_ADVICE, **_READING_ADVICE} if doing.startswith("read") else _ADVICE
    advice = known.get(error.errno or 0, "look at the file and its file system, then run again (export: --resume)")
    return PackageError(f"cannot {doing}: {reason}", place=str(path), advice=advice)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Give a binary file to write; at the end of the block it stands whole and durable at ``path``.

    Raises PackageError when the operating system refuses. If the block itself raises, ``path`` is
    untouched and the partial file is left.
    """
    partial = path.with_name(path.name + PARTIAL_SUFFIX)
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)  # noqa: PTH105 - one place names every system call of this module
    except OSError as error:
        raise package_error(error, path, "write the file") from error
    sync_folder(path.parent)


def write_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write ``data`` (bytes, or pieces of bytes in order) durably to ``path``, replacing what is there.

    Raises PackageError when the operating system refuses.
    """
    pieces = (data,) if isinstance(data, bytes) else data
    with new_file(path) as file:
        for piece in pieces:
            file.write(piece)


@contextmanager
def laid_file(path: Path) -> Iterator[BinaryIO]:
    """Give a binary file to write that nobody waits for: part of a whole that is flushed together.

    For what stands in a folder without its final name: :func:`sync_file_system` comes before that name,
    and until then the whole is made anew after a fault. Raises PackageError.
    """
    try:
        with path.open("wb") as file:
            yield file
    except OSError as error:
        raise package_error(error, path, "write the file") from error


def lay_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write ``data`` (bytes, or pieces in order) to ``path`` as :func:`laid_file` does. Raises PackageError."""
    with laid_file(path) as file:
        for piece in (data,) if isinstance(data, bytes) else data:
            file.write(piece)


def lay_folder(folder: Path) -> None:
    """Make ``folder`` and its parents where they are missing, and wait for none. Raises PackageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise package_error(error, folder, "make the folder") from error


def sync_folder(folder: Path) -> None:
    """Flush the names in ``folder`` to the disk. Raises PackageError."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError as error:
        raise package_error(error, folder, "open the folder") from error
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems cannot flush folders and say so with EINVAL; there is no more to do there.
        if error.errno != errno.EINVAL:
            raise package_error(error, folder, "flush the folder") from error
    finally:
        os.close(descriptor)


def sync_file_system(folder: Path) -> None:
    """Flush to the disk whatever was written to the file system of ``folder``: for many files, cheaper than one by one.

    Linux can do it for one file system (syncfs(2), which tells of errors since 5.8); elsewhere all of
    them are flushed (``sync`` of POSIX). Raises PackageError.
    """
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise package_error(error, folder, "open the folder") from error
    try:
        number = _errno_of(library.syncfs(descriptor))
    finally:
        os.close(descriptor)
    if number:
        raise package_error(OSError(number, os.strerror(number)), folder, "flush the file system of the folder")


def make_folder(folder: Path) -> None:
    """Make ``folder`` and its parents where they are missing, durably. Raises PackageError."""
    missing = [folder, *folder.parents]
    missing = [one for one in missing if not one.exists()]
    for one in reversed(missing):
        try:
            one.mkdir(exist_ok=True)
        except OSError as error:
            raise package_error(error, one, "make the folder") from error
        sync_folder(one.parent)


def publish(folder: Path, target: Path) -> None:
    """Seal: give the finished ``folder`` (or file) its final name ``target`` in one step, as the last act.

    Both must be on one file system. Raises OutputExistsError if ``target`` exists in any form (also
    an empty folder or a dangling link, and also if it appears in the same moment); PackageError when
    the operating system refuses. In both cases ``folder`` is untouched.
    """
    if os.path.lexists(target):
        raise _exists(target)
    try:
        _rename_exclusively(folder, target)
    except FileExistsError as error:
        raise _exists(target) from error
    except OSError as error:
        if error.errno == errno.ENOTEMPTY:
            raise _exists(target) from error
        raise package_error(error, target, f"rename {folder.name} to it") from error
    sync_folder(target.parent)
    if folder.parent != target.parent:
        sync_folder(folder.parent)


def _exists(target: Path) -> OutputExistsError:
    return OutputExistsError(
        "the output is already there and was not touched",
        place=str(target),
        advice="choose another output, or move the old one away",
    )


def _rename_exclusively(source: Path, target: Path) -> None:
    """Rename and fail with FileExistsError if ``target`` is there; plain rename(2) replaces an empty folder."""
    rename = _system_exclusive_rename()
    if rename is None:
        _claim_and_rename(source, target)
        return
    number = rename(os.fsencode(source), os.fsencode(target))
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):  # this file system or kernel cannot do it
        _claim_and_rename(source, target)
        return
    if number:
        raise OSError(number, os.strerror(number), str(target))


def _system_exclusive_rename() -> Callable[[bytes, bytes], int] | None:
    """Return a call that renames without replacing and returns an errno (0: done), None where there is none."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        if not hasattr(library, "renamex_np"):
            return None
        return lambda source, target: _errno_of(library.renamex_np(source, target, _MACOS_EXCL))
    if not hasattr(library, "renameat2"):
        return None
    here = _LINUX_AT_FDCWD
    return lambda source, target: _errno_of(library.renameat2(here, source, here, target, _LINUX_NOREPLACE))


def _errno_of(result: int) -> int:
    return ctypes.get_errno() if result else 0


def _claim_and_rename(source: Path, target: Path) -> None:
    """Claim the name with mkdir(2) or link(2), which are exclusive; a rename then goes over our own empty folder."""
    if source.is_file():
        os.link(source, target)
        source.unlink()
        return
    target.mkdir()
    try:
        os.rename(source, target)  # noqa: PTH104
    except OSError as error:
        if error.errno != errno.ENOTEMPTY:
            target.rmdir()
        raise
