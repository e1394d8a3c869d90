"""A small package made by a real export, ways to damage it, and ways to make its checksums right again."""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import archiver
from archiver.canon import canonical_json, gzip_member
from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.bagit import manifest_lines
from archiver.package.fixity import digest_file, regular_files

from .support_export import DATE, page, story

Act = Callable[[Path], object]
"""Damages the package at a path."""


def make_package(folder: Path) -> Path:
    """Export two texts, a page, a WARC file, lines of JSON with a reject, and an empty file."""
    source, package = folder / "in", folder / "package"
    (source / "d").mkdir(parents=True)
    (source / "a.txt").write_text(story(1), "utf-8")
    (source / "b.html").write_text(page(2), "utf-8")
    lines = [json.dumps({"text": story(3), "url": "https://news.example/3"}), "{}"]
    (source / "c.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (source / "d" / "e.txt").write_text(story(4), "utf-8")
    (source / "empty.txt").write_bytes(b" ")
    (source / "f.warc.gz").write_bytes(crawl())
    archiver.export([source], package, date=DATE, jobs=1)
    return package


def crawl() -> bytes:
    """Return a WARC file with a page."""
    body = page(5).encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:5a3d1c00-0000-4000-8000-000000000005>\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: https://news.example/5\r\n"
        f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip_member(head.encode() + block + b"\r\n\r\n")


def copy_of(package: Path, folder: Path) -> Path:
    """Return a copy of the package that may be damaged."""
    return Path(shutil.copytree(package, folder / "package", symlinks=True))


def findings(path: Path, **choices: Any) -> list[Finding]:
    """Return everything that verifying finds."""
    return archiver.verify(path, **choices)


def errors(path: Path, **choices: Any) -> list[Finding]:
    """Return the errors alone."""
    return [finding for finding in findings(path, **choices) if finding.severity is Severity.ERROR]


def seal_bag(root: Path) -> None:
    """Make Payload-Oxum, manifests and tag manifests right again, whatever is in the package now."""
    written = [root / f"{tag}manifest-{algorithm}.txt" for tag in ("tag", "") for algorithm in ("sha256", "sha512")]
    for path in written:
        path.unlink(missing_ok=True)
    sizes = regular_files(root)
    payload = {path: digest_file(root / path) for path in sizes if path.startswith("data/")}
    info = (root / "bag-info.txt").read_bytes().splitlines()
    total = sum(digest.bytes for digest in payload.values())
    oxum = f"Payload-Oxum: {total}.{len(payload)}".encode()
    kept = [oxum if line.startswith(b"Payload-Oxum:") else line for line in info]
    (root / "bag-info.txt").write_bytes(b"\n".join(kept) + b"\n")
    for algorithm in ("sha256", "sha512"):
        (root / f"manifest-{algorithm}.txt").write_bytes(b"".join(manifest_lines(payload, algorithm)))
    tags = {path: digest_file(root / path) for path in regular_files(root) if not path.startswith("data/")}
    for algorithm in ("sha256", "sha512"):
        (root / f"tagmanifest-{algorithm}.txt").write_bytes(b"".join(manifest_lines(tags, algorithm)))


def seal(root: Path) -> None:
    """Make datapackage.json and the manifests right again: who does so knows the package well."""
    data = root / "data"
    path = data / layout.DATAPACKAGE
    described = json.loads(path.read_bytes())
    unlisted = (layout.DATAPACKAGE, layout.DATAPACKAGE_DIGEST)
    described["resources"] = [
        {"name": Path(name).name, "path": name, "bytes": size, "hash": f"sha256:{digest_file(data / name).sha256}"}
        for name, size in regular_files(data).items()
        if name not in unlisted
    ]
    path.write_bytes(canonical_json(described) + b"\n")
    sign(root)
    seal_bag(root)


def sign(root: Path) -> None:
    """Make the digest of datapackage.json right again."""
    digest = digest_file(root / "data" / layout.DATAPACKAGE).sha256
    statement = canonical_json({"path": layout.DATAPACKAGE, "hash": f"sha256:{digest}"}) + b"\n"
    (root / "data" / layout.DATAPACKAGE_DIGEST).write_bytes(statement)


def edit(name: str, change: Callable[[bytes], bytes]) -> Act:
    """Change the bytes of a file."""

    def act(root: Path) -> None:
        before = (root / name).read_bytes()
        after = change(before)
        assert after != before, f"nothing was changed in {name}"
        (root / name).write_bytes(after)

    return act


def replace(name: str, old: bytes, new: bytes, count: int = 1) -> Act:
    """Put bytes in the place of others."""
    return edit(name, lambda content: content.replace(old, new, count))


def append(name: str, more: bytes) -> Act:
    """Put bytes at the end of a file."""
    return edit(name, lambda content: content + more)


def remove(name: str) -> Act:
    """Take a file away."""
    return lambda root: (root / name).unlink()


def write(name: str, content: bytes) -> Act:
    """Put a file there."""

    def act(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)

    return act


def values(name: str, change: Callable[[list[dict[str, Any]]], object]) -> Act:
    """Change the objects of a JSON Lines file."""

    def act(root: Path) -> None:
        lines = [json.loads(line) for line in (root / name).read_bytes().splitlines()]
        change(lines)
        (root / name).write_bytes(b"".join(canonical_json(line) + b"\n" for line in lines))

    return act


def value(name: str, change: Callable[[dict[str, Any]], object]) -> Act:
    """Change the object of a JSON file."""

    def act(root: Path) -> None:
        content = json.loads((root / name).read_bytes())
        change(content)
        (root / name).write_bytes(canonical_json(content) + b"\n")

    return act


def both(*acts: Act) -> Act:
    """Do one after the other."""

    def act(root: Path) -> None:
        for one in acts:
            one(root)

    return act


def warc_of(root: Path, folder: str) -> Path:
    """Return the first WARC file of ``archive`` or ``derived``."""
    return layout.warc_files(root / "data", folder)[0]


def warc(folder: str, change: Callable[[bytes], bytes]) -> Act:
    """Change the bytes of a WARC file."""

    def act(root: Path) -> None:
        path = warc_of(root, folder)
        path.write_bytes(change(path.read_bytes()))

    return act


def records(folder: str, change: Callable[[list[bytes]], Iterable[bytes]]) -> Act:
    """Change the records of a WARC file, each of them a gzip member of its own."""
    return warc(folder, lambda content: b"".join(map(gzip_member, change(unpacked(content)))))


def unpacked(content: bytes) -> list[bytes]:
    """Return the content of each gzip member."""
    found = []
    while content:
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        found.append(member.decompress(content))
        content = member.unused_data
    return found
