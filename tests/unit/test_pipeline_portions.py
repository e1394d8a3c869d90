"""A large file cut into portions, and what is made of them before their shard is done."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import ArticleError, TooSlowError
from archiver.model.intake import Form, InputFile
from archiver.model.shard import Portion, PortionRecord, Shard
from archiver.pipeline import portions
from archiver.pipeline.ahead import MadeAhead, make_portion
from archiver.pipeline.making import Draft, Made, draft_of, make, unlimited
from archiver.pipeline.portions import drafts_of, portions_of
from archiver.pipeline.prepare import Preparing
from archiver.pipeline.recipe import Recipe
from archiver.readers.jsonl import lines_of
from archiver.readers.warc import read_warc

from ..support_export import DATE, page, story

LINES = 11
T = TypeVar("T")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "CANDIDATES", 3)
    monkeypatch.setattr(portions, "LEAST_BYTES", 100)


def shard_of(path: Path, form: Form, *more: InputFile) -> Shard:
    return Shard(0, (InputFile(str(path), path.name, "utf-8", path.stat().st_size, form), *more), "d" * 64)


@pytest.fixture
def lines(tmp_path: Path) -> Shard:
    path = tmp_path / "a.jsonl"
    texts = [json.dumps({"text": story(number), "title": f"Lamp {number}"}) + "\n" for number in range(LINES)]
    texts[4:4] = ["\n", "{}\n", "no JSON\n"]
    path.write_text("".join(texts), "utf-8")
    return shard_of(path, Form.JSON_LINES)


def record(number: int, media_type: str = "text/html") -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n{page(number)}".encode()
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{number}>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


@pytest.fixture
def crawl(tmp_path: Path) -> Shard:
    """Every other record is a picture."""
    path = tmp_path / "c.warc.gz"
    path.write_bytes(b"".join(record(n, "image/png" if n % 2 else "text/html") for n in range(2 * LINES)))
    return shard_of(path, Form.WARC)


def plain_of(crawl: Shard, path: Path) -> Shard:
    path.write_bytes(gzip.decompress(Path(crawl.files[0].path).read_bytes()))
    return shard_of(path, Form.WARC)


def wacz_of(crawl: Shard, path: Path, *, method: int = zipfile.ZIP_STORED) -> Shard:
    """The crawl in two files, one of them plain, and a third that is as a scanner left it."""
    members = [record(n, "image/png" if n % 2 else "text/html") for n in range(2 * LINES)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/2.warc", gzip.decompress(b"".join(members[9:])))
        archive.writestr("archive/1.warc.gz", b"".join(members[:9]))
        archive.writestr("archive/3.warc.gz", b"".join(members), compress_type=method)
    return shard_of(path, Form.WARC)


def known(draft: Draft) -> tuple[object, ...]:
    return (draft.path, draft.ordinal, draft.sha256, draft.size, draft.record_id, draft.told)


def all_drafts(shard: Shard) -> list[Draft]:
    return [draft for portion in portions_of(shard) for draft in drafts_of(portion, unlimited)]


def test_the_portions_of_lines_are_the_candidates_in_order(lines: Shard) -> None:
    found = portions_of(lines)
    assert [(one.index, one.first) for one in found] == [(0, 0), (1, 3), (2, 6), (3, 9), (4, 12)]
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]
    assert (found[0].start, found[-1].end) == (0, lines.files[0].size)
    expected = [draft_of(unit, "a.jsonl") for unit in lines_of(lines.files[0])]
    assert [known(draft) for draft in all_drafts(lines)] == [known(draft) for draft in expected]


def test_the_portions_of_a_crawl_are_cut_by_what_may_be_an_article(crawl: Shard) -> None:
    found = portions_of(crawl)
    assert [one.first for one in found] == [0, 5, 11, 17]
    expected = [one for one in read_warc(Path(crawl.files[0].path), "c.warc.gz") if hasattr(one, "source")]
    assert len(expected) == LINES
    assert [known(draft) for draft in all_drafts(crawl)] == [known(Draft.of(one.source)) for one in expected]


@pytest.mark.parametrize("name", ["c.warc", "c.wacz"])
def test_a_plain_file_and_a_wacz_are_cut_like_a_crawl(crawl: Shard, tmp_path: Path, name: str) -> None:
    shard = (plain_of if name == "c.warc" else wacz_of)(crawl, tmp_path / name)
    found = portions_of(shard)
    assert [one.first for one in found] == ([0, 5, 11, 17] if name == "c.warc" else [0, 5, 9, 15, 21, 22, 27, 33, 39])
    assert all(one.start < one.end for one in found)
    expected = [one for one in read_warc(Path(shard.files[0].path), name) if hasattr(one, "source")]
    drafts = [known(Draft.of(one.source)) for one in expected]
    assert len(drafts) in (LINES, 2 * LINES)
    assert [known(draft) for draft in all_drafts(shard)] == drafts


def test_a_wacz_is_cut_as_far_as_its_files_are_stored(crawl: Shard, tmp_path: Path) -> None:
    shard = wacz_of(crawl, tmp_path / "c.wacz", method=zipfile.ZIP_DEFLATED)
    assert [one.first for one in portions_of(shard)] == [0, 5, 9, 15, 21]
    assert len(all_drafts(shard)) == LINES


def test_small_files_in_a_wacz_are_counted_and_not_cut(
    crawl: Shard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of them would be thousands of portions of nothing."""
    shard = wacz_of(crawl, tmp_path / "c.wacz")
    first = len(b"".join(record(n, "image/png" if n % 2 else "text/html") for n in range(9)))
    monkeypatch.setattr(portions, "LEAST_BYTES", first + 1)
    assert [one.first for one in portions_of(shard)] == [9, 15, 21, 22, 27, 33, 39]


def test_nothing_is_cut_behind_a_file_whose_records_cannot_be_counted(crawl: Shard, tmp_path: Path) -> None:
    whole, path = Path(crawl.files[0].path).read_bytes(), tmp_path / "c.wacz"
    for before, found in (
        (b"", 4),
        (b"no record", 0),
        (gzip.decompress(record(1)) + b"\r\n" + gzip.decompress(record(2)), 1),
    ):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("archive/0.warc", before)
            archive.writestr("archive/1.warc.gz", whole)
        assert len(portions_of(shard_of(path, Form.WARC))) == (found if found > 1 else 0)


@pytest.mark.parametrize("form", [Form.JSON_LINES, Form.WARC])
def test_a_file_that_has_grown_has_no_portions(lines: Shard, crawl: Shard, form: Form) -> None:
    shard = lines if form is Form.JSON_LINES else crawl
    path = Path(shard.files[0].path)
    assert portions_of(shard)
    path.write_bytes(path.read_bytes() * 2)
    assert portions_of(shard) == ()


def test_what_is_not_one_large_file_of_candidates_has_no_portions(
    lines: Shard, crawl: Shard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,), (warc,) = lines.files, crawl.files
    text = replace(line, form=Form.TEXT)
    some = replace(line, only=(0,))
    for files in (
        (some,),
        (line, text),
        (text,),
        (replace(line, data=b"{}\n" * 99),),
        (replace(warc, path=str(tmp_path)),),
    ):
        assert portions_of(Shard(0, files, "d")) == ()
    assert portions_of(Shard(0, (replace(line, path=str(tmp_path / "gone")),), "d")) == ()
    broken = tmp_path / "broken.warc"
    broken.write_bytes(b"WARC/1.1\r\n" + record(1) * 9)
    assert portions_of(shard_of(broken, Form.WARC)) == ()
    monkeypatch.setattr(portions, "CANDIDATES", 100)
    assert portions_of(lines) == portions_of(crawl) == ()
    monkeypatch.setattr(portions, "CANDIDATES", 3)
    monkeypatch.setattr(portions, "LEAST_BYTES", line.size)
    assert portions_of(lines) == ()


@pytest.fixture
def prepare() -> Preparing:
    return Preparing.of(Recipe(date=DATE), "a.jsonl")


@pytest.fixture
def kept(lines: Shard, tmp_path: Path, prepare: Preparing) -> list[Path]:
    places = [tmp_path / "ahead" / f"{portion.index}" for portion in portions_of(lines)]
    made = [make_portion(one, place, prepare, unlimited) for one, place in zip(portions_of(lines), places, strict=True)]
    assert [(one.number, one.index, one.articles) for one in made[1:3]] == [(0, 1, 1), (0, 2, 3)]
    assert sum(one.size for one in made) == lines.files[0].size
    assert sum(one.articles for one in made) == LINES
    return places


def made_of(shard: Shard, prepare: Preparing) -> Iterator[tuple[Draft, Made | None]]:
    for unit in lines_of(shard.files[0]):
        draft = draft_of(unit, "a.jsonl")
        try:
            yield draft, make(draft, prepare)
        except ArticleError:
            yield draft, None


def test_what_was_made_ahead_is_what_would_be_made(lines: Shard, kept: list[Path], prepare: Preparing) -> None:
    ahead = MadeAhead(kept)
    for draft, made in made_of(lines, prepare):
        assert ahead.take(draft) == made


def test_nothing_is_taken_for_another_candidate(lines: Shard, kept: list[Path]) -> None:
    drafts = [draft_of(unit, "a.jsonl") for unit in lines_of(lines.files[0])]
    ahead = MadeAhead(kept)
    for number, change in enumerate(
        ({"sha256": "0" * 64}, {"path": "b.jsonl"}, {"record_id": "urn:x:1"}, {"size": 1}, {"told": ("text/plain",)})
    ):
        draft = drafts[(0, 1, 2, 3, 7)[number]]
        assert ahead.take(replace(draft, **change)) is None  # type: ignore[arg-type]
        assert ahead.take(draft) is not None
    assert MadeAhead([]).take(drafts[0]) is None
    assert MadeAhead(kept[1:]).take(drafts[0]) is None


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, list[tuple[Draft, Made | None]]]:
    """Where a portion stands, what was kept of it, and its candidates with what is made of them."""
    folder = tmp_path_factory.mktemp("one")
    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps({"text": story(number)}) + "\n" for number in range(4)), "utf-8")
    shard, prepare = shard_of(path, Form.JSON_LINES), Preparing.of(Recipe(date=DATE), "a.jsonl")
    make_portion(Portion(shard, 0, 0, path.stat().st_size, 0), folder / "0", prepare, unlimited)
    return folder / "0", (folder / "0").read_bytes(), list(made_of(shard, prepare))


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.booleans())
def test_what_was_damaged_is_not_taken(
    one: tuple[Path, bytes, list[tuple[Draft, Made | None]]], at: int, bit: int, *, cut: bool
) -> None:
    place, content, made = one
    at %= len(content)
    changed = bytearray(content)
    changed[at] ^= 1 << bit
    place.write_bytes(content[:at] if cut else changed)
    ahead = MadeAhead([place])
    taken = [(ahead.take(draft), right) for draft, right in made]
    assert all(given in (None, right) for given, right in taken)
    assert any(given is None for given, _ in taken)


@pytest.mark.parametrize(
    "line",
    [
        b"null", b"5", b'"x"', b"[]", b"{}", b"no JSON", b"\xff", b"[" * 100_000, b'{"bytes":1e999}', b"1" * 5000,
        b'{"bytes":-1,"sha256":""}', b'{"bytes":1000000000000000000000,"sha256":"x"}', b'{"bytes":true}',
        b'{"bytes":100000000000000,"sha256":"x"}', b'{"bytes":0,"sha256":[]}', b"x" * 3_000_000,
    ],
    ids=lambda line: repr(line[:20]),
)  # fmt: skip
def test_any_bytes_in_the_place_of_a_portion_are_passed_over(
    one: tuple[Path, bytes, list[tuple[Draft, Made | None]]], line: bytes
) -> None:
    place, _, made = one
    place.write_bytes(line + b"\n")
    ahead = MadeAhead([place])
    assert [ahead.take(draft) for draft, _ in made] == [None] * 4


def test_what_took_all_the_time_there_is_is_not_tried_again(lines: Shard, tmp_path: Path, prepare: Preparing) -> None:
    slow = TooSlowError("took more than 1 s", place="a.jsonl, line 2", advice="give it more")

    def guard(work: Callable[[], T], place: str) -> T:
        made = work()
        if isinstance(made, Made) and made.written.id == second:
            raise slow
        return made

    drafts = [draft_of(unit, "a.jsonl") for unit in lines_of(lines.files[0])][:3]
    second = make(drafts[1], prepare).written.id
    assert make_portion(portions_of(lines)[0], tmp_path / "0", prepare, guard).articles == 2
    ahead = MadeAhead([tmp_path / "0"])
    assert ahead.take(drafts[0]) is not None
    with pytest.raises(TooSlowError) as caught:
        ahead.take(drafts[1])
    assert (caught.value.message, caught.value.place, caught.value.advice) == (slow.message, slow.place, slow.advice)
    assert ahead.take(drafts[2]) is not None


def test_portions_of_a_file_that_is_damaged_all_over_read_it_once_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each looks like a record of an article, and is none: its header has no end.
    member = gzip.compress(b"WARC/1.1\nWARC-Type: response\nContent-Type: text/html\n" + bytes(range(48)), mtime=0)
    path = tmp_path / "c.warc.gz"
    path.write_bytes(member * 60)
    shard, seen = shard_of(path, Form.WARC), 0
    scan = portions.scan_part

    def counting(*arguments: Any, **named: Any) -> Iterator[Any]:
        nonlocal seen
        for item in scan(*arguments, **named):
            seen += 1
            yield item

    monkeypatch.setattr(portions, "scan_part", counting)
    assert len(portions_of(shard)) == 20
    assert all_drafts(shard) == []
    assert seen < 3 * 60 + 2 * 20


def test_a_file_of_very_many_short_lines_is_not_cut_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "_MANY", 30)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}\n" * 500)
    found = portions_of(shard_of(path, Form.JSON_LINES))
    assert (len(found), found[-1].end) == (11, 1500)


def test_a_file_that_can_no_longer_be_read_ends_its_portion(lines: Shard, tmp_path: Path, prepare: Preparing) -> None:
    found = portions_of(lines)[0]
    Path(lines.files[0].path).unlink()
    assert make_portion(found, tmp_path / "0", prepare, unlimited) == PortionRecord(0, 0, 0, found.size)
    assert (tmp_path / "0").read_bytes() == b""
