"""A number of five thousand digits wherever one is read: a finding or an error of its kind, never a fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import archiver
from archiver.clean.ruleset import load_rules
from archiver.errors import ExitCode, PackageError, RecipeError, RuleFileError
from archiver.model.outcome import Severity
from archiver.model.source import Source
from archiver.package import layout
from archiver.package.index_read import check_blocks
from archiver.package.listing import Segment, source_file
from archiver.package.open import open_package
from archiver.package.segments import original_bytes
from archiver.package.summary import summarize
from archiver.pipeline import look as looking
from archiver.pipeline.recipe import make_recipe

from ..support_export import export, invoke, story
from ..support_faults import seal
from .hostile import http, page, record

MANY = "1" * 5000


def told(path: Path) -> set[str]:
    return {finding.code for finding in archiver.verify(path)}


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")


def test_a_payload_oxum(package: Path) -> None:
    edit(package / "bag-info.txt", lambda text: re.sub(r"Payload-Oxum: \d+\.\d+", f"Payload-Oxum: {MANY}.{MANY}", text))
    assert "bag.oxum-mismatch" in told(package)


def test_a_length_in_fetch_txt(package: Path) -> None:
    (package / "fetch.txt").write_text(f"https://a.example/x {MANY} data/metadata/articles.jsonl\n", "utf-8")
    assert {"bag.fetch", "bag.fetch-size"} <= told(package)


def test_the_number_of_doubtful_blocks(package: Path) -> None:
    with (package / "bag-info.txt").open("a", encoding="utf-8") as file:
        file.write(f"Doubtful-Blocks: {MANY}\n")
    with open_package(package) as opened:
        assert summarize(opened).doubtful_blocks == 2**63 - 1


def test_the_segment_of_a_record(tmp_path: Path) -> None:
    """Export and verify agree on the file, and the package is sound: what lies in it came so."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.txt").write_text(story(1), "utf-8")
    lone = tmp_path / "in/lone.warc"
    lone.write_bytes(record(http(page(4).encode()), fields=f"WARC-Segment-Number: {MANY}\r\n"))
    found = [one for one in archiver.verify(lone) if one.severity is Severity.ERROR]
    assert [one.code for one in found] == ["warc.bad-field"]
    assert len(found[0].message) < 200
    assert export(tmp_path / "in", tmp_path / "out").code == 3
    assert [one for one in archiver.verify(tmp_path / "out") if one.severity is Severity.ERROR] == []
    assert export(tmp_path / "in", tmp_path / "again", "--base", tmp_path / "out").code == 0
    retried = invoke("export", "--retry-rejects", tmp_path / "out", "-o", tmp_path / "retried", "--json")
    assert retried.document()["rejected"] == 1


def test_the_length_of_a_stored_record(package: Path, tmp_path: Path) -> None:
    place = tmp_path / "archive/x.warc"
    place.parent.mkdir()
    place.write_bytes(f"WARC/1.1\r\nContent-Length: {MANY}\r\n\r\nabc\r\n\r\n".encode())
    with open_package(package) as opened:
        one = next(iter(opened.sources()))
    line = {
        "path": "x", "path_encoding": "utf-8", "media_type": "text/plain", "bytes": 3, "encoding": "payload",
        "articles": 0, "rejects": 0, "carried": 0,
        "segments": [{"file": "archive/x.warc", "offset": 0, "length": place.stat().st_size}],
    }  # fmt: skip
    made = source_file(line)
    assert (made.segments, type(one)) == ((Segment("archive/x.warc", 0, place.stat().st_size),), type(made))
    with pytest.raises(PackageError, match="ends too early"):
        list(original_bytes(tmp_path, made))


def test_the_place_of_an_input_file(package: Path) -> None:
    """As many digits as JSON may have in Python: no file is as long, and none can be sought there."""
    edit(package / "data/metadata/sources.jsonl", lambda text: text.replace('"offset":', f'"offset":{"1" * 4000}', 1))
    seal(package)
    found = [one for one in archiver.verify(package) if one.severity is Severity.ERROR]
    assert "larger than any file" in "\n".join(one.message for one in found)
    with pytest.raises(PackageError, match="larger than any file"), open_package(package) as opened:
        list(opened.sources())


@pytest.mark.parametrize("offset", ["1e999", f'"{MANY}"', "1" * 4000])
def test_the_place_of_an_entry_of_the_index(package: Path, offset: str) -> None:
    edit(
        package / f"data/{layout.INDEX}", lambda text: re.sub(r'"offset": "\d+"', f'"offset": {offset}', text, count=1)
    )
    seal(package)
    assert told(package) & {"cdxj.syntax", "cdxj.no-record"}


@pytest.mark.parametrize("digits", [MANY, "9" * 4000, "9" * 18])
@pytest.mark.parametrize("columns", ["{}\t1", "0\t{}"])
def test_the_place_of_a_block_of_the_index(tmp_path: Path, digits: str, columns: str) -> None:
    (tmp_path / "indexes").mkdir()
    (tmp_path / layout.INDEX_BLOCKS).write_bytes(b"x")
    name = Path(layout.INDEX_BLOCKS).name
    (tmp_path / layout.INDEX_OF_BLOCKS).write_text(f"a 1\t{name}\t{columns.format(digits)}\t1\n", "ascii")
    assert [finding.code for finding in check_blocks(tmp_path)] == ["cdxj.blocks"]


@pytest.mark.parametrize("value", [MANY, "[" * 5000])
def test_a_recipe_and_a_file_of_rules(tmp_path: Path, value: str) -> None:
    (tmp_path / "x.toml").write_text(f"jobs = {value}\n", "ascii")
    with pytest.raises(RecipeError):
        make_recipe({"date": "2026-01-01"}, file=tmp_path / "x.toml")
    with pytest.raises(RuleFileError):
        load_rules(tmp_path / "x.toml")


@pytest.mark.parametrize("number", ["9" * 4000, "1e400", MANY])
def test_a_number_that_a_schema_divides(tmp_path: Path, number: str) -> None:
    (tmp_path / "s.json").write_text('{"properties": {"x-n": {"multipleOf": 0.1}}}', "ascii")
    (tmp_path / "d.jsonl").write_text(f'{{"x-n": {number}}}\n{{"x-n": 1}}\n', "ascii")
    outcome = invoke("validate", tmp_path / "d.jsonl", "--schema", tmp_path / "s.json", "--json")
    assert outcome.code == ExitCode.FINDINGS, outcome.err
    told = {(one["line"], one["code"]) for one in outcome.document()["findings"]}
    assert (1, "json.number") in told
    assert (2, "json.number") not in told


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three texts, of which a bug cannot read the second."""
    make = looking.make_article

    def faulty(source: Source, tools: object) -> object:
        if source.path.endswith("b.txt"):
            raise ValueError("a bug")
        return make(source, tools)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "make_article", faulty)
    for number, name in enumerate("abc"):
        (tmp_path / f"{name}.txt").write_text(story(number), "utf-8")
    return tmp_path


def test_a_bug_in_one_look_does_not_end_the_others(three: Path) -> None:
    outcome = invoke("strip", three, "--json")
    document = outcome.document()
    assert outcome.code == ExitCode.INTERNAL_FAULT
    assert (len(document["articles"]), [one["code"] for one in document["rejects"]]) == (2, ["article.internal-fault"])
    words = invoke("strip", three)
    assert words.code == ExitCode.INTERNAL_FAULT
    assert words.words.count("==> ") == 2
    assert "Traceback" not in words.err
    made = invoke("inspect", three, "--template", three / "t.csv", "--json")
    assert (made.code, made.document()["articles"]) == (ExitCode.INTERNAL_FAULT, 2)
    assert (three / "t.csv").is_file()


def test_a_bug_in_weighing_is_an_error_of_that_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object, **__: object) -> object:
        raise ValueError("a bug")

    monkeypatch.setattr(looking, "weights_of", faulty)
    (tmp_path / "a.txt").write_text(story(1), "utf-8")
    outcome = invoke("explain", tmp_path / "a.txt")
    assert outcome.code == ExitCode.INTERNAL_FAULT
    assert "Traceback" not in outcome.err
