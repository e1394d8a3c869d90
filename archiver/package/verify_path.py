"""What is at a path, and its verification: a bag, a WARC, ARC or TEI file, or a folder of such files."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import InputNotFoundError, UnreadableError
from archiver.model.outcome import Finding, Severity
from archiver.package.fixity import walk
from archiver.package.spread import lost
from archiver.package.verify import Manner, verify_package
from archiver.package.verify_range import CheckTei
from archiver.warc.check import check_warc

_BAG = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt", "manifest-md5.txt")
_WARC = (".warc", ".warc.gz", ".arc", ".arc.gz")
_ADVICE = "name the folder that holds bagit.txt, a WACZ, a bag as ZIP or tar, or WARC or TEI files"


def verify_path(path: Path, manner: Manner) -> Iterator[Finding]:
    """Yield what is wrong with the package, bag, WARC, ARC or TEI file at ``path``, or the files in that folder.

    What is none of these gives the finding ``package.not-a-package``. Raises InputNotFoundError if
    there is nothing at ``path``, PackageError, UnreadableError or OSError where it cannot be read.
    """
    if not path.exists():
        raise InputNotFoundError("there is no such file or folder", place=str(path), advice="check the path")
    kind = kind_of(path)
    if kind == "bag":
        yield from verify_package(path, manner)
    elif kind == "folder":
        yield from _verify_folder(path, manner)
    elif kind == "warc":
        yield from check_warc(path, name=path.name)
    elif kind == "tei":
        yield from manner.checkers.tei(path.read_bytes(), path.name)
    else:
        message = "this is no package, no bag, and no WACZ, WARC or TEI file"
        yield Finding("package.not-a-package", message, file=str(path), advice=_ADVICE)


def kind_of(path: Path) -> str | None:
    """Return ``bag``, ``folder``, ``warc`` (also ARC) or ``tei``, None for everything else. Raises OSError.

    A folder is a bag if anything in it says so, so that a bag that lost its declaration is told.
    """
    if path.is_dir():
        return "bag" if any((path / name).is_file() for name in _BAG) else "folder"
    with path.open("rb") as file:
        head = file.read(4096)
    name = path.name.lower()
    if _beginning(head).startswith((b"WARC/", b"filedesc:")) or name.endswith(_WARC):
        return "warc"
    if name.endswith((".xml", ".tei")) or b"http://www.tei-c.org/ns/1.0" in head:
        return "tei"
    return None


def _beginning(head: bytes) -> bytes:
    """Return the first bytes of a file, of its content where it is compressed."""
    if not head.startswith(b"\x1f\x8b"):
        return head[:16]
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 16)
    except zlib.error:
        return b""


@dataclass(frozen=True, slots=True)
class _File:
    """One WARC, ARC or TEI file of a folder."""

    path: Path
    name: str
    """Relative to the folder."""
    kind: str
    size: int

    def lost(self) -> tuple[Finding, ...]:
        """What is told if the process that checked it was ended."""
        return (lost(self.name),)


@dataclass(frozen=True, slots=True)
class _Check:
    """Checks one file, in whatever process."""

    tei: CheckTei

    def __call__(self, file: _File) -> tuple[Finding, ...]:
        try:
            if file.kind == "tei":
                return tuple(self.tei(file.path.read_bytes(), file.name))
            return tuple(check_warc(file.path, name=file.name))
        except UnreadableError as error:
            return (Finding("warc.unreadable", error.message, file=file.name, advice=error.advice),)
        except OSError as error:
            return (Finding("file.unreadable", f"the file cannot be read: {error.strerror}", file=file.name),)


def _verify_folder(root: Path, manner: Manner) -> Iterator[Finding]:
    """Check each WARC, ARC and TEI file below ``root``, in bytewise order of the paths."""
    files: list[_File] = []
    others: list[str] = []
    unreadable: list[Finding] = []
    for name, path, size in _files(root):
        try:
            kind = kind_of(path)
        except OSError as error:
            unreadable.append(Finding("file.unreadable", f"the file cannot be read: {error.strerror}", file=name))
            continue
        if kind in ("warc", "tei"):
            files.append(_File(path, name, kind, size))
        else:
            others.append(name)
    yield from unreadable
    if not files and not unreadable:
        message = "the folder is no bag, and no file in it is WARC, ARC or TEI"
        yield Finding("package.not-a-package", message, file=str(root), advice=_ADVICE)
        return
    for findings in _results(files, manner):
        yield from findings
    if others:
        message = f"{len(others)} file(s) are neither WARC, ARC nor TEI and were not looked at, first {others[0]!r}"
        yield Finding("folder.not-checked", message, file=others[0], severity=Severity.NOTE)


def _results(files: list[_File], manner: Manner) -> Iterator[Iterable[Finding]]:
    total, so_far = sum(file.size for file in files), 0

    def done(file: _File) -> None:
        nonlocal so_far
        so_far += file.size
        if manner.progress is not None:
            manner.progress(so_far, total)

    check: Callable[[_File], tuple[Finding, ...]] = _Check(manner.checkers.tei)
    return manner.spread(check, files, cost=lambda file: file.size, lost=_File.lost, done=done)


def _files(root: Path) -> list[tuple[str, Path, int]]:
    found = sorted((os.fsencode(path), status.st_size) for path, status in walk(root))
    shown = [(raw.decode("utf-8", "backslashreplace"), root / os.fsdecode(raw), size) for raw, size in found]
    return [(name, path, size) for name, path, size in shown if path.is_file()]
