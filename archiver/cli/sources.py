"""What a command takes for sources: a package is none, since its own files are no articles."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from archiver import api
from archiver.errors import UsageError


def refuse_packages(inputs: Sequence[str], *, advice: str) -> None:
    """Raise UsageError, with ``advice``, where one of ``inputs`` is the folder of a package, also by a pattern.

    A package in one file is let pass: a WACZ is read as one of anybody's, ZIP and tar files are no articles.
    """
    for name in inputs:
        for path in _named(name):
            if _is_package_folder(path):
                raise UsageError("it is a package, whose own files are no articles", place=path, advice=advice)


def _named(name: str) -> Iterable[str]:
    return [name] if os.path.lexists(name) or not glob.has_magic(name) else _matches(name)


def _matches(pattern: str) -> list[str]:
    # As inputs are found; a pattern may be absolute, which those of pathlib may not.
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207


def _is_package_folder(path: str) -> bool:
    try:
        return Path(path).is_dir() and api.is_package(path)
    except OSError:
        # Whoever reads the folder tells what cannot be read in it.
        return False
