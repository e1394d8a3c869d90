"""One file, one unit."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import TooLargeError, UnreadableError
from archiver.model.intake import Form, InputFile, Stretch
from archiver.readers import files
from archiver.readers.discover import discover, portable_name
from archiver.readers.files import file_uri, read_file
from archiver.readers.stretch import pieces_of


def test_a_text_is_one_unit_with_a_source(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_bytes(b"Words.\n")
    (file,) = discover([str(tmp_path)])
    (unit,) = read_file(file)
    assert unit.source is not None
    assert (unit.data, unit.media_type, unit.target_uri, unit.error) == (
        b"Words.\n",
        "text/plain",
        "file:///a%20b.txt",
        None,
    )
    source = unit.source
    assert (source.path, source.data, source.size) == ("a b.txt", b"Words.\n", 7)
    assert source.sha256 == hashlib.sha256(b"Words.\n").hexdigest()
    assert (source.record_id, source.target_uri) == (unit.record_id, unit.target_uri)
    assert source.url is None


def test_the_record_id_follows_from_name_and_content() -> None:
    def record_id(name: str, data: bytes) -> str:
        return next(read_file(InputFile("-", name, "utf-8", len(data), Form.TEXT, data))).record_id

    assert record_id("a.txt", b"x") == record_id("a.txt", b"x")
    assert len({record_id("a.txt", b"x"), record_id("a.txt", b"y"), record_id("b.txt", b"x")}) == 3


def test_other_files_are_carried_without_an_article() -> None:
    (unit,) = read_file(InputFile("-", "a.png", "utf-8", 4, Form.OTHER, b"\x89PNG"))
    assert (unit.source, unit.error, unit.media_type, unit.data) == (None, None, "image/png", b"\x89PNG")


def test_a_text_over_the_limit_is_stored_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ARTICLE_BYTES", 10)
    (unit,) = read_file(InputFile("-", "a.txt", "utf-8", 11, Form.TEXT, b"x" * 11))
    assert isinstance(unit.error, TooLargeError)
    assert "11 bytes" in unit.error.message
    assert (unit.data, unit.source) == (b"x" * 11, None)
    (unit,) = read_file(InputFile("-", "a.txt", "utf-8", 10, Form.TEXT, b"x" * 10))
    assert unit.error is None


@pytest.mark.parametrize(("name", "form"), [("a.txt", Form.TEXT), ("a.mp4", Form.OTHER)])
def test_what_is_too_long_to_be_held_is_read_when_it_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, form: Form
) -> None:
    monkeypatch.setattr(files, "MAX_ARTICLE_BYTES", 10)
    monkeypatch.setattr(files, "_HELD_BYTES", 10)
    (tmp_path / name).write_bytes(b"12345678901")
    (unit,) = read_file(InputFile(str(tmp_path / name), name, "utf-8", 11, form))
    assert (unit.data, unit.size) == (Stretch(str(tmp_path / name), 0, 11), 11)
    assert unit.sha256 == hashlib.sha256(b"12345678901").hexdigest()
    assert b"".join(pieces_of(unit, name=name)) == b"12345678901"
    assert isinstance(unit.error, TooLargeError) is (form is Form.TEXT)


@pytest.mark.parametrize("now", [b"1234567890x", b"1234567890", b""])
def test_what_changes_before_it_is_stored_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: bytes
) -> None:
    monkeypatch.setattr(files, "_HELD_BYTES", 10)
    path = tmp_path / "a.mp4"
    path.write_bytes(b"12345678901")
    (unit,) = read_file(InputFile(str(path), "a.mp4", "utf-8", 11, Form.OTHER))
    path.write_bytes(now)
    with pytest.raises(UnreadableError, match=r"a\.mp4: .* while it was read"):
        list(pieces_of(unit, name="a.mp4"))


def test_a_file_that_has_grown_since_it_was_listed_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Words and more.")
    (unit,) = read_file(InputFile(str(tmp_path / "a.txt"), "a.txt", "utf-8", 5, Form.TEXT))
    assert unit.data == b"Words and more."


def test_a_file_that_went_away_is_unreadable(tmp_path: Path) -> None:
    file = InputFile(str(tmp_path / "gone.txt"), "gone.txt", "utf-8", 3, Form.TEXT)
    with pytest.raises(UnreadableError, match=r"gone\.txt: cannot be read: No such file"):
        list(read_file(file))


def test_why_a_file_is_unreadable_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    (tmp_path / "folder").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe")
    reasons = {}
    for file in discover([str(tmp_path)]):
        with pytest.raises(UnreadableError) as caught:
            list(read_file(file))
        reasons[file.name] = caught.value.message
        assert caught.value.place == file.name
    assert "leads nowhere" in reasons["dangling"]
    assert "link to a folder" in reasons["folder"]
    assert "pipe" in reasons["pipe"]


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is readable to the superuser")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Words.")
    (tmp_path / "a.txt").chmod(0)
    (file,) = discover([str(tmp_path)])
    with pytest.raises(UnreadableError, match="permission denied"):
        list(read_file(file))


@given(st.binary(min_size=1, max_size=30).filter(lambda raw: b"\x00" not in raw))
def test_the_uri_of_any_name_leads_back_to_its_bytes(raw: bytes) -> None:
    name, encoding = portable_name(os.fsdecode(raw))
    uri = file_uri(name, encoding=encoding)
    assert uri.isascii()
    assert " " not in uri
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("file", "", "", "")
    assert unquote_to_bytes(uri.removeprefix("file:///")) == raw
