"""Named bad packages: how each is made from a good one, and the one code that it must be told by."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..support_faults import (
    Act,
    append,
    both,
    edit,
    records,
    remove,
    replace,
    seal,
    seal_bag,
    sign,
    value,
    values,
    warc,
    warc_of,
    write,
)

ARTICLES = "data/metadata/articles.jsonl"
SOURCES = "data/metadata/sources.jsonl"
LEDGER = "data/removed/ledger.jsonl"
REJECTS = "data/rejected/rejects.jsonl"
PAGES = "data/pages/pages.jsonl"
INDEX = "data/indexes/index.cdxj"
DESCRIBED = "data/datapackage.json"
DIGEST = "data/datapackage-digest.json"
SHA256 = "manifest-sha256.txt"
SHA512 = "manifest-sha512.txt"
TAGS256 = "tagmanifest-sha256.txt"
TAGS512 = "tagmanifest-sha512.txt"
NONE = "0" * 64


@dataclass(frozen=True)
class Bad:
    """One bad package."""

    name: str
    code: str
    file: str
    """Part of the name of the file that the finding must be about."""
    damage: Act
    sealed: Callable[[Path], object] | None = None
    """What makes checksums right again after the damage: all of them, or those of the bag, or none."""


def _tei(root: Path) -> Path:
    return min((root / "data/tei").glob("a-*.xml"))


def _tei_edit(change: Callable[[bytes], bytes]) -> Act:
    return lambda root: edit(_tei(root).relative_to(root).as_posix(), change)(root)


def _tei_and_record(change: Callable[[bytes], bytes]) -> Act:
    """Change a TEI file and, in the same way, its record in derived/."""

    def act(root: Path) -> None:
        before = _tei(root).read_bytes()
        after = change(before)
        assert after != before
        _tei(root).write_bytes(after)
        records("derived", lambda members: (_with_block(one, before, after) for one in members))(root)

    return act


def _with_block(member: bytes, before: bytes, after: bytes) -> bytes:
    import hashlib
    import re

    if before not in member:
        return member
    changed = member.replace(before, after)
    changed = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(after), changed, count=1)
    return changed.replace(hashlib.sha256(before).hexdigest().encode(), hashlib.sha256(after).hexdigest().encode())


def _swap(*names: Callable[[Path], Path]) -> Act:
    def act(root: Path) -> None:
        one, other = (name(root) for name in names)
        content = one.read_bytes()
        one.write_bytes(other.read_bytes())
        other.write_bytes(content)

    return act


def _last_tei(root: Path) -> Path:
    return max((root / "data/tei").glob("a-*.xml"))


def _first_line(name: str, change: Callable[[bytes], bytes]) -> Act:
    def act(content: bytes) -> bytes:
        first, _, rest = content.partition(b"\n")
        return change(first) + b"\n" + rest

    return edit(name, act)


def _lines(name: str, change: Callable[[list[bytes]], list[bytes]]) -> Act:
    return edit(name, lambda content: b"".join(change(content.splitlines(keepends=True))))


def _reject_is_article(root: Path) -> None:
    article = json.loads((root / ARTICLES).read_bytes().splitlines()[0])["id"]
    values(REJECTS, lambda lines: lines[0].update(id=article))(root)


def _first(change: Callable[[dict[str, Any]], object]) -> Callable[[list[dict[str, Any]]], object]:
    return lambda lines: change(lines[0])


def _resource(change: Callable[[dict[str, Any]], object]) -> Act:
    return both(value(DESCRIBED, lambda described: change(described["resources"][0])), sign)


def _described(change: Callable[[dict[str, Any]], object]) -> Act:
    return both(value(DESCRIBED, change), sign)


def _link(name: str) -> Act:
    def act(root: Path) -> None:
        target = root.parent / "elsewhere"
        (root / name).rename(target)
        (root / name).symlink_to(target)

    return act


def _same_id(members: list[bytes]) -> list[bytes]:
    """Give the record that archiver wrote second the id of the first."""
    ours = [number for number, one in enumerate(members) if b"WARC-Type: resource" in one]
    one, other = ours[:2]
    members[other] = members[other].replace(_id(members[other]), _id(members[one]))
    return members


def _id(member: bytes) -> bytes:
    return member.partition(b"WARC-Record-ID: ")[2].partition(b"\r\n")[0]


def _percent(root: Path) -> None:
    write("data/50%0Aoff.bin", b"x")(root)
    seal(root)
    for name in (SHA256, SHA512):
        replace(name, b"data/50%250Aoff.bin", b"data/50%0Aoff.bin")(root)
    replace(SHA512, b"data/50%0Aoff.bin", b"data/50%250Aoff.bin")(root)


def _percent_as_it_is(root: Path) -> None:
    """Write the sign as it is, where it looks like an escape and is none."""
    write("data/a%20b.bin", b"x")(root)
    seal(root)
    for name in (SHA256, SHA512):
        replace(name, b"data/a%2520b.bin", b"data/a%20b.bin")(root)


def _element(info: bytes, label: bytes) -> bytes:
    return next(line for line in info.splitlines(keepends=True) if line.startswith(label + b":"))


_BAG = [
    Bad("declaration gone", "bag.declaration-missing", "bagit.txt", remove("bagit.txt")),
    Bad(
        "declaration with a mark",
        "bag.declaration-bom",
        "bagit.txt",
        edit("bagit.txt", lambda it: b"\xef\xbb\xbf" + it),
    ),
    Bad("declaration is noise", "bag.declaration-invalid", "bagit.txt", write("bagit.txt", b"\x00\x01")),
    Bad("declaration of one line", "bag.declaration-invalid", "bagit.txt", write("bagit.txt", b"BagIt-Version: 1.0\n")),
    Bad("version of the future", "bag.version-unknown", "bagit.txt", replace("bagit.txt", b"1.0", b"7.0")),
    Bad("declaration with spaces", "bag.declaration-whitespace", "bagit.txt", replace("bagit.txt", b": ", b":  ")),
    Bad("encoding unknown", "bag.encoding-unknown", "bagit.txt", replace("bagit.txt", b"UTF-8", b"UTF-88")),
    Bad("manifest is not UTF-8", "bag.encoding-invalid", SHA512, append(SHA512, b"\xff\xfe\n")),
    Bad("manifest line is noise", "bag.manifest-syntax", SHA256, append(SHA256, b"noise\n")),
    Bad("checksum too short", "bag.manifest-syntax", SHA256, edit(SHA256, lambda it: it[2:])),
    Bad("manifest lists a tag file", "bag.manifest-scope", SHA256, append(SHA256, f"{NONE}  README.txt\n".encode())),
    Bad("tag manifest lists payload", "bag.tag-manifest-scope", TAGS256, append(TAGS256, f"{NONE}  data/x\n".encode())),
    Bad(
        "tag manifest lists itself",
        "bag.tag-manifest-scope",
        TAGS256,
        append(TAGS256, f"{NONE}  tagmanifest-sha512.txt\n".encode()),
    ),
    *(
        Bad(f"path {path}", "bag.path-unsafe", SHA256, append(SHA256, f"{NONE}  {path}\n".encode()))
        for path in ("../etc/passwd", "data/../../x", "/etc/passwd", "~/x", "C:\\x", "data\\x")
    ),
    Bad("line twice", "bag.listed-twice", SHA256, _lines(SHA256, lambda it: [*it, it[0]])),
    Bad(
        "line twice with another checksum",
        "bag.listed-twice-differently",
        SHA256,
        _lines(SHA256, lambda it: [*it, NONE.encode() + it[0][64:]]),
    ),
    Bad("algorithm unknown", "bag.algorithm-unknown", "manifest-crc9.txt", write("manifest-crc9.txt", b"00  data/x\n")),
    Bad("no payload manifest", "bag.manifest-missing", "manifest", both(remove(SHA256), remove(SHA512))),
    Bad("TEI file gone", "bag.file-missing", "data/tei/", lambda root: _tei(root).unlink()),
    Bad("WARC file gone", "bag.file-missing", "data/archive/", lambda root: warc_of(root, "archive").unlink()),
    Bad("file slipped in", "bag.file-extra", "data/extra.bin", write("data/extra.bin", b"x")),
    Bad("file in one manifest only", "bag.file-extra", "data/", _lines(SHA512, lambda it: it[1:])),
    Bad("TEI file changed", "bag.checksum-mismatch", "data/tei/", _tei_edit(lambda it: it + b" ")),
    Bad("README changed", "bag.checksum-mismatch", "README.txt", append("README.txt", b".")),
    Bad("manifest changed", "bag.checksum-mismatch", SHA256, append(SHA256, b"\n")),
    Bad("bag-info changed", "bag.checksum-mismatch", "bag-info.txt", append("bag-info.txt", b"X: y\n")),
    Bad(
        "schema changed",
        "bag.checksum-mismatch",
        "schemas/article.schema.json",
        append("schemas/article.schema.json", b" "),
    ),
    Bad("file is a link", "bag.symlink", ARTICLES, _link(ARTICLES)),
    Bad("folder is a link", "bag.symlink", "data/tei", _link("data/tei")),
    Bad("pipe in the payload", "bag.special-file", "data/pipe", lambda root: os.mkfifo(root / "data/pipe")),
    Bad(
        "oxum wrong",
        "bag.oxum-mismatch",
        "bag-info.txt",
        replace("bag-info.txt", b"Payload-Oxum: ", b"Payload-Oxum: 1"),
    ),
    Bad(
        "oxum is no oxum",
        "bag.oxum-syntax",
        "bag-info.txt",
        replace("bag-info.txt", b"Payload-Oxum: ", b"Payload-Oxum: x"),
    ),
    Bad("bag-info line is noise", "bag.info-syntax", "bag-info.txt", append("bag-info.txt", b"noise\n")),
    Bad("file to be fetched", "bag.fetch", "fetch.txt", write("fetch.txt", b"https://x.example/a 1 data/a\n")),
    Bad(
        "fetched file not there",
        "bag.fetch-incomplete",
        "fetch.txt",
        write("fetch.txt", b"https://x.example/a 1 data/a\n"),
    ),
    Bad("fetch line is noise", "bag.fetch-syntax", "fetch.txt", write("fetch.txt", b"noise\n")),
    Bad("fetch leads out", "bag.path-unsafe", "fetch.txt", write("fetch.txt", b"https://x.example/a 1 ../a\n")),
    Bad(
        "fetched file of another size",
        "bag.fetch-size",
        "fetch.txt",
        write("fetch.txt", f"https://x.example/a 1 {ARTICLES}\n".encode()),
    ),
    Bad(
        "fetched file unlisted",
        "bag.fetch-unlisted",
        "fetch.txt",
        both(write("data/a", b"x"), write("fetch.txt", b"https://x.example/a 1 data/a\n")),
    ),
    Bad("payload gone", "bag.payload-missing", "data", lambda root: (root / "data").rename(root.parent / "away")),
    Bad(
        "names differ in case", "bag.name-collision", "data/", both(write("data/x", b"x"), write("data/X", b"x")), seal
    ),
    Bad("asterisks", "bag.manifest-asterisk", SHA256, replace(SHA256, b"  data/", b" *data/")),
    Bad("paths with a full stop", "bag.path-relative", SHA256, replace(SHA256, b"  data/", b"  ./data/")),
    Bad("manifest with a mark", "bag.bom", SHA256, edit(SHA256, lambda it: b"\xef\xbb\xbf" + it)),
    Bad("percent sign unencoded", "bag.percent", SHA256, _percent),
    Bad("percent sign as in an address", "bag.percent", SHA512, _percent_as_it_is),
    Bad(
        "two Payload-Oxum",
        "bag.oxum-repeated",
        "bag-info.txt",
        edit("bag-info.txt", lambda it: it + _element(it, b"Payload-Oxum")),
        seal_bag,
    ),
    Bad(
        "made on no day",
        "bag.info-date",
        "bag-info.txt",
        edit("bag-info.txt", lambda it: it.replace(_element(it, b"Bagging-Date"), b"Bagging-Date: 2026-02-30\n")),
        seal_bag,
    ),
    Bad(
        "manifest that no tag manifest lists",
        "bag.tag-manifest-incomplete",
        SHA256,
        _lines(
            "tagmanifest-sha512.txt", lambda it: [line for line in it if not line.endswith(b"  %s\n" % SHA256.encode())]
        ),
    ),
    Bad("file of an operating system", "bag.system-file", "data/Thumbs.db", write("data/Thumbs.db", b"x"), seal),
]

_OUTSIDE = [
    *(
        Bad(f"{name} gone", "package.file-missing", name, remove(name))
        for name in ("bag-info.txt", SHA256, SHA512, TAGS256, TAGS512, "README.txt", DIGEST, ARTICLES, SOURCES)
    ),
    Bad("tag file unlisted", "package.tag-file-unlisted", "note.txt", write("note.txt", b"trust me")),
    *(
        Bad(f"tag manifest: {name}", "package.tag-manifest-form", TAGS512, damage)
        for name, damage in (
            ("tab", replace(TAGS512, b"  bag", b" \tbag")),
            ("old line end", replace(TAGS512, b"\n", b"\r")),
            ("capitals", edit(TAGS512, lambda it: it[:9].upper() + it[9:] if it[:9].upper() != it[:9] else it.upper())),
            ("order", _lines(TAGS512, lambda it: [it[1], it[0], *it[2:]])),
            ("no last line end", edit(TAGS512, lambda it: it[:-1])),
        )
    ),
]

_WACZ = [
    Bad("datapackage gone", "wacz.datapackage-missing", "datapackage.json", remove(DESCRIBED), seal_bag),
    Bad("datapackage is noise", "wacz.datapackage-invalid", "datapackage.json", write(DESCRIBED, b"{"), seal_bag),
    Bad(
        "no resources",
        "wacz.datapackage-invalid",
        "datapackage.json",
        _described(lambda it: it.pop("resources")),
        seal_bag,
    ),
    Bad("profile", "wacz.profile", "datapackage.json", _described(lambda it: it.update(profile="x")), seal_bag),
    Bad(
        "WACZ version", "wacz.version", "datapackage.json", _described(lambda it: it.update(wacz_version="9")), seal_bag
    ),
    Bad("datapackage changed", "wacz.digest-mismatch", "datapackage-digest.json", append(DESCRIBED, b" "), seal_bag),
    Bad("digest of nothing", "wacz.digest-invalid", "datapackage-digest.json", write(DIGEST, b"{}"), seal_bag),
    Bad("digest gone", "wacz.digest-missing", "datapackage-digest.json", remove(DIGEST), seal_bag),
    Bad(
        "resource leads out",
        "wacz.resource-invalid",
        "datapackage.json",
        _resource(lambda it: it.update(path="../x")),
        seal_bag,
    ),
    Bad(
        "digest in MD5",
        "wacz.resource-invalid",
        "datapackage.json",
        _resource(lambda it: it.update(hash="md5:0")),
        seal_bag,
    ),
    Bad(
        "resource twice",
        "wacz.resource-twice",
        "datapackage.json",
        _described(lambda it: it["resources"].append(it["resources"][0])),
        seal_bag,
    ),
    Bad("resource gone", "wacz.resource-missing", "data/tei/", lambda root: _tei(root).unlink(), seal_bag),
    Bad("resource size", "wacz.resource-size", "data/", _resource(lambda it: it.update(bytes=1)), seal_bag),
    Bad(
        "resource digest",
        "wacz.resource-digest",
        "data/",
        _resource(lambda it: it.update(hash=f"sha256:{NONE}")),
        seal_bag,
    ),
    Bad("resource unlisted", "wacz.resource-unlisted", "data/extra.bin", write("data/extra.bin", b"x"), seal_bag),
    Bad("pages without header", "wacz.pages-header", PAGES, _lines(PAGES, lambda it: it[1:]), seal),
    Bad("page at no time", "wacz.pages-line", PAGES, values(PAGES, lambda it: it[1].update(ts="yesterday")), seal),
    Bad("page without address", "wacz.pages-line", PAGES, values(PAGES, lambda it: it[1].pop("url")), seal),
    Bad("page is noise", "wacz.pages-line", PAGES, append(PAGES, b"noise\n"), seal),
    Bad("pages gone", "wacz.pages-missing", PAGES, remove(PAGES), seal),
    Bad("pages swapped", "package.page-order", PAGES, _lines(PAGES, lambda it: [it[0], it[2], it[1], *it[3:]]), seal),
    Bad("page missing", "package.page-missing", PAGES, _lines(PAGES, lambda it: it[:-1]), seal),
    Bad("index unsorted", "cdxj.unsorted", INDEX, _lines(INDEX, lambda it: it[::-1]), seal),
    Bad("index entry twice", "cdxj.duplicate", INDEX, _lines(INDEX, lambda it: [it[0], *it]), seal),
    Bad("index line is noise", "cdxj.syntax", INDEX, edit(INDEX, lambda it: b"%% noise\n" + it), seal),
    Bad("index gone", "cdxj.missing", "index.cdxj", remove(INDEX), seal),
    Bad("index offset", "cdxj.no-record", INDEX, replace(INDEX, b'"offset": "', b'"offset": "1'), seal),
    Bad("index length", "cdxj.mismatch", INDEX, replace(INDEX, b'"length": "', b'"length": "1'), seal),
    Bad("index digest", "cdxj.mismatch", INDEX, replace(INDEX, b"sha256:", b"sha256:00"), seal),
    Bad("index address", "cdxj.mismatch", INDEX, replace(INDEX, b"news.example/5", b"news.example/6"), seal),
    Bad("index timestamp", "cdxj.mismatch", INDEX, replace(INDEX, b" 2026", b" 2025"), seal),
    Bad("index entry gone", "cdxj.record-unlisted", "data/archive/", _lines(INDEX, lambda it: it[1:]), seal),
    Bad(
        "index without digest",
        "cdxj.no-digest",
        INDEX,
        edit(INDEX, lambda it: it.replace(b'"digest": ', b'"digestion": ', 1)),
        seal,
    ),
]

_ARTICLES = [
    Bad("id twice", "package.article-id", ARTICLES, values(ARTICLES, lambda it: it[1].update(id=it[0]["id"])), seal),
    Bad(
        "id leads out", "package.article-id", ARTICLES, values(ARTICLES, _first(lambda it: it.update(id="../x"))), seal
    ),
    Bad(
        "field unknown", "package.article-invalid", ARTICLES, values(ARTICLES, _first(lambda it: it.update(x=1))), seal
    ),
    Bad("description is noise", "package.article-invalid", ARTICLES, edit(ARTICLES, lambda it: b"{" + it), seal),
    Bad(
        "member named twice",
        "package.article-invalid",
        ARTICLES,
        _first_line(ARTICLES, lambda it: b'{"id":"a-0",' + it[1:]),
        seal,
    ),
    Bad(
        "word count no number",
        "schema.type",
        ARTICLES,
        values(ARTICLES, _first(lambda it: it.update(word_count="x"))),
        seal,
    ),
    Bad(
        "language no language",
        "schema.pattern",
        ARTICLES,
        values(ARTICLES, _first(lambda it: it.update(text_sha256="x"))),
        seal,
    ),
    Bad(
        "source record unknown",
        "package.record-missing",
        ARTICLES,
        values(ARTICLES, _first(lambda it: it["source"].update(warc_record_id="urn:uuid:0"))),
        seal,
    ),
    Bad(
        "title changed",
        "package.derived-missing",
        ARTICLES,
        values(ARTICLES, _first(lambda it: it.update(title="X"))),
        seal,
    ),
    Bad("article gone, records left", "package.derived-extra", "derived", values(ARTICLES, lambda it: it.pop()), seal),
    Bad("article gone, count left", "package.count-mismatch", SOURCES, values(ARTICLES, lambda it: it.pop()), seal),
    Bad("article gone, TEI left", "package.tei-extra", "data/tei/", values(ARTICLES, lambda it: it.pop()), seal),
    Bad("articles swapped", "package.page-order", PAGES, values(ARTICLES, lambda it: it.reverse()), seal),
    Bad(
        "relation to nobody",
        "package.relation-unknown",
        ARTICLES,
        values(ARTICLES, _first(lambda it: it.update(duplicate_of="a-" + "0" * 16))),
        seal,
    ),
    Bad(
        "original lost",
        "package.original-missing",
        ARTICLES,
        values(ARTICLES, _first(lambda it: it["source"].update(sha256=NONE))),
        seal,
    ),
    Bad("TEI gone", "package.tei-missing", "data/tei/", lambda root: _tei(root).unlink(), seal),
    Bad(
        "TEI changed",
        "package.derived-missing",
        "data/tei/",
        _tei_edit(lambda it: it.replace(b"lamp", b"lime", 1)),
        seal,
    ),
    Bad("TEI swapped", "package.derived-missing", "data/tei/", _swap(_tei, _last_tei), seal),
    Bad("TEI broken", "tei.not-well-formed", "data/tei/", _tei_and_record(lambda it: it[:-9]), seal),
    Bad(
        "TEI with a document type",
        "tei.doctype",
        "data/tei/",
        _tei_and_record(lambda it: it.replace(b"<TEI", b"<!DOCTYPE TEI>\n<TEI", 1)),
        seal,
    ),
    Bad(
        "TEI against its schema",
        "tei.schema",
        "data/tei/",
        _tei_and_record(lambda it: it.replace(b"<body>", b"<body><blink/>", 1)),
        seal,
    ),
    Bad(
        "TEI text in another language",
        "package.description-differs",
        ARTICLES,
        _tei_and_record(lambda it: it.replace(b'<text xml:lang="', b'<text xml:lang="fr-', 1)),
        seal,
    ),
    Bad("ledger text", "package.ledger-place", LEDGER, values(LEDGER, _first(lambda it: it.update(text="Else"))), seal),
    Bad(
        "ledger place",
        "package.ledger-place",
        LEDGER,
        values(LEDGER, _first(lambda it: it.update(place={"char": [0, 5]}))),
        seal,
    ),
    Bad(
        "ledger of nobody",
        "package.ledger-orphan",
        LEDGER,
        values(LEDGER, lambda it: it[-1].update(article="a-" + "0" * 16)),
        seal,
    ),
    Bad("ledger field gone", "package.ledger-invalid", LEDGER, values(LEDGER, _first(lambda it: it.pop("rule"))), seal),
    Bad("ledger is noise", "package.ledger-invalid", LEDGER, append(LEDGER, b"noise\n"), seal),
    Bad("ledger twice", "package.ledger-order", LEDGER, values(LEDGER, lambda it: it.insert(0, it[0])), seal),
    Bad("ledger short", "package.derived-missing", LEDGER, values(LEDGER, lambda it: it.pop()), seal),
    Bad(
        "reject field gone", "package.reject-invalid", REJECTS, values(REJECTS, _first(lambda it: it.pop("code"))), seal
    ),
    Bad(
        "reject without bytes",
        "package.record-missing",
        REJECTS,
        values(REJECTS, _first(lambda it: it.update(warc_record_id="urn:uuid:0"))),
        seal,
    ),
    Bad("reject gone", "package.count-mismatch", SOURCES, values(REJECTS, lambda it: it.pop()), seal),
    Bad("reject is an article", "package.reject-is-article", REJECTS, _reject_is_article, seal),
    Bad(
        "source field gone",
        "package.source-invalid",
        SOURCES,
        values(SOURCES, _first(lambda it: it.pop("bytes"))),
        seal,
    ),
    Bad(
        "source in a ZIP",
        "package.source-invalid",
        SOURCES,
        values(SOURCES, _first(lambda it: it.update(encoding="zip"))),
        seal,
    ),
    Bad(
        "source leads out",
        "package.source-path",
        SOURCES,
        values(SOURCES, _first(lambda it: it.update(path="../x"))),
        seal,
    ),
    Bad("source twice", "package.source-twice", SOURCES, values(SOURCES, lambda it: it.append(it[0])), seal),
    Bad("source gone", "package.source-unknown", SOURCES, values(SOURCES, lambda it: it.pop(0)), seal),
    Bad(
        "source digest",
        "package.restore-mismatch",
        SOURCES,
        values(SOURCES, _first(lambda it: it.update(sha256=NONE))),
        seal,
    ),
    Bad(
        "source size", "package.restore-mismatch", SOURCES, values(SOURCES, _first(lambda it: it.update(bytes=1))), seal
    ),
    Bad(
        "segment beyond the end",
        "package.segment-range",
        SOURCES,
        values(SOURCES, _first(lambda it: it["segments"][0].update(length=10**9))),
        seal,
    ),
    Bad(
        "segment within a record",
        "package.restore-failed",
        SOURCES,
        values(SOURCES, _first(lambda it: it["segments"][0].update(offset=5))),
        seal,
    ),
    Bad(
        "segment leads out",
        "package.source-invalid",
        SOURCES,
        values(SOURCES, _first(lambda it: it["segments"][0].update(file="archive/../../x"))),
        seal,
    ),
    Bad(
        "Dublin Core broken",
        "package.crosswalk-invalid",
        "dc.xml",
        edit("metadata/dc.xml", lambda it: it[:-9]),
        seal_bag,
    ),
    Bad(
        "Dublin Core of another article",
        "package.crosswalk-order",
        "dc.xml",
        replace("metadata/dc.xml", b"<dc:identifier>a-", b"<dc:identifier>b-"),
        seal_bag,
    ),
    Bad(
        "JSON-LD broken",
        "package.crosswalk-invalid",
        "articles.jsonld",
        edit("data/metadata/articles.jsonld", lambda it: it[:-9]),
        seal,
    ),
]

_RECORDS = [
    Bad(
        "garbage at the end",
        "warc.trailing-garbage",
        "data/archive/",
        warc("archive", lambda it: it + b"garbage"),
        seal,
    ),
    Bad("derived cut", "package.derived-missing", LEDGER, warc("derived", lambda it: it[:-200]), seal),
    Bad("archive cut", "package.segment-range", SOURCES, warc("archive", lambda it: it[:-9]), seal),
    Bad("derived cut within a record", "warc.truncated", "data/derived/", warc("derived", lambda it: it[:-9]), seal),
    Bad("archive empty", "warc.empty", "data/archive/", warc("archive", lambda _: b""), seal),
    Bad("id used again", "package.duplicate-record-id", "data/archive/", records("archive", _same_id), seal),
    Bad(
        "resource among the derived",
        "package.derived-type",
        "data/derived/",
        records("derived", lambda it: [*it[:-1], it[-1].replace(b"WARC-Type: metadata", b"WARC-Type: resource")]),
        seal,
    ),
    Bad(
        "derived from nothing",
        "package.refers-to-unknown",
        "data/derived/",
        records("derived", lambda it: [*it[:-1], _with_refers_to(it[-1])]),
        seal,
    ),
    Bad("derived record twice", "package.derived-extra", "derived", records("derived", lambda it: [*it, it[-1]]), seal),
    Bad("derived id twice", "warc.duplicate-record-id", "derived", records("derived", lambda it: [*it, it[-1]]), seal),
]


def _with_refers_to(member: bytes) -> bytes:
    before = member.partition(b"WARC-Refers-To: ")[2].partition(b"\r\n")[0]
    return member.replace(before, b"<urn:uuid:00000000-0000-4000-8000-000000000000>")


_PREMIS = "metadata/premis.xml"
_CORPUS = "data/tei/corpus.xml"


def _no_include(content: bytes) -> bytes:
    first = content.index(b"<xi:include")
    return content[:first] + content[content.index(b"\n", first) + 1 :]


def _swapped_includes(content: bytes) -> bytes:
    lines = content.split(b"\n")
    one = next(number for number, line in enumerate(lines) if b"<xi:include" in line)
    lines[one : one + 2] = lines[one + 1], lines[one]
    return b"\n".join(lines)


_OTHERS = [
    Bad("PREMIS broken", "package.premis-invalid", _PREMIS, edit(_PREMIS, lambda it: it[:-9]), seal_bag),
    Bad(
        "PREMIS names nobody",
        "package.premis-reference",
        _PREMIS,
        edit(_PREMIS, lambda it: _changed_link(it, b"linkingAgentIdentifierValue")),
        seal_bag,
    ),
    Bad(
        "PREMIS of another size",
        "package.premis-size",
        _PREMIS,
        replace(_PREMIS, b"</size>", b"0</size>"),
        seal_bag,
    ),
    Bad(
        "PREMIS with another checksum",
        "package.premis-digest",
        _PREMIS,
        edit(_PREMIS, lambda it: it.replace(b"<messageDigest>", b"<messageDigest>00", 1)),
        seal_bag,
    ),
    Bad("corpus broken", "package.corpus-invalid", _CORPUS, edit(_CORPUS, lambda it: it[:-9]), seal),
    Bad("corpus without an article", "package.corpus-missing", _CORPUS, edit(_CORPUS, _no_include), seal),
    Bad("corpus in another order", "package.corpus-order", _CORPUS, edit(_CORPUS, _swapped_includes), seal),
    Bad(
        "corpus with a stranger",
        "package.corpus-extra",
        _CORPUS,
        replace(_CORPUS, b"</teiCorpus>", b'<xi:include href="../x.xml"/></teiCorpus>'),
        seal,
    ),
]


def _changed_link(content: bytes, name: bytes) -> bytes:
    return content.replace(b"<" + name + b">", b"<" + name + b">x", 1)


BAD_PACKAGES = [*_OTHERS, *_BAG, *_OUTSIDE, *_WACZ, *_ARTICLES, *_RECORDS]
