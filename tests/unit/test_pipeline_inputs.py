"""What is taken for input: nothing that archiver itself made."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import UsageError
from archiver.pipeline.handout import metadata_template
from archiver.pipeline.inputs import find_inputs


def write(folder: Path, *names: str, text: str = "x") -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


LISTS = ("data/metadata/articles.jsonl", "data/metadata/sources.jsonl")


@pytest.mark.parametrize(
    ("names", "refused"),
    [
        (("bagit.txt", *LISTS), "."),
        # A list that was taken out does not make it anybody's bag.
        (("bagit.txt", LISTS[1]), "."),
        (("data/datapackage.json", *LISTS), "data"),
        # As in an E-ARK package.
        (
            ("METS.xml", *(f"representations/rep1/{name}" for name in ("data/datapackage.json", *LISTS))),
            "representations/rep1/data",
        ),
    ],
)
@pytest.mark.parametrize("named", [".", "..", "../a*"])
def test_a_package_is_refused_wherever_it_stands(
    names: tuple[str, ...], refused: str, named: str, tmp_path: Path
) -> None:
    package = write(tmp_path / "a" / "package", *names)
    # A pattern names the folder above the package.
    place = {".": package, "..": package.parent, "../a*": tmp_path / "a*"}[named]
    with pytest.raises(UsageError, match="whose own files are no articles") as caught:
        find_inputs([str(place)])
    assert caught.value.place == str(package / refused)


@pytest.mark.parametrize(
    "names",
    [
        ("bagit.txt", "data/story.txt"),
        ("bagit.txt", "data/package/metadata/articles.jsonl"),
        ("datapackage.json", "articles.jsonl"),
        ("metadata/articles.jsonl", "metadata/sources.jsonl"),
        ("story.partial/story.txt",),
        ("story/run.json",),
    ],
)
def test_what_somebody_else_made_is_input(names: tuple[str, ...], tmp_path: Path) -> None:
    assert find_inputs([str(write(tmp_path, *names))]).count == len(names)


def test_an_unfinished_run_is_refused(tmp_path: Path) -> None:
    run = write(tmp_path / "in" / "package.partial", "run.json", "shards.json")
    with pytest.raises(UsageError, match="unfinished run"):
        find_inputs([str(tmp_path / "in")])
    with pytest.raises(UsageError, match="unfinished run"):
        metadata_template([str(run)], tmp_path / "template.csv")
    assert find_inputs([str(tmp_path / "in")], leave_out=[str(run)]).count == 0


def test_a_file_of_a_package_that_is_named_itself_is_input(tmp_path: Path) -> None:
    package = write(tmp_path / "package", "bagit.txt", *LISTS)
    assert [file.name for file in find_inputs([str(package / LISTS[0])])] == ["articles.jsonl"]


def test_a_metadata_file_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    package = write(tmp_path / "package", "bagit.txt", *LISTS, text="{}\n")
    (tmp_path / "out").mkdir()
    with pytest.raises(Exception, match="missing"):
        metadata_template([str(package)], tmp_path / "out" / "template.csv")
    assert list((tmp_path / "out").iterdir()) == []
