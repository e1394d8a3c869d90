"""How far something is, in words and as JSON."""

from __future__ import annotations

import json

import pytest

from archiver.report.progress import Advance, Amount, progress_line, progress_words, time_words


def test_rate_and_time_left_count_what_was_done_since_the_beginning() -> None:
    """A run that goes on has files behind it that took none of its time."""
    advance = Advance("exporting", "files", Amount(done=600, total=1000, since=100), seconds=10)
    assert (advance.rate, advance.seconds_left) == (10, 40)
    words = progress_words(advance, width=200)
    assert words.startswith("exporting 60%  [")
    assert words.endswith("]  600/1000 files  10.0/s  40 s left")
    said = json.loads(progress_line(advance))
    assert (said["done"], said["total"], said["rate"], said["seconds_left"]) == (600, 1000, 10, 40)


def test_before_anything_is_done_there_is_no_rate() -> None:
    advance = Advance("exporting", "files", Amount(done=0, total=10, since=0), seconds=3)
    assert (advance.rate, advance.seconds_left) == (None, None)
    assert "left" not in progress_words(advance, width=200)
    assert "rate" not in json.loads(progress_line(advance))


def test_share_and_time_left_of_files_go_by_their_bytes() -> None:
    """One file of 300,000 articles is not done before all of them are."""
    size = Amount(done=250, total=1000, since=150)
    advance = Advance("exporting", "files", Amount(done=0, total=1, since=0), seconds=10, bytes=size)
    assert (advance.rate, advance.seconds_left) == (None, 50)
    words = progress_words(advance, width=200)
    assert words.startswith("exporting 25%  [######---")
    assert words.endswith("]  0/1 files  50 s left")
    said = json.loads(progress_line(advance))
    assert (said["done"], said["total"], said["done_bytes"], said["total_bytes"]) == (0, 1, 250, 1000)
    assert said["seconds_left"] == 50
    assert "rate" not in said


def test_files_without_a_byte_are_counted_as_files() -> None:
    advance = Advance("exporting", "files", Amount(25, 100, 25), seconds=5, bytes=Amount(0, 0, 0))
    assert advance.seconds_left == 15
    assert progress_words(advance, width=200).startswith("exporting 25%")


def test_more_than_all_is_all() -> None:
    """Nobody is told of 200 % and of time that is left over."""
    advance = Advance("exporting", "files", Amount(1, 1, 1), seconds=5, bytes=Amount(26, 13, 26))
    assert advance.seconds_left == 0
    assert progress_words(advance, width=200).startswith("exporting 100%  [########################]")


def test_bytes_are_told_in_megabytes() -> None:
    words = progress_words(Advance("verifying", "bytes", Amount(5_000_000, 20_000_000, 5_000_000), 2), width=200)
    assert words.endswith("20.0 MB  2.5 MB/s  6 s left")


@pytest.mark.parametrize("width", [80, 40, 20, 10])
def test_the_line_is_made_to_fit(width: int) -> None:
    words = progress_words(Advance("exporting", "files", Amount(10, 100, 10), 1), width=width)
    assert len(words) <= max(width, len("exporting 10%"))


def test_nothing_to_do_is_done() -> None:
    assert progress_words(Advance("exporting", "files", Amount(0, 0, 0), 0), width=80).startswith("exporting 100%")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (7260, "2 h 1 min"), (90000, "1 d 1 h")],
)
def test_spans_of_time(seconds: int, words: str) -> None:
    assert time_words(seconds) == words
