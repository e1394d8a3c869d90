"""Crosswalks of a whole package against the rules of their vocabularies, some by other people's software."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from archiver import api
from archiver.describe.formats import format_checker

_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}
_MOMENT = {"type": "string", "format": "date-time"}


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


#: The part of ninjs 3.2 (https://iptc.org/std/ninjs/) that a text with pictures can have, as its schema says it.
NINJS = _object(
    "uri",
    uri=_URI,
    type={"enum": "text audio video picture graphic composite component event planning".split()},
    representationType={"enum": ["full", "partial"]},
    profile=_TEXT,
    version=_TEXT,
    firstCreated=_MOMENT,
    versionCreated=_MOMENT,
    contentCreated=_MOMENT,
    embargoedUntil=_MOMENT,
    pubStatus={"enum": ["usable", "withheld", "canceled"]},
    copyrightHolder=_TEXT,
    copyrightNotice=_TEXT,
    usageTerms=_TEXT,
    edNote=_TEXT,
    language=_TEXT,
    descriptions=_list(_object("value", role=_TEXT, contentType=_TEXT, value=_TEXT)),
    bodies=_list(
        _object(
            "value",
            role=_TEXT,
            contentType=_TEXT,
            charCount={"type": "integer"},
            wordCount={"type": "integer"},
            value=_TEXT,
        )
    ),
    headlines=_list(_object("value", role=_TEXT, contentType=_TEXT, value=_TEXT)),
    subjects=_list(_object(name=_TEXT, rel=_TEXT, uri=_URI, literal=_TEXT, creator=_TEXT)),
    infoSources=_list(_object(name=_TEXT, role=_TEXT, uri=_URI, literal=_TEXT)),
    title=_TEXT,
    by=_TEXT,
    slugline=_TEXT,
    located=_TEXT,
    altIds=_list(_object(role=_TEXT, value=_TEXT)),
    standard=_object(name=_TEXT, version=_TEXT, schema=_URI),
    # Each associated object can use all properties; its name is mandatory beside its uri.
    associations=_list(_object("uri name", uri=_URI, name=_TEXT, rel=_TEXT, type={"const": "picture"}, by=_TEXT)),
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    target = tmp_path_factory.mktemp("crosswalk") / "package"
    api.export([str(samples)], target, date="2026-01-01")
    return target


@pytest.fixture(scope="module")
def descriptions(package: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (package / "data/metadata/articles.jsonl").read_bytes().splitlines()]


def handed_out(package: Path, to: str) -> bytes:
    return b"".join(api.crosswalk(package, to))


def test_what_the_package_holds_is_what_is_handed_out(package: Path) -> None:
    assert handed_out(package, "dc") == (package / "metadata/dc.xml").read_bytes()
    assert handed_out(package, "jsonld") == (package / "data/metadata/articles.jsonld").read_bytes()


def test_dublin_core_is_valid_against_the_schema_in_the_package(
    package: Path, descriptions: list[dict[str, Any]]
) -> None:
    grammar = etree.RelaxNG(etree.parse(package / "schemas/dublin-core.rng"))
    document = etree.parse(package / "metadata/dc.xml")
    grammar.assertValid(document)
    names = {"dc": "http://purl.org/dc/elements/1.1/"}
    records = list(document.getroot())
    assert [record.findtext("dc:identifier", namespaces=names) for record in records] == [
        one["id"] for one in descriptions
    ]
    assert [record.findtext("dc:title", namespaces=names) for record in records] == [
        one.get("title") for one in descriptions
    ]


def test_ninjs_is_valid(package: Path, descriptions: list[dict[str, Any]]) -> None:
    validator = Draft202012Validator(NINJS, format_checker=format_checker())
    objects = [json.loads(line) for line in handed_out(package, "ninjs").splitlines()]
    assert len(objects) == len(descriptions)
    for one in objects:
        assert [error.message for error in validator.iter_errors(one)] == []


def test_a_json_ld_processor_understands_the_document(package: Path, descriptions: list[dict[str, Any]]) -> None:
    pyld = pytest.importorskip("pyld", reason="pyld is not installed")
    vocabulary = "http://schema.org/"

    def load(url: str, _options: object) -> dict[str, Any]:
        # The context of schema.org puts every plain name into its vocabulary; nothing is fetched here.
        assert url.rstrip("/") == "https://schema.org"
        context = {"@context": {"@vocab": vocabulary}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    document = json.loads((package / "data/metadata/articles.jsonld").read_bytes())
    expanded = pyld.jsonld.expand(document, {"documentLoader": load})
    assert [node[f"{vocabulary}identifier"][0]["@value"] for node in expanded] == [one["id"] for one in descriptions]
    assert {node["@type"][0] for node in expanded} == {f"{vocabulary}NewsArticle"}
    assert len({node["@id"] for node in expanded}) == len(descriptions)


def test_the_table_has_a_row_for_each_article(package: Path, descriptions: list[dict[str, Any]]) -> None:
    text = handed_out(package, "csv").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [(row["id"], row["text_sha256"]) for row in rows] == [
        (one["id"], one["text_sha256"]) for one in descriptions
    ]
    assert b"".join(api.crosswalk(package, "csv", byte_order_mark=True)) == b"\xef\xbb\xbf" + text.encode("utf-8")
