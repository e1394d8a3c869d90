"""A record that has a gzip member to itself and is framed as it should be, read in one go.

Nearly all records are. Who is not sure leaves the member to the scanner, which knows what to do with every other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archiver.warc.digest import Label, parse_label
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
    tail = first[end : end + len(TRAILER) + 1]
    if feed.is_read:
        found = Block(first[size:end], length, True, offset=feed.offset) if tail == TRAILER else None
    else:
        # More than the two line ends are other records.
        views = None if len(tail) > len(TRAILER) else _without_trailer([memoryview(first)[size:], *pieces], length)
        found = _of_pieces(views, length, named, limits, feed.offset) if views and feed.is_read else None
    return None if found is None else SoundRecord(raw, header, named, found)


def _length(text: str) -> int:
    """Return the number that a Content-Length is, if it is written as numbers are; else -1."""
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS or (text[0] == "0" and text != "0"):
        return -1
    return int(text)


def _without_trailer(views: list[bytes | memoryview], length: int) -> list[bytes | memoryview] | None:
    """Return the first ``length`` bytes of ``views``, None if something else than the two line ends follows."""
    if sum(map(len, views)) != length + len(TRAILER):
        return None
    tail = b""
    while len(tail) < len(TRAILER):
        last = memoryview(views.pop())
        kept = max(0, len(last) + len(tail) - len(TRAILER))
        tail = bytes(last[kept:]) + tail
    if tail != TRAILER:
        return None
    return [*views, last[:kept]] if kept or not views else views


def _of_pieces(
    views: list[bytes | memoryview], length: int, named: Mapping[str, str], limits: WarcLimits, offset: int
) -> Block:
    """Return the block that ``views`` are; of a long one the beginning and the digests, where they can be made so."""
    if limits.enough_bytes is not None and length > limits.enough_bytes and len(views[0]) < length:
        views[0] = begun = bytes(views[0])
        digests = _digests(views, begun, named)
        if digests is not None:
            return Block(begun[: limits.head_bytes], length, True, False, offset, digests)
    return Block(b"".join(views), length, True, offset=offset)


def _digests(
    views: list[bytes | memoryview], begun: bytes, named: Mapping[str, str]
) -> tuple[bytes | None, bytes | None] | None:
    """Return the digests of block and payload; None where these ask for all of the block at once."""
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
    digest = block.digest(*views)
    if body == 0 and payload.algorithm == block.algorithm:
        return digest, digest
    views[0] = memoryview(begun)[body:]
    return digest, payload.digest(*views)
