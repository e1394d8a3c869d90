"""The laws of an export: the same bytes for the same input, nothing lost, every change of a package found."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

import archiver
from archiver.errors import ArticleError

from ..support_export import DATE, PNG, corpus, environment, export, invoke, process, tree


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """More than one shard, every form of input."""
    folder = corpus(tmp_path_factory.mktemp("laws") / "in", 70)
    for case in sorted(path for path in samples.iterdir() if path.is_dir()):
        for file in sorted(path for path in case.iterdir() if path.is_file() and path.name != "expected.json"):
            shutil.copy(file, folder / f"{case.name}-{file.name}")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(PNG)
    return folder


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    target = folder.parent / "package"
    assert export(folder, target).code == 3
    assert len({line["path"] for line in lines(target / "data/metadata/sources.jsonl")}) > 64
    return target


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize(
    ("jobs", "changed"),
    [
        ("1", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("4", {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711", "LANG": "tr_TR.UTF-8"}),
    ],
)
def test_the_same_bytes_wherever_and_however(
    folder: Path, package: Path, tmp_path: Path, jobs: str, changed: dict[str, str]
) -> None:
    """Other workers, process, working folder, output name, time zone, locale, hash seed."""
    here = folder / "0" if jobs == "1" else tmp_path
    target = tmp_path / f"another name {jobs}"
    options = ("--date", DATE, "--jobs", jobs, "--quiet")
    outcome = process(
        "export", Path("..") if jobs == "1" else folder, "-o", target, *options, cwd=here, env=environment(**changed)
    )
    assert outcome.code == 3, outcome.err
    assert tree(target) == tree(package)


def test_a_moment_can_be_written_in_any_zone(folder: Path, tmp_path: Path) -> None:
    file = folder / "story-0001.txt"
    for number, moment in enumerate(("2026-11-21T08:00:00Z", "2026-11-21T21:00+13:00", "2026-11-21 08:00:00.4")):
        assert invoke("export", file, "-o", tmp_path / str(number), "--date", moment).code == 0
    assert tree(tmp_path / "0") == tree(tmp_path / "1") == tree(tmp_path / "2")


def test_the_moment_is_the_only_difference_that_it_makes(folder: Path, tmp_path: Path) -> None:
    file = folder / "story-0001.txt"
    for name, moment in (("a", "2026-11-21"), ("b", "1999-01-01")):
        assert invoke("export", file, "-o", tmp_path / name, "--date", moment).code == 0
    for name in ("data/metadata/articles.jsonl", "data/removed/ledger.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_kept_and_removed_are_all(folder: Path, package: Path) -> None:
    """The ledger and the kept blocks are together every block of every article, in order."""
    ledger: dict[str, dict[int, str]] = {}
    for line in lines(package / "data/removed/ledger.jsonl"):
        ledger.setdefault(str(line["article"]), {})[int(str(line["block"]))] = str(line["text"])
    with archiver.open_package(package) as opened:
        for entry in opened.articles():
            source = entry.metadata.source
            if source.pointer or source.path.endswith(".gz"):
                continue
            article = archiver.extract(entry.original(), media_type=source.media_type, name=source.path)
            assert [block.index for block in article.blocks] == list(range(len(article.blocks)))
            assert {block.index: block.text for block in article.removed} == ledger.get(entry.id, {})
            assert len(article.kept) + len(article.removed) == len(article.blocks)
            assert [(one.block, one.text) for one in entry.removed] == list(ledger.get(entry.id, {}).items())


def test_restoring_gives_every_input_back(folder: Path, package: Path, tmp_path: Path) -> None:
    assert invoke("restore", package, "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == tree(folder)


def test_the_original_of_each_article_gives_the_article_again(package: Path) -> None:
    with archiver.open_package(package) as opened:
        for entry in opened.articles():
            source = entry.metadata.source
            if source.pointer:
                continue
            try:
                again = archiver.extract(entry.original(), url=entry.metadata.url, media_type=source.media_type)
            except ArticleError as error:
                pytest.fail(f"{source.path}: {error}")
            if source.captured is None:
                assert again.metadata.text_sha256 == entry.metadata.text_sha256


def test_the_counts_agree(folder: Path, package: Path) -> None:
    summary = invoke("inspect", package, "--json").document()["summary"]
    assert summary["articles"] == len(lines(package / "data/metadata/articles.jsonl"))
    assert summary["articles"] == len(list((package / "data/tei").rglob("*.xml")))
    assert summary["rejects"] == len(lines(package / "data/rejected/rejects.jsonl"))
    assert summary["removed_blocks"] == len(lines(package / "data/removed/ledger.jsonl"))
    assert summary["sources"] == len(tree(folder))


def test_a_package_verifies_and_every_change_of_a_byte_is_found(package: Path, tmp_path: Path) -> None:
    """One random byte of each file, and more of the larger ones."""
    assert archiver.verify(package) == [] or all(one.severity != "error" for one in archiver.verify(package))
    small = tmp_path / "small"
    (tmp_path / "in").mkdir()
    for name in ("story-0001.txt", "empty.txt", "json-lines-input.jsonl", "html-semantic-input.html"):
        shutil.copy(package.parent / "in" / name, tmp_path / "in" / name)
    assert export(tmp_path / "in", small).code == 3
    chance = random.Random(8493)
    for path in sorted(path for path in small.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for _ in range(2 if content else 0):
            place = chance.randrange(len(content))
            changed = content[place] ^ chance.randrange(1, 256)
            path.write_bytes(content[:place] + bytes([changed]) + content[place + 1 :])
            found = archiver.verify(small)
            assert any(one.severity == "error" for one in found), f"{path.name}: byte {place} to {changed}"
        path.write_bytes(content)
    assert [one for one in archiver.verify(small) if one.severity == "error"] == []


def test_an_export_of_a_package_archives_its_files(folder: Path, tmp_path: Path) -> None:
    """Packages can lie in what is archived."""
    package = tmp_path / "package"
    assert export([folder / "story-0001.txt", folder / "warc-capture-input.warc.gz"], package).code in (0, 3)
    outcome = export(package, tmp_path / "out", "--max-reject-share", "1")
    assert outcome.code in (0, 3, 4)
    assert invoke("restore", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == tree(package)
