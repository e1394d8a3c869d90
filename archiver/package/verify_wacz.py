"""Checking anybody's WACZ beyond its list of files: pages, WARC files, and that the index says what records do."""

from __future__ import annotations

import gzip
import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from archiver.errors import UnreadableError
from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.captures import Captures, Entry
from archiver.package.fixity import Depth
from archiver.package.listing import parse_object
from archiver.package.verify_blocks import check_block_lists
from archiver.package.wacz_check import check_pages
from archiver.warc.check import check_warc
from archiver.warc.record import ScannedRecord
from archiver.warc.record_table import RecordTable, key_of
from archiver.warc.resolve import check_links

_INDEXES = "indexes"
_INDEX_NAMES = (".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz")


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
    captures = Captures()
    yield from _check_archives(archives, captures)
    urls: array[int] = array("Q")
    for path in indexes:
        yield from _check_index(path, captures, urls)
    if not indexes:
        return
    yield from check_block_lists(folder)
    yield from _check_unlisted(captures)
    yield from _check_page_urls(data, array("Q", sorted(urls)))


def _check_archives(archives: tuple[Path, ...], captures: Captures) -> Iterator[Finding]:
    tables: list[RecordTable] = []
    for path in archives:
        table = RecordTable(f"{layout.DATA}/{layout.ARCHIVE}/{path.name}")

        def keep(record: ScannedRecord, table: RecordTable = table, name: str = path.name) -> None:
            table.add(record)
            captures.add(name, record)

        try:
            yield from check_warc(path, name=table.file, keep=keep)
        except UnreadableError as error:
            yield Finding("warc.unreadable", error.message, file=table.file, advice=error.advice)
        tables.append(table)
    yield from check_links(tables)


def _check_index(path: Path, captures: Captures, urls: array[int]) -> Iterator[Finding]:
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
                    yield from _check_entry(line, number, name, captures, urls)
    except (OSError, EOFError, zlib.error) as error:
        yield Finding("cdxj.unreadable", f"the index cannot be read to its end: {error}", file=name)


def _check_entry(line: bytes, number: int, name: str, captures: Captures, urls: array[int]) -> Iterator[Finding]:
    try:
        key, stamp, rest = line.split(b" ", 2)
        value = parse_object(rest)
        file, offset = str(value["filename"]), int(value["offset"])
        if "length" in value:
            int(value["length"])
    except (ValueError, KeyError, IndexError, TypeError, OverflowError) as error:
        message = f"the line is not key, timestamp, JSON object with filename and offset: {error}"
        yield Finding("cdxj.syntax", message, file=name, line=number)
        return
    where = file.rpartition("/")[2]
    entry = Entry(key.decode("utf-8", "replace"), stamp.decode("ascii", "replace"), value, where, offset)
    urls.append(_page_key(entry.url))
    for finding in captures.check(entry):
        yield replace(finding, file=name, line=number, offset=offset)


def _check_unlisted(captures: Captures) -> Iterator[Finding]:
    """Which records an index leaves out is left to the indexer; but one without any leads nowhere."""
    severity = Severity.WARNING if captures.met else Severity.ERROR
    for file, number, offset in captures.unlisted():
        shown = f"{layout.DATA}/{layout.ARCHIVE}/{file}"
        message = f"captures that are not in the index, so that replay does not find them: {number}, the first here"
        yield Finding("cdxj.record-unlisted", message, file=shown, offset=offset, severity=severity)


def _check_page_urls(data: Path, urls: array[int]) -> Iterator[Finding]:
    """``urls`` are the keys of all addresses in the indexes, sorted."""
    path = data / layout.PAGES
    if not path.is_file():
        return
    missing = 0
    line_of_first, first = 0, ""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            url = _page_url(line)
            if not url:
                continue
            key = _page_key(url)
            place = bisect_left(urls, key)
            if place == len(urls) or urls[place] != key:
                missing += 1
                line_of_first, first = (line_of_first, first) if line_of_first else (number, url)
    if missing:
        message = (
            f"pages whose address is in no index, so that they cannot be shown: {missing}, the first {first[:200]!r}"
        )
        name = f"{layout.DATA}/{layout.PAGES}"
        yield Finding("wacz.page-unlisted", message, file=name, line=line_of_first, severity=Severity.WARNING)


def _page_url(line: bytes) -> str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    url = value.get("url") if isinstance(value, dict) else None
    return url if isinstance(url, str) else ""


def _page_key(url: str) -> int:
    """Players look for a page under http and https alike; the fragment is of no account."""
    return key_of(url.partition("#")[0].partition("://")[2].rstrip("/") or url)
