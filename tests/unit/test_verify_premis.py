"""The check of PREMIS files wherever it is done: what it finds is told in order, an error when its turn comes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.package import layout, verify_premis
from archiver.package.verify_premis import CheckedPremis, premis_task, tell_premis


def finding(message: str) -> Finding:
    return Finding("package.premis-missing", message, file=layout.PREMIS)


def test_what_is_told_of_articles_stands_between_files_and_sources() -> None:
    checked = CheckedPremis((finding("files"),), frozenset({"a-1"}), (finding("sources"),))
    told = [one.message for one in tell_premis(checked, ["a-1", "a-2"])]
    assert told == ["files", "no object tells of article a-2", "sources"]


@pytest.mark.parametrize(
    "error",
    [PackageError("it cannot be read", place="metadata/premis.xml"), OSError(5, "Input/output error")],
    ids=["package", "system"],
)
def test_an_error_comes_after_what_was_found(
    error: PackageError | OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> Iterator[Finding]:
        yield finding("before")
        raise error

    (tmp_path / layout.PREMIS).parent.mkdir()
    (tmp_path / layout.PREMIS).write_text("<premis/>")
    monkeypatch.setattr(verify_premis, "_check_files", failing)
    checked: CheckedPremis = pickle.loads(pickle.dumps(premis_task(tmp_path).run(tmp_path)))
    steps = tell_premis(checked, ["a-1"])
    assert next(steps).message == "before"
    with pytest.raises(type(error)):
        next(steps)


def test_a_package_without_premis_has_nothing_to_tell(tmp_path: Path) -> None:
    task = premis_task(tmp_path)
    assert task.size == 0
    assert not [*tell_premis(task.run(tmp_path), ["a-1"])]


def test_what_was_lost_with_its_process_is_told(tmp_path: Path) -> None:
    assert [one.code for one in tell_premis(premis_task(tmp_path).lost(), [])] == ["verify.process-lost"]
