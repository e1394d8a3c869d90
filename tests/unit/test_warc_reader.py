"""WARC files as input: how they are carried, and which records are candidates."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from archiver.errors import DamagedContainerError, DecodeError, TooLargeError, UnreadableError
from archiver.model.outcome import Finding
from archiver.model.records import WarcRecord
from archiver.readers.warc import CarriedRecord, Encoding, carry, plan_container, read_warc
from archiver.readers.warc_candidate import WarcCandidate, sniff_media_type
from archiver.warc.record import ScannedRecord, WarcLimits
from archiver.warc.scan import scan_file
from archiver.warc.write import member, record_bytes

PAGE = b"<!doctype html><title>Ferry</title><p>The ferry runs again.</p>"
DATE = "2026-01-02T03:04:05Z"
WHOLE = WarcRecord(
    "resource",
    "urn:uuid:00000000-0000-5000-8000-00000000ffff",
    DATE,
    "application/warc",
    b"",
    target_uri="file:///x.warc",
)


def response(number: int, body: bytes = PAGE, *headers: str, status: int = 200, uri: str = "") -> WarcRecord:
    head = [f"HTTP/1.1 {status} X", *(headers or ("Content-Type: text/html; charset=utf-8",)), "", ""]
    return WarcRecord(
        "response",
        f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        DATE,
        "application/http;msgtype=response",
        "\r\n".join(head).encode() + body,
        target_uri=uri or f"https://news.example/{number}",
    )


def resource(number: int, block: bytes, media_type: str) -> WarcRecord:
    identity = f"urn:uuid:00000000-0000-4000-8000-{number:012d}"
    return WarcRecord("resource", identity, DATE, media_type, block, target_uri=f"https://news.example/{number}")


def run(
    path: Path, data: bytes, limits: WarcLimits | None = None
) -> tuple[Encoding, list[CarriedRecord], bytes, tuple[Finding, ...]]:
    path.write_bytes(data)
    used = limits or WarcLimits()
    plan = plan_container(path, "in/x.warc", used)
    assert (plan.size, plan.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    out = io.BytesIO()
    carried = list(carry(path, plan, out, whole=WHOLE, limits=used))
    return plan.encoding, carried, out.getvalue(), plan.findings


def restored(carried: Sequence[CarriedRecord], out: bytes) -> bytes:
    parts = [
        out[item.offset : item.offset + item.length] for item in carried if item.restores and item.offset is not None
    ]
    return b"".join(parts)


def candidates(path: Path, *records: WarcRecord, limits: WarcLimits | None = None) -> list[WarcCandidate]:
    path.write_bytes(b"".join(map(member, records)))
    return [item for item in read_warc(path, "in/x.warc.gz", limits or WarcLimits()) if isinstance(item, WarcCandidate)]


def test_a_sound_gzip_file_is_carried_byte_for_byte(tmp_path: Path) -> None:
    data = member(response(1)) + gzip.compress(record_bytes(response(2)), 1, mtime=7)
    encoding, carried, out, findings = run(tmp_path / "x", data)
    assert (encoding, out, findings) == (Encoding.WARC_GZ, data, ())
    assert [(item.offset, item.length) for item in carried] == [
        (0, len(member(response(1)))),
        (len(member(response(1))), len(data) - len(member(response(1)))),
    ]
    assert [item.record_id[-1] for item in carried] == ["1", "2"]
    assert all(item.restores and item.cdx is not None for item in carried)


def test_a_sound_plain_file_becomes_one_member_a_record(tmp_path: Path) -> None:
    data = record_bytes(response(1)) + record_bytes(response(2))
    encoding, carried, out, _ = run(tmp_path / "x", data)
    assert encoding is Encoding.WARC
    for item, number in zip(carried, (1, 2), strict=True):
        assert item.offset is not None
        assert gzip.decompress(out[item.offset : item.offset + item.length]) == record_bytes(response(number))
    assert gzip.decompress(restored(carried, out)) == data


@pytest.mark.parametrize("damage", ["cut", "garbage", "one-member", "newlines", "plain-garbage", "digest"])
def test_anything_else_is_stored_whole(tmp_path: Path, damage: str) -> None:
    one, two = response(1), response(2)
    data = {
        "cut": member(one) + member(two)[:-20],
        "garbage": member(one) + b"garbage" + member(two),
        "one-member": gzip.compress(record_bytes(one) + record_bytes(two), mtime=0),
        "newlines": record_bytes(one) + b"\r\n" + record_bytes(two),
        "plain-garbage": record_bytes(one) + record_bytes(two) + b"garbage",
        "digest": member(one) + gzip.compress(record_bytes(two).replace(b"again", b"never"), mtime=0),
    }[damage]
    encoding, carried, out, findings = run(tmp_path / "x", data)
    assert encoding is Encoding.PAYLOAD
    assert findings
    assert [item.restores for item in carried] == [True, False, False]
    stored = [item for item in scan_file(io.BytesIO(out), name="out") if isinstance(item, ScannedRecord)]
    assert stored[0].block == data
    assert stored[0].record_id == WHOLE.record_id
    assert all(not item.findings for item in stored)
    assert carried[1].offset is not None
    assert gzip.decompress(out[carried[1].offset : carried[1].offset + carried[1].length]) == record_bytes(one)


def test_a_damaged_record_points_at_the_file_that_holds_it(tmp_path: Path) -> None:
    _, carried, _, _ = run(tmp_path / "x", member(response(1)) + member(response(2))[:-20])
    last = carried[-1]
    assert (last.offset, last.length, last.cdx) == (None, 0, None)
    assert last.candidate is not None
    assert isinstance(last.candidate.error, DamagedContainerError)
    assert last.candidate.source.record_id == WHOLE.record_id
    assert last.candidate.source.target_uri == WHOLE.target_uri
    assert last.candidate.source.url == "https://news.example/2"


def test_duplicate_and_missing_ids_break_nothing(tmp_path: Path) -> None:
    nameless = record_bytes(response(3)).replace(b"WARC-Record-ID", b"X-Was-Record-ID")
    data = record_bytes(response(1)) * 2 + nameless
    encoding, carried, out, _ = run(tmp_path / "x", data)
    assert encoding is Encoding.PAYLOAD
    assert [item.offset is None for item in carried] == [False, False, True, True]
    sources = [item.candidate.source for item in carried if item.candidate]
    assert [item.record_id for item in sources] == [response(1).record_id, WHOLE.record_id, WHOLE.record_id]
    stored = [item.record_id for item in scan_file(io.BytesIO(out), name="out") if isinstance(item, ScannedRecord)]
    assert len(set(stored)) == len(stored)
    (tmp_path / "x").write_bytes(nameless)
    found = [item for item in read_warc(tmp_path / "x", "x") if isinstance(item, WarcCandidate)]
    assert found[0].source.record_id.startswith("urn:uuid:")


def test_an_empty_file_is_stored_whole(tmp_path: Path) -> None:
    encoding, carried, _, findings = run(tmp_path / "x", b"")
    assert (encoding, len(carried), findings[0].code) == (Encoding.PAYLOAD, 1, "warc.empty")


def test_an_arc_file_is_stored_whole_and_its_records_become_warc(tmp_path: Path) -> None:
    http = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    data = b"filedesc://x.arc 0.0.0.0 20260102030405 text/plain 6\n1 0 X\n\n"
    data += b"http://news.example/1 192.0.2.1 20260102030405 text/html %d\n" % len(http) + http + b"\n"
    encoding, carried, out, findings = run(tmp_path / "x", data)
    assert (encoding, findings) == (Encoding.PAYLOAD, ())
    stored = [item for item in scan_file(io.BytesIO(out), name="out") if isinstance(item, ScannedRecord)]
    assert [(item.type, item.version) for item in stored] == [("resource", "1.1"), ("response", "1.1")]
    assert stored[1].block == http
    candidate = carried[-1].candidate
    assert candidate is not None
    assert (candidate.source.data, candidate.source.record_id) == (PAGE, stored[1].record_id)


def test_a_file_that_changes_after_the_plan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(member(response(1)))
    plan = plan_container(path, "x")
    path.write_bytes(member(response(1, PAGE.replace(b"again", b"never"))))
    with pytest.raises(DamagedContainerError, match="changed"):
        list(carry(path, plan, io.BytesIO(), whole=WHOLE))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        plan_container(tmp_path / "absent", "x")


def test_source_of_a_response(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    record = response(1, packed, "Content-Type: Text/HTML; charset=latin1", "Content-Encoding: gzip")
    image = response(2, b"\x89PNG", "Content-Type: image/png")
    found = candidates(tmp_path / "x", image, record)
    assert len(found) == 1
    source = found[0].source
    assert (source.path, source.ordinal, source.data) == ("in/x.warc.gz", 1, PAGE)
    assert (source.media_type, source.charset) == ("text/html", "latin1")
    assert (source.sha256, source.size) == (hashlib.sha256(PAGE).hexdigest(), len(PAGE))
    assert (source.url, source.target_uri) == ("https://news.example/1", "https://news.example/1")
    assert (source.record_id, source.captured) == (record.record_id, DATE)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (response(1, status=200), 1),
        (response(1, status=206), 1),
        (response(1, b"", status=204), 0),
        (response(1, status=301), 0),
        (response(1, status=404), 0),
        (response(1, b"Text.", "Content-Type: text/plain"), 1),
        (response(1, PAGE, "Content-Type: application/xhtml+xml"), 1),
        (response(1, PAGE, "X-None: 1"), 1),
        (response(1, b"Text.", "X-None: 1"), 0),
        (response(1, PAGE, "Content-Type: application/octet-stream"), 1),
        (response(1, b"{}", "Content-Type: application/json"), 0),
        (response(1, b"User-agent: *", "Content-Type: text/plain", uri="https://news.example/robots.txt"), 0),
        (resource(1, PAGE, "text/html"), 1),
        (resource(1, b"Text.", "text/plain; charset=utf-8"), 1),
        (resource(1, PAGE, "application/octet-stream"), 1),
        (resource(1, b"\x89PNG", "image/png"), 0),
        (WarcRecord("conversion", "urn:a:1", DATE, "text/plain", b"Text.", target_uri="https://news.example/"), 0),
        (WarcRecord("metadata", "urn:a:1", DATE, "text/plain", b"Text."), 0),
    ],
)
def test_which_records_are_candidates(tmp_path: Path, record: WarcRecord, expected: int) -> None:
    assert len(candidates(tmp_path / "x", record)) == expected


def test_candidates_that_cannot_become_articles_tell_why(tmp_path: Path) -> None:
    broken = response(1, gzip.compress(PAGE)[:-8] + b"\0" * 8, "Content-Type: text/html", "Content-Encoding: gzip")
    unknown = response(2, b"\x28\xb5", "Content-Type: text/html", "Content-Encoding: zstd")
    bomb = response(3, gzip.compress(b"\0" * 3_000_000), "Content-Type: text/html", "Content-Encoding: gzip")
    large = resource(4, b"x" * 200_000, "text/plain")
    limits = WarcLimits(block_bytes=100_000, entity_bytes=1_000_000)
    found = candidates(tmp_path / "x", broken, unknown, bomb, large, limits=limits)
    assert [type(item.error) for item in found][1:] == [DecodeError, TooLargeError, TooLargeError]
    assert found[0].error is not None
    assert "gzip" in found[0].error.message


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html>", "text/html"),
        (b"\xef\xbb\xbf \r\n<!-- note -->\n<HTML lang=en>", "text/html"),
        (b"<body>", "text/html"),
        (b"<?xml version='1.0'?><html xmlns=\"http://www.w3.org/1999/xhtml\">", "application/xhtml+xml"),
        (b"<htmlx>", ""),
        (b"<rss>", ""),
        (b"The <html> element", ""),
        (b"\x1f\x8b\x08", ""),
        (b"", ""),
    ],
)
def test_sniffing(data: bytes, expected: str) -> None:
    assert sniff_media_type(data) == expected


@pytest.mark.parametrize(
    ("plain", "unusual"),
    [
        (b"WARC/1.1", b"warc/1.1"),
        (b"Content-Length:", b"CONTENT-LENGTH:"),
        (b"WARC-Type: ", b"WARC-Type:\r\n\t"),
    ],
)
def test_a_header_at_which_other_readers_stop_is_kept_within_the_whole_file(
    tmp_path: Path, plain: bytes, unusual: bytes
) -> None:
    """FastWARC reads nothing behind such a header, so it must not stand before the records of others."""
    data = record_bytes(response(1)).replace(plain, unusual, 1)
    encoding, carried, out, findings = run(tmp_path / "x.warc", data)
    assert encoding is Encoding.PAYLOAD
    assert [(item.restores, item.length > 0) for item in carried] == [(True, True), (False, False)]
    assert [item.candidate is not None for item in carried] == [False, True]
    assert findings == ()
    assert unusual not in gzip.decompress(out).partition(b"\r\n\r\n")[0]


def test_a_record_that_the_crawler_ended_early_says_so(tmp_path: Path) -> None:
    """WARC 1.1 section 5.13: WARC-Truncated names the reason why a block does not hold all of the payload."""
    whole = record_bytes(response(1))
    cut = whole.replace(b"\r\nWARC-Date", b"\r\nWARC-Truncated: length\x1b\r\nWARC-Date", 1)
    (tmp_path / "x").write_bytes(cut + record_bytes(response(2)))
    found = [one for one in read_warc(tmp_path / "x", "in/x.warc", WarcLimits()) if isinstance(one, WarcCandidate)]
    assert [[notice.code for notice in one.source.notices] for one in found] == [["warc.cut-by-crawler"], []]
    assert "length" in found[0].source.notices[0].message
    assert found[0].source.notices[0].message.isprintable()


def test_what_undoing_the_codings_met_goes_with_the_article(tmp_path: Path) -> None:
    html = "Content-Type: text/html; charset=utf-8"
    body = b"%x\r\n%s\r\n" % (len(PAGE), PAGE)
    (found,) = candidates(tmp_path / "x", response(1, body, html, "Transfer-Encoding: chunked"))
    assert [notice.code for notice in found.source.notices] == ["http.truncated-chunk"]
