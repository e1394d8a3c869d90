"""Verifying a package in one file: every change is found, and other people's files are judged fairly."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from archiver.canon import canonical_json, sha256_hex
from archiver.model.outcome import Finding, Severity
from archiver.package.convert import Container, convert
from archiver.package.fixity import Depth
from archiver.package.verify_container import verify_any
from archiver.package.verify_path import verify_path

from ..support_package import accepting, build


def findings(path: Path, depth: Depth = Depth.FULL) -> list[Finding]:
    check = partial(verify_path, manner=accepting(depth))
    return list(verify_any(path, depth=depth, check_path=check))


def errors(path: Path, depth: Depth = Depth.FULL) -> set[str]:
    return {finding.code for finding in findings(path, depth) if finding.severity is Severity.ERROR}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("containers") / "package"
    build(root)
    return root


@pytest.fixture(scope="module")
def made(package: Path) -> dict[str, Path]:
    for container in (Container.WACZ, Container.ZIP, Container.TAR):
        convert(package, package.parent / f"x.{container}", container)
    return {path.suffix[1:]: path for path in package.parent.glob("x.*")}


@pytest.mark.parametrize("kind", ["wacz", "zip", "tar"])
@pytest.mark.parametrize("depth", list(Depth))
def test_a_good_container_has_nothing_wrong(made: Mapping[str, Path], kind: str, depth: Depth) -> None:
    assert errors(made[kind], depth) == set()


@pytest.mark.parametrize("kind", ["wacz", "zip"])
def test_each_changed_byte_of_a_zip_file_is_found(made: Mapping[str, Path], tmp_path: Path, kind: str) -> None:
    """Headers, contents, directory: every 1999th byte, and all of the end record."""
    content = made[kind].read_bytes()
    target = tmp_path / f"x.{kind}"
    for place in [*range(0, len(content) - 150, 1999), *range(len(content) - 130, len(content), 2)]:
        for change in (1, 0x80):
            changed = bytearray(content)
            changed[place] ^= change
            target.write_bytes(changed)
            assert errors(target), (place, change)


@pytest.mark.parametrize("kind", ["wacz", "zip", "tar"])
def test_each_way_to_cut_a_container_is_found(made: Mapping[str, Path], tmp_path: Path, kind: str) -> None:
    content = made[kind].read_bytes()
    target = tmp_path / f"x.{kind}"
    sizes = [*range(0, len(content), 1511), len(content) - 1] if kind != "tar" else range(0, len(content) - 20480, 1511)
    for size in sizes:
        target.write_bytes(content[:size])
        assert errors(target), size


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Copy a ZIP file with changed content, as any ZIP program would write it."""
    with zipfile.ZipFile(source) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    change(content)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return target


def test_changes_of_a_wacz_have_codes_and_name_the_file(made: Mapping[str, Path], tmp_path: Path) -> None:
    def check(code: str, file: str, change: Callable[[dict[str, bytes]], object]) -> None:
        target = rewritten(made["wacz"], tmp_path / "x.wacz", change)
        assert (code, file) in {(finding.code, finding.file) for finding in findings(target)}

    pages = "pages/pages.jsonl"
    check("wacz.resource-digest", pages, lambda files: files.update({pages: files[pages].swapcase()}))
    check("wacz.resource-size", pages, lambda files: files.update({pages: files[pages] + b"\n"}))
    check("wacz.resource-missing", pages, lambda files: files.pop(pages))
    check("wacz.resource-unlisted", "tei/extra.xml", lambda files: files.update({"tei/extra.xml": b""}))
    check("bag.checksum-mismatch", "bag/README.txt", lambda files: files.update({"bag/README.txt": b"no"}))
    check("wacz.datapackage-missing", "datapackage.json", lambda files: files.pop("datapackage.json"))
    check("container.seal-missing", "x.wacz", dict)
    digest = "datapackage-digest.json"
    check(
        "wacz.digest-mismatch",
        digest,
        lambda files: files.update({digest: files[digest].replace(b"sha256:", b"sha256:0")}),
    )


def test_a_file_that_was_listed_anew_still_differs_from_the_manifest(made: Mapping[str, Path], tmp_path: Path) -> None:
    """Who edits a file and the lists of the WACZ is found out by the manifests of the bag in it."""

    def change(files: dict[str, bytes]) -> None:
        old = files["pages/pages.jsonl"]
        new = old.replace(b"Bread", b"Bleed")
        described = files["datapackage.json"].replace(sha256_hex(old).encode(), sha256_hex(new).encode())
        statement = {"path": "datapackage.json", "hash": f"sha256:{sha256_hex(described)}"}
        files |= {
            "pages/pages.jsonl": new,
            "datapackage.json": described,
            "datapackage-digest.json": canonical_json(statement) + b"\n",
        }

    found = findings(rewritten(made["wacz"], tmp_path / "x.wacz", change))
    assert ("bag.checksum-mismatch", "pages/pages.jsonl") in {(finding.code, finding.file) for finding in found}


def test_quick_finds_sizes_and_missing_files_without_reading(made: Mapping[str, Path], tmp_path: Path) -> None:
    name = next(name for name in zipfile.ZipFile(made["wacz"]).namelist() if name.startswith("tei/"))
    target = rewritten(made["wacz"], tmp_path / "x.wacz", lambda files: files.update({name: files[name] + b" "}))
    assert "wacz.resource-size" in errors(target, Depth.QUICK)


def foreign(
    target: Path, *, change: Callable[[dict[str, bytes]], object] = lambda _: None, deflate: bool = False
) -> Path:
    """Write a WACZ as a crawler would: one WARC, a compressed index, pages, nothing of ours."""
    block = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:5a3d1c00-0000-4000-8000-000000000001>\r\n"
    block += b"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: https://example.org/\r\n"
    block += b"WARC-Block-Digest: sha256:" + sha256_hex(b"text").encode() + b"\r\n"
    block += b"Content-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n"
    warc = gzip.compress(block, mtime=0)
    entry = {"url": "https://example.org/", "filename": "x.warc.gz", "offset": "0", "length": str(len(warc))}
    index = b"org,example)/ 20260101000000 " + canonical_json(entry) + b"\n"
    pages = b'{"format":"json-pages-1.0","id":"pages","title":"All"}\n'
    files = {"archive/x.warc.gz": warc, "indexes/index.cdx.gz": index, "pages/pages.jsonl": pages}
    change(files)
    files[_INDEX] = gzip.compress(files[_INDEX], mtime=0)
    resources = [
        {"name": name, "path": name, "hash": f"sha256:{sha256_hex(data)}", "bytes": len(data)}
        for name, data in files.items()
    ]
    described = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
    statement = {"path": "datapackage.json", "hash": f"sha256:{sha256_hex(described)}"}
    files |= {"datapackage.json": described, "datapackage-digest.json": json.dumps(statement).encode()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def test_a_wacz_of_another_program_is_valid(tmp_path: Path) -> None:
    assert findings(foreign(tmp_path / "x.wacz")) == []
    assert findings(foreign(tmp_path / "named-otherwise.bin")) == []


_INDEX = "indexes/index.cdx.gz"
_FAULTS: Mapping[str, Callable[[dict[str, bytes]], object]] = {
    "cdxj.no-record": lambda files: files.update({_INDEX: files[_INDEX].replace(b'"0"', b'"7"')}),
    "cdxj.mismatch": lambda files: files.update({_INDEX: files[_INDEX].replace(b'th":"', b'th":"9')}),
    "cdxj.syntax": lambda files: files.update({_INDEX: b"org,example)/\n"}),
    "cdxj.unsorted": lambda files: files.update({_INDEX: files[_INDEX] + b"a b c\n"}),
    "wacz.pages-header": lambda files: files.update({"pages/pages.jsonl": b"{}\n"}),
    "wacz.pages-missing": lambda files: files.pop("pages/pages.jsonl"),
    "wacz.archive-missing": lambda files: files.pop("archive/x.warc.gz"),
}


@pytest.mark.parametrize("code", _FAULTS)
def test_faults_of_a_foreign_wacz(tmp_path: Path, code: str) -> None:
    assert code in errors(foreign(tmp_path / "x.wacz", change=_FAULTS[code]))


def test_a_wacz_without_an_index_or_with_a_broken_one(tmp_path: Path) -> None:
    broken = rewritten(
        foreign(tmp_path / "a.wacz"),
        tmp_path / "b.wacz",
        lambda files: files.update({"indexes/index.cdx.gz": b"\x1f\x8b"}),
    )
    assert "cdxj.unreadable" in errors(broken)
    without = rewritten(broken, tmp_path / "c.wacz", lambda files: files.pop("indexes/index.cdx.gz"))
    assert "wacz.index-missing" in errors(without)


def test_a_warc_that_is_compressed_once_more_is_a_warning(tmp_path: Path) -> None:
    found = findings(foreign(tmp_path / "x.wacz", deflate=True))
    assert {(one.code, one.severity) for one in found} == {("wacz.not-stored", Severity.WARNING)}


def test_a_foreign_bag_in_one_file(package: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bag.tgz", "w:gz") as archive:
        archive.add(package, "anything")
    assert errors(tmp_path / "bag.tgz") == set()
    with zipfile.ZipFile(tmp_path / "bag.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*")):
            archive.write(path, Path("anything") / path.relative_to(package))
    assert errors(tmp_path / "bag.zip") == set()


def test_members_that_no_package_may_have(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        for name, kind in (("bag/link", tarfile.SYMTYPE), ("bag/pipe", tarfile.FIFOTYPE), ("../out", tarfile.REGTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        for _ in range(2):
            info = tarfile.TarInfo("bag/bagit.txt")
            info.size = 3
            archive.addfile(info, io.BytesIO(b"BAG"))
    found = [one for one in findings(tmp_path / "x.tar") if one.code == "container.member-refused"]
    assert {one.file for one in found} == {"bag/link", "bag/pipe", "../out", "bag/bagit.txt"}
    assert not (tmp_path.parent / "out").exists()


def test_a_zip_without_one_folder_at_its_top(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    assert errors(tmp_path / "x.zip") == {"container.top-folder"}


def test_what_stands_behind_the_end_is_found(made: Mapping[str, Path], tmp_path: Path) -> None:
    (tmp_path / "x.wacz").write_bytes(made["wacz"].read_bytes() + b"more")
    assert "container.end" in errors(tmp_path / "x.wacz")


def test_one_damaged_member_does_not_hide_the_next(made: Mapping[str, Path], tmp_path: Path) -> None:
    content = bytearray(made["wacz"].read_bytes())
    with zipfile.ZipFile(made["wacz"]) as archive:
        chosen = [info for info in archive.infolist() if info.filename.endswith((".warc.gz", "pages.jsonl"))]
    for info in chosen:
        content[info.header_offset + 30 + len(info.filename) + 5] ^= 0xFF
    (tmp_path / "x.wacz").write_bytes(content)
    found = {one.file for one in findings(tmp_path / "x.wacz") if one.code == "container.damaged"}
    assert found == {info.filename for info in chosen}
