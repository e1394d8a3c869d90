"""The contracts: valid schemas, local references, examples that hold, everything described."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from archiver.describe.formats import format_checker
from archiver.describe.schema_files import own_registry, own_schema, own_schema_names, own_validator
from archiver.errors import UsageError
from archiver.model.article import BlockKind
from archiver.model.metadata import SCHEMA_VERSION, DateValue, Image, Metadata, Person, SourceRef
from archiver.model.outcome import Finding, Reject, Severity
from archiver.model.verdict import Action, Category, Profile
from archiver.schemas import read_schema, schema_names

BASE = "https://w3id.org/archiver/schemas/1/"
DOCUMENTS = [name for name in own_schema_names() if "exit_code" in own_schema(name).get("properties", {})]


def parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from parts(item)
    elif isinstance(value, list):
        for item in value:
            yield from parts(item)


@pytest.mark.parametrize("name", own_schema_names())
def test_schema_is_valid_against_the_metaschema(name: str) -> None:
    schema = own_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema, format_checker=format_checker())


@pytest.mark.parametrize("name", own_schema_names())
def test_schema_says_who_it_is(name: str) -> None:
    schema = own_schema(name)
    assert schema["$id"] == f"{BASE}{name}.schema.json"
    assert schema["title"]
    assert schema["description"].endswith(".")


@pytest.mark.parametrize("name", own_schema_names())
def test_every_property_is_described(name: str) -> None:
    schema = own_schema(name)
    for part in parts({key: value for key, value in schema.items() if key not in ("examples", "if", "then", "else")}):
        for field, rules in part.get("properties", {}).items():
            if isinstance(rules, dict) and part.get("type") == "object":
                assert "description" in rules or "$ref" in rules, field


@pytest.mark.parametrize("name", own_schema_names())
def test_references_are_local(name: str) -> None:
    resolver = own_registry().resolver(BASE + f"{name}.schema.json")
    for part in parts(own_schema(name)):
        if "$ref" in part:
            assert "://" not in part["$ref"]
            resolver.lookup(part["$ref"])


@pytest.mark.parametrize("name", [name for name in own_schema_names() if name != "common"])
def test_examples_are_valid(name: str) -> None:
    examples = own_schema(name)["examples"]
    assert examples
    for example in examples:
        assert [error.message for error in own_validator(name).iter_errors(example)] == []


@pytest.mark.parametrize("name", [name for name in own_schema_names() if name != "common"])
def test_unknown_fields_are_refused(name: str) -> None:
    for example in own_schema(name)["examples"]:
        assert not own_validator(name).is_valid({**example, "unheard-of": 1})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_names_schema_version_and_exit_code(name: str) -> None:
    for example in own_schema(name)["examples"]:
        for field in ("schema", "version", "exit_code"):
            assert not own_validator(name).is_valid({key: value for key, value in example.items() if key != field})


def test_schemas_are_stored_readable() -> None:
    for name in own_schema_names():
        data = read_schema(f"{name}.schema.json")
        assert data.decode("utf-8") == json.dumps(json.loads(data), indent=2, ensure_ascii=False) + "\n"


def test_the_full_example_has_every_field() -> None:
    schema = own_schema("article")
    assert set(schema["examples"][0]) == set(schema["properties"]) == set(Metadata.__dataclass_fields__)


def test_model_and_schema_agree_on_the_version() -> None:
    assert own_schema("article")["properties"]["schema_version"]["const"] == SCHEMA_VERSION


def test_enumerations_are_those_of_the_model() -> None:
    defs = own_schema("common")["$defs"]
    assert defs["category"]["enum"] == [item.value for item in Category]
    assert defs["block"]["properties"]["kind"]["enum"] == [item.value for item in BlockKind]
    assert defs["verdict"]["properties"]["action"]["enum"] == [item.value for item in Action]
    assert defs["judged"]["properties"]["profile"]["enum"] == [item.value for item in Profile]
    assert defs["finding"]["properties"]["severity"]["enum"] == [item.value for item in Severity]


def test_what_the_model_writes_is_valid() -> None:
    finding = Finding("schema.type", "wrong", file="a.json", line=3, offset=0, pointer="/a", advice="correct it")
    reject = Reject("a-00000000000000aa", "a.txt", "article.empty", "it is empty", findings=(finding,))
    assert own_validator("rejects").is_valid(reject.to_dict())
    metadata = Metadata(
        id="a-00000000000000aa",
        source=SourceRef(
            path="a.txt",
            uri="file:///a.txt",
            media_type="text/plain",
            charset="utf-8",
            bytes=3,
            sha256="0" * 64,
            warc_record_id="urn:uuid:00000000-0000-5000-8000-000000000001",
        ),
        text_sha256="f" * 64,
        word_count=1,
        title="Fair",
        authors=(Person("Mara Quill"),),
        images=(Image(caption="The fair."),),
        published=DateValue("2016", "year", "in 2016"),
        unknown=("byline",),
    )
    assert own_validator("article").is_valid(metadata.to_dict())


def test_ledger_place_is_one_of_two() -> None:
    line = own_schema("ledger")["examples"][0]
    assert not own_validator("ledger").is_valid({**line, "place": {}})
    assert not own_validator("ledger").is_valid({**line, "place": {"char": [1, 2], "xpath": "/html"}})


def test_a_file_that_could_not_be_read_has_no_segments() -> None:
    line = dict(own_schema("sources")["examples"][0])
    del line["sha256"]
    assert not own_validator("sources").is_valid(line)
    assert own_validator("sources").is_valid({**line, "segments": []})


def test_a_removed_block_has_category_and_rule() -> None:
    document = json.loads(json.dumps(own_schema("strip")["examples"][0]))
    block = document["articles"][0]["blocks"][2]
    del block["category"]
    assert not own_validator("strip").is_valid(document)
    block["category"] = "newsletter"
    block["fate"] = "kept"
    assert not own_validator("strip").is_valid(document)


# The door itself (archiver/schemas.py)


def test_the_door_lists_file_names_sorted() -> None:
    names = schema_names()
    assert list(names) == sorted(names)
    assert {"article.schema.json", "tei-article.rng"} <= set(names)


def test_the_door_gives_the_stored_bytes() -> None:
    folder = Path(__file__).resolve().parents[2] / "schemas"
    for name in schema_names():
        assert read_schema(name) == (folder / name).read_bytes()


@pytest.mark.parametrize("name", ["nope", "", "../pyproject.toml", "article"])
def test_the_door_names_the_schemas_where_one_is_not_there(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_schema(name)
    assert "article.schema.json" in caught.value.advice
