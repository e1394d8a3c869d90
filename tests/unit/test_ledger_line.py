"""The quick check of a line of the ledger says what its schema says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.canon import canonical_json
from archiver.describe.own_schemas import own_schema
from archiver.describe.schema_files import own_validator
from archiver.model.account import RemovedEntry
from archiver.package import layout
from archiver.package.ledger_line import CATEGORIES, FIELDS, RULE, fault_of, sure_line
from archiver.package.ledger_read import LedgerReader
from archiver.package.listing import LineRange, parse_object, removed
from archiver.package.xml_text import replace_illegal
from archiver.tei import markup

_LINE: dict[str, Any] = {
    "article": "a-3f0c9d1e5b7a2468",
    "block": 3,
    "text": "Share",
    "category": "share",
    "rule": "en.share.01@1",
    "evidence": "“share” is a prompt",
    "weight": 100,
    "place": {"char": [3, 8]},
}
_BAD: list[dict[str, Any]] = [
    {"category": "nonsense"},
    {"rule": "because"},
    {"rule": "en.share.01@1\n"},
    {"place": {"char": [3, -1]}},
    {"place": {"char": [3, True]}},
    {"place": {"char": [3]}},
    {"place": {"xpath": "html"}},
    {"place": {}},
    {"place": {"char": [3, 8], "xpath": "/html"}},
    {"more": 1},
]


def test_names_and_categories_are_those_of_the_schema() -> None:
    schema, common = own_schema("ledger"), own_schema("common")
    assert set(schema["properties"]) == set(schema["required"]) == FIELDS
    assert set(common["$defs"]["category"]["enum"]) == CATEGORIES
    assert common["$defs"]["rule"]["pattern"] == f"^{RULE.pattern}$"


@pytest.mark.parametrize("change", [{}, {"place": {"xpath": "/html/body/p[2]"}}, {"weight": -5}, *_BAD])
def test_both_agree(change: dict[str, Any]) -> None:
    value = {**_LINE, **change}
    valid = own_validator("ledger").is_valid(value)
    assert valid == (change not in _BAD)
    assert (fault_of(value, removed(value)) == "") == valid


@pytest.mark.parametrize(
    "change", [{}, {"place": {"xpath": "/html/body/p[2]"}}, {"weight": -5}, {"text": 'a "b\\" \n\t'}]
)
def test_a_valid_line_as_archiver_writes_it_is_read_the_short_way(change: dict[str, Any]) -> None:
    value = {**_LINE, **change}
    assert sure_line(canonical_json(value)) == removed(value)


@pytest.mark.parametrize("change", _BAD)
def test_no_other_line_is(change: dict[str, Any]) -> None:
    assert sure_line(canonical_json({**_LINE, **change})) is None


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (b'"weight":100', b'"weight":100,"weight":100'),
        (b'"weight":100', b'"weight":1e2'),
        (b'"weight":100', b'"weight":0100'),
        (b'"block":3', b'"block": 3'),
        (b'"Share"', b'"Sha\tre"'),
        (b'"Share"', b'"Sha\\qre"'),
        (b'"Share"', b'"\\ud83"'),
        (b'"Share"', b'"\xff"'),
        (b'"Share"', b'"Share'),
    ],
)
def test_what_json_does_not_allow_or_writes_otherwise_is_left_to_the_long_way(here: bytes, there: bytes) -> None:
    line = canonical_json(_LINE)
    assert sure_line(line) is not None
    assert sure_line(line.replace(here, there)) is None


@given(st.integers(0, 250), st.integers(0, 12), st.binary(max_size=3) | st.sampled_from([b'"', b",", b"{}", b"\\n"]))
def test_the_short_way_to_read_a_line_comes_to_the_same(start: int, length: int, put: bytes) -> None:
    whole = canonical_json({**_LINE, "text": 'Sign “in” to "go" on\n\U0001f512'})
    line = whole[:start] + put + whole[start + length :]
    block = sure_line(line)
    if block is not None:
        value = parse_object(line)
        assert removed(value) == block
        assert fault_of(value, block) == ""


@pytest.mark.parametrize("path", ["/html/body/p[2]", "/a[1]/%5[2]", "/*[local-name()='x%41']", "/o:p[1]#é%[3]"])
def test_a_path_in_a_fragment_is_encoded_alike_the_long_and_the_short_way(path: str) -> None:
    assert markup.fragment(path) == markup._NOT_IN_URI.sub(markup._percent, path).replace("#", "%23")


def test_both_rooms_replace_the_same_characters() -> None:
    text = "".join(map(chr, [*range(0x300), 0xD800, 0xFFFD, 0xFFFE, 0x1F600]))
    assert replace_illegal(text) == markup.replace_illegal(text)[0]


def test_entries_are_equal_by_all_that_they_tell() -> None:
    entry = RemovedEntry(1, "a", "#b", "c", "d", "e", "f")
    assert entry == RemovedEntry(*entry)
    assert all(entry != entry._replace(**{name: "other"}) for name in entry._fields)


def test_the_fault_of_a_line_is_told_with_its_own_article(tmp_path: Path) -> None:
    path = tmp_path / layout.LEDGER
    path.parent.mkdir(parents=True)
    other = {**_LINE, "article": "a-0000000000000001", "category": "nonsense"}
    path.write_bytes(canonical_json(_LINE) + b"\n" + canonical_json(other) + b"\n")
    reader = LedgerReader(tmp_path, LineRange(0, path.stat().st_size, 1))
    assert list(reader.of(_LINE["article"])) == []
    assert [(one.code, one.line) for one in reader.of(other["article"])] == [("package.ledger-invalid", 2)]
