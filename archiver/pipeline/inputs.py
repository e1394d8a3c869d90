"""What a command takes for its input: files as they are found, and nothing that archiver itself made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from archiver.errors import UsageError
from archiver.package import layout
from archiver.package.ownership import is_our_data, is_ours
from archiver.pipeline.run_folder import SUFFIX, RunFolder
from archiver.readers.discover import discover_many
from archiver.readers.input_list import InputList

_LOOK_INTO = "`archiver inspect PACKAGE` and `archiver explain PACKAGE ID` look into it"


def find_inputs(arguments: Sequence[str], *, stdin: bytes | None = None, leave_out: Iterable[str] = ()) -> InputList:
    """Return what :func:`archiver.readers.discover.discover_many` finds.

    Raises what it raises, and UsageError where a folder that is named, or one below it, is a package of
    archiver or an unfinished run: their lists, schemas and texts about themselves would be read as articles,
    and what was removed once as well.
    """
    return discover_many(arguments, stdin=stdin, leave_out=leave_out, entering=_refuse_own_work)


def _refuse_own_work(folder: str, names: Collection[str]) -> None:
    place = Path(folder)
    if ("bagit.txt" in names and is_ours(place)) or (layout.DATAPACKAGE in names and is_our_data(place)):
        raise UsageError(
            "it is a package, whose own files are no articles",
            place=folder,
            advice=f"name the sources alone, or move it out of their folder; {_LOOK_INTO}",
        )
    if place.name.endswith(SUFFIX) and RunFolder(place).plan.name in names:
        raise UsageError(
            "it is an unfinished run, whose own files are no articles",
            place=folder,
            advice="name the sources alone, or move it out of their folder; `archiver inspect` tells how far it is",
        )
