"""Verifying a WACZ that stands as a folder, anybody's, and the payload of a package of archiver without its bag."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.atomic import package_error
from archiver.package.fixity import Depth
from archiver.package.ownership import is_our_data
from archiver.package.told import Hindrances
from archiver.package.verify import Manner, verify_package, verify_payload
from archiver.package.verify_container import check_carried, each_once, is_skipped
from archiver.package.verify_wacz import check_foreign_wacz
from archiver.package.wacz_check import check_datapackage
from archiver.package.wacz_write import carried_name, tag_file_of

_PAYLOAD = f"{layout.DATA}/"


def verify_unzipped(folder: Path, manner: Manner) -> Iterator[Finding]:
    """Yield what is wrong with the WACZ whose files stand in ``folder``; they are named as in the WACZ.

    If archiver wrote it, all that is in it is checked as in a package, of a copy if it carries its bag. Raises
    OSError, PackageError where there is no room.
    """
    with TemporaryDirectory(prefix="archiver-", ignore_cleanup_errors=True) as scratch:
        # What checks the payload of a bag finds it as data/ of a folder in which nothing else stands.
        root = Path(scratch)
        if (folder / carried_name("bagit.txt")).is_file():
            yield from each_once(_with_bag(folder, root, manner))
            return
        (root / layout.DATA).symlink_to(folder.resolve(), target_is_directory=True)
        for finding in _findings(root, manner):
            yield replace(finding, file=finding.file.removeprefix(_PAYLOAD))


def _with_bag(folder: Path, root: Path, manner: Manner) -> Iterator[Finding]:
    """The bag is laid out anew, of a copy, as it is for a WACZ in one file."""
    try:
        copy = partial(_copy, manner.depth)
        shutil.copytree(folder, root / layout.DATA, symlinks=True, copy_function=copy)
    except OSError as error:
        raise package_error(error, folder, "copy the files into a temporary folder") from error
    check = partial(verify_package, manner=manner)
    yield from check_carried(root, name="", depth=manner.depth, check_package=check)


def _copy(depth: Depth, source: str, target: str) -> str:
    """Copy a file; of what is not read take over the size alone."""
    if not is_skipped(depth, source):
        return shutil.copyfile(source, target)
    with Path(target).open("xb") as file:
        file.truncate(Path(source).stat().st_size)
    return target


def _findings(root: Path, manner: Manner) -> Iterator[Finding]:
    data = root / layout.DATA
    if is_our_data(data):
        yield from _without_bag(data)
        yield from verify_payload(root, manner)
        return
    hindrances = Hindrances(root)
    yield from hindrances.told(check_datapackage(data, depth=manner.depth))
    yield from hindrances.told(check_foreign_wacz(data, manner.depth))


def _without_bag(data: Path) -> Iterator[Finding]:
    left = sorted(
        f"{folder.name}/{path.name}"
        for folder in data.iterdir()
        if folder.is_dir() and folder.name.startswith("bag")
        for path in folder.iterdir()
        if tag_file_of(f"{folder.name}/{path.name}") is not None
    )
    declaration = carried_name("bagit.txt")
    if left and declaration not in left:
        message = f"the package carries {len(left)} file(s) of its bag, first {left[0]!r}, and not this one"
        yield Finding("package.file-missing", message, file=declaration)
        return
    message = "this is the payload of a package without its bag: manifests, PREMIS and Dublin Core are not here"
    yield Finding("package.bag-missing", message, severity=Severity.WARNING)
