"""Captures of other people as input: ids of all kinds, ids used twice, WACZ, standard input, long names."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import archiver
from archiver.warc.record import ScannedRecord
from archiver.warc.scan import scan

from ..support_export import export, invoke, page, tree

IDS = (
    "urn:x:1",
    "https://archive.example/record/2",
    "urn:uuid:NOT-A-UUID",
    "urn:uuid:0A0A0A0A-0000-4000-8000-000000000001",
)


def record(identity: str, number: int, year: int = 2020) -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page(number)}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <{identity}>\r\nWARC-Date: {year}-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: http://news.example/{number}\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("captures") / "in"
    folder.mkdir()
    for number, identity in enumerate(IDS):
        (folder / f"{number}.warc").write_bytes(record(identity, number))
    # One id for two different records of different times, in two files.
    (folder / "same-1.warc").write_bytes(record("urn:x:same", 20))
    (folder / "same-2.warc").write_bytes(record("urn:x:same", 21, year=2021))
    with zipfile.ZipFile(folder / "crawl.wacz", "w") as wacz:
        wacz.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1", "resources": []}')
        wacz.writestr("archive/data.warc", record("urn:x:30", 30) + record("urn:x:31", 31))
    # As long as a name may be.
    (folder / ("n" * 251 + ".txt")).write_text("x", "utf-8")
    (folder / ("n" * 244 + ".html")).write_text(page(40), "utf-8")
    return folder


@pytest.fixture(scope="module")
def package(inputs: Path) -> Path:
    target = inputs.parent / "package"
    assert export(inputs, target).code in (0, 3)
    return target


def test_an_id_can_be_any_uri_and_stand_twice(inputs: Path, package: Path) -> None:
    with archiver.open_package(package) as opened:
        found = {entry.metadata.source.path: entry for entry in opened.articles()}
        for name, number in (("same-1.warc", 20), ("same-2.warc", 21)):
            assert found[name].metadata.source.warc_record_id == "urn:x:same"
            assert found[name].original() == page(number).encode()
        for number, identity in enumerate(IDS):
            assert found[f"{number}.warc"].metadata.source.warc_record_id == identity
            assert found[f"{number}.warc"].original() == page(number).encode()
    assert invoke("validate", package / "data/metadata/articles.jsonl").code == 0


def test_a_wacz_gives_its_articles_and_their_originals(inputs: Path, package: Path) -> None:
    with archiver.open_package(package) as opened:
        found = [entry for entry in opened.articles() if entry.metadata.source.path == "crawl.wacz"]
        assert [entry.original() for entry in found] == [page(30).encode(), page(31).encode()]
        assert [entry.metadata.source.warc_record_id for entry in found] == ["urn:x:30", "urn:x:31"]
    stripped = invoke("strip", inputs / "crawl.wacz")
    assert stripped.code == 0
    assert "carried lamp number 31" in stripped.words


def test_such_a_package_is_verified_with_warnings_at_most(package: Path) -> None:
    found = archiver.verify(package)
    assert [finding for finding in found if finding.severity == "error"] == []
    assert "package.duplicate-record-id" in {finding.code for finding in found if finding.severity == "warning"}


def test_everything_is_restored_under_names_of_any_length(inputs: Path, package: Path, tmp_path: Path) -> None:
    assert invoke("restore", package, "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == tree(inputs)


def test_a_warc_file_can_come_through_standard_input(inputs: Path, tmp_path: Path) -> None:
    data = (inputs / "0.warc").read_bytes()
    assert "carried lamp number 0" in invoke("strip", "-", stdin=data).words


def test_nothing_that_archiver_made_stands_among_the_captures(package: Path) -> None:
    kinds = {}
    for folder in ("archive", "derived"):
        paths = (package / "data" / folder).iterdir()
        kinds[folder] = {item.type for path in paths for item in scan(path) if isinstance(item, ScannedRecord)}
    assert kinds == {"archive": {"warcinfo", "resource", "response"}, "derived": {"warcinfo", "conversion", "metadata"}}
