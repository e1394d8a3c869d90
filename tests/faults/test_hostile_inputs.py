"""Whatever a stranger puts into a folder: each input has the outcome that is promised, and the good ones arrive.

    GOOD_ARTICLES=1000 pytest tests/faults/test_hostile_inputs.py

has a thousand good articles in the same batch instead of a few.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from lxml import etree

import archiver
from archiver.model.event import Event, Kind
from archiver.model.source import Source
from archiver.pipeline import making, shard
from archiver.readers import files as readers_files
from archiver.readers import jsonl

from ..support_export import Outcome, corpus, export, invoke, story, tree
from .hostile import ALL, HIDDEN, NAMES, Hostile

GOOD = int(os.environ.get("GOOD_ARTICLES", "60"))
#: Controls that no header, list or terminal may get to see.
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: What is no regular file: each is named in a reject, none is waited for.
SPECIAL = (
    "pipe.txt", "socket.txt", "zero.txt", "nowhere.txt", "itself.txt", "loop", "up", "to-folder.txt", "many/links.txt",
)  # fmt: skip


def make_special(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as made:
        before = Path.cwd()
        os.chdir(folder)
        made.bind("socket.txt")
        os.chdir(before)
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "nowhere.txt").symlink_to("nowhere at all")
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "loop").symlink_to(".")
    (folder / "up").symlink_to("..")
    (folder / "to-folder.txt").symlink_to("/")
    (folder / "many").mkdir()
    for number in range(60):
        (folder / f"many/link-{number}").symlink_to(f"link-{number + 1}")
    (folder / "many/links.txt").symlink_to("link-0")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    folder = corpus(root / "in", GOOD)
    for one in ALL:
        (folder / one.name).parent.mkdir(exist_ok=True)
        (folder / one.name).write_bytes(one.data)
    (folder / "names").mkdir()
    for number, name in enumerate([*NAMES, *HIDDEN]):
        place = os.path.join(os.fsencode(folder), b"names", name)  # noqa: PTH118
        with open(place, "wb") as file:  # noqa: PTH123
            file.write(story(number).encode())
    make_special(folder)
    return folder


@pytest.fixture(scope="module")
def outcome(folder: Path) -> Outcome:
    return export(folder, folder.parent / "package", "--max-reject-share", "1", "--jobs", "2")


@pytest.fixture(scope="module")
def package(folder: Path, outcome: Outcome) -> Path:
    assert outcome.code == 3, outcome.err
    return folder.parent / "package"


@pytest.fixture(scope="module")
def found(package: Path) -> dict[str, tuple[int, int, set[str]]]:
    """For each input its articles, what was carried of it, and the codes of its rejects."""
    with archiver.open_package(package) as opened:
        codes: dict[str, set[str]] = {}
        for reject in opened.rejects():
            codes.setdefault(reject.path, set()).add(reject.code)
        return {one.path: (one.articles, one.carried, codes.get(one.path, set())) for one in opened.sources()}


def test_there_are_enough_of_them_and_none_twice() -> None:
    names = [one.name for one in ALL]
    assert len(names) == len(set(names))
    assert len(ALL) + len(NAMES) + len(HIDDEN) + len(SPECIAL) >= 240


@pytest.mark.parametrize("hostile", ALL, ids=lambda one: one.name)
def test_each_has_the_outcome_that_is_promised(hostile: Hostile, found: dict[str, tuple[int, int, set[str]]]) -> None:
    promised = (hostile.articles, hostile.carried, {hostile.code} if hostile.code else set())
    assert found[hostile.name] == promised


def test_each_name_is_no_more_than_a_name(found: dict[str, tuple[int, int, set[str]]]) -> None:
    named = [outcome for path, outcome in found.items() if path.startswith("names/")]
    assert named.count((1, 0, set())) == len(NAMES)
    assert named.count((0, 1, set())) == len(HIDDEN)
    assert len(named) == len(NAMES) + len(HIDDEN)


@pytest.mark.parametrize("name", SPECIAL)
def test_what_is_no_file_is_a_reject(name: str, found: dict[str, tuple[int, int, set[str]]]) -> None:
    assert found[name] == (0, 0, {"article.unreadable"})


def test_every_good_article_arrives(folder: Path, found: dict[str, tuple[int, int, set[str]]]) -> None:
    good = [path.relative_to(folder).as_posix() for path in folder.rglob("story-*") if "loop" not in path.parts]
    assert len(good) == GOOD
    assert [found[name] for name in good] == [(1, 0, set())] * GOOD


@pytest.fixture(scope="module")
def verified(package: Path) -> Outcome:
    return invoke("verify", package)


def test_the_package_verifies(verified: Outcome) -> None:
    assert verified.code == 0, verified.words


def regular(folder: Path) -> set[bytes]:
    root = os.fsencode(folder)
    found = [os.path.join(place, name) for place, _, names in os.walk(root) for name in names]  # noqa: PTH118
    return {os.path.relpath(path, root) for path in found if stat.S_ISREG(os.lstat(path).st_mode)}


def test_every_byte_comes_back_and_none_lands_elsewhere(folder: Path, package: Path) -> None:
    target = package.with_name("back")
    assert invoke("restore", package, "-o", target).code == 0
    back = tree(target)
    assert set(back) == regular(folder)
    for path, data in back.items():
        with open(os.path.join(os.fsencode(folder), path), "rb") as file:  # noqa: PTH118, PTH123
            assert data == file.read(), path
    assert {path.name for path in folder.parent.iterdir()} == {"in", "package", "back"}


def test_no_file_of_the_package_has_a_name_that_a_stranger_chose(package: Path) -> None:
    names = [os.fsdecode(name) for name in tree(package)]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._/-]+", name) or ".." in name] == []
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)


def tags(package: Path) -> list[str]:
    """Return the labels of bag-info.txt (RFC 8493 section 2.2.2)."""
    return [line.partition(":")[0] for line in (package / "bag-info.txt").read_text().splitlines()]


def test_no_control_stands_in_a_tag_file(package: Path) -> None:
    for path in package.glob("*.txt"):
        assert not CONTROL.search(path.read_bytes()), path
    assert tags(package).count("Payload-Oxum") == 1


def test_every_header_of_ours_is_what_we_wrote(package: Path) -> None:
    for path in (package / "data/derived").iterdir():
        for record in re.split(rb"(?<=\r\n\r\n)(?=WARC/1\.1\r\n)", gzip.decompress(path.read_bytes())):
            head = record.partition(b"\r\n\r\n")[0]
            assert not CONTROL.search(head)
            assert head.count(b"WARC-Type:") == 1
            assert head.count(b"Content-Length:") == 1


def test_no_tei_has_an_entity_or_a_word_from_outside(package: Path) -> None:
    secret = Path("/etc/passwd").read_text().partition(":")[0] + ":x:"
    for path in (package / "data/tei").rglob("a-*.xml"):
        data = path.read_bytes()
        assert b"<!" not in data
        assert secret.encode() not in data
        assert etree.fromstring(data).tag.endswith("}TEI")


def test_every_line_of_the_lists_is_one_object(package: Path) -> None:
    for path in (package / "data").rglob("*.jsonl"):
        for line in path.read_bytes().splitlines():
            assert isinstance(json.loads(line), dict)


def plain(words: str) -> bool:
    return all(char.isprintable() or char in "\n\t" for char in words)


def test_no_command_reaches_the_terminal(folder: Path, package: Path, verified: Outcome, tmp_path: Path) -> None:
    hostile = [*folder.glob("names/*"), folder / "json/title-with-escape.jsonl", folder / "pages/escape-sequences.html"]
    for words in (
        invoke("inspect", package, "--articles"),
        invoke("export", *hostile, "-o", tmp_path / "out"),
        *(invoke("explain", path) for path in hostile[-3:]),
        verified,
        invoke("validate", folder / "json/title-with-escape.jsonl"),
    ):
        assert plain(words.words), ascii(words.words)
        assert plain(words.err), ascii(words.err)


@pytest.fixture
def good_folder(tmp_path: Path) -> Path:
    return corpus(tmp_path / "in", 8)


def paths_and_codes(outcome: Outcome) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in outcome.document()["rejects"]]


def test_a_file_that_vanishes_is_a_reject(good_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes while the first article is made; the run has seen it by then."""
    make = making.make_article
    (good_folder / "zz.txt").write_text(story(99), "utf-8")

    def make_and_take_away(source: Source, tools: object) -> object:
        (good_folder / "zz.txt").unlink(missing_ok=True)
        return make(source, tools)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "make_article", make_and_take_away)
    outcome = export(good_folder, good_folder.parent / "out")
    assert outcome.code == 3
    assert paths_and_codes(outcome) == [("zz.txt", "article.unreadable")]
    assert outcome.document()["articles"] == 8


@pytest.mark.parametrize("change", [lambda data: data + b"more", lambda data: data[:-9], lambda _: b""])
def test_a_file_that_grows_or_shrinks_is_stored_as_it_was_read(
    good_folder: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    """Between listing and reading; what is stored is what the article was made of."""
    read = shard.read_file
    changed = good_folder / "zz.txt"
    changed.write_text(story(99), "utf-8")

    def change_and_read(file: object) -> Iterator[object]:
        if file.name == "zz.txt":  # type: ignore[attr-defined]
            changed.write_bytes(change(story(99).encode()))  # type: ignore[operator]
        return read(file)  # type: ignore[arg-type]

    monkeypatch.setattr(shard, "read_file", change_and_read)
    target = good_folder.parent / "out"
    assert export(good_folder, target).code in (0, 3)
    assert [finding for finding in archiver.verify(target) if finding.severity == "error"] == []
    assert invoke("restore", target, "-o", good_folder.parent / "back").code == 0
    assert tree(good_folder.parent / "back") == tree(good_folder)


def test_a_disk_that_fails_under_an_input_is_a_reject(good_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = readers_files.open_regular
    (good_folder / "zz.txt").write_text(story(99), "utf-8")

    def failing(path: str) -> BinaryIO:
        if path.endswith("zz.txt"):
            raise OSError(5, "Input/output error", path)
        return opened(path)

    monkeypatch.setattr(readers_files, "open_regular", failing)
    outcome = export(good_folder, good_folder.parent / "out")
    assert paths_and_codes(outcome) == [("zz.txt", "article.unreadable")]


@pytest.fixture
def soon() -> Iterator[None]:
    """Fail, rather than wait for ever, where somebody waits for a file."""

    def overdue(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, overdue)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("soon")
def test_a_pipe_in_the_place_of_a_listed_file_is_a_reject_and_nobody_waits_for_it(good_folder: Path) -> None:
    names = ["zz.jsonl", "zz.mp3", "zz.txt", "zz.warc", "zz.wacz"]
    for name in names:
        (good_folder / name).write_bytes(b"WARC/1.1\r\n" if name == "zz.warc" else b"{}")

    def swap(event: Event) -> None:
        if event.kind is Kind.RUN_BEGUN:
            for name in names:
                (good_folder / name).unlink()
                os.mkfifo(good_folder / name)

    report = archiver.export(
        [good_folder], good_folder.parent / "out", date="2026-01-01", jobs=1, watch=swap, max_reject_share=1
    )
    assert [(one.path, one.code) for one in report.rejects] == [(name, "article.unreadable") for name in sorted(names)]
    assert report.articles == 8


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*x"])
def test_a_pattern_in_a_rule_of_the_user_cannot_hang(good_folder: Path, pattern: str) -> None:
    """It is refused, or read as a phrase; it is never handed to a matcher that tries all ways."""
    rules = good_folder.parent / "rules.toml"
    rules.write_text(
        f'version = "1"\n[[rule]]\nid = "x.trap.01"\ncategory = "share"\nmatch = [{json.dumps(pattern)}]\n', "utf-8"
    )
    (good_folder / "long.txt").write_text(story(4) + "\n" + "a" * 100_000 + "!\n", "utf-8")
    assert export(good_folder, good_folder.parent / "out", "--rules", rules, "--article-seconds", "20").code in (0, 2)


def test_a_metadata_file_cannot_forge_anything(good_folder: Path) -> None:
    sidecar = good_folder.parent / "sidecar.jsonl"
    evil = "A lamp\r\nWARC-Type: warcinfo\r\n\x1b[2J\u202e\0<script>]]>"
    rows = [{"path": "story-0001.txt", "title": evil, "publisher": evil, "section": evil, "rights": evil}]
    sidecar.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    target = good_folder.parent / "out"
    outcome = export(good_folder, target, "--metadata", sidecar)
    assert outcome.code in (0, 2, 3), outcome.err
    if outcome.code != 2:
        assert [finding for finding in archiver.verify(target) if finding.severity == "error"] == []
    words = invoke("inspect", target, "--articles")
    assert plain(words.words)


@pytest.mark.parametrize("words", ["a\nb: c", "a\r\nPayload-Oxum: 0.0", "\x1b[2J", "a\0b", "\u202egnol"])
def test_the_name_of_the_archive_cannot_forge_a_tag(good_folder: Path, words: str) -> None:
    target = good_folder.parent / "out"
    outcome = export(good_folder, target, "--organization", words)
    if outcome.code == 2:
        return
    assert [finding for finding in archiver.verify(target) if finding.severity == "error"] == []
    assert tags(target).count("Payload-Oxum") == 1


def test_a_file_of_lines_that_breaks_off_is_wholly_out_and_the_others_are_in(
    good_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"text": story(number)}) + "\n" for number in range(4)]
    (good_folder / "zz.jsonl").write_text("".join(lines), "utf-8")
    chunks = jsonl._chunks

    def failing(stream: BinaryIO, begin: Any) -> Iterator[object]:
        yield from itertools.islice(chunks(stream, begin), 2)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(jsonl, "_chunks", failing)
    target = good_folder.parent / "out"
    outcome = export(good_folder, target)
    assert paths_and_codes(outcome) == [("zz.jsonl", "article.unreadable")]
    assert outcome.document()["articles"] == 8
    assert [finding for finding in archiver.verify(target) if finding.severity == "error"] == []
    restored = invoke("restore", target, "-o", good_folder.parent / "back", "--json").document()
    assert restored["not_archived"] == ["zz.jsonl"]
    assert not (good_folder.parent / "back/zz.jsonl").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="proc(5) tells what a process has used")
def test_memory_does_not_grow_with_a_file(good_folder: Path) -> None:
    """Sparse: a text, something else, and lines of nothing. Held as a whole, each would take several times its size."""
    for name in ("huge.txt", "huge.mp4", "huge.jsonl"):
        with (good_folder / name).open("wb") as file:
            file.truncate(1 << 27)
    code = (
        "import resource, sys, archiver; archiver.export([sys.argv[1]], sys.argv[2], date='2026-01-01');"
        # Not getrusage(2) for the process itself: it remembers what was there before execve(2).
        " own = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'));"
        " print(max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
    )
    target = good_folder.parent / "out"
    command = [sys.executable, "-c", code, str(good_folder), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < (1 << 28) // 1024
    rejects = (target / "data/rejected/rejects.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["path"] for line in rejects] == ["huge.jsonl", "huge.txt"]


def test_a_file_over_the_limit_is_stored_and_rejected(good_folder: Path) -> None:
    """Sparse, so that it costs no space; longer than any article."""
    with (good_folder / "huge.txt").open("wb") as file:
        file.truncate(readers_files.MAX_ARTICLE_BYTES + 1)
    outcome = export(good_folder, good_folder.parent / "out")
    assert paths_and_codes(outcome) == [("huge.txt", "article.too-large")]
    assert outcome.document()["articles"] == 8
