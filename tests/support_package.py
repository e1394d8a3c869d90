"""A small package made by hand, in the layout of docs/package.md; it needs neither parser nor pipeline."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver.canon import canonical_json, content_id, content_urn, gzip_member, sha256_hex
from archiver.model.metadata import DateValue, Metadata, SourceRef
from archiver.model.outcome import Finding, Reject
from archiver.model.records import WarcRecord
from archiver.package import layout
from archiver.package.atomic import write_file
from archiver.package.bagit import BagInfo, write_bag
from archiver.package.datapackage import DatapackageInfo, write_datapackage
from archiver.package.fixity import Depth
from archiver.package.pages import page_line, pages_header
from archiver.package.readme import ReadmeFacts, readme_text
from archiver.package.verify import Manner, verify_package
from archiver.package.verify_range import Checkers
from archiver.warc.cdxj import cdxj_line, record_entry
from archiver.warc.write import member, warcinfo

DATE = "2026-11-21T08:00:00Z"
NAME = "hand"

RIVER = (
    b"River walk opens in Eastmoor\r\nBy Pat Sample\r\n\r\n"
    b"The town of Eastmoor opened its river walk on Monday.\r\nJoin our imaginary forum\r\n"
)
CAFE = "Café closes\n\nThe last café of Noville closed — for good.\nShare this pretend page\n".encode("windows-1252")
LINES = b'{"text": "Bread costs more in Noville, bakers say.", "title": "Bread"}\n\n{"no": "article"}\n'
HTTP = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"18\r\n<p>A bridge was painted.\r\n0\r\n\r\n"
)
ENTITY = b"<p>A bridge was painted."


@dataclass
class _Store:
    """One growing WARC file."""

    content: bytearray = field(default_factory=bytearray)

    def add(self, data: bytes) -> tuple[int, int]:
        place = (len(self.content), len(data))
        self.content += data
        return place


def info_member(name: str) -> bytes:
    fields = {"software": "archiver/0", "format": "WARC File Format 1.1"}
    return member(warcinfo(fields, record_id=content_urn("warcinfo", name), date=DATE))


class Builder:
    """Collects what goes into the package, then writes it."""

    def __init__(self) -> None:
        self.archive, self.derived = _Store(), _Store()
        self.archive.add(info_member("archive"))
        self.derived.add(info_member("derived"))
        self.index: list[bytes] = []
        self.sources: list[dict[str, Any]] = []
        self.articles: list[bytes] = []
        self.ledger: list[bytes] = []
        self.rejects: list[bytes] = []
        self.pages: list[bytes] = []
        self.tei: dict[str, bytes] = {}

    def resource(self, uri: str, data: bytes, media_type: str) -> tuple[str, tuple[int, int]]:
        record_id = content_urn("resource", uri, sha256_hex(data))
        record = WarcRecord("resource", record_id, DATE, media_type, data, target_uri=uri)
        return record_id, self.carry(record)

    def carry(self, record: WarcRecord) -> tuple[int, int]:
        place = self.archive.add(member(record))
        entry = record_entry(record)
        if entry is not None:
            self.index.append(cdxj_line(entry, filename=f"{NAME}-00000.warc.gz", offset=place[0], length=place[1]))
        return place

    def source(
        self,
        path: str,
        data: bytes | None,
        places: Iterable[tuple[int, int]],
        counts: tuple[int, int, int],
        *,
        encoding: str = "payload",
        path_encoding: str = "utf-8",
        media_type: str = "text/plain",
    ) -> None:
        file = f"archive/{NAME}-00000.warc.gz"
        line = {
            "path": path,
            "path_encoding": path_encoding,
            "bytes": len(data or b""),
            "media_type": media_type,
            "encoding": encoding,
            "segments": [{"file": file, "offset": offset, "length": length} for offset, length in places],
            **dict(zip(("articles", "rejects", "carried"), counts, strict=True)),
        }
        if data is not None:
            line["sha256"] = sha256_hex(data)
        self.sources.append(line)

    def article(self, source: SourceRef, title: str, removed: Iterable[Mapping[str, Any]] = (), **more: Any) -> str:
        identity = content_id(source.path, source.sha256)
        metadata = Metadata(identity, source, sha256_hex(title.encode()), 3, title=title, **more)
        description = canonical_json(metadata.to_dict())
        tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{identity}"><text>{title}</text></TEI>\n'.encode()
        lines = [canonical_json({"article": identity, **block}) + b"\n" for block in removed]
        for kind, media_type, block in (
            ("conversion", "application/tei+xml", tei),
            ("metadata", "application/json", description),
            ("metadata", "application/jsonl", b"".join(lines)),
        ):
            record = WarcRecord(
                kind,
                content_urn(kind, media_type, identity),
                DATE,
                media_type,
                block,
                target_uri=source.uri if kind == "conversion" else None,
                refers_to=source.warc_record_id,
            )
            self.derived.add(member(record))
        self.articles.append(description + b"\n")
        self.ledger += lines
        self.tei[identity] = tei
        self.pages.append(page_line(source.uri, DATE, page_id=identity, title=title, text=title))
        return identity

    def write(self, root: Path) -> None:
        data = root / "data"
        files = {
            f"archive/{NAME}-00000.warc.gz": bytes(self.archive.content),
            f"derived/{NAME}-00000.warc.gz": bytes(self.derived.content),
            layout.INDEX: b"".join(sorted(set(self.index))),
            layout.PAGES: pages_header() + b"".join(self.pages),
            layout.ARTICLES: b"".join(self.articles),
            layout.SOURCES: b"".join(canonical_json(line) + b"\n" for line in self.sources),
            layout.LEDGER: b"".join(self.ledger),
            layout.REJECTS: b"".join(self.rejects),
            **{layout.tei_path(identity): tei for identity, tei in self.tei.items()},
        }
        for name, content in files.items():
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            write_file(data / name, content)
        (root / "schemas").mkdir()
        schema = b'{"$schema":"https://json-schema.org/draft/2020-12/schema"}\n'
        write_file(root / "schemas" / "article.schema.json", schema)
        facts = ReadmeFacts("Hand-made", DATE, "archiver 0", NAME, len(self.articles), len(self.rejects), 6, 2)
        write_file(root / layout.README, readme_text(facts).encode("ascii"))
        seal(root)


def seal(root: Path) -> None:
    """Write (again) all that depends on the rest: data package and manifests."""
    digests = write_datapackage(root / "data", DatapackageInfo("Hand-made", DATE, "archiver 0"))
    known = {f"data/{path}": digest for path, digest in digests.items()}
    write_bag(root, BagInfo("2026-11-21", "archiver 0", extra=(("Doubtful-Blocks", "4"),)), known=known)


def reference(path: str, uri: str, record_id: str, data: bytes, **more: Any) -> SourceRef:
    return SourceRef(
        path=path,
        uri=uri,
        media_type=more.get("media_type", "text/plain"),
        charset=more.get("charset", "utf-8"),
        bytes=len(data),
        sha256=sha256_hex(data),
        warc_record_id=record_id,
        pointer=more.get("pointer"),
    )


def removal(text: str, start: int, category: str = "share") -> dict[str, Any]:
    return {
        "block": 3,
        "text": text,
        "category": category,
        "rule": f"en.{category}.01@1",
        "evidence": text,
        "weight": 100,
        "place": {"char": [start, start + len(text)]},
    }


def build(root: Path) -> list[str]:
    """Write the package into ``root``; return the ids of its articles in order."""
    root.mkdir(parents=True)
    made = Builder()
    ids = [_plain(made), _latin(made), _lines(made), _captured(made)]
    record_id, place = made.resource("file:///empty.txt", b" \n", "text/plain")
    made.source("empty.txt", b" \n", [place], (0, 1, 0))
    empty = Reject("a-" + "e" * 16, "empty.txt", "article.empty", "no text", "", sha256_hex(b" \n"), 2, record_id)
    made.rejects.append(canonical_json(empty.to_dict()) + b"\n")
    made.source("locked.txt", None, [], (0, 1, 0))
    locked = Reject("a-" + "f" * 16, "locked.txt", "article.unreadable", "cannot be read", "check permissions")
    made.rejects.append(canonical_json(locked.to_dict()) + b"\n")
    made.write(root)
    return ids


def _plain(made: Builder) -> str:
    record_id, place = made.resource("file:///a/river.txt", RIVER, "text/plain")
    made.source("a/river.txt", RIVER, [place], (1, 0, 0))
    prompt = "Join our imaginary forum"
    removed = [removal(prompt, RIVER.decode().index(prompt), "comment-form")]
    published = DateValue("2026-11-16", "day", "Monday")
    source = reference("a/river.txt", "file:///a/river.txt", record_id, RIVER)
    return made.article(source, "River walk opens in Eastmoor", removed, language="en", published=published)


def _latin(made: Builder) -> str:
    path = "caf%E9.txt"
    record_id, place = made.resource(f"file:///{path}", CAFE, "text/plain")
    made.source(path, CAFE, [place], (1, 0, 0), path_encoding="percent")
    prompt = "Share this pretend page"
    removed = [removal(prompt, CAFE.decode("windows-1252").index(prompt))]
    source = reference(path, f"file:///{path}", record_id, CAFE, charset="windows-1252")
    published = DateValue("2026-10-02T07:30:00+01:00", "minute", "2 October")
    return made.article(source, "Café closes", removed, language="en", published=published)


def _lines(made: Builder) -> str:
    first, second = LINES[: LINES.index(b"\n\n") + 2], LINES[LINES.index(b"\n\n") + 2 :]
    record_id, one = made.resource("file:///lines.jsonl#line=1", first, "application/json")
    rejected, other = made.resource("file:///lines.jsonl#line=2", second, "application/json")
    made.source("lines.jsonl", LINES, [(one[0], one[1] + other[1])], (1, 1, 0), media_type="application/jsonl")
    reject = Reject(
        "a-" + "d" * 16,
        "lines.jsonl",
        "article.unparsable",
        "no text",
        "",
        sha256_hex(second),
        len(second),
        rejected,
        1,
    )
    made.rejects.append(canonical_json(reject.to_dict()) + b"\n")
    source = reference("lines.jsonl", "file:///lines.jsonl#line=1", record_id, first, pointer="/text")
    return made.article(source, "Bread", language="en")


def _captured(made: Builder) -> str:
    """A WARC file of somebody else: its members stand in archive/ as they came."""
    uri = "http://news.example/bridge"
    record_id = content_urn("somebody", uri)
    info = info_member("somebody")
    start = made.archive.add(info)[0]
    record = WarcRecord(
        "response", record_id, "2019-05-04T03:02:01Z", "application/http;msgtype=response", HTTP, target_uri=uri
    )
    made.carry(record)
    # Somebody's writer was wrong about a digest.
    wrong = WarcRecord(
        "resource",
        content_urn("somebody", "wrong"),
        "2019-05-04T03:02:01Z",
        "text/plain",
        b"x",
        target_uri="http://news.example/x",
        extra=(("WARC-Payload-Digest", "sha256:" + "0" * 64),),
    )
    made.carry(wrong)
    data = bytes(made.archive.content[start:])
    made.source(
        "crawl.warc.gz", data, [(start, len(data))], (1, 0, 2), encoding="warc.gz", media_type="application/warc"
    )
    source = reference("crawl.warc.gz", uri, record_id, ENTITY, media_type="text/html")
    return made.article(source, "A bridge was painted", language="en")


def accepting(depth: Depth = Depth.FULL, **more: Any) -> Manner:
    """Return a manner of verifying in which every description and every TEI document is right."""
    return Manner(depth, Checkers(description=lambda *_: (), tei=lambda *_: (), any_tei=lambda *_: ()), **more)


def findings(root: Path, depth: Depth = Depth.FULL) -> list[Finding]:
    """Return what verifying finds, with checkers that accept everything."""
    return list(verify_package(root, accepting(depth)))


def errors(root: Path, depth: Depth = Depth.FULL) -> set[str]:
    """Return the codes of what is wrong."""
    return {finding.code for finding in findings(root, depth) if finding.severity == "error"}


def zip_wacz(data: Path, target: Path) -> None:
    """Zip ``data`` without compression, as the WACZ specification asks."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(data.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(data).as_posix())


def gzipped(data: bytes) -> bytes:
    return gzip_member(data)
