"""Checking the CDXJ index (https://specs.webrecorder.net/cdxj/latest/) against the records it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.holdings import Holdings
from archiver.package.index_read import check_blocks, index_path, read_index
from archiver.package.listing import parse_object
from archiver.package.verify_warc import Indexed
from archiver.warc.digest import Label, parse_label

_LINE = re.compile(rb"([^ ]+) (\d{14}) (\{.*\})")


def check_index(data: Path, holdings: Holdings) -> Iterator[Finding]:
    """Yield what is wrong with the index: form, order, blocks, entries that lead nowhere, records left out.

    Raises PackageError if the file cannot be read.
    """
    path = index_path(data)
    if path is None:
        yield Finding("cdxj.missing", "a WACZ must have an index", file=f"{layout.DATA}/{layout.INDEX}")
        return
    name = f"{layout.DATA}/{path}"
    yield from check_blocks(data)
    before = b""
    listed: set[tuple[str, int]] = set()
    for number, line in read_index(data):
        if line < before:
            message = "the lines are not in bytewise order, so lookups miss"
            yield Finding("cdxj.unsorted", message, file=name, line=number, advice="sort it with LC_ALL=C sort")
        before = line
        entry = _entry(line)
        if isinstance(entry, str):
            yield Finding("cdxj.syntax", entry, file=name, line=number)
            continue
        key, stamp, value, place = entry
        record = holdings.indexed.get(place)
        if record is not None and path == layout.INDEX_BLOCKS and key == value.get("url") != record[0].key:
            # The same entry once more, under the key that some readers look for.
            mismatch = Finding("cdxj.mismatch", "", name, number, place[1], record_id=record[1])
            yield from _compare(record[0].key, stamp, value, record[0], mismatch)
            continue
        if place in listed:
            message = f"the record at offset {place[1]} of {place[0]} is listed twice"
            yield Finding("cdxj.duplicate", message, file=name, line=number)
        listed.add(place)
        if record is None:
            message = f"no record to be listed begins at offset {place[1]} of {place[0]}"
            yield Finding("cdxj.no-record", message, file=name, line=number, offset=place[1])
            continue
        indexed, record_id, length = record
        mismatch = Finding("cdxj.mismatch", "", name, number, place[1], record_id=record_id)
        if str(value.get("length")) != str(length):
            message = f"length is {str(value.get('length'))!r}, the record has {str(length)!r}"
            yield replace(mismatch, message=message)
        yield from _compare(key, stamp, value, indexed, mismatch)
    for (file, offset), (_, record_id, _) in holdings.indexed.items():
        if (file, offset) not in listed:
            yield Finding(
                "cdxj.record-unlisted",
                "the record is not in the index, so replay does not find it",
                file=f"{layout.DATA}/{layout.ARCHIVE}/{file}",
                offset=offset,
                record_id=record_id,
            )


def _entry(line: bytes) -> tuple[str, str, dict[str, Any], tuple[str, int]] | str:
    """Return key, timestamp, JSON object and place that a line names, or what is wrong with it."""
    match = _LINE.fullmatch(line)
    if match is None:
        return "the line is not key, timestamp of 14 digits, JSON object"
    try:
        value = parse_object(match[3])
        place = (str(value["filename"]), int(value["offset"]))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        return f"the JSON object is not as it should be: {error}"
    return match[1].decode("utf-8", "replace"), match[2].decode("ascii"), value, place


def _compare(key: str, stamp: str, value: dict[str, Any], record: Indexed, mismatch: Finding) -> Iterator[Finding]:
    """Yield ``mismatch`` with a message for each member that is not what the record has."""
    pairs = (("key", key, record.key), ("url", value.get("url"), record.url), ("timestamp", stamp, record.timestamp))
    for name, said, is_so in pairs:
        if said != is_so:
            yield replace(mismatch, message=f"{name} is {said!r}, the record has {is_so!r}")
    for name, known in (("mime", record.mime), ("status", record.status)):
        if value.get(name) != known and (known is not None or record.whole):
            yield replace(mismatch, message=f"{name} is {value.get(name)!r}, the record has {known!r}")
    digest = value.get("digest")
    if digest is None:
        message = "the entry has no digest"
        yield Finding("cdxj.no-digest", message, file=mismatch.file, line=mismatch.line, severity=Severity.NOTE)
    elif record.digest and not _same_digest(digest, record.digest):
        yield replace(mismatch, message=f"digest is {digest!r}, the record has {record.digest!r}")


def _same_digest(said: object, right: str) -> bool:
    """Compare digests as numbers: hexadecimal and Base32 of one digest are equal; pywb leaves ``sha1:`` out."""
    if said == right or not isinstance(said, str):
        return said == right
    one, other = parse_label(said if ":" in said else f"sha1:{said}"), parse_label(right)
    return isinstance(one, Label) and isinstance(other, Label) and one.expected == other.expected
