"""Folders of files and of packages: all is verified that can be, and the verdict promises no more."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

import archiver
from archiver.canon import canonical_json, gzip_member, sha256_hex
from archiver.model.outcome import Finding, Severity
from archiver.package.bagit import BagInfo, write_bag
from archiver.package.convert import Container, convert
from archiver.package.scope import not_looked_at
from archiver.package.verify_path import kind_of, verify_path
from archiver.report.verdict import verdict_words

from ..support_package import accepting, build

RECORD = (
    b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:5a3d1c00-0000-4000-8000-000000000001>\r\n"
    b"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: https://example.org/\r\n"
    b"WARC-Block-Digest: sha256:" + sha256_hex(b"text").encode() + b"\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n"
)
TEI = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>'
SCHEMA = b'<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"/>'


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package made by hand, and the same in each other form."""
    folder = tmp_path_factory.mktemp("packages")
    build(folder / "bag")
    for container in (Container.WACZ, Container.ZIP, Container.TAR, Container.EARK):
        convert(folder / "bag", folder / f"x.{container}", container)
    return folder


def wacz_folder(folder: Path) -> Path:
    """Lay out a WACZ of a crawler as a folder."""
    warc = gzip_member(RECORD)
    entry = {"url": "https://example.org/", "filename": "x.warc.gz", "offset": "0", "length": str(len(warc))}
    files = {
        "archive/x.warc.gz": warc,
        "indexes/index.cdx": b"org,example)/ 20260101000000 " + canonical_json(entry) + b"\n",
        "pages/pages.jsonl": b'{"format":"json-pages-1.0","id":"pages","title":"All"}\n',
    }
    resources = [
        {"name": name, "path": name, "hash": f"sha256:{sha256_hex(data)}", "bytes": len(data)}
        for name, data in files.items()
    ]
    described = canonical_json({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources})
    statement = {"path": "datapackage.json", "hash": f"sha256:{sha256_hex(described)}"}
    files |= {"datapackage.json": described, "datapackage-digest.json": canonical_json(statement)}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def errors(path: Path) -> set[tuple[str, str]]:
    found = verify_path(path, accepting())
    return {(one.code, one.file) for one in found if one.severity is Severity.ERROR}


def flipped(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_packages_in_a_folder_are_verified_as_packages(packages: Path, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    shutil.copytree(packages, folder / "deep")
    (folder / "x.warc.gz").write_bytes(gzip_member(RECORD))
    (folder / "archiv.tei").write_bytes(TEI)
    wacz_folder(folder / "crawl")
    assert errors(folder) == set()
    (folder / "deep/bag/README.txt").write_bytes(b"changed")
    flipped(folder / "deep/x.wacz", 40)
    flipped(folder / "deep/x.zip", 40)
    flipped(folder / "deep/x.tar", 40)
    (folder / "deep/x.eark/documentation/README.txt").write_bytes(b"changed")
    (folder / "crawl/pages/pages.jsonl").write_bytes(b"{}")
    found = errors(folder)
    assert {
        ("bag.checksum-mismatch", "deep/bag/README.txt"),
        ("container.seal-mismatch", "deep/x.wacz"),
        ("container.seal-mismatch", "deep/x.zip"),
        ("package.container-damaged", "deep/x.tar"),
        ("eark.digest", "deep/x.eark/documentation/README.txt"),
        ("wacz.resource-digest", "crawl/pages/pages.jsonl"),
    } <= found
    assert {file.split("/")[0] for _, file in found} == {"deep", "crawl"}


def test_any_number_of_processes_finds_the_same(packages: Path, tmp_path: Path) -> None:
    shutil.copytree(packages / "bag", tmp_path / "bag")
    (tmp_path / "bag/README.txt").write_bytes(b"changed")
    for name in ("a.warc.gz", "z.warc.gz"):
        (tmp_path / name).write_bytes(gzip_member(RECORD)[:-9])
    one, two = (archiver.verify(tmp_path, jobs=jobs) for jobs in (1, 2))
    assert one == two
    seen: list[tuple[int, int]] = []
    list(verify_path(tmp_path, accepting(progress=lambda done, total: seen.append((done, total)))))
    assert seen == sorted(seen)
    assert len({total for _, total in seen}) == 1


def test_a_folder_around_a_package_has_its_findings_and_no_more(packages: Path, tmp_path: Path) -> None:
    """Dublin Core, PREMIS and schemas of the package are no TEI files; nothing of it is left out."""
    shutil.copytree(packages / "bag", tmp_path / "inside")
    within = list(verify_path(tmp_path / "inside", accepting()))
    around = list(verify_path(tmp_path, accepting()))
    assert [(one.code, one.file) for one in around] == [(one.code, f"inside/{one.file}") for one in within]
    assert not_looked_at(around) == 0


def test_a_report_beside_warc_files_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").write_bytes(gzip_member(RECORD))
    (tmp_path / "crawl-report.xml").write_bytes(b"<report><pages>1</pages></report>")
    (tmp_path / "pictures.zip").write_bytes(b"PK\5\6" + bytes(18))
    (tmp_path / "link").symlink_to(tmp_path)
    found = archiver.verify(tmp_path)
    assert [(one.code, one.severity) for one in found] == [("folder.not-checked", Severity.NOTE)]
    assert not_looked_at(found) == 3


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("x.xml", TEI, "tei"),
        ("x.data", TEI, "tei"),
        ("x.xml", b'\xef\xbb\xbf<?xml version="1.0"?><!-- x --><t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"/>', "tei"),
        ("x.xml", b"<!--" + b"x" * 9000 + b"-->" + TEI, "tei"),
        ("x.xml", TEI.decode().encode("utf-16"), "tei"),
        ("x.xml", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text', "tei"),
        ("x.xml", b'=?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "tei"),
        ("x.xml", b"<TEI", "tei"),
        ("x.xml", b"<TEI/>", "tei"),
        ("x.tei", b"anything", "tei"),
        ("x.xml", b"<report/>", None),
        ("x.xml", b"<report", None),
        ("x.xml", b"", None),
        ("x.rng", SCHEMA, None),
        ("x.xml", SCHEMA, None),
        ("x.xml", b'<all xmlns:t="http://www.tei-c.org/ns/1.0"><t:TEI/></all>', None),
        ("x.md", b"The name space is http://www.tei-c.org/ns/1.0", None),
        ("x.html", b"<!doctype html><p>http://www.tei-c.org/ns/1.0", None),
    ],
)
def test_xml_is_tei_if_its_first_element_is(tmp_path: Path, name: str, content: bytes, kind: str | None) -> None:
    (tmp_path / name).write_bytes(content)
    assert kind_of(tmp_path / name) == kind


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["manifest-sha1.txt", "data/x"], "bag"),
        (["manifest-sha3-256.txt"], "bag"),
        (["tagmanifest-crc.txt"], "bag"),
        (["manifest-crc.txt", "data/x"], "bag"),
        (["manifest-2024.txt", "x.warc"], "folder"),
        (["datapackage-digest.json"], "wacz"),
        (["datapackage.json", "table.csv"], "folder"),
        (["archive/x.warc", "indexes/index.cdx", "pages/pages.jsonl"], "wacz"),
        (["archive/x.warc", "indexes/index.cdx"], "folder"),
        (["metadata/articles.jsonl", "metadata/sources.jsonl"], "wacz"),
        (["tei/a-0123456789abcdef.xml", "derived/x.warc"], "folder"),
    ],
)
def test_kinds_of_folders(tmp_path: Path, names: list[str], kind: str) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"{}")
    assert kind_of(tmp_path) == kind


def test_a_bag_that_lost_its_declaration_is_told_whatever_its_checksums(tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    (bag / "data").mkdir(parents=True)
    (bag / "data/x.warc.gz").write_bytes(gzip_member(RECORD))
    (bag / "data/report.pdf").write_bytes(b"changed")
    (bag / "manifest-sha1.txt").write_bytes(b"0" * 40 + b"  data/report.pdf\n")
    told = {
        ("bag.declaration-missing", "bagit.txt"),
        ("bag.checksum-mismatch", "data/report.pdf"),
        ("bag.file-extra", "data/x.warc.gz"),
    }
    assert errors(bag) == told
    assert errors(tmp_path) == {(code, f"bag/{file}") for code, file in told}


def test_an_unpacked_wacz_of_another_program(tmp_path: Path) -> None:
    folder = wacz_folder(tmp_path / "x")
    assert list(verify_path(folder, accepting())) == []
    index = folder / "indexes/index.cdx"
    index.write_bytes(index.read_bytes().replace(b'"offset":"0"', b'"offset":"7"'))
    assert errors(folder) == {
        ("wacz.resource-digest", "indexes/index.cdx"),
        ("cdxj.no-record", "indexes/index.cdx"),
        ("cdxj.record-unlisted", "archive/x.warc.gz"),
    }
    (folder / "datapackage.json").write_bytes((folder / "datapackage.json").read_bytes() + b" ")
    assert ("wacz.digest-mismatch", "datapackage-digest.json") in errors(folder)


def test_a_link_in_an_unpacked_wacz_hides_nothing(tmp_path: Path) -> None:
    folder = wacz_folder(tmp_path / "x")
    (folder / "link").symlink_to(tmp_path)
    (folder / "archive/x.warc.gz").write_bytes(gzip_member(RECORD)[:-9])
    assert {("package", "link"), ("warc.truncated", "archive/x.warc.gz")} <= errors(folder)


def test_what_is_damaged_in_a_folder_does_not_end_the_check(tmp_path: Path) -> None:
    (tmp_path / "a.wacz").write_bytes(b"PK\3\4 and nothing more")
    (tmp_path / "b.zip").write_bytes(b"PK\3\4 and nothing more")
    (tmp_path / "c.docx").write_bytes(b"PK\3\4 and nothing more")
    found = archiver.verify(tmp_path)
    assert [(one.code, one.file) for one in found] == [
        ("package.container-damaged", "a.wacz"),
        ("package.container-damaged", "b.zip"),
        ("folder.not-checked", "c.docx"),
    ]


def test_tag_files_that_nothing_guards_are_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x").write_bytes(b"x")
    write_bag(tmp_path, BagInfo("2026-11-21", "somebody"))
    for name in ("notes/one.txt", "notes/two.txt", ".DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [one for one in archiver.verify(tmp_path) if one.code != "bag.system-file"]
    assert [(one.code, one.file) for one in found] == [("bag.not-checked", "notes/one.txt")]
    assert not_looked_at(found) == 2


def test_a_zip_that_holds_a_package_has_its_name_in_the_finding(packages: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(packages / "x.zip") as before, zipfile.ZipFile(tmp_path / "x.zip", "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, b"changed" if name.endswith("README.txt") else content)
    assert ("bag.checksum-mismatch", "x.zip/README.txt") in errors(tmp_path)


_NOTE = Finding("folder.not-checked", "12 file(s) are nothing", severity=Severity.NOTE)
_ERROR = Finding("warc.empty", "no")


@pytest.mark.parametrize(
    ("findings", "quick", "words"),
    [
        ([], False, "x: intact (every byte checked, 0 finding(s))"),
        ([], True, "x: intact (structure and sizes checked, 0 finding(s))"),
        ([_NOTE], False, "x: what was looked at is intact (12 file(s) were not looked at, 1 finding(s))"),
        ([_ERROR], False, "x: NOT intact (1 error(s), 1 finding(s))"),
        ([_ERROR, _NOTE], True, "x: NOT intact (12 file(s) were not looked at, 1 error(s), 2 finding(s))"),
    ],
)
def test_the_verdict_promises_what_was_looked_at(findings: list[Finding], quick: bool, words: str) -> None:
    assert verdict_words("x", findings, quick=quick) == words
