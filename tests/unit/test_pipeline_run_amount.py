"""How much of a run is done while it goes on."""

from __future__ import annotations

from archiver.pipeline.run_amount import RunAmount

SHARDS = [("a", 1, 100), ("b", 1, 700), ("c", 3, 200)]


def told(amount: RunAmount) -> tuple[int, int, int]:
    said = amount.said()
    assert (said["files"], said["bytes"]) == (5, 1000)
    return said["done_files"], said["done_bytes"], said["made_bytes"]


def test_most_of_a_portion_is_done_before_its_file_is() -> None:
    amount = RunAmount(SHARDS)
    amount.found_shard(0)
    amount.add_portion(1, 400)
    assert told(amount) == (1, 450, 350)
    amount.add_portion(1, 300)
    assert told(amount)[1] < 800
    amount.add_shard(1)
    assert told(amount) == (2, 800, 700)
    amount.add_shard(2)
    assert told(amount) == (5, 1000, 900)


def test_what_an_earlier_process_made_is_done_but_not_made_now() -> None:
    amount = RunAmount(SHARDS)
    amount.found_portion(1, 400)
    amount.add_portion(1, 80)
    assert told(amount) == (0, 420, 70)
    amount.add_shard(1)
    assert told(amount) == (1, 700, 350)


def test_no_file_is_more_than_done() -> None:
    """Its portions are those of a file that has grown since its size was taken."""
    amount = RunAmount(SHARDS)
    amount.add_portion(1, 640)
    amount.add_portion(1, 640)
    assert 560 < told(amount)[1] < 700
    amount.add_shard(1)
    assert told(amount) == (1, 700, 700)
