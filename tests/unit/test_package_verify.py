"""The verifier names each fault of a package by a stable code, also where all checksums were made right again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archiver.canon import canonical_json
from archiver.errors import InputNotFoundError
from archiver.model.outcome import Finding, Severity
from archiver.package import layout
from archiver.package.fixity import Depth
from archiver.package.verify import Manner, verify_package
from archiver.package.verify_path import kind_of, verify_path
from archiver.package.verify_range import Checkers

from ..support_package import HTTP, NAME, accepting, errors, findings, gzipped, seal

WARC = f"archive/{NAME}-00000.warc.gz"
DERIVED = f"derived/{NAME}-00000.warc.gz"


def change_lines(name: str, change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Path], None]:
    def act(data: Path) -> None:
        values = [json.loads(line) for line in (data / name).read_bytes().splitlines()]
        change(values)
        (data / name).write_bytes(b"".join(canonical_json(value) + b"\n" for value in values))

    return act


def change_bytes(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def act(data: Path) -> None:
        (data / name).write_bytes(change((data / name).read_bytes()))

    return act


def change_index(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], None]:
    return change_bytes(layout.INDEX, lambda content: b"".join(change(content.splitlines(keepends=True))))


def first_tei(data: Path) -> Path:
    return min((data / "tei").iterdir())


FAULTS: list[tuple[str, str, Callable[[Path], object]]] = [
    ("index unsorted", "cdxj.unsorted", change_index(lambda lines: lines[::-1])),
    ("index short", "cdxj.record-unlisted", change_index(lambda lines: lines[1:])),
    ("index twice", "cdxj.duplicate", change_index(lambda lines: [lines[0], *lines])),
    ("index syntax", "cdxj.syntax", change_index(lambda lines: [b"%% nonsense\n", *lines])),
    ("index gone", "cdxj.missing", lambda data: (data / layout.INDEX).unlink()),
    (
        "index offset",
        "cdxj.no-record",
        change_bytes(layout.INDEX, lambda content: content.replace(b'"offset": "', b'"offset": "1', 1)),
    ),
    (
        "index length",
        "cdxj.mismatch",
        change_bytes(layout.INDEX, lambda content: content.replace(b'"length": "', b'"length": "1', 1)),
    ),
    (
        "index url",
        "cdxj.mismatch",
        change_bytes(layout.INDEX, lambda content: content.replace(b"/bridge", b"/fridge")),
    ),
    (
        "index digest",
        "cdxj.mismatch",
        change_bytes(layout.INDEX, lambda content: content.replace(b"sha256:", b"sha256:00", 1)),
    ),
    ("index stamp", "cdxj.mismatch", change_bytes(layout.INDEX, lambda content: content.replace(b"2019", b"2018", 1))),
    (
        "article twice",
        "package.article-id",
        change_lines(layout.ARTICLES, lambda lines: lines[1].update(id=lines[0]["id"])),
    ),
    ("article id", "package.article-id", change_lines(layout.ARTICLES, lambda lines: lines[0].update(id="../x"))),
    (
        "article field",
        "package.article-invalid",
        change_lines(layout.ARTICLES, lambda lines: lines[0].update(colour=1)),
    ),
    ("article JSON", "package.article-invalid", change_bytes(layout.ARTICLES, lambda content: b"{" + content)),
    (
        "article record",
        "package.record-missing",
        change_lines(layout.ARTICLES, lambda lines: lines[0]["source"].update(warc_record_id="urn:uuid:0")),
    ),
    (
        "description differs",
        "package.derived-missing",
        change_lines(layout.ARTICLES, lambda lines: lines[0].update(title="Another")),
    ),
    (
        "description differs, leftover",
        "package.derived-extra",
        change_lines(layout.ARTICLES, lambda lines: lines[0].update(title="Another")),
    ),
    ("article gone", "package.derived-extra", change_lines(layout.ARTICLES, lambda lines: lines.pop())),
    ("article gone, counts", "package.count-mismatch", change_lines(layout.ARTICLES, lambda lines: lines.pop())),
    ("article gone, tei", "package.tei-extra", change_lines(layout.ARTICLES, lambda lines: lines.pop())),
    ("article gone, page", "package.page-order", change_lines(layout.ARTICLES, lambda lines: lines.pop())),
    ("TEI gone", "package.tei-missing", lambda data: first_tei(data).unlink()),
    ("TEI differs", "package.derived-missing", lambda data: first_tei(data).write_bytes(b"<TEI/>")),
    ("ledger text", "package.ledger-place", change_lines(layout.LEDGER, lambda lines: lines[0].update(text="Else"))),
    (
        "ledger place",
        "package.ledger-place",
        change_lines(layout.LEDGER, lambda lines: lines[1]["place"].update(char=[0, 5])),
    ),
    (
        "ledger orphan",
        "package.ledger-orphan",
        change_lines(layout.LEDGER, lambda lines: lines[1].update(article="a-" + "0" * 16)),
    ),
    ("ledger field", "package.ledger-invalid", change_lines(layout.LEDGER, lambda lines: lines[0].pop("rule"))),
    ("ledger order", "package.ledger-order", change_lines(layout.LEDGER, lambda lines: lines.insert(0, lines[0]))),
    ("ledger short", "package.derived-missing", change_lines(layout.LEDGER, lambda lines: lines.pop())),
    ("reject field", "package.reject-invalid", change_lines(layout.REJECTS, lambda lines: lines[0].pop("code"))),
    (
        "reject without bytes",
        "package.record-missing",
        change_lines(layout.REJECTS, lambda lines: lines[0].update(warc_record_id="urn:uuid:0")),
    ),
    ("reject gone", "package.count-mismatch", change_lines(layout.REJECTS, lambda lines: lines.pop())),
    (
        "reject is article",
        "package.reject-is-article",
        lambda data: change_lines(
            layout.REJECTS,
            lambda lines: lines[0].update(id=json.loads((data / layout.ARTICLES).read_bytes().split(b"\n")[0])["id"]),
        )(data),
    ),
    ("source field", "package.source-invalid", change_lines(layout.SOURCES, lambda lines: lines[0].pop("bytes"))),
    (
        "source encoding",
        "package.source-invalid",
        change_lines(layout.SOURCES, lambda lines: lines[0].update(encoding="zip")),
    ),
    ("source path", "package.source-path", change_lines(layout.SOURCES, lambda lines: lines[0].update(path="../x"))),
    ("source twice", "package.source-twice", change_lines(layout.SOURCES, lambda lines: lines.append(lines[0]))),
    ("source gone", "package.source-unknown", change_lines(layout.SOURCES, lambda lines: lines.pop(0))),
    (
        "source sum",
        "package.restore-mismatch",
        change_lines(layout.SOURCES, lambda lines: lines[0].update(sha256="0" * 64)),
    ),
    ("source size", "package.restore-mismatch", change_lines(layout.SOURCES, lambda lines: lines[0].update(bytes=1))),
    (
        "segment range",
        "package.segment-range",
        change_lines(layout.SOURCES, lambda lines: lines[0]["segments"][0].update(length=10**9)),
    ),
    (
        "segment offset",
        "package.restore-failed",
        change_lines(layout.SOURCES, lambda lines: lines[0]["segments"][0].update(offset=5)),
    ),
    (
        "segment file",
        "package.source-invalid",
        change_lines(layout.SOURCES, lambda lines: lines[0]["segments"][0].update(file="archive/../../x")),
    ),
    ("pages header", "wacz.pages-header", change_bytes(layout.PAGES, lambda content: content.split(b"\n", 1)[1])),
    ("page time", "wacz.pages-line", change_lines(layout.PAGES, lambda lines: lines[1].update(ts="yesterday"))),
    ("page short", "package.page-missing", change_lines(layout.PAGES, lambda lines: lines.pop())),
    ("pages gone", "wacz.pages-missing", lambda data: (data / layout.PAGES).unlink()),
    ("WARC garbage", "warc.trailing-garbage", change_bytes(WARC, lambda content: content + b"garbage")),
    ("derived cut", "package.derived-missing", change_bytes(DERIVED, lambda content: content[:-200])),
    ("empty member", "warc.trailing-garbage", change_bytes(DERIVED, lambda content: content + gzipped(b""))),
]


@pytest.mark.parametrize(("code", "act"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_each_fault_is_found_though_all_checksums_are_right(
    package: Path, code: str, act: Callable[[Path], object]
) -> None:
    act(package / "data")
    seal(package)
    codes = errors(package)
    assert code in codes
    assert not any(found.startswith("bag.") for found in codes)


def test_a_right_package_has_only_what_its_source_brought(package: Path) -> None:
    """The WARC that somebody else wrote has a wrong payload digest; it was kept unaltered."""
    (finding,) = findings(package)
    assert (finding.code, finding.severity) == ("warc.payload-digest-mismatch", Severity.WARNING)
    assert "crawl.warc.gz" in finding.advice


def test_quick_checks_structure_sizes_and_counts(package: Path) -> None:
    assert findings(package, Depth.QUICK) == []
    change_lines(layout.REJECTS, lambda lines: lines.pop())(package / "data")
    assert {"bag.oxum-mismatch", "wacz.resource-size", "package.count-mismatch"} <= errors(package, Depth.QUICK)


@pytest.mark.parametrize("name", ["README.txt", "tagmanifest-sha256.txt", "manifest-sha512.txt", "bag-info.txt"])
def test_a_tag_file_that_was_taken_away_is_missed(package: Path, name: str) -> None:
    (package / name).unlink()
    assert "package.file-missing" in errors(package)


def test_a_tag_file_that_was_slipped_in_is_found(package: Path) -> None:
    (package / "note.txt").write_bytes(b"trust me")
    assert errors(package) == {"package.tag-file-unlisted"}


@pytest.mark.parametrize(
    ("old", "new"), [(b"  bag-info", b" \tbag-info"), (b"\n", b"\r"), (b"a", b"A"), (b"  ./", b"  ./")]
)
def test_tag_manifests_have_one_form(package: Path, old: bytes, new: bytes) -> None:
    path = package / "tagmanifest-sha512.txt"
    content = path.read_bytes()
    path.write_bytes(content.replace(old, new, 1) if old != new else content.replace(b"  bagit", b"  ./bagit"))
    assert "package.tag-manifest-form" in errors(package)


def test_the_checkers_that_are_handed_in_are_asked(package: Path) -> None:
    asked: list[tuple[str, int]] = []
    documents: list[str] = []

    def check_description(description: object, file: str, line: int) -> tuple[Finding, ...]:
        asked.append((file, line))
        return (Finding("schema.title", "too short", file=file, line=line),) if line == 2 else ()

    def check_tei(data: bytes, file: str) -> tuple[Finding, ...]:
        documents.append(file)
        return (Finding("tei.schema", "no", file=file),)

    found = verify_package(package, Manner(Depth.FULL, Checkers(check_description, check_tei, check_tei)))
    codes = [finding.code for finding in found if finding.severity is Severity.ERROR]
    assert asked == [("data/metadata/articles.jsonl", line) for line in (1, 2, 3, 4)]
    assert sorted(documents) == sorted(f"data/tei/{path.name}" for path in (package / "data/tei").iterdir())
    assert sorted(codes) == ["schema.title", *["tei.schema"] * 4]


def test_a_foreign_bag_is_checked_as_a_bag_only(tmp_path: Path) -> None:
    from archiver.package.bagit import BagInfo, write_bag

    (tmp_path / "data").mkdir()
    (tmp_path / "data/x").write_bytes(b"x")
    write_bag(tmp_path, BagInfo("2026-11-21", "somebody"))
    assert findings(tmp_path) == []


def test_progress_ends_with_all_bytes(package: Path) -> None:
    seen: list[tuple[int, int]] = []
    list(verify_package(package, accepting(progress=lambda done, total: seen.append((done, total)))))
    assert seen == sorted(seen)
    assert seen[-1][0] > 0.9 * seen[-1][1]


def test_kinds(package: Path, tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(b"WARC/1.1\r\n")
    (tmp_path / "renamed").write_bytes(b"WARC/1.1\r\n")
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    (tmp_path / "x.txt").write_bytes(HTTP)
    (tmp_path / "folder").mkdir()
    assert kind_of(package) == "bag"
    assert (
        kind_of(tmp_path / "x.warc") == kind_of(tmp_path / "renamed") == kind_of(tmp_path / "empty.warc.gz") == "warc"
    )
    assert kind_of(first_tei(package / "data")) == "tei"
    assert kind_of(tmp_path / "x.txt") is None
    assert kind_of(tmp_path / "folder") == "folder"
    (package / "bagit.txt").unlink()
    assert kind_of(package) == "bag"


def verified(path: Path) -> set[str]:
    found = verify_path(path, accepting())
    return {finding.code for finding in found if finding.severity is Severity.ERROR}


def test_lone_files_are_verified_by_their_kind(package: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"x")
    (tmp_path / "cut.warc.gz").write_bytes((package / "data" / DERIVED).read_bytes()[:-9])
    assert verified(package / "data" / DERIVED) == set()
    assert "warc.truncated" in verified(tmp_path / "cut.warc.gz")
    assert verified(tmp_path / "x.txt") == {"package.not-a-package"}
    with pytest.raises(InputNotFoundError):
        verified(tmp_path / "nothing")
