"""Lines of a CDXJ index."""

from __future__ import annotations

import hashlib
import json

import pytest

from archiver.model.records import WarcRecord
from archiver.warc.cdxj import CdxEntry, as_revisit, cdxj_line, record_entry, surt_key, timestamp

ID = "urn:uuid:00000000-0000-5000-8000-000000000001"


def entry(kind: str = "resource", **changes: str | bytes) -> CdxEntry | None:
    values: dict[str, object] = {
        "type": kind,
        "record_id": ID,
        "date": "2026-11-21T08:00:00.123Z",
        "content_type": "text/html; charset=utf-8",
        "block": b"<p>",
        "target_uri": "https://News.example/a?b=1",
    }
    return record_entry(WarcRecord(**(values | changes)))  # type: ignore[arg-type]


def test_a_line_has_key_timestamp_and_json_with_strings() -> None:
    found = entry()
    assert found is not None
    line = cdxj_line(found, filename="x.warc.gz", offset=7, length=99)
    key, stamp, fields = line.decode().rstrip("\n").split(" ", 2)
    assert (key, stamp) == ("example,news)/a?b=1", "20261121080000")
    assert list(json.loads(fields).items()) == [
        ("url", "https://News.example/a?b=1"),
        ("mime", "text/html"),
        ("digest", "sha256:" + hashlib.sha256(b"<p>").hexdigest()),
        ("length", "99"),
        ("offset", "7"),
        ("filename", "x.warc.gz"),
    ]
    assert line.endswith(b"\n")


def test_a_response_tells_status_and_type_of_its_http_header() -> None:
    block = b"HTTP/1.1 201 Created\r\nContent-Type: text/plain;charset=x\r\n\r\nbody"
    found = entry("response", block=block, content_type="application/http;msgtype=response")
    assert found is not None
    assert dict(found.fields)["status"] == "201"
    assert dict(found.fields)["mime"] == "text/plain"
    assert dict(found.fields)["digest"] == "sha256:" + hashlib.sha256(b"body").hexdigest()


def test_a_revisit_is_marked() -> None:
    found = entry("revisit", block=b"")
    assert found is not None
    assert dict(found.fields) == {"url": "https://News.example/a?b=1", "mime": "warc/revisit"}


@pytest.mark.parametrize("kind", ["warcinfo", "metadata", "conversion", "request", "continuation"])
def test_other_types_are_not_indexed(kind: str) -> None:
    assert entry(kind) is None


@pytest.mark.parametrize(
    "uri", ["https://news.example/a b\nc", "https://news.example/ü", "urn:x:a b", "", "http://[", "a\0"]
)
def test_a_key_never_breaks_the_line(uri: str) -> None:
    key = surt_key(uri)
    assert key.isascii()
    assert not any(character <= " " for character in key)


def test_a_key_is_the_same_with_and_without_the_package_that_knows_all_of_them() -> None:
    from surt import surt

    hosts = [
        "",
        *"news.example www.a.b WWW2.x.y wwwx.a.b A-b.C a..b a. .a 1.2.3.4 1.a a.1 a.b1 localhost -.a x--y.a".split(),
    ]
    paths = ["", "/", "//", "/.", "/a/../b", "/a/./b", "/...", "/A/b.HTML", "/a/", "/a//", "/.a/b.", "/~x/_-y", "/a%41"]
    for scheme in ("http", "https", "HTTP", "ftp", "file"):
        for host in hosts:
            for path in paths:
                for more in ("", "?b=1&a=2", "?", "#x", ";jsessionid=1", "/index.html"):
                    uri = f"{scheme}://{host}{path}{more}"
                    assert surt_key(uri) == surt(uri), uri


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-11-21T08:09:10Z", "20261121080910"),
        ("2026-11-21T08:09:10.123456Z", "20261121080910"),
        ("2026-11-21", "20261121000000"),
        ("2026-11", "20261101000000"),
        ("2026", "20260101000000"),
    ],
)
def test_timestamps_of_all_precisions(date: str, expected: str) -> None:
    assert timestamp(date) == expected


def test_the_entry_of_a_revisit_in_place_of_a_resource() -> None:
    entry = CdxEntry("k", "20261121080000", (("url", "file:///b"), ("mime", "text/html"), ("digest", "sha256:00")))
    assert as_revisit(entry).fields == (("url", "file:///b"), ("mime", "warc/revisit"), ("digest", "sha256:00"))
