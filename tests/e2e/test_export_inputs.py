"""What can be named as input, and what every file of it becomes: an article, a reject or a companion, never nothing."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import archiver

from ..support_export import DATE, PNG, corpus, export, invoke, page, story, tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return corpus(tmp_path / "in", 6)


def sources(package: Path) -> list[str]:
    with archiver.open_package(package) as opened:
        return [source.path for source in opened.sources()]


def restored(package: Path) -> dict[bytes, bytes]:
    target = package.with_name(package.name + "-back")
    assert invoke("restore", package, "-o", target).code == 0
    return tree(target)


def proven(inputs: Path | list[Path], package: Path, *options: str, code: int = 0) -> dict[str, Any]:
    """Export, verify, and return the report."""
    outcome = export(inputs, package, *options)
    assert outcome.code == code, outcome.err
    assert invoke("verify", package).code == 0
    return outcome.document()


def test_a_file(folder: Path, tmp_path: Path) -> None:
    assert proven(folder / "story-0001.txt", tmp_path / "out")["articles"] == 1
    assert restored(tmp_path / "out") == {b"story-0001.txt": (folder / "story-0001.txt").read_bytes()}


def test_a_folder_with_folders(folder: Path, tmp_path: Path) -> None:
    assert proven(folder, tmp_path / "out")["articles"] == 6
    assert sources(tmp_path / "out") == [
        "0/story-0000.html",
        "3/story-0003.txt",
        "story-0001.txt",
        "story-0002.txt",
        "story-0004.txt",
        "story-0005.html",
    ]
    assert restored(tmp_path / "out") == tree(folder)


def test_a_pattern(folder: Path, tmp_path: Path) -> None:
    assert proven(folder / "*.txt", tmp_path / "a")["articles"] == 3
    assert proven(folder / "**/*.html", tmp_path / "b")["articles"] == 2
    assert proven(folder / "story-000[12].txt", tmp_path / "c")["articles"] == 2


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    for name in ("a[1].txt", "a1.txt", "what?.txt", "*.txt"):
        (tmp_path / name).write_text(story(len(name)), "utf-8")
    assert proven(tmp_path / "a[1].txt", tmp_path / "out")["articles"] == 1
    assert sources(tmp_path / "out") == ["a[1].txt"]


def test_standard_input(tmp_path: Path) -> None:
    arguments = ("export", "-", "-o", tmp_path / "out", "--date", DATE, "--json")
    assert invoke(*arguments, stdin=page(3).encode()).document()["articles"] == 1
    assert restored(tmp_path / "out") == {b"stdin": page(3).encode()}


def test_standard_input_beside_files(folder: Path, tmp_path: Path) -> None:
    (folder / "stdin").write_text(story(8), "utf-8")
    outcome = invoke("export", folder, "-", "-o", tmp_path / "out", "--json", stdin=story(9).encode())
    assert outcome.document()["articles"] == 8
    back = restored(tmp_path / "out")
    assert back.pop(b"stdin-") == story(9).encode()
    assert back == tree(folder)


def test_neither_order_nor_repetition_of_arguments_matters(folder: Path, tmp_path: Path) -> None:
    proven(folder, tmp_path / "a")
    files = [folder / "story-0002.txt", folder, folder / "0", folder / "story-0002.txt", folder / "*.html"]
    proven(files, tmp_path / "b")
    proven(files[::-1], tmp_path / "c")
    assert tree(tmp_path / "a") == tree(tmp_path / "b") == tree(tmp_path / "c")


def test_the_order_of_the_file_system_does_not_matter(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "in"
    for name in sorted(tree(folder), reverse=True):
        path = other / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((folder / os.fsdecode(name)).read_bytes())
    proven(folder, tmp_path / "a")
    proven(other, tmp_path / "b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_every_form_of_article(tmp_path: Path, samples: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(story(1), "utf-8")
    (folder / "b.html").write_text(page(2), "utf-8")
    (folder / "no-suffix").write_text(story(3), "utf-8")
    lines = [{"text": story(4), "title": "Four"}, {"html": page(5), "url": "https://news.example/5"}]
    (folder / "c.jsonl").write_text("\n\n".join(map(json.dumps, lines)), "utf-8")
    warc = samples / "warc-capture/input.warc.gz"
    shutil.copy(warc, folder / "d.warc.gz")
    (folder / "e.warc").write_bytes(gzip.decompress(warc.read_bytes()))
    report = proven(folder, tmp_path / "out")
    assert report["articles"] >= 5 + 2
    assert restored(tmp_path / "out") == tree(folder)


def test_the_same_line_twice_is_two_articles(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(3 * (json.dumps({"text": story(4)}) + "\n"), "utf-8")
    assert proven(tmp_path / "a.jsonl", tmp_path / "out")["articles"] == 3
    with archiver.open_package(tmp_path / "out") as package:
        assert len({entry.id for entry in package.articles()}) == 3
    assert len(list((tmp_path / "out/data/tei").rglob("a-*.xml"))) == 3


def test_companions_are_carried_and_come_back(folder: Path, tmp_path: Path) -> None:
    (folder / "picture.png").write_bytes(PNG)
    (folder / ".hidden").write_bytes(b"\x00hidden")
    (folder / ".config").mkdir()
    (folder / ".config/notes.txt").write_text(story(11), "utf-8")
    (folder / "table.csv").write_bytes(b"a,b\n1,2\n")
    (folder / "old.gz").write_bytes(gzip.compress(b"old"))
    (folder / "empty.bin").write_bytes(b"")
    report = proven(folder, tmp_path / "out")
    assert (report["articles"], report["rejected"], report["carried"]) == (7, 0, 5)
    assert restored(tmp_path / "out") == tree(folder)


def test_links_to_files_are_read_and_links_to_folders_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "link.txt").symlink_to("story-0001.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    report = proven(folder, tmp_path / "a", code=3)
    assert report["articles"] == 7
    assert [(reject["path"], reject["code"]) for reject in report["rejects"]] == [("loop", "article.unreadable")]
    assert "link" in report["rejects"][0]["message"]
    assert proven(folder / "**" / "*.txt", tmp_path / "b")["articles"] == 5


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def bound_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)
        made.bind(path.name)
        os.chdir(here)


def endless_link(path: Path) -> None:
    path.symlink_to(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [dangling, bound_socket, endless_link, device, os.mkfifo])
def test_what_cannot_be_read_is_a_reject_without_bytes(
    folder: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(folder / "odd.txt")
    report = proven(folder, tmp_path / "out", code=3)
    assert report["articles"] == 6
    (reject,) = report["rejects"]
    assert (reject["path"], reject["code"]) == ("odd.txt", "article.unreadable")
    assert "sha256" not in reject
    outcome = invoke("restore", tmp_path / "out", "-o", tmp_path / "back", "--json")
    assert outcome.document()["not_archived"] == ["odd.txt"]
    assert "odd.txt" in invoke("restore", tmp_path / "out", "-o", tmp_path / "again").err
    assert invoke("export", folder / "odd.txt", "-o", tmp_path / "alone").code == 4


NAMES = [
    b"with space.txt",
    b"quote'\".txt",
    b"new\nline\r.txt",
    b"tab\tbell\x07escape\x1b.txt",
    b"back\\slash.txt",
    b"percent%41%zz%.txt",
    b"hash#question?.txt",
    b"-dash.txt",
    "dłuższa nazwa żółć.txt".encode(),
    "مقال.txt".encode(),
    "rtl\u202eoverride.txt".encode(),
    "e\u0301.txt".encode(),
    "é.txt".encode(),
    b"x" * 200 + b".txt",
    "漢".encode() * 80 + b".txt",
    b"latin-\xe9\xff.txt",
    b"latin-%E9%FF.txt",
    b"latin-%25E9%25FF.txt",
    b"half-\xf0\x9f.txt",
    b"folder \xff/story.txt",
    b"folder %FF/story.txt",
    b"\xed\xa0\x80surrogate.txt",
]


def test_files_of_any_name_come_back_under_it(tmp_path: Path) -> None:
    root = os.fsencode(tmp_path / "in")
    for number, name in enumerate(NAMES):
        path = os.path.join(root, name)  # noqa: PTH118
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        Path(os.fsdecode(path)).write_text(story(number), "utf-8")
    report = proven(tmp_path / "in", tmp_path / "out")
    assert report["articles"] == len(NAMES)
    back = restored(tmp_path / "out")
    assert sorted(back) == sorted(NAMES)
    assert back == tree(tmp_path / "in")
    with archiver.open_package(tmp_path / "out") as package:
        for entry in package.articles():
            assert entry.original() in back.values()
            assert archiver.open_package(tmp_path / "out").article(entry.id).metadata == entry.metadata


def test_a_name_on_the_command_line_that_is_no_utf_8(tmp_path: Path) -> None:
    name = os.fsdecode(bytes(tmp_path) + b"/\xff.txt")
    Path(name).write_text(story(), "utf-8")
    outcome = invoke("export", name, "-o", os.fsdecode(bytes(tmp_path) + b"/out-\xff"), "--json")
    assert outcome.document()["articles"] == 1
    assert invoke("inspect", os.fsdecode(bytes(tmp_path) + b"/out-\xff"), "--json").document()
    assert invoke("inspect", os.fsdecode(bytes(tmp_path) + b"/out-\xff")).code == 0


def test_earlier_runs_beside_the_input_are_no_reason_to_change_it(folder: Path, tmp_path: Path) -> None:
    """The target lies in the folder that is archived: its own run folder is no input."""
    (folder / "out.partial").mkdir()
    assert invoke("export", folder, "-o", folder / "out", "--resume", "--json").document()["articles"] == 6
    assert "out.partial" not in {path.split("/")[0] for path in sources(folder / "out")}
