"""The compressed index: blocks that unpack to the lines, a list that leads to them, and its check."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.errors import PackageError
from archiver.package import layout
from archiver.package.index_read import check_blocks, index_path, read_index
from archiver.pipeline.captures import PLAIN_INDEX_LINES, write_index
from archiver.warc.zipnum import write_blocks

LINES = [
    f'org,example)/{number:02d} 20261121080000 {{"url": "http://example.org/{number}"}}\n'.encode()
    for number in range(7)
]


def given(*, both_keys: bool) -> Iterator[bytes]:
    return iter(LINES)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "indexes").mkdir()
    return tmp_path


def test_each_block_is_a_member_of_its_own_and_its_line_says_where() -> None:
    out = io.BytesIO()
    listed = list(write_blocks(LINES, out, name="index.cdx.gz", block_lines=3))
    end = 0
    for number, line in enumerate(listed):
        begin, name, offset, length, serial = line.decode().rstrip("\n").split("\t")
        block = LINES[3 * number : 3 * number + 3]
        assert gzip.decompress(out.getvalue()[int(offset) : int(offset) + int(length)]) == b"".join(block)
        assert (begin, name, serial) == (" ".join(block[0].decode().split(" ")[:2]), "index.cdx.gz", str(number + 1))
        assert int(offset) == end
        end += int(length)
    assert end == len(out.getvalue())
    assert gzip.decompress(out.getvalue()) == b"".join(LINES)


def test_only_a_large_index_is_compressed(data: Path) -> None:
    write_index(data, given, plain_lines=len(LINES))
    assert index_path(data) == layout.INDEX
    assert (data / layout.INDEX).read_bytes() == b"".join(LINES)
    assert list(check_blocks(data)) == []
    (data / layout.INDEX).unlink()
    write_index(data, given, plain_lines=len(LINES) - 1)
    assert index_path(data) == layout.INDEX_BLOCKS
    assert [line + b"\n" for _, line in read_index(data)] == LINES
    assert list(check_blocks(data)) == []
    assert PLAIN_INDEX_LINES == 100_000


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace(b"\t0\t", b"\t1\t"),
        lambda line: line.replace(b"org,", b"com,"),
        lambda line: line.replace(b"\t1\n", b"\n"),
        lambda line: line.replace(b"index.cdx.gz", b"other.cdx.gz"),
        lambda line: line[:0],
        lambda line: line.replace(b"\t0\t", b"\t-1\t"),
    ],
)
def test_a_list_that_leads_astray_is_found(data: Path, change: object) -> None:
    write_index(data, given, plain_lines=1)
    path = data / layout.INDEX_OF_BLOCKS
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    assert [finding.code for finding in check_blocks(data)] == ["cdxj.blocks"]
    path.unlink()
    assert [finding.code for finding in check_blocks(data)] == ["cdxj.blocks-missing"]


def test_a_damaged_compressed_index_is_a_typed_error(data: Path) -> None:
    write_index(data, given, plain_lines=1)
    path = data / layout.INDEX_BLOCKS
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(PackageError):
        list(read_index(data))
