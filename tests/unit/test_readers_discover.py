"""From what is named to a sorted list of files with unique names."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

import pytest

from archiver.errors import InputNotFoundError
from archiver.model.intake import Form, InputFile
from archiver.readers.discover import discover, portable_name


def write(folder: Path, *names: str | bytes) -> None:
    for name in names:
        path = folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"Some words of " + os.fsencode(name))


def names(files: tuple[InputFile, ...]) -> list[str]:
    return [file.name for file in files]


def test_names_are_relative_to_the_folder_that_was_named(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/sub/b.txt", "in/sub/deep/c.html")
    assert names(discover([str(tmp_path / "in")])) == ["a.txt", "sub/b.txt", "sub/deep/c.html"]


def test_names_do_not_depend_on_where_the_folder_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "here/in/a.txt", "here/in/b/c.txt", "there/far/away/a.txt", "there/far/away/b/c.txt")
    here, there = discover([str(tmp_path / "here/in")]), discover([str(tmp_path / "there/far/away")])
    assert names(here) == names(there) == ["a.txt", "b/c.txt"]
    monkeypatch.chdir(tmp_path / "here")
    assert names(discover(["in"])) == names(discover(["./in/"])) == names(discover(["../here/in"])) == names(here)


def test_several_inputs_are_named_from_what_they_have_in_common(tmp_path: Path) -> None:
    write(tmp_path, "in/one/a.txt", "in/two/a.txt", "in/c.txt")
    named = [str(tmp_path / "in" / name) for name in ("one", "two", "c.txt")]
    assert names(discover(named)) == ["c.txt", "one/a.txt", "two/a.txt"]


def test_a_single_file_has_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "deep/in/a.txt")
    (found,) = discover([str(tmp_path / "deep/in/a.txt")])
    assert (found.name, found.name_encoding, found.size, found.form) == ("a.txt", "utf-8", 27, Form.TEXT)
    assert Path(found.path).read_bytes() == b"Some words of deep/in/a.txt"


def test_the_order_is_bytewise_and_not_that_of_the_arguments(tmp_path: Path) -> None:
    wanted = ["B.txt", "Z/a.txt", "a/1.txt", "a/10.txt", "a/2.txt", "b.txt", "é.txt", "ｚ.txt", "😀.txt"]
    write(tmp_path, *wanted)
    named = [str(tmp_path / name) for name in wanted]
    for seed in range(5):
        random.Random(seed).shuffle(named)
        assert names(discover(named)) == wanted
    assert names(discover([str(tmp_path)])) == wanted


def test_a_file_that_is_named_twice_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/b.txt")
    folder = tmp_path / "in"
    named = [str(folder), str(folder / "a.txt"), str(folder / "*.txt"), f"{folder}/../in/b.txt"]
    assert names(discover(named)) == ["a.txt", "b.txt"]


def test_patterns_match_files_and_folders(tmp_path: Path) -> None:
    write(tmp_path, "in/a1.txt", "in/a2.html", "in/b.txt", "in/sub/a3.txt")
    assert names(discover([str(tmp_path / "in/a*")])) == ["a1.txt", "a2.html"]
    assert names(discover([str(tmp_path / "in/**/*.txt")])) == ["a1.txt", "b.txt", "sub/a3.txt"]
    assert names(discover([str(tmp_path / "in/s*")])) == ["a3.txt"]


def test_a_name_with_the_signs_of_a_pattern_is_taken_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, "what [1]?.txt", "what 1x.txt")
    assert names(discover([str(tmp_path / "what [1]?.txt")])) == ["what [1]?.txt"]


@pytest.mark.parametrize("argument", ["nowhere.txt", "no*where", "in/nothing-[0-9]"])
def test_what_is_not_there_is_wrong_use(tmp_path: Path, argument: str) -> None:
    write(tmp_path, "in/a.txt")
    with pytest.raises(InputNotFoundError) as caught:
        discover([str(tmp_path / "in"), str(tmp_path / argument)])
    assert caught.value.place == str(tmp_path / argument)
    assert caught.value.advice
    assert caught.value.exit_code == 2


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert list(discover([str(tmp_path)])) == []
    assert list(discover([])) == []


def test_links_to_folders_are_told_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "other/b.txt")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in/away").symlink_to(tmp_path / "other", target_is_directory=True)
    found = discover([str(tmp_path / "in")])
    assert [(file.name, file.form) for file in found] == [
        ("a.txt", Form.TEXT),
        ("away", Form.UNREADABLE),
        ("loop", Form.UNREADABLE),
    ]


def test_a_link_that_is_named_itself_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert names(discover([str(tmp_path / "link")])) == ["a.txt"]


def test_links_to_files_are_read_and_dangling_ones_told(tmp_path: Path) -> None:
    write(tmp_path, "other/b.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.txt").symlink_to(tmp_path / "other/b.txt")
    (tmp_path / "in/bad.txt").symlink_to(tmp_path / "gone")
    assert [(file.name, file.form) for file in discover([str(tmp_path / "in")])] == [
        ("bad.txt", Form.UNREADABLE),
        ("good.txt", Form.TEXT),
    ]
    assert names(discover([str(tmp_path / "in/bad.txt")])) == ["bad.txt"]


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
        forms = [(file.name, file.form) for file in discover([str(tmp_path)])]
    assert forms == [("pipe.txt", Form.UNREADABLE), ("socket.txt", Form.UNREADABLE)]


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is readable to the superuser")
def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    write(tmp_path, "in/closed/a.txt", "in/b.txt")
    (tmp_path / "in/closed").chmod(0)
    try:
        found = discover([str(tmp_path / "in")])
    finally:
        (tmp_path / "in/closed").chmod(0o700)
    assert [(file.name, file.form) for file in found] == [("b.txt", Form.TEXT), ("closed", Form.UNREADABLE)]


def test_what_is_left_out_is_no_input_whatever_name_it_has(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/side.csv", "in/run.partial/bag/b.txt", "in/runs/c.txt")
    (tmp_path / "link").symlink_to(tmp_path / "in/side.csv")
    left_out = [str(tmp_path / "link"), str(tmp_path / "in/run.partial")]
    assert names(discover([str(tmp_path / "in")], leave_out=left_out)) == ["a.txt", "runs/c.txt"]
    assert list(discover([str(tmp_path / "in/side.csv")], leave_out=left_out)) == []


def test_names_that_are_not_utf_8_are_percent_encoded(tmp_path: Path) -> None:
    write(tmp_path, b"caf\xe9 100%.txt", "café.txt")
    found = discover([str(tmp_path)])
    assert [(file.name, file.name_encoding) for file in found] == [
        ("caf%E9 100%25.txt", "percent"),
        ("café.txt", "utf-8"),
    ]
    assert all(file.form is Form.TEXT and file.size for file in found)


def test_no_file_is_lost_to_the_encoded_name_of_another(tmp_path: Path) -> None:
    written = [b"caf\xe9.txt", b"caf%E9.txt", b"caf%25E9.txt", b"caf%e9.txt", b"%E9", b"\xe9"]
    write(tmp_path, *written)
    found = discover([str(tmp_path)])
    assert len({file.name for file in found}) == found.count == len(written)
    assert {os.fsencode(Path(file.path).name) for file in found} == set(written)


@pytest.mark.parametrize("name", ["a%20b.txt", "100%.txt", "50%25.txt", "%C3%A9.txt", "a/b%2Fc.txt"])
def test_escapes_that_mean_utf_8_are_left_alone(name: str) -> None:
    assert portable_name(name) == (name, "utf-8")


def test_standard_input_is_one_more_file(tmp_path: Path) -> None:
    write(tmp_path, "in/stdin", "in/z.txt")
    found = discover(["-", str(tmp_path / "in")], stdin=b"<!doctype html><p>Words.")
    assert [(file.name, file.form, file.path) for file in found][1:2] == [("stdin-", Form.HTML, "-")]
    assert names(found) == ["stdin", "stdin-", "z.txt"]
    (alone,) = discover(["-"], stdin=b"Words.")
    assert (alone.name, alone.data, alone.size, alone.form) == ("stdin", b"Words.", 6, Form.TEXT)
