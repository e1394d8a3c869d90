"""HTTP messages as captures hold them, after RFC 9110 and RFC 9112, sound and broken."""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from pathlib import Path

import pytest

from archiver.errors import ArticleError, ParseError, TooLargeError
from archiver.warc import http, verify
from archiver.warc.http import HttpEntity, content_type, http_entity, payload_readings, split_http
from archiver.warc.record import ScannedRecord
from archiver.warc.scan import scan

from ..faults.hostile import record

#: Without a clock, so that every worker collects the same tests.
_gzip = partial(gzip.compress, mtime=0)

TEXT = b"<!doctype html><p>The harbour reopened on Monday.</p>"


def message(body: bytes = TEXT, *headers: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    lines = [status, *(headers or ("Content-Type: text/html; charset=utf-8",)), "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def codes(entity: HttpEntity) -> list[str]:
    return [notice.code for notice in entity.notices]


def chunks(*parts: bytes) -> bytes:
    return b"".join(b"%x;ext=1\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def test_plain_message() -> None:
    entity = http_entity(message())
    assert (entity.status, entity.body, entity.media_type, entity.charset) == (200, TEXT, "text/html", "utf-8")
    assert entity.notices == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text/html", ("text/html", None)),
        ('Text/HTML ; Charset="ISO-8859-1"', ("text/html", "ISO-8859-1")),
        ("text/html; charset='windows-1252'", ("text/html", "windows-1252")),
        ("text/html;charset=utf-8,text/html", ("text/html", "utf-8")),
        ("application/xhtml+xml", ("application/xhtml+xml", None)),
        ("html", ("", None)),
        ("", ("", None)),
        (None, ("", None)),
    ],
)
def test_content_type(value: str | None, expected: tuple[str, str | None]) -> None:
    assert content_type(value) == expected


@pytest.mark.parametrize(
    ("status", "number"),
    [
        ("HTTP/1.1 404 Not Found", 404),
        ("HTTP/1.0 200", 200),
        ("HTTP/2 301 ", 301),
        ("HTTP/1.1 0 No Content", 0),
        ("HTTP/1.1", 0),
        ("http/1.1 200 ok", 200),
    ],
)
def test_status_lines(status: str, number: int) -> None:
    assert http_entity(message(status=status)).status == number


def test_lf_only_folding_latin1_and_no_blank_line() -> None:
    assert http_entity(b"HTTP/1.1 200 OK\nContent-Type: text/plain\n\nabc").body == b"abc"
    folded = split_http(b"HTTP/1.1 200 OK\r\nX-A: one\r\n  two\r\nX-B: caf\xe9\r\n\r\n")
    assert folded is not None
    assert folded.headers == (("X-A", "one two"), ("X-B", "café"))
    assert http_entity(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain").body == b""


@pytest.mark.parametrize("block", [b"", b"<html>", b"HTTP", b"GET / HTTP/1.1\r\n\r\n", b"\0" * 100])
def test_what_is_no_response(block: bytes) -> None:
    with pytest.raises(ParseError):
        http_entity(block)


def test_chunks_are_joined() -> None:
    entity = http_entity(message(chunks(TEXT[:10], TEXT[10:]), "Transfer-Encoding: Chunked"))
    assert entity.body == TEXT
    assert entity.notices == ()


@pytest.mark.parametrize(
    ("body", "expected", "code"),
    [
        (TEXT, TEXT, "http.not-chunked"),
        (b"3\r\nabc\r\n9\r\nde", b"abcde", "http.truncated-chunk"),
        (b"3\r\nabc\r\n", b"abc", "http.truncated-chunk"),
        (b"3\r\nabc\r\nzz\r\nde", b"abczz\r\nde", "http.damaged-chunk"),
        (b"", b"", "http.truncated-chunk"),
    ],
)
def test_broken_chunks(body: bytes, expected: bytes, code: str) -> None:
    entity = http_entity(message(body, "Transfer-Encoding: chunked"))
    assert (entity.body, codes(entity)) == (expected, [code])


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", _gzip(TEXT)),
        ("X-GZIP", _gzip(TEXT[:9]) + _gzip(TEXT[9:])),
        ("gzip", _gzip(TEXT) + b"\0\0\r\n"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
        ("gzip, gzip", _gzip(_gzip(TEXT))),
        ("identity", TEXT),
    ],
)
def test_content_codings(coding: str, body: bytes) -> None:
    entity = http_entity(message(body, f"Content-Encoding: {coding}"))
    assert (entity.body, entity.notices) == (TEXT, ())


def test_brotli_where_the_package_is_there() -> None:
    brotli = pytest.importorskip("brotli")
    entity = http_entity(
        message(brotli.compress(TEXT) if hasattr(brotli, "compress") else b"\0", "Content-Encoding: br")
    )
    if hasattr(brotli.Decompressor, "can_accept_more_data"):
        assert (entity.body, entity.notices) == (TEXT, ())
    else:
        assert codes(entity) == ["http.unknown-coding"]


def test_chunks_are_undone_before_the_content_coding() -> None:
    packed = _gzip(TEXT)
    headers = ("Transfer-Encoding: chunked", "Content-Encoding: gzip")
    assert http_entity(message(chunks(packed[:7], packed[7:]), *headers)).body == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_header_says_coded_and_the_body_is_not(coding: str) -> None:
    entity = http_entity(message(TEXT, f"Content-Encoding: {coding}"))
    assert (entity.body, codes(entity)) == (TEXT, ["http.not-coded"])


def test_unknown_coding_is_told() -> None:
    entity = http_entity(message(b"\x28\xb5\x2f\xfd", "Content-Encoding: zstd"))
    assert (entity.body, codes(entity)) == (b"\x28\xb5\x2f\xfd", ["http.unknown-coding"])


def test_cut_and_damaged_coding() -> None:
    long = bytes(range(256)) * 2000
    packed = _gzip(long)
    entity = http_entity(message(packed[:-20], "Content-Encoding: gzip"))
    assert long.startswith(entity.body)
    assert codes(entity) == ["http.truncated-coding"]
    with pytest.raises(ParseError):
        http_entity(message(_gzip(TEXT)[:-8] + b"\0" * 8, "Content-Encoding: gzip"))


def test_limits_of_size_and_ratio() -> None:
    bomb = _gzip(b"\0" * 10_000_000)
    with pytest.raises(TooLargeError):
        http_entity(message(bomb, "Content-Encoding: gzip"), max_bytes=5_000_000)
    with pytest.raises(TooLargeError):
        http_entity(message(bomb, "Content-Encoding: gzip"), max_ratio=200)
    assert len(http_entity(message(bomb, "Content-Encoding: gzip"), max_ratio=2000).body) == 10_000_000
    assert issubclass(TooLargeError, ArticleError)


def test_payload_is_the_entity_body_before_content_coding() -> None:
    packed = _gzip(TEXT)
    block = message(chunks(packed), "Transfer-Encoding: chunked", "Content-Encoding: gzip")
    assert payload_readings(block) == [packed, chunks(packed)]
    assert payload_readings(b"no http") == [b"no http"]


def test_a_body_in_too_many_chunks_is_refused_and_its_digest_is_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "MAX_CHUNKS", 10)
    monkeypatch.setattr(verify, "MAX_CHUNKS", 10)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    few, many = (head + b"1\r\nx\r\n" * count + b"0\r\n\r\n" for count in (10, 11))
    assert http_entity(few).body == b"x" * 10
    assert len(payload_readings(few)) == 2
    with pytest.raises(TooLargeError):
        http_entity(many)
    assert payload_readings(many) == []
    fields = "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
    for block, codes in ((few, {"warc.payload-digest-mismatch"}), (many, {"warc.unknown-digest"})):
        (tmp_path / "x.warc").write_bytes(record(block, fields=fields))
        (found,) = [item for item in scan(tmp_path / "x.warc") if isinstance(item, ScannedRecord)]
        assert {finding.code for finding in found.findings} == codes


def test_of_a_head_beyond_measure_the_beginning_is_read() -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"a:b\r\n" * 30_000 + b"\r\nbody"
    head = split_http(block)
    assert head is not None
    assert (head.get("Content-Type"), block[head.size :]) == ("text/html", b"body")
    assert len(head.headers) < 20_000
