"""The folder of a run: nothing is overwritten, an unfinished run is taken up only as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import OutputExistsError, UsageError
from archiver.model.shard import ShardRecord
from archiver.pipeline.run_folder import RunFolder, folder_for, open_run, unfinished_date

RECIPE = {"date": "2026-01-01T00:00:00Z", "profile": "balanced"}


def begin(target: Path, *, resume: bool = False, recipe: dict[str, Any] | None = None, digest: str = "d") -> RunFolder:
    with open_run(target, recipe=recipe or RECIPE, input_digest=digest, resume=resume) as folder:
        return folder


def test_the_run_works_beside_its_target(tmp_path: Path) -> None:
    folder = begin(tmp_path / "deep" / "out")
    assert folder == folder_for(tmp_path / "deep" / "out")
    assert folder.root.parent == tmp_path / "deep"
    assert folder.data == folder.bag / "data"
    assert not (tmp_path / "deep" / "out").exists()


@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_an_output_that_is_there_is_never_touched(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_bytes(b"mine")
    else:
        target.symlink_to(tmp_path / "gone")
    for resume in (False, True):
        with pytest.raises(OutputExistsError) as caught:
            begin(target, resume=resume)
        assert caught.value.place == str(target)
    assert not folder_for(target).root.exists()


def test_an_unfinished_run_is_only_taken_up_when_asked(tmp_path: Path) -> None:
    first = begin(tmp_path / "out")
    with pytest.raises(OutputExistsError, match="--resume"):
        begin(tmp_path / "out")
    assert begin(tmp_path / "out", resume=True) == first


def test_resume_without_anything_to_resume_begins(tmp_path: Path) -> None:
    assert begin(tmp_path / "out", resume=True).plan.is_file()


@pytest.mark.parametrize(
    ("recipe", "digest", "named"),
    [
        ({**RECIPE, "profile": "strict"}, "d", "profile"),
        ({**RECIPE, "date": "2026-01-02T00:00:00Z"}, "d", "date"),
        (RECIPE, "other", "input"),
    ],
)
def test_a_changed_run_is_refused_by_what_changed(
    tmp_path: Path, recipe: dict[str, Any], digest: str, named: str
) -> None:
    begin(tmp_path / "out")
    with pytest.raises(UsageError, match=f"changed since then: {named} ") as caught:
        begin(tmp_path / "out", resume=True, recipe=recipe, digest=digest)
    assert caught.value.advice


def test_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(tmp_path / "out")
    monkeypatch.setattr("archiver.pipeline.run_folder.__version__", "0.0.0")
    with pytest.raises(UsageError, match="archiver"):
        begin(tmp_path / "out", resume=True)


def test_a_run_killed_before_its_plan_was_written_begins_anew(tmp_path: Path) -> None:
    folder = folder_for(tmp_path / "out")
    (folder.root / "shards").mkdir(parents=True)
    assert begin(tmp_path / "out", resume=True).plan.is_file()


def test_a_folder_of_somebody_else_is_not_taken_for_a_run(tmp_path: Path) -> None:
    folder = folder_for(tmp_path / "out")
    folder.root.mkdir()
    (folder.root / "precious.txt").write_bytes(b"mine")
    with pytest.raises(OutputExistsError):
        begin(tmp_path / "out", resume=True)
    assert (folder.root / "precious.txt").read_bytes() == b"mine"


@pytest.mark.parametrize("plan", [b"", b"{", b"[1]", b"{}", b'{"recipe": 3}', b'"text"'])
def test_a_damaged_plan_is_refused_in_words(tmp_path: Path, plan: bytes) -> None:
    folder = begin(tmp_path / "out")
    folder.plan.write_bytes(plan)
    with pytest.raises(UsageError):
        begin(tmp_path / "out", resume=True)


def test_taking_up_a_run_clears_the_half_made_bag_and_attempts_and_keeps_what_is_done(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    folder.data.mkdir(parents=True)
    folder.attempt(3).mkdir()
    done = folder.attempt(2)
    done.mkdir()
    (done / "x").write_bytes(b"x")
    folder.commit(ShardRecord(2, "d"), done)
    begin(tmp_path / "out", resume=True)
    assert not folder.bag.exists()
    assert not folder.attempt(3).exists()
    assert (folder.shard(2) / "x").read_bytes() == b"x"
    assert folder.record(2) == ShardRecord(2, "d")


def test_a_commit_record_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    record = ShardRecord(
        number=7,
        input_digest="ab",
        articles=3,
        rejects=1,
        carried=2,
        removed_blocks=9,
        doubtful_blocks=4,
        faults=1,
        notices={"charset.detected": 2},
        sidecar_rows=(2, 5),
        files={"articles.jsonl": "cd"},
    )
    assert folder.record(7) is None
    folder.attempt(7).mkdir()
    folder.commit(record, folder.attempt(7))
    assert folder.record(7) == record
    assert json.loads(folder.record_path(7).read_bytes())["articles"] == 3


def test_a_shard_without_its_record_is_done_again(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    folder.shard(1).mkdir()
    (folder.shard(1) / "old").write_bytes(b"x")
    assert folder.record(1) is None
    folder.attempt(1).mkdir()
    folder.commit(ShardRecord(1, "d"), folder.attempt(1))
    assert list(folder.shard(1).iterdir()) == []


def test_nobody_else_works_on_a_run_that_is_at_work(tmp_path: Path) -> None:
    # flock(2) tells open files apart, not processes: a second opening is refused like a second process.
    with (
        open_run(tmp_path / "out", recipe=RECIPE, input_digest="d", resume=False),
        pytest.raises(UsageError, match="another process is working on this run"),
    ):
        begin(tmp_path / "out", resume=True)
    assert begin(tmp_path / "out", resume=True)


def test_the_folder_goes_when_the_run_has_ended(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    folder.data.mkdir(parents=True)
    folder.remove()
    assert not folder.root.exists()


def test_the_moment_of_an_unfinished_run_is_known(tmp_path: Path) -> None:
    assert unfinished_date(tmp_path / "out") is None
    folder = begin(tmp_path / "out")
    assert unfinished_date(tmp_path / "out") == "2026-01-01T00:00:00Z"
    for plan in (b"{", b"{}", b'{"recipe": "x"}'):
        folder.plan.write_bytes(plan)
        assert unfinished_date(tmp_path / "out") is None
