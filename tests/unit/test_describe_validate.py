"""Checking descriptions: all findings, in words, with code, pointer, file and line."""

from __future__ import annotations

import copy
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from archiver.describe.schema_files import own_schema
from archiver.describe.validate import DescriptionValidator, article_validator, check_each, check_file
from archiver.errors import InputNotFoundError, SchemaFileError
from archiver.model.outcome import Finding, Severity


@pytest.fixture(scope="module")
def validator() -> DescriptionValidator:
    return article_validator()


@pytest.fixture
def good() -> dict[str, Any]:
    return copy.deepcopy(own_schema("article")["examples"][0])


@pytest.fixture
def small() -> dict[str, Any]:
    return copy.deepcopy(own_schema("article")["examples"][1])


def only(findings: tuple[Finding, ...]) -> Finding:
    assert len(findings) == 1, [finding.message for finding in findings]
    return findings[0]


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_valid_descriptions_have_no_findings(validator: DescriptionValidator, good: dict[str, Any], small: Any) -> None:
    assert validator.check(good) == validator.check(small) == ()


@pytest.mark.parametrize(
    "field", ["id", "schema_version", "source", "language", "text_sha256", "word_count", "provenance", "unknown"]
)
def test_required_fields(validator: DescriptionValidator, good: dict[str, Any], field: str) -> None:
    del good[field]
    finding = next(finding for finding in validator.check(good) if finding.code == "schema.required")
    assert finding.pointer == f"/{field}"
    assert finding.message == f"The field {field} is missing."


def test_all_missing_fields_are_told_at_once(validator: DescriptionValidator) -> None:
    found = [finding.pointer for finding in validator.check({"title": "Fair"})]
    names = ["id", "language", "provenance", "schema_version", "source", "text_sha256", "unknown", "word_count"]
    assert found == [f"/{name}" for name in names]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("source", "captured"), "nope", "schema.format"),
        (("published", "value"), "nope", "schema.format"),
        (("source", "sha256"), "A" * 64, "schema.pattern"),
        (("source", "uri"), "nope", "schema.format"),
        (("source", "warc_record_id"), "<urn:uuid:1>", "schema.format"),
        (("source", "bytes"), -1, "schema.minimum"),
        (("source", "bytes"), True, "schema.type"),
        (("source", "pointer"), "a", "schema.format"),
        (("language",), "English", "schema.format"),
        (("url",), "https://www.example.org/a b", "schema.format"),
        (("images", 0, "url"), "a b", "schema.format"),
        (("id",), "a-123", "schema.pattern"),
        (("id",), "a-3f0c9d1e5b7a2468\n", "schema.pattern"),
        (("schema_version",), "2.0", "schema.const"),
        (("title",), "", "schema.pattern"),
        (("title",), None, "schema.type"),
        (("keywords",), [], "schema.min-items"),
        (("published", "certainty"), "sure", "schema.enum"),
        (("published", "precision"), "hour", "schema.enum"),
        (("provenance", "titel"), "html:title", "schema.enum"),
        (("titel",), "Fair", "schema.unevaluated-properties"),
        (("source", "size"), 3, "schema.additional-properties"),
        (("extensions", "shelfmark"), "A", "schema.additional-properties"),
        (("unknown",), ["urll"], "schema.enum"),
    ],
)
def test_each_fault_is_found_where_it_is(
    validator: DescriptionValidator, good: dict[str, Any], path: tuple[Any, ...], value: Any, code: str
) -> None:
    target: Any = good
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = value
    finding = only(validator.check(good))
    pointer = "/" + "/".join(map(str, path))
    assert finding.code == code
    assert finding.pointer in (pointer, pointer + "/0")
    assert finding.message.endswith(".")
    assert finding.advice


@pytest.mark.parametrize(
    ("precision", "value"),
    [
        ("year", "2016"),
        ("month", "2016-10"),
        ("day", "2016-10-21"),
        ("minute", "2016-10-21T10:25"),
        ("minute", "2016-10-21T10:25:00+01:00"),
        ("second", "2016-10-21T10:25:30"),
        ("second", "2016-10-21T10:25:30Z"),
    ],
)
def test_value_and_precision_must_agree(
    validator: DescriptionValidator, good: dict[str, Any], precision: str, value: str
) -> None:
    for claimed in ("year", "month", "day", "minute", "second"):
        good["published"] = {"value": value, "precision": claimed, "text": "the source's words", "certainty": "high"}
        fits = claimed == precision or (value.endswith(":00+01:00") and claimed == "second")
        assert (validator.check(good) == ()) is fits, (claimed, value)


@pytest.mark.parametrize("value", ["2016-02-30", "2015-02-29", "2016-04-31", "0000-01-01"])
def test_days_that_no_calendar_has(validator: DescriptionValidator, good: dict[str, Any], value: str) -> None:
    good["published"] = {"value": value, "precision": "day", "text": value, "certainty": "high"}
    assert only(validator.check(good)).code == "schema.format"


def test_without_title_it_must_be_unknown(validator: DescriptionValidator, small: dict[str, Any]) -> None:
    small["unknown"].remove("title")
    finding = only(validator.check(small))
    assert finding.code == "schema.any-of"
    assert "the article has a title; or unknown names title" in finding.message
    assert "title" in finding.advice


def test_a_field_is_not_both_there_and_unknown(validator: DescriptionValidator, good: dict[str, Any]) -> None:
    good["unknown"] = ["url"]
    finding = only(validator.check(good))
    assert (finding.code, finding.pointer) == ("schema.not", "/unknown")
    assert finding.message == "The field url has a value and is named in unknown as well."


def test_unknown_language_is_und(validator: DescriptionValidator, small: dict[str, Any]) -> None:
    assert "language" in small["unknown"]
    small["language"] = "en"
    assert only(validator.check(small)).pointer == "/unknown"


def test_misspelt_names_are_told_with_the_closest(validator: DescriptionValidator, good: dict[str, Any]) -> None:
    good["titel"] = "Fair"
    assert "Did you mean title?" in only(validator.check(good)).advice


def test_order_is_that_of_the_places(validator: DescriptionValidator, good: dict[str, Any]) -> None:
    good["keywords"] = ["a"] * 9 + [1, 2, 3]
    good["authors"] = [{"name": 1}]
    found = [finding.pointer for finding in validator.check(good)]
    assert found == ["/authors/0/name", "/authors/0/role", "/keywords/9", "/keywords/10", "/keywords/11"]


def test_findings_carry_file_and_line(validator: DescriptionValidator) -> None:
    assert {(finding.file, finding.line) for finding in validator.check({}, file="a.jsonl", line=7)} == {("a.jsonl", 7)}


def test_deep_values_do_not_crash_the_check(validator: DescriptionValidator, good: dict[str, Any]) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    good["title"] = deep
    assert {finding.code for finding in validator.check(good)} <= {"json.too-deep", "schema.type"}


# The user's own schema


def test_the_stricter_schema_applies_as_well(tmp_path: Path, small: dict[str, Any]) -> None:
    schema = write(tmp_path / "strict.json", json.dumps({"required": ["published", "publisher"]}))
    found = article_validator(schema).check(small)
    assert [(finding.code, finding.pointer) for finding in found] == [
        ("schema.required", "/published"),
        ("schema.required", "/publisher"),
    ]
    small["id"] = "x"
    assert len(article_validator(schema).check(small)) == 3


def test_a_schema_may_refer_to_files_beside_it_and_to_ours(tmp_path: Path, good: dict[str, Any]) -> None:
    (tmp_path / "parts").mkdir()
    write(tmp_path / "parts" / "title.json", json.dumps({"$ref": "length.json#/$defs/short"}))
    write(tmp_path / "parts" / "length.json", json.dumps({"$defs": {"short": {"maxLength": 5}}}))
    body = {"properties": {"title": {"$ref": "parts/title.json"}}, "$ref": own_schema("article")["$id"]}
    for head in ({}, {"$id": "https://library.example.org/schemas/strict.json"}):
        schema = write(tmp_path / "strict.json", json.dumps({**head, **body}))
        assert only(article_validator(schema).check(good)).code == "schema.max-length"


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"$ref": "https://www.example.org/schema.json"}, "never the network"),
        ({"properties": {"title": {"$ref": "../outside.json"}}}, "never the network"),
        ({"properties": {"title": {"$ref": "/etc/hostname"}}}, "never the network"),
        ({"$ref": "missing.json"}, "cannot be read"),
        ({"$ref": "#/$defs/missing"}, "nothing under this reference"),
        ({"type": "text", "required": "title"}, "$.required"),
        ({"type": "text", "required": "title"}, "$.type"),
        ({"properties": {"title": {"pattern": "("}}}, "is not a 'regex'"),
        ({"properties": {"title": {"format": "isbn"}}}, '"isbn" is not checked'),
        ({"$schema": "https://www.example.org/dialect"}, "dialect"),
        ([], "a schema is an object"),
    ],
)
def test_schemas_that_cannot_be_used_are_refused_with_reasons(tmp_path: Path, schema: Any, reason: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    write(tmp_path / "outside.json", "{}")
    with pytest.raises(SchemaFileError) as caught:
        article_validator(write(folder / "strict.json", json.dumps(schema)))
    assert reason in caught.value.message
    assert caught.value.place.endswith("strict.json")


@pytest.mark.parametrize("data", [b"{", b"\xff", b'{"a":1,"a":2}'])
def test_schema_files_that_are_no_json(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SchemaFileError):
        article_validator(write(tmp_path / "strict.json", data))
    with pytest.raises(SchemaFileError, match="cannot be read"):
        article_validator(tmp_path / "missing.json")


def test_own_patterns_end_where_the_text_ends(tmp_path: Path, good: dict[str, Any]) -> None:
    """ECMA-262 section 22.2.2.4: without the flag m, $ matches at the very end alone."""
    schema = write(tmp_path / "s.json", json.dumps({"properties": {"rights": {"maxLength": 99, "pattern": "^free$"}}}))
    validator = article_validator(schema)
    good["rights"] = "free"
    assert validator.check(good) == ()
    good["rights"] = "free\n"
    assert only(validator.check(good)).code == "schema.pattern"


@pytest.mark.parametrize(
    ("schema", "value", "words"),
    [
        (
            {"anyOf": [{"type": "string"}, {"type": "null"}]},
            3,
            "must be text or nothing (null), but is a whole number (3)",
        ),
        ({"anyOf": [{"minLength": 9}, {"pattern": "^[0-9]+$"}]}, "Fair", "must have at least 9 characters"),
        ({"oneOf": [{"minLength": 1}, {"maxLength": 9}]}, "Fair", "fits more than one"),
        ({"not": {"const": "Fair"}}, "Fair", "has a value that is not allowed"),
    ],
)
def test_alternatives_are_explained(tmp_path: Path, good: dict[str, Any], schema: Any, value: Any, words: str) -> None:
    validator = article_validator(write(tmp_path / "s.json", json.dumps({"properties": {"x": schema}})))
    good["x"] = value
    finding = next(finding for finding in validator.check(good) if "unevaluated" not in finding.code)
    assert words in finding.message


# Files


def test_json_lines_with_blank_lines_and_numbers(
    tmp_path: Path, validator: DescriptionValidator, good: dict[str, Any]
) -> None:
    bad = {**good, "language": "English"}
    lines = [json.dumps(good), "", "   ", json.dumps(bad), "{", json.dumps(good)]
    path = write(tmp_path / "a.jsonl", "\r\n".join(lines))
    found = list(check_file(path, validator, name="a.jsonl"))
    assert [(finding.code, finding.file, finding.line) for finding in found] == [
        ("schema.format", "a.jsonl", 4),
        ("json.syntax", "a.jsonl", 5),
    ]
    assert len(list(check_each(path, validator))) == 4


def test_lines_are_read_one_at_a_time(tmp_path: Path, validator: DescriptionValidator, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a.jsonl", (json.dumps(good) + "\n") * 3 + "\xff")
    found = check_each(path, validator)
    assert [next(found) for _ in range(3)] == [(), (), ()]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'{"a": 1,\n "b": nope}', "json.syntax", 2),
        (b"", "json.syntax", 1),
        (b'{"a": 1, \n"a": 2}', "json.duplicate-name", 2),
        (b'{"b": {"a": 1,\n\n"c": [{"x": 0, "x": 1}]}}', "json.duplicate-name", 3),
        (b'{"a":\n NaN}', "json.not-a-number", 2),
        (b'{"a":\n -Infinity}', "json.not-a-number", 2),
        (b'{"a": ' + b"9" * 10_000 + b"}", "json.number", None),
        (b'{"a": 1e400}', "json.number", None),
        (b"[" * 200_000, "json.too-deep", None),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "json.too-deep", None),
        (b'{"a":\n "\xff"}', "json.encoding", 2),
        (b'{"a": 1} {"b": 2}', "json.syntax", 1),
        (b"\x1f\x8b\x08", "json.encoding", 1),
    ],
)
def test_what_is_no_acceptable_json(
    tmp_path: Path, validator: DescriptionValidator, data: bytes, code: str, line: int | None
) -> None:
    found = list(check_file(write(tmp_path / "a.json", data), validator))
    assert [(finding.code, finding.line) for finding in found] == [(code, line)]
    assert found[0].advice


@pytest.mark.parametrize("text", ['{"a":"[[[["}', '"{"', '{"a":"\\"["}'])
def test_brackets_in_quotes_do_not_nest(tmp_path: Path, validator: DescriptionValidator, text: str) -> None:
    found = check_file(write(tmp_path / "a.json", text.replace("[", "[" * 200).replace("{", "{", 1)), validator)
    assert "json.too-deep" not in {finding.code for finding in found}


def test_syntax_is_told_with_line_and_column(tmp_path: Path, validator: DescriptionValidator) -> None:
    found = list(check_file(write(tmp_path / "a.json", '{"a": 1,\n  "b" 2}'), validator))
    assert found[0].message == "This is no JSON: a colon is expected (line 2, column 7)."
    found = list(check_file(write(tmp_path / "a.jsonl", '\n{"b" 2}'), validator))
    assert found[0].message == "This is no JSON: a colon is expected (column 6)."


def test_byte_order_mark_is_a_warning_alone(tmp_path: Path, validator: DescriptionValidator, good: Any) -> None:
    for name in ("a.json", "a.jsonl"):
        found = list(check_file(write(tmp_path / name, b"\xef\xbb\xbf" + json.dumps(good).encode()), validator))
        assert [(finding.code, finding.severity) for finding in found] == [("json.byte-order-mark", Severity.WARNING)]


def test_an_array_of_descriptions_and_lines_of_pretty_json(
    tmp_path: Path, validator: DescriptionValidator, good: dict[str, Any]
) -> None:
    bad = copy.deepcopy(good)
    bad["published"]["value"] = "nope"
    del bad["word_count"]
    text = json.dumps([good, bad], indent=2)
    path = write(tmp_path / "a.json", text)
    found = list(check_file(path, validator))
    lines = text.splitlines()
    assert [finding.pointer for finding in found] == ["/1/published/value", "/1/word_count"]
    assert "nope" in lines[(found[0].line or 0) - 1]
    assert found[1].line == lines.index("  {", 3) + 1
    assert len(list(check_each(path, validator))) == 2


def test_pointers_with_escapes_have_lines(tmp_path: Path, validator: DescriptionValidator, good: Any) -> None:
    good["extensions"] = {"a/b~c": 1}
    text = json.dumps(good, indent=2)
    found = list(check_file(write(tmp_path / "a.json", text), validator))
    assert found[0].pointer == "/extensions/a~1b~0c"
    assert "a/b~c" in text.splitlines()[(found[0].line or 0) - 1]


@pytest.mark.parametrize("text", ["3", "null", '"Fair"', "[3]"])
def test_what_is_no_object_is_no_description(tmp_path: Path, validator: DescriptionValidator, text: str) -> None:
    for name in ("a.json", "a.jsonl"):
        found = list(check_file(write(tmp_path / name, text), validator))
        assert [finding.code for finding in found] == ["schema.type"]


def test_a_line_without_end_does_not_fill_the_memory(
    tmp_path: Path, validator: DescriptionValidator, good: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.describe.validate.MAX_LINE_BYTES", 5000)
    path = write(tmp_path / "a.jsonl", "x" * 60_000 + "\n" + json.dumps(good) + "\n")
    assert [(finding.code, finding.line) for finding in check_file(path, validator)] == [("json.too-long", 1)]


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, validator: DescriptionValidator) -> None:
    with pytest.raises(InputNotFoundError):
        list(check_file(tmp_path / "missing.json", validator))


def test_a_folder_is_a_finding(tmp_path: Path, validator: DescriptionValidator) -> None:
    assert [finding.code for finding in check_file(tmp_path, validator)] == ["file.unreadable"]


def test_the_bytes_of_lines_are_told_as_they_are_read(tmp_path: Path, validator: DescriptionValidator) -> None:
    path = write(tmp_path / "a.jsonl", "{}\n\n{}\n{}")
    told: list[int] = []
    list(check_file(path, validator, advance=told.append))
    assert told == [3, 1, 3, 2]


def test_a_long_list_is_checked_without_keeping_it(tmp_path: Path, validator: DescriptionValidator, good: Any) -> None:
    good["rights"] = "x" * 10_000
    path = write(tmp_path / "a.jsonl", (json.dumps(good) + "\n") * 2000)
    tracemalloc.start()
    assert sum(len(findings) for findings in check_each(path, validator)) == 0
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size / 20


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14\x00", b"\x1f\x8b\x08\x00", b"WARC/1.1\r\n"])
def test_a_package_in_one_file_is_sent_to_verify(tmp_path: Path, validator: DescriptionValidator, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    (finding,) = check_file(tmp_path / "a.json", validator)
    assert finding.code in ("json.syntax", "json.encoding")
    assert "archiver verify" in finding.advice
