"""Packages, and runs that are on the way to one: looked into, converted, and what they hold given back."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from archiver.package.convert import convert
from archiver.package.open import Package, is_package
from archiver.package.open import open_package as open_path
from archiver.package.restore import RestoreReport
from archiver.package.restore import restore as restore_from
from archiver.pipeline.crosswalks import crosswalk
from archiver.pipeline.run_status import is_run, run_status

__all__ = ["convert", "crosswalk", "is_package", "is_run", "open_package", "restore", "run_status"]


def open_package(path: str | PathLike[str]) -> Package:
    """Open a package for reading; a context manager. Raises NotAPackageError."""
    return open_path(Path(path))


def restore(package: str | PathLike[str], ids: Sequence[str], folder: str | PathLike[str]) -> RestoreReport:
    """Write the original inputs (of these articles or rejects; of all, without ids) into ``folder``.

    Raises what :func:`archiver.package.restore.restore` raises.
    """
    with open_package(package) as opened:
        return restore_from(opened, ids, Path(folder))
