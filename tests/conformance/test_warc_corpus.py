"""132 WARC and ARC files of other projects: none stops us, the good ones are good, and of the others something is told.

Where we disagree with the listing of the corpus, docs/warc-corpus.md says why, one file after the other.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import archiver
from archiver.model.outcome import Severity

from ..conftest import CHECKOUT

#: What the listing says of files that a reader should read, or at most warn of.
_GOOD = (
    "read all",
    "URI in",
    "metadata records",
    "missing recommended",
    "non-ASCII",
    "payload digest over",
    "recognise ARC/1: read (warcio does) or typed unsupported-format error; no crash",
    "revisit",
    "readable content",
)
_NOT_GOOD = "; report garbage/truncation"


@pytest.fixture(scope="module")
def listing(shared: Path) -> list[dict[str, str]]:
    path = shared / "warc-corpus" / "LISTING.tsv"
    if not path.is_file():
        pytest.skip("the corpus of WARC files is not here")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def found(shared: Path, listing: list[dict[str, str]]) -> dict[str, dict[str, Severity]]:
    """Every file with the codes that are told of it."""
    return {
        row["file"]: {one.code: one.severity for one in archiver.verify(shared / "warc-corpus" / row["file"])}
        for row in listing
    }


def explained() -> dict[str, set[str]]:
    """Return the files that docs/warc-corpus.md tells of, with the codes of their errors."""
    page = (CHECKOUT / "docs" / "warc-corpus.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| ((?:`[a-z.-]+`(?:, )?)+) \|", page, re.MULTILINE)
    return {name: set(re.findall(r"`([^`]+)`", codes)) for name, codes in rows}


def _is_good(row: dict[str, str]) -> bool:
    wanted = row["robust reader should"]
    return wanted.startswith(_GOOD) and not wanted.endswith(_NOT_GOOD)


def test_no_file_stops_us(found: dict[str, dict[str, Severity]]) -> None:
    assert len(found) == 132


def test_good_files_have_no_errors_but_those_that_the_docs_explain(
    listing: list[dict[str, str]], found: dict[str, dict[str, Severity]]
) -> None:
    wrong = {
        row["file"]: {code for code, severity in found[row["file"]].items() if severity is Severity.ERROR}
        for row in listing
        if _is_good(row)
    }
    assert {name: codes for name, codes in wrong.items() if codes} == explained()


def test_of_every_other_file_something_is_wrong(
    listing: list[dict[str, str]], found: dict[str, dict[str, Severity]]
) -> None:
    others = [row["file"] for row in listing if not _is_good(row)]
    assert len(others) > 40
    assert [name for name in others if Severity.ERROR not in found[name].values()] == []
