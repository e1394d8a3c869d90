"""TEI of anybody's is taken for what it is: XML with a root of TEI, whose schema is its own."""

from __future__ import annotations

from pathlib import Path

import pytest

import archiver
from archiver.tei.anybody import check_any_tei

from ..support_export import story

#: As little as TEI P5 asks for.
LEAST = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Lamp</title></titleStmt>'
    "<publicationStmt><p>none</p></publicationStmt><sourceDesc><p>born digital</p></sourceDesc></fileDesc></teiHeader>"
    '<text><body><p xml:id="p1">One</p><p xml:id="p2">Two</p></body></text></TEI>'
)
OURS = archiver.extract(story(1)).to_tei(date="2026-01-01T00:00:00Z")


def codes(data: bytes) -> list[str]:
    return [one.code for one in check_any_tei(data, file="a.xml")]


@pytest.mark.parametrize(
    "data",
    [
        LEAST.encode(),
        # XML 1.0 section 4.3.3: every processor reads UTF-8 and UTF-16; others are declared.
        f'<?xml version="1.0" encoding="UTF-16"?>{LEAST}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{LEAST.replace("Lamp", "Lämp")}'.encode("latin-1"),
        f'<!DOCTYPE TEI SYSTEM "tei.dtd">{LEAST}'.encode(),
        LEAST.replace("TEI", "teiCorpus").encode(),
    ],
    ids=["utf-8", "utf-16", "latin-1", "doctype", "corpus"],
)
def test_a_sound_document_of_somebody_is_no_error(data: bytes) -> None:
    (finding,) = check_any_tei(data, file="a.xml")
    assert (finding.code, finding.severity, finding.file) == ("tei.schema-not-asked", "note", "a.xml")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (LEAST.replace("</p>", "", 1).encode(), "tei.not-well-formed"),
        (LEAST.replace("p2", "p1").encode(), "tei.duplicate-id"),
        (LEAST.replace("http://www.tei-c.org/ns/1.0", "urn:other").encode(), "tei.root"),
        (b"", "tei.not-well-formed"),
    ],
)
def test_what_is_wrong_with_any_tei_is_an_error(data: bytes, code: str) -> None:
    assert code in codes(data)


def test_what_archiver_wrote_is_held_to_its_schema() -> None:
    assert codes(OURS) == []
    assert codes(OURS.replace(b"<body>", b"<body><blink/>", 1)) == ["tei.schema"]
    assert codes(OURS[:-9]) == ["tei.not-well-formed"]
    assert codes(b"<!DOCTYPE TEI>" + OURS.partition(b"?>")[2].lstrip()) == ["tei.doctype"]


def test_entities_of_a_stranger_reach_nothing_and_grow_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    outside = f'<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">'
    text = LEAST.replace("One", "&x;&e29;")
    found = codes(f'<!DOCTYPE TEI [{outside}<!ENTITY e0 "ha">{laughs}]>{text}'.encode())
    assert found in (["tei.schema-not-asked"], ["tei.not-well-formed"])


def test_in_a_package_it_is_no_article(tmp_path: Path) -> None:
    """Who takes the mark of archiver out of a document of a package does not make it somebody else's."""
    (tmp_path / "a.txt").write_text(story(1), "utf-8")
    archiver.export([tmp_path / "a.txt"], tmp_path / "package", date="2026-01-01")
    (tei,) = (tmp_path / "package/data/tei").glob("a-*.xml")
    tei.write_bytes(LEAST.encode())
    assert "tei.schema" in {one.code for one in archiver.verify(tmp_path / "package")}


def test_alone_and_in_a_folder_it_is_verified_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(LEAST.encode())
    for place in (tmp_path, tmp_path / "a.xml"):
        assert {one.code for one in archiver.verify(place)} == {"tei.schema-not-asked"}
