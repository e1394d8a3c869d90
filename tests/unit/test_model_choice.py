"""Words that a caller of the library chooses among: a wrong one is an error of archiver, in all calls alike."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import archiver
from archiver import api
from archiver.errors import UnknownChoiceError, UsageError

CALLS: dict[str, Callable[[Path], object]] = {
    "extract": lambda _: archiver.extract("Words.", profile="careful"),
    "learn_rules by": lambda folder: archiver.learn_rules(folder, by="colour"),
    "learn_rules profile": lambda folder: archiver.learn_rules(folder, profile="careful"),
    "try_rules": lambda folder: archiver.try_rules(folder / "r.toml", profile="careful"),
    "convert": lambda folder: archiver.convert(folder, folder / "out", to="rar"),
    "crosswalk": lambda folder: list(api.crosswalk(folder, "marc")),
}


@pytest.mark.parametrize("call", list(CALLS))
def test_another_word_is_a_usage_error_that_names_the_words(call: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        CALLS[call](tmp_path)
    error = caught.value
    assert isinstance(error, UnknownChoiceError)
    assert isinstance(error, ValueError)
    assert error.place in ("profile", "by", "to")
    assert error.advice.startswith("write one of ")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.place) == (type(error), str(error), error.place)
    assert list(tmp_path.iterdir()) == []


def test_bytes_of_any_kind_are_taken() -> None:
    text = b"The council voted on Tuesday to keep the old lighthouse open for another ten years."
    assert archiver.extract(memoryview(text)).text == archiver.extract(bytearray(text)).text == text.decode()
