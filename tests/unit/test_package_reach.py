"""Paths that are not there, or may not be looked at, are told with what to do, whatever is asked of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import archiver
from archiver import api
from archiver.errors import ExitCode, InputNotFoundError

DOORS: list[Callable[[Path], object]] = [
    api.is_package,
    archiver.open_package,
    lambda path: api.restore(path, [], path / "out"),
    lambda path: archiver.convert(path, path.parent / "out", to="zip"),
    archiver.verify,
    lambda path: list(api.crosswalk(path, "csv")),
]


@pytest.mark.parametrize("door", DOORS)
def test_a_path_that_cannot_be_is_not_there(door: Callable[[Path], object], tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path, told in (
        (tmp_path / "none", "no such file"),
        (tmp_path / ("x" * 5000), "too long"),
        (loop, "symbolic link"),
        (Path("a\0b"), "null"),
    ):
        with pytest.raises(InputNotFoundError, match=told) as caught:
            door(path)
        assert caught.value.exit_code is ExitCode.USAGE
        assert caught.value.advice


@pytest.mark.parametrize("door", DOORS[:4])
def test_what_may_not_be_read_is_told_with_what_to_do(
    door: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputNotFoundError, match="Permission denied") as caught:
        door(package)
    assert caught.value.place == str(package)
    assert "permissions" in caught.value.advice


def test_a_folder_above_that_is_closed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "package"
    closed.mkdir()
    (closed / "bagit.txt").write_text("", "utf-8")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(InputNotFoundError, match="Permission denied"):
        api.is_package(closed)


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is readable to the superuser")
@pytest.mark.parametrize("door", DOORS)
def test_a_closed_folder_is_told(door: Callable[[Path], object], tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "package").mkdir(parents=True)
    closed.chmod(0)
    try:
        with pytest.raises(InputNotFoundError, match="Permission denied"):
            door(closed / "package")
    finally:
        closed.chmod(0o700)
