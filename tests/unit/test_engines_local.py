"""The local engine: every shard once, whatever the workers do."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from archiver.engines.child import can_fork
from archiver.engines.local import Guarded, run_shards
from archiver.errors import DecodeError, PackageError
from archiver.model.event import Event, Kind
from archiver.model.shard import Portion, Shard, ShardRecord

#: Workers are new processes and must find the work in a module.
WORK = """
import os
from pathlib import Path

from archiver.errors import DecodeError
from archiver.model.shard import ShardRecord

FOLDER = Path(__file__).parent


def plain(shard):
    with (FOLDER / f"ran-{shard.number}").open("ab") as file:
        file.write(b"x")
    return ShardRecord(shard.number, str(os.getpid()))


def dies_once(shard):
    mark = FOLDER / "died"
    if shard.number == 3 and not mark.exists():
        mark.touch()
        os._exit(9)
    return plain(shard)


def dies_always(shard):
    if shard.number == 2:
        os._exit(9)
    return plain(shard)


def swells(shard):
    if shard.number == 2:
        raise MemoryError
    return plain(shard)


def careful(shard):
    return ShardRecord(shard.number, "with care")


def dies_over_portions(shard):
    if hasattr(shard, "index"):
        os._exit(9)
    return plain(shard)


def raises(shard):
    if shard.number == 1:
        raise DecodeError("not text", place="b.txt", advice="save it again")
    return plain(shard)
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / "shard_work_for_tests.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield importlib.import_module("shard_work_for_tests")
    del sys.modules["shard_work_for_tests"]


def shards(count: int) -> list[Shard]:
    return [Shard(number, ()) for number in range(count)]


def test_one_job_does_every_shard_in_order_in_this_process(work: ModuleType) -> None:
    found = list(run_shards(work.plain, shards(4), jobs=1))
    assert [record.number for record in found] == [0, 1, 2, 3]
    assert len({record.input_digest for record in found}) == 1


def test_one_job_begins_no_shard_before_it_is_asked_for(work: ModuleType, tmp_path: Path) -> None:
    records = run_shards(work.plain, shards(3), jobs=1)
    assert next(records).number == 0
    assert not (tmp_path / "ran-1").exists()


def test_a_pool_does_every_shard_once_elsewhere(work: ModuleType, tmp_path: Path) -> None:
    found = list(run_shards(work.plain, shards(9), jobs=2))
    assert sorted(record.number for record in found) == list(range(9))
    assert str(os.getpid()) not in {record.input_digest for record in found}
    assert all((tmp_path / f"ran-{number}").read_bytes() == b"x" for number in range(9))


def test_a_shard_whose_worker_died_is_done_again(work: ModuleType, tmp_path: Path) -> None:
    found = list(run_shards(work.dies_once, shards(6), jobs=2))
    assert (tmp_path / "died").exists()
    assert sorted(record.number for record in found) == list(range(6))


def test_what_happens_to_shards_and_workers_is_told(work: ModuleType) -> None:
    events: list[Event] = []
    guarded = Guarded(work.swells, work.careful)
    assert len(list(run_shards(work.plain, shards(4), jobs=2, guarded=guarded, watch=events.append))) == 4
    begun = [event.said["shard"] for event in events if event.kind is Kind.SHARD_BEGUN]
    assert sorted(begun) == [0, 1, 2, 2, 3]
    assert [(event.said["shard"], event.said["limit"]) for event in events if event.kind is Kind.LIMIT] == [
        (2, "memory")
    ]
    assert [event.said["careful"] for event in events if event.kind is Kind.SHARD_RETRIED] == [True]
    events.clear()
    list(run_shards(work.dies_once, shards(4), jobs=2, watch=events.append))
    killed = [event.said for event in events if event.kind is Kind.WORKER_KILLED]
    assert [(said["shard"], said["status"]) for said in killed] == [(3, 9)]


def test_no_more_shards_are_asked_for_than_workers_can_do(work: ModuleType) -> None:
    asked = 0

    def asking() -> Iterator[Shard]:
        nonlocal asked
        for shard in shards(40):
            asked += 1
            yield shard

    found = run_shards(work.plain, asking(), jobs=2)
    next(found)
    assert asked <= 8
    assert len(list(found)) == 39


def test_a_shard_that_always_kills_its_worker_ends_the_run_in_words(work: ModuleType) -> None:
    found: list[ShardRecord] = []
    with pytest.raises(PackageError, match=r"died 3 times; shards left: .*2") as caught:
        found.extend(run_shards(work.dies_always, shards(4), jobs=2))
    assert "--resume" in caught.value.advice
    assert 2 not in {record.number for record in found}


@pytest.mark.parametrize("bad", ["dies_always", "swells"])
def test_a_shard_that_kills_its_worker_is_done_with_care(work: ModuleType, bad: str) -> None:
    guarded = Guarded(getattr(work, bad), work.careful)
    found = {record.number: record for record in run_shards(work.plain, shards(4), jobs=2, guarded=guarded)}
    assert sorted(found) == [0, 1, 2, 3]
    assert [number for number, record in found.items() if record.input_digest == "with care"] == [2]


@pytest.mark.skipif(not can_fork(), reason="this process cannot be copied: it has threads, or the system is another")
def test_one_job_has_a_worker_as_well_where_it_is_guarded(work: ModuleType) -> None:
    found = list(run_shards(work.raises, shards(2), jobs=1, guarded=Guarded(work.plain, work.careful)))
    assert str(os.getpid()) not in {record.input_digest for record in found}


def test_the_others_are_done_before_the_run_is_given_up(work: ModuleType) -> None:
    found: list[ShardRecord] = []
    with pytest.raises(PackageError, match=r"shards left: 2 \("):
        found.extend(run_shards(work.dies_always, shards(9), jobs=2))
    assert len(found) == 8


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_work_is_handed_on_whole(work: ModuleType, jobs: int) -> None:
    with pytest.raises(DecodeError) as caught:
        list(run_shards(work.raises, shards(4), jobs=jobs))
    assert (caught.value.message, caught.value.place, caught.value.advice) == ("not text", "b.txt", "save it again")


def test_nothing_to_do_is_done(work: ModuleType) -> None:
    assert list(run_shards(work.plain, [], jobs=1)) == []


def portions(shard: Shard, count: int) -> list[Portion]:
    return [Portion(shard, index, index, index + 1, index) for index in range(count)]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_a_shard_is_begun_when_its_portions_are_done(work: ModuleType, jobs: int) -> None:
    first, second, third = (Shard(number, (), f"digest {number}") for number in range(3))
    tasks = [*portions(first, 3), first, second, *portions(third, 4), third]
    events: list[Event] = []
    guarded, found = Guarded(work.plain, work.careful), []
    for record in run_shards(work.plain, tasks, jobs=jobs, guarded=guarded, watch=events.append):
        found.append(record.number)
        said = [event.said for event in events if event.kind is Kind.SHARD_BEGUN]
        whole = [one["shard"] for one in said if "portion" not in one]
        # A worker is given the next task before the record of the last one is handed on.
        assert all(found.count(number) + 1 >= need for number, need in ((0, 3), (2, 4)) if number in whole)
    assert sorted(found) == [0] * 4 + [1] + [2] * 5


def test_portions_that_end_their_workers_do_not_end_the_run(work: ModuleType) -> None:
    shard = Shard(0, (), "digest")
    found = run_shards(work.dies_over_portions, [*portions(shard, 2), shard, Shard(1, (), "other")], jobs=2)
    assert sorted(record.number for record in found) == [0, 1]
