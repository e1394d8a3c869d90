"""What a run takes in: files, those of them that a package does not hold yet, or what a package holds as rejects."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from archiver.errors import PackageError, UsageError
from archiver.model.outcome import Purpose
from archiver.package.atomic import package_error
from archiver.pipeline.base import Base, Drawn, open_base, what_is_new, what_was_rejected
from archiver.pipeline.inputs import FoundInputs, find_inputs
from archiver.pipeline.run_folder import RunFolder
from archiver.readers.input_list import InputList

_TEMPORARY = "set the environment variable TMPDIR to a folder that can be written to"


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks to be exported, besides the recipe."""

    target: Path
    """The output."""
    inputs: Sequence[str] = ()
    """Files, folders, patterns; ``-`` for ``stdin``."""
    stdin: bytes | None = None
    base: Path | None = None
    """A package: only what it does not hold is packaged."""
    retry: Path | None = None
    """A package: what it holds as rejects is packaged; there are no inputs then."""
    resume: bool = False
    add: bool = False
    """What was added to the inputs of an unfinished run is taken in."""
    log: Path | None = None
    """Where the log of the run shall stay."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Opened and not yet compared."""

    files: InputList
    """All that was named."""
    base: Base | None
    own_work: Sequence[tuple[str, str]] = ()
    """What archiver itself made among them, and its folder: its files are kept, and not read for articles."""

    @property
    def deciding(self) -> Mapping[str, str]:
        """What decides the package besides recipe and files."""
        return {} if self.base is None else {"base": f"{self.base.purpose} {self.base.sha256}"}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.files.count and (self.base is None or self.base.purpose is Purpose.INCREMENT)

    def draw(self, folder: RunFolder) -> Drawn | None:
        """Return what the base leaves to do, with files in ``folder``; None without a base. Raises PackageError."""
        if self.base is None:
            return None
        if self.base.purpose is Purpose.RETRY:
            return what_was_rejected(self.base, folder.originals)
        return what_is_new(self.files, self.base, folder.unchanged)


@contextmanager
def intake_of(order: Order, left_out: Sequence[str]) -> Iterator[Intake]:
    """Find what ``order`` names, and open its base until the end of the block.

    ``left_out`` lists files and folders that are no input. Raises UsageError (and its kinds),
    BaseNotIntactError, PackageError.
    """
    _refuse_mixtures(order)
    found = _found(order, left_out)
    files = found.files
    if order.retry is not None:
        with open_base(order.retry, Purpose.RETRY) as base:
            yield Intake(files, base, found.own_work)
    elif order.base is not None:
        with open_base(order.base, Purpose.INCREMENT) as base:
            yield Intake(files, base, found.own_work)
    else:
        yield Intake(files, None, found.own_work)


def _found(order: Order, left_out: Sequence[str]) -> FoundInputs:
    packages = [str(path) for path in (order.base, order.retry) if path is not None]
    try:
        return find_inputs(order.inputs, stdin=order.stdin, leave_out=[*left_out, *packages])
    except OSError as error:
        if error.filename is None and error.errno == errno.ENOENT:
            # What the module tempfile says.
            raise PackageError(f"there is no place for temporary files: {error.strerror}", advice=_TEMPORARY) from error
        place = Path(os.fsdecode(error.filename or gettempdir()))
        raise package_error(error, place, "list the inputs") from error


def _refuse_mixtures(order: Order) -> None:
    if order.retry is not None and (order.inputs or order.base is not None or order.add):
        raise UsageError(
            "what was rejected is taken from its package alone",
            place=str(order.retry),
            advice="give neither inputs nor a base nor --add with it",
        )
    if order.retry is None and not order.inputs:
        raise UsageError("no input is named", advice="name files or folders, or a package with --retry-rejects")
    if order.add and not order.resume:
        raise UsageError(
            "only an unfinished run can take more in", advice="say --resume as well, or --base for a sealed package"
        )
