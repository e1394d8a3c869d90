"""Bad inputs: each gets its typed outcome, the rest of the batch goes on, and every byte comes back."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

import archiver

from ..support_export import PNG, export, invoke, page, story, tree

WARC = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0b41bd4d-5e1c-4d1c-8c6c-0c1b5e8a2f11>\r\n"
    b"WARC-Date: 2018-03-12T08:00:00Z\r\nWARC-Target-URI: https://news.example/lamp\r\n"
    b"Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)


def warc(number: int = 1) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number).encode()
    return WARC % (len(block), block)


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("story.txt", story())
    return made.getvalue()


#: File name, content, and the code of its reject; empty where more than one is right.
BAD: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "article.empty"),
    ("empty.html", b"", "article.empty"),
    ("empty.jsonl", b"", "article.empty"),
    ("white.txt", b" \t\r\n \n", "article.empty"),
    ("white.html", b"\n\n \n", "article.empty"),
    ("mark.txt", b"\xef\xbb\xbf", "article.empty"),
    ("junk.txt", bytes(range(256)) * 20, "article.binary"),
    ("zeros.txt", bytes(5000), ""),
    ("picture.txt", PNG + bytes(range(256)), "article.binary"),
    ("picture.html", PNG + bytes(range(256)), "article.binary"),
    ("zip.txt", zipped(), "article.binary"),
    ("pdf.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "article.binary"),
    ("tags.html", b"<!doctype html><html><body><nav><a href=/>Home</a></nav></body></html>", "article.no-text"),
    ("broken.jsonl", b'{"text": "no end', "article.unparsable"),
    ("list.jsonl", b'["text"]\n', "article.unparsable"),
    ("nothing.jsonl", b'{"colour": "blue"}\n', "article.empty"),
    ("latin.jsonl", b'{"text": "caf\xe9"}\n', "article.unparsable"),
    ("no.warc", story().encode(), "container.damaged"),
    ("no.warc.gz", gzip.compress(story().encode(), mtime=0), "container.damaged"),
    ("empty.warc.gz", b"", "container.damaged"),
    ("cut.warc.gz", gzip.compress(warc(), mtime=0)[:-60], "container.damaged"),
    ("cut.warc", warc()[:-200], "container.damaged"),
    ("noise.warc.gz", gzip.compress(warc(), mtime=0) + b"\x00noise" * 50, "container.damaged"),
]
#: What looks bad and can be read all the same.
ODD: list[tuple[str, bytes]] = [
    ("wrong-charset.html", page(1).replace("<title>", "<meta charset=utf-16><title>").encode()),
    ("unknown-charset.html", page(2).replace("<title>", "<meta charset=klingon><title>").encode()),
    ("lying-charset.html", page(3).replace("<title>", "<meta charset=utf-8><title>").encode("windows-1252", "replace")),
    ("invalid-within.txt", story(4).encode().replace(b"market", b"mark\xff\xfeet")),
    ("cut-within.txt", story(5).encode() + b"\xe2\x80"),
    ("unclosed.html", page(6).replace("</p>", "").replace("</body></html>", "").encode()),
    ("crossed.html", page(7).replace("<p>", "<p><b><i>").replace("</p>", "</b></i></p></p>").encode()),
    ("attributes.html", page(8).replace("<p>", "<p class='a\" <b id=x>").encode() + b"<p " + b"x" * 5000),
    ("nul.html", page(9).replace("market", "mar\x00ket").encode()),
    ("controls.txt", story(10).replace("market", "mar\x01\x08\x7fket").encode()),
    ("deep.html", b"<!doctype html>" + b"<div>" * 3000 + page(11).encode()),
    ("one-line.txt", story(12).replace("\n", " ").encode()),
    ("surrogate.jsonl", json.dumps({"text": story(13) + "\ud800"}).encode()),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad") / "in"
    folder.mkdir()
    for name, content, *_ in [*BAD, *ODD]:
        (folder / name).write_bytes(content)
    (folder / "good.txt").write_text(story(), "utf-8")
    return folder


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    target = folder.parent / "package"
    assert export(folder, target, "--max-reject-share", "1").code == 3
    return target


def test_each_bad_file_has_its_typed_reject(package: Path) -> None:
    with archiver.open_package(package) as opened:
        found = {reject.path: reject.code for reject in opened.rejects()}
    assert {name for name, _, _ in BAD} <= set(found)
    expected = {name: code for name, _, code in BAD if code}
    assert {name: found[name] for name in expected} == expected


def test_every_file_has_an_outcome(folder: Path, package: Path) -> None:
    with archiver.open_package(package) as opened:
        sources = {source.path: source for source in opened.sources()}
    assert set(sources) == {path.name for path in folder.iterdir()}
    assert all(source.articles + source.rejects + source.carried >= 1 for source in sources.values())


def test_no_bad_file_is_a_fault_of_ours(package: Path) -> None:
    with archiver.open_package(package) as opened:
        assert [reject for reject in opened.rejects() if reject.code == "article.internal-fault"] == []


def test_what_can_be_read_becomes_an_article(package: Path) -> None:
    with archiver.open_package(package) as opened:
        articles = {metadata.source.path for metadata in opened.descriptions()}
    assert {"good.txt", "invalid-within.txt", "unclosed.html", "unknown-charset.html", "nul.html"} <= articles


def test_the_readable_part_of_a_damaged_file_becomes_an_article(package: Path) -> None:
    with archiver.open_package(package) as opened:
        articles = {metadata.source.path for metadata in opened.descriptions()}
    assert "noise.warc.gz" in articles


def test_each_reject_says_what_to_do(package: Path) -> None:
    with archiver.open_package(package) as opened:
        for reject in opened.rejects():
            assert reject.message, reject.path
            assert reject.advice, reject.path
            assert reject.sha256, reject.path


def test_a_package_of_bad_files_verifies_and_gives_each_back(folder: Path, package: Path) -> None:
    assert invoke("verify", package).code == 0
    target = package.with_name("back")
    assert invoke("restore", package, "-o", target).code == 0
    assert tree(target) == tree(folder)


def test_a_reject_can_be_restored_by_its_id(package: Path, tmp_path: Path) -> None:
    with archiver.open_package(package) as opened:
        reject = next(one for one in opened.rejects() if one.path == "junk.txt")
    assert invoke("restore", package, reject.id, "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == {b"junk.txt": bytes(range(256)) * 20}


def test_looking_at_bad_files_never_fails_otherwise(folder: Path) -> None:
    for name in ("strip", "explain"):
        outcome = invoke(name, folder, "--json")
        assert outcome.code == 3
        outcome.document()
        assert "Traceback" not in outcome.err
        assert "Traceback" not in invoke(name, folder).err


def test_a_line_that_is_bad_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": story()}) + "\n{\n", "utf-8")
    outcome = export(tmp_path / "a.jsonl", tmp_path / "out")
    (reject,) = outcome.document()["rejects"]
    assert reject["ordinal"] == 1
    assert reject["message"].startswith("line 2: ")
