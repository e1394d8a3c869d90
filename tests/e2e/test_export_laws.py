"""The laws of an export: the same bytes for the same input, nothing lost, every change of a package found."""

from __future__ import annotations

import errno
import json
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import archiver
from archiver.errors import ArticleError
from archiver.tei.written import read_written

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
    # The same payloads once more, far from where they are first met.
    for name in ("story-0001.txt", "html-semantic-input.html", "json-lines-input.jsonl", "warc-capture-input.warc.gz"):
        shutil.copy(folder / name, folder / f"zz-{name}")
    return folder


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    target = folder.parent / "package"
    assert export(folder, target).code == 3
    assert len({line["path"] for line in lines(target / "data/metadata/sources.jsonl")}) > 64
    return target


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@dataclass(frozen=True)
class Way:
    """One way to do the same export."""

    jobs: str
    changed: dict[str, str]
    given: str
    """``from within``: the folder seen from inside; ``a copy``, elsewhere; ``backwards``: what is in it, last first."""


WAYS = (
    Way("1", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, "from within"),
    Way("2", {"TZ": "Asia/Kathmandu", "LC_ALL": "POSIX", "PYTHONHASHSEED": "77"}, "a copy"),
    Way(
        "4",
        {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711", "LANG": "tr_TR.UTF-8"},
        "backwards",
    ),
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.given)
def test_the_same_bytes_wherever_and_however(folder: Path, package: Path, tmp_path: Path, way: Way) -> None:
    """Other workers, process, folders, output name, time zone, locale, hash seed, order of the inputs."""
    here, given = tmp_path, [folder]
    if way.given == "from within":
        here, given = folder / "0", [Path("..")]
    elif way.given == "a copy":
        given = [Path(shutil.copytree(folder, tmp_path / "elsewhere", copy_function=shutil.copyfile))]
    else:
        given = sorted(folder.iterdir(), reverse=True)
    target = tmp_path / f"another name {way.jobs}"
    options = ("--date", DATE, "--jobs", way.jobs, "--quiet")
    outcome = process("export", *given, "-o", target, *options, cwd=here, env=environment(**way.changed))
    assert outcome.code == 3, outcome.err
    assert tree(target) == tree(package)


def test_identical_payloads_are_stored_once_whatever_shard_they_came_in(folder: Path, package: Path) -> None:
    sources = {line["path"]: line for line in lines(package / "data/metadata/sources.jsonl")}
    for name in ("story-0001.txt", "html-semantic-input.html", "json-lines-input.jsonl", "warc-capture-input.warc.gz"):
        assert sources[f"zz-{name}"]["segments"] == sources[name]["segments"], name
    index = [
        json.loads(line.split(b" ", 2)[2]) for line in (package / "data/indexes/index.cdxj").read_bytes().splitlines()
    ]
    revisits = {entry["url"]: entry for entry in index if entry.get("mime") == "warc/revisit"}
    digest = f"sha256:{sources['story-0001.txt']['sha256']}"
    assert revisits["file:///zz-story-0001.txt"]["digest"] == digest
    assert "file:///zz-html-semantic-input.html" in revisits
    with archiver.open_package(package) as opened:
        entry = next(one for one in opened.articles() if one.metadata.source.path == "zz-story-0001.txt")
        assert entry.original() == (folder / "story-0001.txt").read_bytes()


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


def test_verifying_reads_the_tei_of_every_article_the_short_way(package: Path) -> None:
    with archiver.open_package(package) as opened:
        for entry in opened.articles():
            assert read_written(entry.tei(), entry.metadata, entry.removed) is not None, entry.metadata.source.path


def test_a_file_system_whose_files_have_one_name_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corpus(tmp_path / "in", 3)
    assert export(folder, tmp_path / "a").code == 0
    # Whoever changes a file of the package changes nothing else.
    assert {path.stat().st_nlink for path in (tmp_path / "a").rglob("*") if path.is_file()} == {1}

    def refused(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", str(self))

    monkeypatch.setattr(Path, "hardlink_to", refused)
    assert export(folder, tmp_path / "b").code == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


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
    assert summary["articles"] == len(list((package / "data/tei").rglob("a-*.xml")))
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
