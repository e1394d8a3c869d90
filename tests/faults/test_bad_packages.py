"""Each named bad package is told by its code, with the file; and whatever two files are exchanged, it is found."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import pytest

from archiver.model.outcome import Severity
from archiver.pipeline.finding_codes import code_of

from ..support_faults import copy_of, edit, errors, findings, make_package, seal, seal_bag
from .bad_packages import BAD_PACKAGES, Bad


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("good"))


def test_the_good_package_is_good(good: Path) -> None:
    assert [one for one in findings(good) if one.severity is not Severity.NOTE] == []


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len({bad.name for bad in BAD_PACKAGES}) == len(BAD_PACKAGES) >= 110


@pytest.mark.parametrize("bad", BAD_PACKAGES, ids=[bad.name for bad in BAD_PACKAGES])
def test_each_bad_package_is_told_by_its_code(good: Path, tmp_path: Path, bad: Bad) -> None:
    package = copy_of(good, tmp_path)
    bad.damage(package)
    if bad.sealed is not None:
        bad.sealed(package)
    found = findings(package)
    met = [one for one in found if one.code == bad.code and bad.file in one.file]
    assert met, [(one.code, one.file) for one in found]
    declared = code_of(met[0])
    assert declared is not None
    assert met[0].severity in declared.severities
    assert met[0].advice


def _files(package: Path) -> list[str]:
    return sorted(path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file())


def _named(package: Path, *names: str) -> bool:
    """Tell whether an error names one of the files."""
    return any(name == one.file or name in one.message for one in errors(package) for name in names)


def _some_of_each_folder(package: Path) -> list[str]:
    """Return the files without schemas and all but two of the TEI files: the others are treated alike."""
    names = [name for name in _files(package) if not name.startswith("schemas/")]
    tei = [name for name in names if name.startswith("data/tei/a-")]
    return [name for name in names if name not in tei[2:]] + ["schemas/article.schema.json"]


def test_each_file_that_is_removed_added_or_renamed_is_found(good: Path, tmp_path: Path) -> None:
    package = copy_of(good, tmp_path)
    for name in _some_of_each_folder(good):
        path = package / name
        moved = path.with_name(f"renamed-{path.name}")
        path.rename(moved)
        assert _named(package, name, moved.relative_to(package).as_posix()), f"{name} was renamed"
        moved.rename(tmp_path / "away")
        assert _named(package, name), f"{name} was removed"
        shutil.copyfile(tmp_path / "away", path)
        shutil.copyfile(path, moved)
        assert _named(package, moved.relative_to(package).as_posix()), f"a copy of {name} was added"
        moved.unlink()
    assert errors(package) == []


def test_any_two_files_that_change_places_are_found(good: Path, tmp_path: Path) -> None:
    """Structure first: a quick look finds all but files of the same size, which then are read."""
    package = copy_of(good, tmp_path)
    for one, other in list(combinations(_some_of_each_folder(good), 2))[::5]:
        _exchange(package / one, package / other)
        found = errors(package, quick=True) or errors(package)
        assert found, f"{one} and {other}"
        _exchange(package / one, package / other)
    assert errors(package) == []


def _exchange(one: Path, other: Path) -> None:
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def test_tei_files_that_change_places_are_found_though_every_checksum_is_right(good: Path, tmp_path: Path) -> None:
    articles = [name for name in _files(good) if name.startswith("data/tei/a-")]
    for number, (one, other) in enumerate(combinations(articles, 2)):
        package = copy_of(good, tmp_path / str(number))
        _exchange(package / one, package / other)
        seal(package)
        assert "package.derived-missing" in {finding.code for finding in errors(package)}, (one, other)


def test_who_forgets_the_tag_manifest_is_found(good: Path, tmp_path: Path) -> None:
    """A file and the manifests are changed alike; the tag manifests still have the old manifests."""
    for number, name in enumerate(name for name in _some_of_each_folder(good) if name.startswith("data/")):
        package = copy_of(good, tmp_path / str(number))
        tags = {path: path.read_bytes() for path in package.glob("tagmanifest-*.txt")}
        edit(name, lambda content: content + b" ")(package)
        seal_bag(package)
        for path, content in tags.items():
            path.write_bytes(content)
        assert _named(package, "manifest-sha256.txt"), name
