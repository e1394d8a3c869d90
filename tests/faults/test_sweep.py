"""Some of the places of `sweep.py`: every file, a few bytes of each, changed and cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import sweep


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sweep.small_package(tmp_path_factory.mktemp("sweep"))


def test_a_change_of_any_byte_of_any_file_is_found(package: Path) -> None:
    todo = sweep.places(package, stride=1499, schemas_stride=29_999)
    outcomes = [outcome for _, outcome in sweep.sweep(package, todo)]
    assert [missed for outcome in outcomes for missed in outcome.missed] == []
    assert sum(outcome.tried for outcome in outcomes) > 200


def test_a_file_that_nobody_named_would_be_missed(package: Path) -> None:
    """What tells a find from a miss can tell both."""
    assert not sweep.is_found(package, "README.txt")


def test_all_places_are_tried_with_a_stride_of_one(package: Path) -> None:
    todo = list(sweep.places(package, stride=1, schemas_stride=1))
    assert sum(len(place.offsets) for place in todo) == sum(
        path.stat().st_size for path in package.rglob("*") if path.is_file()
    )
