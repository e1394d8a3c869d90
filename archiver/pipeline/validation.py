"""Files of descriptions and TEI documents, checked one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path

from archiver.describe.validate import article_validator, check_file
from archiver.errors import InputNotFoundError
from archiver.model.outcome import Finding
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
    with the bytes read of JSON Lines and those of the file.
    """
    file = Path(path)
    if file.suffix.lower() in (".xml", ".tei"):
        yield from validate_tei(read_input(file), file=str(file))
        return
    advance = _Meter(file.stat().st_size, progress).advance if progress and file.is_file() else None
    validator = article_validator(schema)
    yield from validator.warnings
    yield from check_file(file, validator, advance=advance)


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
