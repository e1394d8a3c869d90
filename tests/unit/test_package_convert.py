"""A package goes from container to container and back, with the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import unicodedata
import zipfile
from pathlib import Path

import pytest

import archiver
from archiver.errors import (
    FixityError,
    InputNotFoundError,
    NotAPackageError,
    OutputExistsError,
    PackageError,
    UsageError,
)
from archiver.package.convert import Container, convert
from archiver.package.wacz_write import carried_name, tag_file_of
from archiver.package.workplace import workplace

from ..support_export import tree
from ..support_package import build

WAYS = [Container.WACZ, Container.TAR, Container.ZIP]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("convert") / "package"
    build(root)
    return root


@pytest.mark.parametrize("way", WAYS)
def test_there_and_back_gives_the_same_bag(package: Path, tmp_path: Path, way: Container) -> None:
    convert(package, tmp_path / "one", way)
    report = convert(tmp_path / "one", tmp_path / "back", Container.BAG)
    assert tree(tmp_path / "back") == tree(package)
    assert report.files == sum(path.is_file() for path in package.rglob("*"))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["back", "one"]


@pytest.mark.parametrize("way", WAYS)
def test_the_same_package_gives_the_same_bytes(package: Path, tmp_path: Path, way: Container) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    copy = tmp_path / "copy"
    convert(package, copy, Container.BAG)
    for path in copy.rglob("*"):
        path.chmod(0o755)
        os.utime(path, (1, 2))
    convert(package, tmp_path / "a/same.bin", way)
    convert(copy, tmp_path / "b/same.bin", way)
    assert (tmp_path / "a/same.bin").read_bytes() == (tmp_path / "b/same.bin").read_bytes()


def test_every_container_becomes_every_other(package: Path, tmp_path: Path) -> None:
    convert(package, tmp_path / "x.tar", Container.TAR)
    convert(tmp_path / "x.tar", tmp_path / "x.wacz", Container.WACZ)
    convert(tmp_path / "x.wacz", tmp_path / "x.zip", Container.ZIP)
    convert(tmp_path / "x.zip", tmp_path / "again" / "x.tar", Container.TAR)
    assert (tmp_path / "again/x.tar").read_bytes() == (tmp_path / "x.tar").read_bytes()


def test_a_wacz_is_what_the_specification_asks_for(package: Path, tmp_path: Path) -> None:
    """WACZ 1.1.1: every file listed with size and SHA-256, WARC files stored, resource names unique."""
    convert(package, tmp_path / "x.wacz", Container.WACZ)
    with zipfile.ZipFile(tmp_path / "x.wacz") as archive:
        names = archive.namelist()
        described = json.loads(archive.read("datapackage.json"))
        listed = {resource["path"]: resource for resource in described["resources"]}
        assert set(names) == {*listed, "datapackage.json", "datapackage-digest.json"}
        for path, resource in listed.items():
            content = archive.read(path)
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        stated = json.loads(archive.read("datapackage-digest.json"))["hash"]
        assert stated == f"sha256:{hashlib.sha256(archive.read('datapackage.json')).hexdigest()}"
        assert len({resource["name"] for resource in described["resources"]}) == len(listed)
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.compress_type == zipfile.ZIP_STORED) == info.filename.endswith(".gz")
            assert not info.flag_bits & 0x08, "no data descriptors"
        assert names == sorted(names)


def test_the_tag_files_of_the_bag_stand_in_the_wacz(package: Path, tmp_path: Path) -> None:
    convert(package, tmp_path / "x.wacz", Container.WACZ)
    with zipfile.ZipFile(tmp_path / "x.wacz") as archive:
        assert archive.read("bag/README.txt") == (package / "README.txt").read_bytes()
        schema = "schemas/article.schema.json"
        assert archive.read(f"bag-{schema}") == (package / schema).read_bytes()


@pytest.mark.parametrize("tag_file", ["bagit.txt", "schemas/x.json", "a/b/c.xml", "a%2Fb/c", "bag/x", "café/é.txt"])
def test_names_of_tag_files_come_back(tag_file: str) -> None:
    name = carried_name(tag_file)
    assert name.count("/") == 1
    assert tag_file_of(name) == tag_file


def test_files_of_data_are_no_tag_files() -> None:
    assert [tag_file_of(name) for name in ("archive/bag/x", "baggage/x", "bag", "tei/bag-1.xml", "bag/a/b")] == [
        None
    ] * 5


def test_a_bag_in_one_file_has_one_folder_at_its_top(package: Path, tmp_path: Path) -> None:
    """RFC 8493 section 4; names are composed (NFC), headers tell nothing of this machine."""
    name = unicodedata.normalize("NFD", "café")
    convert(package, tmp_path / f"{name}.tar", Container.TAR)
    convert(package, tmp_path / f"{name}.zip", Container.ZIP)
    with tarfile.open(tmp_path / f"{name}.tar") as archive:
        tar = archive.getmembers()
        readme = archive.extractfile("café/README.txt")
        assert readme is not None
        assert readme.read() == (package / "README.txt").read_bytes()
    assert {(one.mtime, one.uid, one.gid, one.uname, one.gname) for one in tar} == {(0, 0, 0, "", "")}
    with zipfile.ZipFile(tmp_path / f"{name}.zip") as archive:
        names = archive.namelist()
    assert names == [one.name + "/" * one.isdir() for one in tar]
    assert {one.partition("/")[0] for one in names} == {"café"}
    first_payload = next(number for number, one in enumerate(names) if one.startswith("café/data/"))
    assert all(one.startswith("café/data/") for one in names[first_payload:]), "manifests come before what they list"


def test_what_is_there_is_not_touched(package: Path, tmp_path: Path) -> None:
    (tmp_path / "x.wacz").write_bytes(b"mine")
    with pytest.raises(OutputExistsError):
        convert(package, tmp_path / "x.wacz", Container.WACZ)
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(OutputExistsError):
        convert(package, tmp_path / "dangling", Container.BAG)
    assert (tmp_path / "x.wacz").read_bytes() == b"mine"


def test_somebody_elses_folder_is_not_taken_for_a_workplace(package: Path, tmp_path: Path) -> None:
    (tmp_path / "x.wacz.converting").mkdir()
    (tmp_path / "x.wacz.converting/thesis.tex").write_bytes(b"years of work")
    with pytest.raises(OutputExistsError):
        convert(package, tmp_path / "x.wacz", Container.WACZ)
    assert (tmp_path / "x.wacz.converting/thesis.tex").read_bytes() == b"years of work"


def test_two_conversions_to_one_output_do_not_mix(package: Path, tmp_path: Path) -> None:
    with workplace(tmp_path / "x.wacz") as (whole, _):
        with pytest.raises(UsageError, match="another process"):
            convert(package, tmp_path / "x.wacz", Container.WACZ)
        whole.write_bytes(b"first")
    assert (tmp_path / "x.wacz").read_bytes() == b"first"


def test_what_is_no_package_is_refused(package: Path, tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError):
        convert(tmp_path / "nothing", tmp_path / "x", Container.WACZ)
    (tmp_path / "text").write_bytes(b"text")
    with pytest.raises(NotAPackageError):
        convert(tmp_path / "text", tmp_path / "x", Container.WACZ)
    with zipfile.ZipFile(tmp_path / "bare.wacz", "w") as archive:
        for path in (package / "data").rglob("*"):
            archive.write(path, path.relative_to(package / "data"))
    with pytest.raises(NotAPackageError, match="no bag in this WACZ"):
        convert(tmp_path / "bare.wacz", tmp_path / "x", Container.BAG)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a/bagit.txt", "")
        archive.writestr("b/bagit.txt", "")
    with pytest.raises(NotAPackageError, match="exactly one folder"):
        convert(tmp_path / "two.zip", tmp_path / "x", Container.BAG)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("way", [*WAYS, Container.BAG])
def test_a_damaged_package_is_not_converted(package: Path, tmp_path: Path, way: Container) -> None:
    convert(package, tmp_path / "copy", Container.BAG)
    for name in ("data/pages/pages.jsonl", "README.txt", "data/datapackage.json"):
        content = (tmp_path / "copy" / name).read_bytes()
        (tmp_path / "copy" / name).write_bytes(content.swapcase())
        with pytest.raises(FixityError):
            convert(tmp_path / "copy", tmp_path / "x", way)
        (tmp_path / "copy" / name).write_bytes(content)
    (tmp_path / "copy/data/extra").write_bytes(b"")
    with pytest.raises(FixityError):
        convert(tmp_path / "copy", tmp_path / "x", way)
    assert [entry.name for entry in tmp_path.iterdir()] == ["copy"]


def test_a_container_with_another_file_in_it_does_not_become_a_bag(package: Path, tmp_path: Path) -> None:
    convert(package, tmp_path / "x.zip", Container.ZIP)
    with zipfile.ZipFile(tmp_path / "x.zip", "a") as archive:
        archive.writestr("x/data/more.txt", "more")
    with pytest.raises(FixityError):
        convert(tmp_path / "x.zip", tmp_path / "back", Container.BAG)
    assert not (tmp_path / "back").exists()


def test_names_that_lead_out_are_never_written(package: Path, tmp_path: Path) -> None:
    for number, name in enumerate(("../escaped", "/tmp/escaped", "x/../../escaped", "C:\\escaped", "x//y")):
        target = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("x/bagit.txt", "")
            archive.writestr(name, "bad")
        with pytest.raises(PackageError):
            convert(target, tmp_path / "out" / "x", Container.BAG)
    assert list(tmp_path.rglob("escaped")) == []


def test_a_package_in_one_file_opens_like_a_folder(package: Path, tmp_path: Path) -> None:
    for way in WAYS:
        convert(package, tmp_path / f"x.{way}", way)
        with archiver.open_package(package) as folder, archiver.open_package(tmp_path / f"x.{way}") as file:
            unpacked = file.root
            assert file.path == tmp_path / f"x.{way}"
            for one, other in zip(folder.articles(), file.articles(), strict=True):
                assert (one.metadata, one.removed, one.tei()) == (other.metadata, other.removed, other.tei())
                assert one.original() == other.original()
        assert not unpacked.exists()
