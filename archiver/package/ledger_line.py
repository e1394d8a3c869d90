"""The lines of ledger.jsonl as schemas/ledger.schema.json has them, checked in little time: there are many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from archiver.model.verdict import Category
from archiver.package.listing import Removed

FIELDS = frozenset({"article", "block", "text", "category", "rule", "evidence", "weight", "place"})
CATEGORIES = frozenset(category.value for category in Category)
RULE = re.compile(r"[a-z][a-z0-9.-]*@[0-9]+", re.ASCII)


def fault_of(value: Mapping[str, Any], block: Removed) -> str:
    """Return what the schema does not allow in a line; nothing if it is valid. ``block`` is what was read of it."""
    if len(value) != len(FIELDS):
        return f"the ledger has no member {min(value.keys() - FIELDS)[:80]!r}"
    if block.category not in CATEGORIES:
        return f"{block.category[:80]!r} is no category"
    if not _is_rule(block.rule):
        return f"{block.rule[:80]!r} is not id and version of a rule"
    return "" if _is_place(block.place) else "place is neither a range of characters nor an XPath"


@lru_cache(256)
def _is_rule(rule: str) -> bool:
    return RULE.fullmatch(rule) is not None


def _is_place(place: Mapping[str, Any]) -> bool:
    if len(place) != 1:
        return False
    if "xpath" in place:
        return isinstance(place["xpath"], str) and place["xpath"].startswith("/")
    char = place.get("char")
    return isinstance(char, list) and len(char) == 2 and all(type(one) is int and one >= 0 for one in char)
