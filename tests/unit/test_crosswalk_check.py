"""What is wrong with crosswalk files is found; what is right is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archiver.crosswalk.check import check_crosswalk
from archiver.crosswalk.targets import Target, write_as
from archiver.model.metadata import Metadata, SourceRef

SOURCE = SourceRef("a.txt", "file:///a.txt", "text/plain", "utf-8", 1, "0" * 64, "urn:uuid:" + "0" * 8)
IDS = [f"a-00000000000000a{number}" for number in range(3)]
ARTICLES = [(Metadata(one, SOURCE, "1" * 64, 3, title="a-ffffffffffffffff & so"), "text") for one in IDS]
FILES = {Target.DC: "dc.xml", Target.JSONLD: "articles.jsonld"}


def written(tmp_path: Path, target: Target, change: tuple[bytes, bytes] = (b"", b"")) -> Path:
    path = tmp_path / FILES[target]
    path.write_bytes(b"".join(write_as(target, ARTICLES)).replace(*change, 1))
    return path


def codes(path: Path, ids: list[str]) -> list[str]:
    return [finding.code for finding in check_crosswalk(path, ids, path.name)]


@pytest.mark.parametrize("target", FILES)
def test_what_was_written_is_right(tmp_path: Path, target: Target) -> None:
    assert codes(written(tmp_path, target), IDS) == []
    empty = tmp_path / f"empty-{FILES[target]}"
    empty.write_bytes(b"".join(write_as(target, [])))
    assert codes(empty, []) == []


@pytest.mark.parametrize("target", FILES)
@pytest.mark.parametrize("ids", [IDS[:2], [*IDS, "a-00000000000000ff"], IDS[::-1], []])
def test_other_articles_or_another_order_are_told(tmp_path: Path, target: Target, ids: list[str]) -> None:
    assert codes(written(tmp_path, target), ids) == ["package.crosswalk-order"]


@pytest.mark.parametrize(
    ("target", "change"),
    [
        (Target.DC, (b"</records>", b"")),
        (Target.DC, (b"<records", b'<!DOCTYPE x [<!ENTITY a "b">]><records')),
        (Target.DC, (b"&amp;", b"&")),
        (Target.JSONLD, (b"schema.org", b"schema.example")),
        (Target.JSONLD, (b"]}\n", b"")),
        (Target.JSONLD, (b"},\n", b"}\n")),
        (Target.JSONLD, (b'"@id"', b'@id"')),
        (Target.JSONLD, (b"]}\n", b"]}\n\n")),
    ],
)
def test_damage_is_told(tmp_path: Path, target: Target, change: tuple[bytes, bytes]) -> None:
    assert codes(written(tmp_path, target, change), IDS) == ["package.crosswalk-invalid"]


def test_only_identifiers_of_records_count(tmp_path: Path) -> None:
    metadata = replace(ARTICLES[0][0], title="dc:identifier")
    path = tmp_path / "dc.xml"
    path.write_bytes(b"".join(write_as(Target.DC, [(metadata, "")])))
    assert codes(path, IDS[:1]) == []
