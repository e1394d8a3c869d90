"""Records out of a WACZ: both versions, in order; nothing that swells, hides or breaks gets through unnoticed."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from archiver.canon import content_urn
from archiver.errors import UnreadableError
from archiver.model.intake import Form
from archiver.model.outcome import Finding
from archiver.model.records import WarcRecord
from archiver.readers.forms import form_of_file, media_type_of
from archiver.readers.warc import Encoding, carry, plan_container, read_warc
from archiver.readers.warc_candidate import WarcCandidate
from archiver.warc.record import ScannedRecord
from archiver.warc.wacz import scan_container, stretches
from archiver.warc.write import member, record_bytes

DATE = "2026-11-21T08:00:00Z"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><p>The library is open.</p>"
WHOLE = WarcRecord("resource", content_urn("whole"), DATE, "application/wacz", b"", target_uri="urn:example:file")


def response(name: str) -> WarcRecord:
    uri = f"https://news.example/{name}"
    return WarcRecord("response", content_urn(name), DATE, "application/http;msgtype=response", PAGE, target_uri=uri)


def described(version: str) -> bytes:
    if version == "1.1.1":
        return json.dumps({"profile": "data-package", "wacz_version": version, "resources": []}).encode()
    return json.dumps({"profile": "wacz", "resources": []}).encode()


def wacz(path: Path, members: dict[str, bytes], *, version: str = "1.1.1", method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("datapackage.json", described(version))
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def found(path: Path) -> tuple[list[ScannedRecord], list[Finding]]:
    items = list(scan_container(path))
    records = [item for item in items if isinstance(item, ScannedRecord)]
    return records, [item for item in items if isinstance(item, Finding)]


@pytest.mark.parametrize("version", ["1.1.1", "1.2.0"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_records_of_all_warc_files_come_in_order(tmp_path: Path, version: str, method: int) -> None:
    inside = {
        "archive/b.warc.gz": member(response("3")),
        "archive/a.warc": record_bytes(response("1")) + record_bytes(response("2")),
        "derived/c.warc.gz": member(response("4")),
        "archive/deeper/d.warc.gz": member(response("5")),
        "archive/../../e.warc.gz": member(response("6")),
        "pages/pages.jsonl": b"{}\n",
    }
    path = wacz(tmp_path / "x.wacz", inside, version=version, method=method)
    records, findings = found(path)
    assert [record.target_uri for record in records] == [f"https://news.example/{number}" for number in (1, 2, 3)]
    assert [record.index for record in records] == [0, 1, 2]
    assert findings == []
    candidates = [item for item in read_warc(path, "x.wacz") if isinstance(item, WarcCandidate)]
    assert [candidate.source.ordinal for candidate in candidates] == [0, 1, 2]
    assert sorted(tmp_path.iterdir()) == [path]


def test_it_is_stored_whole_and_its_records_beside_it_unchanged(tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", {"archive/a.warc.gz": member(response("1")) + member(response("2"))})
    plan = plan_container(path, "x.wacz")
    assert (plan.encoding, plan.records, plan.findings) == (Encoding.PAYLOAD, 2, ())
    out = io.BytesIO()
    carried = list(carry(path, plan, out, whole=WHOLE))
    assert [record.restores for record in carried] == [True, False, False]
    beside = [out.getvalue()[record.offset :][: record.length] for record in carried[1:] if record.offset is not None]
    assert beside == [member(response("1")), member(response("2"))]


def test_a_bomb_is_not_unpacked_and_told(tmp_path: Path) -> None:
    zeros = record_bytes(response("1")) + bytes(8 * 1024 * 1024)
    path = wacz(tmp_path / "x.wacz", {"archive/a.warc": zeros}, method=zipfile.ZIP_DEFLATED)
    records, findings = found(path)
    assert records == []
    assert [finding.code for finding in findings] == ["container.member-refused"]
    assert "would swell" in findings[0].message


def test_damage_within_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    inside = {"archive/a.warc": record_bytes(response("1")), "archive/b.warc.gz": member(response("2"))}
    path = wacz(tmp_path / "x.wacz", inside)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"The library is open", b"The library is shut", 1))
    records, findings = found(path)
    assert records[-1].target_uri == "https://news.example/2"
    assert "container.damaged" in [finding.code for finding in findings]
    assert findings[-1].file == "x.wacz/archive/a.warc"


@pytest.mark.parametrize("keep", [4, 40, -30])
def test_a_cut_wacz_is_damaged_and_never_an_exception(tmp_path: Path, keep: int) -> None:
    path = wacz(tmp_path / "x.wacz", {"archive/a.warc.gz": member(response("1"))})
    path.write_bytes(path.read_bytes()[:keep])
    assert [finding.code for finding in found(path)[1]] == ["container.damaged"]
    assert plan_container(path, "x.wacz").encoding is Encoding.PAYLOAD


def test_what_is_encrypted_or_compressed_in_other_ways_is_told(tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", {"archive/a.warc": record_bytes(response("1"))}, method=zipfile.ZIP_BZIP2)
    assert [finding.code for finding in found(path)[1]] == ["container.member-refused"]


def test_the_name_tells_the_form(tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", {})
    assert form_of_file(path) is Form.WARC
    assert media_type_of(path, Form.WARC) == "application/wacz"
    assert media_type_of(tmp_path / "x.warc.gz", Form.WARC) == "application/warc"
    (tmp_path / "y.wacz").write_bytes(b"no zip at all")
    assert form_of_file(tmp_path / "y.wacz") is Form.WARC
    with pytest.raises(UnreadableError):
        list(scan_container(tmp_path / "absent.wacz"))


def test_the_warc_files_of_a_wacz_lie_in_it_as_they_are_in_the_order_of_their_records(tmp_path: Path) -> None:
    members = {f"archive/{name}.warc.gz": member(response(name)) for name in ("b", "a", "c")}
    path = wacz(tmp_path / "a.wacz", {"archive/readme.txt": b"no records", **members})
    data = path.read_bytes()
    assert [data[start : start + size] for start, size in stretches(path)] == [
        members[name] for name in sorted(members)
    ]


def test_a_warc_file_is_one_stretch(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(member(response("a")))
    assert list(stretches(path)) == [(0, path.stat().st_size)]


def test_stretches_end_with_what_is_packed_damaged_or_not_there(tmp_path: Path) -> None:
    members = {f"archive/{name}.warc.gz": member(response(name)) for name in ("a", "b")}
    packed = wacz(tmp_path / "packed.wacz", members, method=zipfile.ZIP_DEFLATED)
    assert list(stretches(packed)) == []
    whole = wacz(tmp_path / "whole.wacz", members).read_bytes()
    damaged = tmp_path / "damaged.wacz"
    second = whole.index(b"PK\x03\x04", whole.index(members["archive/a.warc.gz"]))
    damaged.write_bytes(whole[:second] + b"PK\x00\x00" + whole[second + 4 :])
    assert len(list(stretches(damaged))) == 1
    damaged.write_bytes(whole[: len(whole) // 2])
    assert list(stretches(damaged)) == []


def test_a_wacz_that_says_that_it_holds_more_than_it_has_is_not_cut_to_its_end(tmp_path: Path) -> None:
    """Many entries for the same bytes (overlapping files) would be many times the work."""
    record = member(response("a"))
    path = wacz(tmp_path / "a.wacz", {f"archive/{number:03d}.warc.gz": record for number in range(40)})
    # Each entry of the directory leads to the first member; its name in the local header is as long.
    with zipfile.ZipFile(path) as archive:
        places = [info.header_offset for info in archive.infolist()]
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    first, last = min(places), data.rindex(b"PK\x03\x04")
    head, tail = data[: places[places.index(first) + 1]], data[directory:]
    for place in sorted(places, reverse=True):
        tail = tail.replace(place.to_bytes(4, "little") + b"archive/", first.to_bytes(4, "little") + b"archive/")
    end = bytearray(tail)
    at = end.rindex(b"PK\x05\x06")
    end[at + 16 : at + 20] = len(head).to_bytes(4, "little")
    path.write_bytes(head + bytes(end))
    assert last > first
    found = list(stretches(path))
    assert len(found) < 40
    assert sum(size for _, size in found) <= path.stat().st_size


def changed_entry(path: Path, at: int, value: bytes) -> Path:
    """Change the first entry of the directory, ``at`` bytes behind its beginning (APPNOTE.TXT 4.3.12)."""
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + at : entry + at + len(value)] = value
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("at", "value"),
    [(6, b"\x63\x00"), (8, b"\x20\x00"), (8, b"\x40\x00"), (8, b"\x00\x08"), (10, b"\x63\x00")],
    ids=["a later version", "patched data", "strong encryption", "a name that is no UTF-8", "a later method"],
)
def test_what_the_library_does_not_read_is_a_finding(tmp_path: Path, at: int, value: bytes) -> None:
    name = "archive/\xff.warc.gz" if value == b"\x00\x08" else "archive/a.warc.gz"
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name.replace("\xff", "x"), member(response("a")))
    if value == b"\x00\x08":
        path.write_bytes(path.read_bytes().replace(b"archive/x", b"archive/\xff"))
    changed_entry(path, at, value)
    findings = [one for one in scan_container(path) if isinstance(one, Finding)]
    assert {one.code for one in findings} <= {"container.damaged", "container.member-refused"}
    assert findings
    # Whether its bytes can be found all the same does not matter; it is no fault.
    assert len(list(stretches(path))) <= 1


def test_a_directory_of_very_many_names_is_not_looked_through(tmp_path: Path) -> None:
    record = member(response("a"))
    path = wacz(
        tmp_path / "a.wacz", {"archive/a.warc.gz": record, **{f"x/{number:0100d}": b"" for number in range(8000)}}
    )
    assert list(stretches(path)) == []
    few = wacz(tmp_path / "b.wacz", {"archive/a.warc.gz": record, **{f"x/{number:0100d}": b"" for number in range(80)}})
    assert [size for _, size in stretches(few)] == [len(record)]
    with zipfile.ZipFile(few, "a") as archive:
        archive.comment = b"packed by hand"
    assert [size for _, size in stretches(few)] == [len(record)]
