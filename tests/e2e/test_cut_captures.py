"""An article whose capture ended early tells so wherever it is described."""

from __future__ import annotations

import gzip
from pathlib import Path

import archiver

from ..support_export import story


def test_the_package_tells_that_a_capture_ended_early(tmp_path: Path) -> None:
    page = f"<!doctype html><title>Lamp</title><pre>{story(3)}</pre>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: https://news.example/lamp\r\nWARC-Truncated: length\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    report = archiver.export([tmp_path / "a.warc.gz"], tmp_path / "package", date="2026-01-01")
    assert report.articles == 1
    assert report.flags["warc.cut-by-crawler"] == 1
    (tei,) = (tmp_path / "package/data/tei").glob("a-*.xml")
    assert b'type="notice" n="warc.cut-by-crawler"' in tei.read_bytes()
    assert not [one for one in archiver.verify(tmp_path / "package") if one.severity == "error"]
