"""Laws of the check: what the model can say is valid, every breach is found, the quick test never errs."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.describe.formats import CHECKS, to_uri
from archiver.describe.schema_files import own_schema, own_validator
from archiver.describe.schema_predicate import compile_schema
from archiver.describe.strict_json import parse_json, pointer_lines, pointer_of
from archiver.describe.validate import article_validator
from archiver.model.metadata import Dateline, DateValue, Image, Metadata, Person, SourceRef

VALIDATOR = article_validator()
QUICK = compile_schema(own_schema("article"), CHECKS)
TELLABLE = own_schema("article")["properties"]["unknown"]["items"]["enum"]

words = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
hexadecimal = st.text("0123456789abcdef", min_size=64, max_size=64)
ids = st.text("0123456789abcdef", min_size=16, max_size=16).map("a-".__add__)
urns = st.uuids().map(lambda value: f"urn:uuid:{value}")
uris = st.text(max_size=12).map(lambda text: to_uri(f"https://www.example.org/{text}") or "https://www.example.org/")
offsets = st.sampled_from(["", "Z", "+01:00", "-08:00"])
moments = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat())


@st.composite
def dates(draw: st.DrawFn) -> DateValue:
    day = draw(st.dates()).isoformat()
    clock, offset = draw(moments)[11:], draw(offsets)
    precision = draw(st.sampled_from(["year", "month", "day", "minute", "second"]))
    value = {
        "year": day[:4],
        "month": day[:7],
        "day": day,
        "minute": f"{day}T{clock[:5]}:00{offset}",
        "second": f"{day}T{clock}{offset}",
    }[precision]
    bound = draw(st.none() | st.just(day))
    return DateValue(value, precision, draw(words), draw(st.sampled_from(["high", "medium", "low"])), bound, bound)


@st.composite
def descriptions(draw: st.DrawFn) -> dict[str, Any]:
    optional: dict[str, Any] = {
        "url": uris,
        "canonical_url": uris,
        "title": words,
        "description": words,
        "byline": words,
        "authors": st.lists(st.builds(Person, words, words), min_size=1, max_size=3).map(tuple),
        "dateline": st.builds(Dateline, words, st.none() | words, st.none() | st.dates().map(str)),
        "published": dates(),
        "modified": dates(),
        "publisher": words,
        "site_name": words,
        "section": words,
        "keywords": st.lists(words, min_size=1, max_size=3).map(tuple),
        "images": st.lists(st.builds(Image, uris, st.none() | words, st.none() | words), min_size=1, max_size=2).map(
            tuple
        ),
        "rights": words,
        "paywalled": st.booleans(),
        "corrections": st.lists(words, min_size=1, max_size=2).map(tuple),
    }
    told = draw(st.sets(st.sampled_from(sorted(optional))))
    language = draw(st.sampled_from(["und", "en", "en-GB", "zh-Hant-TW", "x-own"]))
    unknown = set(TELLABLE) - told - ({"language"} if language != "und" else set())
    metadata = Metadata(
        id=draw(ids),
        source=SourceRef(
            path=draw(words),
            uri=draw(uris),
            media_type=draw(st.sampled_from(["text/plain", "text/html", "application/xhtml+xml"])),
            charset=draw(words),
            bytes=draw(st.integers(0)),
            sha256=draw(hexadecimal),
            warc_record_id=draw(urns),
            captured=draw(st.none() | moments.map(lambda moment: moment + "Z")),
            pointer=draw(st.none() | st.lists(words).map(lambda parts: pointer_of(*parts))),
        ),
        text_sha256=draw(hexadecimal),
        word_count=draw(st.integers(0)),
        language=language,
        duplicate_of=draw(st.none() | ids),
        provenance=draw(st.dictionaries(st.sampled_from(TELLABLE), words)),
        unknown=tuple(sorted(unknown)),
        extensions=draw(st.dictionaries(st.sampled_from(["x-a", "x-shelf.mark_2"]), st.none() | words | st.integers())),
        **{name: draw(optional[name]) for name in sorted(told)},
    )
    return metadata.to_dict()


@settings(max_examples=60, deadline=None)
@given(descriptions())
def test_whatever_the_model_can_say_is_valid(description: dict[str, Any]) -> None:
    assert VALIDATOR.check(description) == ()
    assert own_validator("article").is_valid(description)


@settings(max_examples=40, deadline=None)
@given(descriptions(), st.sampled_from(own_schema("article")["required"]))
def test_a_required_field_that_is_dropped_is_missed(description: dict[str, Any], name: str) -> None:
    del description[name]
    assert ("schema.required", f"/{name}") in {
        (finding.code, finding.pointer) for finding in VALIDATOR.check(description)
    }


@settings(max_examples=40, deadline=None)
@given(descriptions(), st.data())
def test_a_format_that_is_broken_is_found(description: dict[str, Any], data: st.DataObject) -> None:
    breakable = [
        (("source", "captured"), "nope"),
        (("source", "uri"), "no uri"),
        (("source", "sha256"), "0" * 63),
        (("source", "warc_record_id"), "no uri"),
        (("source", "media_type"), "text"),
        (("language",), "English"),
        (("id",), "a-1"),
        (("text_sha256",), "F" * 64),
    ]
    path, value = data.draw(st.sampled_from(breakable))
    target: Any = description
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = value
    assert pointer_of(*path) in {finding.pointer for finding in VALIDATOR.check(description)}


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(descriptions(), st.data())
def test_the_quick_test_agrees_with_jsonschema(description: dict[str, Any], data: st.DataObject) -> None:
    """It may only err by saying False; on our schema it does not err at all."""
    assert QUICK is not None
    changed = copy.deepcopy(description)
    target: Any = changed
    while True:
        key = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else range(len(target))))
        if not isinstance(target[key], dict | list) or not target[key] or data.draw(st.booleans()):
            break
        target = target[key]
    target[key] = data.draw(json_values)
    assert QUICK(changed) == own_validator("article").is_valid(changed)


@settings(max_examples=100, deadline=None)
@given(json_values, st.sampled_from([None, 1, 4]))
def test_strict_reading_is_reading(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    read = parse_json(text)
    assert read.faults == ()
    assert json.dumps(read.value) == json.dumps(value)
    lines = pointer_lines(text)
    assert lines[""] == 1
    assert max(lines.values()) <= text.count("\n") + 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30) | st.text('{}[]",:\\ nul1-.eE', max_size=30))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    parse_json(text)
