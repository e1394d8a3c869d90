"""Reading the WARC files of a package in parts, by several processes, with the outcome of reading each in one go.

A part is cut anywhere. Who reads it begins at the first gzip member behind the cut and ends at the first
member behind the next cut where nothing of what was read bears on what follows. Where the part before
did not end where a part begins, the file is damaged, or the part began at something that only looked like
a member: the outcome of the part does not count, and its stretch is read once more from the right place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from archiver.package import layout
from archiver.package.spread import lost
from archiver.package.verify_warc import Scanned, scan_warc
from archiver.warc.member import find_member
from archiver.warc.part import Part, id_key

#: About so many bytes are a part; a file of less than two is read in one go.
_PART = 16 * 1024 * 1024
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class ScannedPart:
    """What came of one task."""

    scanned: Scanned
    begin: int | None
    """Offset of the member that it began with, None where no member begins in the part."""
    end: int | None
    """Offset of the member that it ended before, None for the end of the file."""
    is_lost: bool = False
    """The process that read it was ended."""


@dataclass(frozen=True, slots=True)
class ScanWarc:
    """A WARC file to be read, or a part of it."""

    file: str
    """Relative to ``data/``."""
    size: int
    """Bytes of the part."""
    start: int = 0
    """Where the part is cut off what stands before."""
    end: int | None = None
    """Where it is cut off what follows, None for the end of the file."""

    def run(self, root: Path) -> ScannedPart:
        """Read the part; ``root`` is the folder of the package."""
        begin = self.start and _first_member(root / layout.DATA / self.file, self.start, self.end)
        if begin is None:
            return ScannedPart(Scanned(self.file, ()), None, None)
        end = self.end
        stop = None if end is None else lambda offset: offset >= end
        scanned, ended = scan_warc(root, self.file, Part(begin, stop))
        return ScannedPart(scanned, begin, ended)

    def lost(self) -> ScannedPart:
        """Return what is told if the process that read it was ended."""
        return ScannedPart(Scanned(self.file, (lost(f"{layout.DATA}/{self.file}"),)), None, None, is_lost=True)


def scan_tasks(data: Path) -> list[ScanWarc]:
    """Return the WARC files of a package in order, large ones in parts: ``archive/``, then ``derived/``."""
    folders = (layout.ARCHIVE, layout.DERIVED)
    files = [(f"{folder}/{path.name}", path) for folder in folders for path in layout.warc_files(data, folder)]
    return [task for file, path in files if path.is_file() for task in _parts(file, path)]


def whole_files(parts: Iterable[ScannedPart], root: Path) -> Iterator[Scanned]:
    """Yield what each WARC file holds; ``parts`` are what came of :func:`scan_tasks`, in their order."""
    for file, of_file in groupby(parts, key=lambda part: part.scanned.file):
        yield _put_together(root, file, list(of_file))


def _parts(file: str, path: Path) -> Iterator[ScanWarc]:
    size = path.stat().st_size
    count = size // _PART
    if count < 2 or not _is_gzip(path):
        yield ScanWarc(file, size)
        return
    cuts = [size * number // count for number in range(count + 1)]
    for start, end in pairwise(cuts):
        yield ScanWarc(file, end - start, start, end if end < size else None)


def _is_gzip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_GZIP)) == _GZIP
    except OSError:
        # It will be told when the file is read.
        return False


def _first_member(path: Path, start: int, end: int | None) -> int | None:
    try:
        with path.open("rb") as file:
            return find_member(file, start, end)
    except OSError:
        # Who reads up to here will meet it too, and tell.
        return None


def _put_together(root: Path, file: str, parts: list[ScannedPart]) -> Scanned:
    if len(parts) == 1:
        return parts[0].scanned
    gone = next((part for part in parts if part.is_lost), None)
    if gone is not None:
        return gone.scanned
    known = {part.begin: part for part in parts if part.begin is not None}
    chain: list[Scanned] = []
    ids: dict[bytes, int] = {}
    at: int | None = 0
    while at is not None:
        part = known.get(at)
        if part is None or _is_used_before(part.scanned, ids):
            part = _read_again(root, file, at, known, ids)
        chain.append(part.scanned)
        for record in part.scanned.derived:
            ids.setdefault(id_key(record.record_id), record.offset)
        at = part.end
    return Scanned(
        file,
        tuple(finding for one in chain for finding in one.findings),
        tuple(record for one in chain for record in one.held),
        tuple(record for one in chain for record in one.derived),
    )


def _is_used_before(scanned: Scanned, ids: Mapping[bytes, int]) -> bool:
    """Whether a record has the id of one in an earlier part; those of ``archive/`` are compared over all files."""
    return any(record.record_id and id_key(record.record_id) in ids for record in scanned.derived)


def _read_again(
    root: Path, file: str, start: int, known: Mapping[int, ScannedPart], ids: Mapping[bytes, int]
) -> ScannedPart:
    scanned, end = scan_warc(root, file, Part(start, lambda offset: offset in known, ids))
    return ScannedPart(scanned, start, end)
