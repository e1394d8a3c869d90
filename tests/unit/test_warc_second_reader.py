"""The second opinion on WARC files."""

from __future__ import annotations

import gzip
from pathlib import Path

from archiver.model.records import WarcRecord
from archiver.warc.second_reader import second_reading
from archiver.warc.write import member


def _record(block: bytes = b"A heron stood on the weir all morning.") -> WarcRecord:
    return WarcRecord(
        type="resource",
        record_id="urn:uuid:00000000-0000-5000-8000-000000000001",
        date="2026-11-21T08:00:00Z",
        content_type="text/plain",
        block=block,
        target_uri="file:///heron.txt",
    )


def _codes(path: Path, records: int) -> list[str]:
    return [finding.code for finding in second_reading(path, name="x", records=records)]


def test_a_sound_file_is_agreed_on(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(member(_record()) * 2)
    assert _codes(path, 2) == []


def test_another_count_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(member(_record()))
    assert _codes(path, 2) == ["warc.second-reader"]


def test_a_wrong_digest_is_told_with_the_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(gzip.decompress(member(_record())).replace(b"heron stood", b"stork stood")))
    (finding,) = second_reading(path, name="x", records=1)
    assert finding.record_id == "urn:uuid:00000000-0000-5000-8000-000000000001"


def test_what_is_no_warc_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"not a WARC at all, only a line of text\r\n\r\n")
    assert _codes(path, 1) == ["warc.second-reader"]
