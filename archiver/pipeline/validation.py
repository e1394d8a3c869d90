"""Files of descriptions and TEI documents, checked one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path

from archiver.describe.validate import UNREADABLE_ADVICE, article_validator, check_file
from archiver.errors import InputNotFoundError, UsageError
from archiver.model.outcome import Finding
from archiver.package.reach import require_readable
from archiver.tei.validate import validate_tei

#: A terminal is not written to more often than after so many bytes.
_STEP = 1024 * 1024

Progress = Callable[[int, int], None]
"""Called with the number of bytes that were read and the number of all."""


def validate(
    path: str | PathLike[str], *, schema: Path | None = None, progress: Progress | None = None
) -> Iterator[Finding]:
    """Yield every problem of a file of descriptions (.json, .jsonl) or of a TEI document (.xml).

    What ``schema`` itself should be looked at for comes first, as warnings. ``progress`` is called now and then
    with the bytes read of JSON Lines and those of the file. Raises InputNotFoundError, UsageError for a folder,
    SchemaFileError.
    """
    file = Path(path)
    require_file(file)
    if file.suffix.lower() in (".xml", ".tei"):
        yield from _validate_tei_file(file)
        return
    advance = _Meter(file.stat().st_size, progress).advance if progress and file.is_file() else None
    validator = article_validator(schema)
    yield from validator.warnings
    yield from check_file(file, validator, advance=advance)


def require_file(file: Path) -> None:
    """Raise InputNotFoundError where there is nothing that may be read, UsageError where there is a folder."""
    if str(file) == "-" and not os.path.lexists(file):
        raise UsageError("standard input is not read here", place="-", advice="name a file: its name tells its form")
    require_readable(file)
    if file.is_dir():
        raise UsageError(
            "it is a folder, and files are validated one by one",
            place=str(file),
            advice="name the files in it; `archiver verify` checks packages and folders of TEI files",
        )


def _validate_tei_file(file: Path) -> Iterator[Finding]:
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or "input/output error"
        yield Finding(
            "file.unreadable", f"The file cannot be read: {reason}.", file=str(file), advice=UNREADABLE_ADVICE
        )
        return
    yield from validate_tei(data, file=str(file))


def read_input(file: Path) -> bytes:
    """Return the bytes of a file that was named; raises InputNotFoundError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputNotFoundError(
            f"cannot be read: {error.strerror}", place=str(file), advice="check the path"
        ) from error


class _Meter:
    """Adds up the bytes of a file and tells of them at each mebibyte."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total = total
        self._progress = progress
        self._done = self._told = 0

    def advance(self, size: int) -> None:
        """Say that ``size`` more bytes were read."""
        self._done = min(self._done + size, self._total)
        if self._done - self._told >= _STEP or self._done == self._total:
            self._told = self._done
            self._progress(self._done, self._total)
