"""Opening what other people own."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from archiver import opening
from archiver.model.intake import Form
from archiver.opening import open_regular
from archiver.readers.forms import form_of_file


def test_a_file_is_read_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"line\n" * 100_000)
    with open_regular(path) as file:
        assert file.read() == path.read_bytes()
    with open_regular(str(path)) as file:
        file.seek(5)
        assert file.readline() == b"line\n"
        assert file.fileno() not in (0, 1, 2)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "other.txt")
    with pytest.raises(OSError, match="no regular file"):
        open_regular(tmp_path / "other.txt")
    assert form_of_file(tmp_path / "other.txt") is Form.UNREADABLE


def test_a_file_that_would_make_its_reader_wait_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as /proc/kmsg: for stat(2) a regular file, for read(2) none."""
    path = tmp_path / "k.txt"
    os.mkfifo(path)
    writer = os.open(path, os.O_RDWR)
    monkeypatch.setattr(opening.stat, "S_ISREG", stat.S_ISFIFO)
    try:
        for read in (lambda file: file.read(100), lambda file: file.read(), lambda file: file.readline()):
            with open_regular(path) as file, pytest.raises(BlockingIOError):
                read(file)
        assert form_of_file(path) is Form.UNREADABLE
    finally:
        os.close(writer)
