"""Input files that are digested while the file they stand in is: the same outcome as by themselves."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest

import archiver
from archiver.package import layout, verify_sources
from archiver.package.bag_hash import HashFiles
from archiver.package.fixity import Stretch, hash_file, hash_stretches

from ..support_faults import crawl, errors, seal, values

SOURCES = f"{layout.DATA}/{layout.SOURCES}"


@pytest.mark.parametrize(
    "bounds",
    [
        [],
        [(0, 10)],
        [(5, 5_000_000)],
        [(0, 1 << 20), (1 << 20, 1 << 21), ((1 << 21) + 7, (1 << 21) + 8)],
        [(3, 9), (9, 3_000_000), (3_000_001, 4_999_999)],
    ],
    ids=str,
)
def test_stretches_are_digested_with_the_file(bounds: list[tuple[int, int]], tmp_path: Path) -> None:
    content = random.Random(2).randbytes(5_000_000)
    (tmp_path / "file").write_bytes(content)
    stretches = [Stretch(number, start, end) for number, (start, end) in enumerate(bounds)]
    digests, found = hash_stretches(tmp_path / "file", ("sha256", "sha512"), stretches)
    assert digests == hash_file(tmp_path / "file", ("sha256", "sha512"))[1]
    assert [(one.number, one.size, one.sha256) for one in found] == [
        (number, end - start, hashlib.sha256(content[start:end]).hexdigest())
        for number, (start, end) in enumerate(bounds)
    ]


def test_a_stretch_that_reaches_beyond_the_file_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789")
    _, found = hash_stretches(tmp_path / "file", (), [Stretch(1, 0, 4), Stretch(2, 4, 11)])
    assert [one.number for one in found] == [1]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of two crawls, each of which stands in one piece."""
    root = tmp_path_factory.mktemp("crawled")
    (root / "in").mkdir()
    (root / "in/a.warc.gz").write_bytes(crawl())
    (root / "in/b.warc.gz").write_bytes(crawl()[:4] + b"\1" + crawl()[5:])  # written a second later
    archiver.export([root / "in"], root / "package", date="2026-01-01", max_reject_share=1.0)
    return root / "package"


def planned(package: Path) -> list[HashFiles]:
    files = [(name, ("sha256",)) for name in sorted(layout.relative(p, package) for p in package.rglob("*.warc.gz"))]
    return [HashFiles(tuple(files), 1)]


def test_long_input_files_are_read_along(crawled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = crawled / layout.DATA
    assert not verify_sources.restore_plan(data, planned(crawled)).stretches
    monkeypatch.setattr(verify_sources, "_LONG", 1)
    plan = verify_sources.restore_plan(data, planned(crawled))
    assert [len(found) for found in plan.stretches.values()] == [2]
    assert not plan.tasks
    [task] = plan.along(planned(crawled))
    restored = verify_sources.restored_along(task.run(crawled)).files
    told = [json.loads(line) for line in (data / layout.SOURCES).read_text().splitlines()]
    assert [(one.line, one.size, one.sha256) for one in restored] == [
        (number, line["bytes"], line["sha256"]) for number, line in enumerate(told, start=1)
    ]
    # A file that is not read anyway, or twice at once, is put together by itself.
    assert [len(task.files) for task in verify_sources.restore_plan(data, []).tasks] == [2]


@pytest.mark.parametrize("long", [1, 1 << 40])
def test_what_does_not_come_out_as_it_was_put_in_is_told(
    long: int, crawled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_sources, "_LONG", long)
    package = Path(shutil.copytree(crawled, tmp_path / "package"))
    assert not errors(package)
    values(SOURCES, lambda lines: lines[1].update(sha256="0" * 64))(package)
    seal(package)
    assert ("package.restore-mismatch", SOURCES, 2) in {(one.code, one.file, one.line) for one in errors(package)}
    values(SOURCES, lambda lines: lines[1]["segments"][-1].update(length=1 << 30))(package)
    seal(package)
    assert ("package.segment-range", SOURCES, 2) in {(one.code, one.file, one.line) for one in errors(package)}
