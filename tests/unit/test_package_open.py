"""A package gives back its articles, originals, removed blocks and input files."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from archiver.canon import sha256_hex
from archiver.errors import (
    FixityError,
    InputNotFoundError,
    NotAPackageError,
    OutputExistsError,
    PackageError,
)
from archiver.package import layout
from archiver.package.open import Package, open_package
from archiver.package.restore import restore

from ..support_package import CAFE, ENTITY, LINES, RIVER, build


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    root = tmp_path_factory.mktemp("template") / "package"
    return root, build(root)


@pytest.fixture
def built(template: tuple[Path, list[str]], tmp_path: Path) -> tuple[Path, list[str]]:
    return Path(shutil.copytree(template[0], tmp_path / "package")), template[1]


@pytest.fixture
def package(built: tuple[Path, list[str]]) -> Package:
    return open_package(built[0])


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_articles_come_in_the_order_of_the_input(built: tuple[Path, list[str]], package: Package) -> None:
    assert [entry.id for entry in package.articles()] == built[1]
    assert [entry.metadata.title for entry in package.articles()] == [
        "River walk opens in Eastmoor",
        "Café closes",
        "Bread",
        "A bridge was painted",
    ]


def test_an_entry_has_its_tei_and_its_original(package: Package) -> None:
    entries = list(package.articles())
    assert all(entry.id.encode() in entry.tei() for entry in entries)
    first_line = LINES[: LINES.index(b"\n\n") + 2]
    assert [entry.original() for entry in entries] == [RIVER, CAFE, first_line, ENTITY]


def test_an_entry_can_be_read_after_the_iteration_went_on(package: Package) -> None:
    entries = list(package.articles())
    assert [sha256_hex(entry.original()) for entry in reversed(entries)] == [
        entry.metadata.source.sha256 for entry in reversed(entries)
    ]


def test_an_entry_has_the_blocks_that_were_removed_from_it(package: Package) -> None:
    removed = {entry.metadata.title: [block.text for block in entry.removed] for entry in package.articles()}
    assert removed == {
        "River walk opens in Eastmoor": ["Join our imaginary forum"],
        "Café closes": ["Share this pretend page"],
        "Bread": [],
        "A bridge was painted": [],
    }


def test_one_article_can_be_asked_for(built: tuple[Path, list[str]], package: Package) -> None:
    entry = package.article(built[1][1])
    assert entry.metadata.title == "Café closes"
    assert [block.category for block in entry.removed] == ["share"]
    with pytest.raises(InputNotFoundError):
        package.article("a-0000000000000000")


def test_rejects_and_sources_and_bag_info(package: Package) -> None:
    assert [reject.path for reject in package.rejects()] == ["lines.jsonl", "empty.txt", "locked.txt"]
    sources = {source.path: source for source in package.sources()}
    assert sources["caf%E9.txt"].raw_path == b"caf\xe9.txt"
    assert sources["locked.txt"].sha256 is None
    assert ("Bagging-Date", "2026-11-21") in package.info()


def test_the_summary_counts(package: Package) -> None:
    summary = package.summary()
    assert (summary.articles, summary.rejects, summary.sources, summary.carried) == (4, 3, 6, 2)
    assert summary.languages == {"en": 4}
    assert (summary.earliest, summary.latest, summary.undated) == ("2026-10-02T07:30:00+01:00", "2026-11-16", 2)
    assert summary.removed_by_category == {"comment-form": 1, "share": 1}
    assert summary.removed_by_rule == {"en.comment-form.01@1": 1, "en.share.01@1": 1}
    assert summary.removed_chars == len("Join our imaginary forum") + len("Share this pretend page")
    assert summary.reject_codes == {"article.empty": 1, "article.unparsable": 1, "article.unreadable": 1}
    assert summary.doubtful_blocks == 4
    assert summary.archive_bytes == next((package.data / "archive").iterdir()).stat().st_size


@pytest.mark.parametrize("kind", ["file", "empty folder", "foreign bag", "data folder"])
def test_what_is_no_package_is_told_with_advice(built: tuple[Path, list[str]], tmp_path: Path, kind: str) -> None:
    path = tmp_path / "other"
    if kind == "file":
        path.write_bytes(b"x")
    elif kind == "data folder":
        path = built[0] / "data"
    else:
        path.mkdir()
    if kind == "foreign bag":
        (path / "bagit.txt").write_bytes(b"")
    with pytest.raises(NotAPackageError) as caught:
        open_package(path)
    assert caught.value.advice


def test_a_path_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError):
        open_package(tmp_path / "nothing")


def test_a_damaged_line_is_named(built: tuple[Path, list[str]], package: Package) -> None:
    edit(package.data / layout.ARTICLES, '"title"', '"titel"')
    with pytest.raises(PackageError, match=r"articles\.jsonl, line 1.*titel"):
        list(package.articles())


def test_lists_out_of_order_are_told(package: Package) -> None:
    lines = (package.data / layout.LEDGER).read_bytes().splitlines(keepends=True)
    (package.data / layout.LEDGER).write_bytes(b"".join(reversed(lines)))
    with pytest.raises(PackageError, match="order"):
        list(package.articles())


def test_restoring_gives_every_input_byte_for_byte(package: Package, tmp_path: Path) -> None:
    report = restore(package, (), tmp_path / "out")
    restored = {
        os.fsencode(path.relative_to(tmp_path / "out")): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    crawl = restored.pop(b"crawl.warc.gz")
    assert restored == {b"a/river.txt": RIVER, b"caf\xe9.txt": CAFE, b"lines.jsonl": LINES, b"empty.txt": b" \n"}
    sums = {source.path: source.sha256 for source in package.sources()}
    assert sha256_hex(crawl) == sums["crawl.warc.gz"]
    assert (report.files, report.not_archived) == (5, ("locked.txt",))
    assert report.bytes == sum(map(len, restored.values())) + len(crawl)


def test_restoring_some_takes_the_files_of_articles_and_rejects(
    built: tuple[Path, list[str]], package: Package, tmp_path: Path
) -> None:
    restore(package, [built[1][0], "a-" + "e" * 16], tmp_path / "out")
    names = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert names == ["a/river.txt", "empty.txt"]


def test_restoring_an_unknown_id_is_wrong_use_and_writes_nothing(package: Package, tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError, match="a-1"):
        restore(package, ["a-1"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_restoring_never_overwrites(package: Package, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/lines.jsonl").write_bytes(b"mine")
    with pytest.raises(OutputExistsError):
        restore(package, (), tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["lines.jsonl"]
    assert (tmp_path / "out/lines.jsonl").read_bytes() == b"mine"


@pytest.mark.parametrize("path", ["../river.txt", "/river.txt", "a/../../river.txt", "a//river.txt", "."])
def test_a_path_that_leads_out_is_refused_before_anything_is_written(
    package: Package, tmp_path: Path, path: str
) -> None:
    edit(package.data / layout.SOURCES, '"path":"lines.jsonl"', f'"path":{json.dumps(path)}')
    with pytest.raises(PackageError, match="leads out"):
        restore(package, (), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_percent_encoded_path_that_leads_out_is_refused(package: Package, tmp_path: Path) -> None:
    edit(package.data / layout.SOURCES, "caf%E9.txt", "%2E%2E/caf%E9.txt")
    with pytest.raises(PackageError, match="leads out"):
        restore(package, (), tmp_path / "out")


def test_a_link_in_the_output_folder_is_not_followed(package: Package, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PackageError, match="link"):
        restore(package, (), tmp_path / "out")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_bytes_that_changed_are_not_given_the_name(package: Package, tmp_path: Path) -> None:
    edit(package.data / layout.SOURCES, sha256_hex(LINES), "0" * 64)
    with pytest.raises(FixityError, match=r"lines\.jsonl"):
        restore(package, (), tmp_path / "out")
    assert not (tmp_path / "out/lines.jsonl").exists()


def test_an_original_that_changed_is_refused(package: Package) -> None:
    edit(package.data / layout.ARTICLES, sha256_hex(RIVER), "0" * 64)
    entry = next(package.articles())
    with pytest.raises(FixityError):
        entry.original()
