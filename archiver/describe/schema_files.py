"""Where validators come from: our own schemas, and the stricter ones that users hand in.

Nothing is ever fetched: a reference leads into the same file, to another file in the folder of the user's
schema, or to one of our own schemas by its ``$id``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend, validator_for
from jsonschema_specifications import REGISTRY as SPECIFICATIONS  # type: ignore[import-untyped]
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012, SchemaResource

from archiver.describe.formats import format_checker
from archiver.describe.linear_pattern import NotSearchableError, is_quick, parse_pattern, searcher
from archiver.describe.own_schemas import own_schema, own_schema_names
from archiver.describe.schema_budget import within
from archiver.describe.schema_keywords import checks_nothing, unheeded_keywords
from archiver.describe.schema_loops import Loops
from archiver.describe.schema_predicate import Search, ecma_pattern
from archiver.describe.strict_json import parse_json
from archiver.describe.work_budget import Budget
from archiver.errors import SchemaFileError
from archiver.model.outcome import Finding

_REFERENCES = ("$ref", "$dynamicRef")


def own_validator(name: str) -> Validator:
    """Return a validator for one of our JSON Schemas, formats checked."""
    kind = _with_ecma_patterns(Draft202012Validator)
    validator: Validator = kind(own_schema(name), registry=own_registry(), format_checker=format_checker())
    return validator


@cache
def own_registry() -> Registry[Any]:
    """Return our schemas and the meta-schemas of JSON Schema, each under its ``$id``."""
    own = [Resource.from_contents(own_schema(name)) for name in own_schema_names()]
    registry: Registry[Any] = SPECIFICATIONS.with_resources((schema.id() or "", schema) for schema in own)
    return registry


def user_validator(path: Path, *, budget: Budget) -> tuple[Validator, tuple[Finding, ...]]:
    """Return a validator for the schema in the file ``path``, whose work is counted against ``budget``.

    With it come warnings of words in the schema, and in files that it refers to, that no validator heeds.
    Raises SchemaFileError, with all reasons, if the file cannot be read or is no JSON, if it is no valid
    schema or plainly none, if a reference leads out of its folder or back to itself, if it asks for a format
    that is not checked here, or has a pattern that cannot be searched in a time that anybody can wait for.
    """
    folder = _SchemaFolder(path)
    schema = folder.root()
    problems = [*folder.check(schema)] or [*folder.follow(schema)] or [*folder.weigh(schema)]
    if problems:
        raise _refusal(path, problems)
    kind = within(budget, _dialect(schema) or Draft202012Validator, {"pattern": _user_pattern})
    validator: Validator = kind(schema, registry=folder.registry, format_checker=format_checker())
    return validator, tuple(folder.unheeded(schema))


@cache
def user_search(pattern: str) -> Search:
    """Return the search for a pattern of a user's schema, which was found fit when the schema was read."""
    return searcher(pattern).search


class _SchemaFolder:
    """A user's schema and the files beside it that it may refer to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = path.resolve().parent
        self._base = ""
        self._known: dict[Path, SchemaResource] = {}
        self.registry: Registry[Any] = Registry(retrieve=self._retrieve).combine(own_registry())  # type: ignore[call-arg]

    def root(self) -> Any:
        schema = _read(self._path)
        if isinstance(schema, dict) and isinstance(schema.get("$id"), str):
            self._base = schema["$id"].rpartition("/")[0]
        return schema

    def check(self, schema: Any) -> Iterator[str]:
        """Yield what makes ``schema`` invalid against the meta-schema of its dialect."""
        if not isinstance(schema, dict | bool):
            yield "a schema is an object, or true or false"
            return
        kind = _dialect(schema)
        if kind is None:
            yield f"$schema names a dialect that is not known: {schema['$schema']}"  # type: ignore[index]
            return
        checker = kind(kind.META_SCHEMA, format_checker=format_checker())
        for error in sorted(checker.iter_errors(schema), key=lambda error: list(map(str, error.absolute_path))):
            yield f"{error.json_path}: {_first_line(error)}"

    def follow(self, schema: Any) -> Iterator[str]:
        """Yield every reference that leads nowhere and every format that would pass unchecked, in all files."""
        checked = format_checker().checkers
        resource = Resource.from_contents(schema, default_specification=DRAFT202012)
        loops = Loops()
        waiting: list[tuple[SchemaResource, Any]] = [(resource, self.registry.resolver_with_root(resource))]
        seen: set[int] = set()
        while waiting:
            resource, resolver = waiting.pop()
            if id(resource.contents) in seen:
                continue
            seen.add(id(resource.contents))
            waiting += [(part, resolver.in_subresource(part)) for part in resource.subresources()]
            if not isinstance(resource.contents, Mapping):
                continue
            loops.add(resource.contents)
            yield from _unfit_patterns(resource.contents)
            named = resource.contents.get("format")
            if isinstance(named, str) and named not in checked:
                yield f'the format "{named}" is not checked by archiver; write a pattern instead'
            for keyword in _REFERENCES:
                reference = resource.contents.get(keyword)
                if not isinstance(reference, str):
                    continue
                try:
                    found = resolver.lookup(reference)
                except Unresolvable as error:
                    yield f"{keyword} {reference}: {_why(error)}"
                else:
                    part = Resource.from_contents(found.contents, default_specification=DRAFT202012)
                    waiting.append((part, found.resolver))
                    loops.refer(resource.contents, found.contents, f"{keyword} {reference}")
        yield from loops.found()

    def weigh(self, schema: Any) -> Iterator[str]:
        """Yield why ``schema`` is plainly none, although JSON Schema lets it pass, as everything passes it."""
        kind = _dialect(schema) or Draft202012Validator
        if checks_nothing(schema, kind):
            yield "it checks nothing: none of its words is a keyword that does"
            yield from (f"{one.pointer}: {one.message}" for one in unheeded_keywords(schema, kind, file=""))

    def unheeded(self, schema: Any) -> Iterator[Finding]:
        """Yield a warning for each word that seems to be a keyword and is none, in all files that were read."""
        files = [(self._path, schema), *((path, known.contents) for path, known in sorted(self._known.items()))]
        for path, contents in files:
            yield from unheeded_keywords(contents, _dialect(contents) or Draft202012Validator, file=str(path))

    def _retrieve(self, uri: str) -> SchemaResource:
        inside = uri.removeprefix(self._base + "/") if self._base else uri
        parts = urlsplit(inside)
        target = (self._folder / unquote(parts.path)).resolve()
        if parts.scheme or parts.netloc or not target.is_relative_to(self._folder):
            raise SchemaFileError("only files in the folder of the schema are read, never the network", place=uri)
        if target not in self._known:
            # Kept, since every description would have it read again.
            schema = _read(target)
            problems = [*self.check(schema)]
            if problems:
                raise _refusal(target, problems)
            self._known[target] = Resource.from_contents(schema, default_specification=DRAFT202012)
        return self._known[target]


def _dialect(schema: Any) -> type[Validator] | None:
    if isinstance(schema, Mapping) and "$schema" in schema:
        unknown: Any = None
        found: type[Validator] | None = validator_for(schema, default=unknown)
        return found
    return Draft202012Validator


@cache
def _with_ecma_patterns(kind: type[Validator]) -> Any:
    return extend(kind, {"pattern": _pattern})  # type: ignore[no-untyped-call, unused-ignore]


def _pattern(validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if validator.is_type(instance, "string") and not ecma_pattern(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _user_pattern(validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if validator.is_type(instance, "string") and not user_search(pattern)(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _unfit_patterns(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield each pattern that would take too long; names of fields are searched by jsonschema, quick patterns only."""
    advice = "write it without a repeat in a repeat, or as several patterns under allOf"
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        try:
            user_search(pattern)
        except NotSearchableError as error:
            yield f"the pattern {pattern} could take for ever ({error}); {advice}"
    named = schema.get("patternProperties")
    for pattern in named if isinstance(named, Mapping) else ():
        if not is_quick(parse_pattern(pattern)):
            yield f"the pattern {pattern} of patternProperties could take for ever; begin it with ^ and repeat once"


def _read(path: Path) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or "the file cannot be read"
        advice = "name a file that holds a JSON Schema, and that may be read"
        raise SchemaFileError(f"the schema cannot be read: {reason}", place=str(path), advice=advice) from error
    except UnicodeDecodeError as error:
        raise SchemaFileError("the schema is not in UTF-8", place=str(path), advice="save it as UTF-8") from error
    read = parse_json(text)
    if read.faults:
        raise _refusal(path, [fault.message for fault in read.faults])
    return read.value


def _refusal(path: Path, problems: list[str]) -> SchemaFileError:
    listed = "; ".join(dict.fromkeys(problems))
    advice = "correct the schema; it must be valid against JSON Schema 2020-12, references within its folder"
    return SchemaFileError(f"the schema cannot be used: {listed}", place=str(path), advice=advice)


def _why(error: BaseException) -> str:
    """Return the reason at the bottom of a failed reference."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, SchemaFileError):
            return cause.message
        cause = cause.__cause__
    return "there is nothing under this reference"


def _first_line(error: ValidationError | SchemaError) -> str:
    return str(error.message).partition("\n")[0][:200]
