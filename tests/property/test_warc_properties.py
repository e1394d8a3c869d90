"""Laws of the WARC room: what is written is read again; no damage goes unseen; nothing crashes the readers."""

from __future__ import annotations

import contextlib
import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.canon import content_urn
from archiver.errors import ArticleError
from archiver.model.outcome import Finding, Severity
from archiver.model.records import WarcRecord
from archiver.warc.cdxj import cdxj_line, scanned_entry
from archiver.warc.http import http_entity
from archiver.warc.record import ScannedRecord, WarcLimits
from archiver.warc.scan import scan_file
from archiver.warc.write import member, record_bytes

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30)
TYPES = ["resource", "response", "conversion", "metadata", "request", "revisit"]


@st.composite
def warc_records(draw: st.DrawFn) -> WarcRecord:
    kind = draw(st.sampled_from(TYPES))
    block = draw(st.binary(max_size=300) | st.just(b"WARC/1.1\r\nWARC-Type: resource\r\n\r\n" * 3))
    name = draw(TEXT)
    return WarcRecord(
        type=kind,
        record_id=content_urn(kind, name, block.hex()),
        date=draw(st.sampled_from(["2026-01-02T03:04:05Z", "2026-01-02", "2026-01-02T03:04:05.123456Z"])),
        content_type=draw(
            st.sampled_from(["text/plain", "application/http;msgtype=response", "text/html; charset=utf-8"])
        ),
        block=block,
        target_uri=None if kind == "metadata" else f"https://news.example/{name}",
        refers_to=content_urn("other") if kind in ("metadata", "conversion") else None,
        warcinfo_id=draw(st.none() | st.just(content_urn("info"))),
        extra=tuple((f"X-Note-{number}", value) for number, value in enumerate(draw(st.lists(TEXT, max_size=3)))),
    )


def read(data: bytes, limits: WarcLimits | None = None) -> list[ScannedRecord | Finding]:
    return list(scan_file(io.BytesIO(data), name="x", limits=limits or WarcLimits()))


def problems(data: bytes) -> list[str]:
    found: list[Finding] = []
    for item in read(data):
        found.extend([item] if isinstance(item, Finding) else item.findings)
    return [item.code for item in found if item.severity is Severity.ERROR]


@given(st.lists(warc_records(), min_size=1, max_size=4, unique_by=lambda item: item.record_id), st.booleans())
@settings(max_examples=120, deadline=None)
def test_what_is_written_is_read_again(records: list[WarcRecord], packed: bool) -> None:
    parts = [member(item) if packed else record_bytes(item) for item in records]
    found = read(b"".join(parts))
    assert len(found) == len(records)
    at = 0
    for item, record, part in zip(found, records, parts, strict=True):
        assert isinstance(item, ScannedRecord)
        assert item.findings == ()
        assert (item.type, item.record_id, item.date) == (record.type, record.record_id, record.date)
        assert (item.block, item.get("Content-Type")) == (record.block, record.content_type)
        assert [item.get(name) for name, _ in record.extra] == [value.strip() for _, value in record.extra]
        assert (item.offset, item.length, item.block_digest) == (at, len(part), True)
        at += len(part)


FIRST = WarcRecord(
    "resource", content_urn("1"), "2026-01-02", "text/plain", b"The council met. " * 9, target_uri="https://n.example/1"
)
SECOND = WarcRecord(
    "conversion", content_urn("2"), "2026-01-02", "text/plain", bytes(range(256)), target_uri="https://n.example/2"
)
FILE = member(FIRST) + member(SECOND)
START = len(member(FIRST))
#: The last byte of the deflate data, before the eight bytes of the trailer.
FILLED = (START - 9, len(FILE) - 9)


@given(st.integers(0, len(FILE) - 1), st.integers(0, 7))
@settings(max_examples=400, deadline=None)
def test_every_flipped_bit_of_a_gzip_file_is_found_or_is_no_part_of_a_record(place: int, bit: int) -> None:
    # No checksum covers time and system in a member header, nor the bits that fill up its last byte (RFC 1952).
    changed = FILE[:place] + bytes([FILE[place] ^ (1 << bit)]) + FILE[place + 1 :]
    if not problems(changed):
        assert place - (START if place >= START else 0) in range(3, 10) or place in FILLED
        assert gzip.decompress(changed) == record_bytes(FIRST) + record_bytes(SECOND)


def test_every_truncation_is_found_except_at_a_member_boundary() -> None:
    for end in range(len(FILE)):
        assert bool(problems(FILE[:end])) is (end != START), end


def test_every_truncation_of_a_plain_file_is_found_except_at_a_record_boundary() -> None:
    first = record_bytes(FIRST)
    data = first + record_bytes(SECOND)
    for end in range(len(data)):
        assert bool(problems(data[:end])) is (end != len(first)), end


@pytest.mark.parametrize("zeros", [1, 6])
def test_no_damage_makes_the_range_of_a_record_reach_into_the_next_member(zeros: int) -> None:
    """Damaged data can be inflated on and on, over the members behind it."""
    for place in range(len(FILE) - zeros):
        end = 0
        for item in read(FILE[:place] + bytes(zeros) + FILE[place + zeros :]):
            if not isinstance(item, Finding) and item.length:
                assert end <= item.offset < item.offset + item.length <= len(FILE), place
                end = item.offset + item.length


@given(
    st.lists(
        st.sampled_from(
            [
                record_bytes(FIRST),
                member(FIRST),
                record_bytes(SECOND),
                FILE,
                b"\r\n",
                b"WARC/1.1\r\n",
                b"\x1f\x8b\x08\0",
            ]
        )
        | st.binary(max_size=40),
        max_size=5,
    ),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=6)), max_size=4),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_no_bytes_crash_the_scanner(parts: list[bytes], edits: list[tuple[int, bytes]], packed: bool) -> None:
    data = b"".join(parts)
    for place, piece in edits:
        data = data[:place] + piece + data[place + len(piece) :]
    if packed:
        data = gzip.compress(data, mtime=0)
    end = 0
    for item in read(data, WarcLimits(header_bytes=512, block_bytes=200, head_bytes=64)):
        if isinstance(item, Finding):
            continue
        assert item.length == 0 or end <= item.offset < item.offset + item.length <= len(data)
        end = item.offset + item.length
        entry = scanned_entry(item)
        if entry:
            assert cdxj_line(entry, filename="x", offset=0, length=1).count(b"\n") == 1


@given(
    st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 404\n"]),
    st.lists(
        st.sampled_from(
            [
                b"Transfer-Encoding: chunked\r\n",
                b"Content-Encoding: gzip\r\n",
                b"Content-Encoding: br, deflate\r\n",
                b"\r\n",
                b": x\r\n",
            ]
        ),
        max_size=4,
    ),
    st.binary(max_size=60) | st.binary(max_size=60).map(gzip.compress) | st.just(b"3\r\nabc\r\n0\r\n\r\n"),
)
@settings(max_examples=300, deadline=None)
def test_an_http_message_gives_an_entity_or_a_typed_error(status: bytes, headers: list[bytes], body: bytes) -> None:
    with contextlib.suppress(ArticleError):
        entity = http_entity(status + b"".join(headers) + b"\r\n" + body, max_bytes=1000)
        assert len(entity.body) <= 1000
