"""A bag in one file, tar or ZIP (RFC 8493 section 4): one folder at the top, the same bytes for the same bag."""

from __future__ import annotations

import tarfile
import unicodedata
from pathlib import Path
from typing import BinaryIO

from archiver.package.sealed_files import SealedFile, sealed_files
from archiver.package.wacz_write import method_of
from archiver.package.zip_write import ZipWriter

_RECORD = tarfile.RECORDSIZE


def folder_name(target: Path) -> str:
    """Return the name of the folder at the top: that of the file without its extension, composed (Unicode NFC)."""
    return unicodedata.normalize("NFC", target.stem)


def write_zip(bag: Path, top: str, file: BinaryIO) -> None:
    """Write the package at ``bag`` as a ZIP into ``file``, everything below the folder ``top``.

    Raises FixityError for a package that is not whole, PackageError, OSError.
    """
    archive = ZipWriter(file)
    archive.folder(f"{top}/")
    for one in sealed_files(bag):
        archive.add(f"{top}/{one.path}", one.pieces(), one.size, method=method_of(one.path))
    archive.close()


def write_tar(bag: Path, top: str, file: BinaryIO) -> None:
    """Write the package at ``bag`` as a tar into ``file`` (POSIX.1-2001), everything below the folder ``top``.

    Nobody owns the files, and all are of the first second of 1970. Raises as :func:`write_zip`.
    """
    folder = tarfile.TarInfo(top)
    folder.type = tarfile.DIRTYPE
    folder.mode = 0o755
    size = file.write(_header(folder))
    for one in sealed_files(bag):
        size += _write_member(one, top, file)
    # The end: two empty blocks, then as many as make the last record full.
    size += file.write(bytes(2 * tarfile.BLOCKSIZE))
    file.write(bytes(-size % _RECORD))


def _write_member(one: SealedFile, top: str, file: BinaryIO) -> int:
    info = tarfile.TarInfo(f"{top}/{one.path}")
    info.size = one.size
    info.mode = 0o644
    written = file.write(_header(info))
    content = sum(file.write(piece) for piece in one.pieces())
    return written + content + file.write(bytes(-content % tarfile.BLOCKSIZE))


def _header(info: tarfile.TarInfo) -> bytes:
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")
