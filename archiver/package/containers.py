"""Reading packages that are no bag in a folder: WACZ, ZIP, tar, E-ARK; names are trusted no more than contents."""

from __future__ import annotations

import errno
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO

from archiver.errors import PackageError
from archiver.package import layout
from archiver.package.atomic import package_error
from archiver.package.bag_read import is_unsafe
from archiver.package.eark_names import METS
from archiver.package.fixity import walk

_PIECE = 1 << 20
_HEAD = 512
_TAR_NAMES = (".tar", ".tar.gz", ".tgz")
#: What the standard library raises for files that are cut, changed or made to harm.
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    tarfile.TarError,
    struct.error,
    EOFError,
    ValueError,
    RuntimeError,  # encrypted members; unknown compression is a NotImplementedError, which is one
    OverflowError,
)


class DamagedPackageError(PackageError):
    """A file that holds a package is cut, changed, or made to harm."""

    code = "package.container-damaged"


class ContainerKind(StrEnum):
    """What a package is that is no folder with a bag."""

    WACZ = "wacz"
    ZIP = "zip"
    TAR = "tar"
    EARK = "eark"
    """A folder."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container, to be read before the next is asked for."""

    name: str
    size: int
    stored: bool
    """Neither compressed nor encrypted."""
    _open: Callable[[], IO[bytes]]

    def pieces(self) -> Iterator[bytes]:
        """Yield the content. Raises PackageError where it is damaged."""
        left = self.size
        with readable(self.name), self._open() as file:
            while left > 0 and (piece := file.read(min(_PIECE, left))):
                left -= len(piece)
                yield piece
            # Zip files compare their checksum only when they are asked for more than there is.
            if left or file.read(1):
                raise damaged(self.name, "the file is not as long as it is said to be")


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that no package may have."""

    name: str
    reason: str


def container_kind(path: Path) -> ContainerKind | None:
    """Return what the file at ``path`` is by its first bytes, else by its name; None for everything else.

    A ZIP file is a WACZ if it says so in its name or has datapackage.json at its top, a folder an E-ARK
    package if it has METS.xml at its top and is no bag. Raises OSError.
    """
    name = path.name.lower()
    if not path.is_file():
        return ContainerKind.EARK if is_eark(path) else None
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if name.endswith(".wacz"):
        return ContainerKind.WACZ
    if head.startswith((b"PK\3\4", b"PK\5\6")) or name.endswith(".zip"):
        return ContainerKind.WACZ if _has_datapackage(path) else ContainerKind.ZIP
    if head[257:262] == b"ustar" or name.endswith(_TAR_NAMES):
        return ContainerKind.TAR
    return None


def is_eark(folder: Path) -> bool:
    """Tell whether a folder is laid out as an E-ARK package (CSIPSTR4)."""
    return (folder / METS).is_file() and not (folder / "bagit.txt").is_file()


def _has_datapackage(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return layout.DATAPACKAGE in archive.NameToInfo
    except _FAULTS:
        return False


def members(path: Path, kind: ContainerKind) -> Iterator[Member | Refused]:
    """Yield the files of a container in its order, and those that are refused: links, bad names, second ones.

    Folders are passed over. Raises PackageError where the container itself is damaged or cannot be read.
    """
    seen: set[str] = set()
    for member in _READERS[kind](path):
        reason = "" if isinstance(member, Refused) else _reason_to_refuse(member.name, seen)
        seen.add(member.name)
        yield Refused(member.name, reason) if reason else member


def _reason_to_refuse(name: str, seen: set[str]) -> str:
    if is_unsafe(name) or not layout.is_inside(name.encode("utf-8", "surrogatepass")):
        return "its name leads out of the container"
    if any("\ud800" <= char <= "\udfff" for char in name) and not name.isascii():
        return "its name is not UTF-8"
    return "there are two files of this name" if name in seen else ""


def _zip_members(path: Path) -> Iterator[Member | Refused]:
    with readable(str(path)), zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            # Upper half of the attributes: mode of the file as on Unix; 0o12 is a symbolic link.
            if info.create_system == 3 and info.external_attr >> 28 == 0o12:
                yield Refused(info.filename, "it is a link")
                continue
            stored = info.compress_type == zipfile.ZIP_STORED
            yield Member(info.filename, info.file_size, stored, partial(archive.open, info))


def _tar_members(path: Path) -> Iterator[Member | Refused]:
    with readable(str(path)), tarfile.open(path, "r:*") as archive:
        while info := archive.next():
            archive.members = []  # type: ignore[attr-defined]  # or all of them are kept
            if info.isdir():
                continue
            name = info.name.removeprefix("./")
            if not info.isreg():
                yield Refused(name, "it is a link or a device")
                continue
            yield Member(name, info.size, stored=True, _open=partial(_extract, archive, info))
        _refuse_leftovers(archive, path)


def _folder_members(path: Path) -> Iterator[Member | Refused]:
    with readable(str(path)):
        for name, status in sorted(walk(path), key=lambda item: os.fsencode(item[0])):
            if stat.S_ISREG(status.st_mode):
                yield Member(name, status.st_size, stored=True, _open=partial(_open_file, path / name))
            else:
                yield Refused(name, "it is a link or a device")


def _open_file(path: Path) -> IO[bytes]:
    return path.open("rb")


_READERS: dict[ContainerKind, Callable[[Path], Iterator[Member | Refused]]] = {
    ContainerKind.WACZ: _zip_members,
    ContainerKind.ZIP: _zip_members,
    ContainerKind.TAR: _tar_members,
    ContainerKind.EARK: _folder_members,
}


def _extract(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(info)
    assert file is not None, "only regular files get here"
    return file


def _refuse_leftovers(archive: tarfile.TarFile, path: Path) -> None:
    """After the last file there are zeros alone; a broken header else looks like the end."""
    source = archive.fileobj
    assert source is not None
    source.seek(archive.offset)
    zeros = 0
    while piece := source.read(_PIECE):
        if piece.count(0) != len(piece):
            raise damaged(str(path), f"at offset {archive.offset} there is no header of a file")
        zeros += len(piece)
    if zeros < 2 * tarfile.BLOCKSIZE:
        raise damaged(str(path), "the end of the container is missing")


@contextmanager
def readable(place: str) -> Iterator[None]:
    """Turn what readers raise into PackageError that names ``place``."""
    try:
        yield
    except _FAULTS as error:
        raise damaged(place, f"the container is damaged: {error}") from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place before the beginning of the file
            raise damaged(place, "the container names places that it does not have") from error
        raise package_error(error, Path(place), "read the file") from error


def damaged(place: str, message: str) -> DamagedPackageError:
    """Return the error for a container that cannot be read to its end."""
    return DamagedPackageError(message, place=place, advice="get the file from another copy")
