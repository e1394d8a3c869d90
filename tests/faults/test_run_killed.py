"""A run that is killed: never a package that is not whole, and what goes on ends in the same package."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import archiver
from archiver.errors import OutputExistsError, UsageError
from archiver.pipeline import merge, run_folder, run_open, run_plan
from archiver.version import __version__

from ..support_export import DATE, command, corpus, environment, export, invoke, tree

FILES = 140


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("killed") / "in", FILES)


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[bytes, bytes]:
    """The package of a run that nothing happened to."""
    assert export(folder, folder.parent / "whole").code == 0
    return tree(folder.parent / "whole")


@contextlib.contextmanager
def running(folder: Path, target: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    arguments = command("export", folder, "-o", target, "--date", DATE, "--jobs", "2", *options)
    started = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.kill()
        started.communicate()


def wait_until(met: Callable[[], object], started: subprocess.Popen[bytes]) -> None:
    while not met() and started.poll() is None:
        time.sleep(0.005)


def children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(entry.name))
    return found


def resumed(folder: Path, target: Path) -> dict[bytes, bytes]:
    # The workers of a killed run end by themselves, a moment later; nothing has to wait for them.
    assert export(folder, target, "--resume").code == 0
    assert not target.with_name("out.partial").exists()
    return tree(target)


def test_a_run_that_is_killed_at_any_instant_goes_on(folder: Path, whole: dict[bytes, bytes], tmp_path: Path) -> None:
    """Ten times, each time at another instant of what is left to do; a run that came to its end begins anew."""
    chance = random.Random(20261121)
    ends = 0
    target = tmp_path / "0" / "out"
    for turn in range(10):
        place = target.with_name("out.partial")
        target.parent.mkdir(exist_ok=True)
        with running(folder, target, *(["--resume"] if place.exists() else [])) as started:
            if turn % 5 == 4:
                wait_until((place / "bag").exists, started)
            elif turn:
                wait_until(lambda place=place: list(place.glob("shards/*.attempt-*")), started)
            time.sleep(chance.random() * (0.1 if turn % 2 else 0.5))
            started.kill()
        if target.exists():
            assert tree(target) == whole
            ends += 1
            target = tmp_path / f"{ends}" / "out"
        elif place.exists():
            assert export(folder, target).code == 2
    if target.parent.exists():
        assert resumed(folder, target) == whole


def test_the_workers_of_a_killed_run_end_as_well(folder: Path, tmp_path: Path) -> None:
    with running(folder, tmp_path / "out") as started:
        wait_until(lambda: list(tmp_path.glob("out.partial/shards/*.attempt-*")), started)
        workers = children(started.pid)
        started.kill()
    assert len(workers) >= 2
    limit = time.monotonic() + 60
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < limit:
        time.sleep(0.02)
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []


def test_a_run_outlives_a_worker(folder: Path, whole: dict[bytes, bytes], tmp_path: Path) -> None:
    target = tmp_path / "out"
    with running(folder, target) as started:
        found: list[Path] = []
        while not found and started.poll() is None:
            found = list(tmp_path.glob("out.partial/shards/*.attempt-*"))
        os.kill(int(found[0].name.rpartition("-")[2]), signal.SIGKILL)
        _, err = started.communicate()
    assert started.returncode == 0, err
    assert tree(target) == whole


def test_a_run_whose_workers_keep_dying_fails_and_goes_on_later(
    folder: Path, whole: dict[bytes, bytes], tmp_path: Path
) -> None:
    target = tmp_path / "out"
    with running(folder, target) as started:
        while started.poll() is None:
            for attempt in tmp_path.glob("out.partial/shards/*.attempt-*"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(attempt.name.rpartition("-")[2]), signal.SIGKILL)
            time.sleep(0.005)
        _, err = started.communicate()
    if started.returncode:
        assert started.returncode == 1
        assert b"--resume" in err
        assert not target.exists()
        assert resumed(folder, target) == whole
    assert tree(target) == whole


@pytest.fixture
def unfinished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder ``in`` and a run for ``out`` beside it that was interrupted when it began to seal."""
    corpus(tmp_path / "in", 5)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(merge, "write_datapackage", interrupted)
        assert export(tmp_path / "in", tmp_path / "out").code == 130
    assert (tmp_path / "out.partial").is_dir()
    return tmp_path


def test_an_unfinished_run_is_reported_and_untouched(unfinished: Path) -> None:
    before = tree(unfinished)
    outcome = export(unfinished / "in", unfinished / "out")
    assert outcome.code == 2
    assert outcome.document()["error"]["code"] == "usage.output-exists"
    assert "--resume" in outcome.err
    assert tree(unfinished) == before


def change_size(root: Path) -> None:
    (root / "in/story-0001.txt").write_text("another", "utf-8")


def change_bytes(root: Path) -> None:
    """As long as before, so that only the time of its change tells."""
    file = root / "in/story-0001.txt"
    file.write_bytes(file.read_bytes().swapcase())
    os.utime(file, ns=(0, 1))


def add_file(root: Path) -> None:
    (root / "in/another.txt").write_text("another", "utf-8")


def take_file(root: Path) -> None:
    (root / "in/story-0001.txt").unlink()


KINDS = {change_size: "changed", change_bytes: "changed", add_file: "added", take_file: "gone"}


@pytest.mark.parametrize("change", KINDS)
def test_changed_input_is_refused(unfinished: Path, change: Callable[[Path], None]) -> None:
    change(unfinished)
    outcome = export(unfinished / "in", unfinished / "out", "--resume")
    assert outcome.code == 2
    name = "another.txt" if change is add_file else "story-0001.txt"
    assert f": input (1 {KINDS[change]}: {name})" in outcome.document()["error"]["message"]
    assert not (unfinished / "out").exists()


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        (("--profile", "strict"), "profile"),
        (("--language", "en"), "language"),
        (("--organization", "Example Archive"), "organization"),
        (("--date", "2020-01-01"), "date"),
    ],
)
def test_a_changed_recipe_is_refused(unfinished: Path, options: tuple[str, ...], changed: str) -> None:
    outcome = export(unfinished / "in", unfinished / "out", "--resume", *options)
    assert outcome.code == 2
    assert outcome.document()["error"]["message"].endswith(f": {changed}")


def test_another_version_is_refused(unfinished: Path) -> None:
    plan = unfinished / "out.partial/run.json"
    plan.write_bytes(plan.read_bytes().replace(__version__.encode(), b"99.0"))
    outcome = export(unfinished / "in", unfinished / "out", "--resume")
    assert outcome.code == 2
    assert outcome.document()["error"]["message"].endswith(": archiver")


def test_a_run_goes_on_at_its_own_moment_and_with_other_workers(unfinished: Path) -> None:
    """Nobody knows by heart when the run began."""
    assert invoke("export", unfinished / "in", "-o", unfinished / "out", "--resume", "--jobs", "2").code == 0
    assert export(unfinished / "in", unfinished / "whole").code == 0
    assert tree(unfinished / "out") == tree(unfinished / "whole")


def test_resume_without_an_unfinished_run_begins_one(tmp_path: Path) -> None:
    corpus(tmp_path / "in", 2)
    assert export(tmp_path / "in", tmp_path / "out", "--resume").code == 0


def test_a_run_that_was_killed_before_it_had_begun_goes_on(tmp_path: Path) -> None:
    corpus(tmp_path / "in", 2)
    (tmp_path / "out.partial/shards").mkdir(parents=True)
    (tmp_path / "out.partial/run.json.partial").write_bytes(b'{"arch')
    assert export(tmp_path / "in", tmp_path / "out").code == 2
    assert export(tmp_path / "in", tmp_path / "out", "--resume").code == 0


def test_somebody_elses_folder_is_not_taken_for_a_run(tmp_path: Path) -> None:
    corpus(tmp_path / "in", 2)
    (tmp_path / "out.partial").mkdir()
    (tmp_path / "out.partial/thesis.tex").write_bytes(b"years of work")
    for options in ((), ("--resume",)):
        assert export(tmp_path / "in", tmp_path / "out", *options).code == 2
    assert (tmp_path / "out.partial/thesis.tex").read_bytes() == b"years of work"


def test_a_shard_that_was_damaged_meanwhile_is_done_again(unfinished: Path) -> None:
    victim = next((unfinished / "out.partial/shards").glob("*/tei/*"))
    victim.write_bytes(b"")
    assert export(unfinished / "in", unfinished / "out", "--resume").code == 0
    assert export(unfinished / "in", unfinished / "whole").code == 0
    assert tree(unfinished / "out") == tree(unfinished / "whole")


def test_a_run_that_is_killed_after_sealing_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(tmp_path / "in", 3)
    (tmp_path / "in/bad.txt").write_bytes(b"")
    with monkeypatch.context() as patch:
        patch.setattr(run_folder.RunFolder, "remove", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        assert export(tmp_path / "in", tmp_path / "out").code == 130
    before = tree(tmp_path / "out")
    assert export(tmp_path / "in", tmp_path / "out").code == 2
    outcome = export(tmp_path / "in", tmp_path / "out", "--resume")
    assert outcome.code == 3
    assert (outcome.document()["articles"], outcome.document()["rejected"]) == (3, 1)
    assert outcome.document()["rejects"][0]["path"] == "bad.txt"
    assert tree(tmp_path / "out") == before
    assert not (tmp_path / "out.partial").exists()


@pytest.mark.parametrize("left", range(1, 8))
def test_a_run_that_is_killed_while_its_folder_is_taken_away_leaves_nothing_that_is_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    corpus(tmp_path / "in", 2)
    removed = Path.unlink

    def killed(self: Path, **named: bool) -> None:
        if self.parent.name == "out.partial" and len(list(self.parent.iterdir())) == left:
            raise KeyboardInterrupt
        removed(self, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        export(tmp_path / "in", tmp_path / "out")
    assert (tmp_path / "out").exists()
    if (tmp_path / "out.partial").exists():
        assert export(tmp_path / "in", tmp_path / "out", "--resume").code == 0
    assert not (tmp_path / "out.partial").exists()


def test_an_empty_folder_of_a_run_that_has_ended_goes(tmp_path: Path) -> None:
    corpus(tmp_path / "in", 2)
    assert export(tmp_path / "in", tmp_path / "out").code == 0
    (tmp_path / "out.partial").mkdir()
    assert export(tmp_path / "in", tmp_path / "out", "--resume").code == 2
    assert not (tmp_path / "out.partial").exists()


def test_a_foreign_package_is_not_taken_for_the_end_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(tmp_path / "in", 2)
    with monkeypatch.context() as patch:
        patch.setattr(run_folder.RunFolder, "remove", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        assert export(tmp_path / "in", tmp_path / "out").code == 130
    shutil.rmtree(tmp_path / "out")
    (tmp_path / "out").mkdir()
    assert export(tmp_path / "in", tmp_path / "out", "--resume").code == 2
    assert list((tmp_path / "out").iterdir()) == []


def test_two_processes_do_not_work_on_one_run(unfinished: Path) -> None:
    inputs, target = [unfinished / "in"], unfinished / "out"
    plan = run_plan.read_plan(run_folder.folder_for(target).plan)
    assert plan is not None
    with run_open.open_run(target, plan, resume=True):
        with pytest.raises(UsageError, match="another process"):
            archiver.export(inputs, target, resume=True, date=DATE)
        with pytest.raises(OutputExistsError):
            archiver.export(inputs, target, date=DATE)
    assert archiver.export(inputs, target, resume=True, date=DATE).articles == 5
