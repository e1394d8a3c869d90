"""What is done in a process of its own: its result, or how it ended."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from archiver.engines.alone import run_alone
from archiver.engines.limits import Limits
from archiver.errors import KilledWorkerError, TooMuchMemoryError, TooSlowError

NONE = Limits()


def test_a_result_of_any_size_comes_back() -> None:
    assert run_alone(lambda: (os.getpid(), b"x" * 5_000_000), NONE, place="a")[1] == b"x" * 5_000_000


def test_it_is_another_process() -> None:
    assert run_alone(os.getpid, NONE, place="a") != os.getpid()


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (lambda: os._exit(0), "exit status 0"),
        (lambda: os._exit(3), "exit status 3"),
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "SIGSEGV"),
    ],
)
def test_one_that_ends_twice_is_told(end: object, words: str) -> None:
    with pytest.raises(KilledWorkerError, match=words) as caught:
        run_alone(end, NONE, place="in/a.txt")  # type: ignore[arg-type]
    assert caught.value.place == "in/a.txt"


def test_one_that_ends_once_is_tried_again(tmp_path: Path) -> None:
    def once() -> str:
        if not (tmp_path / "mark").exists():
            (tmp_path / "mark").touch()
            os._exit(1)
        return "made"

    assert run_alone(once, NONE, place="a") == "made"


def test_time_is_limited_for_one_that_works_and_one_that_waits() -> None:
    def work() -> None:
        while True:
            pass

    for endless in (work, lambda: time.sleep(10**6)):
        with pytest.raises(TooSlowError, match=r"0\.2 seconds"):
            run_alone(endless, Limits(seconds=0.2), place="a")


def test_memory_is_limited() -> None:
    with pytest.raises(TooMuchMemoryError, match="64 MiB"):
        run_alone(lambda: b"x" * 2**28, Limits(mebibytes=64), place="a")
    assert len(run_alone(lambda: b"x" * 2**20, Limits(mebibytes=64), place="a")) == 2**20


def test_it_holds_no_file_of_its_parent(tmp_path: Path) -> None:
    with (tmp_path / "held").open("wb") as file:
        found = run_alone(lambda: os.readlink(f"/proc/self/fd/{file.fileno()}"), NONE, place="a")  # noqa: PTH115
    assert found == os.devnull
