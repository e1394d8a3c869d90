"""ZIP files as the standard library and the specification read them, also beyond 4 GiB and 65,535 members."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from archiver.errors import PackageError
from archiver.package import zip_write
from archiver.package.zip_write import DEFLATED, END_BYTES, STORED, ZipWriter, digest_of, end_record, sealed_digest


def written(*members: tuple[str, bytes, int]) -> io.BytesIO:
    file = io.BytesIO()
    writer = ZipWriter(file)
    for name, content, method in members:
        writer.add(name, (content,), len(content), method=method)
    writer.close()
    return file


def test_members_come_back() -> None:
    large = bytes(range(256)) * 8192
    members = [("a", b"", STORED), ("é/b", b"text" * 99, DEFLATED), ("c", large, STORED), ("d", large, DEFLATED)]
    with zipfile.ZipFile(written(*members)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {name: data for name, data, _ in members}


def test_large_sizes_and_offsets_are_written_in_64_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """APPNOTE 4.5.3, tried with lower limits: what would be large is told in the extra field of both headers."""
    monkeypatch.setattr(zip_write, "_LARGE", 1000)
    members = [("a", b"x" * 5000, STORED), ("b", b"y" * 999, STORED), ("c", b"z" * 2_000_000, DEFLATED)]
    file = written(*members)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert [info.extract_version for info in archive.infolist()] == [45, 20, 45]
        assert {name: len(archive.read(name)) for name in archive.namelist()} == {"a": 5000, "b": 999, "c": 2_000_000}


def test_many_members_need_the_larger_end_record() -> None:
    file = written(*((f"{number:05d}", b"", STORED) for number in range(70_000)))
    with zipfile.ZipFile(file) as archive:
        assert len(archive.namelist()) == 70_000
        assert archive.testzip() is None


def test_the_comment_seals_everything_before_it() -> None:
    file = written(("a", b"text", DEFLATED))
    content = file.getvalue()
    with zipfile.ZipFile(file) as archive:
        digest = sealed_digest(archive.comment)
        start = archive.start_dir
    before = len(content) - END_BYTES
    assert digest == digest_of(io.BytesIO(content), before)
    assert content[before:] == end_record(1, before - start, start, digest or "")
    assert sealed_digest(b"another comment") is None


@pytest.mark.parametrize("size", [3, 5, 3_000_000])
def test_a_file_that_grows_or_shrinks_meanwhile_is_refused(size: int) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"four"

    with pytest.raises(PackageError):
        ZipWriter(io.BytesIO()).add("a", pieces(), size, method=STORED)
