"""Schemas of strangers: a hostile one is refused or ends in a finding, and never holds the run."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from archiver.describe.linear_pattern import (
    MAX_STATES,
    LinearPattern,
    NotSearchableError,
    is_quick,
    parse_pattern,
    searcher,
)
from archiver.describe.schema_budget import unique_items
from archiver.describe.schema_files import own_schema
from archiver.describe.validate import DescriptionValidator, article_validator
from archiver.errors import SchemaFileError

#: Each makes an engine that goes back and forth try 2 to the power of the length of the text, or a polynomial of it.
SLOW = [
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "^([a-z]+[0-9]*)*$",
    "(.*a){12}$",
    "a*a*a*a*a*a*b",
    "(a?){30}a{30}$",
    "a?" * 40 + "a" * 40 + "$",
    "(ab|ab)" * 40 + "$",
    r"\s+$",
    "[a-z]+$",
]


def with_schema(tmp_path: Path, schema: Any, **files: Any) -> DescriptionValidator:
    for name, content in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content), "utf-8")
    (tmp_path / "strict.json").write_text(json.dumps(schema), "utf-8")
    return article_validator(tmp_path / "strict.json")


def refused(tmp_path: Path, schema: Any, **files: Any) -> str:
    with pytest.raises(SchemaFileError) as caught:
        with_schema(tmp_path, schema, **files)
    return caught.value.message


@pytest.fixture
def good() -> dict[str, Any]:
    return copy.deepcopy(own_schema("article")["examples"][0])


@pytest.mark.parametrize("pattern", SLOW)
def test_slow_patterns_are_searched_without_going_back(tmp_path: Path, good: dict[str, Any], pattern: str) -> None:
    assert isinstance(searcher(pattern), LinearPattern)
    validator = with_schema(tmp_path, {"properties": {"title": {"pattern": pattern}}})
    good["title"] = "a" * 5000 + " !"
    assert [finding.code for finding in validator.check(good)] == ["schema.pattern"]


def test_a_slow_pattern_still_finds(tmp_path: Path, good: dict[str, Any]) -> None:
    validator = with_schema(tmp_path, {"properties": {"title": {"pattern": "^([a-z]+ ?)+$"}}})
    good["title"] = "a fair opens on the quay"
    assert validator.check(good) == ()
    good["title"] = "a fair opens on the quay!"
    assert [finding.code for finding in validator.check(good)] == ["schema.pattern"]


@pytest.mark.parametrize("pattern", ["^(a+)+$", "[a-z]+x", "(a|a)*b"])
def test_slow_patterns_of_names_are_refused(tmp_path: Path, pattern: str) -> None:
    assert "patternProperties" in refused(tmp_path, {"patternProperties": {pattern: True}})
    with_schema(tmp_path, {"patternProperties": {"^x-[a-z]+$": True, "title": True}})


@pytest.mark.parametrize(
    "pattern", [r"^(a+)+\1$", r"^(?=.*a)(?=.*b)(a+)+$", r"^(?i:a+)+$", r"^(\ba+)+$", "(a{1,99}){1,99}$"]
)
def test_what_can_be_searched_in_no_other_way_is_refused(tmp_path: Path, pattern: str) -> None:
    assert "could take for ever" in refused(tmp_path, {"properties": {"title": {"pattern": pattern}}})


@pytest.mark.parametrize("pattern", ["a{99999999999}", "(" * 5000 + ")" * 5000, "(", "[z-a]"])
def test_what_is_no_pattern_is_refused(tmp_path: Path, pattern: str) -> None:
    assert "$.properties.title.pattern: " in refused(tmp_path, {"properties": {"title": {"pattern": pattern}}})


@pytest.mark.parametrize("pattern", [r"^[A-Z]{2}-\d+$", "^(news|sport)$", "Stennick", "^(?!draft)[a-z ]+$", r"^\S.*$"])
def test_common_patterns_are_left_to_the_quick_engine(pattern: str) -> None:
    assert is_quick(parse_pattern(pattern))


_ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", r"\w", "1", "^", "$", ""])
_REPEATS = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)


@given(pattern=_PATTERNS, text=st.text("ab1\n", max_size=8))
def test_both_engines_agree(pattern: str, text: str) -> None:
    """Python's ``$`` also matches before a last line end, which ``\\Z`` does not (ECMA-262 section 22.2.2.4)."""
    expected = re.search(pattern.replace("$", r"\Z"), text) is not None
    assert LinearPattern(parse_pattern(pattern)).search(text) == expected


def test_a_pattern_has_a_limited_number_of_states() -> None:
    with pytest.raises(NotSearchableError):
        LinearPattern(parse_pattern(f"(ab){{{MAX_STATES}}}"))


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"},
        {"$defs": {"a": {"allOf": [{"not": {"$ref": "#/$defs/a"}}]}}, "properties": {"title": {"$ref": "#/$defs/a"}}},
        {"if": {"$ref": "#"}, "then": True},
        {"dependentSchemas": {"title": {"$ref": "#"}}},
        {"$id": "https://a.example/s", "$dynamicAnchor": "x", "anyOf": [{"$dynamicRef": "#x"}]},
    ],
)
def test_references_in_a_circle_are_refused(tmp_path: Path, schema: Any) -> None:
    assert "leads back to itself" in refused(tmp_path, schema)


def test_circles_through_files_are_refused(tmp_path: Path) -> None:
    assert "leads back to itself" in refused(
        tmp_path, {"$ref": "one.json"}, one={"$ref": "two.json"}, two={"$ref": "one.json"}
    )


def test_recursion_into_parts_is_no_circle(tmp_path: Path, good: dict[str, Any]) -> None:
    node = {"type": "object", "properties": {"child": {"$ref": "#/$defs/node"}}, "additionalProperties": False}
    schema = {
        "$defs": {"node": node},
        "properties": {"extensions": {"properties": {"x-tree": {"$ref": "#/$defs/node"}}}},
    }
    validator = with_schema(tmp_path, schema)
    good["extensions"] = {"x-tree": {"child": {"child": {}}}}
    assert validator.check(good) == ()
    good["extensions"] = {"x-tree": {"child": {"child": {"leaf": 1}}}}
    assert [finding.pointer for finding in validator.check(good)] == ["/extensions/x-tree/child/child/leaf"]


def branching(levels: int) -> dict[str, Any]:
    """Each level asks the next one twice: 2 to the power of ``levels`` checks."""
    levelled = {f"l{n}": {"allOf": [{"$ref": f"#/$defs/l{n + 1}"}] * 2} for n in range(levels)}
    return {"$defs": {**levelled, f"l{levels}": {"type": "object"}}, "$ref": "#/$defs/l0"}


def test_references_that_branch_end_in_a_finding(tmp_path: Path, good: dict[str, Any]) -> None:
    validator = with_schema(tmp_path, branching(40))
    for _ in range(2):
        finding = validator.check(good, file="a.jsonl", line=7)[0]
        assert (finding.code, finding.file, finding.line) == ("schema.too-much-work", "a.jsonl", 7)
    assert with_schema(tmp_path, branching(8)).check(good) == ()


def test_a_value_that_branches_ends_in_a_finding(tmp_path: Path, good: dict[str, Any]) -> None:
    twice = {"properties": {"c": {"allOf": [{"$ref": "#/$defs/n"}, {"$ref": "#/$defs/n"}]}}}
    validator = with_schema(tmp_path, {"$defs": {"n": twice}, "properties": {"extensions": {"$ref": "#/$defs/n"}}})
    value: dict[str, Any] = {}
    for _ in range(40):
        value = {"c": value}
    good["extensions"] = value
    assert "schema.too-much-work" in {finding.code for finding in validator.check(good)}


def test_conditions_in_conditions_end_in_a_finding(tmp_path: Path, good: dict[str, Any]) -> None:
    schema: dict[str, Any] = {"properties": dict.fromkeys(own_schema("article")["properties"], True)}
    for _ in range(25):
        schema = {"allOf": [schema], "unevaluatedProperties": False}
    assert {finding.code for finding in with_schema(tmp_path, schema).check(good)} <= {"schema.too-much-work"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, 1.0, -0.0, "a", "b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=6,
)


@given(items=st.lists(JSON, max_size=5))
def test_unique_items_says_what_jsonschema_says(items: list[Any]) -> None:
    validator = Draft202012Validator({"uniqueItems": True})
    assert (not list(unique_items(validator, True, items, {}))) == validator.is_valid(items)


def test_many_entries_are_compared_in_one_pass(tmp_path: Path, good: dict[str, Any]) -> None:
    validator = with_schema(tmp_path, {"properties": {"extensions": {"properties": {"x-many": {"uniqueItems": True}}}}})
    good["extensions"] = {"x-many": [{"a": [number]} for number in range(30_000)]}
    assert validator.check(good) == ()
    good["extensions"]["x-many"].append({"a": [0]})
    assert [finding.code for finding in validator.check(good)] == ["schema.unique-items"]
