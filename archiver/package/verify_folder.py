"""Verifying a folder of files: each WARC, ARC and TEI file by itself, each package in it as a package."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver.errors import ArchiverError, UnreadableError
from archiver.model.outcome import Finding
from archiver.package.fixity import walk
from archiver.package.kinds import is_package, kind_of
from archiver.package.scope import files_of_no_kind
from archiver.package.spread import lost
from archiver.package.told import finding_of, inside, shown
from archiver.package.verify import Manner
from archiver.package.verify_range import CheckTei
from archiver.warc.check import check_warc
from archiver.warc.record_table import RecordTable
from archiver.warc.resolve import check_links

CheckPackage = Callable[[Path, Manner], Iterable[Finding]]
"""Called with a package in a folder or a file; yields what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _File:
    """One WARC, ARC or TEI file of a folder."""

    path: Path
    name: str
    """Relative to the folder."""
    kind: str
    size: int

    def lost(self) -> _Checked:
        """What is told if the process that checked it was ended."""
        return _Checked((lost(self.name),))


@dataclass(frozen=True, slots=True)
class _Checked:
    """What came of it."""

    findings: tuple[Finding, ...]
    table: RecordTable | None = None
    """Of a WARC or ARC file: where its records lead can be told when all files were read."""


@dataclass(frozen=True, slots=True)
class _Package:
    """One package of a folder."""

    path: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class _Contents:
    """What is in the folder, in bytewise order of the paths."""

    files: list[_File] = field(default_factory=list)
    packages: list[_Package] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    unreadable: list[Finding] = field(default_factory=list)


def verify_folder(root: Path, manner: Manner, check_package: CheckPackage) -> Iterator[Finding]:
    """Yield what is wrong with the WARC, ARC and TEI files below ``root``, then with the packages; nothing at all
    if there is none of these. Files are named with their path in the folder. Raises OSError."""
    contents = _look(root)
    yield from contents.unreadable
    files, packages = contents.files, contents.packages
    if not files and not packages and not contents.unreadable:
        message = "the folder is no bag, and no file in it is a package, WARC, ARC or TEI"
        advice = "name the folder that holds bagit.txt, a WACZ, a bag as ZIP or tar, or WARC or TEI files"
        yield Finding("package.not-a-package", message, file=str(root), advice=advice)
        return
    total = sum(file.size for file in files) + sum(package.size for package in packages)
    tables: list[RecordTable] = []
    for checked in _results(files, total, manner):
        yield from checked.findings
        tables += [checked.table] if checked.table is not None else []
    yield from check_links(tables)
    so_far = sum(file.size for file in files)
    for package in packages:
        yield from _package(
            package, replace(manner, progress=_part(manner, so_far, package.size, total)), check_package
        )
        so_far += package.size
    if contents.others:
        yield files_of_no_kind(contents.others)


def _look(root: Path) -> _Contents:
    """Sort what is in a folder by its kind; folders that are packages are not looked into."""
    contents = _Contents()
    folders = [""]
    while folders:
        prefix = folders.pop()
        with os.scandir(root / prefix if prefix else root) as entries:
            found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        for name, is_folder in found:
            inner = f"{prefix}/{name}" if prefix else name
            try:
                if not is_folder:
                    _sort(root / inner, inner, contents)
                elif is_package(root / inner):
                    size = sum(status.st_size for _, status in walk(root / inner))
                    contents.packages.append(_Package(root / inner, shown(inner), size))
                else:
                    folders.append(inner)
            except OSError as error:
                message = f"the file cannot be read: {error.strerror}"
                contents.unreadable.append(Finding("file.unreadable", message, file=shown(inner)))
    contents.files.sort(key=lambda one: os.fsencode(one.path))
    contents.packages.sort(key=lambda one: os.fsencode(one.path))
    contents.unreadable.sort(key=lambda one: one.file)
    contents.others.sort()
    return contents


def _sort(path: Path, inner: str, contents: _Contents) -> None:
    name = shown(inner)
    if not path.is_file():  # a link to a folder or to nothing, a pipe
        contents.others.append(name)
        return
    kind, size = kind_of(path), path.stat().st_size
    if kind in ("warc", "tei"):
        contents.files.append(_File(path, name, kind, size))
    elif is_package(path):
        contents.packages.append(_Package(path, name, size))
    else:
        contents.others.append(name)


@dataclass(frozen=True, slots=True)
class _Check:
    """Checks one file, in whatever process."""

    tei: CheckTei

    def __call__(self, file: _File) -> _Checked:
        try:
            if file.kind == "tei":
                return _Checked(tuple(self.tei(file.path.read_bytes(), file.name)))
            table = RecordTable(file.name)
            return _Checked(tuple(check_warc(file.path, name=file.name, keep=table.add)), table)
        except UnreadableError as error:
            return _Checked((Finding("warc.unreadable", error.message, file=file.name, advice=error.advice),))
        except OSError as error:
            return _Checked((Finding("file.unreadable", f"the file cannot be read: {error.strerror}", file=file.name),))


def _results(files: list[_File], total: int, manner: Manner) -> Iterator[_Checked]:
    so_far = 0

    def done(file: _File) -> None:
        nonlocal so_far
        so_far += file.size
        if manner.progress is not None:
            manner.progress(so_far, total)

    check: Callable[[_File], _Checked] = _Check(manner.checkers.any_tei)
    return manner.spread(check, files, cost=lambda file: file.size, lost=_File.lost, done=done)


def _package(package: _Package, manner: Manner, check: CheckPackage) -> Iterator[Finding]:
    try:
        for finding in check(package.path, manner):
            yield inside(finding, package.name, package.path)
    except (ArchiverError, OSError) as error:
        yield inside(finding_of(error, package.path), package.name, package.path)


def _part(manner: Manner, before: int, size: int, total: int) -> Callable[[int, int], None] | None:
    """Return what tells of the progress of one package as part of the whole."""
    whole = manner.progress
    if whole is None:
        return None
    return lambda done, of: whole(before + (size * done // of if of else size), total)
