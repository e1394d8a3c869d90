"""A record that has a gzip member to itself and is framed as it should be, read in one go.

Nearly all records are. Who is not sure leaves the member to the scanner, which knows what to do with every other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from archiver.warc.digest import Hasher, Label, parse_label
from archiver.warc.feed import CHUNK, Feed
from archiver.warc.frame import TRAILER, Block, starts_record
from archiver.warc.header import Header, header_length, parse_header
from archiver.warc.http import head_size
from archiver.warc.record import WarcLimits, values_by_name

#: Longer records are put together piece by piece.
MOST = 4 * 1024 * 1024
#: Nearly all headers are shorter.
_HEAD = 2 * 1024
_TRANSFER = b"transfer-encoding"
#: No block has a length of more digits.
_DIGITS = 18
#: So much of what follows a block is enough to see whether it is the two line ends alone.
_TAIL = len(TRAILER) + 1


@dataclass(frozen=True, slots=True)
class SoundRecord:
    """What stands in one member."""

    raw: bytes
    """The header."""
    header: Header
    named: Mapping[str, str]
    """The first value of each field by its name in lower case."""
    block: Block


def sound_record(feed: Feed, limits: WarcLimits) -> SoundRecord | None:
    """Take the record of which header, block and two line ends are the member that begins here, and nothing else.

    None if that is not sure; then nothing was taken.
    """
    pieces = feed.whole_member(MOST)
    first = next(pieces, b"")
    if not first:
        return None
    found = _read(first, pieces, feed, limits)
    if found is None:
        feed.again()
    return found


def _read(first: bytes, pieces: Iterator[bytes], feed: Feed, limits: WarcLimits) -> SoundRecord | None:
    head = first[: min(_HEAD, limits.header_bytes)]
    size = header_length(head)
    if not size or not starts_record(head, arc=False):
        return None
    raw = head[:size]
    header = parse_header(raw)
    named = values_by_name(header.fields)
    length = _length(named.get("content-length", ""))
    if header.problems or not 0 <= length <= min(limits.block_bytes, MOST + CHUNK):
        return None
    end = size + length
    begun, tail = first[size:end], first[end : end + _TAIL]
    if feed.is_read:
        block = Block(begun, length, True, offset=feed.offset)
    else:
        passing = _passing(begun, length, named, limits)
        parts = [begun]
        take = parts.append if passing is None else passing.take
        tail = _read_on(pieces, length - len(begun), tail, take)
        if passing is None:
            block = Block(b"".join(parts), length, True, offset=feed.offset)
        else:
            block = Block(begun[: limits.head_bytes], length, True, False, feed.offset, passing.digests())
    if tail != TRAILER or (block.held and len(block.data) != length) or not feed.is_read:
        return None
    return SoundRecord(raw, header, named, block)


def _length(text: str) -> int:
    """Return the number that a Content-Length is, if it is written as numbers are; else -1."""
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS or (text[0] == "0" and text != "0"):
        return -1
    return int(text)


def _read_on(pieces: Iterator[bytes], missing: int, tail: bytes, take: Callable[[bytes], object]) -> bytes:
    """Hand out the rest of a block, of which ``missing`` bytes are missing; return how what follows it begins."""
    for piece in pieces:
        if len(piece) <= missing:
            take(piece)
            missing -= len(piece)
            continue
        if missing:
            take(piece[:missing])
        tail += piece[missing : missing + _TAIL]
        missing = 0
        if len(tail) >= _TAIL:
            break
    return tail if not missing else b""


class _Passing:
    """The digests of a block of which only the beginning is held."""

    def __init__(self, block: Hasher, payload: Hasher | None) -> None:
        self._block, self._payload = block, payload

    def take(self, piece: bytes) -> None:
        self._block.update(piece)
        if self._payload is not None:
            self._payload.update(piece)

    def digests(self) -> tuple[bytes, bytes]:
        """Of block and payload."""
        digest = self._block.digest()
        return digest, digest if self._payload is None else self._payload.digest()


def _passing(begun: bytes, length: int, named: Mapping[str, str], limits: WarcLimits) -> _Passing | None:
    """Return what digests the block that begins so; None where the digests ask for all of it at once."""
    if limits.enough_bytes is None or length <= limits.enough_bytes or len(begun) == length:
        return None
    kind = named.get("warc-type", "").lower()
    if kind not in ("response", "resource"):
        return None
    body = 0
    if kind == "response":
        size = head_size(begun)
        if size is None or size == len(begun) or _TRANSFER in begun[:size].lower():
            return None
        body = size
    block, payload = parse_label(named.get("warc-block-digest", "")), parse_label(named.get("warc-payload-digest", ""))
    if not isinstance(block, Label) or not isinstance(payload, Label):
        return None
    hasher = block.hasher()
    hasher.update(begun)
    if body == 0 and payload.algorithm == block.algorithm:
        return _Passing(hasher, None)
    of_payload = payload.hasher()
    of_payload.update(memoryview(begun)[body:])
    return _Passing(hasher, of_payload)
