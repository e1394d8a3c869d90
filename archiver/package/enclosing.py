"""What is sealed takes nothing more in: outputs that would stand within a package are refused."""

from __future__ import annotations

import os
from pathlib import Path

from archiver.errors import OutputExistsError, UsageError
from archiver.package.eark_names import METS


def require_new_file(file: Path) -> None:
    """Raise OutputExistsError if ``file`` is there, UsageError if it cannot be made where it is named, or must not."""
    if str(file) == "-":
        raise UsageError("standard output is not written to here", place="-", advice="name a file to be made")
    if os.path.lexists(file):
        raise OutputExistsError(
            "the file is already there and was not touched", place=str(file), advice="choose another name"
        )
    if not os.path.isdir(file.parent):  # noqa: PTH112 - never raises
        raise UsageError(
            "there is no such folder to write the file to",
            place=str(file.parent),
            advice="make it first, or check the path",
        )
    refuse_inside_package(file.parent)


def refuse_inside_package(folder: Path) -> None:
    """Raise UsageError if ``folder`` is a package or lies within one: a file put there would damage it."""
    place = Path(os.path.realpath(folder))
    for one in (place, *place.parents):
        if _is_package(one):
            raise UsageError(
                "it lies within a package, which would be damaged; nothing was touched",
                place=str(folder),
                advice=f"choose a place outside {one}",
            )


def _is_package(folder: Path) -> bool:
    """Tell whether a folder is a bag (RFC 8493), or laid out as an E-ARK package; any METS file is not enough."""
    if os.path.isfile(folder / "bagit.txt"):  # noqa: PTH113 - never raises
        return True
    return os.path.isfile(folder / METS) and os.path.isdir(folder / "representations")  # noqa: PTH112, PTH113
