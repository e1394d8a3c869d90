"""Articles that kill, hang or swell the process that makes them: each is a reject, and all others arrive."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import archiver

from ..support_export import DATE, HEEDING, Outcome, corpus, environment, export, page, process, story, tree
from .hostile import http, record

#: A program that is archiver with a parser that has faults, in the program and in its workers alike.
PROGRAM = """
import ctypes, os, re, signal, sys, threading, time
from pathlib import Path

from archiver.pipeline import making
from archiver.readers import jsonl, warc_candidate

make, parse, entity = making.make_article, jsonl._parse, warc_candidate.http_entity


def faulty(source, tools):
    meet(source.data.partition(b"FAULT:")[2].split(), source.path)
    return make(source, tools)


def faulty_parse(line, place):
    meet(line.partition(b"READING:")[2].split(), place)
    return parse(line, place)


def faulty_entity(block, **limits):
    meet(block.partition(b"READING:")[2].split(), "a response")
    return entity(block, **limits)


def meet(fault, name):
    if not fault:
        return
    if fault[0] == b"kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault[0] == b"crash":
        ctypes.string_at(0)
    if fault[0] == b"exit":
        os._exit(0)
    if fault[0] == b"spin":
        re.match("(a+)+$", "a" * 60 + "b")
    if fault[0] == b"sleep":
        time.sleep(10**6)
    if fault[0] == b"swell":
        held = [b"x" * 2**24 + bytes([number % 256]) for number in range(2**16)]
    if fault[0] == b"once":
        mark = Path(os.environ["MARKS"], name)
        if not mark.exists():
            mark.touch()
            os._exit(1)
    if fault[0] == b"raise":
        raise KeyError("a fault")


making.make_article, jsonl._parse, warc_candidate.http_entity = faulty, faulty_parse, faulty_entity

if __name__ == "__main__":
    if os.environ.get("THREADS"):
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    from archiver.cli import main

    main()
"""
#: Name of the file, its fault, the code of its reject.
FAULTS = [
    ("a-killed.txt", "kill", "article.killed-worker"),
    ("b-crashed.txt", "crash", "article.killed-worker"),
    ("c-exited.txt", "exit", "article.killed-worker"),
    ("d-spins.txt", "spin", "article.too-slow"),
    ("e-sleeps.txt", "sleep", "article.too-slow"),
    ("f-swells.txt", "swell", "article.too-much-memory"),
]
LIMITS = ("--article-seconds", "1", "--article-memory", "100")
GOOD = 12


def options(folder: Path, target: Path, *more: str) -> list[str | Path]:
    return ["export", folder, "-o", target, "--date", DATE, "--max-reject-share", "1", *LIMITS, *more]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("program") / "faulty.py"
    path.write_text(PROGRAM, "utf-8")
    return path


def run(program: Path, *words: str | Path, **changed: str) -> Outcome:
    done = subprocess.run(
        [sys.executable, program, *words],
        env=environment(MARKS=str(program.parent), **changed),
        capture_output=True,
        timeout=300,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = corpus(tmp_path_factory.mktemp("faulty") / "in", GOOD)
    for name, fault, _ in FAULTS:
        (folder / name).write_text(f"{story()}\n\nFAULT:{fault}\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def package(folder: Path, program: Path) -> Path:
    target = folder.parent / "package"
    outcome = run(program, *options(folder, target, "--jobs", "1"))
    assert outcome.code == 3, outcome.err
    return target


def test_each_bad_article_is_a_reject_of_its_kind(package: Path) -> None:
    with archiver.open_package(package) as opened:
        found = {reject.path: reject for reject in opened.rejects()}
    assert {path: reject.code for path, reject in found.items()} == {name: code for name, _, code in FAULTS}
    assert all(reject.sha256 and reject.advice for reject in found.values())
    assert "SIGKILL" in found["a-killed.txt"].message
    assert "SIGSEGV" in found["b-crashed.txt"].message
    assert "1 seconds" in found["d-spins.txt"].message
    assert "100 MiB" in found["f-swells.txt"].message


def test_the_innocent_beside_them_arrive(package: Path, folder: Path) -> None:
    with archiver.open_package(package) as opened:
        articles = {metadata.source.path for metadata in opened.descriptions()}
    good = {path.relative_to(folder).as_posix() for path in folder.rglob("story-*")}
    assert len(good) == GOOD
    assert articles == good
    assert [finding for finding in archiver.verify(package) if finding.severity == "error"] == []


@pytest.mark.parametrize(
    ("jobs", "changed"), [("3", {}), ("2", {"THREADS": "1"})], ids=["three copied workers", "two spawned workers"]
)
def test_the_package_is_the_same_whatever_works_on_it(
    package: Path, folder: Path, program: Path, tmp_path: Path, jobs: str, changed: dict[str, str]
) -> None:
    outcome = run(program, *options(folder, tmp_path / "out", "--jobs", jobs), **changed)
    assert outcome.code == 3, outcome.err
    assert tree(tmp_path / "out") == tree(package)


def test_an_article_that_ends_its_worker_once_is_no_reject(program: Path, tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 3)
    (folder / "unlucky.txt").write_text(story(7) + "\nFAULT:once\n", "utf-8")
    outcome = run(program, *options(folder, tmp_path / "out", "--jobs", "1"))
    assert (program.parent / "unlucky.txt").exists()
    assert outcome.code == 0, outcome.err


def test_a_page_that_takes_longer_than_it_may_is_stopped(program: Path, tmp_path: Path) -> None:
    """No fault is put in here: it is too long for the limit. A program of its own, since limits need a worker."""
    folder = corpus(tmp_path / "in", 3)
    lines = "".join(f"<p>The keepers carried lamp {number} up the steps.</p>" for number in range(120_000))
    (folder / "slow.html").write_text(f"<!doctype html><html><body>{lines}</body></html>", "utf-8")
    outcome = run(program, "export", folder, "-o", tmp_path / "out", "--date", DATE, "--json", "--article-seconds", "1")
    assert outcome.code == 3, outcome.err
    assert [(one["path"], one["code"]) for one in outcome.document()["rejects"]] == [("slow.html", "article.too-slow")]
    assert outcome.document()["articles"] == 3


#: Faults that are met while an article is read out of its file.
READING = [
    ("kill", "article.killed-worker"),
    ("spin", "article.too-slow"),
    ("swell", "article.too-much-memory"),
    ("raise", "article.internal-fault"),
]


def test_what_is_met_while_it_is_read_is_a_reject_as_well(program: Path, tmp_path: Path) -> None:
    """In a line of JSON, and in the body of a response; what stands beside it in the same file arrives."""
    folder = corpus(tmp_path / "in", 3)
    lines = [json.dumps({"text": story(number)}) for number in range(20, 24)]
    bodies = [page(number).encode() for number in range(30, 34)]
    for fault, _ in READING:
        lines.insert(2, json.dumps({"text": story(40), "fault": f"READING:{fault} "}))
        bodies.insert(2, page(50).encode() + f"<!-- READING:{fault} -->".encode())
    (folder / "lines.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "pages.warc").write_bytes(b"".join(record(http(body)) for body in bodies))
    for jobs in "12":
        outcome = run(program, *options(folder, tmp_path / f"out-{jobs}", "--jobs", jobs))
        assert outcome.code == 6, outcome.err
    assert tree(tmp_path / "out-1") == tree(tmp_path / "out-2")
    with archiver.open_package(tmp_path / "out-1") as opened:
        found = [(reject.path, reject.code) for reject in opened.rejects()]
        assert len(list(opened.descriptions())) == 3 + 4 + 4
    codes = [code for _, code in reversed(READING)]
    assert found == [(name, code) for name in ("lines.jsonl", "pages.warc") for code in codes]
    assert [one for one in archiver.verify(tmp_path / "out-1") if one.severity == "error"] == []


def test_a_line_that_swells_when_it_is_read_is_a_reject_and_can_be_tried_again(tmp_path: Path) -> None:
    """No fault is put in here: small objects take twenty times the memory that they take in JSON."""
    folder = corpus(tmp_path / "in", 2)
    swollen = json.dumps({"text": story(9)})[:-1] + ', "x": [' + ",".join(['{"a":0}'] * 1_200_000) + "]}"
    (folder / "lines.jsonl").write_text("\n".join([swollen, json.dumps({"text": story(8)})]), "utf-8")
    outcome = process(*options(folder, tmp_path / "out", "--jobs", "1", "--article-seconds", "0"), "--json")
    assert outcome.code == 3, outcome.err
    assert [(one["path"], one["code"]) for one in outcome.document()["rejects"]] == [
        ("lines.jsonl", "article.too-much-memory")
    ]
    assert outcome.document()["articles"] == 3
    again = ["export", "--retry-rejects", tmp_path / "out", "-o", tmp_path / "again", "--date", DATE, "--json"]
    mended = process(*again)
    assert mended.code == 0, mended.words
    assert mended.document()["base"]["counts"] == {"left": 0, "mended": 1, "retried": 1}


def test_a_body_that_could_not_be_decoded_can_be_tried_again(program: Path, tmp_path: Path) -> None:
    """What was kept of it are the coded bytes; those of the article that it becomes are others."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nX-Note: READING:kill \r\n\r\n"
    folder = tmp_path / "in"
    folder.mkdir()
    block = head + gzip.compress(page(3).encode(), mtime=0)
    (folder / "pages.warc").write_bytes(record(http(page(2).encode())) + record(block))
    assert run(program, *options(folder, tmp_path / "out", "--jobs", "1")).code == 3
    again = ["export", "--retry-rejects", tmp_path / "out", "-o", tmp_path / "again", "--date", DATE, "--json"]
    mended = process(*again)
    assert mended.code == 0, mended.words
    assert mended.document()["base"]["counts"] == {"left": 0, "mended": 1, "retried": 1}
    assert mended.document()["articles"] == 1


def test_a_limit_of_zero_is_none(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 3)
    assert export(folder, tmp_path / "out", "--article-seconds", "0", "--article-memory", "0").code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_is_stopped_at_once_and_goes_on(program: Path, tmp_path: Path, number: int, jobs: str) -> None:
    """Its worker is deep within an article that never ends; nobody waits for it."""
    folder = corpus(tmp_path / "in", 5)
    (folder / "zz.txt").write_text(story() + "\nFAULT:spin\n", "utf-8")
    assert export(folder, tmp_path / "whole", "--article-seconds", "0").code == 0
    words = ["export", folder, "-o", tmp_path / "out", "--date", DATE, "--jobs", jobs, "--article-seconds", "0"]
    started = subprocess.Popen(
        [*HEEDING, sys.executable, program, *words],
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    try:
        while not list(tmp_path.glob("out.partial/shards/*.attempt-*/tei/*")):
            assert started.poll() is None
            time.sleep(0.01)
        time.sleep(0.3)
        (worker,) = (int(path.name.rpartition("-")[2]) for path in tmp_path.glob("out.partial/shards/*.attempt-*"))
        started.send_signal(number)
        _, err = started.communicate(timeout=30)
    finally:
        started.kill()
    assert started.returncode == 130
    assert b"--resume" in err
    assert not Path(f"/proc/{worker}").exists()
    assert not (tmp_path / "out").exists()
    assert export(folder, tmp_path / "out", "--resume", "--article-seconds", "0").code == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
