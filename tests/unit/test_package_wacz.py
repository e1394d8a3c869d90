"""datapackage.json, pages.jsonl, README.txt, paths and descriptions read back."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

from archiver.model.metadata import Dateline, DateValue, Image, Metadata, Person, SourceRef
from archiver.model.metadata_from import metadata_from_dict
from archiver.package import layout
from archiver.package.datapackage import DatapackageInfo, write_datapackage
from archiver.package.eark_names import eark_name
from archiver.package.fixity import Depth, FileDigest
from archiver.package.pages import page_line, pages_header
from archiver.package.readme import ReadmeFacts, readme_text
from archiver.package.wacz_check import check_datapackage
from archiver.package.wacz_write import carried_name

INFO = DatapackageInfo("Title", "2026-11-21T08:00:00Z", "archiver 0")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("archive/x.warc.gz", "derived/x.warc.gz", "tei/A.xml", "tei/a.xml", "notes"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def test_every_file_is_listed_with_size_and_digest(data: Path) -> None:
    digests = write_datapackage(data, INFO)
    described = json.loads((data / "datapackage.json").read_bytes())
    listed = {resource["path"]: resource for resource in described["resources"]}
    on_disk = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    assert on_disk == set(digests) == {*listed, "datapackage.json", "datapackage-digest.json"}
    assert listed["notes"]["bytes"] == 5
    assert listed["notes"]["hash"] == f"sha256:{digests['notes'].sha256}"
    assert (described["profile"], described["wacz_version"]) == ("data-package", "1.1.1")
    assert described["created"] == "2026-11-21T08:00:00Z"


def test_resource_names_are_unique_and_lower_case(data: Path) -> None:
    write_datapackage(data, INFO)
    names = [resource["name"] for resource in json.loads((data / "datapackage.json").read_bytes())["resources"]]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() for name in names)


def test_the_name_of_an_article_is_left_to_it(data: Path) -> None:
    (data / "tei").mkdir(exist_ok=True)
    for path in ("tei/a-00000000000000ff.xml", "tei/A-00000000000000ff.xml", "tei-a-00000000000000ff.xml"):
        (data / path).write_bytes(b"<TEI/>")
    write_datapackage(data, INFO)
    resources = json.loads((data / "datapackage.json").read_bytes())["resources"]
    names = [resource["name"] for resource in resources]
    assert len(set(names)) == len(names)
    (own,) = (one["name"] for one in resources if one["path"] == "tei/a-00000000000000ff.xml")
    assert own == "tei-a-00000000000000ff.xml"


def test_the_digest_file_names_the_digest_of_datapackage_json(data: Path) -> None:
    digests = write_datapackage(data, INFO)
    statement = json.loads((data / "datapackage-digest.json").read_bytes())
    assert statement == {"path": "datapackage.json", "hash": f"sha256:{digests['datapackage.json'].sha256}"}


def test_known_digests_are_not_counted_again_unless_the_size_changed(data: Path) -> None:
    known = {"notes": FileDigest(5, "0" * 64, "0" * 128), "tei/a.xml": FileDigest(1, "0" * 64, "0" * 128)}
    digests = write_datapackage(data, INFO, known=known)
    assert digests["notes"] == known["notes"]
    assert digests["tei/a.xml"] != known["tei/a.xml"]


def test_writing_again_gives_the_same_bytes(data: Path) -> None:
    write_datapackage(data, INFO)
    before = (data / "datapackage.json").read_bytes()
    write_datapackage(data, INFO)
    assert (data / "datapackage.json").read_bytes() == before


def codes(data: Path, depth: Depth = Depth.FULL) -> set[str]:
    return {finding.code for finding in check_datapackage(data, depth=depth)}


def test_a_right_data_package_has_nothing_wrong(data: Path) -> None:
    write_datapackage(data, INFO)
    assert codes(data) == set()


def test_changes_of_files_are_found(data: Path) -> None:
    write_datapackage(data, INFO)
    (data / "notes").write_bytes(b"nOtes")
    assert codes(data) == {"wacz.resource-digest"}
    assert codes(data, Depth.QUICK) == set()
    (data / "notes").write_bytes(b"longer")
    assert "wacz.resource-size" in codes(data, Depth.QUICK)
    (data / "notes").rename(data / "other")
    assert {"wacz.resource-missing", "wacz.resource-unlisted"} <= codes(data, Depth.QUICK)


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("wacz.datapackage-invalid", b"{", b""),
        ("wacz.profile", b"data-package", b"parcel"),
        ("wacz.version", b"1.1.1", b"7.0"),
        ("wacz.resource-invalid", b'"path":"notes"', b'"path":"../notes"'),
        ("wacz.resource-invalid", b"sha256:", b"md5:"),
        ("wacz.resource-twice", b'"path":"notes"', b'"path":"tei/a.xml"'),
        ("wacz.digest-mismatch", b"Title", b"Tidle"),
    ],
)
def test_faults_of_datapackage_json_are_found(data: Path, code: str, old: bytes, new: bytes) -> None:
    write_datapackage(data, INFO)
    path = data / "datapackage.json"
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    assert code in codes(data)


def test_missing_files_are_found(data: Path) -> None:
    assert codes(data) == {"wacz.datapackage-missing"}
    write_datapackage(data, INFO)
    (data / "datapackage-digest.json").unlink()
    assert codes(data) == {"wacz.digest-missing"}


def test_pages_are_lines_of_json_with_the_header_of_the_format() -> None:
    header = json.loads(pages_header())
    assert header["format"] == "json-pages-1.0"
    line = page_line("http://a.example/", "2026-11-21T08:00:00Z", page_id="a-1", title=None, text="Text\u2028of it")
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    page = json.loads(line)
    assert page["text"] == "Text\u2028of it"
    assert "title" not in page


FACTS = ReadmeFacts("Zürich run", "2026-11-21T08:00:00Z", "archiver 0", "run", 1200, 3, 1203, 50, "a-0123456789abcdef")


def test_the_readme_is_plain_ascii_in_72_columns() -> None:
    text = readme_text(FACTS)
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 72
    assert text.endswith("\n")


def test_the_readme_explains_every_file_of_the_layout() -> None:
    text = readme_text(FACTS)
    names = (layout.ARTICLES, layout.SOURCES, layout.LEDGER, layout.REJECTS, layout.PAGES, layout.INDEX)
    assert all(f"data/{name}" in text for name in (*names, layout.DATAPACKAGE, layout.DATAPACKAGE_DIGEST))
    assert "1200  articles" in text
    assert "gunzip" in text
    assert "sha256sum -c manifest-sha256.txt" in text
    assert layout.tei_path("a-0123456789abcdef") in text


def test_the_readme_tells_where_files_stand_in_other_forms() -> None:
    words = " ".join(readme_text(FACTS).split())
    for path in ("schemas/", "metadata/"):
        assert carried_name(f"{path}x").removesuffix("x") in words
    assert carried_name("x").removesuffix("x") in words
    for path in ("data/", "schemas/", "x"):
        assert eark_name(path).removesuffix("x") in words
    assert eark_name("metadata/premis-").removesuffix("premis-") in words
    assert eark_name(layout.DC) in words
    assert eark_name(layout.PREMIS) in words
    assert eark_name(layout.README).removesuffix(layout.README) in words


def test_the_command_of_the_readme_cuts_a_record_out(tmp_path: Path) -> None:
    record = b"WARC/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    members = [gzip.compress(b"other" * 9), gzip.compress(record), gzip.compress(b"more")]
    (tmp_path / "FILE").write_bytes(b"".join(members))
    (command,) = (line for line in readme_text(FACTS).splitlines() if "tail -c" in line)
    numbers = {"OFFSET": str(len(members[0])), "LENGTH": str(len(members[1])), "PATH": os.environ["PATH"]}
    command = command.replace("LENGTH", "$LENGTH")
    subprocess.run(["sh", "-c", command], cwd=tmp_path, env=numbers, check=True)
    assert (tmp_path / "record").read_bytes() == record


def test_descriptions_come_back_from_json() -> None:
    source = SourceRef("p", "u", "text/html", "utf-8", 1, "0" * 64, "urn:uuid:1", captured="2019", pointer="/text")
    metadata = Metadata(
        "a-1",
        source,
        "1" * 64,
        7,
        title="T",
        authors=(Person("A"), Person("B", "editor")),
        dateline=Dateline("LONDON, Monday", "LONDON"),
        published=DateValue("2016-10", "month", "October", "medium", not_before="2016-10-01"),
        keywords=("k",),
        images=(Image(caption="c"),),
        paywalled=False,
        corrections=("c",),
        provenance={"title": "h1"},
        unknown=("rights",),
        extensions={"x-a": {"b": [1]}},
    )
    assert metadata_from_dict(json.loads(json.dumps(metadata.to_dict()))) == metadata


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": 1}, "colour"),
        ({"source": {"path": "p"}}, "source"),
        ({"source": {"shape": 1}}, "source.shape"),
        ({"authors": {}}, "authors"),
        ({"keywords": "k"}, "keywords"),
        ({"dateline": "x"}, "dateline"),
    ],
)
def test_what_is_no_description_is_told(change: dict[str, object], message: str) -> None:
    source = SourceRef("p", "u", "text/html", "utf-8", 1, "0" * 64, "urn:uuid:1")
    value = {**Metadata("a-1", source, "1" * 64, 7).to_dict(), **change}
    with pytest.raises(ValueError, match=message):
        metadata_from_dict(value)
