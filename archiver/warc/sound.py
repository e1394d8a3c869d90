"""A record that has a gzip member to itself and is framed as it should be, read in one go.

Nearly all records are. Who is not sure leaves the member to the scanner, which knows what to do with every other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archiver.warc.digest import Label, parse_label
from archiver.warc.frame import TRAILER, Block, starts_record
from archiver.warc.header import Header, header_length, parse_header
from archiver.warc.http import head_size
from archiver.warc.record import WarcLimits, values_by_name

#: Longer records are put together piece by piece.
MOST = 4 * 1024 * 1024
#: Nearly all headers are shorter.
_HEAD = 2 * 1024
_TRANSFER = b"transfer-encoding"


@dataclass(frozen=True, slots=True)
class SoundRecord:
    """What stands in one member."""

    raw: bytes
    """The header."""
    header: Header
    named: Mapping[str, str]
    """The first value of each field by its name in lower case."""
    block: Block


def sound_record(pieces: Sequence[bytes], limits: WarcLimits, offset: int) -> SoundRecord | None:
    """Return the record of which ``pieces`` are the header, the block and two line ends, None if that is not sure."""
    first = pieces[0]
    head = first[: min(_HEAD, limits.header_bytes)]
    size = header_length(head)
    if not size or not starts_record(head, arc=False):
        return None
    raw = head[:size]
    header = parse_header(raw)
    length = sum(map(len, pieces)) - size - len(TRAILER)
    named = values_by_name(header.fields)
    if header.problems or named.get("content-length") != str(length) or length > limits.block_bytes:
        return None
    if not _ends_well(pieces):
        return None
    block = None
    if limits.enough_bytes is not None and length > limits.enough_bytes:
        block = _passed(pieces, size, length, named, limits, offset)
    return SoundRecord(raw, header, named, block or _held(pieces, size, length, offset))


def _ends_well(pieces: Sequence[bytes]) -> bool:
    tail = b""
    for piece in reversed(pieces):
        tail = piece[len(tail) - len(TRAILER) :] + tail
        if len(tail) == len(TRAILER):
            break
    return tail == TRAILER


def _held(pieces: Sequence[bytes], start: int, length: int, offset: int) -> Block:
    whole = pieces[0] if len(pieces) == 1 else b"".join(pieces)
    return Block(whole[start : start + length], length, True, offset=offset)


def _passed(
    pieces: Sequence[bytes], start: int, length: int, named: Mapping[str, str], limits: WarcLimits, offset: int
) -> Block | None:
    """Return the beginning of the block and its digests, None where these ask for all of it at once."""
    kind = named.get("warc-type", "").lower()
    first = memoryview(pieces[0])[start : start + length]
    if kind not in ("response", "resource") or len(first) == length:
        return None
    body = 0
    if kind == "response":
        head = bytes(first)
        size = head_size(head)
        if size is None or size == len(head) or _TRANSFER in head[:size].lower():
            return None
        body = size
    block, payload = _label(named, "warc-block-digest"), _label(named, "warc-payload-digest")
    if block is None or payload is None:
        return None
    views = [first, *(memoryview(piece) for piece in pieces[1:])]
    _cut(views, length)
    digest = _digest(block, views)
    views[0] = first[body:]
    same = body == 0 and payload.algorithm == block.algorithm
    digests = (digest, digest if same else _digest(payload, views))
    return Block(bytes(first[: limits.head_bytes]), length, True, False, offset, digests)


def _label(named: Mapping[str, str], name: str) -> Label | None:
    label = parse_label(named.get(name, ""))
    return label if isinstance(label, Label) else None


def _cut(views: list[memoryview], length: int) -> None:
    """Leave ``length`` bytes."""
    more = sum(map(len, views)) - length
    while more:
        last = views.pop()
        if len(last) > more:
            views.append(last[: len(last) - more])
        more -= min(more, len(last))


def _digest(label: Label, views: Sequence[memoryview]) -> bytes:
    hasher = label.hasher()
    for view in views:
        hasher.update(view)
    return hasher.digest()
