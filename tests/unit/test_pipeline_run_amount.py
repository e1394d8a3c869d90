"""How much of a run is done while it goes on."""

from __future__ import annotations

from archiver.pipeline.run_amount import RunAmount


def test_portions_are_done_before_their_file_is() -> None:
    amount = RunAmount(files=3, bytes=1000, done_files=1, done_bytes=100)
    amount.add_portion(1, 300)
    assert (amount.done_files, amount.done_bytes, amount.made_bytes) == (1, 400, 300)
    amount.add_shard(1, files=1, size=700)
    assert (amount.done_files, amount.done_bytes, amount.made_bytes) == (2, 800, 700)
    amount.add_shard(2, files=1, size=200)
    assert amount.said() == {"files": 3, "bytes": 1000, "done_files": 3, "done_bytes": 1000, "made_bytes": 900}


def test_what_an_earlier_process_made_is_done_but_not_made_now() -> None:
    amount = RunAmount(files=1, bytes=1000)
    amount.found_portion(0, 600)
    amount.add_portion(0, 300)
    assert (amount.done_bytes, amount.made_bytes) == (900, 300)
    amount.add_shard(0, files=1, size=1000)
    assert (amount.done_bytes, amount.made_bytes) == (1000, 400)


def test_a_file_that_became_shorter_is_never_less_than_nothing() -> None:
    amount = RunAmount(files=1, bytes=100)
    amount.add_portion(0, 150)
    amount.add_shard(0, files=1, size=100)
    assert amount.made_bytes == 150
