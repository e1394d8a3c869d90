"""JSON Lines: one unit a line, every byte in one of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import EmptyInputError, ParseError, TooLargeError
from archiver.model.intake import Form, InputFile, Stretch, Unit
from archiver.readers import jsonl
from archiver.readers.jsonl import lines_of, member_of, read_jsonl, starts_of
from archiver.readers.stretch import pieces_of


def read(data: bytes) -> list[Unit]:
    return list(read_jsonl(InputFile("-", "in/a.jsonl", "utf-8", len(data), Form.JSON_LINES, data)))


def given_of(**members: Any) -> dict[str, object]:
    (unit,) = read(json.dumps({"text": "Words.", **members}).encode())
    assert unit.source is not None
    return dict(unit.source.given)


def test_each_line_is_a_unit_with_its_place() -> None:
    units = read(b'{"text": "One."}\n{"html": "<p>Two.</p>", "url": "https://example.org/2"}\n')
    sources = [unit.source for unit in units if unit.source]
    assert [(one.data, one.media_type, one.pointer, one.ordinal, one.url) for one in sources] == [
        (b"One.", "text/plain", "/text", 0, None),
        (b"<p>Two.</p>", "text/html", "/html", 1, "https://example.org/2"),
    ]
    assert [unit.target_uri for unit in units] == ["file:///in/a.jsonl#line=1", "file:///in/a.jsonl#line=2"]
    assert all(unit.media_type == "application/json" for unit in units)
    assert all(one.charset == "utf-8" and one.path == "in/a.jsonl" for one in sources)


def test_equal_lines_are_different_records() -> None:
    units = read(b'{"text": "One."}\n' * 3)
    assert len({unit.record_id for unit in units}) == 3


BLANKS = st.sampled_from([b"", b"\n", b" \n", b"\r\n", b"\t", b"\n\n \n"])


@given(st.lists(st.one_of(BLANKS, st.binary(max_size=20), st.just(b'{"text":"a"}\n')), max_size=8).map(b"".join))
def test_the_units_in_order_are_the_file(data: bytes) -> None:
    units = read(data)
    assert b"".join(unit.data for unit in units) == data
    assert [unit.ordinal for unit in units] == list(range(len(units)))
    assert all((unit.source is None) is (unit.error is not None) for unit in units)


@given(st.lists(st.one_of(BLANKS, st.binary(max_size=20), st.just(b'{"text":"a"}\n')), max_size=8).map(b"".join))
def test_a_file_is_cut_like_its_content_whatever_is_held(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_bytes(data)
    file = InputFile(str(path), "in/a.jsonl", "utf-8", len(data), Form.JSON_LINES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "MAX_ARTICLE_BYTES", 9)
        patch.setattr(jsonl, "_PIECE", 4)
        units = list(read_jsonl(file))
        whole = read(data)
    assert [b"".join(pieces_of(unit, name="a")) for unit in units] == [unit.data for unit in whole]
    assert [(unit.record_id, unit.sha256, unit.size) for unit in units] == [
        (unit.record_id, unit.sha256, unit.size) for unit in whole
    ]
    assert all(isinstance(unit.data, Stretch) is (unit.size > 9) for unit in units)
    assert [type(unit.error) for unit in units] == [type(unit.error) for unit in whole]


def test_a_line_longer_than_any_article_is_a_unit_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_ARTICLE_BYTES", 20)
    units = read(b'{"text": "One."}\n{"text": "One that is too long."}\n{"text": "Two."}\n')
    assert [type(unit.error) for unit in units] == [type(None), TooLargeError, type(None)]


def test_a_file_of_blanks_is_one_empty_unit() -> None:
    for data in (b"", b" \n\n\t"):
        (unit,) = read(data)
        assert isinstance(unit.error, EmptyInputError)
        assert unit.data == data


@pytest.mark.parametrize("blanks", [b" " * 300_000 + b"\n", b"\n" * 300_000, b" \n" * 150_000])
def test_a_heap_of_blanks_before_the_first_line_takes_no_time(blanks: bytes) -> None:
    (unit,) = read(blanks + b'{"text":"a"}')
    assert unit.data == blanks + b'{"text":"a"}'


@pytest.mark.parametrize(
    ("line", "error", "word"),
    [
        (b"{broken", ParseError, "no JSON"),
        (b"[" * 100_000, ParseError, "no JSON"),
        (b'["text"]', ParseError, "no object"),
        (b'"text"', ParseError, "no object"),
        (b'{"text": "caf\xe9"}', ParseError, "not UTF-8 at byte 13"),
        (b'{"text": "  "}', EmptyInputError, "no article"),
        (b'{"text": null, "title": "T"}', EmptyInputError, "no article"),
        (b'{"text": ["a"]}', EmptyInputError, "no article"),
    ],
)
def test_a_bad_line_is_a_unit_that_says_why(line: bytes, error: type[Exception], word: str) -> None:
    units = read(b'{"text": "Good."}\n' + line + b'\n{"text": "Good."}')
    assert [unit.source is None for unit in units] == [False, True, False]
    bad = units[1]
    assert isinstance(bad.error, error)
    assert word in bad.error.message
    assert bad.error.place == "in/a.jsonl, line 2"
    assert bad.error.advice
    assert bad.data == line + b"\n"


def test_html_is_preferred_to_text_and_empty_members_do_not_count() -> None:
    (unit,) = read(b'{"text": "plain", "raw_html": "<p>page</p>", "html": ""}')
    assert unit.source is not None
    assert (unit.source.pointer, unit.source.media_type) == ("/raw_html", "text/html")


def test_other_names_of_the_fields_are_known() -> None:
    assert given_of(headline="H", datePublished="2020-01-02", lang="de", author={"name": "Jane Doe"}) == {
        "title": "H",
        "published": "2020-01-02",
        "language": "de",
        "authors": {"name": "Jane Doe"},
    }


def test_a_member_that_says_nothing_takes_nothing_away() -> None:
    assert given_of(title="Real title", headline=None, published="2020-01-02", date="", authors=["A B"], author=[]) == {
        "title": "Real title",
        "published": "2020-01-02",
        "authors": ["A B"],
    }
    assert given_of(title="First", headline="Second") == {"title": "First"}


def test_members_that_nobody_knows_are_no_description() -> None:
    assert given_of(id=7, score=0.5, crawler="x") == {}


def test_the_stored_line_gives_the_member_back() -> None:
    line = b'\xef\xbb\xbf{"html": "", "text": "Caf\\u00e9 \\ud800"}\n'
    (unit,) = read(line)
    assert unit.source is not None
    assert unit.source.pointer == "/text"
    assert member_of(unit.data, "/text") == unit.source.data == "Café ?".encode()


@given(st.lists(st.one_of(BLANKS, st.binary(max_size=20), st.just(b'{"text":"a"}\n')), max_size=8).map(b"".join))
def test_units_can_be_read_from_any_of_them_on(data: bytes) -> None:
    file = InputFile("-", "in/a.jsonl", "utf-8", len(data), Form.JSON_LINES, data)
    units, starts = list(lines_of(file)), list(starts_of(file))
    assert starts == [sum(unit.size for unit in units[:number]) for number in range(len(units))]
    for first, start in enumerate(starts):
        rest = list(lines_of(file, start=start, first=first))
        assert [(unit.data, unit.ordinal, unit.record_id) for unit in rest[:1]] == [
            (unit.data, unit.ordinal, unit.record_id) for unit in units[first : first + 1]
        ]
        assert [unit.record_id for unit in rest] == [unit.record_id for unit in units[first:]]
