"""Where a record ends: its block, the two line ends after it, and what to do when they lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from archiver.warc.arc import MAX_LINE, arc_fields
from archiver.warc.feed import CHUNK, Feed
from archiver.warc.header import VERSION_LINE
from archiver.warc.long_block import LongBlock
from archiver.warc.notes import Notes
from archiver.warc.record import WarcLimits

TRAILER = b"\r\n\r\n"
"""What follows each block."""
_DIGITS = re.compile(r"[0-9]{1,18}")
#: Longest version line that is looked for.
_OVERLAP = 32


@dataclass(frozen=True, slots=True)
class Block:
    """A content block as it was read."""

    data: bytes
    length: int
    whole: bool
    held: bool = True
    offset: int = 0
    digests: tuple[bytes | None, bytes | None] = (None, None)
    """Of block and payload, by the algorithms that the record names, for a block that is not held."""


def starts_record(data: bytes, *, arc: bool) -> bool:
    """Tell whether ``data`` looks like the beginning of a record."""
    return data[:5].upper() == b"WARC/" or (arc and data[:1].isalpha())


def skip_to_record(feed: Feed, *, arc: bool) -> None:
    """Drop bytes up to the next version line (in ARC, header line) or the end of the member."""
    carry = feed.take(1)
    if arc:
        _skip_to_arc_line(feed)
        return
    while carry:
        piece = feed.take(CHUNK)
        if not piece:
            return
        window = carry + piece + feed.peek(_OVERLAP)
        match = VERSION_LINE.search(window, 1)
        if match and match.start() < len(carry) + len(piece):
            feed.unread(window[match.start() : len(carry) + len(piece)])
            return
        carry = window[: len(carry) + len(piece)][-_OVERLAP:]


def _skip_to_arc_line(feed: Feed) -> None:
    while True:
        head = feed.peek(MAX_LINE)
        if not head:
            return
        end = head.find(b"\n") + 1
        if end and arc_fields(head[:end]) is not None:
            return
        feed.take(end or len(head))


def read_block(
    feed: Feed,
    declared: str | None,
    fields: tuple[tuple[str, str], ...],
    limits: WarcLimits,
    notes: Notes,
    offset: int,
) -> Block:
    """Read as many bytes as Content-Length declares; what goes wrong is noted."""
    if declared is None or not _DIGITS.fullmatch(declared.strip()):
        if declared is not None:
            notes.add("warc.bad-length", f"Content-Length is no length: {declared[:40]!r}", offset)
        if not starts_record(feed.peek(8), arc=False):
            skip_to_record(feed, arc=False)
        return Block(b"", 0, False, offset=offset)
    length = int(declared)
    if feed.most is not None and length > max(feed.most, limits.block_bytes):
        return _impossible(feed, length, notes, offset)
    if length > limits.block_bytes:
        return _read_long(feed, length, LongBlock(fields, limits.head_bytes), notes, offset)
    data = feed.take(length)
    if len(data) == length:
        return Block(data, length, True, offset=offset)
    parts = [data]
    _read_parts(feed, length - len(data), length, parts.append, notes, offset)
    data = b"".join(parts)
    if len(data) == length:
        return Block(data, length, True, offset=offset)
    return _cut_block(feed, data, length, notes, offset)


def _impossible(feed: Feed, length: int, notes: Notes, offset: int) -> Block:
    """Pass over a block that is longer than the rest of the file and too long to be searched in memory."""
    left = feed.most
    if not starts_record(feed.peek(8), arc=False):
        skip_to_record(feed, arc=False)
    code = "warc.bad-length" if feed.peek(1) else "warc.truncated"
    notes.add(code, f"Content-Length says {length}; the file has {left} more bytes", offset)
    return Block(b"", 0, False, offset=offset)


def _read_parts(feed: Feed, length: int, step: int, use: Callable[[bytes], object], notes: Notes, offset: int) -> int:
    got = 0
    spread = False
    while got < length:
        piece = feed.take(min(length - got, step))
        if piece:
            use(piece)
            got += len(piece)
            continue
        faults = feed.faults()
        for fault in faults:
            notes.add(fault.code, fault.message, fault.offset)
        if faults or not feed.compressed or not feed.next_member() or starts_record(feed.peek(8), arc=False):
            break
        spread = True
    if spread:
        notes.add("warc.not-record-compressed", "one record is spread over several gzip members", offset)
    return got


def _read_long(feed: Feed, length: int, block: LongBlock, notes: Notes, offset: int) -> Block:
    got = _read_parts(feed, length, CHUNK, block.take, notes, offset)
    whole = got == length
    if not whole and not notes.pending:
        notes.add("warc.truncated", f"the block ends after {got} of {length} bytes", offset)
    digests = (block.block_digest, block.payload_digest) if whole else (None, None)
    return Block(bytes(block.head), got, whole, False, offset, digests)


def _cut_block(feed: Feed, data: bytes, length: int, notes: Notes, offset: int) -> Block:
    """Judge a block that ends too early: its length may lie and the next records be swallowed."""
    following = VERSION_LINE.search(data)
    if following:
        feed.unread(data[following.start() :])
        notes.add("warc.bad-length", f"Content-Length says {length}; the next record begins before", offset)
        return _shortened(data[: following.start()], offset)
    if not notes.pending:
        notes.add("warc.truncated", f"the block ends after {len(data)} of {length} bytes", offset)
    return Block(data, len(data), False, offset=offset)


def _shortened(data: bytes, offset: int) -> Block:
    block = data.removesuffix(TRAILER)
    return Block(block, len(block), False, offset=offset)


def read_trailer(feed: Feed, block: Block, notes: Notes, *, arc: bool) -> Block:
    """Take the line ends after a block; if something else stands there, find out where the record ends."""
    tail = feed.peek(64)
    if arc:
        return _arc_trailer(feed, block, tail, notes)
    if tail.startswith(TRAILER):
        _drop(feed, len(TRAILER))
        return block
    rest = tail.lstrip(b"\r\n")
    if (len(tail) < 64 and not rest) or starts_record(rest, arc=False):
        _drop(feed, min(len(tail) - len(rest), len(TRAILER)))
        if feed.peek(1) or not notes.pending:
            notes.add("warc.missing-trailer", "the record is not followed by two line ends", block.offset)
        return block
    return _lying_length(feed, block, notes)


def _lying_length(feed: Feed, block: Block, notes: Notes) -> Block:
    following = VERSION_LINE.search(block.data) if block.held else None
    if following:
        feed.unread(block.data[following.start() :])
        notes.add("warc.bad-length", "Content-Length is too long: it takes in the next record", block.offset)
        return _shortened(block.data[: following.start()], block.offset)
    notes.add("warc.bad-length", "Content-Length is wrong: the record goes on behind it", block.offset)
    skip_to_record(feed, arc=False)
    return replace(block, whole=False)


def _arc_trailer(feed: Feed, block: Block, tail: bytes, notes: Notes) -> Block:
    rest = tail.lstrip(b"\r\n")
    if rest and not starts_record(rest, arc=True):
        notes.add("warc.bad-length", "the length in the ARC header is wrong", block.offset)
        skip_to_record(feed, arc=True)
        return replace(block, whole=False)
    _drop(feed, len(tail) - len(rest))
    return block


def _drop(feed: Feed, size: int) -> None:
    while size:
        size -= len(feed.take(size))
