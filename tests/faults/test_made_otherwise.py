"""Who changes a file, and makes right all checksums, PREMIS and identifiers that follow, is found all the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import archiver
from archiver.canon import gzip_member
from archiver.model.outcome import Severity
from archiver.package import layout, run_told
from archiver.package.datapackage import DatapackageInfo, write_datapackage
from archiver.package.lineage import identifier_of
from archiver.package.premis_facts import PremisFacts
from archiver.package.premis_write import write_premis
from archiver.package.run_facts import SOFTWARE, TITLE
from archiver.pipeline.finding_codes import code_of

from ..support_export import DATE, story
from ..support_faults import (
    Act,
    both,
    copy_of,
    edit,
    findings,
    make_package,
    records,
    remove,
    replace,
    seal_bag,
    unpacked,
    values,
    warc_of,
    write,
)
from .bad_packages import ARTICLES, DESCRIBED, INDEX, PAGES, REJECTS, SOURCES
from .bad_packages import _with_block as with_block

DC, PREMIS, PART, JSONLD = (
    "metadata/dc.xml",
    "metadata/premis.xml",
    "metadata/premis-00000.xml",
    f"data/{layout.JSONLD}",
)
CORPUS, PROFILE, INFO = f"data/{layout.CORPUS}", "metadata/bagit-profile.json", "bag-info.txt"
SCHEMA = "schemas/article.schema.json"
Seal = Callable[[Path], object]


def seal_all(root: Path) -> None:
    """Make right everything that follows: data package, identifier, PREMIS, manifests."""
    told = run_told.run_told(root)
    assert told is not None
    digests = write_datapackage(root / "data", DatapackageInfo(TITLE, told.date, SOFTWARE))
    info = (root / INFO).read_text("utf-8")
    urn = identifier_of(digests[layout.DATAPACKAGE].sha256)
    (root / INFO).write_text(re.sub("External-Identifier: .*", f"External-Identifier: {urn}", info), "utf-8")
    for path in (root / "metadata").glob("premis*.xml"):
        path.unlink()
    count = {name: len((root / name).read_bytes().splitlines()) for name in (ARTICLES, SOURCES, REJECTS)}
    ledger = len((root / f"data/{layout.LEDGER}").read_bytes().splitlines())
    facts = PremisFacts(
        told.date,
        told.name,
        told.version,
        told.rules,
        told.notes,
        told.organization,
        count[SOURCES],
        count[ARTICLES],
        count[REJECTS],
        ledger,
    )
    write_premis(root, facts, digests)
    seal_bag(root)


def pattern(name: str, old: bytes, new: bytes) -> Act:
    return edit(name, lambda content: re.sub(old, new, content, count=1, flags=re.DOTALL))


def first(**changes: Any) -> Callable[[list[dict[str, Any]]], object]:
    return lambda lines: lines[0].update(changes)


def last(**changes: Any) -> Callable[[list[dict[str, Any]]], object]:
    """Of the WARC file: its path comes last."""
    return lambda lines: next(one for one in lines if one["path"].endswith(".warc.gz")).update(changes)


def page(**changes: Any) -> Act:
    return values(PAGES, lambda lines: lines[1].update(changes))


def derived(old: bytes, new: bytes, of: bytes = b"") -> Act:
    """Change the header of the first record of ``derived/`` that has these bytes."""

    def change(members: list[bytes]) -> list[bytes]:
        number = next(number for number, one in enumerate(members) if of in one and re.search(old, one))
        members[number] = re.sub(old, new, members[number], count=1)
        return members

    return records("derived", change)


def resource_date(root: Path) -> None:
    """Give the record of a.txt another date of the same length, in the index as well; places are made right."""
    path = warc_of(root, "archive")
    before = unpacked(path.read_bytes())
    after = [one.replace(b"WARC-Date: 2026-11", b"WARC-Date: 1999-11") if b"/a.txt" in one else one for one in before]
    content, at, moved = b"", 0, {}
    for one, other in zip(before, after, strict=True):
        old, new = gzip_member(one), gzip_member(other)
        moved[at] = (len(content), len(new))
        at += len(old)
        content += new
    ends = dict(zip(_ends(before), _ends(after), strict=True))
    path.write_bytes(content)

    def places(lines: list[dict[str, Any]]) -> None:
        for line in lines:
            for one in line["segments"]:
                start, end = moved[one["offset"]][0], ends[one["offset"] + one["length"]]
                one.update(offset=start, length=end - start)

    values(SOURCES, places)(root)

    def index(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        return b"".join(
            re.sub(
                rb'"length": "\d+", "offset": "(\d+)"',
                lambda it: b'"length": "%d", "offset": "%d"' % moved[int(it[1])][::-1],
                line.replace(b" 20261121", b" 19991121") if b"/a.txt" in line else line,
            )
            for line in lines
        )

    edit(INDEX, index)(root)


def _ends(members: list[bytes]) -> list[int]:
    at, ends = 0, []
    for one in members:
        at += len(gzip_member(one))
        ends.append(at)
    return ends


def more_related(lines: list[dict[str, Any]]) -> None:
    lines[1]["related"] = [{"id": lines[0]["id"], "similarity": 99}]


def false_duplicate(lines: list[dict[str, Any]]) -> None:
    lines[1]["duplicate_of"] = lines[0]["id"]


def info_of_archive(root: Path) -> None:
    """Change the warcinfo of archive/, which has nothing before it: what follows is moved."""
    path = warc_of(root, "archive")
    members = unpacked(path.read_bytes())
    block = members[0].split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n\r\n")
    changed = block.replace(b"inputs, unaltered", b"inputs, of which 0x9f3e7a51c2 are altered")
    old = len(gzip_member(members[0]))
    members[0] = with_block(members[0], block, changed)
    shift = len(gzip_member(members[0])) - old
    path.write_bytes(b"".join(map(gzip_member, members)))
    values(SOURCES, lambda lines: [one.update(offset=one["offset"] + shift) for it in lines for one in it["segments"]])(
        root
    )
    edit(INDEX, lambda it: re.sub(rb'("offset": ")(\d+)', lambda m: m[1] + b"%d" % (int(m[2]) + shift), it))(root)


OTHERWISE = "package.made-otherwise"
MISSING = "package.file-missing"
CASES: list[tuple[str, str, str, Act, Seal]] = [
    *((f"{name} gone", MISSING, name, remove(name), seal_bag) for name in (DC, PREMIS, PROFILE, SCHEMA)),
    *((f"{name} gone", MISSING, name, remove(name), seal_all) for name in (JSONLD, CORPUS)),
    ("part of PREMIS gone", MISSING, PART, remove(PART), seal_bag),
    ("all schemas gone", MISSING, SCHEMA, lambda root: shutil.rmtree(root / "schemas"), seal_bag),
    ("schema that allows all", OTHERWISE, SCHEMA, write(SCHEMA, b"{}"), seal_bag),
    ("README says little", OTHERWISE, "README.txt", write("README.txt", b"trust me\n"), seal_bag),
    ("profile", OTHERWISE, PROFILE, replace(PROFILE, b"1.4.0", b"1.3.0"), seal_bag),
    ("title in DC", OTHERWISE, DC, pattern(DC, b"<dc:title>[^<]*", b"<dc:title>Other"), seal_bag),
    ("text in JSON-LD", OTHERWISE, JSONLD, replace(JSONLD, b'"articleBody":"', b'"articleBody":"No '), seal_all),
    ("headline in JSON-LD", OTHERWISE, JSONLD, replace(JSONLD, b'"headline":"', b'"headline":"No '), seal_all),
    ("words in the corpus", OTHERWISE, CORPUS, pattern(CORPUS, rb'quantity="\d+"', b'quantity="777"'), seal_all),
    ("text of a page", "package.page-text", PAGES, page(text="Quite another text"), seal_all),
    ("address of a page", OTHERWISE, PAGES, page(url="https://other.example/"), seal_all),
    ("title of a page", OTHERWISE, PAGES, page(title="Other"), seal_all),
    ("moment of a page", OTHERWISE, PAGES, page(ts="1999-01-01T00:00:00Z"), seal_all),
    ("member of a page", OTHERWISE, PAGES, page(favicon="x"), seal_all),
    ("PREMIS agent", OTHERWISE, PREMIS, edit(PREMIS, lambda it: it.replace(b"agentType>", b"agentKind>")), seal_bag),
    ("PREMIS outcome", OTHERWISE, PREMIS, replace(PREMIS, b"Outcome>success", b"Outcome>fail"), seal_bag),
    ("PREMIS rules", OTHERWISE, PREMIS, pattern(PREMIS, rb"\(sha256 ....", b"(sha256 0000"), seal_bag),
    ("PREMIS event gone", OTHERWISE, PART, pattern(PART, b"<event>.*?</event>\n", b""), seal_bag),
    ("PREMIS blocks", OTHERWISE, PART, pattern(PART, rb"\d+ block", b"99 block"), seal_bag),
    ("PREMIS name", OTHERWISE, PART, replace(PART, b"<originalName>", b"<originalName>x"), seal_bag),
    ("PREMIS place", OTHERWISE, PART, pattern(PART, rb"offset \d+", b"offset 9"), seal_bag),
    ("PREMIS record", OTHERWISE, PART, pattern(PART, rb"(Record-ID</\w+><\w+>urn:uuid:)....", rb"\g<1>0000"), seal_bag),
    ("one PREMIS part more", OTHERWISE, "premis-00001", write("metadata/premis-00001.xml", b"<premis/>"), seal_bag),
    ("file in metadata", "package.file-unknown", "x.xml", write("metadata/x.xml", b"<x/>"), seal_bag),
    ("file in data", "package.file-unknown", "x.bin", write("data/review/x.bin", b"x"), seal_all),
    ("number of articles", OTHERWISE, INFO, pattern(INFO, rb"Description: \d+", b"Description: 77"), seal_bag),
    ("doubtful blocks", OTHERWISE, INFO, pattern(INFO, rb"Doubtful-Blocks: \d+", b"Doubtful-Blocks: 77"), seal_bag),
    ("identifier", OTHERWISE, INFO, pattern(INFO, rb"urn:uuid:....", b"urn:uuid:0000"), seal_bag),
    ("date of the bag", OTHERWISE, INFO, pattern(INFO, rb"Bagging-Date: \d+", b"Bagging-Date: 1999"), seal_bag),
    ("no profile", OTHERWISE, INFO, pattern(INFO, rb"BagIt-Profile-Identifier:.*?json\n", b""), seal_bag),
    ("version of BagIt", OTHERWISE, "bagit.txt", replace("bagit.txt", b"1.0", b"0.97"), seal_bag),
    ("other software", "package.software-differs", DESCRIBED, replace(DESCRIBED, b"archiver 0", b"evil 0"), seal_bag),
    ("created", OTHERWISE, DESCRIBED, replace(DESCRIBED, b'"created":"2026', b'"created":"zzzz'), seal_bag),
    ("reason unknown", "package.reject-code", REJECTS, values(REJECTS, first(code="nonsense")), seal_all),
    ("member of a reject", "package.list-form", REJECTS, values(REJECTS, first(foo=1)), seal_all),
    ("member of a source", "package.list-form", SOURCES, values(SOURCES, first(foo=1)), seal_all),
    ("message of a reject", OTHERWISE, PART, values(REJECTS, first(message="it was fine")), seal_bag),
    ("media type of a source", OTHERWISE, PART, values(SOURCES, first(media_type="image/png")), seal_bag),
    ("carried", "package.count-mismatch", SOURCES, values(SOURCES, first(carried=9)), seal_all),
    (
        "carried of a WARC",
        "package.count-mismatch",
        SOURCES,
        values(SOURCES, last(carried=9)),
        seal_all,
    ),
    ("duplicate that is none", "package.relation-false", ARTICLES, values(ARTICLES, false_duplicate), seal_all),
    ("likeness that is none", "package.relation-false", ARTICLES, values(ARTICLES, more_related), seal_all),
    ("index: media type", "cdxj.mismatch", INDEX, replace(INDEX, b'"text/html"', b'"image/png"'), seal_all),
    ("index: status", "cdxj.mismatch", INDEX, replace(INDEX, b'"200"', b'"404"'), seal_all),
    (
        "conversion of another type",
        "package.derived-field",
        "derived",
        derived(rb"application/tei\+xml", b"text/html"),
        seal_all,
    ),
    (
        "conversion of another address",
        "package.derived-field",
        "derived",
        derived(rb"(Target-URI: )[^\r]*", rb"\1http://evil.example/"),
        seal_all,
    ),
    (
        "metadata with an address",
        "package.derived-field",
        "derived",
        derived(b"Type: metadata\r\n", b"Type: metadata\r\nWARC-Target-URI: http://news.example/5\r\n"),
        seal_all,
    ),
    (
        "conversion of another date",
        "package.run-date",
        "derived",
        derived(rb"WARC-Date: \d+", b"WARC-Date: 1999", b"conversion"),
        seal_all,
    ),
    ("original of another date", "package.run-date", "archive", resource_date, seal_all),
    (
        "warcinfo that is not there",
        "package.warcinfo-unknown",
        "derived",
        derived(rb"(Warcinfo-ID: <urn:uuid:)....", rb"\g<1>0000"),
        seal_all,
    ),
    (
        "warcinfo",
        "package.warcinfo-differs",
        "archive",
        info_of_archive,
        seal_all,
    ),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("good"))


def test_what_is_sealed_anew_without_a_change_is_the_same(good: Path, tmp_path: Path) -> None:
    package = copy_of(good, tmp_path)
    seal_all(package)
    assert {path.name: path.read_bytes() for path in package.glob("tagmanifest-*")} == {
        path.name: path.read_bytes() for path in good.glob("tagmanifest-*")
    }
    assert [one for one in findings(package) if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize(("code", "file", "damage", "sealed"), [it[1:] for it in CASES], ids=[it[0] for it in CASES])
def test_each_is_told_by_its_code(good: Path, tmp_path: Path, code: str, file: str, damage: Act, sealed: Seal) -> None:
    package = copy_of(good, tmp_path)
    both(damage, sealed)(package)
    found = findings(package)
    met = [one for one in found if one.code == code and file in one.file]
    assert met, [(one.code, one.file, one.message) for one in found]
    declared = code_of(met[0])
    assert declared is not None
    assert met[0].severity in declared.severities
    assert met[0].advice


def test_the_difference_is_shown_with_its_place(good: Path, tmp_path: Path) -> None:
    package = copy_of(good, tmp_path)
    both(replace("README.txt", b"No original was changed", b"No original was altered"), seal_bag)(package)
    (found,) = [one for one in findings(package) if one.severity is Severity.ERROR]
    at = (good / "README.txt").read_bytes().index(b"changed")
    assert (found.code, found.file, found.line, found.offset) == (
        OTHERWISE,
        "README.txt",
        (good / "README.txt").read_bytes()[:at].count(b"\n") + 1,
        at,
    )
    assert "altered" in found.message
    assert "changed" in found.message


def test_texts_that_are_the_same_or_alike_have_to_be_told(tmp_path: Path) -> None:
    folder, package = tmp_path / "in", tmp_path / "package"
    folder.mkdir()
    for name, text in (("a", story(1)), ("b", story(1)), ("c", story(1).replace("harbour", "harbor"))):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    archiver.export([folder], package, date=DATE, jobs=1)
    assert findings(package) == []
    for change in (
        lambda it: it[1].pop("duplicate_of"),
        lambda it: it[2]["related"][0].update(similarity=51),
        lambda it: it[2].update(duplicate_of=it[0]["id"]),
    ):
        changed = copy_of(package, Path(tmp_path / f"{len(list(tmp_path.iterdir()))}"))
        both(values(ARTICLES, change), seal_all)(changed)
        assert "package.relation-false" in {one.code for one in findings(changed)}


@pytest.mark.parametrize("count", [1, 2])
def test_one_article_is_not_called_articles(tmp_path: Path, count: int) -> None:
    (tmp_path / "in").mkdir()
    for number in range(count):
        (tmp_path / "in" / f"{number}.txt").write_text(story(number), "utf-8")
    archiver.export([tmp_path / "in"], tmp_path / "package", date=DATE, jobs=1)
    info = (tmp_path / "package" / INFO).read_text("utf-8")
    words = "1 article" if count == 1 else "2 articles"
    assert f"External-Description: {words} as WARC and TEI\n" in info


def test_lists_of_which_nothing_can_be_made_are_told(good: Path, tmp_path: Path) -> None:
    package = copy_of(good, tmp_path)
    both(values(ARTICLES, first(title=7)), seal_bag)(package)
    assert "package.not-remade" in {one.code for one in findings(package)}


def test_of_another_version_what_its_profile_demands_and_schemas_are_asked_for(good: Path, tmp_path: Path) -> None:
    """It says so wherever the software is named; then nothing is made anew, and less is asked for."""
    package = copy_of(good, tmp_path)
    version = archiver.__version__.encode()
    for name in (INFO, DESCRIBED):
        replace(name, b"archiver " + version, b"archiver 0.0")(package)
    both(
        records("derived", lambda it: [_renamed(one, version) for one in it]),
        write("README.txt", b"another text\n"),
        write(SCHEMA, b"{}"),
        remove(PROFILE),
        seal_bag,
    )(package)
    found = {(one.code, one.file) for one in findings(package)}
    assert (MISSING, PROFILE) in found
    assert ("package.schema-invalid", SCHEMA) in found
    assert not {code for code, _ in found} & {OTHERWISE, "package.software-differs", "package.not-remade"}


def _renamed(member: bytes, version: bytes) -> bytes:
    if b"WARC-Type: warcinfo" not in member:
        return member
    block = member.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n\r\n")
    return with_block(member, block, block.replace(b"archiver/" + version, b"archiver/0.0"))
