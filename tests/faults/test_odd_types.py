"""Values of another kind than a list should hold are findings, whatever else they are the key to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..support_faults import Act, both, copy_of, edit, errors, make_package, records, replace, seal, value, values

ARTICLES, REJECTS = "data/metadata/articles.jsonl", "data/rejected/rejects.jsonl"
CHANGES: dict[str, tuple[str, Callable[[list[dict[str, Any]]], None]]] = {
    "an id that is a list": (ARTICLES, lambda it: it[0].update(id=[])),
    "an id that is a number": (ARTICLES, lambda it: it[0].update(id=5)),
    "a path that is a list": (ARTICLES, lambda it: it[0]["source"].update(path=[])),
    "a related id that is a list": (ARTICLES, lambda it: it[0].update(related=[{"id": [], "similarity": "x"}])),
    "a record of a reject that is a list": (REJECTS, lambda it: it[0].update(warc_record_id=[])),
    "advice that is an object": (REJECTS, lambda it: it[0].update(advice={})),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("good"))


@pytest.mark.parametrize("name", CHANGES)
def test_a_value_of_another_kind_is_told(good: Path, tmp_path: Path, name: str) -> None:
    file, change = CHANGES[name]
    package = copy_of(good, tmp_path)
    values(file, change)(package)
    seal(package)
    assert file in {one.file for one in errors(package)}
    assert errors(package, quick=True)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(values(ARTICLES, lambda it: it[0].update(title=5)), id="a title"),
        pytest.param(values(ARTICLES, lambda it: it[0]["unknown"].append(5.5)), id="the name of an unknown field"),
        pytest.param(replace(ARTICLES, b'"unknown":["', b'"unknown":[1e400,"'), id="a number that no double holds"),
        pytest.param(
            edit(ARTICLES, lambda it: re.sub(rb'("word_count":\d+)', rb"\1.0", it, count=1)),
            id="a whole number with a point",
        ),
    ],
)
def test_a_number_that_no_description_has_at_this_place_is_told(good: Path, tmp_path: Path, change: Act) -> None:
    package = copy_of(good, tmp_path)
    change(package)
    seal(package)
    assert (ARTICLES, 1) in {(one.file, one.line) for one in errors(package)}


@pytest.mark.parametrize("date", [b"yesterday", b"\0B1", b"2026-13-41T25:61:61Z", b"0000-01-01T00:00:00Z", b""])
def test_a_run_that_tells_no_moment_is_told(good: Path, tmp_path: Path, date: bytes) -> None:
    """What is made anew to be compared needs a moment; without one it differs."""
    package = copy_of(good, tmp_path)
    info = records("derived", lambda them: [re.sub(rb"(WARC-Date: )[^\r]*", rb"\g<1>" + date, them[0]), *them[1:]])
    both(info, value("data/datapackage.json", lambda it: it.update(created=date.decode())))(package)
    seal(package)
    assert errors(package)
