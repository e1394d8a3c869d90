"""How much of a file is read at a time is nobody's business: records and findings are the same."""

from __future__ import annotations

import gzip
import io
import random
from collections.abc import Callable
from dataclasses import astuple

import pytest

from archiver.model.outcome import Finding
from archiver.warc import feed, frame, gzip_feed
from archiver.warc import scan as scanning
from archiver.warc.record import WarcLimits

from .test_warc_scan import gz, record

#: An HTTP response among others; blocks from nothing to several pieces, some that do not compress.
_NOISE = random.Random(1).randbytes(200_000)
_BLOCKS = [b"", b"one\n", b"long line " * 3000, _NOISE, _NOISE[:70_000], b"x" * 65_536, b"\r\n\r\n", b"last"]
RECORDS = [record(number, block) for number, block in enumerate(_BLOCKS)]
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _NOISE[:90_000]
RECORDS.insert(2, record(70, _HTTP, WARC_Type="response", Content_Type="application/http"))

Build = Callable[[], bytes]


def packed_with_names() -> bytes:
    """Members with a file name in their header."""
    target = io.BytesIO()
    for number, content in enumerate(RECORDS):
        with gzip.GzipFile(f"record-{number}.warc", "wb", fileobj=target, mtime=0) as member:
            member.write(content)
    return target.getvalue()


FILES: dict[str, Build] = {
    "plain": lambda: b"".join(RECORDS),
    "a member a record": lambda: gz(*RECORDS),
    "one member for all": lambda: gz(b"".join(RECORDS)),
    "named members": packed_with_names,
    "a record in three members": lambda: gz(RECORDS[0], RECORDS[4][:900], RECORDS[4][900:90_000], RECORDS[4][90_000:]),
    "blank lines between": lambda: b"\r\n\r\n\n".join(RECORDS),
    "blank lines in members": lambda: gz(*(content + b"\r\n" * 40_000 for content in RECORDS[:3])),
    "a length that is too long": lambda: gz(record(1, _NOISE, Content_Length="200900") + RECORDS[1], RECORDS[2]),
    "a length that is too short": lambda: gz(record(1, _NOISE, Content_Length="1000"), RECORDS[2]),
    "a length that is none": lambda: gz(record(1, _NOISE, Content_Length="many") + RECORDS[1], RECORDS[2]),
    "a plain length that is too long": lambda: record(1, _NOISE, Content_Length="200900") + RECORDS[1],
    "a header without an end": lambda: gz(b"WARC/1.1\r\n" + b"X-Note: none\r\n" * 9000, RECORDS[1]),
    "a long header": lambda: gz(record(1, X_Note="y" * 9000), RECORDS[1]),
    "noise before": lambda: b"noise " * 40_000 + b"\n" + b"".join(RECORDS),
    "noise in a member": lambda: gz(_NOISE, RECORDS[1]),
    "noise between members": lambda: gz(RECORDS[4]) + _NOISE[:150_000] + gz(RECORDS[1]),
    "cut in a member": lambda: gz(*RECORDS)[:-40],
    "cut in the trailer of a member": lambda: gz(*RECORDS)[:-5],
    "cut in a member header": lambda: gz(*RECORDS) + gz(RECORDS[0])[:6],
    "cut in a plain block": lambda: b"".join(RECORDS)[:150_000],
    "a wrong checksum": lambda: gz(RECORDS[4])[:-8] + bytes(8) + gz(RECORDS[1]),
}


def read(data: bytes, limits: WarcLimits) -> list[object]:
    items = scanning.scan_file(io.BytesIO(data), name="x", limits=limits)
    return [item if isinstance(item, Finding) else astuple(item) for item in items]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("limits", [WarcLimits(), WarcLimits(block_bytes=5000)], ids=["held", "passed"])
def test_records_and_findings_do_not_depend_on_pieces(
    name: str, limits: WarcLimits, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = FILES[name]()
    expected = read(data, limits)
    assert expected
    for size in (331, 20_000, 1 << 20):
        for module in (feed, gzip_feed, frame, scanning):
            monkeypatch.setattr(module, "CHUNK", size)
        assert read(data, limits) == expected


def test_what_is_read_ahead_is_taken_in_order() -> None:
    stream = gzip_feed.GzipFeed(io.BytesIO(gz(_NOISE)))
    stream.reach(150_000)
    assert stream.peek(10) == _NOISE[:10]
    assert stream.take(70_000) == _NOISE[:70_000]
    stream.unread(_NOISE[60_000:70_000])
    assert stream.peek(100_000) == _NOISE[60_000:160_000]
    stream.reach(1)
    assert stream.take(1 << 20) == _NOISE[60_000:]
    assert stream.take(1) == b""
