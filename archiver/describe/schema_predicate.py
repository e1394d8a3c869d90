"""A JSON Schema compiled to one function that says "valid" quickly.

Nearly every description is valid, and jsonschema takes well over a millisecond to find that out. The function
made here takes a few dozen microseconds. Where it says False, jsonschema is asked for the reasons and has the
last word; where a schema uses a keyword that is not compiled here, jsonschema does all of the work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from functools import cache
from typing import Any

Predicate = Callable[[Any], bool]
Schema = Mapping[str, Any]
Formats = Mapping[str, Callable[[str], bool]]
#: A pattern to what tells by its truth whether it is found in a text.
Search = Callable[[str], Any]
Patterns = Callable[[str], Search]

_ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default"})
#: Read together with another keyword of the same schema.
_SIBLINGS = frozenset({"then", "else"})
#: Compiled more strictly than they are meant, which must not stand where False turns into True.
_STRICTER = frozenset({"uniqueItems", "unevaluatedProperties"})


class _NotCompiledError(Exception):
    """The schema uses a keyword, or a form of it, that only jsonschema knows."""


def ecma_search(pattern: str) -> Search:
    """Return the search for a pattern of a schema of ours."""
    return ecma_pattern(pattern).search


@cache
def ecma_pattern(pattern: str) -> re.Pattern[str]:
    """Compile ``pattern`` with ``$`` at its end as ECMA-262 has it: the very end, not also before a last line end."""
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        pattern = pattern[:-1] + r"\Z"
    return re.compile(pattern)


def compile_schema(schema: Schema, formats: Formats, *, patterns: Patterns = ecma_search) -> Predicate | None:
    """Return a function that is True only for valid values, or None where the schema cannot be compiled.

    ``formats`` has a test for each format, ``patterns`` makes a search of each pattern. The function may
    say False to a valid value (it takes ``unevaluatedProperties: false`` as strictly as
    ``additionalProperties: false``), never True to one that is not valid.
    """
    try:
        return _Compiler(schema, formats, patterns).compile(schema)
    except _NotCompiledError:
        return None


class _Compiler:
    """Turns the schemas within one root schema into functions."""

    def __init__(self, root: Schema, formats: Formats, patterns: Patterns) -> None:
        self._root = root
        self._formats = formats
        self._patterns = patterns
        self._applicators: Mapping[str, Callable[[Schema], Predicate]] = {
            "$ref": self._ref,
            "additionalProperties": self._members,
            "allOf": lambda schema: _all([self.compile(part) for part in schema["allOf"]]),
            "anyOf": self._any_of,
            "contains": self._contains,
            "dependentSchemas": self._dependent_schemas,
            "format": self._format,
            "if": self._if,
            "items": self._items,
            "not": self._not,
            "pattern": self._pattern,
            "patternProperties": self._members,
            "properties": self._members,
            "propertyNames": self._property_names,
            "unevaluatedProperties": _closed,
        }

    def compile(self, schema: Any) -> Predicate:
        if not isinstance(schema, Mapping):
            return lambda _value: bool(schema)
        if "contains" in schema and ("minContains" in schema or "maxContains" in schema):
            raise _NotCompiledError("minContains")
        parts: list[Predicate] = []
        members_done = False
        for keyword, value in schema.items():
            if keyword in _ANNOTATIONS or keyword in _SIBLINGS:
                continue
            if keyword in ("properties", "patternProperties", "additionalProperties"):
                if members_done:
                    continue
                members_done = True
            if keyword in _ASSERTIONS:
                parts.append(_ASSERTIONS[keyword](value))
            elif keyword in self._applicators:
                parts.append(self._applicators[keyword](schema))
            else:
                raise _NotCompiledError(keyword)
        return _all(parts)

    def _ref(self, schema: Schema) -> Predicate:
        reference = str(schema["$ref"])
        target = self._root.get("$defs", {}).get(reference.removeprefix("#/$defs/"))
        # A reference within the target could lead back to it; jsonschema knows how to follow that.
        if not isinstance(target, Mapping) or _mentions(target, frozenset({"$ref", "$id"})):
            raise _NotCompiledError("$ref")
        return self.compile(target)

    def _format(self, schema: Schema) -> Predicate:
        if schema["format"] not in self._formats:
            raise _NotCompiledError("format")
        holds = self._formats[schema["format"]]
        return lambda instance: not isinstance(instance, str) or holds(instance)

    def _pattern(self, schema: Schema) -> Predicate:
        search = self._patterns(schema["pattern"])
        return lambda instance: not isinstance(instance, str) or bool(search(instance))

    def _members(self, schema: Schema) -> Predicate:
        """``properties``, ``patternProperties`` and ``additionalProperties``, which depend on each other."""
        known = {name: self.compile(part) for name, part in schema.get("properties", {}).items()}
        if "patternProperties" not in schema and schema.get("additionalProperties", True) is True:
            return _named(known)
        patterns = [
            (self._patterns(pattern), self.compile(part))
            for pattern, part in schema.get("patternProperties", {}).items()
        ]
        rest = self.compile(schema.get("additionalProperties", True))

        def holds(instance: Any) -> bool:
            if not isinstance(instance, dict):
                return True
            for name, value in instance.items():
                own = known.get(name)
                matching = [test for search, test in patterns if search(name)]
                if own is None and not matching and not rest(value):
                    return False
                if (own is not None and not own(value)) or not all(test(value) for test in matching):
                    return False
            return True

        return holds

    def _items(self, schema: Schema) -> Predicate:
        holds = self.compile(schema["items"])
        return lambda instance: not isinstance(instance, list) or all(map(holds, instance))

    def _contains(self, schema: Schema) -> Predicate:
        holds = self.compile(schema["contains"])
        return lambda instance: not isinstance(instance, list) or any(map(holds, instance))

    def _property_names(self, schema: Schema) -> Predicate:
        holds = self.compile(schema["propertyNames"])
        return lambda instance: not isinstance(instance, dict) or all(map(holds, instance))

    def _any_of(self, schema: Schema) -> Predicate:
        branches = [self.compile(part) for part in schema["anyOf"]]
        return lambda instance: any(branch(instance) for branch in branches)

    def _not(self, schema: Schema) -> Predicate:
        holds = self._exact(schema["not"])
        return lambda instance: not holds(instance)

    def _if(self, schema: Schema) -> Predicate:
        condition = self._exact(schema["if"])
        then = self.compile(schema.get("then", True))
        otherwise = self.compile(schema.get("else", True))
        return lambda instance: then(instance) if condition(instance) else otherwise(instance)

    def _dependent_schemas(self, schema: Schema) -> Predicate:
        parts = {name: self.compile(part) for name, part in schema["dependentSchemas"].items()}
        return lambda instance: (
            not isinstance(instance, dict) or all(parts[name](instance) for name in instance if name in parts)
        )

    def _exact(self, schema: Any) -> Predicate:
        if _mentions(schema, _STRICTER | {"$ref"}):
            raise _NotCompiledError("not")
        return self.compile(schema)


def _mentions(schema: Any, keywords: frozenset[str]) -> bool:
    if isinstance(schema, Mapping):
        return not keywords.isdisjoint(schema) or any(_mentions(part, keywords) for part in schema.values())
    return isinstance(schema, list) and any(_mentions(part, keywords) for part in schema)


def _all(parts: list[Predicate]) -> Predicate:
    if len(parts) == 1:
        return parts[0]

    def holds(value: Any) -> bool:
        for part in parts:  # noqa: SIM110 (a generator costs more than the tests themselves)
            if not part(value):
                return False
        return True

    return holds


def _named(known: Mapping[str, Predicate]) -> Predicate:
    def holds(instance: Any) -> bool:
        if not isinstance(instance, dict):
            return True
        for name, test in known.items():  # noqa: SIM110
            if name in instance and not test(instance[name]):
                return False
        return True

    return holds


def _closed(schema: Schema) -> Predicate:
    if schema["unevaluatedProperties"] is not False or "patternProperties" in schema:
        raise _NotCompiledError("unevaluatedProperties")
    allowed = frozenset(schema.get("properties", ()))
    return lambda instance: not isinstance(instance, dict) or instance.keys() <= allowed


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Mapping[str, Predicate] = {
    "string": lambda value: isinstance(value, str),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": lambda value: _is_number(value) and (isinstance(value, int) or value.is_integer()),
}


def _type(value: Any) -> Predicate:
    if not isinstance(value, str):
        raise _NotCompiledError("type")
    return _TYPES[value]


def _const(value: Any) -> Predicate:
    if not isinstance(value, str):
        raise _NotCompiledError("const")
    return lambda instance: isinstance(instance, str) and instance == value


def _enum(value: list[Any]) -> Predicate:
    if not all(isinstance(item, str) for item in value):
        raise _NotCompiledError("enum")
    allowed = frozenset(value)
    return lambda instance: isinstance(instance, str) and instance in allowed


def _at_least(kind: type[Sized]) -> Callable[[int], Predicate]:
    return lambda least: lambda instance: not isinstance(instance, kind) or len(instance) >= least


def _minimum(value: float) -> Predicate:
    return lambda instance: not _is_number(instance) or instance >= value


def _maximum(value: float) -> Predicate:
    return lambda instance: not _is_number(instance) or instance <= value


def _unique(value: bool) -> Predicate:
    if not value:
        return lambda _instance: True
    return lambda instance: (
        not isinstance(instance, list)
        or (all(isinstance(item, str) for item in instance) and len(set(instance)) == len(instance))
    )


def _required(names: list[str]) -> Predicate:
    needed = frozenset(names)
    return lambda instance: not isinstance(instance, dict) or needed <= instance.keys()


_ASSERTIONS: Mapping[str, Callable[[Any], Predicate]] = {
    "const": _const,
    "enum": _enum,
    "maximum": _maximum,
    "minItems": _at_least(list),
    "minLength": _at_least(str),
    "minProperties": _at_least(dict),
    "minimum": _minimum,
    "required": _required,
    "type": _type,
    "uniqueItems": _unique,
}
