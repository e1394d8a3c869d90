"""The 26 faults that WARC validators were compared with, made on a WARC file of a package of ours.

No validator finds all of them, and all together miss five: a file cut where a member ends, a record id used
twice, a field slipped in, an address changed, all digests taken away.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

from archiver.canon import gzip_member

from ..support_faults import unpacked

Members = list[bytes]
"""Content of each gzip member: one record each."""


@dataclass(frozen=True)
class Fault:
    """One fault, with the code that it must be told by."""

    name: str
    code: str
    damage: Callable[[Members, int], bytes]
    """Returns the bytes of the file; the fault is at the record of this number."""
    in_package: bool = False
    """Found in a package alone, as the file itself is sound."""


def packed(members: Members) -> bytes:
    """Return the file."""
    return b"".join(map(gzip_member, members))


def offset_of(members: Members, number: int) -> int:
    """Return where the gzip member of a record begins."""
    return len(packed(members[:number]))


def _record(change: Callable[[bytes], bytes]) -> Callable[[Members, int], bytes]:
    """Change the record and compress it anew."""

    def damage(members: Members, number: int) -> bytes:
        changed = change(members[number])
        assert changed != members[number]
        return packed([*members[:number], changed, *members[number + 1 :]])

    return damage


def _member(change: Callable[[bytes], bytes]) -> Callable[[Members, int], bytes]:
    """Change the compressed bytes of the record."""

    def damage(members: Members, number: int) -> bytes:
        before, after = packed(members[:number]), packed(members[number + 1 :])
        return before + change(gzip_member(members[number])) + after

    return damage


def _sub(pattern: bytes, new: bytes) -> Callable[[Members, int], bytes]:
    return _record(lambda record: re.sub(pattern, new, record, count=1))


def _flip(data: bytes, place: int) -> bytes:
    place %= len(data)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _length(change: Callable[[int], object]) -> Callable[[Members, int], bytes]:
    def act(record: bytes) -> bytes:
        match = re.search(rb"Content-Length: (\d+)", record)
        assert match
        said = f"Content-Length: {change(int(match[1]))}".encode()
        return record[: match.start()] + said + record[match.end() :]

    return _record(act)


def _line_feeds(record: bytes) -> bytes:
    header, _, block = record.partition(b"\r\n\r\n")
    return header.replace(b"\r\n", b"\n") + b"\n\n" + block


def _same_id(members: Members, number: int) -> bytes:
    mine, other = (re.search(rb"WARC-Record-ID: (\S+)", members[one]) for one in (number, number - 1))
    assert mine
    assert other
    return _record(lambda record: record.replace(mine[1], other[1]))(members, number)


def _without_digests(record: bytes) -> bytes:
    return re.sub(rb"WARC-[A-Za-z]+-Digest: [^\r]*\r\n", b"", record)


def _base32(record: bytes) -> bytes:
    match = re.search(rb"sha256:([0-9a-f]{64})", record)
    assert match
    value = base64.b32encode(bytes.fromhex(match[1].decode())).rstrip(b"=")
    return record.replace(match[1], value)


FAULTS = [
    Fault("payload byte flipped", "warc.block-digest-mismatch", _record(lambda it: _flip(it, -9))),
    Fault("digest of other bytes", "warc.block-digest-mismatch", _sub(rb"sha256:[0-9a-f]{8}", b"sha256:00000000")),
    Fault("gzip body bit flipped", "warc.gzip-damaged", _member(lambda it: _flip(it, 14))),
    Fault("gzip checksum bit flipped", "warc.gzip-crc", _member(lambda it: _flip(it, -8))),
    Fault("cut within a member", "warc.truncated", lambda members, number: packed(members[: number + 1])[:-20]),
    Fault(
        "cut where a member ends", "cdxj.no-record", lambda members, number: packed(members[:number]), in_package=True
    ),
    Fault("garbage behind the last member", "warc.trailing-garbage", lambda members, _: packed(members) + b"garbage"),
    Fault("one member for all", "warc.not-record-compressed", lambda members, _: gzip_member(b"".join(members))),
    Fault("length too short", "warc.bad-length", _length(lambda it: it - 3)),
    Fault("length too long", "warc.truncated", _length(lambda it: it + 30)),
    Fault("length negative", "warc.bad-length", _length(lambda _: -5)),
    Fault("length of 20 digits", "warc.bad-length", _length(lambda _: 10**20 - 1)),
    Fault("line ends behind the block missing", "warc.missing-trailer", _record(lambda it: it[:-4])),
    Fault("date missing", "warc.missing-field", _sub(rb"WARC-Date: [^\r]*\r\n", b"")),
    Fault("record id missing", "warc.missing-field", _sub(rb"WARC-Record-ID: [^\r]*\r\n", b"")),
    Fault("type unknown", "warc.unknown-type", _sub(rb"WARC-Type: resource", b"WARC-Type: souvenir")),
    Fault("version 9.9", "warc.unknown-version", _sub(rb"WARC/1.1", b"WARC/9.9")),
    Fault("header with line feeds", "warc.bad-header", _record(_line_feeds)),
    Fault("record id twice", "warc.duplicate-record-id", _same_id),
    Fault("field slipped in", "package.field-unknown", _sub(rb"\r\n", b"\r\nX-Evil: 1\r\n"), in_package=True),
    Fault("address changed", "cdxj.mismatch", _sub(rb"Target-URI: (.)", rb"Target-URI: x\1"), in_package=True),
    Fault(
        "digests removed", "warc.no-digest", _record(lambda it: re.sub(rb"WARC-[A-Za-z]+-Digest: [^\r]*\r\n", b"", it))
    ),
    Fault("digest in Base32 without padding", "warc.digest-encoding", _record(_base32)),
    Fault("digest by BLAKE3", "warc.unknown-digest", _sub(rb"sha256:", b"blake3:")),
    Fault("file empty", "warc.empty", lambda *_: b""),
    Fault("page under the name of a WARC file", "warc.not-warc", lambda *_: b"<!doctype html><p>No archive.</p>"),
]


def members_of(content: bytes) -> tuple[Members, int]:
    """Return the records of a WARC file, and the number of one in its middle that archiver wrote: the target."""
    members = unpacked(content)
    number = next(at for at, one in enumerate(members) if at > 1 and b"WARC-Type: resource" in one)
    return members, number
