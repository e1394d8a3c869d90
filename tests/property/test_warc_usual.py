"""What is told of usual records at small cost is what the rules tell, asked one by one."""

from __future__ import annotations

import gzip
import hashlib
import io
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.model.outcome import Finding
from archiver.warc import check, scan
from archiver.warc.feed import Feed
from archiver.warc.http import split_http, status_and_type
from archiver.warc.record import ScannedRecord, WarcLimits
from archiver.warc.usual import is_usual

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Rain."
CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nRain.\r\n0\r\n\r\n"
BLOCKS = [b"", b"Rain.\n", HTTP, CHUNKS, HTTP + bytes(range(256)) * 300, b"rain " * 15_000]
TYPES = "response resource request metadata revisit conversion warcinfo continuation RESPONSE leaflet".split()
PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
VALUES = {
    "WARC-Type": TYPES,
    "WARC-Record-ID": ["<urn:uuid:1>", "<urn:uuid:2>", "urn:uuid:1", "<urn:a b>", "<>", "< urn:c >", "<urn:é>"],
    "WARC-Date": ["2026-01-02T03:04:05Z", "2026-02-30T00:00:00Z", "2026-01", "2026-01-31T00:00:00.5Z", "today"],
    "WARC-Target-URI": ["https://n.example/1", "<https://n.example/1>", "https://n.example/é", "n.example", "dns:n"],
    "WARC-Refers-To": ["<urn:uuid:3>", "urn:uuid:3"],
    "WARC-Refers-To-Date": ["2026-01-02T03:04:05Z", "2026-02-30T00:00:00Z", "once"],
    "WARC-Warcinfo-ID": ["<urn:uuid:4>"],
    "WARC-Concurrent-To": ["<urn:uuid:5>"],
    "WARC-IP-Address": ["192.0.2.1", "2001:db8::1", "192.0.2", "::g"],
    "WARC-Profile": [PROFILE, "http://n.example/profile"],
    "WARC-Segment-Number": ["1", "2", "one"],
    "WARC-Truncated": ["length"],
    "Content-Type": ["application/http;msgtype=response", "application/http;msgtype=request", "text/html", "text", ""],
    "X-Note": ["rain", ""],
}
NAMES = list(VALUES)
ALGORITHMS = ["sha256", "sha1", "md5", "crc8"]


@st.composite
def records(draw: st.DrawFn) -> bytes:
    """Records of which nearly all is as usual, and something may be odd."""
    block = draw(st.sampled_from(BLOCKS))
    kind = draw(st.sampled_from(TYPES))
    body = block.partition(b"\r\n\r\n")[2] if draw(st.booleans()) else block
    digests = {}
    for name, content in (("WARC-Block-Digest", block), ("WARC-Payload-Digest", body)):
        algorithm = draw(st.sampled_from([*ALGORITHMS[:1] * 6, *ALGORITHMS, ""]))
        if algorithm:
            made = hashlib.new(algorithm if algorithm != "crc8" else "md5", content).hexdigest()
            digests[name] = f"{algorithm}:{draw(st.sampled_from([made, made, made, made.upper(), '0' * len(made)]))}"
    media_type = "application/warc-fields" if kind == "warcinfo" else f"application/http;msgtype={kind}"
    fields = [("WARC-Type", kind), ("WARC-Record-ID", "<urn:uuid:0>"), ("WARC-Date", "2026-01-02T03:04:05Z")]
    fields += [("WARC-Target-URI", "https://n.example/0")] if kind not in ("warcinfo", "metadata") else []
    fields += [*digests.items(), ("Content-Type", media_type), ("Content-Length", str(len(block)))]
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=3)):
        value = draw(st.sampled_from(VALUES[name]))
        if draw(st.integers(0, 4)):
            fields = [field for field in fields if field[0] != name]
        fields.append((draw(st.sampled_from([name, name, name.lower()])), value))
    version = draw(st.sampled_from(["1.1", "1.1", "1.0", "9.9"]))
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in fields)]
    end = draw(st.sampled_from(["\r\n"] * 9 + ["\n"]))
    return (end.join(lines) + "\r\n\r\n").encode() + block + draw(st.sampled_from([b"\r\n\r\n"] * 9 + [b"\r\n", b""]))


def read(data: bytes, limits: WarcLimits) -> list[object]:
    return list(scan.scan_file(io.BytesIO(data), name="x", limits=limits))


def pass_over(_: Feed, limits: WarcLimits) -> None:
    del limits


@given(st.lists(records(), min_size=1, max_size=3), st.sampled_from([40, 70_000, 1 << 20]))
@settings(max_examples=150, deadline=None)
def test_no_record_is_read_otherwise_in_one_go(content: list[bytes], block_bytes: int) -> None:
    data = b"".join(gzip.compress(one, 1, mtime=0) for one in content)
    limits = WarcLimits(block_bytes=block_bytes)
    found = read(data, limits)
    with patch.object(scan, "sound_record", pass_over), patch.object(scan, "is_usual", lambda _: False):
        assert read(data, limits) == found
    for item in found:
        if isinstance(item, ScannedRecord) and is_usual(item):
            assert not list(check._field_findings(item, "x"))
            assert not [one for one in item.findings if one.code in ("warc.missing-field", "warc.bad-field")]


def test_a_usual_record_is_known_as_one() -> None:
    digest = hashlib.sha256(HTTP).hexdigest()
    header = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
        f"WARC-Target-URI: https://n.example/1\r\nWARC-Block-Digest: sha256:{digest}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(HTTP)}\r\n\r\n"
    )
    (record,) = read(gzip.compress(header.encode() + HTTP + b"\r\n\r\n"), WarcLimits())
    assert not isinstance(record, Finding)
    assert isinstance(record, ScannedRecord)
    assert is_usual(record)


LINES = [b"Content-Type: text/html", b"content-type:a/b ;c", b"Content-Type : x/y", b"X-Content-Type: z/z", b" folded"]
LINES += [b"\tfolded", b"Server: n", b"caf\xe9: 1", b"Content-Type:", b"no field", b"Content-Types: q/q", b"\x0bz: 1"]


@given(
    st.sampled_from(
        [b"HTTP/1.1 200 OK", b"http/1.0 404", b"HTTP/2 200", b"HTTP/1.1 2000", b"HTTP/1.1", b"GET / HTTP/1.1"]
    ),
    st.lists(st.sampled_from(LINES), max_size=5),
    st.sampled_from([b"\r\n", b"\r\n", b"\n"]),
)
@settings(max_examples=200, deadline=None)
def test_status_and_type_are_those_of_the_header(status: bytes, lines: list[bytes], end: bytes) -> None:
    block = end.join([status, *lines, b"", b"Content-Type: of/body"])
    head = split_http(block)
    assert status_and_type(block) == (None if head is None else (head.status, head.get("Content-Type")))
