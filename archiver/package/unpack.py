"""Unpacking a WACZ, ZIP, tar or E-ARK package into a folder, and a WACZ into the bag that it carries."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from archiver.errors import NotAPackageError, PackageError
from archiver.model.outcome import Finding
from archiver.package import eark, layout
from archiver.package.atomic import package_error
from archiver.package.containers import ContainerKind, DamagedPackageError, Member, Refused, is_eark, members
from archiver.package.wacz_write import digest_statement, tag_file_of, without_carried

Skip = Callable[[str], bool]
"""Tells by its name whether the content of a member is not needed."""


def unpack_bag(path: Path, kind: ContainerKind, folder: Path) -> None:
    """Unpack the package at ``path`` into the new ``folder``, which becomes its bag.

    Contents are compared with the checksums of the container alone. Raises NotAPackageError for a
    WACZ or E-ARK package that carries no bag and for a file that holds no bag, PackageError.
    """
    if kind is ContainerKind.WACZ:
        unpack(path, kind, folder / layout.DATA)
        if not turn_into_bag(folder):
            advice = "only a WACZ that archiver wrote carries its bag; `archiver verify` checks any WACZ"
            raise NotAPackageError("there is no bag in this WACZ", place=str(path), advice=advice)
        return
    unpack(path, kind, folder, inside_of="" if kind is ContainerKind.EARK else top_folder(path, kind))
    if is_eark(folder) and not eark.turn_into_bag(folder):
        advice = "only an E-ARK package that archiver wrote carries its bag; `archiver verify` checks any"
        raise NotAPackageError("there is no bag in this E-ARK package", place=str(path), advice=advice)
    if not (folder / "bagit.txt").is_file():
        raise NotAPackageError("it holds no bagit.txt", place=str(path), advice="this is no bag in one file")


def unpack(path: Path, kind: ContainerKind, folder: Path, *, inside_of: str = "") -> None:
    """Write every file of the container below ``folder``, without the leading ``inside_of``.

    Raises PackageError: a member that no package may have, damage, whatever the operating system refuses.
    """
    for finding in unpack_checked(path, kind, folder, inside_of=inside_of):
        advice = "run `archiver verify` on the file; do not unpack it with programs that trust names"
        raise PackageError(f"{finding.file}: {finding.message}", place=str(path), advice=advice)


def unpack_checked(
    path: Path, kind: ContainerKind, folder: Path, *, inside_of: str = "", skip: Skip = lambda _: False
) -> Iterator[Finding]:
    """Do the same and yield what is wrong with members, which are then left out or cut.

    Of members to ``skip`` the size alone is taken over: the file is as long and holds zeros. Raises
    PackageError where the container itself cannot be read, or the operating system refuses.
    """
    made: set[Path] = set()
    for member in members(path, kind):
        if isinstance(member, Refused) or not member.name.startswith(inside_of):
            reason = member.reason if isinstance(member, Refused) else f"it stands outside of {inside_of}"
            yield Finding("container.member-refused", reason, file=member.name, advice="ask the maker of this file")
            continue
        target = folder / member.name.removeprefix(inside_of)
        try:
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            with target.open("xb") as file:
                if skip(member.name):
                    file.truncate(member.size)
                else:
                    yield from _unpacked(member, file)
        except OSError as error:
            raise package_error(error, target, "unpack the file") from error


def _unpacked(member: Member, file: BinaryIO) -> Iterator[Finding]:
    try:
        file.writelines(member.pieces())
    except DamagedPackageError as error:
        yield Finding("container.damaged", error.message, file=member.name, advice=error.advice)


def top_folder(path: Path, kind: ContainerKind) -> str:
    """Return the one folder, with its slash, in which all of a serialised bag stands (RFC 8493 section 4).

    Raises NotAPackageError if there is more than one, or a file beside it.
    """
    tops = {one.name.partition("/")[:2] for one in members(path, kind) if isinstance(one, Member)}
    if len(tops) != 1 or not next(iter(tops))[1]:
        raise NotAPackageError(
            "a bag in one file has exactly one folder at its top",
            place=str(path),
            advice="RFC 8493 section 4; unpack it by hand and look",
        )
    return "".join(next(iter(tops)))


def turn_into_bag(folder: Path) -> bool:
    """Make ``folder``, whose ``data/`` holds an unpacked WACZ, the bag that it carries; tell whether it carries one.

    Raises PackageError.
    """
    data = folder / layout.DATA
    carried = dict(_carried(data))
    if "bagit.txt" not in carried.values():
        return False
    try:
        for name, tag_file in carried.items():
            (folder / tag_file).parent.mkdir(parents=True, exist_ok=True)
            os.replace(data / name, folder / tag_file)  # noqa: PTH105
        for name in {name.partition("/")[0] for name in carried}:
            shutil.rmtree(data / name)
        described = data / layout.DATAPACKAGE
        before = without_carried(described.read_bytes())
        described.write_bytes(before)
        (data / layout.DATAPACKAGE_DIGEST).write_bytes(digest_statement(before))
    except OSError as error:
        raise package_error(error, folder, "lay out the bag") from error
    except ValueError as error:
        advice = "run `archiver verify` on the WACZ"
        raise PackageError(f"datapackage.json is damaged: {error}", place=str(folder), advice=advice) from error
    return True


def _carried(data: Path) -> Iterator[tuple[str, str]]:
    for folder in sorted(data.iterdir()):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            tag_file = tag_file_of(f"{folder.name}/{path.name}")
            if tag_file is not None and layout.is_inside(tag_file.encode("utf-8")) and not tag_file.startswith("data/"):
                yield f"{folder.name}/{path.name}", tag_file
