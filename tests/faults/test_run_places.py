"""Where a run may write: what would damage a sealed package, or could only fail behind the seal, is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import archiver
from archiver.errors import PackageError, UsageError
from archiver.pipeline import run

from ..support_export import DATE, corpus, export, invoke, tree


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("places") / "in", 2)


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    assert export(folder, folder.parent / "package").code == 0
    return folder.parent / "package"


@pytest.mark.parametrize(
    "log", ["out/log.jsonl", "out", "out.partial/log.jsonl", "out.partial", "none/log.jsonl", "x/../out/log.jsonl"]
)
def test_a_log_that_cannot_be_kept_is_refused_before_anything_is_touched(
    folder: Path, tmp_path: Path, log: str
) -> None:
    outcome = export(folder, tmp_path / "out", "--log", tmp_path / log)
    assert outcome.code == 2, outcome.out
    assert list(tmp_path.iterdir()) == []


def test_a_log_where_another_container_is_made_is_refused(folder: Path, tmp_path: Path) -> None:
    options = ("--format", "bag+wacz", "--log", tmp_path / "out.wacz")
    assert export(folder, tmp_path / "out", *options).code == 2


def test_a_log_through_a_link_is_refused_where_it_leads(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in").symlink_to(folder)
    (tmp_path / "here").symlink_to(tmp_path)
    assert export(tmp_path / "in", tmp_path / "out", "--log", tmp_path / "here/out/log.jsonl").code == 2


@pytest.mark.parametrize("resumed", [False, True])
def test_a_log_that_fails_behind_the_seal_is_a_warning_and_stays(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, resumed: bool
) -> None:
    def failing(_log: Path, target: Path) -> None:
        raise PackageError("cannot write the file: No space left on device", place=str(target))

    monkeypatch.setattr(run, "keep_log", failing)
    kept = ("--log", tmp_path / "log.jsonl")
    outcome = export(folder, tmp_path / "out", *kept)
    if resumed:
        outcome = export(folder, tmp_path / "out", *kept, "--resume")
    assert outcome.code == 0, outcome.err
    (warning,) = outcome.document()["warnings"]
    assert "No space left" in warning
    assert "No space left" in outcome.err
    assert [one for one in archiver.verify(tmp_path / "out") if one.severity == "error"] == []
    assert (tmp_path / "out.partial/log.jsonl").exists()
    monkeypatch.undo()
    again = export(folder, tmp_path / "out", *kept, "--resume")
    assert "warnings" not in again.document()
    assert (tmp_path / "log.jsonl").exists()
    assert not (tmp_path / "out.partial").exists()


@pytest.mark.parametrize("place", ["new", "data/new", "data/archive/a/b/new"])
def test_nothing_is_put_into_a_sealed_package(folder: Path, package: Path, tmp_path: Path, place: str) -> None:
    before = tree(package)
    target = package / place
    (tmp_path / "link").symlink_to(package)
    assert export(folder, target).code == 2
    assert export(folder, target, "--base", package).code == 2
    assert export(folder, tmp_path / "link" / place).code == 2
    assert export(folder, tmp_path / "out", "--log", target).code == 2
    assert invoke("convert", package, "-o", target, "--to", "tar").code == 2
    assert invoke("restore", package, "-o", target).code == 2
    assert invoke("inspect", package, "--template", target).code == 2
    assert tree(package) == before
    assert not (tmp_path / "out").exists()


def test_nor_into_the_package_itself(package: Path) -> None:
    before = tree(package)
    assert invoke("restore", package, "-o", package).code == 2
    assert tree(package) == before


def test_nor_into_an_eark_package_and_any_mets_file_is_none(folder: Path, tmp_path: Path) -> None:
    archiver.export([folder], tmp_path / "eark", date=DATE, jobs=1, format="eark")
    with pytest.raises(UsageError):
        archiver.export([folder], tmp_path / "eark/representations/new", date=DATE, jobs=1)
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans/METS.xml").write_text("<mets/>", "utf-8")
    assert archiver.export([folder], tmp_path / "scans/new", date=DATE, jobs=1).articles == 2
