"""WARC members on their way into a shard's file, with their offsets; and the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archiver import canon
from archiver.errors import ArticleError
from archiver.model.records import WarcRecord
from archiver.warc.write import member, warcinfo, write_long_member

_MEMBERS = ".members"
_NO_KEY = "-"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of a segment, as its list tells."""

    length: int
    """Bytes; members stand one behind the other without gaps."""
    key: str
    """Members with the same key hold the same content; empty where that is not to be asked."""
    whole: bool
    """The members are the same in every byte, else their payloads alone are."""


@dataclass(frozen=True, slots=True)
class Warcinfo:
    """The ``warcinfo`` record that a segment begins with."""

    name: str
    """Tells the segment from all others."""
    date: str
    fields: Mapping[str, str]

    @property
    def id(self) -> str:
        """Its record id."""
        said = canon.canonical_json(list(self.fields.items())).decode()
        return canon.content_urn("warcinfo", self.name, self.date, said)


class Segment:
    """A file of WARC members that grows; it begins with its own ``warcinfo``.

    Merging lays the members into the WARC files of the package, so offsets are from the start of
    the segment. Beside it grows the list of its members (:func:`members_of`).
    """

    def __init__(self, path: Path, info: Warcinfo) -> None:
        self.stream: BinaryIO = path.open("wb")
        self.members: BinaryIO = members_path(path).open("wb")
        self.offset = 0
        self.warcinfo_id = info.id
        self.add(warcinfo(info.fields, record_id=self.warcinfo_id, date=info.date))

    def add(self, record: WarcRecord, *, payload: str = "") -> tuple[int, int]:
        """Write one record as a member; return offset and length of the member.

        ``payload`` is a key of what it holds: a later record with the same one becomes a ``revisit``.
        """
        data = member(record)
        self.stream.write(data)
        return self.advance(len(data), payload=payload)

    def add_long(
        self, record: WarcRecord, pieces: Iterable[bytes], *, length: int, sha256: str, payload: str
    ) -> tuple[int, int]:
        """Do the same with a record whose block comes in ``pieces``; ``length`` and ``sha256`` are those of the block.

        Raises what reading the pieces raises, and leaves nothing of the record behind.
        """
        try:
            size = write_long_member(record, pieces, self.stream, length=length, sha256=sha256)
        except ArticleError:
            self.cut()
            raise
        return self.advance(size, payload=payload)

    def add_member(self, data: bytes) -> tuple[int, int]:
        """Write a member that is ready; return its offset and length."""
        self.stream.write(data)
        return self.advance(len(data))

    def advance(self, length: int, *, payload: str = "", copy: str = "") -> tuple[int, int]:
        """Say that somebody else wrote a member of ``length`` bytes to :attr:`stream`; return offset and length.

        ``copy`` is a key of the member itself: a later one with the same key is not kept.
        """
        place = (self.offset, length)
        self.offset += length
        self.members.write(f"{length} {'c' if copy else 'p'}{copy or payload or _NO_KEY}\n".encode("ascii"))
        return place

    def cut(self) -> None:
        """Take back what somebody else has written and not said."""
        self.stream.seek(self.offset)
        self.stream.truncate()


def members_path(path: Path) -> Path:
    """Return where the list of the members of the segment at ``path`` stands."""
    return path.with_name(path.name + _MEMBERS)


def members_of(path: Path) -> Iterator[MemberLine]:
    """Yield what is known of each member of the finished segment at ``path``, in order. Raises OSError."""
    with members_path(path).open("rb") as file:
        for line in file:
            length, _, told = line.decode("ascii").rstrip("\n").partition(" ")
            key = told[1:]
            yield MemberLine(int(length), "" if key == _NO_KEY else key, told[0] == "c")
