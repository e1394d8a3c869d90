"""A WACZ of another program: its index says what its records are, its pages are in the index, its list is complete."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archiver.canon import sha256_hex
from archiver.model.outcome import Finding, Severity
from archiver.package.verify_container import verify_any
from archiver.package.verify_path import verify_path

from ..support_package import accepting

DATE = "2026-01-02T03:04:05Z"
PAGES = b'{"format":"json-pages-1.0","id":"pages","title":"All"}\n'


@dataclass
class Wacz:
    """What a crawler writes, open to changes."""

    lines: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    warc: bytes = b""
    pages: bytes = PAGES
    described: dict[str, Any] = field(default_factory=lambda: {"profile": "data-package", "wacz_version": "1.1.1"})
    statement: dict[str, Any] = field(default_factory=dict)
    more: dict[str, bytes] = field(default_factory=dict)
    blocks: Callable[[list[dict[str, Any]]], object] = lambda _: None
    resource: Callable[[dict[str, Any]], object] = lambda _: None

    def add(self, kind: str, uri: str, content_type: str, block: bytes, body: bytes) -> None:
        """Add a record, and its line to the index, as cdxj-indexer writes it."""
        number = len(self.warc)
        digest = f"sha256:{sha256_hex(body)}"
        payload = f"WARC-Payload-Digest: {digest}\r\n" if kind != "metadata" else ""
        head = (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
            f"WARC-Date: {DATE}\r\nWARC-Target-URI: {uri}\r\n{payload}"
            f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        member = gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)
        place = {"offset": str(len(self.warc)), "length": str(len(member)), "filename": "x.warc.gz"}
        mime = {"mime": "text/html", "status": "200"} if kind == "response" else {"mime": content_type}
        host, _, path = uri.partition("://")[2].partition("/")
        key = ",".join(reversed(host.split("."))) + ")/" + path.lower()
        self.lines.append((key, "20260102030405", {"url": uri, **mime, "digest": digest, **place}))
        self.warc += member

    def write(self, target: Path) -> Path:
        """Write it to ``target``."""
        lines = sorted(f"{key} {stamp} {json.dumps(value)}\n".encode() for key, stamp, value in self.lines)
        halves = [half for half in (lines[:2], lines[2:]) if half]
        packed = [gzip.compress(b"".join(half), mtime=0) for half in halves]
        listed = [
            {"key": b" ".join(half[0].split(b" ", 2)[:2]).decode(), "offset": offset, "length": len(block)}
            for half, block, offset in zip(halves, packed, (0, *map(len, packed)), strict=False)
        ]
        self.blocks(listed)
        header = '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n'
        idx = header + "".join(f"{one.pop('key')} {json.dumps(one)}\n" for one in listed)
        files = {
            "archive/x.warc.gz": self.warc,
            "indexes/index.cdx.gz": b"".join(packed),
            "indexes/index.idx": idx.encode(),
            "pages/pages.jsonl": self.pages,
            **self.more,
        }
        resources = [
            {"name": name, "path": name, "hash": f"sha256:{sha256_hex(data)}", "bytes": len(data)}
            for name, data in files.items()
        ]
        for one in resources:
            self.resource(one)
        described = json.dumps(self.described | {"resources": resources}).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
        files |= {
            "datapackage.json": described,
            "datapackage-digest.json": json.dumps(digest | self.statement).encode(),
        }
        with zipfile.ZipFile(target, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return target


def crawl() -> Wacz:
    """Return a sound one: two pages, a text that the crawler made, and what it says of itself."""
    wacz = Wacz()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    for name in ("A", "b"):
        body = f"<p>{name}".encode()
        uri = f"https://news.example/{name}"
        wacz.add("response", uri, "application/http;msgtype=response", http + body, body)
        wacz.pages += json.dumps({"id": name, "url": uri, "ts": DATE}).encode() + b"\n"
    wacz.add("resource", "https://news.example/c", "text/plain", b"c", b"c")
    wacz.add("metadata", "https://news.example/d", "application/json", b"{}", b"{}")
    return wacz


def found(tmp_path: Path, wacz: Wacz) -> list[Finding]:
    check = partial(verify_path, manner=accepting())
    path = wacz.write(tmp_path / "x.wacz")
    return [one for one in verify_any(path, depth=accepting().depth, check_path=check) if one.code != "warc.no-digest"]


def codes(tmp_path: Path, wacz: Wacz) -> set[tuple[str, Severity]]:
    return {(one.code, one.severity) for one in found(tmp_path, wacz)}


def test_a_sound_one(tmp_path: Path) -> None:
    assert codes(tmp_path, crawl()) == set()


def _line(number: int, **members: str) -> Callable[[Wacz], object]:
    return lambda wacz: wacz.lines[number][2].update(members)


def _without(number: int) -> Callable[[Wacz], object]:
    return lambda wacz: wacz.lines.pop(number)


def _key(key: str, stamp: str = "20260102030405") -> Callable[[Wacz], object]:
    def change(wacz: Wacz) -> None:
        wacz.lines[0] = (key, stamp, wacz.lines[0][2])

    return change


#: Other indexers do so, and nothing is wrong with it.
_LIBERTIES: dict[str, Callable[[Wacz], object]] = {
    "no metadata records": _without(3),
    "no digest": lambda wacz: wacz.lines[0][2].pop("digest"),
    "a digest by another algorithm": _line(0, digest="sha1:" + "A" * 32),
    "milliseconds": _key("example,news)/a", "20260102030405123"),
    "a slash at the end of the key": _key("example,news)/a/"),
    "a fragment": _line(0, url="https://news.example/A#top"),
    "the method in the key": _key("example,news)/a?__wb_method=post&x=1"),
    "no media type": _line(0, mime="-", status="-"),
    "a number as status": lambda wacz: wacz.lines[0][2].update(status=200),
    "pages by http": lambda wacz: setattr(wacz, "pages", wacz.pages.replace(b"https:", b"http:")),
}


@pytest.mark.parametrize("name", _LIBERTIES)
def test_liberties_of_other_indexers(tmp_path: Path, name: str) -> None:
    wacz = crawl()
    _LIBERTIES[name](wacz)
    assert codes(tmp_path, wacz) == set()


def _swap(wacz: Wacz) -> None:
    first, second = wacz.lines[0][2], wacz.lines[1][2]
    for name in ("offset", "length"):
        first[name], second[name] = second[name], first[name]


def _offset(listed: list[dict[str, Any]]) -> None:
    listed[1]["offset"] += 5


MISMATCH = ("cdxj.mismatch", Severity.ERROR)
DIFFERS = ("cdxj.differs", Severity.WARNING)
UNLISTED = ("wacz.page-unlisted", Severity.WARNING)
_FAULTS: list[tuple[set[tuple[str, Severity]], Callable[[Wacz], object]]] = [
    ({MISMATCH}, _swap),
    ({MISMATCH, UNLISTED}, _line(0, url="https://elsewhere.example/A")),
    ({MISMATCH}, _key("example,elsewhere)/a")),
    ({MISMATCH}, _key("example,news)/a", "20250102030405")),
    ({MISMATCH}, _line(0, digest=f"sha256:{sha256_hex(b'other')}")),
    ({MISMATCH}, _line(0, digest="sha256:AAAA")),
    ({MISMATCH}, _line(0, length="9")),
    ({DIFFERS}, _key("example,news)/another")),
    ({DIFFERS}, _line(0, mime="image/png")),
    ({DIFFERS}, _line(0, status="404")),
    ({("cdxj.record-unlisted", Severity.WARNING)}, _without(2)),
    ({("cdxj.record-unlisted", Severity.WARNING), UNLISTED}, _without(0)),
    ({("cdxj.record-unlisted", Severity.ERROR), UNLISTED}, lambda wacz: wacz.lines.clear()),
    ({("cdxj.blocks", Severity.ERROR)}, lambda wacz: setattr(wacz, "blocks", _offset)),
    ({("cdxj.blocks", Severity.ERROR)}, lambda wacz: setattr(wacz, "blocks", lambda listed: listed.pop())),
    (
        {("cdxj.blocks", Severity.ERROR)},
        lambda wacz: setattr(wacz, "blocks", lambda listed: listed[0].update(digest="sha256:00")),
    ),
    (
        {("cdxj.blocks", Severity.ERROR)},
        lambda wacz: setattr(wacz, "blocks", lambda listed: listed[0].update(key="org,b)/ 20260102030405")),
    ),
    ({UNLISTED}, lambda wacz: setattr(wacz, "pages", wacz.pages.replace(b"/A", b"/X"))),
    (
        {("wacz.resource-name", Severity.ERROR)},
        lambda wacz: setattr(wacz, "resource", lambda resource: resource.pop("name")),
    ),
    ({("wacz.custom-file", Severity.ERROR)}, lambda wacz: wacz.more.update({"archive/notes.txt": b"x"})),
    ({("wacz.custom-file", Severity.ERROR)}, lambda wacz: wacz.more.update({"indexes/notes.txt": b"x"})),
    (
        {("wacz.signature-unchecked", Severity.NOTE)},
        lambda wacz: wacz.statement.update(signedData={"signature": "AAAA"}),
    ),
    ({("wacz.version", Severity.ERROR)}, lambda wacz: wacz.described.pop("wacz_version")),
    ({("wacz.profile", Severity.ERROR)}, lambda wacz: wacz.described.update(profile="other")),
]


@pytest.mark.parametrize(("expected", "change"), _FAULTS)
def test_faults(tmp_path: Path, expected: set[tuple[str, Severity]], change: Callable[[Wacz], object]) -> None:
    wacz = crawl()
    change(wacz)
    assert codes(tmp_path, wacz) == expected


def test_the_draft_of_1_2_0_has_no_version(tmp_path: Path) -> None:
    wacz = crawl()
    wacz.described = {"profile": "wacz"}
    assert codes(tmp_path, wacz) == set()


def test_records_of_all_archives_are_looked_at_together(tmp_path: Path) -> None:
    wacz = crawl()
    wacz.more["archive/y.warc.gz"] = wacz.warc
    expected = {("warc.record-id-elsewhere", Severity.WARNING), ("cdxj.record-unlisted", Severity.WARNING)}
    assert codes(tmp_path, wacz) == expected


def test_line_ends_behind_a_record_that_is_not_compressed_count_or_not(tmp_path: Path) -> None:
    record = (
        b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:5a3d1c00-0000-4000-8000-000000000001>\r\n"
        b"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: https://news.example/A\r\n"
        b"Content-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n"
    )
    for length, expected in ((len(record), set()), (len(record) - 4, set()), (len(record) - 2, {MISMATCH})):
        wacz = Wacz(warc=record)
        place = {"url": "https://news.example/A", "offset": "0", "length": str(length), "filename": "x.warc.gz"}
        wacz.lines.append(("example,news)/a", "20260102030405", place))
        assert codes(tmp_path, wacz) == expected
