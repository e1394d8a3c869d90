"""Misspelt keywords in a user's schema: told where they would check something, and never where a word is a note."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from archiver.describe.own_schemas import own_schema, own_schema_names
from archiver.describe.schema_keywords import unheeded_keywords
from archiver.describe.validate import article_validator
from archiver.errors import SchemaFileError

from ..support_export import export, invoke, story

OLD = "http://json-schema.org/draft-07/schema#"


def told(schema: Any) -> list[tuple[str, str]]:
    """Return pointer and advice of all that is told of a schema."""
    kind = validator_for(schema, default=Draft202012Validator)
    found = unheeded_keywords(schema, kind, file="strict.json")
    return [(one.pointer or "", one.message.rpartition("; ")[2]) for one in found]


@pytest.mark.parametrize(
    ("word", "value", "meant"),
    [
        ("requird", ["title"], "required"),
        ("proprties", {}, "properties"),
        ("property", {}, "properties"),
        ("patern", "x", "pattern"),
        ("regex", "x", "pattern"),
        ("minlength", 1, "minLength"),
        ("min_length", 1, "minLength"),
        ("maxLenght", 1, "maxLength"),
        ("Type", "string", "type"),
        ("tpye", ["string", "null"], "type"),
        ("itmes", {}, "items"),
        ("anyof", [{}], "anyOf"),
        ("additionalproperties", False, "additionalProperties"),
        ("ref", "#/$defs/a", "$ref"),
        ("$rref", "#/$defs/a", "$ref"),
        ("emun", ["a"], "enum"),
    ],
)
def test_a_misspelt_keyword_is_told_with_the_one_that_is_meant(word: str, value: Any, meant: str) -> None:
    assert told({"required": ["title"], word: value}) == [(f"/{word}", f'did you mean "{meant}"?')]


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        ({"properties": {"title": {"patern": "x"}}}, "/properties/title/patern"),
        ({"properties": {"a/b": {"items": {"enums": []}}}}, "/properties/a~1b/items/enums"),
        ({"allOf": [True, {"if": {"requird": []}}]}, "/allOf/1/if/requird"),
        ({"$defs": {"x": {"contains": {"tpye": "string"}}}}, "/$defs/x/contains/tpye"),
        ({"prefixItems": [{"patern": ""}]}, "/prefixItems/0/patern"),
        ({"dependentSchemas": {"x": {"not": {"patern": ""}}}}, "/dependentSchemas/x/not/patern"),
    ],
)
def test_it_is_found_in_every_schema_within(schema: Any, pointer: str) -> None:
    assert [one for one, _ in told(schema)] == [pointer]


@pytest.mark.parametrize(
    "schema",
    [
        {"x-requird": [], "$comment": "x", "markdownDescription": "x", "errorMessage": "x", "enumNames": []},
        # Words of other people's: what stands with them is not what the keyword they resemble can have.
        {"note": "see the style guide", "types": {"a": {}}, "requiredBy": "2027", "formats": ["a"], "constants": {}},
        {"@type": "string", "@id": "x", "$type": "string", "$items": {}, "items_de": {}, "x" * 2_000_000: {}},
        {"allRequired": True, "anyRequired": ["a"], "deepProperties": {}, "formatExclusiveMinimum": "2020-01-01"},
        # What resembles an annotation alone checks nothing in any spelling.
        {"titel": "x", "exampels": [], "example": "x", "defintions": {}, "readonly": True},
        {"definitions": {"a": {}}, "$anchor": "x", "contentMediaType": "text/html", "$vocabulary": {}},
        {"minContains": 1, "maxContains": 2, "then": {}, "else": {}},
        # Names of fields and values are no keywords.
        {"properties": {"requird": {}, "patern": {}}, "enum": [{"requird": 1}], "const": {"patern": 1}},
        {"required": ["requird"], "default": {"patern": 1}, "examples": [{"patern": 1}]},
        True,
        {},
    ],
)
def test_notes_annotations_and_values_are_let_be(schema: Any) -> None:
    assert told(schema) == []


def test_our_own_schemas_and_those_of_the_standard_have_no_such_word() -> None:
    for name in own_schema_names():
        assert told(own_schema(name)) == []
    assert told(Draft202012Validator.META_SCHEMA) == []


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"dependencies": {}}, "write dependentRequired or dependentSchemas."),
        ({"additionalItems": False}, "write items, beside prefixItems."),
        ({"$schema": OLD, "prefixItems": []}, "write items."),
        ({"$schema": OLD, "unevaluatedProperties": False}, "name another edition in $schema."),
        ({"$schema": OLD, "dependencies": {}, "additionalItems": False, "definitions": {}}, None),
    ],
)
def test_keywords_of_another_edition_are_told(schema: Any, words: str | None) -> None:
    assert [said for _, said in told(schema)] == ([words] if words else [])


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"requird": ["title"]}, 'did you mean "required"'),
        ({"title": "A headline", "authors": [], "language": "en"}, "it checks nothing"),
        ({"fields": {"title": "text"}}, "it checks nothing"),
    ],
)
def test_what_is_plainly_no_schema_is_refused(tmp_path: Path, schema: Any, reason: str) -> None:
    (tmp_path / "strict.json").write_text(json.dumps(schema), "utf-8")
    with pytest.raises(SchemaFileError, match=reason):
        article_validator(tmp_path / "strict.json")


@pytest.mark.parametrize("schema", [{}, True, {"title": "Anything"}, {"x-made-by": "us", "$comment": "x"}])
def test_a_schema_that_demands_nothing_on_purpose_can_be_used(tmp_path: Path, schema: Any) -> None:
    (tmp_path / "strict.json").write_text(json.dumps(schema), "utf-8")
    assert article_validator(tmp_path / "strict.json").warnings == ()


def test_files_that_a_schema_refers_to_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "strict.json").write_text('{"$ref": "parts.json#/parts/title"}', "utf-8")
    (tmp_path / "parts.json").write_text('{"parts": {"title": {}}, "requird": []}', "utf-8")
    (only,) = article_validator(tmp_path / "strict.json").warnings
    assert (only.file, only.pointer, only.severity) == (str(tmp_path / "parts.json"), "/requird", "warning")


def test_validate_and_export_tell_it_once(tmp_path: Path) -> None:
    schema = tmp_path / "strict.json"
    schema.write_text('{"required": ["title"], "properties": {"title": {"patern": "x"}}}', "utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/story.txt").write_text(story(1), "utf-8")
    outcome = export(tmp_path / "in", tmp_path / "out", "--schema", schema)
    assert outcome.code == 0
    told_of = f'{schema}: /properties/title/patern: "patern" is no keyword of JSON Schema and checks nothing'
    assert outcome.err.count(told_of) == 1
    assert [one.startswith(told_of) for one in outcome.document()["warnings"]] == [True]
    articles = tmp_path / "out/data/metadata/articles.jsonl"
    checked = invoke("validate", articles, articles, "--schema", schema, "--json")
    assert (checked.code, checked.document()["ok"]) == (0, True)
    (finding,) = checked.document()["findings"]
    assert (finding["code"], finding["severity"]) == ("schema.unknown-keyword", "warning")
