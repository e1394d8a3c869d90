"""Checking anybody's WACZ beyond its list of files: pages, WARC files, and that the index leads to records."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from archiver.errors import UnreadableError
from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.fixity import Depth
from archiver.package.listing import parse_object
from archiver.package.wacz_check import check_pages
from archiver.warc.check import check_warc
from archiver.warc.record import ScannedRecord

_INDEXES = "indexes"
_INDEX_NAMES = (".cdx", ".cdxj", ".cdx.gz")
Places = dict[tuple[str, int], int]
"""(name of the WARC file, offset) to length in bytes of each record."""


def check_foreign_wacz(data: Path, depth: Depth) -> Iterator[Finding]:
    """Yield what is wrong with pages, records and indexes of the unpacked WACZ ``data``.

    QUICK looks at pages and at what must be there. Files are named with a leading ``data/``. Raises OSError.
    """
    yield from check_pages(data)
    archives = layout.warc_files(data, layout.ARCHIVE)
    if not archives:
        message = "a WACZ must have a WARC file in archive/"
        yield Finding("wacz.archive-missing", message, file=f"{layout.DATA}/{layout.ARCHIVE}")
    folder = data / _INDEXES
    indexes = sorted(path for path in folder.glob("*") if path.name.endswith(_INDEX_NAMES))
    if not indexes:
        message = "a WACZ must have an index in indexes/"
        yield Finding("wacz.index-missing", message, file=f"{layout.DATA}/{_INDEXES}")
    if depth is Depth.QUICK:
        return
    places: Places = {}
    for path in archives:
        shown = f"{layout.DATA}/{layout.ARCHIVE}/{path.name}"
        try:
            yield from check_warc(path, name=shown, keep=partial(_keep, places, path.name))
        except UnreadableError as error:
            yield Finding("warc.unreadable", error.message, file=shown, advice=error.advice)
    for path in indexes:
        yield from _check_index(path, places)


def _keep(places: Places, name: str, record: ScannedRecord) -> None:
    places[name, record.offset] = record.length


def _check_index(path: Path, places: Places) -> Iterator[Finding]:
    name = f"{layout.DATA}/{_INDEXES}/{path.name}"
    before = b""
    try:
        with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line < before:
                    message = "the line is not in bytewise order"
                    yield Finding("cdxj.unsorted", message, file=name, line=number, advice="sort with LC_ALL=C sort")
                before = line
                if line.strip() and not line.startswith((b"!", b" CDX")):
                    yield from _check_entry(line, number, name, places)
    except (OSError, EOFError, zlib.error) as error:
        yield Finding("cdxj.unreadable", f"the index cannot be read to its end: {error}", file=name)


def _check_entry(line: bytes, number: int, name: str, places: Places) -> Iterator[Finding]:
    try:
        value = parse_object(line.split(b" ", 2)[2])
        file, offset = str(value["filename"]), int(value["offset"])
        length = int(value["length"]) if "length" in value else None
    except (ValueError, KeyError, IndexError, TypeError, OverflowError) as error:
        message = f"the line is not key, timestamp, JSON object with filename and offset: {error}"
        yield Finding("cdxj.syntax", message, file=name, line=number)
        return
    actual = places.get((file.rpartition("/")[2], offset))
    if actual is None:
        message = f"no record begins at offset {offset} of {file}"
        yield Finding("cdxj.no-record", message, file=name, line=number, offset=offset)
    elif length is not None and actual and length != actual:
        message = f"length is {length}, the record has {actual}"
        yield Finding("cdxj.mismatch", message, file=name, line=number, offset=offset, severity=Severity.ERROR)
