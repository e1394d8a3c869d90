"""What verifying finds that needs more than a changed file: other systems, lone files, folders, several processes."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from pathlib import Path

import pytest

import archiver
from archiver.canon import gzip_member
from archiver.model.outcome import Finding, Severity
from archiver.package import bag_hash
from archiver.package.bagit import BagInfo, write_bag
from archiver.package.convert import Container, convert
from archiver.package.spread import Spread
from archiver.package.verify import verify_package
from archiver.warc import scan

from ..support_faults import records, seal
from ..support_package import accepting


def codes(path: Path) -> set[str]:
    return {finding.code for finding in archiver.verify(path)}


def bag_of(folder: Path, names: dict[str, bytes], *, version: str = "1.0") -> Path:
    (folder / "data").mkdir(parents=True)
    for name, content in names.items():
        (folder / "data" / name).write_bytes(content)
    write_bag(folder, BagInfo("2026-11-21", "somebody"))
    if version != "1.0":
        for path in folder.glob("tagmanifest-*"):
            path.unlink()
        text = (folder / "bagit.txt").read_text().replace("1.0", version)
        (folder / "bagit.txt").write_text(text)
    return folder


def test_names_that_another_file_system_changed(tmp_path: Path) -> None:
    composed = bag_of(tmp_path / "composed", {"café.txt": b"x"})
    (composed / "data/café.txt").rename(composed / "data" / unicodedata.normalize("NFD", "café.txt"))
    assert codes(composed) == {"bag.name-normalization"}
    folded = bag_of(tmp_path / "folded", {"Name.txt": b"x"}, version="0.97")
    (folded / "data/Name.txt").rename(folded / "data/name.txt")
    assert codes(folded) == {"bag.name-case"}


def test_a_bag_without_payload(tmp_path: Path) -> None:
    assert "bag.payload-empty" in codes(bag_of(tmp_path / "bag", {}))


def test_a_file_that_cannot_be_read_does_not_hide_the_next(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_file = bag_hash.hash_file

    def failing(path: Path, algorithms: tuple[str, ...]) -> tuple[int, dict[str, str]]:
        if path.name == "README.txt":
            raise OSError(5, "Input/output error")
        return hash_file(path, algorithms)

    monkeypatch.setattr(bag_hash, "hash_file", failing)
    (package / "schemas/article.schema.json").write_bytes(b"[]\n")
    found = {(one.code, one.file) for one in verify_package(package, accepting()) if one.severity is Severity.ERROR}
    assert ("bag.file-unreadable", "README.txt") in found
    assert ("bag.checksum-mismatch", "schemas/article.schema.json") in found


@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is closed to the superuser")
@pytest.mark.parametrize("name", ["data", "data/metadata", "data/tei", "data/archive"])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_is_closed_is_told(package: Path, name: str, mode: int) -> None:
    folder = package / name
    folder.chmod(mode)
    try:
        found = archiver.verify(package)
    finally:
        folder.chmod(0o755)
    assert any(one.file.startswith(name) and one.severity is Severity.ERROR for one in found)
    assert "file.unreadable" in {one.code for one in found}


def test_containers_that_were_damaged(package: Path, tmp_path: Path) -> None:
    convert(package, tmp_path / "x.wacz", Container.WACZ)
    content = (tmp_path / "x.wacz").read_bytes()
    (tmp_path / "flipped.wacz").write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    assert "container.seal-mismatch" in codes(tmp_path / "flipped.wacz")
    (tmp_path / "noise.wacz").write_bytes(b"PK\3\4 and nothing more")
    assert codes(tmp_path / "noise.wacz") == {"package.container-damaged"}
    with zipfile.ZipFile(tmp_path / "x.wacz") as before, zipfile.ZipFile(tmp_path / "y.wacz", "w") as after:
        for name in before.namelist():
            after.writestr(name, b"{" if name == "datapackage.json" else before.read(name))
    assert "container.bag-damaged" in codes(tmp_path / "y.wacz")


def test_records_of_ours_that_lost_their_digest(package: Path) -> None:
    def without_digest(members: list[bytes]) -> list[bytes]:
        start, _, rest = members[1].partition(b"WARC-Block-Digest: ")
        return [members[0], start + rest.partition(b"\r\n")[2], *members[2:]]

    for folder in ("archive", "derived"):
        records(folder, without_digest)(package)
    seal(package)
    found = [one for one in verify_package(package, accepting()) if one.code == "package.digest-missing"]
    assert [one.file.split("/")[1] for one in found] == ["archive", "derived"]
    assert all(one.record_id and one.offset for one in found)


def test_a_warcinfo_of_another_type_is_told_in_passing(tmp_path: Path) -> None:
    record = (
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:5a3d1c00-0000-4000-8000-000000000001>\r\n"
        b"WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}\r\n\r\n"
    )
    (tmp_path / "x.warc.gz").write_bytes(gzip_member(record))
    assert codes(tmp_path / "x.warc.gz") == {"warc.content-type", "warc.no-digest"}


def test_a_folder_of_files_is_checked_file_by_file(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    derived = next((package / "data/derived").iterdir()).read_bytes()
    (folder / "a.warc.gz").write_bytes(derived[:-9])
    (folder / "deep/b.warc.gz").write_bytes(b"")
    (folder / "deep/c.xml").write_bytes(b"<TEI")
    (folder / "deep/d.txt").write_bytes(b"text")
    (folder / "e.warc.gz").write_bytes(derived)
    found = archiver.verify(folder)
    # Both files have the same records, and those that they refer to are in another one.
    links = {"warc.record-id-elsewhere", "warc.reference-unresolved"}
    assert links == {one.code for one in found if one.severity is not Severity.ERROR} - {"folder.not-checked"}
    assert [(one.code, one.file) for one in found if one.code not in links] == [
        ("warc.truncated", "a.warc.gz"),
        ("warc.empty", "deep/b.warc.gz"),
        ("tei.not-well-formed", "deep/c.xml"),
        ("folder.not-checked", "deep/d.txt"),
    ]
    (tmp_path / "nothing").mkdir()
    assert codes(tmp_path / "nothing") == {"package.not-a-package"}


def test_files_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.warc.gz").write_bytes(gzip_member(b"WARC/1.1\r\n"))
    (tmp_path / "x.xml").write_bytes(b"<TEI/>")

    def failing(*_: object, **__: object) -> object:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(scan, "open_regular", failing)
        assert "warc.unreadable" in {one.code for one in archiver.verify(tmp_path)}
    monkeypatch.setattr(Path, "open", failing)
    assert "file.unreadable" in {one.code for one in archiver.verify(tmp_path)}


def test_a_process_that_is_lost_leaves_a_finding_for_each_file(package: Path) -> None:
    def losing(work, tasks, *, cost, lost, done):  # type: ignore[no-untyped-def]
        yield from map(lost, tasks)

    spread: Spread = losing
    found = list(verify_package(package, accepting(spread=spread)))
    assert {one.file for one in found if one.code == "verify.process-lost"} >= {"data/metadata/articles.jsonl"}
    assert "bag.file-unreadable" in {one.code for one in found}


def test_any_number_of_processes_finds_the_same_in_the_same_order(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from archiver.pipeline import verification

    monkeypatch.setattr(verification, "_WORTH", 0)
    for name in ("README.txt", "data/metadata/sources.jsonl", "data/removed/ledger.jsonl"):
        (package / name).write_bytes((package / name).read_bytes().replace(b"a", b"e"))
    one, two = (archiver.verify(package, jobs=jobs) for jobs in (1, 2))
    assert one == two
    assert len([finding for finding in one if finding.severity is Severity.ERROR]) > 5
    assert all(isinstance(finding, Finding) for finding in two)
    with pytest.raises(ValueError, match="jobs"):
        archiver.verify(package, jobs=0)
