"""WARC members on their way into a shard's file, with their offsets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from archiver import canon
from archiver.model.records import WarcRecord
from archiver.warc.write import member, warcinfo


class Segment:
    """A file of WARC members that grows; it begins with its own ``warcinfo``.

    Segments are later laid one behind the other into the WARC files of the package, so offsets
    are from the start of the segment.
    """

    def __init__(self, path: Path, *, name: str, date: str, description: Mapping[str, str]) -> None:
        self.stream: BinaryIO = path.open("wb")
        self.offset = 0
        said = canon.canonical_json(list(description.items())).decode()
        self.warcinfo_id = canon.content_urn("warcinfo", name, date, said)
        self.add(warcinfo(description, record_id=self.warcinfo_id, date=date))

    def add(self, record: WarcRecord) -> tuple[int, int]:
        """Write one record as a member; return offset and length of the member."""
        return self.add_member(member(record))

    def add_member(self, data: bytes) -> tuple[int, int]:
        """Write a member that is ready; return its offset and length."""
        place = (self.offset, len(data))
        self.stream.write(data)
        self.offset += len(data)
        return place

    def advance(self, length: int) -> None:
        """Say that somebody else wrote ``length`` bytes to :attr:`stream`."""
        self.offset += length
