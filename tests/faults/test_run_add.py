"""Inputs that are added to an unfinished run: the package is the one of a run over all of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import archiver
from archiver.model.event import Event, Kind
from archiver.pipeline import merge, plan
from archiver.pipeline.run_log import read_log

from ..support_export import DATE, corpus, export, story, tree

FILES = 60
ADDED = ("aaa.txt", "3/story-9999.txt", "story-0031b.txt", "zzz.txt")


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture(scope="module", autouse=True)
def small_shards() -> Iterator[None]:
    """So that few articles are many shards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "FILES_PER_SHARD", 8)
        yield


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run for ``out`` over ``in`` of which all shards were done, and to ``in`` articles were added since."""
    root = tmp_path_factory.mktemp("added")
    corpus(root / "in", FILES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "write_datapackage", stop)
        assert export(root / "in", root / "out").code == 130
    for number, name in enumerate(ADDED):
        (root / "in" / name).write_text(story(1000 + number), "utf-8")
    return root


@pytest.fixture
def unfinished(stopped: Path, tmp_path: Path) -> Path:
    """The same for one test; the times of change are kept."""
    shutil.copytree(stopped, tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture(scope="module")
def whole(stopped: Path) -> dict[bytes, bytes]:
    """The package of a run over all files from the start."""
    assert export(stopped / "in", stopped.parent / "whole").code == 0
    return tree(stopped.parent / "whole")


def test_what_was_added_is_refused_by_name_unless_it_is_asked_for(unfinished: Path) -> None:
    outcome = export(unfinished / "in", unfinished / "out", "--resume")
    assert outcome.code == 2
    error = outcome.document()["error"]
    assert "input (4 added: 3/story-9999.txt, aaa.txt, story-0031b.txt, …)" in error["message"]
    assert "--add" in error["advice"]


def test_the_package_is_that_of_a_run_over_all_and_most_of_the_work_was_kept(
    unfinished: Path, whole: dict[bytes, bytes]
) -> None:
    events: list[Event] = []
    report = archiver.export(
        unfinished / "in", unfinished / "out", date=DATE, resume=True, add=True, watch=events.append
    )
    assert report.articles == FILES + len(ADDED)
    assert tree(unfinished / "out") == whole
    begun = next(event.said for event in events if event.kind is Kind.RUN_BEGUN)
    assert begun["files"] == FILES + len(ADDED)
    again = [event.said["files"] for event in events if event.kind is Kind.SHARD_BEGUN]
    assert begun["done_files"] + sum(again) == begun["files"]
    assert len(again) <= 2 * len(ADDED) < begun["shards"] + len(ADDED)
    assert begun["done_files"] > 0


def test_a_run_to_which_something_was_added_can_be_stopped_and_goes_on(
    unfinished: Path, whole: dict[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(merge, "write_datapackage", stop)
        assert export(unfinished / "in", unfinished / "out", "--resume", "--add").code == 130
    # What is taken in now belongs to the run, as if it had been there from the beginning.
    assert export(unfinished / "in", unfinished / "out", "--resume", "--log", unfinished / "log.jsonl").code == 0
    assert tree(unfinished / "out") == whole
    kinds = [event["event"] for event in read_log(unfinished / "log.jsonl")]
    assert kinds.count("run-begun") == 3
    assert kinds.count("stopped") == 2
    assert kinds[-1] == "sealed"


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_changed_and_vanished_inputs_are_refused_beside_what_was_added(unfinished: Path, change: str) -> None:
    file = unfinished / "in/story-0001.txt"
    if change == "changed":
        file.write_text("another", "utf-8")
    else:
        file.unlink()
    outcome = export(unfinished / "in", unfinished / "out", "--resume", "--add")
    assert outcome.code == 2
    assert f"1 {change}: story-0001.txt" in outcome.document()["error"]["message"]


def test_only_a_run_that_goes_on_takes_more_in(tmp_path: Path) -> None:
    corpus(tmp_path / "in", 2)
    assert export(tmp_path / "in", tmp_path / "out", "--add").code == 2
    assert export(tmp_path / "in", tmp_path / "out", "--resume", "--add").code == 0


def test_each_line_of_the_log_is_of_its_schema(unfinished: Path) -> None:
    from archiver.describe.schema_files import own_validator

    lines = (unfinished / "out.partial/log.jsonl").read_bytes().splitlines()
    assert lines
    for line in lines:
        assert [error.message for error in own_validator("run-log").iter_errors(json.loads(line))] == []
