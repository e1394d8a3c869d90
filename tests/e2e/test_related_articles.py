"""Articles that repeat or resemble each other: both kept, told of each other, in a package that is whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archiver.pipeline import plan

from ..support_export import export, invoke, story, tree


def described(package: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (package / "data/metadata/articles.jsonl").read_bytes().splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same payload twice, the same text as a page, and one that a second paper has shortened."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = story(1)
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "b.txt").write_text(story(7000).replace("Westmoor", "Nordby").replace("steps", "stairs"), "utf-8")
    (folder / "c.txt").write_text(text, "utf-8")
    (folder / "d.txt").write_text(text.replace("the hill behind the school", "the hill"), "utf-8")
    (folder / "e.txt").write_text(text.replace("Lighthouse 1 of Westmoor", "Our lighthouse"), "utf-8")
    return folder


def test_both_are_kept_and_told(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    assert export(folder, package).code == 0
    one, other, again, shorter, renamed = described(package)
    assert "duplicate_of" not in one
    assert "related" not in one
    assert again["duplicate_of"] == renamed["duplicate_of"] == one["id"]
    assert shorter["text_sha256"] != one["text_sha256"]
    related = {entry["id"]: entry["similarity"] for entry in shorter["related"]}
    assert 80 <= related[one["id"]] < 100
    assert "duplicate_of" not in other
    assert len(list((package / "data/tei").glob("a-*.xml"))) == 5
    assert invoke("verify", package).code == 0
    assert invoke("inspect", package, "--json").document()["summary"]["duplicates"] == 2
    assert invoke("restore", package, "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == tree(folder)


def test_relations_do_not_depend_on_workers_or_shards(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert export(folder, tmp_path / "one", "--jobs", "1").code == 0
    assert export(folder, tmp_path / "two", "--jobs", "2").code == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    monkeypatch.setattr(plan, "FILES_PER_SHARD", 1)
    assert export(folder, tmp_path / "shards", "--jobs", "1").code == 0
    assert described(tmp_path / "shards") == described(tmp_path / "one")


def test_a_relation_to_nobody_is_found(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    export(folder, package)
    one = described(package)[0]
    path = package / "data/metadata/articles.jsonl"
    path.write_bytes(
        path.read_bytes().replace(f'"duplicate_of":"{one["id"]}"'.encode(), b'"duplicate_of":"a-' + b"0" * 16 + b'"')
    )
    codes = {finding["code"] for finding in invoke("verify", package, "--json").document()["findings"]}
    assert "package.relation-unknown" in codes
    assert "package.derived-missing" not in codes
