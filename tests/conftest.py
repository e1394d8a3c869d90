"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from .support_package import build

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


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sound package that nobody changes."""
    root = tmp_path_factory.mktemp("template") / "package"
    build(root)
    return root


@pytest.fixture
def package(template: Path, tmp_path: Path) -> Path:
    """A small sound package for one test."""
    return Path(shutil.copytree(template, tmp_path / "package"))
