"""Checking the CDXJ index (https://specs.webrecorder.net/cdxj/latest/) against the records it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.holdings import Archived, Holdings
from archiver.package.listing import parse_object, read_lines
from archiver.warc.digest import Label, parse_label

_LINE = re.compile(rb"([^ ]+) (\d{14}) (\{.*\})")
_NAME = f"{layout.DATA}/{layout.INDEX}"


def check_index(data: Path, holdings: Holdings) -> Iterator[Finding]:
    """Yield what is wrong with ``indexes/index.cdxj``: form, order, entries that lead nowhere, records left out.

    Raises PackageError if the file cannot be read.
    """
    if not (data / layout.INDEX).is_file():
        yield Finding("cdxj.missing", "a WACZ must have an index", file=_NAME)
        return
    before = b""
    listed: set[tuple[str, int]] = set()
    for number, line in read_lines(data / layout.INDEX):
        if line < before:
            message = "the lines are not in bytewise order, so lookups miss"
            yield Finding("cdxj.unsorted", message, file=_NAME, line=number, advice="sort it with LC_ALL=C sort")
        before = line
        entry = _entry(line)
        if isinstance(entry, str):
            yield Finding("cdxj.syntax", entry, file=_NAME, line=number)
            continue
        key, stamp, value, place = entry
        if place in listed:
            message = f"the record at offset {place[1]} of {place[0]} is listed twice"
            yield Finding("cdxj.duplicate", message, file=_NAME, line=number)
        listed.add(place)
        record = holdings.indexed.get(place)
        if record is None:
            message = f"no record to be listed begins at offset {place[1]} of {place[0]}"
            yield Finding("cdxj.no-record", message, file=_NAME, line=number, offset=place[1])
            continue
        yield from _compare(key, stamp, value, record, number)
    for (file, offset), record in holdings.indexed.items():
        if (file, offset) not in listed:
            yield Finding(
                "cdxj.record-unlisted",
                "the record is not in the index, so replay does not find it",
                file=f"{layout.DATA}/{layout.ARCHIVE}/{file}",
                offset=offset,
                record_id=record.record_id,
            )


def _entry(line: bytes) -> tuple[str, str, dict[str, Any], tuple[str, int]] | str:
    """Return key, timestamp, JSON object and place that a line names, or what is wrong with it."""
    match = _LINE.fullmatch(line)
    if match is None:
        return "the line is not key, timestamp of 14 digits, JSON object"
    try:
        value = parse_object(match[3])
        place = (str(value["filename"]), int(value["offset"]))
    except (ValueError, KeyError, TypeError) as error:
        return f"the JSON object is not as it should be: {error}"
    return match[1].decode("utf-8", "replace"), match[2].decode("ascii"), value, place


def _compare(key: str, stamp: str, value: dict[str, Any], record: Archived, number: int) -> Iterator[Finding]:
    pairs = (
        ("length", str(value.get("length")), str(record.length)),
        ("key", key, record.key),
        ("url", value.get("url"), record.url),
        ("timestamp", stamp, record.timestamp),
    )
    for name, said, is_so in pairs:
        if said != is_so:
            message = f"{name} is {said!r}, the record has {is_so!r}"
            yield Finding("cdxj.mismatch", message, file=_NAME, line=number, record_id=record.record_id)
    digest = value.get("digest")
    if digest is None:
        message = "the entry has no digest"
        yield Finding("cdxj.no-digest", message, file=_NAME, line=number, severity=Severity.NOTE)
    elif record.digest and not _same_digest(digest, record.digest):
        message = f"digest is {digest!r}, the record has {record.digest!r}"
        yield Finding("cdxj.mismatch", message, file=_NAME, line=number, record_id=record.record_id)


def _same_digest(said: object, right: str) -> bool:
    """Compare digests as numbers: hexadecimal and Base32 of one digest are equal; pywb leaves ``sha1:`` out."""
    if said == right or not isinstance(said, str):
        return said == right
    one, other = parse_label(said if ":" in said else f"sha1:{said}"), parse_label(right)
    return isinstance(one, Label) and isinstance(other, Label) and one.expected == other.expected
