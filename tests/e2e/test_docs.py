"""What the documents say can be done: their Python runs, their commands end as they say, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from archiver.cli import app
from archiver.cli.lazy import read_command
from archiver.model.verdict import Category

from ..support_export import invoke

CHECKOUT = Path(__file__).resolve().parents[2]
DOCUMENTS = [CHECKOUT / "README.md", CHECKOUT / "CHANGELOG.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(#[^)\s]+)?\)")


def fenced(document: Path, language: str) -> list[str]:
    """Return the blocks of ``document`` that are marked as ``language``."""
    return re.findall(rf"^```{language}\n(.*?)^```$", document.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def with_blocks(language: str) -> list[Path]:
    return [document for document in DOCUMENTS if fenced(document, language)]


@pytest.fixture
def place(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the samples in it, in which documents are tried."""
    (tmp_path / "samples").symlink_to(samples, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("document", with_blocks("python"), ids=lambda path: path.name)
def test_the_python_of_a_document_runs_from_top_to_bottom(document: Path, place: Path) -> None:
    names: dict[str, Any] = {"__name__": "example"}
    for block in fenced(document, "python"):
        exec(compile(block, str(document), "exec"), names)


def commands(block: str) -> list[tuple[str, int]]:
    """Return the commands of a console block, each with the exit code that ``echo $?`` tells, else 0."""
    found: list[tuple[str, int]] = []
    lines = block.splitlines()
    for number, line in enumerate(lines):
        if line == "$ echo $?":
            found[-1] = (found[-1][0], int(lines[number + 1]))
        elif line.startswith("$ "):
            found.append((line[2:], 0))
    return found


@pytest.mark.parametrize("document", with_blocks("console"), ids=lambda path: path.name)
def test_the_commands_of_a_document_end_as_it_says(document: Path, place: Path) -> None:
    for block in fenced(document, "console"):
        for command, code in commands(block):
            if command.startswith("archiver "):
                outcome = invoke(*shlex.split(command)[1:])
                assert outcome.code == code, f"{command}\n{outcome.words[-2000:]}\n{outcome.err[-2000:]}"
            else:
                done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=place)
                assert done.returncode == code, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def _commands(group: Any, path: str = "") -> list[tuple[str, Any]]:
    if not hasattr(group, "commands"):
        return [(path, group)]
    return [found for name, one in group.commands.items() for found in _commands(one, f"{path} {name}".strip())]


def _all_commands() -> list[tuple[str, Any]]:
    names = typer.main.get_command(app).commands
    return [found for name in names for found in _commands(read_command(name), name)]


@pytest.mark.parametrize(("name", "command"), _all_commands())
def test_every_command_and_option_is_in_the_reference(name: str, command: Any) -> None:
    text = (CHECKOUT / "docs" / "command-line.md").read_text("utf-8")
    assert f"    archiver {name}" in text
    section = text.split(f"\n## {name.split(maxsplit=1)[0]}\n", 1)[1].split("\n## ", 1)[0]
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
    missing = [option for option in options if f"`{option}" not in section and option not in ("--help", "-h")]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_links_of_a_document_lead_somewhere(document: Path) -> None:
    for target, anchor in _LINK.findall(document.read_text("utf-8")):
        path = document.parent / target
        assert path.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
            assert anchor[1:] in [heading.lower().replace(" ", "-") for heading in headings], anchor


def test_every_category_that_a_rule_may_have_is_told() -> None:
    table = (CHECKOUT / "docs/rules.md").read_text("utf-8")
    row = next(line for line in table.splitlines() if line.startswith("| `category` |"))
    assert {name for name in re.findall("`([a-z-]+)`", row) if name != "category"} == set(Category)
