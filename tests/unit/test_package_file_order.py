"""The files of a folder in the order of manifests, whatever their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import PackageError
from archiver.package.file_order import files_in_order

NAMES = ("a", "a-b", "a.b", "a/b", "a b/c", "B", "ä", "\U0001f300", "\uffee", "per%cent", "line\nfeed", "return\r")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number, name in enumerate(NAMES):
        path = tmp_path / "root" / (f"{name}.txt" if name == "a" else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * number)
    return tmp_path / "root"


def test_every_file_comes_once_with_its_size(root: Path, tmp_path: Path) -> None:
    found = list(files_in_order(root, tmp_path / "scratch"))
    assert dict(found) == {("a.txt" if name == "a" else name): number for number, name in enumerate(NAMES)}
    assert len(found) == len(NAMES)


def test_the_order_is_that_of_the_bytes_as_manifests_write_them(root: Path) -> None:
    # RFC 8493 section 2.1.3: LF, CR and the percent sign are written as %0A, %0D and %25.
    encoded = [
        path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D").encode() for path, _ in files_in_order(root)
    ]
    assert encoded == sorted(encoded)


def test_nothing_is_left_behind_and_leftovers_do_not_count(root: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (scratch / "000000").write_bytes(b"evil\x001\n")
    assert "evil" not in dict(files_in_order(root, scratch))
    assert not scratch.exists()


def test_a_link_is_no_file_of_a_package(root: Path) -> None:
    (root / "link").symlink_to("B")
    with pytest.raises(PackageError, match="plain files"):
        list(files_in_order(root))


def test_a_scratch_folder_that_cannot_be_made_is_named(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PackageError) as caught:
        list(files_in_order(root, tmp_path / "file" / "scratch"))
    assert caught.value.place == str(tmp_path / "file" / "scratch")
