"""The part of sealing that has to do with WARC files: ``archive/``, ``derived/``, the index, the list of inputs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from archiver import canon
from archiver.package import layout
from archiver.package.atomic import laid_file, lay_file
from archiver.pipeline import shard_files
from archiver.pipeline.laying import Laid, LaidMembers, all_members, lay, lay_once
from archiver.pipeline.repeats import repeats
from archiver.pipeline.warc_files import WarcFiles, WarcPlace, warc_file_name
from archiver.warc.cdxj import CdxEntry, address_key, as_revisit, cdxj_line
from archiver.warc.line_sort import sorted_lines
from archiver.warc.zipnum import write_blocks

#: An index of more lines is compressed: replay software reads a plain one whole.
PLAIN_INDEX_LINES = 100_000


class Lines(Protocol):
    """Gives the sorted lines of the index."""

    def __call__(self, *, both_keys: bool) -> Iterator[bytes]:
        """Begin anew; with ``both_keys`` captures of which readers make different keys come under each of them."""


@dataclass(frozen=True, slots=True)
class Captures:
    """What has to be laid into the WARC files of a package, and how."""

    shards: Sequence[Path]
    data: Path
    """The folder ``data/`` of the package."""
    name: str
    """How the names of the WARC files begin."""
    file_bytes: int
    """A new WARC file begins before one grows larger, 0 for never."""


def write_captures(captures: Captures, scratch: Path) -> None:
    """Write ``archive/``, ``derived/``, ``indexes/`` and sources.jsonl from the finished shards.

    ``scratch`` is a folder for files that are gone at the end; what a killed run left in it is cleared.
    Raises OSError, PackageError.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    segments = [shard / shard_files.ARCHIVE for shard in captures.shards]
    with (scratch / "members").open("w+b") as file:
        laid = LaidMembers(file)
        with _files(captures, layout.ARCHIVE) as files:
            found = repeats(scratch / "repeats", all_members(segments))
            lay_once(segments, files, repeats=found, laid=laid)

        def lines(*, both_keys: bool) -> Iterator[bytes]:
            return sorted_lines(_index(captures, laid, both_keys=both_keys), scratch / "sorting")

        write_index(captures.data, lines)
        lay_file(captures.data / layout.SOURCES, _sources(captures, laid))
    with _files(captures, layout.DERIVED) as files:
        lay([shard / shard_files.DERIVED for shard in captures.shards], files)
    shutil.rmtree(scratch)


def write_index(data: Path, lines: Lines, *, plain_lines: int | None = None) -> None:
    """Write the sorted index: plain, or compressed with a list of its blocks where it has more than ``plain_lines``.

    By default that is :data:`PLAIN_INDEX_LINES`. Readers go through a plain index whole; in a compressed one
    they look for a key, and as they make different keys of some addresses, those are in it twice. Raises PackageError.
    """
    most = PLAIN_INDEX_LINES if plain_lines is None else plain_lines
    plain, count = data / layout.INDEX, 0
    with laid_file(plain) as file:
        # So many are not held.
        for line in islice(lines(both_keys=False), most + 1):
            file.write(line)
            count += 1
    if count <= most:
        return
    plain.unlink()
    with laid_file(data / layout.INDEX_BLOCKS) as blocks:
        name = Path(layout.INDEX_BLOCKS).name
        lay_file(data / layout.INDEX_OF_BLOCKS, write_blocks(lines(both_keys=True), blocks, name=name))


def _files(captures: Captures, kind: str) -> WarcFiles:
    return WarcFiles(captures.data / kind, captures.name, limit=captures.file_bytes)


def _index(captures: Captures, laid: LaidMembers, *, both_keys: bool) -> Iterator[bytes]:
    for shard, folder in enumerate(captures.shards):
        members = laid.of_shard(shard)
        for key, timestamp, pairs, offset, _ in _lines(folder / shard_files.INDEX):
            member = next(one for one in members if one.offset == offset)
            if not member.place.length:
                continue
            entry = CdxEntry(key, timestamp, tuple((name, value) for name, value in pairs))
            if member.first is not None:
                entry = as_revisit(entry)
            place = member.place
            file = warc_file_name(captures.name, place.serial)
            yield cdxj_line(entry, filename=file, offset=place.offset, length=place.length)
            other = address_key(entry) if both_keys else None
            if other is not None:
                again = replace(entry, key=other)
                yield cdxj_line(again, filename=file, offset=place.offset, length=place.length)


def _sources(captures: Captures, laid: LaidMembers) -> Iterator[bytes]:
    for shard, folder in enumerate(captures.shards):
        members = laid.of_shard(shard)
        for line in _lines(folder / shard_files.SOURCES):
            # Records that stand beside a file come behind it, so all stretches are in order.
            for name in ("segments", "records"):
                if name in line:
                    places = [laid.content(one) for old in line[name] for one in _members_in(old, members)]
                    line[name] = [_segment(captures.name, place) for place in _joined(places)]
            yield canon.canonical_json(line) + b"\n"


def _members_in(segment: dict[str, int], members: Iterator[Laid]) -> Iterator[Laid]:
    """Yield the members that make up a stretch of a shard; stretches must be asked for in order."""
    end = segment["offset"] + segment["length"]
    at = segment["offset"]
    while at < end:
        member = next(one for one in members if one.offset == at)
        at += member.length
        yield member


def _joined(places: Iterable[WarcPlace]) -> list[WarcPlace]:
    """Make one place of those that stand one behind the other."""
    joined: list[WarcPlace] = []
    for place in places:
        before = joined[-1] if joined else None
        if before and before.serial == place.serial and before.offset + before.length == place.offset:
            joined[-1] = WarcPlace(before.serial, before.offset, before.length + place.length)
        else:
            joined.append(place)
    return joined


def _segment(name: str, place: WarcPlace) -> dict[str, Any]:
    file = f"{layout.ARCHIVE}/{warc_file_name(name, place.serial)}"
    return {"file": file, "offset": place.offset, "length": place.length}


def _lines(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        for line in file:
            yield json.loads(line)
