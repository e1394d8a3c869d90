"""What jsonschema says of a description, in words for people.

One finding for each thing that is wrong: what is wrong in words of the newsroom and the library, what to do,
a stable code (``schema.`` and the keyword) and a JSON Pointer to the place.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema.exceptions import ValidationError

from archiver.describe.strict_json import pointer_of
from archiver.model.outcome import Finding

#: What a value of a JSON type is called.
_TYPE_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of fields",
    "null": "nothing (null)",
}
#: What text of a format is called, with an example.
_FORMAT_WORDS = {
    "date": "a day of the calendar such as 2016-10-21",
    "date-time": "a moment with offset such as 2016-10-21T10:25:00+01:00 or 2016-10-21T09:25:00Z",
    "email": "an e-mail address",
    "json-pointer": "a JSON Pointer such as /body/0",
    "language-tag": "a language tag such as en, en-GB, zh-Hant or und",
    "media-type": "a media type such as text/html",
    "partial-date-time": "a date such as 2016, 2016-10, 2016-10-21 or 2016-10-21T10:25:00+01:00",
    "regex": "a regular expression",
    "time": "a time with offset such as 10:25:00Z",
    "uri": "an address (URI) such as https://www.example.org/news/1, other characters percent-encoded",
    "uri-reference": "an address (URI or relative reference) without spaces or other characters to be percent-encoded",
    "uuid": "a UUID",
    "uuid-urn": "a UUID such as urn:uuid:6f1c2d3e-4a5b-5c6d-8e7f-90a1b2c3d4e5",
}
_LIMIT_WORDS = {
    "minLength": "must have at least {} characters",
    "maxLength": "must have at most {} characters",
    "minItems": "must have at least {} entries",
    "maxItems": "must have at most {} entries",
    "minProperties": "must have at least {} fields",
    "maxProperties": "must have at most {} fields",
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "exclusiveMinimum": "must be more than {}",
    "exclusiveMaximum": "must be less than {}",
    "multipleOf": "must be a multiple of {}",
}
#: Keywords that say of one text that its form is wrong: one finding is enough, the most telling one.
_FORM_KEYWORDS = ("format", "pattern")
_SHOWN = 60
_CAPITALS = re.compile("(?<=[a-z])(?=[A-Z])")


def findings_of(errors: Iterable[ValidationError], *, file: str, line: int | None) -> tuple[Finding, ...]:
    """Return the findings for ``errors``, each said once, sorted by place and code."""
    formless: set[tuple[str | int, ...]] = set()
    found: dict[tuple[Any, ...], Finding] = {}
    for error in sorted(errors, key=_rank):
        where = tuple(error.absolute_path)
        if error.validator in _FORM_KEYWORDS:
            if where in formless:
                continue
            formless.add(where)
        for path, message, advice in _explained(error):
            code = _code(str(error.validator))
            finding = Finding(code, message, file=file, line=line, pointer=pointer_of(*path), advice=advice)
            found.setdefault((_sort_key(path), code, message), finding)
    return tuple(found[key] for key in sorted(found))


def _rank(error: ValidationError) -> tuple[Any, ...]:
    form = _FORM_KEYWORDS.index(str(error.validator)) if error.validator in _FORM_KEYWORDS else 0
    return (_sort_key(error.absolute_path), form, str(error.validator), str(error.message))


def _sort_key(path: Iterable[str | int]) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, part, "") if isinstance(part, int) else (1, 0, part) for part in path)


def _code(keyword: str) -> str:
    """``minLength`` becomes ``schema.min-length``; a schema that is false has no keyword."""
    return "schema." + (_CAPITALS.sub("-", keyword).lower() if keyword != "None" else "false")


def _explained(error: ValidationError) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield path, message and advice of each thing that ``error`` tells of."""
    path = tuple(error.absolute_path)
    keyword = str(error.validator)
    if "propertyNames" in error.absolute_schema_path:
        name = str(error.instance)
        allowed = error.schema.get("enum", ()) if isinstance(error.schema, Mapping) else ()
        yield (
            (*path, name),
            f'The name "{name}" is not allowed here.',
            _closest(name, allowed) or "Remove or rename it.",
        )
    elif keyword == "required":
        for name in _missing(error):
            yield (*path, name), f"The field {name} is missing{_in(path)}.", _advice_for_missing(path, name)
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        for name in _unexpected(error):
            yield (*path, name), f'There is no field "{name}"{_in(path)}.', _advice_for_unexpected(error, name)
    else:
        yield path, _sentence(error), _advice(error)


def _sentence(error: ValidationError) -> str:
    words = _own_words(error)
    if error.validator == "not" and words:
        return f"{words}."
    said = _phrase(error)
    return f"{_subject(error.absolute_path)} {said}." if error.absolute_path else f"The description {said}."


def _phrase(error: ValidationError) -> str:
    """Return what is wrong with the value, to be read after its name."""
    keyword, value = str(error.validator), error.instance
    wanted: Any = error.validator_value
    words = _own_words(error)
    if keyword == "required":
        return f"lacks {', '.join(_missing(error))}"
    if keyword == "type":
        return f"must be {_types(wanted)}, but is {_type_of(value)}"
    if keyword == "format":
        return f"must be {_FORMAT_WORDS.get(str(wanted), str(wanted))}, but is {_shown(value)}"
    if keyword == "pattern":
        if wanted == r"\S":
            return "is empty"
        return f"does not have the prescribed form{f' ({words})' if words else f' {wanted}'}: {_shown(value)}"
    if keyword == "const":
        return f"must be {_shown(wanted)}, but is {_shown(value)}"
    if keyword == "enum":
        return f"must be one of {', '.join(_shown(item) for item in wanted)}, but is {_shown(value)}"
    if keyword in ("anyOf", "oneOf"):
        return _alternatives(error)
    if keyword == "not":
        return f"has a value that is not allowed: {_shown(value)}"
    if keyword == "contains":
        return f"lacks an entry: {words}" if words else "lacks an entry that is required"
    if keyword == "uniqueItems":
        return "names something twice"
    if keyword == "dependentRequired":
        return f"is not complete: {error.message}"
    if keyword in _LIMIT_WORDS:
        return f"{_LIMIT_WORDS[keyword].format(wanted)}, but is {_shown(value)}"
    return f"is not allowed here: {_shown(value)}" if error.validator is None else f"is not valid: {error.message}"


def _alternatives(error: ValidationError) -> str:
    """Say what each of several permitted forms lacks; where only types differ, one list of types is enough."""
    branches: dict[int, list[ValidationError]] = {}
    for cause in error.context or ():
        branches.setdefault(int(cause.relative_schema_path[0]), []).append(cause)
    if not branches:
        return "fits more than one of the permitted forms, where it must fit one alone"
    all_causes = [cause for causes in branches.values() for cause in causes]
    if all(cause.validator == "type" and not cause.relative_path for cause in all_causes):
        wanted = " or ".join(dict.fromkeys(_types(cause.validator_value) for cause in all_causes))
        return f"must be {wanted}, but is {_type_of(error.instance)}"
    told = [_branch(error, index, causes) for index, causes in sorted(branches.items())]
    return "must fit one of these, and fits none: " + "; or ".join(told)


def _branch(error: ValidationError, index: int, causes: list[ValidationError]) -> str:
    branches: Any = error.validator_value
    branch = branches[index]
    if isinstance(branch, Mapping) and "description" in branch:
        return str(branch["description"])
    told = [
        f"{'/'.join(map(str, cause.relative_path))} {_phrase(cause)}".strip() for cause in sorted(causes, key=_rank)
    ]
    return " and ".join(dict.fromkeys(told))


def _own_words(error: ValidationError) -> str:
    """Return what the schema itself says of the part that failed, without the final full stop."""
    described = error.schema.get("description", "") if isinstance(error.schema, Mapping) else ""
    return str(described).rstrip(".")


def _advice(error: ValidationError) -> str:
    keyword, path = str(error.validator), error.absolute_path
    if keyword == "enum" and isinstance(error.instance, str):
        allowed: Any = error.validator_value
        closest = _closest(error.instance, allowed)
        if closest:
            return closest
    if keyword == "not":
        return "Keep the one that is true and remove the other."
    if keyword in ("minItems", "minProperties") or (keyword == "pattern" and error.validator_value == r"\S"):
        return "Leave the field out where it has no value, and name it in unknown if the source does not tell it."
    if keyword == "anyOf" and not path and "title" in str(error.validator_value):
        return "Give the title, or name title in unknown if the source does not tell it."
    if keyword == "const" and path and path[-1] == "schema_version":
        return "Check it with the release of archiver that knows this version."
    return f"Correct {pointer_of(*path)}." if path else "Correct the description."


def _advice_for_missing(path: tuple[str | int, ...], name: str) -> str:
    if path:
        return f"Add {name}."
    return f"Add {name}; export --metadata FILE fills fields that the source does not tell."


def _advice_for_unexpected(error: ValidationError, name: str) -> str:
    known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    own = "Fields of your own go into extensions, with a name that begins with x-."
    if "extensions" in tuple(error.absolute_path):
        return "Names in extensions begin with x- and are in lower case."
    return " ".join(part for part in (_closest(name, known), own if not error.absolute_path else "") if part) or (
        f"Allowed are: {', '.join(known)}."
    )


def _closest(name: str, allowed: Iterable[Any]) -> str:
    near = difflib.get_close_matches(name, [item for item in allowed if isinstance(item, str)], n=1)
    return f"Did you mean {near[0]}?" if near else ""


def _missing(error: ValidationError) -> list[str]:
    # jsonschema makes one error a name; all of one place tell the same list, and each is kept once.
    needed: Any = error.validator_value
    present: Any = error.instance
    return [name for name in needed if name not in present]


def _unexpected(error: ValidationError) -> list[str]:
    # The names stand in the message alone, as repr() writes them.
    names: Any = error.instance
    return [name for name in names if repr(name) in error.message] or sorted(names)


def _subject(path: Iterable[str | int]) -> str:
    parts = list(path)
    text = str(parts[0])
    for part in parts[1:]:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text if isinstance(parts[0], str) else f"Entry {parts[0]}"


def _in(path: tuple[str | int, ...]) -> str:
    return f" in {_subject(path)}" if path else ""


def _types(wanted: Any) -> str:
    return " or ".join(_TYPE_WORDS[name] for name in ([wanted] if isinstance(wanted, str) else wanted))


def _type_of(value: Any) -> str:
    for kind, name in ((bool, "boolean"), (str, "string"), (int, "integer"), (float, "number"), (list, "array")):
        if isinstance(value, kind):
            return f"{_TYPE_WORDS[name]} ({_shown(value)})" if kind is not list else _TYPE_WORDS[name]
    return _TYPE_WORDS["null" if value is None else "object"]


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
