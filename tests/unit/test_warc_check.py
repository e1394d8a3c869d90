"""Fields and types: what WARC 1.1 clauses 5 and 6 allow where."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.model.outcome import Severity
from archiver.warc.check import check_warc


def found(tmp_path: Path, kind: str, *lines: str, block: str = "", version: str = "1.1") -> list[str]:
    head = [
        f"WARC/{version}",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>",
        "WARC-Date: 2026-01-02T03:04:05Z",
        *lines,
        f"Content-Length: {len(block)}",
    ]
    path = tmp_path / "x.warc"
    path.write_text("\r\n".join([*head, "", block, "", ""]), encoding="utf-8", newline="")
    return [item.code for item in check_warc(path) if item.severity is not Severity.NOTE]


URI = "WARC-Target-URI: https://news.example/"
ORIGIN = "WARC-Segment-Origin-ID: <urn:a:1>"


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("warcinfo", ()),
        ("resource", (URI,)),
        ("metadata", ("WARC-Refers-To: <urn:a:1>",)),
        ("metadata", (URI, "WARC-Concurrent-To: <urn:a:1>", "WARC-Concurrent-To: <urn:a:2>")),
        ("conversion", (URI, "WARC-Refers-To: <urn:a:1>")),
        ("revisit", (URI, "WARC-Profile: http://profiles.example/1", "WARC-Refers-To-Date: 2026-01-02")),
        ("continuation", (URI, ORIGIN, "WARC-Segment-Number: 2")),
        ("response", (URI, "WARC-IP-Address: 2001:db8::1", "WARC-Segment-Number: 1")),
    ],
)
def test_sound_records(tmp_path: Path, kind: str, lines: tuple[str, ...]) -> None:
    assert found(tmp_path, kind, *lines) == []


@pytest.mark.parametrize(
    ("kind", "lines", "code"),
    [
        ("response", (), "warc.missing-field"),
        ("revisit", (URI,), "warc.missing-field"),
        ("continuation", (URI, ORIGIN), "warc.missing-field"),
        ("warcinfo", (URI,), "warc.forbidden-field"),
        ("resource", (URI, "WARC-Refers-To: <urn:a:1>"), "warc.forbidden-field"),
        ("conversion", (URI, "WARC-Concurrent-To: <urn:a:1>"), "warc.forbidden-field"),
        ("resource", (URI, "WARC-Filename: x.warc"), "warc.forbidden-field"),
        ("resource", (URI, "WARC-Segment-Number: 2"), "warc.bad-field"),
        ("continuation", (URI, ORIGIN, "WARC-Segment-Number: 1"), "warc.bad-field"),
        ("resource", ("WARC-Target-URI: <https://news.example/>",), "warc.bad-field"),
        ("resource", ("WARC-Target-URI: https://news.example/a b",), "warc.bad-field"),
        ("resource", ("WARC-Target-URI: https://news.example/ü",), "warc.bad-field"),
        ("resource", (URI, "WARC-IP-Address: news.example"), "warc.bad-field"),
        ("resource", (URI, "WARC-Warcinfo-ID: urn:a:1"), "warc.bad-field"),
        ("resource", (URI, "Content-Type: html"), "warc.bad-field"),
        ("resource", (URI, "WARC-Truncated:"), "warc.bad-field"),
        ("invention", (), "warc.unknown-type"),
    ],
)
def test_faulty_records(tmp_path: Path, kind: str, lines: tuple[str, ...], code: str) -> None:
    assert found(tmp_path, kind, *lines) == [code]


def test_payload_digest_on_metadata(tmp_path: Path) -> None:
    digest = "WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    assert found(tmp_path, "metadata", digest) == ["warc.forbidden-field"]


def test_content_type_should_stand_on_a_block(tmp_path: Path) -> None:
    assert found(tmp_path, "resource", URI, block="abc") == ["warc.missing-content-type"]


def test_old_versions_put_brackets_round_uris(tmp_path: Path) -> None:
    assert found(tmp_path, "resource", "WARC-Target-URI: <https://news.example/>", version="1.0") == []
