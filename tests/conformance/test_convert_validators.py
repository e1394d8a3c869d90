"""A package in other containers, judged by software that is not ours."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import bagit
import pytest

import archiver
from archiver.package.convert import Container

from ..support_export import corpus, export, invoke, tree


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    root = tmp_path_factory.mktemp("containers")
    corpus(root / "in", 3)
    assert export([samples, root / "in"], root / "package").code == 3
    return root / "package"


@pytest.fixture(scope="module")
def wacz(package: Path) -> Path:
    archiver.convert(package, package.with_name("x.wacz"), "wacz")
    return package.with_name("x.wacz")


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([Path(sys.executable).with_name(name), *arguments], capture_output=True, text=True)


def test_wacz_validates_it(wacz: Path) -> None:
    done = tool("wacz", "validate", "-f", wacz)
    assert done.returncode == 0, done.stdout + done.stderr


def test_wacz_refuses_it_with_one_byte_changed(wacz: Path, tmp_path: Path) -> None:
    """Else the test above would show nothing."""
    with zipfile.ZipFile(wacz) as archive, zipfile.ZipFile(tmp_path / "bad.wacz", "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name) + b" " * (name == "bag/bagit.txt"))
    assert tool("wacz", "validate", "-f", tmp_path / "bad.wacz").returncode != 0


def test_the_warc_files_in_it_are_read_by_warcio_and_fastwarc(wacz: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wacz) as archive:
        names = [name for name in archive.namelist() if name.endswith(".warc.gz")]
        archive.extractall(tmp_path, names)
    for name in names:
        assert tool("warcio", "check", tmp_path / name).returncode == 0
        assert tool("fastwarc", "check", "-q", tmp_path / name).returncode == 0
    assert len(names) == 2


def test_records_are_found_in_the_wacz_itself_by_their_place(wacz: Path) -> None:
    """Players read one record by its offset: the WARC files are stored, not deflated."""
    with zipfile.ZipFile(wacz) as archive:
        info = next(one for one in archive.infolist() if one.filename.startswith("archive/"))
        content = archive.read(info)
    start = info.header_offset + 30 + len(info.filename)
    assert wacz.read_bytes()[start : start + info.file_size] == content


@pytest.mark.parametrize("container", list(Container))
def test_bagit_python_validates_the_bag_that_comes_back(package: Path, tmp_path: Path, container: Container) -> None:
    archiver.convert(package, tmp_path / "there", container)
    archiver.convert(tmp_path / "there", tmp_path / "back", "bag")
    assert bagit.Bag(str(tmp_path / "back")).validate()
    assert tree(tmp_path / "back") == tree(package)


@pytest.mark.parametrize("container", [Container.TAR, Container.ZIP])
def test_the_standard_library_unpacks_a_valid_bag(package: Path, tmp_path: Path, container: Container) -> None:
    target = tmp_path / f"town-archive.{container}"
    archiver.convert(package, target, container)
    if container is Container.TAR:
        with tarfile.open(target) as archive:
            archive.extractall(tmp_path, filter="data")
    else:
        with zipfile.ZipFile(target) as archive:
            assert archive.testzip() is None
            archive.extractall(tmp_path)
    assert bagit.Bag(str(tmp_path / "town-archive")).validate()


@pytest.mark.parametrize("container", list(Container))
def test_our_own_verifier_agrees(package: Path, tmp_path: Path, container: Container) -> None:
    archiver.convert(package, tmp_path / "x", container)
    assert invoke("verify", tmp_path / "x", "--json").document()["ok"] is True
