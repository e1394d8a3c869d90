"""What is at a path, and its verification: a bag, an unpacked WACZ, a WARC, ARC or TEI file, or a folder of such."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from archiver.errors import InputNotFoundError
from archiver.model.outcome import Finding
from archiver.package.kinds import kind_of
from archiver.package.verify import Manner, verify_package
from archiver.package.verify_container import verify_any
from archiver.package.verify_folder import verify_folder
from archiver.package.verify_unzipped import verify_unzipped
from archiver.warc.resolve import check_alone

__all__ = ["kind_of", "verify_path"]

_ADVICE = "name the folder that holds bagit.txt, a WACZ, a bag as ZIP or tar, or WARC or TEI files"


def verify_path(path: Path, manner: Manner) -> Iterator[Finding]:
    """Yield what is wrong with the package, bag, WARC, ARC or TEI file at ``path``, or what is in that folder.

    What is none of these gives the finding ``package.not-a-package``. Raises InputNotFoundError if
    there is nothing at ``path``, PackageError, UnreadableError or OSError where it cannot be read.
    """
    if not path.exists():
        raise InputNotFoundError("there is no such file or folder", place=str(path), advice="check the path")
    kind = kind_of(path)
    if kind == "bag":
        yield from verify_package(path, manner)
    elif kind == "wacz":
        yield from verify_unzipped(path, manner)
    elif kind == "folder":
        yield from verify_folder(path, manner, _verify_any)
    elif kind == "warc":
        yield from check_alone(path, name=path.name)
    elif kind == "tei":
        yield from manner.checkers.any_tei(path.read_bytes(), path.name)
    else:
        message = "this is no package, no bag, and no WACZ, WARC or TEI file"
        yield Finding("package.not-a-package", message, file=str(path), advice=_ADVICE)


def _verify_any(path: Path, manner: Manner) -> Iterator[Finding]:
    """Verify a package that stands in a folder, in one file or not."""
    return verify_any(path, depth=manner.depth, check_path=partial(verify_path, manner=manner))
