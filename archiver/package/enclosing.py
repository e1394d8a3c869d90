"""What is sealed takes nothing more in: outputs that would stand within a package are refused."""

from __future__ import annotations

import os
from pathlib import Path

from archiver.errors import UsageError
from archiver.package.eark_names import METS


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
