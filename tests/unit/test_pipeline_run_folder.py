"""The folder of a run: nothing is overwritten, an unfinished run is taken up only as it was."""

from __future__ import annotations

import fcntl
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import OutputExistsError, UsageError
from archiver.model.intake import Form, InputFile
from archiver.model.shard import Shard, ShardRecord
from archiver.pipeline.run_folder import RunFolder, folder_for
from archiver.pipeline.run_open import is_at_work, open_run, unfinished_date
from archiver.pipeline.run_plan import plan_for
from archiver.readers.input_list import InputList
from archiver.version import __version__

RECIPE = {"date": "2026-01-01T00:00:00Z", "profile": "balanced"}
FILES = ("a.txt", "c.txt")


def files(*names: str, modified: int = 0) -> list[InputFile]:
    return [InputFile(f"/in/{name}", name, "utf-8", 1, Form.TEXT, modified=modified) for name in names]


def begin(
    target: Path,
    *,
    resume: bool = False,
    add: bool = False,
    recipe: dict[str, Any] | None = None,
    given: list[InputFile] | None = None,
) -> RunFolder:
    plan = plan_for(InputList(files(*FILES) if given is None else given), recipe or RECIPE)
    with open_run(target, plan, resume=resume, add=add) as folder:
        return folder


def shard(digest: str, number: int = 0) -> Shard:
    return Shard(number, tuple(files("a.txt")), digest)


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
    ("recipe", "named"),
    [
        ({**RECIPE, "profile": "strict"}, "profile"),
        ({**RECIPE, "date": "2026-01-02T00:00:00Z"}, "date"),
        ({**RECIPE, "base": "increment ab"}, "base"),
        ({"date": RECIPE["date"]}, "profile"),
    ],
)
@pytest.mark.parametrize("add", [False, True])
def test_a_changed_recipe_is_refused_by_what_changed(
    tmp_path: Path, recipe: dict[str, Any], named: str, add: bool
) -> None:
    begin(tmp_path / "out")
    with pytest.raises(UsageError, match=f"changed since then: {named} ") as caught:
        begin(tmp_path / "out", resume=True, add=add, recipe=recipe)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (files("a.txt"), "1 gone: c.txt"),
        (files("a.txt", "c.txt", modified=1), "2 changed: a.txt, c.txt"),
        (files("a.txt", "b.txt"), "1 added: b.txt; 1 gone: c.txt"),
        ([], "2 gone: a.txt, c.txt"),
    ],
)
@pytest.mark.parametrize("add", [False, True])
def test_input_that_changed_or_vanished_is_refused_by_name(
    tmp_path: Path, given: list[InputFile], named: str, add: bool
) -> None:
    begin(tmp_path / "out")
    with pytest.raises(UsageError) as caught:
        begin(tmp_path / "out", resume=True, add=add, given=given)
    assert caught.value.message.endswith(f"changed since then: input ({named})")
    assert "--add" not in caught.value.advice
    assert begin(tmp_path / "out", resume=True)


def test_input_that_was_added_is_taken_in_when_asked(tmp_path: Path) -> None:
    given = files("a.txt", "b.txt", "c.txt", "d.txt")
    begin(tmp_path / "out")
    with pytest.raises(UsageError, match=r"input \(2 added: b.txt, d.txt\)") as caught:
        begin(tmp_path / "out", resume=True, given=given)
    assert "--add" in caught.value.advice
    folder = begin(tmp_path / "out", resume=True, add=True, given=given)
    assert begin(tmp_path / "out", resume=True, given=given) == folder
    assert len(list(folder.root.glob("input-*"))) == 1
    with pytest.raises(UsageError, match="2 gone"):
        begin(tmp_path / "out", resume=True, add=True)


def test_many_changes_are_counted_and_some_are_named(tmp_path: Path) -> None:
    begin(tmp_path / "out", given=[])
    with pytest.raises(UsageError, match=r"input \(9 added: 0, 1, 2, …\)"):
        begin(tmp_path / "out", resume=True, given=files(*map(str, range(9))))


def test_what_is_published_takes_nothing_more_in(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    folder.ending.write_bytes(b"{}")
    (tmp_path / "out").mkdir()
    with pytest.raises(UsageError, match="1 added"):
        begin(tmp_path / "out", resume=True, add=True, given=files("a.txt", "b.txt", "c.txt"))


def test_a_run_without_its_list_of_files_is_refused_if_the_input_is_another(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    next(folder.root.glob("input-*")).unlink()
    with pytest.raises(UsageError, match="since then: input "):
        begin(tmp_path / "out", resume=True, add=True, given=files("a.txt", "b.txt", "c.txt"))


def test_another_version_is_refused(tmp_path: Path) -> None:
    begin(tmp_path / "out")
    folder = folder_for(tmp_path / "out")
    folder.plan.write_bytes(folder.plan.read_bytes().replace(__version__.encode(), b"0.0.0"))
    with pytest.raises(UsageError, match="since then: archiver "):
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
    folder.attempt("33").mkdir()
    done = folder.attempt("22")
    done.mkdir()
    (done / "x").write_bytes(b"x")
    folder.commit(ShardRecord(2, "22"), done)
    begin(tmp_path / "out", resume=True)
    assert not folder.bag.exists()
    assert not folder.attempt("33").exists()
    assert (folder.shard("22") / "x").read_bytes() == b"x"
    assert folder.record(shard("22", 2)) == ShardRecord(2, "22")


def test_a_finished_shard_is_known_by_its_files_wherever_it_comes_to_stand(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    folder.attempt("22").mkdir()
    folder.commit(ShardRecord(2, "22", articles=9), folder.attempt("22"))
    assert folder.record(shard("22", 5)) == ShardRecord(5, "22", articles=9)
    assert folder.is_done("22")
    assert not folder.is_done("55")


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
    assert folder.record(shard("ab", 7)) is None
    folder.attempt("ab").mkdir()
    folder.commit(record, folder.attempt("ab"))
    assert folder.record(shard("ab", 7)) == record
    assert json.loads(folder.record_path("ab").read_bytes())["articles"] == 3


def test_a_shard_without_its_record_is_done_again(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    folder.shard("11").mkdir()
    (folder.shard("11") / "old").write_bytes(b"x")
    assert folder.record(shard("11", 1)) is None
    folder.attempt("11").mkdir()
    folder.commit(ShardRecord(1, "11"), folder.attempt("11"))
    assert list(folder.shard("11").iterdir()) == []


def test_nobody_else_works_on_a_run_that_is_at_work(tmp_path: Path) -> None:
    # flock(2) tells open files apart, not processes: a second opening is refused like a second process.
    with open_run(tmp_path / "out", plan_for(InputList(files(*FILES)), RECIPE), resume=False) as folder:
        assert is_at_work(folder)
        with pytest.raises(UsageError, match="another process is working on this run"):
            begin(tmp_path / "out", resume=True)
    assert not is_at_work(folder)
    assert begin(tmp_path / "out", resume=True)


def test_asking_whether_a_run_is_at_work_does_not_hold_it(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    with (folder.root / "lock").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        threading.Timer(0.01, lambda: fcntl.flock(file, fcntl.LOCK_UN)).start()
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
