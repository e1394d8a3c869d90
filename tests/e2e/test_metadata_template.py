"""A metadata file is written, filled in with a spreadsheet, and taken by an export."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ..support_export import export, invoke, story, tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(story(1), "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    lines = [{"text": story(2).split("\n\n", 3)[3], "title": "=cmd|' /C calc'!A0"}, {"text": story(3)}]
    (folder / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return folder


@pytest.fixture
def template(folder: Path, tmp_path: Path) -> Path:
    file = tmp_path / "metadata.csv"
    outcome = invoke("inspect", folder, "--template", file)
    assert outcome.code == 3
    assert "empty.txt" in outcome.err
    return file


def read(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def described(package: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (package / "data/metadata/articles.jsonl").read_bytes().splitlines()]


def save(file: Path, rows: list[dict[str, str]], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> None:
    """Write the rows as a spreadsheet program does."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(stream.getvalue().encode(encoding))


def test_it_tells_what_was_found_and_leaves_the_rest_open(template: Path) -> None:
    assert template.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read(template)
    assert [row["path"] for row in rows] == ["a.txt", "lines.jsonl", "lines.jsonl"]
    assert rows[0]["found title"] == "Lighthouse 1 of Westmoor gets a new lamp"
    assert rows[0]["found published"] == "2018-03-12 (“12 March 2018”)"
    # No spreadsheet may run what a page says.
    assert rows[1]["found title"] == "'=cmd|' /C calc'!A0"
    assert {row[field] for row in rows for field in row if field not in ("id", "path") and "found" not in field} == {""}


def test_a_template_as_it_is_changes_nothing_but_the_note_that_it_was_given(
    folder: Path, template: Path, tmp_path: Path
) -> None:
    export(folder, tmp_path / "without")
    outcome = export(folder, tmp_path / "with", "--metadata", template).document()
    assert outcome["sidecar_unmatched"] == []
    assert outcome["articles_unmatched"] == []
    one, other = tree(tmp_path / "with"), tree(tmp_path / "without")
    assert one.keys() == other.keys()
    # PREMIS names the metadata file among what the run was told.
    changed = {
        b"metadata/premis.xml",
        b"metadata/premis-00000.xml",
        b"tagmanifest-sha256.txt",
        b"tagmanifest-sha512.txt",
    }
    assert {name for name in one if one[name] != other[name]} == changed


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1252"])
def test_what_is_filled_in_comes_into_the_package(
    folder: Path, template: Path, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows = read(template)
    rows[0] |= {"rights": "Public domain", "byline": "-"}
    rows[2] |= {"title": "'=not a formula", "published": "2018-03", "authors": "René Sample; Ida Sample"}
    save(template, rows, delimiter=delimiter, encoding=encoding)
    assert export(folder, tmp_path / "package", "--metadata", template).code == 3
    first, second, third = described(tmp_path / "package")
    assert first["rights"] == "Public domain"
    assert "byline" in first["unknown"]
    assert "sidecar" not in json.dumps(second["provenance"])
    assert third["title"] == "=not a formula"
    assert third["published"] == {"value": "2018-03", "precision": "month", "text": "2018-03", "certainty": "high"}
    assert [person["name"] for person in third["authors"]] == ["René Sample", "Ida Sample"]
    assert first["published"]["text"] == "12 March 2018"


def test_what_matches_nothing_is_told_on_both_sides(folder: Path, template: Path, tmp_path: Path) -> None:
    rows = read(template)
    rows[0] |= {"id": "a-" + "0" * 16, "path": "lost.txt"}
    save(template, rows)
    outcome = export(folder, tmp_path / "package", "--metadata", template)
    document = outcome.document()
    first = described(tmp_path / "package")[0]
    assert document["sidecar_unmatched"] == ["row 2: a-0000000000000000"]
    assert document["articles_unmatched"] == [f"a.txt: {first['id']}"]
    assert document["flags"]["metadata-file.no-row"] == 1


def test_a_template_of_a_package(folder: Path, tmp_path: Path, template: Path) -> None:
    export(folder, tmp_path / "package")
    assert invoke("inspect", tmp_path / "package", "--template", tmp_path / "again.csv").code == 0
    assert (tmp_path / "again.csv").read_bytes() == template.read_bytes()


def test_a_file_that_is_there_is_not_touched(folder: Path, template: Path) -> None:
    before = template.read_bytes()
    outcome = invoke("inspect", folder, "--template", template, "--json")
    assert outcome.code == 2
    assert outcome.document()["error"]["code"] == "usage.output-exists"  # type: ignore[index]
    assert template.read_bytes() == before


def test_the_outcome_in_json(folder: Path, tmp_path: Path) -> None:
    document = invoke("inspect", folder, "--template", tmp_path / "new.csv", "--json").document()
    assert document["articles"] == 3
    assert [reject["path"] for reject in document["rejects"]] == ["empty.txt"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "options",
    [
        ("--to", "csv", "--json"),
        ("--to", "dc", "--articles"),
        ("--to", "dc", "--template", "x.csv"),
        ("--template", "x.csv", "--articles"),
        ("--to", "dc", "--bom"),
        ("--bom",),
        ("--to", "marc"),
    ],
)
def test_what_does_not_go_together_is_wrong_use(folder: Path, options: tuple[str, ...]) -> None:
    assert invoke("inspect", folder, *options).code == 2


def test_two_packages_are_wrong_use(folder: Path) -> None:
    assert invoke("inspect", folder, folder).code == 2


def test_every_form_is_printed(folder: Path, tmp_path: Path) -> None:
    export(folder, tmp_path / "package")
    begins = {"dc": b"<?xml", "jsonld": b'{"@context"', "ninjs": b'{"altIds"', "csv": b'"id","path"'}
    for target, first in begins.items():
        outcome = invoke("inspect", tmp_path / "package", "--to", target)
        assert outcome.code == 0
        assert outcome.out.startswith(first)
    assert invoke("inspect", tmp_path / "package", "--to", "csv", "--bom").out.startswith(b"\xef\xbb\xbf")
    assert invoke("inspect", folder, "--to", "csv").code == 5


def test_a_package_is_told_of_alone_and_not_among_inputs(folder: Path, tmp_path: Path) -> None:
    assert export(folder, tmp_path / "package").code == 3
    outcome = invoke("inspect", tmp_path / "package", folder, "--template", tmp_path / "mixed.csv")
    assert outcome.code == 2
    assert "name the sources; " in outcome.err
    assert not (tmp_path / "mixed.csv").exists()
    assert invoke("inspect", tmp_path / "package", "--template", tmp_path / "alone.csv").code == 0
    assert [row["path"] for row in read(tmp_path / "alone.csv")] == ["a.txt", "lines.jsonl", "lines.jsonl"]
