"""Digests of many files in one table, in memory or in a file."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from archiver.errors import PackageError
from archiver.package.digests import Below, Digests
from archiver.package.fixity import FileDigest, digest_bytes

NAMES = ("a", "a.b", "ä", "\uffee", "\U0001f300")
MANY = 30_000


@pytest.fixture(params=["memory", "file"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    return tmp_path / "digests" if request.param == "file" else None


def test_what_was_added_comes_back(place: Path | None) -> None:
    digests = Digests(((name, digest_bytes(name.encode())) for name in NAMES), file=place)
    digests.add("Z", digest_bytes(b"late"))
    assert list(digests) == [*NAMES, "Z"]
    assert len(digests) == len(NAMES) + 1
    assert dict(digests) == {**{name: digest_bytes(name.encode()) for name in NAMES}, "Z": digest_bytes(b"late")}
    for missing in ("", "b", "\U0001f301"):
        assert missing not in digests


def test_very_many_come_back_and_more_can_be_added_meanwhile(place: Path | None) -> None:
    digests = Digests(file=place)
    for number in range(1000):
        digests.add(f"tei/{number:09d}.xml", digest_bytes(b"%d" % number))
        if number % 333 == 0:
            assert digests[f"tei/{number:09d}.xml"] == digest_bytes(b"%d" % number)
    assert list(digests) == [f"tei/{number:09d}.xml" for number in range(1000)]
    for number in (0, 1, 63, 64, 65, 127, 128, 500, 999):
        assert digests[f"tei/{number:09d}.xml"] == digest_bytes(b"%d" % number)
        assert f"tei/{number:09d}" not in digests
        assert f"tei/{number:09d}.xml2" not in digests


def test_what_an_earlier_run_left_is_forgotten(tmp_path: Path) -> None:
    before = Digests([("a", digest_bytes(b"x"))], file=tmp_path / "digests")
    assert "a" in before
    assert list(Digests([("b", digest_bytes(b"y"))], file=tmp_path / "digests")) == ["b"]


def test_in_a_file_they_take_no_memory(tmp_path: Path) -> None:
    digest = FileDigest(1, "0" * 64, "1" * 128)
    tracemalloc.start()
    try:
        digests = Digests(((f"tei/{number:09d}.xml", digest) for number in range(MANY)), file=tmp_path / "digests")
        assert sum(1 for _ in digests) == MANY
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Two digests are 96 bytes; what is left is a path for every block, and what is not written yet.
    assert peak < 40 * MANY


def test_a_file_that_cannot_be_written_or_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="write the file"):
        Digests(file=tmp_path / "missing" / "digests")
    digests = Digests([("a", digest_bytes(b"x"))], file=tmp_path / "digests")
    assert len(digests) == 1
    (tmp_path / "digests").unlink()
    (tmp_path / "digests").mkdir()
    with pytest.raises(PackageError) as caught:
        digests.get("a")
    assert caught.value.place == str(tmp_path / "digests")


def test_below_a_folder() -> None:
    digests = Below("data", Digests([("a", digest_bytes(b"x"))]))
    assert dict(digests) == {"data/a": digest_bytes(b"x")}
    with pytest.raises(KeyError):
        digests["a"]
