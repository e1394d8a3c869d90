"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A check of a commit must not hang on chance; people who run the tests by hand go on searching.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data and foreign schemas; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("ARCHIVER_SHARED", CHECKOUT.parent / "shared"))
    if not (folder / "design.md").is_file():
        pytest.skip("the shared gold data is not here (set ARCHIVER_SHARED to its folder)")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The invented sample cases of the project."""
    return CHECKOUT / "samples"
