"""Who takes lists out of a package does not make it a plain bag; and no other bag is taken for a package."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.canon import gzip_member
from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.bagit import BagInfo, write_bag
from archiver.package.convert import Container, convert
from archiver.package.datapackage import DatapackageInfo, write_datapackage
from archiver.package.ownership import is_ours

from ..support_faults import (
    Act,
    both,
    copy_of,
    errors,
    findings,
    make_package,
    records,
    remove,
    seal,
    seal_bag,
    values,
    write,
)

ARTICLES, SOURCES = "data/metadata/articles.jsonl", "data/metadata/sources.jsonl"
LISTS = both(remove(ARTICLES), remove(SOURCES))
DESCRIBED = "data/datapackage.json"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("good"))


@pytest.fixture
def package(good: Path, tmp_path: Path) -> Path:
    return copy_of(good, tmp_path)


def told(found: list[Finding]) -> set[tuple[str, str]]:
    return {(one.code, one.file) for one in found}


def _without(*names: str) -> Act:
    def act(root: Path) -> None:
        for name in names:
            if (root / name).is_dir():
                shutil.rmtree(root / name)
            else:
                (root / name).unlink()

    return act


@pytest.mark.parametrize(
    ("damage", "sealed"),
    [
        (LISTS, seal),
        (both(LISTS, write(DESCRIBED, b"{}")), seal_bag),
        (both(LISTS, _without("data/indexes", "data/derived")), seal),
        (both(LISTS, _without("data/derived", "data/tei", DESCRIBED, "data/datapackage-digest.json")), seal_bag),
    ],
    ids=["lists", "and datapackage emptied", "and no index, nothing derived", "and hardly anything else"],
)
def test_missing_lists_are_told_by_name(package: Path, damage: Act, sealed: Callable[[Path], None]) -> None:
    damage(package)
    sealed(package)
    for quick in (False, True):
        missing = {file for code, file in told(errors(package, quick=quick)) if code == "package.file-missing"}
        assert {ARTICLES, SOURCES} <= missing


@pytest.mark.parametrize("name", ["data/removed/ledger.jsonl", "data/rejected/rejects.jsonl"])
def test_lists_that_every_package_has_may_not_be_missing(package: Path, name: str) -> None:
    remove(name)(package)
    seal(package)
    assert ("package.file-missing", name) in told(errors(package))


_INFO = b"Bag-Software-Agent: %s\nPayload-Oxum: 1.1\n"
_OURS = b'{"profile":"data-package","software":"archiver 0.1.0","resources":[]}'
_AGENT = "<agent><agentName>archiver</agentName><agentType>software</agentType></agent>"
_OBJECT = "<relatedObjectIdentifierValue>%s</relatedObjectIdentifierValue>"
_DERIVED = gzip_member(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\nsoftware: archiver/0.1.0\r\n")
_TRACES: dict[str, dict[str, bytes]] = {
    "the list of articles": {ARTICLES: b""},
    "the list of inputs": {SOURCES: b""},
    "who made the bag": {"bag-info.txt": _INFO % b"archiver 0.1.0"},
    "the profile of the bag": {
        "bag-info.txt": b"BagIt-Profile-Identifier:\n  https://w3id.org/archiver/schemas/1/bagit-profile.json\n"
    },
    "who made the WACZ": {DESCRIBED: _OURS},
    "the same, written by somebody else": {DESCRIBED: json.dumps(json.loads(_OURS), indent=2).encode()},
    "TEI": {"data/tei/a-0123456789abcdef.xml": b"", "data/archive/x.warc": b""},
    "derived records": {"data/derived/x.warc.gz": _DERIVED, "data/pages/x": b""},
    "PREMIS": {layout.PREMIS: (_OBJECT % SOURCES + _AGENT).encode()},
}
_OTHERS: dict[str, dict[str, bytes]] = {
    "a package within": {f"data/package/{name}": b"" for name in (ARTICLES, SOURCES)},
    "the folder of a package as payload": {"data/bag-info.txt": _INFO % b"archiver 0.1.0", f"data/{ARTICLES}": b""},
    "copies of TEI": {"data/tei/a-0123456789abcdef.xml": b""},
    "copies of TEI beside others": {"data/tei/a-1.xml": b"", "data/archive/x.warc": b""},
    "other derivatives": {"data/derived/x.warc": b"WARC/1.1\r\n\r\nsoftware: crawler/1\r\n", "data/archive/y": b""},
    "other software": {"bag-info.txt": _INFO % b"archivera 2", DESCRIBED: b'{"software": "archivers 1"}'},
    "PREMIS of a package within": {layout.PREMIS: (_OBJECT % f"data/package/{SOURCES}" + _AGENT).encode()},
    "a title": {DESCRIBED: json.dumps({"title": '"software":"archiver 0.1.0"'}).encode()},
}


def _laid(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        write(name, content)(root)
    return root


@pytest.mark.parametrize("trace", _TRACES)
def test_each_trace_by_itself_makes_a_package_of_it(tmp_path: Path, trace: str) -> None:
    assert is_ours(_laid(tmp_path, _TRACES[trace]))


@pytest.mark.parametrize("other", _OTHERS)
def test_what_only_looks_like_one_is_none(tmp_path: Path, other: str) -> None:
    assert not is_ours(_laid(tmp_path, _OTHERS[other]))


def test_a_trace_far_into_a_file_is_found(tmp_path: Path) -> None:
    """Where a piece of the file ends within the words as well."""
    for size in range(2**20 - 30, 2**20 + 2, 3):
        assert is_ours(_laid(tmp_path, {DESCRIBED: b'{"resources":"' + b"x" * size + b'","software": "archiver 1"}'}))


def test_a_bag_that_holds_a_package_is_no_package(good: Path, tmp_path: Path) -> None:
    shutil.copytree(good, tmp_path / "data/from-the-archive")
    write_bag(tmp_path, BagInfo("2026-11-21", "a library"))
    assert findings(tmp_path) == []


def _wacz(target: Path, files: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(files.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(files))
    return target


def _described_anew(data: Path) -> None:
    for path in data.glob("datapackage*.json"):
        path.unlink()
    write_datapackage(data, DatapackageInfo("Articles", "2026-01-01T00:00:00Z", "somebody 1"))


def test_the_payload_alone_is_checked_as_in_a_package(package: Path, tmp_path: Path) -> None:
    """As a folder and as a WACZ; a warning tells that the bag is not there."""
    data = package / "data"
    for path in (data, _wacz(tmp_path / "x.wacz", data)):
        for quick in (False, True):
            found = [one for one in findings(path, quick=quick) if one.severity is not Severity.NOTE]
            assert [(one.code, one.severity) for one in found] == [("package.bag-missing", Severity.WARNING)]
    values("data/removed/ledger.jsonl", lambda lines: lines[0].update(text="Else"))(package)
    (data / "metadata/articles.jsonl").write_bytes(b"garbage\n")
    tei = min((data / "tei").glob("a-*.xml"))
    tei.write_bytes(b"<not xml")
    _described_anew(data)
    wanted = {
        ("package.ledger-orphan", "removed/ledger.jsonl"),
        ("package.article-invalid", "metadata/articles.jsonl"),
        ("tei.not-well-formed", f"tei/{tei.name}"),
    }
    for path in (data, _wacz(tmp_path / "y.wacz", data)):
        assert wanted <= told(errors(path))


def test_a_wacz_is_checked_with_its_bag_and_without(good: Path, package: Path, tmp_path: Path) -> None:
    convert(good, tmp_path / "x.wacz", Container.WACZ)
    data = tmp_path / "unpacked"
    with zipfile.ZipFile(tmp_path / "x.wacz") as archive:
        archive.extractall(data)
    for quick in (False, True):
        assert errors(data, quick=quick) == []
    write("bag/README.txt", b"changed")(data)
    assert ("bag.checksum-mismatch", "bag/README.txt") in told(errors(data))
    (data / "bag/bagit.txt").unlink()
    (data / "metadata/articles.jsonl").unlink()
    assert ("package.file-missing", "bag/bagit.txt") in told(errors(data))
    for folder in data.glob("bag*"):
        shutil.rmtree(folder)
    _described_anew(data)
    found = findings(_wacz(tmp_path / "y.wacz", data))
    assert ("package.bag-missing", "") in told(found)
    assert ("package.file-missing", "metadata/articles.jsonl") in told(found)
    assert ("package.file-missing", "metadata/articles.jsonl") in told(findings(data, quick=True))


def test_a_payload_whose_list_of_files_is_gone(package: Path) -> None:
    for path in (package / "data").glob("datapackage*.json"):
        path.unlink()
    assert ("wacz.datapackage-missing", "datapackage.json") in told(errors(package / "data"))


def test_an_eark_package_that_lost_its_bag_is_checked(good: Path, tmp_path: Path) -> None:
    convert(good, tmp_path / "x", Container.EARK)
    shutil.rmtree(tmp_path / "x/metadata/other")
    inside = "representations/rep1/data/metadata/articles.jsonl"
    (tmp_path / "x" / inside).write_bytes(b"garbage\n")
    found = told(findings(tmp_path / "x"))
    assert {("package.bag-missing", "representations/rep1/data"), ("package.article-invalid", inside)} <= found


def _bad_record(members: list[bytes]) -> list[bytes]:
    return [one[:-12] + b"X" + one[-11:] if b"file:///a.txt" in one and b"resource" in one else one for one in members]


def _bad_tei(root: Path) -> None:
    path = max((root / "data/tei").glob("a-*.xml"))
    path.write_bytes(path.read_bytes().replace(b"<body>", b"<body><blink/>"))


@pytest.mark.parametrize(
    "name",
    [ARTICLES, SOURCES, "data/removed/ledger.jsonl", "data/rejected/rejects.jsonl", "data/pages/pages.jsonl"],
)
def test_one_bad_list_hides_nothing(package: Path, name: str) -> None:
    """A folder stands in place of the list; records and texts are judged all the same."""
    records("archive", _bad_record)(package)
    _bad_tei(package)
    (package / name).unlink()
    (package / name).mkdir()
    seal(package)
    found = errors(package)
    codes = {one.code for one in found}
    assert {"warc.block-digest-mismatch", "tei.schema"} <= codes
    assert any(one.file == name and one.code in ("package.file-missing", "wacz.pages-missing") for one in found)
    assert not [one for one in found if str(package) in one.file or str(package) in one.message]


@pytest.mark.parametrize("name", [ARTICLES, SOURCES, "data/removed/ledger.jsonl", "data/rejected/rejects.jsonl"])
def test_a_list_that_cannot_be_read_hides_nothing(package: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    records("archive", _bad_record)(package)
    _bad_tei(package)
    seal(package)
    opened = Path.open

    def failing(self: Path, *arguments: object, **keywords: object) -> object:
        if self == package / name:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **keywords)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", failing)
    found = errors(package)
    assert {"warc.block-digest-mismatch", "tei.schema"} <= {one.code for one in found}
    assert name in {one.file for one in found if one.message.endswith("Permission denied")}
    assert not [one for one in found if str(package) in one.file]
