"""A disk that fills up at any moment of a run: an error that says so, nothing at the target, and it goes on later."""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..support_export import corpus, export, invoke, tree

#: Of the small file system, in bytes; and how much more room there is at each turn.
_SIZE = 4 * 1024 * 1024
_STEP = 48 * 1024


class FullDisk:
    """Every flush, link, folder and file of the run counts; from one of them on there is no space left."""

    def __init__(self, patch: pytest.MonkeyPatch, root: Path, *, at: int) -> None:
        self.left = at
        self.root = os.fsencode(root)
        for name in ("fsync", "replace", "rename", "mkdir"):
            patch.setattr(os, name, self._limited(getattr(os, name)))
        original = io.open

        def limited(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            if mode[0] in "wx" and not isinstance(file, int) and os.fsencode(file).startswith(self.root):
                self.take()
            return original(file, mode, *arguments, **named)

        patch.setattr(io, "open", limited)
        patch.setattr(builtins, "open", limited)

    def _limited(self, call: Any) -> Any:
        def limited(*arguments: Any, **named: Any) -> Any:
            self.take()
            return call(*arguments, **named)

        return limited

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = corpus(tmp_path_factory.mktemp("disk") / "in", 6)
    (folder / "bad.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[bytes, bytes]:
    assert export(folder, folder.parent / "whole").code == 3
    return tree(folder.parent / "whole")


def test_a_full_disk_ends_the_run_at_any_step(
    folder: Path, whole: dict[bytes, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures, at = 0, 0
    while True:
        target = tmp_path / f"{at}" / "out"
        target.parent.mkdir()
        with monkeypatch.context() as patch:
            FullDisk(patch, target.parent, at=at)
            outcome = export(folder, target)
        if outcome.code == 3:
            break
        failures += 1
        assert outcome.code == 1, outcome.err
        error = outcome.document()["error"]
        assert error["code"] == "package"
        assert "No space left" in error["message"]
        assert str(target.parent) in error["place"]
        assert "disk is full" in error["advice"]
        if target.exists():
            # The last flush of all, behind the rename: what is there is whole.
            assert tree(target) == whole
        assert export(folder, target, "--resume").code == 3
        assert tree(target) == whole
        at += 1 if at < 8 else 16
    assert failures > 12


def test_a_write_that_fails_is_no_fault_of_the_article(
    folder: Path, whole: dict[bytes, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it taken for one, a full disk would make rejects of good articles."""
    original = Path.write_bytes

    def failing(self: Path, data: bytes) -> int:
        if "tei" in self.parts:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return original(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", failing)
        outcome = export(folder, tmp_path / "out")
    assert outcome.code == 1
    assert "/tei/" in outcome.document()["error"]["place"]
    assert not (tmp_path / "out").exists()
    assert export(folder, tmp_path / "out", "--resume").code == 3
    assert tree(tmp_path / "out") == whole


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory (tmpfs(5)) with room for so much and no more."""
    place = tmp_path / "disk"
    place.mkdir()
    if shutil.which("mount") is None:
        pytest.skip("there is no mount(8) here")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(place)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_run_on_a_full_disk_goes_on_when_there_is_space(folder: Path, whole: dict[bytes, bytes], disk: Path) -> None:
    filler, full = disk / "filler", 0
    for room in range(_STEP // 2, _SIZE, _STEP):
        filler.write_bytes(bytes(_SIZE - room))
        target = disk / f"with-{room}"
        outcome = export(folder, target)
        if outcome.code == 1:
            full += 1
            assert "No space left" in outcome.document()["error"]["message"]
            assert "disk is full" in outcome.document()["error"]["advice"]
            assert not target.exists() or tree(target) == whole
            filler.unlink()
            outcome = export(folder, target, "--resume")
        assert outcome.code == 3, outcome.err
        assert tree(target) == whole
        if filler.exists():
            break
        shutil.rmtree(target)
    assert full >= 5


@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is closed to the superuser")
def test_a_folder_that_may_not_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    outcome = invoke("export", folder, "-o", tmp_path / "out")
    tmp_path.chmod(0o700)
    assert outcome.code == 1
    assert "permission" in outcome.err
