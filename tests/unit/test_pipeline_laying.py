"""Laying members into WARC files: what repeats, where a new file begins, what a revisit says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver import canon
from archiver.model.records import WarcRecord
from archiver.pipeline.laying import LaidMembers, all_members, lay, lay_once
from archiver.pipeline.repeats import repeats
from archiver.pipeline.segment import MemberLine, Segment, Warcinfo, members_of
from archiver.pipeline.warc_files import WarcFiles
from archiver.warc.check import check_warc
from archiver.warc.revisit import PROFILE

DATE = "2026-01-01T00:00:00Z"


def record(name: str, block: bytes) -> WarcRecord:
    uri = f"file:///{name}"
    return WarcRecord(
        "resource",
        canon.content_urn("resource", uri, canon.sha256_hex(block)),
        DATE,
        "text/plain",
        block,
        target_uri=uri,
        warcinfo_id=canon.content_urn("info"),
    )


def segments(folder: Path, *shards: dict[str, bytes]) -> list[Path]:
    """One segment a shard, with a record for each name and its content."""
    paths = []
    for number, content in enumerate(shards):
        paths.append(folder / f"{number}.warc.gz")
        made = Segment(paths[-1], Warcinfo(str(number), DATE, {"software": "x"}))
        for name, block in content.items():
            made.add(record(name, block), payload=canon.sha256_hex(block))
        made.stream.close()
        made.members.close()
    return paths


def laid_out(folder: Path, paths: list[Path], limit: int = 0) -> list[Path]:
    target = folder / "out"
    target.mkdir()
    with (folder / "laid").open("w+b") as file, WarcFiles(target, "n", limit=limit) as files:
        found = repeats(folder / "repeats", all_members(paths))
        lay_once(paths, files, repeats=found, laid=LaidMembers(file))
    return sorted(target.iterdir())


def records(path: Path) -> Iterator[tuple[str, str | None, bytes]]:
    with path.open("rb") as file:
        for found in ArchiveIterator(file):
            uri = found.rec_headers.get_header("WARC-Target-URI")
            yield found.rec_type, uri, found.raw_stream.read()


def line(key: str) -> MemberLine:
    return MemberLine(1, canon.sha256_hex(key.encode()) if key else "", False)


def test_what_repeats_is_told_in_order_with_the_first_of_its_kind(tmp_path: Path) -> None:
    members = map(line, ("", "a", "b", "a", "", "b", "a", "c"))
    assert list(repeats(tmp_path / "r", members)) == [(3, 1), (5, 2), (6, 1)]
    assert not (tmp_path / "r").exists()
    assert list(repeats(tmp_path / "r", [])) == []


def test_keys_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    one, other = "ab" * 8 + "00" * 24, "ab" * 8 + "11" * 24
    members = [MemberLine(1, key, False) for key in (one, other, other, one)]
    assert list(repeats(tmp_path / "r", members)) == [(2, 1), (3, 0)]


def test_a_payload_is_stored_once_whatever_shard_it_came_in(tmp_path: Path) -> None:
    paths = segments(tmp_path, {"a": b"one", "b": b"two"}, {"c": b"one", "d": b"one"}, {"e": b"three"})
    (file,) = laid_out(tmp_path, paths)
    found = [item for item in records(file) if item[0] != "warcinfo"]
    assert found == [
        ("resource", "file:///a", b"one"),
        ("resource", "file:///b", b"two"),
        ("revisit", "file:///c", b""),
        ("revisit", "file:///d", b""),
        ("resource", "file:///e", b"three"),
    ]
    assert list(check_warc(file)) == []


def test_a_revisit_names_its_original_by_id_address_and_date_and_keeps_its_own_id(tmp_path: Path) -> None:
    (file,) = laid_out(tmp_path, segments(tmp_path, {"a": b"one"}, {"b": b"one"}))
    with file.open("rb") as stream:
        headers = [dict(found.rec_headers.headers) for found in ArchiveIterator(stream)]
    revisit = next(header for header in headers if header["WARC-Type"] == "revisit")
    original = next(header for header in headers if header["WARC-Type"] == "resource")
    assert revisit["WARC-Record-ID"] == f"<{record('b', b'one').record_id}>"
    assert revisit["WARC-Profile"] == PROFILE == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit["WARC-Refers-To"] == original["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Target-URI"] == "file:///a"
    assert revisit["WARC-Refers-To-Date"] == original["WARC-Date"] == DATE
    assert revisit["WARC-Payload-Digest"] == original["WARC-Payload-Digest"] == f"sha256:{canon.sha256_hex(b'one')}"
    assert revisit["Content-Length"] == "0"
    assert revisit["WARC-Warcinfo-ID"] == original["WARC-Warcinfo-ID"]


def test_a_member_that_repeats_another_in_every_byte_is_left_out(tmp_path: Path) -> None:
    paths = segments(tmp_path, {"a": b"one"}, {"b": b"two"})
    for path in paths:
        lines = [
            f"{member.length} {'c' if member.key else 'p'}{'ab' * 32 if member.key else '-'}"
            for member in members_of(path)
        ]
        path.with_name(path.name + ".members").write_text("\n".join(lines) + "\n")
    (file,) = laid_out(tmp_path, paths)
    assert [kind for kind, _, _ in records(file)] == ["warcinfo", "resource"]


@pytest.mark.parametrize("limit", [1, 700, 1500, 100_000])
def test_a_file_ends_before_it_grows_too_large_and_begins_with_a_warcinfo(tmp_path: Path, limit: int) -> None:
    long = bytes(range(256)) * 3 + b"".join(canon.sha256_hex(bytes([n])).encode() for n in range(40))
    content = {f"{number}": b"%d" % number for number in range(5)} | {"long": long, "last": b"x"}
    paths = segments(tmp_path, content, {"z": b"z"})
    target = tmp_path / "out"
    target.mkdir()
    with WarcFiles(target, "n", limit=limit) as files:
        lay(paths, files)
    laid = sorted(target.iterdir())
    assert [path.name for path in laid] == [f"n-{number:05d}.warc.gz" for number in range(len(laid))]
    ids = []
    seen = []
    for path in laid:
        found = list(records(path))
        with path.open("rb") as stream:
            ids += [item.rec_headers.get_header("WARC-Record-ID") for item in ArchiveIterator(stream)]
        assert found[0][0] == "warcinfo"
        held = [uri for kind, uri, _ in found if kind != "warcinfo"]
        assert held
        assert path.stat().st_size <= limit or len(held) == 1
        seen += held
        assert list(check_warc(path)) == []
    assert seen == [f"file:///{name}" for name in (*content, "z")]
    assert len(set(ids)) == len(ids)


def test_shards_without_a_record_still_give_a_file(tmp_path: Path) -> None:
    (file,) = laid_out(tmp_path, segments(tmp_path, {}, {}))
    assert [kind for kind, _, _ in records(file)] == ["warcinfo"]
