"""Words in a user's schema that no validator heeds: a misspelt keyword checks nothing, and says nothing of it.

JSON Schema lets a schema have keywords that nobody knows and takes them for annotations (Core 2020-12, section 6.5).
So only those are told that look like a keyword that would check something, or are one in another edition.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import SchemaError, validators
from jsonschema.protocols import Validator

from archiver.describe.strict_json import pointer_of
from archiver.model.outcome import Finding, Severity

_EDITIONS = (
    validators.Draft3Validator,
    validators.Draft4Validator,
    validators.Draft6Validator,
    validators.Draft7Validator,
    validators.Draft201909Validator,
    validators.Draft202012Validator,
)
#: Looked at together with another keyword, which an edition has or has not.
_BESIDE = {
    "if": ("then", "else"),
    "minimum": ("exclusiveMinimum", "exclusiveMaximum"),
    "unevaluatedItems": ("minContains", "maxContains"),
}
#: Keywords of any edition that check nothing by themselves.
_ANNOTATIONS = frozenset(
    "$schema $id id $anchor $dynamicAnchor $recursiveAnchor $vocabulary $comment $defs definitions title description "
    "default deprecated readOnly writeOnly examples contentEncoding contentMediaType contentSchema".split()
)  # fmt: skip
#: What became of keywords of other editions.
_SUCCESSORS = {
    "additionalItems": "items, beside prefixItems",
    "dependencies": "dependentRequired or dependentSchemas",
    "dependentRequired": "dependencies",
    "dependentSchemas": "dependencies",
    "disallow": "not",
    "divisibleBy": "multipleOf",
    "extends": "allOf",
    "prefixItems": "items",
    "$dynamicRef": "$ref",
    "$recursiveRef": "$dynamicRef",
}
#: Words for a keyword that are not spelt like it.
_OTHER_WORDS = {
    "constant": "const",
    "mandatory": "required",
    "property": "properties",
    "regex": "pattern",
    "regexp": "pattern",
}
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems", "items", "extends", "type", "disallow")
_SCHEMAS = (
    "additionalItems additionalProperties contains contentSchema else extends if items not propertyNames then "
    "unevaluatedItems unevaluatedProperties"
).split()
#: Two words are taken for one at this share of letters in common.
_ALIKE = 0.85
#: Longer words are misspelt versions of nothing.
_LONG = 40
_ADVICE = "Correct it, or leave it out; a name that begins with x- is taken for a note of your own."


def unheeded_keywords(schema: Any, kind: type[Validator], *, file: str) -> Iterator[Finding]:
    """Yield a warning for each keyword of ``schema`` that seems to be meant for a check and makes none.

    ``kind`` is the edition of JSON Schema, ``file`` what the findings call the schema.
    """
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), schema)]
    while waiting:
        path, part = waiting.pop()
        if not isinstance(part, Mapping):
            continue
        waiting += reversed([*_parts(path, part)])
        for name in part:
            said = _unheeded(name, part[name], kind)
            if said:
                pointer = pointer_of(*path, name)
                yield Finding(
                    "schema.unknown-keyword",
                    f'"{name}" {said}',
                    file=file,
                    pointer=pointer,
                    advice=_ADVICE,
                    severity=Severity.WARNING,
                )


def checks_nothing(schema: Any, kind: type[Validator]) -> bool:
    """Tell whether ``schema`` has words of its own, and among them not one keyword that checks anything.

    A description, say, that was named in the place of a schema. An empty schema lets everything pass on purpose.
    """
    if not isinstance(schema, Mapping) or not checking_keywords(kind).isdisjoint(schema):
        return False
    return any(name not in _ANNOTATIONS and not name.startswith("x-") for name in schema)


@cache
def checking_keywords(kind: type[Validator]) -> frozenset[str]:
    """Return the keywords that check something in an edition of JSON Schema."""
    known = set(kind.VALIDATORS)
    for keyword, others in _BESIDE.items():
        known.update(others if keyword in known else ())
    return frozenset(known)


@cache
def _of_any_edition() -> frozenset[str]:
    return frozenset().union(*(checking_keywords(kind) for kind in _EDITIONS))


def _unheeded(name: str, value: Any, kind: type[Validator]) -> str:
    """Return why a keyword that is not heeded should be looked at; nothing for all others."""
    checking = checking_keywords(kind)
    if name in checking or name in _ANNOTATIONS or name.startswith(("x-", "@")) or len(name) > _LONG:
        return ""
    if name in _of_any_edition():
        successor = _SUCCESSORS.get(name)
        known = successor is not None and any(word in checking for word in successor.replace(",", " ").split())
        instead = f"write {successor}" if known else "name another edition in $schema"
        return f"is no keyword of this edition of JSON Schema and checks nothing; {instead}."
    meant = _OTHER_WORDS.get(name.lower()) or _nearest(name, kind)
    if meant not in checking or not _could_be(value, meant, kind):
        return ""
    return f'is no keyword of JSON Schema and checks nothing; did you mean "{meant}"?'


def _could_be(value: Any, keyword: str, kind: type[Validator]) -> bool:
    """Tell whether a keyword can have this value: a note is no schema, a schema no list of names."""
    try:
        kind.check_schema({keyword: value})
    except SchemaError:
        return False
    return True


@cache
def _nearest(name: str, kind: type[Validator]) -> str:
    known = sorted([*checking_keywords(kind), *_ANNOTATIONS])
    if name.startswith("$"):
        known = [keyword for keyword in known if keyword.startswith("$")]
    folded = {_folded(keyword): keyword for keyword in known}
    word = _folded(name)
    turned = [keyword for other, keyword in folded.items() if sorted(other) == sorted(word)]
    near = difflib.get_close_matches(word, [*folded], n=1, cutoff=_ALIKE)
    if word in folded:
        return folded[word]
    return turned[0] if turned else folded[near[0]] if near else ""


def _folded(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _parts(path: tuple[str | int, ...], schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield the schemas within a schema with the path of each."""
    for keyword, value in schema.items():
        if keyword in _MAPS and isinstance(value, Mapping):
            yield from (((*path, keyword, name), part) for name, part in value.items())
        elif keyword in _LISTS and isinstance(value, list):
            yield from (((*path, keyword, number), part) for number, part in enumerate(value))
        elif keyword in _SCHEMAS:
            yield (*path, keyword), value
