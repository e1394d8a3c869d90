"""Facts of WARC 1.1 clauses 4 to 6 about the records that are written."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import zlib

import pytest

from archiver.errors import PackageError
from archiver.model.records import WarcRecord
from archiver.warc.write import RecordError, encode_uri, member, record_bytes, warcinfo, write_long_member

ID = "urn:uuid:00000000-0000-5000-8000-000000000001"
OTHER = "urn:uuid:00000000-0000-5000-8000-000000000002"
DATE = "2026-11-21T08:00:00Z"


def make(kind: str = "resource", **changes: object) -> WarcRecord:
    values: dict[str, object] = {
        "type": kind,
        "record_id": ID,
        "date": DATE,
        "content_type": "text/plain",
        "block": b"The bridge is open.\n",
        "target_uri": None if kind in ("metadata", "warcinfo") else "https://news.example/bridge",
    }
    return WarcRecord(**(values | changes))  # type: ignore[arg-type]


def headers(raw: bytes) -> dict[str, str]:
    lines = raw.split(b"\r\n\r\n", 1)[0].decode().split("\r\n")
    assert lines[0] == "WARC/1.1"
    return dict(line.split(": ", 1) for line in lines[1:])


def test_a_record_is_header_block_and_two_line_ends() -> None:
    raw = record_bytes(make())
    head, block = raw.split(b"\r\n\r\n", 1)
    assert block == b"The bridge is open.\n\r\n\r\n"
    digest = "sha256:" + hashlib.sha256(b"The bridge is open.\n").hexdigest()
    assert head.decode().split("\r\n") == [
        "WARC/1.1",
        "WARC-Type: resource",
        f"WARC-Record-ID: <{ID}>",
        f"WARC-Date: {DATE}",
        "WARC-Target-URI: https://news.example/bridge",
        f"WARC-Block-Digest: {digest}",
        f"WARC-Payload-Digest: {digest}",
        "Content-Type: text/plain",
        "Content-Length: 20",
    ]


def test_the_member_is_one_gzip_member_without_a_clock() -> None:
    raw = member(make())
    assert gzip.decompress(raw) == record_bytes(make())
    assert raw[4:8] == b"\0\0\0\0"


@pytest.mark.parametrize(("kind", "expected"), [("resource", True), ("conversion", True), ("metadata", False)])
def test_payload_digest_only_where_a_payload_is_defined(kind: str, expected: bool) -> None:
    assert ("WARC-Payload-Digest" in headers(record_bytes(make(kind)))) is expected


def test_the_payload_of_a_response_is_its_body() -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Open.</p>"
    found = headers(record_bytes(make("response", block=block, content_type="application/http;msgtype=response")))
    assert found["WARC-Payload-Digest"] == "sha256:" + hashlib.sha256(b"<p>Open.</p>").hexdigest()
    assert found["WARC-Block-Digest"] == "sha256:" + hashlib.sha256(block).hexdigest()


def test_nothing_is_said_of_a_payload_in_chunks() -> None:
    block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
    raw = record_bytes(make("response", block=block, content_type="application/http;msgtype=response"))
    assert "WARC-Payload-Digest" not in headers(raw)


def test_a_given_payload_digest_stands_once() -> None:
    raw = record_bytes(make("revisit", block=b"", extra=(("WARC-Payload-Digest", "sha1:" + "A" * 32),)))
    assert raw.count(b"WARC-Payload-Digest") == 1


@pytest.mark.parametrize(
    "bad", ["a\r\nX-Forged: 1", "a\nb", "a\x00b", "a\x7fb", "a\x85b", "a\u2028b", "a\ud800b", "a\tb"]
)
@pytest.mark.parametrize("field", ["record_id", "target_uri", "content_type", "extra", "refers_to", "date", "type"])
def test_no_control_character_reaches_a_header(field: str, bad: str) -> None:
    value: object = (("X-Note", bad),) if field == "extra" else f"urn:{bad}"
    with pytest.raises(RecordError) as caught:
        record_bytes(make("conversion", **{field: value}))
    assert isinstance(caught.value, PackageError)


@pytest.mark.parametrize("name", ["X-\r\nY", "X Y", "", "X:Y", "Ä"])
def test_a_field_name_is_a_token(name: str) -> None:
    with pytest.raises(RecordError):
        record_bytes(make(extra=((name, "1"),)))


@pytest.mark.parametrize(
    "record",
    [
        make("metadata", target_uri="https://news.example/bridge"),
        make("warcinfo", target_uri="https://news.example/bridge"),
        make("resource", target_uri=None),
        make("resource", refers_to=OTHER),
        make("resource", record_id="not a uri"),
        make("resource", date="21 November 2026"),
        make("resource", extra=(("content-length", "5"),)),
        make("metadata", extra=(("WARC-Payload-Digest", "sha256:" + "0" * 64),)),
    ],
)
def test_rules_of_the_types_are_kept(record: WarcRecord) -> None:
    with pytest.raises(RecordError):
        record_bytes(record)


def test_target_uris_are_ascii() -> None:
    assert encode_uri("https://news.example/brücke ab?q=ä%20b") == "https://news.example/br%C3%BCcke%20ab?q=%C3%A4%20b"
    assert b"br%C3%BCcke" in record_bytes(make(target_uri="https://news.example/brücke"))


@pytest.mark.parametrize("uri", ["no scheme", "/path", "", "1a:b"])
def test_what_has_no_scheme_is_no_uri(uri: str) -> None:
    with pytest.raises(RecordError):
        encode_uri(uri)


def test_header_values_may_be_utf8() -> None:
    assert "X-Place: Kraków".encode() in record_bytes(make(extra=(("X-Place", "Kraków"),)))


def test_warcinfo_holds_fields_in_their_order() -> None:
    record = warcinfo(
        {"software": "archiver 0.1.0", "format": "WARC File Format 1.1"}, record_id=ID, date=DATE, filename="a.warc.gz"
    )
    assert record.block == b"software: archiver 0.1.0\r\nformat: WARC File Format 1.1\r\n"
    found = headers(record_bytes(record))
    assert found["WARC-Type"] == "warcinfo"
    assert found["Content-Type"] == "application/warc-fields"
    assert found["WARC-Filename"] == "a.warc.gz"
    assert "WARC-Target-URI" not in found


def test_warcinfo_refuses_line_ends() -> None:
    with pytest.raises(RecordError):
        warcinfo({"operator": "A\r\nsoftware: B"}, record_id=ID, date=DATE)


def test_a_long_member_holds_the_same_record() -> None:
    block = b"0123456789" * 10_000
    out = io.BytesIO()
    pieces = [block[at : at + 777] for at in range(0, len(block), 777)]
    size = write_long_member(make(), pieces, out, length=len(block), sha256=hashlib.sha256(block).hexdigest())
    assert size == len(out.getvalue())
    assert gzip.decompress(out.getvalue()) == record_bytes(make(block=block))
    assert out.getvalue()[:10] == member(make())[:10]


def test_a_long_member_of_another_length_is_refused() -> None:
    with pytest.raises(RecordError, match="had 3"):
        write_long_member(make(), [b"abc"], io.BytesIO(), length=4, sha256=base64.b16encode(b"\0" * 32).decode())


def test_members_are_deflated_at_level_6_and_digests_are_lower_case_hexadecimal() -> None:
    block = b"".join(b"%d lamps, " % number for number in range(5000))
    record = make(block=block)
    data = member(record)
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    assert data[10:-8] == deflate.compress(record_bytes(record)) + deflate.flush()
    digests = re.findall(rb"WARC-(?:Block|Payload)-Digest: (\S+)\r\n", record_bytes(record))
    assert digests == [b"sha256:" + hashlib.sha256(block).hexdigest().encode()] * 2
