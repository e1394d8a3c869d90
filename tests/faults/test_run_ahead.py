"""Large files whose articles are made in portions: the package is the same, whatever happens on the way."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import archiver
from archiver.model.event import Event, Kind
from archiver.pipeline import plan, portions, shard

from ..support_export import DATE, environment, faults_of, invoke, page, story, tree

#: A program that is archiver with smaller portions; FAULT in a text ends the process that makes an article of it.
PROGRAM = """
import os, signal

from archiver.pipeline import making, plan, portions

plan.BYTES_PER_SHARD, portions.LEAST_BYTES, portions.CANDIDATES = 1, 100, 5
make = making.make_article


def faulty(source, tools):
    if b"FAULT" in source.data:
        os.kill(os.getpid(), signal.SIGKILL)
    return make(source, tools)


making.make_article = faulty

if __name__ == "__main__":
    from archiver.cli import main

    main()
"""
LINES, PAGES = 42, 33
PORTIONS = 9 + 7


def crawl() -> bytes:
    members = []
    for number in range(PAGES):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page(number)}".encode()
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{number}>\r\n"
            f"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0))
    return b"".join(members)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ahead") / "in"
    folder.mkdir()
    lines = [json.dumps({"text": story(number), "url": f"https://news.example/{number}"}) for number in range(LINES)]
    lines[7:7] = ["", "{}"]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "c.warc.gz").write_bytes(crawl())
    return folder


@pytest.fixture(autouse=True)
def every_file_is_a_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BYTES_PER_SHARD", 1)
    monkeypatch.setattr(portions, "CANDIDATES", 5)


@pytest.fixture
def _cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "LEAST_BYTES", 100)


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[bytes, bytes]:
    """The package of a run without portions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "BYTES_PER_SHARD", 1)
        report = archiver.export(folder, folder.parent / "whole", date=DATE, max_reject_share=1)
    assert (report.articles, report.rejected) == (LINES + PAGES, 1)
    return tree(folder.parent / "whole")


@pytest.fixture
def made_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many articles were tried by shards themselves since that was last asked."""
    tried, make = tmp_path / "tried", shard.make

    def counting(*arguments: Any) -> Any:
        with tried.open("ab") as file:
            file.write(b"x")
        return make(*arguments)

    def since() -> int:
        count = tried.stat().st_size if tried.exists() else 0
        tried.unlink(missing_ok=True)
        return count

    monkeypatch.setattr(shard, "make", counting)
    return since


@pytest.mark.usefixtures("_cut")
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_shard_follows_its_portions_and_the_package_is_the_same(
    folder: Path, whole: dict[bytes, bytes], tmp_path: Path, jobs: int, made_late: Callable[[], int]
) -> None:
    events: list[Event] = []
    left: list[int] = []

    def watch(event: Event) -> None:
        events.append(event)
        if event.kind is Kind.SHARD_DONE:
            left.append(len(list(tmp_path.glob("out.partial/ahead/*"))))

    archiver.export(folder, tmp_path / "out", date=DATE, max_reject_share=1, jobs=jobs, watch=watch)
    assert tree(tmp_path / "out") == whole
    done = [event.said for event in events if event.kind is Kind.PORTION_DONE]
    assert (len(done), sum(said["articles"] for said in done)) == (PORTIONS, LINES + PAGES)
    amounts = [event.said["done_bytes"] for event in events if "done_bytes" in event.said]
    assert amounts == sorted(amounts)
    assert 0 == amounts[0] < amounts[1] < amounts[-1] == done[0]["bytes"]
    assert sum(said["size"] for said in done) == amounts[-1]
    assert all(event.said["done_bytes"] < amounts[-1] for event in events if event.kind is Kind.PORTION_DONE)
    for number in (0, 1):
        mine = [event for event in events if event.said.get("shard") == number]
        begun = next(one for one in mine if one.kind is Kind.SHARD_BEGUN and "portion" not in one.said)
        assert [one.kind for one in mine[mine.index(begun) :]].count(Kind.SHARD_BEGUN) == 1
    assert left[-1] == 0
    if jobs == 1:
        # The line without an article. Several workers can be new processes, which are not counted.
        assert made_late() == 1


@pytest.mark.parametrize("name", ["c.warc", "c.wacz"])
def test_plain_files_and_those_in_a_wacz_have_portions_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, made_late: Callable[[], int]
) -> None:
    source = tmp_path / name
    if name == "c.wacz":
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("datapackage.json", "{}")
            archive.writestr("archive/a.warc.gz", crawl())
    else:
        source.write_bytes(gzip.decompress(crawl()))
    archiver.export(source, tmp_path / "whole", date=DATE)
    assert made_late() == PAGES
    monkeypatch.setattr(portions, "LEAST_BYTES", 100)
    events: list[Event] = []
    archiver.export(source, tmp_path / "out", date=DATE, watch=events.append)
    assert (sum(event.kind is Kind.PORTION_DONE for event in events), made_late()) == (7, 0)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def portions_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("out.partial/ahead/*/*") if not path.suffix)


def stopped(folder: Path, target: Path, after: int) -> None:
    """Begin a run and stop it when so many portions are done."""
    count = 0

    def watch(event: Event) -> None:
        nonlocal count
        count += event.kind is Kind.PORTION_DONE
        if count == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archiver.export(folder, target, date=DATE, max_reject_share=1, jobs=2, watch=watch)


def resumed(folder: Path, target: Path, *, jobs: int = 2) -> int:
    """Go on; return how many portions were left to be done."""
    events: list[Event] = []
    archiver.export(folder, target, date=DATE, max_reject_share=1, jobs=jobs, resume=True, watch=events.append)
    assert not target.with_name("out.partial").exists()
    amounts = [event.said["done_bytes"] for event in events if "done_bytes" in event.said]
    assert amounts == sorted(amounts)
    assert amounts[0] > 0
    return sum(event.kind is Kind.PORTION_DONE for event in events)


@pytest.mark.usefixtures("_cut")
def test_a_run_goes_on_with_the_portions_that_are_left(folder: Path, whole: dict[bytes, bytes], tmp_path: Path) -> None:
    stopped(folder, tmp_path / "out", 4)
    left = len(portions_in(tmp_path))
    assert left >= 4
    status = archiver.api.run_status(tmp_path / "out.partial")
    assert (status.done_shards, status.portions) == (0, left)
    assert status.bytes * (left - 1) * 7 // (PORTIONS * 8 + 8) < status.done_bytes < status.bytes
    assert status.files_per_second is None
    assert status.seconds_left is not None
    assert f"portions  {left} of open files" in invoke("inspect", tmp_path / "out.partial").words
    assert faults_of(json.loads(invoke("inspect", tmp_path / "out.partial", "--json").out)) == []
    assert resumed(folder, tmp_path / "out") == PORTIONS - left
    assert tree(tmp_path / "out") == whole


@pytest.mark.usefixtures("_cut")
@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "a folder", "another's"])
def test_portions_that_were_damaged_are_passed_over(
    folder: Path, whole: dict[bytes, bytes], tmp_path: Path, damage: str, made_late: Callable[[], int]
) -> None:
    stopped(folder, tmp_path / "out", 5)
    made_late()
    before = b""
    for place in portions_in(tmp_path):
        content = place.read_bytes()
        middle = len(content) // 2
        if damage == "flipped":
            place.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        elif damage == "cut":
            place.write_bytes(content[:middle])
        elif damage == "another's":
            place.write_bytes(before)
        else:
            place.unlink()
            place.mkdir() if damage == "a folder" else place.touch()
        before = content
    resumed(folder, tmp_path / "out", jobs=1)
    assert tree(tmp_path / "out") == whole
    assert 1 < made_late() < LINES + PAGES


@pytest.mark.usefixtures("_cut")
def test_rejects_that_are_tried_again_need_no_portions(
    folder: Path, tmp_path: Path, made_late: Callable[[], int]
) -> None:
    archiver.export(folder, tmp_path / "first", date=DATE, max_reject_share=1)
    made_late()
    events: list[Event] = []
    archiver.export(
        [], tmp_path / "again", date=DATE, max_reject_share=1, retry_rejects=tmp_path / "first", watch=events.append
    )
    assert not [event for event in events if event.kind is Kind.PORTION_DONE]
    assert made_late() == 1


@pytest.mark.usefixtures("_cut")
def test_what_was_made_for_shards_that_are_no_more_is_taken_away(folder: Path, tmp_path: Path) -> None:
    stopped(folder, tmp_path / "out", 2)
    left = tmp_path / "out.partial/ahead/0123456789abcdef"
    left.mkdir(parents=True)
    seen: list[bool] = []
    archiver.export(
        folder,
        tmp_path / "out",
        date=DATE,
        max_reject_share=1,
        resume=True,
        watch=lambda _: seen.append(left.exists()),
    )
    assert True not in seen


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("program") / "portions.py"
    path.write_text(PROGRAM, "utf-8")
    return path


def command(program: Path, folder: Path, target: Path, *more: str) -> list[str | Path]:
    options = ("-o", target, "--date", DATE, "--max-reject-share", "1", "--jobs", "2", *more)
    return [sys.executable, program, "export", folder, *options]


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2, 0.4])
def test_a_run_that_is_killed_among_its_portions_goes_on(
    program: Path, folder: Path, whole: dict[bytes, bytes], tmp_path: Path, seconds: float
) -> None:
    target = tmp_path / "out"
    with subprocess.Popen(command(program, folder, target), env=environment(), stderr=subprocess.DEVNULL) as started:
        while started.poll() is None and not portions_in(tmp_path):
            time.sleep(0.005)
        time.sleep(seconds)
        started.kill()
    if not target.exists():
        done = subprocess.run(command(program, folder, target, "--resume"), env=environment(), capture_output=True)
        assert done.returncode == 3, done.stderr
    assert tree(target) == whole


def test_a_line_that_kills_its_worker_is_a_reject_and_all_others_arrive(program: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    texts = [story(number) + ("\n\nFAULT\n" if number in (3, 12) else "") for number in range(17)]
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    (tmp_path / "in/a.jsonl").write_text(lines, "utf-8")
    done = subprocess.run(
        command(program, tmp_path / "in", tmp_path / "out"), env=environment(), capture_output=True, timeout=300
    )
    assert done.returncode == 3, done.stderr
    with archiver.open_package(tmp_path / "out") as opened:
        assert len(list(opened.articles())) == 15
        assert [(reject.code, reject.ordinal) for reject in opened.rejects()] == [
            ("article.killed-worker", 3),
            ("article.killed-worker", 12),
        ]
