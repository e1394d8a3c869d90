"""The JSON Schemas that come with archiver, as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from archiver.schemas import read_schema, schema_names

_SUFFIX = ".schema.json"


@cache
def own_schema(name: str) -> Mapping[str, Any]:
    """Return one of our JSON Schemas by its short name (``article``, ``findings``); do not change it."""
    schema: dict[str, Any] = json.loads(read_schema(name + _SUFFIX))
    return schema


def own_schema_names() -> tuple[str, ...]:
    """Return the short names of our JSON Schemas, sorted."""
    return tuple(name.removesuffix(_SUFFIX) for name in schema_names() if name.endswith(_SUFFIX))
