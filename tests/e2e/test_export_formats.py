"""An export as bag, WACZ, both, E-ARK package: the same package, whole or not there, and a run that goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

import archiver
from archiver.errors import OutputExistsError
from archiver.package import atomic
from archiver.pipeline import merge, outputs

from ..support_export import corpus, export, invoke, tree


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("formats") / "in", 4)


@pytest.fixture(scope="module")
def bag(folder: Path) -> Path:
    assert export(folder, folder.parent / "plain").code == 0
    return folder.parent / "plain"


@pytest.fixture(scope="module")
def wacz(bag: Path) -> bytes:
    archiver.convert(bag, bag.with_name("converted.wacz"), "wacz")
    return bag.with_name("converted.wacz").read_bytes()


@pytest.mark.parametrize("name", ["out", "out.wacz"])
def test_a_wacz_alone(folder: Path, wacz: bytes, tmp_path: Path, name: str) -> None:
    outcome = export(folder, tmp_path / name, "--format", "wacz")
    assert outcome.code == 0
    assert outcome.document()["package"] == str(tmp_path / "out.wacz")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.wacz"]
    assert (tmp_path / "out.wacz").read_bytes() == wacz


@pytest.mark.parametrize("name", ["out", "out.wacz"])
def test_both(folder: Path, bag: Path, wacz: bytes, tmp_path: Path, name: str) -> None:
    outcome = export(folder, tmp_path / name, "--format", "bag+wacz")
    assert outcome.document()["package"] == str(tmp_path / "out")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out", "out.wacz"]
    assert tree(tmp_path / "out") == tree(bag)
    assert (tmp_path / "out.wacz").read_bytes() == wacz


def test_an_e_ark_package_alone(folder: Path, bag: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "out", "--format", "eark").document()["package"] == str(tmp_path / "out")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
    archiver.convert(bag, tmp_path / "again" / "out", "eark")
    assert tree(tmp_path / "out") == tree(tmp_path / "again" / "out")


def test_the_format_stands_in_a_recipe(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text('format = "wacz"\n')
    assert export(folder, tmp_path / "out", "--recipe", tmp_path / "recipe.toml").code == 0
    assert (tmp_path / "out.wacz").is_file()
    (tmp_path / "recipe.toml").write_text('format = "rar"\n')
    outcome = export(folder, tmp_path / "other", "--recipe", tmp_path / "recipe.toml")
    assert outcome.code == 2
    assert "bag, wacz, bag+wacz" in outcome.document()["error"]["message"]


@pytest.mark.parametrize("there", ["out", "out.wacz"])
def test_either_output_that_exists_is_refused(folder: Path, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_bytes(b"mine")
    outcome = export(folder, tmp_path / "out", "--format", "bag+wacz")
    assert outcome.document()["error"]["code"] == "usage.output-exists"
    assert tree(tmp_path) == {there.encode(): b"mine"}


def test_a_bag_beside_does_not_hinder_a_wacz(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "out").code == 0
    assert export(folder, tmp_path / "out", "--format", "wacz").code == 0
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out", "out.wacz"]


@pytest.mark.parametrize("form", ["wacz", "bag+wacz"])
@pytest.mark.parametrize("at", range(3))
def test_a_run_interrupted_at_its_end_goes_on(
    folder: Path, wacz: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, at: int
) -> None:
    """Before the WACZ, before it is published, between the two: --resume ends in the same outputs."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    def publish_once(folder: Path, target: Path) -> None:
        atomic.publish(folder, target)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if at == 0:
            patch.setattr(merge, "make_wacz", interrupted)
        else:
            patch.setattr(outputs, "publish", interrupted if at == 1 else publish_once)
        assert export(folder, tmp_path / "out", "--format", form).code == 130
    assert (tmp_path / "out.wacz").exists() == (at == 2)
    assert not (tmp_path / "out").exists()
    assert export(folder, tmp_path / "out", "--format", form, "--resume").code == 0
    assert (tmp_path / "out.wacz").read_bytes() == wacz
    assert sorted(entry.name for entry in tmp_path.iterdir()) == (["out"] if "bag" in form else []) + ["out.wacz"]


def test_another_format_does_not_continue_a_run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(merge, "write_datapackage", interrupted)
        assert export(folder, tmp_path / "out", "--format", "wacz").code == 130
    outcome = export(folder, tmp_path / "out", "--resume")
    assert outcome.document()["error"]["message"].endswith(": format")


def test_an_output_of_somebody_else_is_not_taken_for_that_of_an_interrupted_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outputs, "publish", interrupted)
        assert export(folder, tmp_path / "out", "--format", "bag+wacz").code == 130
    (tmp_path / "out.wacz").write_bytes(b"mine")
    outcome = export(folder, tmp_path / "out", "--format", "bag+wacz", "--resume")
    assert outcome.document()["error"]["code"] == OutputExistsError.code
    assert (tmp_path / "out.wacz").read_bytes() == b"mine"


def test_the_command_converts_and_tells(bag: Path, tmp_path: Path) -> None:
    outcome = invoke("convert", bag, "-o", tmp_path / "x.wacz", "--to", "wacz", "--json")
    assert outcome.code == 0
    assert outcome.document()["container"] == "wacz"
    assert outcome.document()["bytes"] == (tmp_path / "x.wacz").stat().st_size
    assert invoke("convert", bag, "-o", tmp_path / "x.wacz", "--to", "wacz").code == 2
    assert invoke("convert", tmp_path, "-o", tmp_path / "y.wacz", "--to", "wacz").code == 5
    assert invoke("verify", tmp_path / "x.wacz").code == 0
    assert invoke("inspect", tmp_path / "x.wacz", "--json").document()["package"] == str(tmp_path / "x.wacz")
    assert invoke("restore", tmp_path / "x.wacz", "-o", tmp_path / "back").code == 0


@pytest.mark.parametrize("way", ["wacz", "zip", "eark"])
def test_a_package_of_rejects_alone_comes_back_with_the_same_folders(tmp_path: Path, way: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/blank.txt").write_bytes(b"")
    assert export(tmp_path / "in", tmp_path / "out").code == 4
    archiver.convert(tmp_path / "out", tmp_path / "one", way)
    archiver.convert(tmp_path / "one", tmp_path / "back", "bag")
    assert tree(tmp_path / "back") == tree(tmp_path / "out")
    # Neither a manifest (RFC 8493 section 2.1.3) nor a ZIP of ours tells of a folder without files.
    paths = [{path.relative_to(tmp_path / name) for path in (tmp_path / name).rglob("*")} for name in ("out", "back")]
    assert paths[0] == paths[1]
    assert archiver.verify(tmp_path / "back") == []
