"""The library and the command line are read piece by piece, and whole all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import archiver
from archiver import api
from archiver.cli.lazy import read_command

from ..support_export import DATE, page
from ..support_faults import crawl


@pytest.mark.parametrize("module", [archiver, api], ids=lambda module: module.__name__)
def test_what_is_not_read_yet_is_listed(module: object) -> None:
    assert set(module.__all__) <= set(dir(module))  # type: ignore[attr-defined]


def test_modules_are_there_without_asking() -> None:
    code = "import archiver; archiver.errors.UsageError, archiver.api.verify, archiver.model"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_type_checkers_know_a_wrong_name(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text("import archiver\nfrom archiver import exprot\n\narchiver.verfiy('x')\n")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path), str(tmp_path / "wrong.py")],
        capture_output=True,
        text=True,
    )
    assert done.stdout.count("error:") == 2, done.stdout + done.stderr


_HEAVY = ("archiver.clean", "archiver.parse", "archiver.describe", "jsonschema", "lxml")


@pytest.mark.parametrize("module", [archiver, api], ids=lambda module: module.__name__)
def test_every_public_name_is_there(module: object) -> None:
    assert all(getattr(module, name) is not None for name in module.__all__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", [archiver, api], ids=lambda module: module.__name__)
def test_a_name_that_is_not_there_is_missed_as_in_any_module(module: object) -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        module.nonsense  # type: ignore[attr-defined]  # noqa: B018


def loaded_after(statement: str) -> set[str]:
    """Return the names of all modules that a new process has loaded after ``statement``."""
    code = f"import sys; {statement}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("statement", ["import archiver", "import archiver.cli"])
def test_nothing_heavy_is_read_before_it_is_asked_for(statement: str) -> None:
    assert not loaded_after(statement).intersection(_HEAVY)


def test_verifying_does_not_read_what_strips() -> None:
    assert "archiver.clean.judge" not in loaded_after("from archiver import verify")


def test_a_package_without_faults_needs_nobody_who_explains_them(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/page.html").write_text(page(1), "utf-8")
    (tmp_path / "in/crawl.warc.gz").write_bytes(crawl())
    archiver.export([tmp_path / "in"], tmp_path / "package", date=DATE)
    verify = f"from archiver import verify; assert not [*verify({str(tmp_path / 'package')!r})]"
    assert not loaded_after(verify).intersection({"jsonschema", "rfc3986_validator", "surt"})


def test_a_command_says_its_own_name() -> None:
    assert read_command("verify").name == "verify"
    assert sorted(read_command("rules").commands) == ["learn", "list", "test"]
