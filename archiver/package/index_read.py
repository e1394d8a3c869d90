"""Reading the index of a package: plain, or in compressed blocks with a list of them (ZipNum)."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from archiver.digits import read_number
from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.atomic import package_error
from archiver.package.listing import read_lines

_COLUMNS = 5
#: A block of more lines than any writer makes, unpacked.
_BLOCK_BYTES = 64 * 1024 * 1024


def index_path(data: Path) -> str | None:
    """Return which index the package has, relative to ``data``; None if it has none."""
    return next((name for name in (layout.INDEX, layout.INDEX_BLOCKS) if (data / name).is_file()), None)


def read_index(data: Path) -> Iterator[tuple[int, bytes]]:
    """Yield number (from 1) and bytes of each line of the index without its line end; nothing if there is none.

    Raises PackageError if it cannot be read or unpacked.
    """
    name = index_path(data)
    if name != layout.INDEX_BLOCKS:
        yield from read_lines(data / layout.INDEX)
        return
    try:
        with gzip.open(data / name) as file:
            for number, line in enumerate(file, start=1):
                yield number, line.removesuffix(b"\n")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise PackageError(
            f"the index cannot be unpacked: {error}",
            place=f"{layout.DATA}/{name}",
            advice="get the file from another copy",
        ) from error
    except OSError as error:
        raise package_error(error, data / name, "read the file") from error


def check_blocks(data: Path) -> Iterator[Finding]:
    """Yield where the list of blocks does not say what the compressed index has. Raises PackageError."""
    if index_path(data) != layout.INDEX_BLOCKS:
        return
    shown = f"{layout.DATA}/{layout.INDEX_OF_BLOCKS}"
    if not (data / layout.INDEX_OF_BLOCKS).is_file():
        yield Finding("cdxj.blocks-missing", "a compressed index needs a list of its blocks", file=shown)
        return
    end = 0
    try:
        with (data / layout.INDEX_BLOCKS).open("rb") as blocks:
            for number, line in read_lines(data / layout.INDEX_OF_BLOCKS):
                try:
                    offset, length = _block(line, blocks)
                except ValueError as error:
                    yield Finding("cdxj.blocks", str(error), file=shown, line=number)
                    return
                if offset != end:
                    message = f"the block begins at {offset}, the one before it ends at {end}"
                    yield Finding("cdxj.blocks", message, file=shown, line=number)
                end = offset + length
            size = (data / layout.INDEX_BLOCKS).stat().st_size
    except OSError as error:
        raise package_error(error, data / layout.INDEX_BLOCKS, "read the file") from error
    if end != size:
        yield Finding("cdxj.blocks", f"the blocks end at byte {end} of {size}", file=shown)


def _block(line: bytes, blocks: BinaryIO) -> tuple[int, int]:
    """Return offset and length that a line tells; raises ValueError where no block that begins so stands there."""
    columns = line.split(b"\t")
    if len(columns) != _COLUMNS or columns[1] != Path(layout.INDEX_BLOCKS).name.encode():
        raise ValueError("the line is not key and timestamp, file, offset, length and number with tabs between them")
    offset, length = read_number(columns[2]), read_number(columns[3])
    _, content = block_at(blocks, offset, length)
    if b" ".join(content.split(b" ", 2)[:2]) != columns[0]:
        raise ValueError(f"the block at byte {offset} does not begin as the line says")
    return offset, length


def block_at(blocks: BinaryIO, offset: int, length: int) -> tuple[bytes, bytes]:
    """Return one block of an index as it stands there, and unpacked.

    Raises ValueError where these bytes are not exactly one.
    """
    size = os.fstat(blocks.fileno()).st_size
    if min(offset, length) < 0 or offset + length > size:
        raise ValueError(f"the {length} bytes from {offset} do not stand in the file, which has {size}")
    blocks.seek(offset)
    packed = blocks.read(length)
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        content = unpack.decompress(packed, _BLOCK_BYTES)
    except zlib.error as error:
        raise ValueError(f"no block stands at byte {offset}: {error}") from None
    if not unpack.eof or unpack.unused_data:
        raise ValueError(f"the {length} bytes from {offset} are not one block")
    return packed, content
