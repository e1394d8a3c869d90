"""A CDXJ index in compressed blocks, and the list of them by which a reader finds the block it needs (ZipNum).

The list is in the form with tabs, which pywb and ReplayWeb.page both read
(https://pywb.readthedocs.io/en/latest/manual/indexing.html); the form with JSON objects is read by the latter alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from archiver.canon import gzip_member

#: Lines in one block: a reader unpacks one or two blocks for one address.
BLOCK_LINES = 1024


def write_blocks(
    lines: Iterable[bytes], out: BinaryIO, *, name: str, block_lines: int = BLOCK_LINES
) -> Iterator[bytes]:
    """Write sorted index ``lines`` to ``out``, one gzip member a block, and yield the line of each block.

    ``name`` is that of the compressed file. A line has the key and timestamp with which the block begins, the
    name, offset and length in bytes, and the number of the block from 1, with tabs between them.
    """
    pending = iter(lines)
    offset = number = 0
    while block := list(islice(pending, block_lines)):
        data = gzip_member(b"".join(block))
        out.write(data)
        number += 1
        begin = b" ".join(block[0].split(b" ", 2)[:2])
        yield begin + f"\t{name}\t{offset}\t{len(data)}\t{number}\n".encode("ascii")
        offset += len(data)
