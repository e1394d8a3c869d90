"""Packages on the base of others: increments, and rejects that are tried again."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import archiver
from archiver.errors import BaseNotIntactError
from archiver.package.lineage import read_base, unchanged_files

from ..support_export import DATE, PNG, corpus, export, faults_of, page, story, tree
from ..support_faults import copy_of, seal_bag

FILES = 12


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def wrong(package: Path) -> list[str]:
    return [finding.code for finding in archiver.verify(package) if finding.severity == "error"]


def seal_of(package: Path) -> str:
    return hashlib.sha256((package / "tagmanifest-sha256.txt").read_bytes()).hexdigest()


def identifier_of(package: Path) -> str:
    with archiver.open_package(package) as opened:
        return dict(opened.info())["External-Identifier"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package ``one`` of articles in ``in``; two of its inputs are rejects."""
    root = tmp_path_factory.mktemp("base")
    folder = corpus(root / "in", FILES)
    (folder / "picture.txt").write_bytes(PNG)
    good = {"text": story(500), "title": "A line that is an article"}
    folder.joinpath("lines.jsonl").write_text(f"{json.dumps(good)}\n{{broken\n{json.dumps(good)}\n", "utf-8")
    assert export(folder, root / "one").code == 3
    return root / "one"


@pytest.fixture
def later(base: Path, tmp_path: Path) -> Path:
    """The inputs of the base as they are some time later: one new, one changed, one gone."""
    folder = tmp_path / "later"
    shutil.copytree(base.parent / "in", folder)
    (folder / "new.html").write_text(page(77), "utf-8")
    (folder / "story-0001.txt").write_text(story(78), "utf-8")
    (folder / "story-0002.txt").unlink()
    return folder


def test_an_increment_has_what_is_new_or_changed_and_lists_the_rest(base: Path, later: Path, tmp_path: Path) -> None:
    outcome = export(later, tmp_path / "two", "--base", base)
    assert outcome.code == 0
    counts = {"changed": 1, "gone": 1, "new": 1, "unchanged": FILES}
    reference = {
        "identifier": identifier_of(base),
        "tagmanifest_sha256": seal_of(base),
        "purpose": "increment",
        "counts": counts,
    }
    assert outcome.document()["base"] == reference
    assert json.loads((tmp_path / "two/data/metadata/base.json").read_bytes()) == reference
    assert faults_of(reference, "base") == []
    sources = {line["path"] for line in lines(tmp_path / "two/data/metadata/sources.jsonl")}
    assert sources == {"new.html", "story-0001.txt"}
    known = {line["path"]: line for line in lines(base / "data/metadata/sources.jsonl")}
    articles = lines(base / "data/metadata/articles.jsonl")
    listed = lines(tmp_path / "two/data/metadata/unchanged.jsonl")
    assert sources | {line["path"] for line in listed} == set(known) - {"story-0002.txt"} | {"new.html"}
    for line in listed:
        assert faults_of(line, "unchanged") == []
        assert line["sha256"] == known[line["path"]]["sha256"]
        assert line["articles"] == [one["id"] for one in articles if one["source"]["path"] == line["path"]]
        assert line["package"] == identifier_of(base)
    assert next(line for line in listed if line["path"] == "lines.jsonl")["rejects"] == 1
    assert wrong(tmp_path / "two") == []
    with archiver.open_package(tmp_path / "two") as package:
        info = dict(package.info())
    assert (info["Base-Identifier"], info["Base-Tagmanifest-SHA256"]) == (identifier_of(base), seal_of(base))


def test_an_increment_on_an_increment_knows_the_packages_behind_it(base: Path, later: Path, tmp_path: Path) -> None:
    assert export(later, tmp_path / "two", "--base", base).code == 0
    (later / "newer.txt").write_text(story(90), "utf-8")
    assert export(later, tmp_path / "three", "--base", tmp_path / "two").code == 0
    with archiver.open_package(tmp_path / "three") as package:
        assert [source.path for source in package.sources()] == ["newer.txt"]
        held = {one.path: one.package for one in unchanged_files(package.data)}
    assert held.pop("new.html") == held.pop("story-0001.txt") == identifier_of(tmp_path / "two")
    assert set(held.values()) == {identifier_of(base)}
    assert wrong(tmp_path / "three") == []


def test_nothing_new_writes_nothing(base: Path, tmp_path: Path) -> None:
    outcome = export(base.parent / "in", tmp_path / "two", "--base", base)
    assert outcome.code == 0
    assert outcome.document()["package"] == ""
    assert outcome.document()["base"]["counts"]["unchanged"] == FILES + 2
    assert list(tmp_path.iterdir()) == []


def test_an_increment_depends_on_input_base_and_recipe_alone(base: Path, later: Path, tmp_path: Path) -> None:
    assert export(later, tmp_path / "two", "--base", base).code == 0
    archiver.convert(base, tmp_path / "moved.zip", to="zip")
    assert archiver.export(later, tmp_path / "again", base=tmp_path / "moved.zip", date=DATE).exit_code == 0
    assert tree(tmp_path / "again") == tree(tmp_path / "two")


def test_a_base_that_does_not_verify_is_refused(base: Path, later: Path, tmp_path: Path) -> None:
    shutil.copytree(base, tmp_path / "damaged")
    file = tmp_path / "damaged/data/pages/pages.jsonl"
    file.write_bytes(file.read_bytes().replace(b"lamp", b"lamb", 1))
    for option in ("--base", "--retry-rejects"):
        inputs = [later] if option == "--base" else []
        outcome = export(inputs, tmp_path / "two", option, tmp_path / "damaged")
        assert outcome.code == 5
        assert outcome.document()["error"]["code"] == "package.base-not-intact"
        assert not (tmp_path / "two").exists()
    with pytest.raises(BaseNotIntactError):
        archiver.export(later, tmp_path / "two", base=tmp_path / "damaged")


@pytest.mark.parametrize("identifier", ["urn:x:\x1b[31mRED", "urn:x:\x9b31m", "urn:x:\u202egnol"])
def test_a_base_whose_name_commands_a_terminal_is_refused(
    base: Path, later: Path, tmp_path: Path, identifier: str
) -> None:
    """Somebody made its checksums right again."""
    copy = copy_of(base, tmp_path)
    info = (copy / "bag-info.txt").read_text("utf-8").replace(identifier_of(base), identifier)
    (copy / "bag-info.txt").write_text(info, "utf-8")
    seal_bag(copy)
    outcome = export(later, tmp_path / "two", "--base", copy)
    assert outcome.code == 5
    assert all(char.isprintable() or char == "\n" for char in outcome.words + outcome.err)
    assert not (tmp_path / "two").exists()


def test_what_is_no_package_is_no_base(later: Path, tmp_path: Path) -> None:
    assert export(later, tmp_path / "two", "--base", later).code == 5
    assert export(later, tmp_path / "two", "--base", tmp_path / "nowhere").code == 2


def test_rejects_that_can_be_articles_now_make_a_package_of_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    corpus(folder, 3)
    demanding = tmp_path / "schema.json"
    demanding.write_text('{"required": ["publisher"]}', "utf-8")
    line = {"text": story(7), "publisher": "The Westmoor Lantern"}
    other = {"text": story(8)}
    folder.joinpath("lines.jsonl").write_text(f"{json.dumps(line)}\n{json.dumps(other)}\n", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    assert export(folder, tmp_path / "one", "--schema", demanding, "--max-reject-share", "1").code == 3
    with archiver.open_package(tmp_path / "one") as package:
        rejected = {reject.path: reject.id for reject in package.rejects()}
        assert len(rejected) == 5
    names = ("story-0001.txt", "story-0002.txt", "0/story-0000.html")
    sidecar = tmp_path / "metadata.csv"
    sidecar.write_text("path,publisher\n" + "".join(f"{name},The Westmoor Lantern\n" for name in names), "utf-8")
    outcome = export(
        [], tmp_path / "two", "--retry-rejects", tmp_path / "one", "--schema", demanding, "--metadata", sidecar
    )
    assert outcome.code == 3
    assert outcome.document()["base"]["counts"] == {"left": 0, "mended": 3, "retried": 5}
    with archiver.open_package(tmp_path / "two") as package:
        assert {one.metadata.source.path: one.id for one in package.articles()} == {
            name: rejected[name] for name in names
        }
        assert {reject.path: reject.id for reject in package.rejects()} == {
            name: rejected[name] for name in ("lines.jsonl", "empty.txt")
        }
        (lines_file,) = (source for source in package.sources() if source.path == "lines.jsonl")
        assert (lines_file.articles, lines_file.rejects, lines_file.carried) == (0, 1, 1)
        assert read_base(package.data) is not None
    assert wrong(tmp_path / "two") == []
    archiver.api.restore(tmp_path / "two", [], tmp_path / "back")
    assert (tmp_path / "back/lines.jsonl").read_bytes() == (folder / "lines.jsonl").read_bytes()
    # What was mended is no state of the whole input.
    assert export(folder, tmp_path / "three", "--base", tmp_path / "two").code == 2


def test_a_retry_that_was_stopped_goes_on(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from archiver.pipeline import merge

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(merge, "write_datapackage", stop)
        assert export([], tmp_path / "two", "--retry-rejects", base).code == 130
    assert export([], tmp_path / "two", "--retry-rejects", base, "--language", "en", "--resume").code == 2
    assert export([], tmp_path / "two", "--retry-rejects", base, "--resume").code == 4
    assert export([], tmp_path / "whole", "--retry-rejects", base).code == 4
    assert tree(tmp_path / "two") == tree(tmp_path / "whole")


def test_where_nothing_was_rejected_nothing_is_written(later: Path, tmp_path: Path) -> None:
    assert export(later / "new.html", tmp_path / "clean").code == 0
    assert export([], tmp_path / "two", "--retry-rejects", tmp_path / "clean").code == 0
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize("mixture", [("--base", "X"), ("--add", "--resume")])
def test_what_does_not_go_together_is_refused(base: Path, tmp_path: Path, mixture: tuple[str, ...]) -> None:
    assert export([], tmp_path / "two", "--retry-rejects", base, *mixture).code == 2
    assert export(base.parent / "in", tmp_path / "two", "--retry-rejects", base).code == 2
    assert export([], tmp_path / "two").code == 2


def test_verify_knows_how_a_package_refers_to_its_base(base: Path, later: Path, tmp_path: Path) -> None:
    from archiver.package.verify_lineage import check_lineage

    assert export(later, tmp_path / "two", "--base", base).code == 0
    root = tmp_path / "two"
    listed = root / "data/metadata/unchanged.jsonl"
    reference = root / "data/metadata/base.json"

    def codes() -> set[str]:
        return {finding.code for finding in check_lineage(root)}

    assert codes() == set()
    whole, said = listed.read_bytes(), reference.read_bytes()
    for changed, code in (
        (whole[whole.index(b"\n") + 1 :], "package.count-mismatch"),
        (whole + whole, "package.unchanged-order"),
        (whole.replace(b'"bytes"', b'"size"', 1), "package.unchanged-invalid"),
        (whole.replace(b"story-0004", b"story-0001", 1), "package.unchanged-is-source"),
    ):
        listed.write_bytes(changed)
        assert code in codes()
    listed.unlink()
    assert codes() == {"package.file-missing"}
    listed.write_bytes(whole)
    reference.write_bytes(said.replace(b"increment", b"whatever"))
    assert codes() == {"package.base-invalid"}
    reference.write_bytes(said.replace(b"urn:uuid:", b"urn:uuid:0"))
    assert codes() == {"package.base-mismatch"}
    reference.unlink()
    assert codes() == {"package.base-missing"}
