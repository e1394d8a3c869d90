"""The exit codes are a promise: each of them, and that nothing is touched where nothing may be touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archiver.cli import validate as validate_command
from archiver.model.article import Article
from archiver.model.source import Source
from archiver.pipeline import making, prepare
from archiver.pipeline.article import make_article

from ..support_export import PNG, corpus, export, invoke, story, tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return corpus(tmp_path / "in", 3)


def make_file(path: Path) -> None:
    path.write_bytes(b"mine")


def make_full_folder(path: Path) -> None:
    path.mkdir()
    (path / "mine").write_bytes(b"mine")


def make_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def test_all_good_is_0(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "out").code == 0
    assert invoke("verify", tmp_path / "out").code == 0
    assert not (tmp_path / "out.partial").exists()


def test_a_path_that_is_not_there_is_2_and_nothing_is_touched(folder: Path, tmp_path: Path) -> None:
    before = tree(tmp_path)
    outcome = export([folder, tmp_path / "nope"], tmp_path / "out")
    assert outcome.code == 2
    assert outcome.document()["error"]["code"] == "usage.input-not-found"
    assert export([tmp_path / "*.nope"], tmp_path / "out").code == 2
    assert invoke("export", "", "-o", tmp_path / "out").code == 2
    assert tree(tmp_path) == before
    assert sorted(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("make", [make_file, make_full_folder, Path.mkdir, make_link])
@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_an_output_that_is_there_is_2_and_untouched(
    folder: Path, tmp_path: Path, make: Callable[[Path], None], options: tuple[str, ...]
) -> None:
    target = tmp_path / "out"
    make(target)
    before, kind = tree(tmp_path), os.lstat(target)
    outcome = export(folder, target, *options)
    assert outcome.code == 2
    assert outcome.document()["error"]["code"] == "usage.output-exists"
    assert tree(tmp_path) == before
    assert os.lstat(target) == kind
    assert not (tmp_path / "out.partial").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--jobs", "0"),
        ("--jobs", "-3"),
        ("--date", "next Tuesday"),
        ("--date", "0001-01-01T00:00:00+05:00"),
        ("--language", "no tag!"),
        ("--max-reject-share", "1.5"),
        ("--max-reject-share", "nan"),
        ("--metadata", "no/such/file.csv"),
        ("--schema", "no/such/file.json"),
        ("--rules", "no/such/file.toml"),
        ("--recipe", "no/such/file.toml"),
    ],
)
def test_a_choice_that_cannot_be_is_2_and_nothing_is_touched(
    folder: Path, tmp_path: Path, options: tuple[str, str]
) -> None:
    outcome = invoke("export", folder, "-o", tmp_path / "out", "--json", *options)
    assert outcome.code == 2
    assert outcome.document()["error"]["message"]
    assert sorted(tmp_path.iterdir()) == [folder]


def test_a_folder_without_any_file_is_4(tmp_path: Path) -> None:
    (tmp_path / "in/deep/deeper").mkdir(parents=True)
    outcome = export(tmp_path / "in", tmp_path / "out")
    assert outcome.code == 4
    assert outcome.document()["package"] == ""
    assert sorted(tmp_path.iterdir()) == [tmp_path / "in"]


def test_a_folder_without_any_article_is_4_and_its_files_are_kept(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/picture.png").write_bytes(PNG)
    outcome = export(tmp_path / "in", tmp_path / "out")
    assert outcome.code == 4
    assert outcome.document()["carried"] == 1
    assert invoke("verify", tmp_path / "out").code == 0


def with_rejects(folder: Path, articles: int, rejects: int) -> Path:
    folder.mkdir()
    for number in range(articles):
        (folder / f"good-{number}.txt").write_text(story(number), "utf-8")
    for number in range(rejects):
        (folder / f"bad-{number}.txt").write_bytes(b" \n" * number)
    return folder


def test_some_rejects_are_3_and_in_the_list(tmp_path: Path) -> None:
    outcome = export(with_rejects(tmp_path / "in", 2, 2), tmp_path / "out")
    assert outcome.code == 3
    document = outcome.document()
    assert (document["articles"], document["rejected"]) == (2, 2)
    assert [reject["path"] for reject in document["rejects"]] == ["bad-0.txt", "bad-1.txt"]
    assert {reject["code"] for reject in document["rejects"]} == {"article.empty"}


def test_more_rejects_than_the_share_are_4_and_yet_sealed(tmp_path: Path) -> None:
    folder = with_rejects(tmp_path / "in", 2, 3)
    assert export(folder, tmp_path / "a").code == 4
    assert invoke("verify", tmp_path / "a").code == 0
    assert export(folder, tmp_path / "b", "--max-reject-share", "0.6").code == 3
    assert export(folder, tmp_path / "c", "--max-reject-share", "0.59").code == 4
    assert export(folder, tmp_path / "d", "--max-reject-share", "1").code == 3


def test_looking_at_rejects_has_the_same_codes(tmp_path: Path) -> None:
    folder = with_rejects(tmp_path / "in", 1, 1)
    for name in ("strip", "explain"):
        assert invoke(name, folder, "--json").code == 3
        assert invoke(name, folder).code == 3
        assert invoke(name, folder / "bad-0.txt", "--json").code == 4
        assert invoke(name, folder / "good-0.txt", "--json").code == 0


def test_verify_of_junk_is_5(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "junk.bin").write_bytes(bytes(range(256)))
    (tmp_path / "nothing.warc").write_bytes(b"")
    (tmp_path / "text.xml").write_text("<TEI", "utf-8")
    for path in tmp_path.iterdir():
        outcome = invoke("verify", path, "--json")
        assert outcome.code == 5, path
        assert outcome.document()["ok"] is False


def test_verify_of_a_package_that_was_tampered_with_is_5(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "out").code == 0
    file = tmp_path / "out/data/metadata/articles.jsonl"
    file.write_bytes(file.read_bytes().replace(b"Lighthouse", b"Windmill  "))
    outcome = invoke("verify", tmp_path / "out", "--json")
    assert outcome.code == 5
    assert "data/metadata/articles.jsonl" in {finding["file"] for finding in outcome.document()["findings"]}


def test_an_unpacked_folder_is_no_package_for_the_commands_that_need_one(folder: Path, tmp_path: Path) -> None:
    for arguments in (("inspect", folder), ("restore", folder, "-o", tmp_path / "back")):
        assert invoke(*arguments, "--json").code == 5
    assert not (tmp_path / "back").exists()


def test_a_fault_of_ours_is_6_and_the_batch_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(source: Source, tools: Any) -> Article:
        if source.path.endswith("story-0001.txt"):
            raise RuntimeError("a bug\x1b[31m in a room")
        return make_article(source, tools)

    monkeypatch.setattr(making, "make_article", faulty)
    outcome = export(folder, tmp_path / "out")
    assert outcome.code == 6
    document = outcome.document()
    assert (document["articles"], document["rejected"]) == (2, 1)
    assert document["rejects"][0]["code"] == "article.internal-fault"
    assert "test_cli_exit_codes.py:" in document["rejects"][0]["message"]
    assert invoke("verify", tmp_path / "out").code == 0
    assert invoke("restore", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == tree(folder)


@pytest.mark.parametrize("room", ["write_tei", "page_line", "ledger_entry"])
def test_a_fault_in_any_writing_room_leaves_no_half_article(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    """What an article leaves is made before the first byte of it is written."""
    original = getattr(prepare, room)

    def faulty(*arguments: Any, **named: Any) -> Any:
        if "Lamp 0" in str(arguments) + str(named):
            raise KeyError(room)
        return original(*arguments, **named)

    monkeypatch.setattr(prepare, room, faulty)
    outcome = export(folder, tmp_path / "out")
    assert outcome.code in (0, 6)
    assert outcome.code == 6 or room == "ledger_entry"
    assert invoke("verify", tmp_path / "out", "--json").code == 0


def test_a_fault_outside_of_any_article_is_6_and_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: Any, **__: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(validate_command.api, "validate", faulty)
    outcome = invoke("validate", folder / "story-0001.txt", "--json")
    assert outcome.code == 6
    assert outcome.document()["error"]["code"] == "article.internal-fault"
    assert "Traceback" in outcome.err
    assert "report" in outcome.err


def test_an_interrupt_is_130(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> Article:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "make_article", interrupted)
    outcome = export(folder, tmp_path / "out")
    assert outcome.code == 130
    assert outcome.document()["error"]["code"] == "interrupted"
    assert "--resume" in outcome.err
    assert not (tmp_path / "out").exists()
    monkeypatch.undo()
    assert export(folder, tmp_path / "out", "--resume").code == 0
    assert export(folder, tmp_path / "other").code == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "other")


@pytest.mark.parametrize("name", ["x" * 250, "in/story-0001.txt/out"])
def test_an_output_that_cannot_be_made_is_1(folder: Path, tmp_path: Path, name: str) -> None:
    outcome = export(folder, tmp_path / name)
    assert outcome.code == 1
    assert outcome.document()["error"]["code"] == "package"
    assert sorted(tmp_path.iterdir()) == [folder]


def test_the_output_may_lie_in_new_folders_and_in_the_input(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "new/newer/out").code == 0
    assert export(folder, folder / "out").code == 0
    assert tree(folder / "out") == tree(tmp_path / "new/newer/out")
