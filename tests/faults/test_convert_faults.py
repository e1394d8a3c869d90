"""A conversion that is killed or has no room: nothing at the target, and the next one is as if nothing had been."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from archiver.errors import PackageError
from archiver.package.convert import Container, convert

from ..support_export import command, environment, tree
from ..support_package import build
from .test_run_disk import FullDisk


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("faults") / "package"
    build(root)
    return root


def failure(package: Path, target: Path, way: Container) -> str:
    try:
        convert(package, target, way)
    except PackageError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("way", list(Container))
def test_a_full_disk_at_any_moment(package: Path, tmp_path: Path, way: Container) -> None:
    convert(package, tmp_path / "right/out", way)
    turn = 0
    while True:
        with pytest.MonkeyPatch.context() as patch:
            FullDisk(patch, tmp_path, at=turn)
            message = failure(package, tmp_path / "out", way)
        # The very last flush is of a folder in which the output has its name already.
        if not message or (tmp_path / "out").exists():
            break
        assert "No space left" in message
        assert {entry.name for entry in tmp_path.iterdir()} <= {"right", "out.converting"}
        turn += 1
    assert turn >= 4
    one, other = tmp_path / "out", tmp_path / "right/out"
    assert tree(one) == tree(other) if one.is_dir() else one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("way", [Container.WACZ, Container.BAG, Container.TAR])
def test_a_conversion_that_is_killed_leaves_nothing_under_the_name(
    package: Path, tmp_path: Path, way: Container
) -> None:
    convert(package, tmp_path / "in.tar", Container.TAR)
    convert(package, tmp_path / "right/out", way)
    target = tmp_path / "out"
    for turn in range(4):
        started = subprocess.Popen(
            command("convert", tmp_path / "in.tar", "-o", target, "--to", way.value),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        while not target.with_name("out.converting").exists() and started.poll() is None:
            time.sleep(0.001)
        time.sleep(0.004 * turn)
        started.send_signal(signal.SIGKILL)
        started.communicate()
        if target.exists():
            break
    if not target.exists():
        convert(tmp_path / "in.tar", target, way)
    same = tree(target) == tree(tmp_path / "right/out") if target.is_dir() else None
    assert same or target.read_bytes() == (tmp_path / "right/out").read_bytes()


def test_the_temporary_folder_of_reading_is_taken_away_after_a_fault(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import archiver

    convert(package, tmp_path / "x.wacz", Container.WACZ)
    content = bytearray((tmp_path / "x.wacz").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "x.wacz").write_bytes(content)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with pytest.raises(PackageError):
        archiver.open_package(tmp_path / "x.wacz")
    assert archiver.verify(tmp_path / "x.wacz")
    assert list(scratch.iterdir()) == []
