"""Verifying a package in one file or in E-ARK form: that form first, then what is in it, as thoroughly as a bag."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from archiver.errors import PackageError
from archiver.model.outcome import Finding, Severity
from archiver.package import eark, layout
from archiver.package.containers import (
    ContainerKind,
    DamagedPackageError,
    Member,
    container_kind,
    is_eark,
    members,
    readable,
)
from archiver.package.eark_names import METS, REPRESENTATION, eark_name
from archiver.package.fixity import Depth
from archiver.package.kinds import is_wacz_folder
from archiver.package.ownership import is_our_data
from archiver.package.told import Hindrances, inside
from archiver.package.unpack import top_folder, turn_into_bag, unpack_checked
from archiver.package.verify_eark import check_eark, check_signature, signature
from archiver.package.verify_wacz import check_foreign_wacz
from archiver.package.wacz_check import check_datapackage
from archiver.package.wacz_write import carried_name, tag_file_of
from archiver.package.zip_write import END_BYTES, SEAL_BYTES, digest_of, end_record, sealed_digest

_PAYLOAD = f"{layout.DATA}/"
_REPRESENTED = f"{REPRESENTATION}/{layout.DATA}"
#: What a quick look reads; of everything else it needs the size.
_LISTS = (".json", ".jsonl", ".txt", METS)
_END = b"PK\5\6"
_END_SIZE = 22
_ANOTHER_COPY = "get the file from another copy"


@dataclass(frozen=True, slots=True)
class _ContainerCheck:
    """How to check."""

    depth: Depth
    scratch: Path
    """An empty folder for what is unpacked: as large as the package."""
    check_package: Callable[[Path], Iterable[Finding]]
    """Called with the folder of the bag; yields what is wrong with it."""


def verify_any(path: Path, *, depth: Depth, check_path: Callable[[Path], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield what is wrong with the package at ``path``, in one file or not.

    ``check_path`` checks a folder or a file that is no container. The content of a container is
    unpacked into a temporary folder, as large as the package; QUICK unpacks lists alone. Files are
    named as they are in a WACZ, and as in the bag else. Raises what ``check_path`` raises, and
    PackageError where there is no room.
    """
    kind = container_kind(path)
    if kind is None:
        yield from check_path(path)
        return
    with TemporaryDirectory(prefix="archiver-", ignore_cleanup_errors=True) as scratch:
        yield from _check(path, kind, _ContainerCheck(depth, Path(scratch), check_path))


def _check(path: Path, kind: ContainerKind, how: _ContainerCheck) -> Iterator[Finding]:
    try:
        if kind in (ContainerKind.WACZ, ContainerKind.ZIP):
            yield from _check_zip(path, kind, how.depth)
        yield from each_once(_check_wacz(path, how) if kind is ContainerKind.WACZ else _check_bag(path, kind, how))
    except DamagedPackageError as error:
        yield Finding(error.code, error.message, file=error.place, advice=error.advice)


def _check_zip(path: Path, kind: ContainerKind, depth: Depth) -> Iterator[Finding]:
    """The outside: nothing after the end, and the seal of those that archiver wrote."""
    size = path.stat().st_size
    with readable(str(path)), zipfile.ZipFile(path) as archive, path.open("rb") as file:
        comment, start, names = archive.comment, archive.start_dir, archive.namelist()
        file.seek(max(0, size - _END_SIZE - 0xFFFF))
        tail = file.read()
        end = tail.rfind(_END)
        if end + _END_SIZE + int.from_bytes(tail[end + 20 : end + 22], "little") != len(tail):
            message = "the ZIP file does not end where its end record says"
            yield Finding("container.end", message, file=path.name, offset=size, advice=_ANOTHER_COPY)
        digest = sealed_digest(comment)
        if digest is None:
            carried = kind is ContainerKind.WACZ and carried_name("bagit.txt") in names
            if carried or len(comment) == SEAL_BYTES:
                message = "the end record does not hold the digest that archiver writes"
                yield Finding("container.seal-missing", message, file=path.name, advice=_ANOTHER_COPY)
            return
        before = size - END_BYTES
        # A directory of 65,535 entries or behind 4 GiB is followed by two records of 76 bytes.
        large = len(names) >= 0xFFFF or before - 76 >= 0xFFFFFFFF
        if tail[-END_BYTES:] != end_record(len(names), before - start - 76 * large, start, digest):
            message = "the end record is not as archiver writes it"
            yield Finding("container.seal-mismatch", message, file=path.name, offset=before, advice=_ANOTHER_COPY)
        if depth is Depth.FULL:
            file.seek(0)
            actual = digest_of(file, before)
            if actual != digest:
                message = f"the file has changed: the end record says sha256 {digest}, it is {actual}"
                yield Finding("container.seal-mismatch", message, file=path.name, advice=_ANOTHER_COPY)


def _check_wacz(path: Path, how: _ContainerCheck) -> Iterator[Finding]:
    folder = how.scratch
    data = folder / layout.DATA
    data.mkdir()
    yield from _stored(path)
    yield from unpack_checked(path, ContainerKind.WACZ, data, skip=partial(is_skipped, how.depth))
    carries = (data / carried_name("bagit.txt")).is_file()
    if not carries and is_wacz_folder(data):
        yield from how.check_package(data)
        return
    yield from check_carried(folder, name=path.name, depth=how.depth, check_package=how.check_package)


def check_carried(
    folder: Path, *, name: str, depth: Depth, check_package: Callable[[Path], Iterable[Finding]]
) -> Iterator[Finding]:
    """Yield what is wrong with the unpacked WACZ in ``data/`` of ``folder``, which becomes the bag that it carries.

    If it carries none it is checked as anybody's. ``name`` is that of the WACZ, ``check_package`` is called with the
    bag. Files are named as in the WACZ. Raises OSError.
    """
    data = folder / layout.DATA
    yield from map(_in_wacz, _told(data, check_datapackage(data, depth=depth)))
    try:
        ours = turn_into_bag(folder)
    except PackageError as error:
        yield Finding("container.bag-damaged", error.message, file=name, advice=error.advice)
        ours = (folder / "bagit.txt").is_file()
    if ours:
        yield from map(_in_wacz, check_package(folder))
    else:
        yield from map(_in_wacz, _told(data, check_foreign_wacz(data, depth)))


def _check_bag(path: Path, kind: ContainerKind, how: _ContainerCheck) -> Iterator[Finding]:
    try:
        top = "" if kind is ContainerKind.EARK else top_folder(path, kind)
    except DamagedPackageError:
        raise
    except PackageError as error:
        yield Finding("container.top-folder", error.message, file=path.name, advice=error.advice)
        return
    folder = how.scratch / "bag"
    folder.mkdir()
    yield from unpack_checked(path, kind, folder, inside_of=top, skip=partial(is_skipped, how.depth))
    if is_eark(folder):
        yield from check_eark(folder, name=top.removesuffix("/") or path.resolve().name, depth=how.depth)
        before = signature(folder)
        if eark.turn_into_bag(folder):
            yield from check_signature(folder, before)
            yield from map(_in_eark, how.check_package(folder))
        elif is_our_data(data := folder / _REPRESENTED):
            yield from (inside(finding, _REPRESENTED, data) for finding in how.check_package(data))
        return
    yield from how.check_package(folder)


def _told(data: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    return Hindrances(data.parent).told(findings)


def _stored(path: Path) -> Iterator[Finding]:
    """WARC files are not compressed once more, so that a player can read one record alone."""
    for member in members(path, ContainerKind.WACZ):
        if isinstance(member, Member) and member.name.endswith((".warc.gz", ".cdx.gz")) and not member.stored:
            message = "the file is compressed once more, so that players cannot read single records"
            advice = "WACZ 1.1.1, zip compression: write it with STORE"
            yield Finding("wacz.not-stored", message, file=member.name, severity=Severity.WARNING, advice=advice)


def is_skipped(depth: Depth, name: str) -> bool:
    """Tell whether of a file of this name the size is enough."""
    return depth is Depth.QUICK and not name.endswith(_LISTS)


def _in_wacz(finding: Finding) -> Finding:
    """Name the file as it is in the WACZ."""
    name = finding.file
    if not name or tag_file_of(name) is not None:
        return finding
    return replace(finding, file=name.removeprefix(_PAYLOAD) if name.startswith(_PAYLOAD) else carried_name(name))


def _in_eark(finding: Finding) -> Finding:
    """Name the file as it is in the E-ARK package."""
    return replace(finding, file=eark_name(finding.file)) if finding.file else finding


def each_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The lists of a WACZ and those of the bag in it find the same: once is enough."""
    seen: set[tuple[str, str, str]] = set()
    for finding in findings:
        key = (finding.code, finding.file, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding
