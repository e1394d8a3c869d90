"""Restoring: the input files byte for byte under their own names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import FixityError, InputNotFoundError, OutputExistsError, PackageError
from archiver.package.atomic import PARTIAL_SUFFIX, make_folder, package_error, sync_folder
from archiver.package.enclosing import refuse_inside_package
from archiver.package.layout import is_inside
from archiver.package.listing import SourceFile
from archiver.package.open import Package
from archiver.package.segments import original_bytes


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored."""

    files: int
    bytes: int
    not_archived: tuple[str, ...]
    """Paths of input files that could not be read when the package was made: there is nothing to restore."""


def restore(package: Package, ids: Sequence[str], folder: Path) -> RestoreReport:
    """Write the input files of ``package`` into ``folder`` under their original names.

    With ``ids`` of articles or rejects only the input files that these come from. Each file is
    compared with its SHA-256 before it gets its name. Raises InputNotFoundError for an id that is
    not in the package, UsageError for a ``folder`` within a package, OutputExistsError for a file that
    is already there, PackageError for a name that leads out of ``folder`` (all before anything is
    written), FixityError if the bytes are not those that were put in.
    """
    refuse_inside_package(folder)
    wanted = _paths_of(package, ids) if ids else None
    make_folder(folder)
    for source in _chosen(package, wanted):
        _check_target(_target(folder, source), folder)
    files = size = 0
    missing: list[str] = []
    for source in _chosen(package, wanted):
        if source.sha256 is None:
            missing.append(source.path)
            continue
        target = _target(folder, source)
        make_folder(target.parent)
        _check_target(target, folder)
        _write(package.data, source, target)
        files += 1
        size += source.size
    return RestoreReport(files, size, tuple(missing))


def _paths_of(package: Package, ids: Collection[str]) -> frozenset[str]:
    """Return the paths, as in sources.jsonl, of the input files that the articles and rejects come from."""
    left = set(ids)
    paths = set()
    for metadata in package.descriptions():
        if metadata.id in left:
            left.discard(metadata.id)
            paths.add(metadata.source.path)
    for reject in package.rejects():
        if reject.id in left:
            left.discard(reject.id)
            paths.add(reject.path)
    if left:
        raise InputNotFoundError(
            f"no article or reject has the id {', '.join(sorted(left))}",
            place=str(package.root),
            advice="`archiver inspect --json` and data/metadata/articles.jsonl have the ids",
        )
    return frozenset(paths)


def _chosen(package: Package, wanted: frozenset[str] | None) -> Iterator[SourceFile]:
    for source in package.sources():
        if wanted is None or source.path in wanted:
            yield source


def _target(folder: Path, source: SourceFile) -> Path:
    try:
        raw = source.raw_path
    except ValueError as error:
        raise PackageError(str(error), place=source.path, advice="run `archiver verify` on the package") from error
    if not is_inside(raw):
        raise PackageError(
            "the name of the file leads out of the output folder",
            place=source.path,
            advice="do not trust this package; take the bytes out of data/archive/ by hand",
        )
    return folder / os.fsdecode(raw)


def _check_target(target: Path, folder: Path) -> None:
    if os.path.lexists(target):
        raise OutputExistsError("the file is already there and was not touched", place=str(target))
    # A link inside the output folder could lead elsewhere.
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise PackageError("a link leads out of the output folder", place=str(target), advice="restore to a new folder")


def _write(data: Path, source: SourceFile, target: Path) -> None:
    """Write under a partial name, compare, then give the file its own name."""
    # Not made from the name itself, which can be as long as a name may be.
    partial = target.with_name(f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}{PARTIAL_SUFFIX}")
    hasher = hashlib.sha256()
    try:
        with partial.open("xb") as file:
            for piece in original_bytes(data, source):
                hasher.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if hasher.hexdigest() != source.sha256:
            raise FixityError(
                f"the archived bytes have sha256 {hasher.hexdigest()}, {source.sha256} were put in",
                place=source.path,
                advice=f"run `archiver verify`, get the file from another copy; what there is stands in {partial.name}",
            )
        if os.path.lexists(target):
            raise OutputExistsError("the file is already there and was not touched", place=str(target))
        partial.rename(target)
    except OSError as error:
        raise package_error(error, target, "write the file") from error
    sync_folder(target.parent)
