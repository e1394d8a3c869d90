"""Other people's validators accept the package, and we agree with other people's bags."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import bagit
import pytest

from archiver.package.bag_check import check_bag

from ..support_package import build, errors, seal, zip_wacz


@pytest.fixture
def package(tmp_path: Path) -> Path:
    build(tmp_path / "package")
    return tmp_path / "package"


def test_bagit_python_validates_the_package(package: Path) -> None:
    assert bagit.Bag(str(package)).validate()


def test_bagit_python_reads_the_bag_info(package: Path) -> None:
    info = bagit.Bag(str(package)).info
    assert info["Bagging-Date"] == "2026-11-21"
    assert info["Bag-Software-Agent"] == "archiver 0"


def test_wacz_validate_accepts_the_zipped_payload(package: Path, tmp_path: Path) -> None:
    zip_wacz(package / "data", tmp_path / "package.wacz")
    command = [str(Path(sys.executable).with_name("wacz")), "validate", "-f", str(tmp_path / "package.wacz")]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_wacz_validate_accepts_empty_lists(package: Path, tmp_path: Path) -> None:
    """A run without rejects leaves an empty list."""
    (package / "data/rejected/rejects.jsonl").write_bytes(b"")
    (package / "data/removed/ledger.jsonl").write_bytes(b"")
    seal(package)
    test_wacz_validate_accepts_the_zipped_payload(package, tmp_path)


def test_the_package_is_right_by_our_own_verifier(package: Path) -> None:
    assert errors(package) == set()


def suite_bags(shared: Path, *kinds: str) -> list[Path]:
    suite = shared / "bagit-conformance-suite"
    bags = [bag for version in sorted(suite.glob("v*")) for kind in kinds for bag in (version / kind).glob("*")]
    return sorted(bag for bag in bags if bag.is_dir())


def severities(bag: Path) -> set[str]:
    return {finding.severity.value for finding in check_bag(bag)}


def test_every_valid_bag_of_the_conformance_suite_is_accepted(shared: Path) -> None:
    bags = suite_bags(shared, "valid")
    assert len(bags) == 27
    assert [bag for bag in bags if "error" in severities(bag)] == []


def test_every_invalid_bag_of_the_conformance_suite_is_refused(shared: Path) -> None:
    bags = suite_bags(shared, "invalid")
    assert len(bags) == 15
    assert [bag for bag in bags if "error" not in severities(bag)] == []


def test_every_attack_of_the_conformance_suite_is_refused(shared: Path) -> None:
    bags = suite_bags(shared, "linux-only", "windows-only")
    assert len(bags) == 12
    for bag in bags:
        assert "bag.path-unsafe" in {finding.code for finding in check_bag(bag)}, bag


def test_every_doubtful_bag_of_the_conformance_suite_gets_a_warning(shared: Path) -> None:
    bags = suite_bags(shared, "warning")
    assert len(bags) == 6
    for bag in bags:
        assert "warning" in severities(bag), bag
        assert "error" not in severities(bag), bag
