"""What is taken for input: nothing that archiver itself made."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import UsageError
from archiver.model.intake import Form
from archiver.package import ownership
from archiver.pipeline.handout import metadata_template
from archiver.pipeline.inputs import find_articles, find_inputs


def write(folder: Path, *names: str, text: str = "x") -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


LISTS = tuple(f"data/{name}" for name in ownership.LISTS)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("bagit.txt", *LISTS), "."),
        (("data/datapackage.json", *LISTS), "data"),
        (("METS.xml", *(f"representations/rep1/{name}" for name in LISTS)), "."),
    ],
)
@pytest.mark.parametrize("named", ["package", "folder", "pattern", "everything"])
def test_the_files_of_a_package_hold_no_article_wherever_it_stands(
    names: tuple[str, ...], told: str, named: str, tmp_path: Path
) -> None:
    package = write(tmp_path / "a" / "package", *names, "README.txt")
    place = {
        "package": package,
        "folder": package.parent,
        "pattern": tmp_path / "a*",
        "everything": tmp_path / "a" / "**",
    }[named]
    found = find_inputs([str(place)])
    assert found.own_work == (("a package", str(package / told)),)
    closed = str(package / told)
    assert {file.form for file in found.files if file.path.startswith(closed)} == {Form.OTHER}
    if named != "folder" and named != "pattern" and (told == "." or named == "everything"):
        with pytest.raises(UsageError, match="it is a package, whose own files are no articles") as caught:
            find_articles([str(place)])
        assert caught.value.place == closed
    else:
        assert find_articles([str(place)]).count == found.files.count


@pytest.mark.parametrize(
    "names",
    [
        ("bagit.txt", "data/story.txt"),
        ("bagit.txt", "data/package/metadata/articles.jsonl"),
        # One list can be a list of somebody's own.
        ("bagit.txt", LISTS[0]),
        ("data/datapackage.json", LISTS[1]),
        ("datapackage.json", "articles.jsonl"),
        ("metadata/articles.jsonl", "metadata/sources.jsonl"),
        ("METS.xml", "representations/rep1/data/story.txt"),
        ("story.partial/story.txt",),
        ("story/run.json",),
    ],
)
def test_what_somebody_else_made_is_read(names: tuple[str, ...], tmp_path: Path) -> None:
    found = find_inputs([str(write(tmp_path, *names, "beside.txt"))])
    assert found.own_work == ()
    assert Form.TEXT in {file.form for file in found.files}


def test_a_package_without_a_list_says_in_its_tags_what_it_is(tmp_path: Path) -> None:
    package = write(
        tmp_path / "package", "bagit.txt", LISTS[1], "bag-info.txt", text="Bag-Software-Agent: archiver 0.1\n"
    )
    assert find_inputs([str(tmp_path)]).own_work == (("a package", str(package)),)


def test_whoever_is_not_told_otherwise_hears_of_packages_that_are_passed_over(tmp_path: Path) -> None:
    package = write(tmp_path / "in" / "package", "bagit.txt", *LISTS)
    heard: list[str] = []
    find_articles([str(tmp_path / "in")], tell=heard.append)
    assert heard == [f"{package}: it is a package: no article is looked for in its files"]


def test_the_order_in_which_inputs_are_named_makes_no_difference(tmp_path: Path) -> None:
    package = write(tmp_path / "package", "bagit.txt", *LISTS, "data/tei/a.txt")
    write(tmp_path, "beside.txt")
    named = [str(package / LISTS[0]), str(package), str(package / "data"), str(tmp_path / "*.txt")]
    both = [[(one.name, one.form) for one in find_inputs(order).files] for order in (named, named[::-1])]
    assert both[0] == both[1]
    assert {name: form for name, form in both[0] if form is not Form.OTHER} == {
        "beside.txt": Form.TEXT,
        f"package/{LISTS[0]}": Form.JSON_LINES,
    }


def test_an_unfinished_run_holds_no_article(tmp_path: Path) -> None:
    run = write(tmp_path / "in" / "package.partial", "run.json", "shards/story.txt")
    found = find_inputs([str(tmp_path / "in")])
    assert found.own_work == (("an unfinished run", str(run)),)
    assert {file.form for file in found.files} == {Form.OTHER}
    with pytest.raises(UsageError, match="an unfinished run"):
        metadata_template([str(run)], tmp_path / "template.csv")
    assert find_inputs([str(tmp_path / "in")], leave_out=[str(run)]).own_work == ()


def test_a_file_of_a_package_that_is_named_itself_is_read(tmp_path: Path) -> None:
    package = write(tmp_path / "package", "bagit.txt", *LISTS)
    (found,) = find_articles([str(package / LISTS[0])])
    assert (found.name, found.form) == ("articles.jsonl", Form.JSON_LINES)


def test_a_metadata_file_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    package = write(tmp_path / "package", "bagit.txt", *LISTS, text="{}\n")
    (tmp_path / "out").mkdir()
    with pytest.raises(Exception, match="missing"):
        metadata_template([str(package)], tmp_path / "out" / "template.csv")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_metadata_file_is_written_to_a_file_in_a_folder_that_is_there(tmp_path: Path) -> None:
    write(tmp_path / "in", "story.txt")
    for file, told in ((tmp_path / "none/template.csv", "no such folder"), (Path("-"), "standard output")):
        with pytest.raises(UsageError, match=told):
            metadata_template([str(tmp_path / "in")], file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
