"""PREMIS, BagIt profile and corpus of a package: what they tell, how they are cut, and what verifying finds in them."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import archiver
from archiver.canon import sha256_hex
from archiver.package import layout, premis_write
from archiver.package.bag_profile import IDENTIFIER, bagit_profile_file
from archiver.package.bagit import BagInfo, write_bag
from archiver.package.datapackage import DatapackageInfo, write_datapackage
from archiver.package.fixity import regular_files
from archiver.package.premis_facts import PremisFacts
from archiver.package.premis_read import Entity, read_premis
from archiver.tei.read import kept_text

from ..support_export import DATE, story
from ..support_preservation import ORGANIZATION, export_samples

P = {"p": "http://www.loc.gov/premis/v3"}
TEI = {"t": "http://www.tei-c.org/ns/1.0", "xi": "http://www.w3.org/2001/XInclude"}
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    return export_samples(samples, tmp_path_factory.mktemp("preservation"))


def entities(package: Path) -> list[Entity]:
    return [one for path in sorted((package / "metadata").glob("premis*.xml")) for one in read_premis(path)]


def lines(package: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (package / "data" / name).read_bytes().splitlines()]


def events(package: Path, name: str) -> Counter[str]:
    found = etree.parse(package / name).iterfind("p:event/p:eventType", P)
    return Counter(str(one.text) for one in found)


def test_premis_tells_of_every_file_with_its_size_and_digest(package: Path) -> None:
    told = {value: one for one in entities(package) for kind, value in one.identifiers if kind == "bag path"}
    sizes = {path: size for path, size in regular_files(package).items() if path.startswith("data/")}
    parts = {path for path in told if not path.startswith("data/")}
    assert set(told) - parts == set(sizes)
    assert parts == {"metadata/premis-00000.xml"}
    for path, one in told.items():
        assert one.size == str((package / path).stat().st_size)
        assert one.digests["SHA-256"] == sha256_hex((package / path).read_bytes())


def test_premis_tells_of_every_input_article_and_reject(package: Path) -> None:
    tree = etree.parse(package / "metadata/premis-00000.xml")
    names = [one.text for one in tree.iterfind("p:object/p:originalName", P)]
    assert names == [line["path"] for line in lines(package, layout.SOURCES)]
    articles = [v for one in entities(package) for k, v in one.identifiers if k == "article id"]
    assert articles == [line["id"] for line in lines(package, layout.ARTICLES)]
    rejects = [v for one in entities(package) for k, v in one.identifiers if k == "reject id"]
    assert rejects == [line["id"] for line in lines(package, layout.REJECTS)]
    notes = [
        one.findtext(".//p:eventOutcomeDetailNote", "", P)
        for one in tree.iterfind("p:event", P)
        if one.findtext(".//p:eventOutcome", "", P) == "fail"
    ]
    assert [note.partition(":")[0] for note in notes] == [line["code"] for line in lines(package, layout.REJECTS)]


def test_the_events_are_those_of_the_vocabulary(package: Path) -> None:
    """https://id.loc.gov/vocabulary/preservation/eventType.html"""
    assert events(package, "metadata/premis.xml") == Counter(
        {
            "accession": 1,
            "format identification": 1,
            "message digest calculation": 1,
            "metadata extraction": 1,
            "normalization": 1,
            "validation": 1,
            "information package creation": 1,
        }
    )
    stripped = {line["article"] for line in lines(package, layout.LEDGER)}
    captured = [line for line in lines(package, layout.ARTICLES) if "captured" in line["source"]]  # type: ignore[operator]
    assert stripped
    assert captured
    assert events(package, "metadata/premis-00000.xml") == Counter(
        {
            "modification": len(stripped),
            "capture": len(captured),
            "validation": len(lines(package, layout.REJECTS)),
        }
    )
    for path in (package / "metadata").glob("premis*.xml"):
        for one in etree.parse(path).iterfind(".//p:eventType", P):
            assert one.get("valueURI", "").startswith("http://id.loc.gov/vocabulary/preservation/eventType/")
    dates = {one.text for one in etree.parse(package / "metadata/premis.xml").iterfind(".//p:eventDateTime", P)}
    assert dates == {DATE}


def test_only_what_was_made_is_the_outcome_of_an_event(package: Path) -> None:
    """https://id.loc.gov/vocabulary/preservation/eventRelatedObjectRole.html: what an event looked at is its source."""
    tree = etree.parse(package / "metadata/premis.xml")
    outcomes = {
        one.findtext("p:eventType", "", P)
        for one in tree.iterfind("p:event", P)
        if one.findtext("p:linkingObjectIdentifier/p:linkingObjectRole", "", P) == "outcome"
    }
    assert outcomes == {"normalization", "information package creation"}


def test_a_file_that_lay_in_a_warc_was_not_captured(tmp_path: Path) -> None:
    """What an earlier run packaged from a disk was taken over from there; nobody fetched it from a server."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(story(1), "utf-8")
    archiver.export([tmp_path / "in"], tmp_path / "first", date=DATE)
    (warc,) = (tmp_path / "first/data/archive").iterdir()
    archiver.export([warc], tmp_path / "second", date=DATE)
    assert len(lines(tmp_path / "second", layout.ARTICLES)) == 1
    assert "capture" not in events(tmp_path / "second", "metadata/premis-00000.xml")


def test_the_agents_are_the_software_and_the_organisation_alone(package: Path) -> None:
    tree = etree.parse(package / "metadata/premis.xml")
    assert [one.text for one in tree.iterfind("p:agent/p:agentName", P)] == ["archiver", ORGANIZATION]
    assert re.search(r"rule set \S+ \(sha256 [0-9a-f]{64}\), profile balanced", tree.findtext(".//p:agentNote", "", P))
    assert tree.findtext("p:agent/p:agentVersion", "", P) == archiver.__version__


def test_the_parts_hold_a_limited_number_of_entries(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is cut, the same is told, and every link has its target."""
    copy = tmp_path / "package"
    shutil.copytree(package, copy)
    for path in (copy / "metadata").glob("premis*.xml"):
        path.unlink()
    monkeypatch.setattr(premis_write, "PART_ENTRIES", 4)
    facts = PremisFacts(date=DATE, software="archiver", version="0", rules="rule set x", articles=1)
    write = premis_write.write_premis
    write(copy, facts, write_datapackage(copy / "data", DatapackageInfo("t", DATE, "archiver 0")))
    parts = sorted((copy / "metadata").glob("premis-*.xml"))
    entries = [lines(package, name) for name in (layout.SOURCES, layout.ARTICLES, layout.REJECTS)]
    assert len(parts) == -(-sum(map(len, entries)) // 4)
    kinds = ("article id", "reject id")
    assert [i for one in entities(copy) for i in one.identifiers if i[0] in kinds] == [
        i for one in entities(package) for i in one.identifiers if i[0] in kinds
    ]
    reseal(copy)
    # Another version cuts in another way: what this one writes was never so, but nothing of it contradicts itself.
    assert not {code for code in codes(copy) if code.startswith("package.premis")}


def reseal(root: Path) -> None:
    """Write manifests anew, so that only what is told of it is wrong."""
    for path in root.glob("*manifest-*.txt"):
        path.unlink()
    write_bag(root, BagInfo("2026-11-21", "archiver 0"))


def codes(root: Path) -> set[str]:
    return {one.code for one in archiver.verify(root) if one.severity == "error"}


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    def apply(root: Path) -> None:
        content = (root / name).read_text("utf-8")
        changed, count = re.subn(old, new, content, count=1)
        assert count
        (root / name).write_text(changed, "utf-8")

    return apply


PREMIS, PART, CORPUS = layout.PREMIS, layout.premis_part(0), f"data/{layout.CORPUS}"
FAULTS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "another digest": ("package.premis-digest", change(PART, "<messageDigest>.", "<messageDigest>x")),
    "another digest of a file": ("package.premis-digest", change(PREMIS, "<messageDigest>.", "<messageDigest>x")),
    "another size": ("package.premis-size", change(PREMIS, "<size>", "<size>1")),
    "a file that is not there": ("package.premis-unknown", change(PREMIS, ">data/pages/pages.jsonl<", ">data/x<")),
    "a file that is not told of": (
        "package.premis-missing",
        change(PREMIS, '<object xsi:type="file"><objectIdentifier>.*data/pages.*\n', ""),
    ),
    "an article that is not told of": (
        "package.premis-missing",
        change(PART, ">a-[0-9a-f]{16}<", ">a-0000000000000000<"),
    ),
    "an input file that is not told of": ("package.premis-unknown", change(PART, ">urn:uuid:.", ">urn:uuid:x")),
    "a part that is gone": ("package.premis-missing", lambda root: (root / PART).unlink()),
    "an event that is not there": (
        "package.premis-reference",
        change(PART, "(<linkingEventIdentifierValue>urn:uuid:)..", r"\1xx"),
    ),
    "an agent that is not there": (
        "package.premis-reference",
        change(PREMIS, "(<linkingAgentIdentifierValue>urn:uuid:)..", r"\1xx"),
    ),
    "cut": ("package.premis-invalid", change(PREMIS, "</premis>", "")),
    "a document type": ("package.premis-invalid", change(PREMIS, "<premis", "<!DOCTYPE premis><premis")),
    "another version": ("package.premis-invalid", change(PREMIS, 'version="3.0"', 'version="2.2"')),
    "an article that is not included": ("package.corpus-missing", change(CORPUS, " *<xi:include.*\n", "")),
    "an inclusion without file": ("package.corpus-extra", change(CORPUS, 'href="a-.', 'href="a-x')),
    "an inclusion twice": ("package.corpus-extra", change(CORPUS, "( *<xi:include.*\n)", r"\1\1")),
    "another order": ("package.corpus-order", change(CORPUS, "( *<xi:include.*\n)( *<xi:include.*\n)", r"\2\1")),
    "a corpus that is cut": ("package.corpus-invalid", change(CORPUS, "</teiCorpus>", "")),
    "a corpus with something else": ("tei.schema", change(CORPUS, "</teiCorpus>", "<p/></teiCorpus>")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_found(package: Path, tmp_path: Path, fault: str) -> None:
    code, apply = FAULTS[fault]
    root = tmp_path / "package"
    shutil.copytree(package, root)
    apply(root)
    reseal(root)
    assert code in codes(root)


def test_an_untouched_package_is_intact(package: Path) -> None:
    assert codes(package) == set()


def test_the_package_keeps_the_profile_that_it_names(package: Path) -> None:
    """BagIt Profiles 1.4.0: bag-info.txt names the profile, and the profile names itself."""
    assert (package / layout.BAGIT_PROFILE).read_bytes() == bagit_profile_file()
    with archiver.open_package(package) as opened:
        assert dict(opened.info())["BagIt-Profile-Identifier"] == IDENTIFIER


def test_the_corpus_includes_every_article_in_the_order_of_the_input(package: Path) -> None:
    corpus = etree.parse(package / CORPUS)
    described = lines(package, layout.ARTICLES)
    hrefs = [one.get("href") for one in corpus.iterfind("xi:include", TEI)]
    assert hrefs == [f"{one['id']}.xml" for one in described]
    measures = {one.get("unit"): one.get("quantity") for one in corpus.iterfind(".//t:extent/t:measure", TEI)}
    words = sum(int(str(one["word_count"])) for one in described)
    assert measures == {"articles": str(len(described)), "words": str(words)}
    languages = {one.get("ident") for one in corpus.iterfind(".//t:language", TEI)}
    assert languages == {one["language"] for one in described}


def test_the_text_of_the_tei_is_the_kept_text(package: Path) -> None:
    pages = {page["id"]: page.get("text", "") for page in lines(package, layout.PAGES)[1:]}
    assert pages
    for article_id, text in pages.items():
        assert kept_text((package / f"data/tei/{article_id}.xml").read_bytes()) == text


def test_every_place_in_a_text_holds_the_words_of_its_block(package: Path) -> None:
    """RFC 5147: characters of the decoded source, the end not included; kept and removed blocks alike."""
    checked = Counter[str]()
    with archiver.open_package(package) as opened:
        for entry in opened.articles():
            if entry.metadata.source.media_type != "text/plain" or entry.metadata.source.pointer:
                continue
            text = entry.original().decode(entry.metadata.source.charset)
            for element in etree.fromstring(entry.tei()).iter("{*}p", "{*}head", "{*}byline", "{*}docDate", "{*}note"):
                record, _, place = element.get("source", "").partition("#char=")
                if place:
                    start, end = map(int, place.split(","))
                    words = "".join(element.findtext("{*}p") or "".join(element.itertext()))
                    assert "".join(text[start:end].split()) == "".join(words.split())
                    assert record == entry.metadata.source.warc_record_id
                    checked[str(etree.QName(element).localname)] += 1
    assert checked["p"] > 5
    assert checked["note"] > 1
