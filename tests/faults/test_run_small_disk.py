"""A run on a small file system of its own that really is full, at any size; then there is space, and it goes on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..support_export import corpus, export, tree

_SIZE = 4 * 1024 * 1024
_STEP = 48 * 1024


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = corpus(tmp_path_factory.mktemp("small-disk") / "in", 6)
    (folder / "bad.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[bytes, bytes]:
    assert export(folder, folder.parent / "whole").code == 3
    return tree(folder.parent / "whole")


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
