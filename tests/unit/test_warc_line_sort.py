"""Sorting index lines by way of the disk: byte order, each once, nothing left behind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from archiver.warc import line_sort
from archiver.warc.line_sort import sorted_lines


def test_lines_are_sorted_as_bytes_and_each_is_there_once(tmp_path: Path) -> None:
    lines = [b"b) 2\n", b"a,b) 1\n", b"a) 1\n", b"a) 1\n", b"\xc3\xa4 1\n", b"Z 1\n"]
    expected = [b"Z 1\n", b"a) 1\n", b"a,b) 1\n", b"b) 2\n", b"\xc3\xa4 1\n"]
    assert list(sorted_lines(lines, tmp_path / "sorting")) == expected


@pytest.mark.parametrize("run_lines", [1, 3, 7, 1000])
def test_the_size_of_runs_makes_no_difference(tmp_path: Path, run_lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_sort, "FAN_IN", 4)
    lines = [f"{random.Random(number).randrange(300)}\n".encode() for number in range(200)]
    folder = tmp_path / "sorting"
    assert list(sorted_lines(iter(lines), folder, run_lines=run_lines)) == sorted(set(lines))
    assert not folder.exists()


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    unfinished = sorted_lines([b"b\n", b"a\n"], tmp_path / "sorting", run_lines=1)
    assert next(unfinished) == b"a\n"
    assert (tmp_path / "sorting").exists()
    assert list(sorted_lines([b"c\n"], tmp_path / "sorting")) == [b"c\n"]
    assert list(sorted_lines([], tmp_path / "sorting")) == []
