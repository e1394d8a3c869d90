"""Validators of which every keyword that is looked at is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from archiver.describe.work_budget import Budget

_Keyword = Callable[..., Iterator[ValidationError] | None]


def within(budget: Budget, kind: type[Validator], keywords: Mapping[str, _Keyword]) -> Any:
    """Return ``kind`` with ``keywords`` in place of its own, each keyword counted against ``budget``."""
    known: Mapping[str, _Keyword] = {**kind.VALIDATORS, "uniqueItems": unique_items, **keywords}
    counted = {name: _counted(keyword, budget) for name, keyword in known.items()}
    return extend(kind, counted)  # type: ignore[no-untyped-call, unused-ignore]


def _counted(keyword: _Keyword, budget: Budget) -> _Keyword:
    def look(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        budget.spend()
        yield from keyword(validator, value, instance, schema) or ()

    return look


def unique_items(validator: Any, wanted: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """``uniqueItems``, each entry looked at once; jsonschema compares every entry with every other."""
    if not wanted or not validator.is_type(instance, "array"):
        return
    seen: set[Any] = set()
    for item in instance:
        key = _key(item)
        if key in seen:
            yield ValidationError(f"{instance!r} has non-unique elements")
            return
        seen.add(key)


def _key(value: Any) -> Any:
    """Equal for equal values of JSON (JSON Schema Core section 4.2.2): 1 is 1.0, but not true."""
    if isinstance(value, Mapping):
        return ("object", frozenset((name, _key(item)) for name, item in value.items()))
    if isinstance(value, list):
        return ("array", tuple(map(_key, value)))
    return (type(value) is bool, value)
