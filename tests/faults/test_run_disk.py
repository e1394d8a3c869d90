"""A disk that fills up at any moment of a run: an error that says so, nothing at the target, and it goes on later."""

from __future__ import annotations

import builtins
import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest

from ..support_export import corpus, export, invoke, tree


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


@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is closed to the superuser")
def test_a_folder_that_may_not_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    outcome = invoke("export", folder, "-o", tmp_path / "out")
    tmp_path.chmod(0o700)
    assert outcome.code == 1
    assert "permission" in outcome.err
