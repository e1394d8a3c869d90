"""Forty WARC and ARC files of other people and real articles in one package: nothing of them is lost or changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import archiver
from archiver.canon import sha256_hex
from archiver.warc.record import ScannedRecord
from archiver.warc.scan import scan

from ..support_export import export, invoke, tree

FILES, ARC_FILES = 40, 8


@dataclass(frozen=True)
class Made:
    inputs: Path
    package: Path
    captures: list[Path]


def readable(shared: Path) -> list[Path]:
    """Return forty files of the corpus that warcio reads to the end, some of them ARC."""
    listing = shared / "warc-corpus" / "LISTING.tsv"
    if not listing.is_file():
        pytest.skip("the corpus of WARC files is not here")
    rows = [line.split("\t") for line in listing.read_text("utf-8").splitlines()[1:]]
    found = [listing.parent / row[0] for row in rows if row[3][:-1].isdigit() and row[2] in ("ok", "-")]
    arc = [path for path in found if ".arc" in path.name]
    warc = [path for path in found if path not in arc]
    by_size = sorted(warc, key=lambda path: (path.stat().st_size, path))
    # Some of the larger ones, and many of the smaller, which have odder things in them.
    return [*sorted(arc)[:ARC_FILES], *by_size[-12:-2:2], *by_size][:FILES]


@pytest.fixture(scope="module")
def made(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("captures")
    inputs = root / "in"
    for path in readable(shared):
        (inputs / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, inputs / path.parent.name)
    captures = sorted(path for path in inputs.rglob("*") if path.is_file())
    assert len(captures) == FILES
    for path in (shared / "articles").glob("*.txt"):
        shutil.copy(path, inputs)
    assert export(inputs, root / "package", "--max-reject-share", "1").code in (0, 3)
    return Made(inputs, root / "package", captures)


def records(paths: list[Path]) -> Iterator[ScannedRecord]:
    for path in paths:
        yield from (item for item in scan(path) if isinstance(item, ScannedRecord))


def archive(package: Path) -> list[Path]:
    return sorted((package / "data/archive").iterdir())


def unusual(header: bytes) -> bool:
    return b"\n\t" in header or not header.startswith(b"WARC/") or b"Content-Length" not in header


def test_every_record_of_every_input_is_found_again_byte_for_byte(made: Made) -> None:
    held = list(records(archive(made.package)))
    verbatim = Counter(sha256_hex(record.header + record.block) for record in held)
    payloads = Counter((record.target_uri, sha256_hex(record.block)) for record in held)
    blobs = {record.get("WARC-Block-Digest") for record in held if record.type == "resource"}
    counted: Counter[str] = Counter()
    for path in made.captures:
        whole = f"sha256:{sha256_hex(path.read_bytes())}" in blobs
        for record in records([path]):
            if record.version == "arc":
                # An ARC record has another header; as a WARC record, if it can be one, it has the same content.
                counted["arc"] += payloads[record.target_uri, sha256_hex(record.block)] > 0
                assert whole, path
            elif verbatim[sha256_hex(record.header + record.block)]:
                counted["verbatim"] += 1
            else:
                # It is damaged, or FastWARC would read nothing behind its header.
                assert whole, f"{path}: {record.record_id}"
                assert record.errors or unusual(record.header), f"{path}: {record.record_id}"
                counted["whole"] += 1
    assert counted["verbatim"] > 60, counted
    assert counted["arc"] > 5, counted


def test_every_input_is_restored(made: Made, tmp_path: Path) -> None:
    assert invoke("restore", made.package, "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == tree(made.inputs)


def test_every_original_can_be_had(made: Made) -> None:
    with archiver.open_package(made.package) as package:
        entries = list(package.articles())
        assert len(entries) > 50
        for entry in entries:
            assert sha256_hex(entry.original()) == entry.metadata.source.sha256


def test_our_own_verifier_agrees(made: Made) -> None:
    errors = [finding for finding in archiver.verify(made.package) if finding.severity == "error"]
    assert errors == []


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name(name), *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_warcio_and_fastwarc_check_every_record(made: Made) -> None:
    for path in sorted(made.package.rglob("*.warc.gz")):
        done = tool("warcio", "check", path)
        assert done.returncode == 0, done.stdout + done.stderr
        done = tool("fastwarc", "check", "-q", path)
        assert done.returncode == 0, done.stdout + done.stderr


def test_wacz_validates_it(made: Made, tmp_path: Path) -> None:
    assert invoke("convert", made.package, "--to", "wacz", "-o", tmp_path / "p.wacz").code == 0
    done = tool("wacz", "validate", "-f", tmp_path / "p.wacz")
    assert done.returncode == 0, done.stdout + done.stderr


def test_cdxj_indexer_makes_the_same_keys(made: Made) -> None:
    done = tool("cdxj-indexer", *archive(made.package))
    assert done.returncode == 0, done.stderr
    theirs = {}
    for line in done.stdout.splitlines():
        key, stamp, fields = line.split(" ", 2)
        values = json.loads(fields)
        theirs[Path(values["filename"]).name, values["offset"]] = (key, stamp, values["length"])
    compared = 0
    for line in (made.package / "data/indexes/index.cdxj").read_text("utf-8").splitlines():
        key, stamp, fields = line.split(" ", 2)
        values = json.loads(fields)
        assert theirs[values["filename"], values["offset"]] == (key, stamp, values["length"])
        compared += 1
    assert compared > 100
