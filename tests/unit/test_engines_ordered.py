"""Results come in the order of the tasks, whatever the number of processes and however they end."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from archiver.engines.ordered import Ordered
from archiver.errors import PackageError

#: Workers are new processes and must find the work in a module.
WORK = """
import os, time
from pathlib import Path

from archiver.errors import PackageError

FOLDER = Path(__file__).parent


def square(number):
    time.sleep(0.2 if number == 0 else 0)
    return number * number


def deadly(number):
    mark = FOLDER / "died"
    if number == 3 or (number == 5 and not mark.exists()):
        mark.touch()
        os._exit(9)
    return number


def faulty(number):
    if number == 3:
        raise PackageError("no", place="here")
    return number


def where(number):
    return os.getpid()
"""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("work")
    (folder / "ordered_work_for_tests.py").write_text(WORK)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        importlib.invalidate_caches()
        yield importlib.import_module("ordered_work_for_tests")
        del sys.modules["ordered_work_for_tests"]


def run(jobs: int, work: Callable[[int], object], tasks: range, *, worth: int = 0) -> tuple[list[object], list[int]]:
    done: list[int] = []
    results = Ordered(jobs, worth=worth)(work, tasks, cost=lambda task: task, lost=lambda task: -task, done=done.append)
    return list(results), done


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_in_order_though_the_first_is_slow(work: ModuleType, jobs: int) -> None:
    results, done = run(jobs, work.square, range(20))
    assert results == [number * number for number in range(20)]
    assert sorted(done) == list(range(20))


def test_a_task_that_ends_its_process_twice_is_given_up_alone(work: ModuleType) -> None:
    """Number 3 always does, number 5 once: that is no reason to give it up."""
    results, done = run(2, work.deadly, range(8))
    assert results == [0, 1, 2, -3, 4, 5, 6, 7]
    assert sorted(done) == list(range(8))


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_are_raised_here(work: ModuleType, jobs: int) -> None:
    with pytest.raises(PackageError, match="here: no"):
        run(jobs, work.faulty, range(5))


def test_little_work_is_done_in_this_process(work: ModuleType) -> None:
    assert set(run(2, work.where, range(5), worth=100)[0]) == {os.getpid()}
