"""Who changes an article in two places and makes all checksums right again is found: others tell otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import archiver
from archiver.canon import canonical_json
from archiver.package import layout
from archiver.package.verify_relations import without_relations

from ..support_export import DATE, page, story
from ..support_faults import Act, copy_of, edit, errors, findings, make_package, records, seal, values
from .bad_packages import ARTICLES, LEDGER, SOURCES, _tei, _tei_and_record, _with_block

NONE = "0" * 64
TEI = "data/tei/"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("good"))


def _records(before: bytes, after: bytes) -> Act:
    return records("derived", lambda members: (_with_block(one, before, after) for one in members))


def _description(change: Change, number: int = 0) -> Act:
    """Change a description and, in the same way, its record in derived/."""

    def act(root: Path) -> None:
        lines = (root / ARTICLES).read_bytes().splitlines()
        before = without_relations(lines[number], json.loads(lines[number]))
        value = json.loads(lines[number])
        change(value)
        lines[number] = canonical_json(value)
        assert without_relations(lines[number], value) != before
        (root / ARTICLES).write_bytes(b"\n".join(lines) + b"\n")
        _records(before, without_relations(lines[number], value))(root)

    return act


def _ledger(change: Callable[[list[dict[str, Any]]], object]) -> Act:
    """Change the lines of the first article, and its record in derived/."""

    def act(root: Path) -> None:
        lines = (root / LEDGER).read_bytes().splitlines(keepends=True)
        article = json.loads(lines[0])["article"]
        mine = [line for line in lines if json.loads(line)["article"] == article]
        changed = [json.loads(line) for line in mine]
        change(changed)
        after = b"".join(canonical_json(line) + b"\n" for line in changed)
        (root / LEDGER).write_bytes(after + b"".join(lines[len(mine) :]))
        _records(b"".join(mine), after)(root)

    return act


def _removed(**members: Any) -> Act:
    return _ledger(lambda lines: lines[0].update(members))


def _source(**members: Any) -> Act:
    return _description(lambda it: it["source"].update(members))


def _page_tei(pattern: bytes, new: bytes) -> Act:
    """Change the TEI that comes first by name, and its record in derived/."""
    return _tei_and_record(lambda it: re.sub(pattern, new, it, count=1, flags=re.DOTALL))


def _text_tei(pattern: bytes, new: bytes) -> Act:
    """Change the TEI of the first article, a plain text, and its record in derived/."""

    def act(root: Path) -> None:
        path = root / TEI / f"{json.loads((root / ARTICLES).read_bytes().splitlines()[0])['id']}.xml"
        before = path.read_bytes()
        after = re.sub(pattern, new, before, count=1, flags=re.DOTALL)
        assert after != before
        path.write_bytes(after)
        _records(before, after)(root)

    return act


_DATE = {"value": "1999-01-01", "precision": "day", "text": "x", "certainty": "high"}
_CASES: dict[str, tuple[str, str, str | None, Act]] = {
    # name: code, file, pointer, act
    "word": ("package.text-differs", ARTICLES, "/text_sha256", _page_tei(b"lamp", b"lime")),
    "word of a text": ("package.kept-place", TEI, None, _text_tei(b"carried lamp", b"carried lime")),
    "words": ("package.text-differs", ARTICLES, "/word_count", _page_tei(b"carried lamp", b"carried the lamp")),
    "characters": ("package.text-differs", TEI, None, _page_tei(b'(unit="characters" quantity=")', rb"\g<1>1")),
    "paragraph dropped": ("package.block-missing", TEI, None, _page_tei(b'<p [^>]*n="2".*?</p>', b"")),
    "last line dropped": ("package.block-missing", TEI, None, _text_tei(rb'<p [^>]*n="5".*?</p>', b"")),
    "headline changed": ("package.kept-place", TEI, None, _text_tei(b"(<head[^>]*>)[^<]*", rb"\1Else")),
    "removed text": ("package.ledger-differs", LEDGER, "/text", _page_tei(b'(preserve">)[^<]*', rb"\1Else")),
    "gap": ("package.gap-differs", TEI, None, _page_tei(rb'quantity="\d+" corresp', b'quantity="1" corresp')),
    "title": ("package.description-differs", ARTICLES, "/title", _page_tei(b'("main"[^>]*>)[^<]*', rb"\1Else")),
    "digest of the text": (
        "package.description-differs",
        ARTICLES,
        "/text_sha256",
        _page_tei(b'(subtype="text">)[0-9a-f]*', rb"\g<1>" + NONE.encode()),
    ),
    "record": (
        "package.description-differs",
        ARTICLES,
        "/source/warc_record_id",
        _page_tei(b'(warc-record" target="urn:uuid:)[0-9a-f]{8}', rb"\g<1>00000000"),
    ),
    "place": ("package.kept-place", TEI, None, _text_tei(rb"(<p [^>]*#char=)\d+,\d+", rb"\g<1>0,5")),
    "line gone": ("package.ledger-differs", LEDGER, None, _ledger(lambda lines: lines.pop())),
    "category": ("package.ledger-differs", LEDGER, "/category", _removed(category="ads")),
    "no category": ("package.ledger-invalid", LEDGER, None, _removed(category="nonsense")),
    "rule": ("package.ledger-differs", LEDGER, "/rule", _removed(rule="en.share.99@1")),
    "no rule": ("package.ledger-invalid", LEDGER, None, _removed(rule="because")),
    "evidence": ("package.ledger-differs", LEDGER, "/evidence", _removed(evidence="because")),
    "weight": ("package.ledger-differs", LEDGER, "/weight", _removed(weight=1)),
    "block": ("package.ledger-differs", LEDGER, "/block", _removed(block=0)),
    "place in the ledger": ("package.ledger-differs", LEDGER, "/place", _removed(place={"xpath": "/html"})),
    "no place": ("package.ledger-invalid", LEDGER, None, _removed(place={"char": [1, True]})),
    "unknown field": ("package.ledger-invalid", LEDGER, None, _removed(why="so")),
    "title told": ("package.description-differs", ARTICLES, "/title", _description(lambda it: it.update(title="X"))),
    "day": ("package.description-differs", ARTICLES, "/published", _description(lambda it: it.update(published=_DATE))),
    "language": (
        "package.description-differs",
        ARTICLES,
        "/language",
        _description(lambda it: it.update(language="fr")),
    ),
    "house": ("package.description-differs", ARTICLES, "/publisher", _description(lambda it: it.update(publisher="X"))),
    "people": ("package.description-differs", ARTICLES, "/authors", _description(lambda it: it.pop("authors"))),
    "digest told": (
        "package.text-differs",
        ARTICLES,
        "/text_sha256",
        _description(lambda it: it.update(text_sha256=NONE)),
    ),
    "count told": ("package.text-differs", ARTICLES, "/word_count", _description(lambda it: it.update(word_count=7))),
    "bytes": ("package.source-differs", ARTICLES, "/source/bytes", _source(bytes=7)),
    "type": ("package.source-differs", ARTICLES, "/source/media_type", _source(media_type="text/html")),
    "captured": ("package.source-differs", ARTICLES, "/source/captured", _source(captured="2020-01-01T00:00:00Z")),
    "a member of no object": ("package.description-differs", ARTICLES, "/source", _source(pointer="/0")),
    "bytes of a line": (
        "package.source-differs",
        ARTICLES,
        "/source/bytes",
        _description(lambda it: it["source"].update(bytes=7), 2),
    ),
    "captured at another time": (
        "package.source-differs",
        ARTICLES,
        "/source/captured",
        _description(lambda it: it["source"].update(captured="2020-01-01T00:00:00Z"), 4),
    ),
    "list of inputs": (
        "package.source-differs",
        ARTICLES,
        "/source/media_type",
        values(SOURCES, lambda lines: lines[0].update(media_type="image/png")),
    ),
}


@pytest.mark.parametrize("name", _CASES)
def test_what_was_changed_in_two_places_is_told(good: Path, tmp_path: Path, name: str) -> None:
    code, file, pointer, act = _CASES[name]
    package = copy_of(good, tmp_path)
    act(package)
    seal(package)
    found = findings(package)
    met = [one for one in found if one.code == code and file in one.file and pointer in (one.pointer, None)]
    assert met, [(one.code, one.file, one.pointer, one.message) for one in found]
    if (package / LEDGER).read_bytes().count(b"\n") == (good / LEDGER).read_bytes().count(b"\n"):
        assert all(one.line is not None for one in met if one.file.endswith(".jsonl"))


def test_a_change_without_its_record_names_the_file_and_line_that_differ(good: Path, tmp_path: Path) -> None:
    package = copy_of(good, tmp_path)
    values(ARTICLES, lambda lines: lines[1].update(title="X"))(package)
    values(LEDGER, lambda lines: lines[2].update(evidence="X"))(package)
    edit(_tei(package).relative_to(package).as_posix(), lambda it: it.replace(b"lamp", b"lime", 1))(package)
    seal(package)
    found = findings(package)
    missing = {(one.file, one.line) for one in found if one.code == "package.derived-missing"}
    assert missing == {(ARTICLES, 2), (LEDGER, 3), (_tei(package).relative_to(package).as_posix(), None)}
    extra = [one for one in found if one.code == "package.derived-extra"]
    assert len(extra) == 3
    assert all(one.file.startswith("data/derived/") and one.offset and one.record_id for one in extra)


def test_records_of_nobody_are_named_as_long_as_they_are_few(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.package.verify_articles._NAMED", 4)
    package = copy_of(good, tmp_path)
    values(ARTICLES, lambda lines: lines.clear())(package)
    seal(package)
    extra = [one for one in errors(package) if one.code == "package.derived-extra"]
    assert [one.offset is not None for one in extra] == [True] * 4 + [False]
    assert extra[-1].message.startswith("11 more")
    assert extra[-1].file == f"data/{layout.DERIVED}"


_ODD = {
    "controls.txt": story(1).replace(" ", "\x0b", 2).replace(" ", " \x1c", 2).replace("e", "e\x01", 3).encode(),
    "mark.txt": b"\xef\xbb\xbf" + story(2).replace("\n", "\r\n").encode(),
    "windows.txt": story(3).replace("\n", "\r\n").encode("cp1252", "replace"),
    "wide.txt": story(4).encode("utf-16"),
    "damaged.txt": story(5).encode() + b"\ncaf\xe9\n",
    "japanese.txt": ("灯台の新しい灯りが丘の上からも見えるようになりました。①\n" * 8).encode("cp932"),
    "korean.txt": ("등대의 새 등불이 언덕 위에서도 보이게 되었습니다. 똠\n" * 8).encode("cp949"),
    "controls.html": page(6).replace("lamp", "la\x01mp").encode(),
}


def test_odd_sources_are_accounted_for(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name, data in _ODD.items():
        (source / name).write_bytes(data)
    text = "\ufeff" + story(7).replace("e", "\ud800", 1).replace(" ", "\x0b", 2)
    line = json.dumps(
        {"text": text, "title": "A \x07 title | of two", "publisher": "This & That", "keywords": ["\x01"]}
    )
    (source / "lines.jsonl").write_text(f"{line}\n{json.dumps({'html': page(8)})}\n", "ascii")
    report = archiver.export([source], tmp_path / "package", date=DATE, jobs=1)
    assert len(list((tmp_path / "package" / TEI).glob("a-*.xml"))) == len(_ODD) + 2, report
    assert findings(tmp_path / "package") == []
