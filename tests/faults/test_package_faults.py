"""Damage of every kind to a package is found; no fault of the disk leaves half a file under a whole name."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import PackageError
from archiver.package.bagit import BagInfo, write_bag
from archiver.package.open import open_package
from archiver.package.restore import restore

from ..support_package import errors, findings


def files_of(package: Path) -> list[Path]:
    return sorted(path for path in package.rglob("*") if path.is_file())


def test_each_file_that_is_taken_away_is_missed(package: Path) -> None:
    for path in files_of(package):
        moved = package.parent / "away"
        path.rename(moved)
        assert errors(package), path
        moved.rename(path)
    assert errors(package) == set()


def test_each_file_that_is_cut_is_found(package: Path) -> None:
    for path in files_of(package):
        content = path.read_bytes()
        path.write_bytes(content[:-1])
        assert errors(package), path
        path.write_bytes(content)


def test_each_tag_manifest_byte_is_guarded(package: Path) -> None:
    """Nothing lists the tag manifests, so each of their bytes is tried: bit flips, and white space for white space."""
    for name in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        path = package / name
        content = path.read_bytes()
        for place in range(0, len(content), 7):
            for value in (content[place] ^ 0x20, content[place] ^ 1):
                path.write_bytes(content[:place] + bytes([value]) + content[place + 1 :])
                assert errors(package), f"{name}, byte {place} to {value}"
        for place, byte in enumerate(content):
            if byte in b" \n":
                path.write_bytes(content[:place] + (b"\t" if byte == 0x20 else b"\r") + content[place + 1 :])
                assert errors(package), f"{name}, byte {place}"
        path.write_bytes(content)


def test_a_file_that_is_replaced_by_a_link_is_found(package: Path) -> None:
    path = package / "data/metadata/articles.jsonl"
    path.rename(package.parent / "articles.jsonl")
    path.symlink_to(package.parent / "articles.jsonl")
    assert "bag.symlink" in errors(package)


def test_damage_never_raises(package: Path) -> None:
    """Any file replaced by noise gives findings, not an exception."""
    for noise in (b"", b"\xff\xfe\x00garbage\n", b"[" * 100_000, b"{}\n" * 3, b'{"a":NaN}\n', b"null\n"):
        for path in files_of(package):
            content = path.read_bytes()
            path.write_bytes(noise)
            assert [finding.code for finding in findings(package) if finding.severity == "error"], (path, noise[:10])
            path.write_bytes(content)


def fault_of(root: Path) -> PackageError | None:
    try:
        write_bag(root, BagInfo("2026-11-21", "archiver 0"), scratch=root.with_name(f"{root.name}-files"))
    except PackageError as error:
        return error
    return None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_bag_that_fails_at_any_step_is_told_and_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Every file that is begun fails once; the bag has no name of its own yet, so it is simply written again."""

    def prepared(name: str) -> Path:
        (tmp_path / name / "data").mkdir(parents=True)
        (tmp_path / name / "data/x").write_bytes(b"x")
        return tmp_path / name

    whole = prepared("whole")
    assert fault_of(whole) is None
    opened = Path.open
    turns = 0
    while True:
        root, left = prepared(f"{turns}"), [turns]

        def failing(self: Path, mode: str = "r", *rest: Any, left: list[int] = left, **named: Any) -> Any:
            left[0] -= "w" in mode
            if left[0] < 0 and "w" in mode:
                raise OSError(number, os.strerror(number))
            return opened(self, mode, *rest, **named)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", failing)
            fault = fault_of(root)
        if fault is None:
            break
        assert fault.place.startswith(str(root))
        assert fault.advice
        assert fault_of(root) is None
        assert {path.name: path.read_bytes() for path in root.glob("*.txt")} == {
            path.name: path.read_bytes() for path in whole.glob("*.txt")
        }
        turns += 1
    assert turns == 7


def test_an_unreadable_archive_is_an_error_of_the_package(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warc = next((package / "data/archive").iterdir())
    warc.write_bytes(warc.read_bytes()[:400])
    with pytest.raises(PackageError), open_package(package) as opened:
        restore(opened, (), package.parent / "out")
