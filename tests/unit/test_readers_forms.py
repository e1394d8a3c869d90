"""Which form a file has: sure first bytes, then its name."""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path

import pytest

from archiver.model.intake import Form
from archiver.readers.forms import form_of_file, media_type_of

#: Without a clock, so that every worker collects the same tests.
_gzip = partial(gzip.compress, mtime=0)


@pytest.mark.parametrize(
    ("name", "head", "form"),
    [
        ("a.txt", b"Words.", Form.TEXT),
        ("a.md", b"# Words", Form.TEXT),
        ("A.TXT", b"Words.", Form.TEXT),
        ("README", b"Words.", Form.TEXT),
        ("report.final draft", b"Words.", Form.TEXT),
        ("story.2016", b"Words.", Form.TEXT),
        ("a.html", b"<p>Words.", Form.HTML),
        ("a.HTM", b"Words.", Form.HTML),
        ("a.xhtml", b"Words.", Form.HTML),
        ("a.jsonl", b"{}", Form.JSON_LINES),
        ("a.ndjson", b"{}", Form.JSON_LINES),
        ("a.warc", b"", Form.WARC),
        ("a.warc.gz", b"\x1f\x8b", Form.WARC),
        ("a.png", b"\x89PNG", Form.OTHER),
        ("a.json", b"{}", Form.OTHER),
        ("a.gz", _gzip(b"Words."), Form.OTHER),
        ("a.txt.gz", _gzip(b"Words."), Form.OTHER),
        (".DS_Store", b"\x00\x00", Form.OTHER),
        (".hidden", b"Words.", Form.OTHER),
    ],
)
def test_the_name_tells(name: str, head: bytes, form: Form) -> None:
    assert form_of_file(Path(name), head=head) is form


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html><title>x",
        b"<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
        b"\xef\xbb\xbf\r\n  <html lang=en>",
        b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>",
        b"<!-- saved -->\n<!-- twice --> <html>",
        b"<head><title>x</title>",
        b"<BODY class=a>",
    ],
)
@pytest.mark.parametrize("name", ["page", "page.txt", "page.php", "page.json", ".page"])
def test_a_page_is_a_page_whatever_it_is_called(name: str, head: bytes) -> None:
    assert form_of_file(Path(name), head=head) is Form.HTML


@pytest.mark.parametrize(
    "head", [b"<htmlish>", b"The <html> element", b"<p>One paragraph.", b"<!-- only a comment -->"]
)
def test_a_text_about_markup_is_text(head: bytes) -> None:
    assert form_of_file(Path("a.txt"), head=head) is Form.TEXT


@pytest.mark.parametrize("head", [b"WARC/1.0\r\n", b"WARC/1.1\r\n", b"filedesc://a.arc 0.0.0.0"])
def test_a_web_archive_is_known_by_its_first_line(head: bytes) -> None:
    for name in ("a.txt", "a.bin", "a.gz"):
        assert form_of_file(Path(name), head=head) is Form.WARC
        assert form_of_file(Path(name), head=_gzip(head)) is Form.WARC


def test_many_comments_before_nothing_take_no_time() -> None:
    assert form_of_file(Path("a.txt"), head=b"<!---->" * 580 + b"x") is Form.TEXT
    assert form_of_file(Path("a.txt"), head=b"<!-- a --> " * 300 + b"<html>") is Form.HTML


def test_the_file_itself_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "page.bin"
    path.write_bytes(b"<!doctype html>" + b"x" * 10_000)
    assert form_of_file(path) is Form.HTML
    assert form_of_file(tmp_path / "gone.txt") is Form.UNREADABLE


@pytest.mark.parametrize(
    ("name", "form", "media_type"),
    [
        ("a.txt", Form.TEXT, "text/plain"),
        ("a.html", Form.HTML, "text/html"),
        ("a.jsonl", Form.JSON_LINES, "application/jsonl"),
        ("a.warc.gz", Form.WARC, "application/warc"),
        ("a.PNG", Form.OTHER, "image/png"),
        ("a.csv", Form.OTHER, "text/csv"),
        ("a.strange", Form.OTHER, "application/octet-stream"),
        ("a.txt", Form.UNREADABLE, "application/octet-stream"),
    ],
)
def test_media_types_are_those_of_iana(name: str, form: Form, media_type: str) -> None:
    assert media_type_of(Path(name), form) == media_type
