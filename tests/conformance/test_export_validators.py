"""An export of all sample cases, and one of real pages, judged by software that is not ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import bagit
import pytest
from lxml import etree

from ..support_export import PNG, corpus, export, faults_of, invoke
from ..support_real import real_inputs


@pytest.fixture(scope="module", params=["samples", "real"])
def package(tmp_path_factory: pytest.TempPathFactory, samples: Path, request: pytest.FixtureRequest) -> Path:
    root = tmp_path_factory.mktemp("conformance")
    if request.param == "real":
        real_inputs(request.getfixturevalue("shared"), root / "in")
        assert export(root / "in", root / "package", "--max-reject-share", "1").code == 3
        return root / "package"
    shutil.copytree(samples, root / "in", ignore=shutil.ignore_patterns("expected.json", "*.py", "sources"))
    corpus(root / "in", 12)
    odd = os.fsdecode(b"name \xff \xc3\xa9 %41.txt")
    (root / "in" / odd).write_bytes(b"")
    (root / "in/picture.png").write_bytes(PNG)
    assert export(root / "in", root / "package").code == 3
    return root / "package"


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name(name), *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def lines(path: Path) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in path.read_bytes().splitlines())


def warcs(package: Path) -> list[Path]:
    return sorted(package.rglob("*.warc.gz"))


def test_our_own_verifier_agrees(package: Path) -> None:
    assert invoke("verify", package, "--json").document()["ok"] is True


def test_bagit_python_validates_it(package: Path) -> None:
    assert bagit.Bag(str(package)).validate()


def test_warcio_checks_every_record(package: Path) -> None:
    assert len(warcs(package)) == 2
    done = tool("warcio", "check", "-v", *warcs(package))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "fail" not in done.stdout.lower()


def test_fastwarc_checks_every_record(package: Path) -> None:
    for path in warcs(package):
        done = tool("fastwarc", "check", "-q", path)
        assert done.returncode == 0, done.stdout + done.stderr


def cdxj(text: str) -> dict[tuple[str, str], tuple[str, dict[str, str]]]:
    found = {}
    for line in text.splitlines():
        key, stamp, fields = line.split(" ", 2)
        if not key.startswith("!"):
            values = json.loads(fields)
            found[Path(values["filename"]).name, values["offset"]] = (f"{key} {stamp}", values)
    return found


def test_cdxj_indexer_finds_what_our_index_says(package: Path) -> None:
    done = tool("cdxj-indexer", *sorted((package / "data/archive").iterdir()))
    assert done.returncode == 0, done.stderr
    theirs, ours = cdxj(done.stdout), cdxj((package / "data/indexes/index.cdxj").read_text("utf-8"))
    # They list metadata records of a source WARC without an address of their own; no replay asks for those.
    assert set(ours) <= set(theirs)
    for place, (key, fields) in ours.items():
        their_key, their_fields = theirs[place]
        assert key == their_key
        for name in ("url", "length", "offset", "mime", "status"):
            assert fields.get(name) == their_fields.get(name), (place, name)
    left = [fields for place, (_, fields) in theirs.items() if place not in ours]
    assert all(fields.get("mime") in ("application/warc-fields", "application/json", None) for fields in left), left


def test_pywb_indexes_the_archive(package: Path) -> None:
    pytest.importorskip("pywb", reason="pywb is not installed")
    done = tool("cdx-indexer", "-j", "-s", package / "data/archive")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) >= len((package / "data/indexes/index.cdxj").read_text("utf-8").splitlines())


def test_wacz_validates_the_zipped_payload(package: Path, tmp_path: Path) -> None:
    target = tmp_path / "package.wacz"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in (package / "data").rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(package / "data"))
    done = tool("wacz", "validate", "-f", target)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_tei_file_is_valid_for_tei_all(package: Path, shared: Path) -> None:
    schema = etree.RelaxNG(etree.parse(shared / "schemas" / "tei_all-4.5.0.rng"))
    files = sorted((package / "data/tei").rglob("a-*.xml"))
    assert len(files) > 30
    for path in files:
        assert schema.validate(etree.parse(path)), f"{path.name}: {schema.error_log}"
    corpus = etree.parse(package / "data/tei/corpus.xml")
    corpus.xinclude()
    assert schema.validate(corpus), schema.error_log


def test_every_tei_file_is_valid_for_the_schema_in_the_package(package: Path) -> None:
    schema = etree.RelaxNG(etree.parse(package / "schemas/tei-article.rng"))
    for path in sorted((package / "data/tei").rglob("a-*.xml")):
        assert schema.validate(etree.parse(path)), f"{path.name}: {schema.error_log}"


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("metadata/articles.jsonl", "article"),
        ("metadata/sources.jsonl", "sources"),
        ("removed/ledger.jsonl", "ledger"),
        ("rejected/rejects.jsonl", "rejects"),
    ],
)
def test_every_line_is_valid_for_its_schema(package: Path, name: str, schema: str) -> None:
    found = list(lines(package / "data" / name))
    assert found
    for number, line in enumerate(found, 1):
        assert faults_of(line, schema) == [], f"{name}, line {number}"


def test_the_schemas_in_the_package_are_those_in_force(package: Path) -> None:
    for path in (package / "schemas").iterdir():
        assert path.read_bytes() == invoke("schema", path.name).out


def test_the_readme_is_plain_text_that_any_editor_shows(package: Path) -> None:
    text = (package / "README.txt").read_bytes().decode("ascii")
    assert max(map(len, text.splitlines())) <= 100
