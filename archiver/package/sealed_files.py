"""The files of a sealed package with what its manifests say of them, each compared while it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import FixityError
from archiver.package import layout
from archiver.package.atomic import package_error
from archiver.package.bag_read import Line, decode_manifest_path, read_manifest
from archiver.package.fixity import regular_files

_PIECE = 1 << 20
_ADVICE = "run `archiver verify` on the package, and get the file from another copy"


@dataclass(frozen=True, slots=True)
class SealedFile:
    """One file of a package."""

    root: Path
    path: str
    """Relative to the folder of the package."""
    size: int
    sha256: str | None
    """As listed; None for the tag manifests, which nothing lists."""

    def pieces(self) -> Iterator[bytes]:
        """Yield the content. Raises FixityError at its end if it is not what the manifest lists, PackageError."""
        hasher = hashlib.sha256()
        try:
            with (self.root / self.path).open("rb", buffering=0) as file:
                while piece := file.read(_PIECE):
                    hasher.update(piece)
                    yield piece
        except OSError as error:
            raise package_error(error, self.root / self.path, "read the file") from error
        if self.sha256 not in (None, hasher.hexdigest()):
            raise FixityError(
                "the file is not what the manifest lists", place=str(self.root / self.path), advice=_ADVICE
            )


def sealed_files(root: Path) -> list[SealedFile]:
    """Return every file of the package at ``root``: tag files first, then ``data/``, each in bytewise order.

    Raises FixityError for files that are listed and missing or there and not listed, PackageError.
    """
    sizes = regular_files(root)
    listed = {**_listed(root, "manifest-sha256.txt"), **_listed(root, "tagmanifest-sha256.txt")}
    for path in listed:
        if path not in sizes:
            raise FixityError("the file is listed and not there", place=str(root / path), advice=_ADVICE)
    files = [SealedFile(root, path, size, listed.get(path)) for path, size in sizes.items()]
    for file in files:
        if file.sha256 is None and not file.path.startswith("tagmanifest-"):
            raise FixityError("the file is in no manifest", place=str(root / file.path), advice=_ADVICE)
    payload = f"{layout.DATA}/"
    return sorted(files, key=lambda file: (file.path.startswith(payload), file.path.encode("utf-8")))


def _listed(root: Path, name: str) -> dict[str, str]:
    try:
        lines = [item for item in read_manifest(root, name, "utf-8") if isinstance(item, Line)]
    except OSError as error:
        raise package_error(error, root / name, "read the manifest") from error
    return {decode_manifest_path(line.path): line.digest for line in lines}
