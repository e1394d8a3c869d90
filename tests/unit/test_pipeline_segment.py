"""Members on their way into a shard's file: offsets are right, the same content gives the same bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from archiver import canon
from archiver.model.records import WarcRecord
from archiver.pipeline.segment import Segment, Warcinfo

DATE = "2026-01-01T00:00:00Z"


def segment(path: Path, *, name: str = "archive 0") -> Segment:
    return Segment(path, Warcinfo(name, DATE, {"software": "archiver/0", "format": "WARC File Format 1.1"}))


def record(block: bytes) -> WarcRecord:
    uri = "file:///a.txt"
    record_id = canon.content_urn("resource", uri, canon.sha256_hex(block))
    return WarcRecord("resource", record_id, DATE, "text/plain", block, target_uri=uri)


def test_a_segment_begins_with_its_warcinfo_and_each_place_is_a_member(tmp_path: Path) -> None:
    made = segment(tmp_path / "a")
    places = [made.add(record(block)) for block in (b"one", b"two" * 1000)]
    made.stream.close()
    data = (tmp_path / "a").read_bytes()
    assert places[0][0] > 0
    assert places[1][0] == sum(places[0])
    assert sum(places[1]) == len(data) == made.offset
    for (offset, length), block in zip(places, (b"one", b"two" * 1000), strict=True):
        assert gzip.decompress(data[offset : offset + length]).endswith(block + b"\r\n\r\n")
    with (tmp_path / "a").open("rb") as file:
        found = [(one.rec_type, one.rec_headers.get_header("WARC-Record-ID")) for one in ArchiveIterator(file)]
    assert found[0] == ("warcinfo", f"<{made.warcinfo_id}>")
    assert [kind for kind, _ in found] == ["warcinfo", "resource", "resource"]


def test_the_same_content_gives_the_same_bytes_and_names_part_the_infos(tmp_path: Path) -> None:
    for name in ("a", "b"):
        made = segment(tmp_path / name)
        made.add(record(b"one"))
        made.stream.close()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    other = segment(tmp_path / "c", name="archive 1")
    other.stream.close()
    assert other.warcinfo_id != made.warcinfo_id


def test_bytes_that_somebody_else_wrote_are_counted(tmp_path: Path) -> None:
    made = segment(tmp_path / "a")
    before = made.offset
    made.stream.write(b"x" * 10)
    made.advance(10)
    assert made.add(record(b"one"))[0] == before + 10
    made.stream.close()
    assert (tmp_path / "a").stat().st_size == made.offset
