"""The crosswalks in a package: verified where they are, not missed where an older package has none."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

import archiver
from archiver.package import run_facts
from archiver.pipeline import merge

from ..support_export import corpus, export
from ..support_package import seal

FILES = ("metadata/dc.xml", "data/metadata/articles.jsonld")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = corpus(tmp_path_factory.mktemp("crosswalk") / "in", 4)
    assert export(folder, folder.parent / "package").code == 0
    return folder.parent / "package"


@pytest.fixture(scope="module")
def older(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package that says, wherever the software is named, that another version made it."""
    target = tmp_path_factory.mktemp("older") / "package"
    with patch.object(run_facts, "PRODUCT", "archiver/0"), patch.object(merge, "SOFTWARE", "archiver 0"):
        assert export(package.parent / "in", target).code == 0
    return target


def codes(package: Path) -> set[str]:
    return {finding.code for finding in archiver.verify(package)}


def without_preservation(package: Path) -> Path:
    """Take away PREMIS, the profile and the corpus, as older packages are without them, and return the package."""
    for file in [*(package / "metadata").glob("premis*"), package / "metadata/bagit-profile.json"]:
        file.unlink()
    (package / "data/tei/corpus.xml").unlink()
    return package


def test_a_new_package_has_them_and_is_whole(package: Path) -> None:
    for name in FILES:
        assert (package / name).is_file()
        manifest = "manifest-sha256.txt" if name.startswith("data/") else "tagmanifest-sha256.txt"
        assert f"  {name}\n" in (package / manifest).read_text("utf-8")
    assert codes(package) == set()


def test_an_older_package_has_none_and_is_whole(older: Path, tmp_path: Path) -> None:
    old = without_preservation(shutil.copytree(older, tmp_path / "old"))
    for name in FILES:
        (old / name).unlink()
    (old / "metadata").rmdir()
    (old / "schemas/dublin-core.rng").unlink()
    seal(old)
    assert codes(old) == set()


@pytest.mark.parametrize("name", FILES)
def test_what_does_not_fit_the_articles_is_found(older: Path, tmp_path: Path, name: str) -> None:
    other = without_preservation(shutil.copytree(older, tmp_path / "other"))
    with archiver.open_package(other) as opened:
        first, second = [one.id.encode() for one in opened.descriptions()][:2]
    swapped = (other / name).read_bytes().replace(first, b"first").replace(second, first).replace(b"first", second)
    (other / name).write_bytes(swapped)
    seal(other)
    assert codes(other) == {"package.crosswalk-order"}


def test_an_empty_package_has_empty_ones(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    assert export(tmp_path / "in", tmp_path / "package").code == 4
    assert codes(tmp_path / "package") == set()
    assert (tmp_path / "package/data/metadata/articles.jsonld").read_bytes().endswith(b'"@graph":[\n\n]}\n')
