"""How far a run is, told from its folder alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import archiver.api as api
from archiver.errors import InputNotFoundError, NotAPackageError
from archiver.model.run_status import RunState
from archiver.pipeline import merge, plan
from archiver.pipeline.run_folder import folder_for

from ..support_export import corpus, export, invoke

FILES = 30


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was interrupted when it began to seal, and of which one shard was lost."""
    root = tmp_path_factory.mktemp("status")
    corpus(root / "in", FILES)
    (root / "in/bad.txt").write_bytes(b"")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "write_datapackage", stop)
        patch.setattr(plan, "FILES_PER_SHARD", 4)
        assert export(root / "in", root / "out").code == 130
    max((root / "out.partial/shards").glob("*.json"), key=lambda path: path.stat().st_size).unlink()
    return root / "out.partial"


def test_what_is_done_and_what_is_open(stopped: Path) -> None:
    status = api.run_status(stopped)
    assert status.state is RunState.STOPPED
    assert status.package == str(stopped.with_name("out"))
    assert status.files == FILES + 1
    assert 0 < status.done_files < status.files
    assert status.open_files == status.files - status.done_files
    assert (status.done_shards, status.articles + status.rejected) == (status.shards - 1, status.done_files)
    assert status.stopped_by == "KeyboardInterrupt"
    assert status.files_per_second
    assert status.seconds_left is not None


def test_the_command_tells_it_in_words_and_as_json(stopped: Path) -> None:
    before = sorted(stopped.rglob("*"))
    words = invoke("inspect", stopped).words
    assert "stopped" in words
    assert f"of {FILES + 1} files" in words
    assert "--resume" in words
    document = invoke("inspect", stopped, "--json").document()
    assert document["state"] == "stopped"
    assert document["done_files"] + document["open_files"] == document["files"] == FILES + 1
    assert sorted(stopped.rglob("*")) == before
    assert invoke("inspect", stopped, "--articles").code == 2


def test_a_run_at_work_says_so(stopped: Path) -> None:
    import fcntl

    with (stopped / "lock").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert api.run_status(stopped).state is RunState.SEALING


def test_a_run_without_its_log_is_told_of_without_a_rate(stopped: Path, tmp_path: Path) -> None:
    folder = folder_for(tmp_path / "out")
    folder.root.mkdir()
    for name in ("run.json", "shards.json", "lock"):
        (folder.root / name).write_bytes((stopped / name).read_bytes())
    status = api.run_status(folder.root)
    assert (status.done_files, status.files_per_second, status.seconds_left, status.last) == (0, None, None, None)
    folder.log.write_bytes(b'{"time":"x","event":"run-begun"}\nnot json\n{"time":"y","event":"shard-done"')
    assert api.run_status(folder.root).files_per_second is None


def test_events_that_tell_no_amount_leave_the_rate(stopped: Path, tmp_path: Path) -> None:
    folder = folder_for(tmp_path / "out")
    folder.root.mkdir()
    for name in ("run.json", "shards.json", "lock"):
        (folder.root / name).write_bytes((stopped / name).read_bytes())
    times = [f'"time":"2026-11-21T08:00:{second:02d}Z"' for second in (0, 10, 20)]
    lines = ['"event":"run-begun","done_files":0', '"event":"shard-done","done_files":20', '"event":"portion-done"']
    told = [f"{{{time},{line}}}" for time, line in zip(times, lines, strict=True)]
    folder.log.write_text("\n".join(told) + "\n", "utf-8")
    status = api.run_status(folder.root)
    assert (status.files_per_second, status.last) == (2.0, "2026-11-21T08:00:20Z")


def test_before_the_input_is_cut_its_size_is_known(stopped: Path, tmp_path: Path) -> None:
    folder = folder_for(tmp_path / "out")
    folder.root.mkdir()
    (folder.root / "run.json").write_bytes((stopped / "run.json").read_bytes())
    status = api.run_status(folder.root)
    assert (status.files, status.shards, status.done_shards) == (FILES + 1, 0, 0)
    assert status.bytes == json.loads((stopped / "run.json").read_bytes())["bytes"]


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    assert not api.is_run(tmp_path)
    with pytest.raises(InputNotFoundError):
        api.run_status(tmp_path / "out.partial")
    (tmp_path / "out.partial").mkdir()
    with pytest.raises(NotAPackageError):
        api.run_status(tmp_path / "out.partial")
