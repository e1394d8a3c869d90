"""The lines of ledger.jsonl as schemas/ledger.schema.json has them, checked in little time: there are many."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from archiver.model.verdict import Category
from archiver.package.listing import Removed

#: A string without what is left out of it, an escape, or anything that must be one (RFC 8259, 7).
_CHARACTERS = r'[^"\\\x00-\x1f]*+'
_PLAIN = f'"({_CHARACTERS})"'
_TEXT = rf'"({_CHARACTERS}(?:\\.{_CHARACTERS})*+)"'
_COUNT = r"(0|[1-9][0-9]{0,14})"
#: A valid line as archiver writes it: canonical JSON, the category to be looked up.
_LINE = re.compile(
    rf'\{{"article":{_PLAIN},"block":{_COUNT},"category":{_PLAIN},"evidence":{_TEXT},'
    rf'"place":\{{(?:"char":\[{_COUNT},{_COUNT}\]|"xpath":"(/{_CHARACTERS})")\}},'
    rf'"rule":"([a-z][a-z0-9.-]*@[0-9]+)","text":{_TEXT},"weight":(-?{_COUNT})\}}',
)

FIELDS = frozenset({"article", "block", "text", "category", "rule", "evidence", "weight", "place"})
CATEGORIES = frozenset(category.value for category in Category)
RULE = re.compile(r"[a-z][a-z0-9.-]*@[0-9]+", re.ASCII)


def sure_line(line: bytes) -> Removed | None:
    """Return the removed block of a line that is valid and as archiver writes it; None if that is not sure."""
    try:
        found = _LINE.fullmatch(line.decode())
    except UnicodeDecodeError:
        return None
    if found is None:
        return None
    article, block, category, evidence, start, end, xpath, rule, text, weight, _ = found.groups()
    if category not in CATEGORIES:
        return None
    place = {"char": [int(start), int(end)]} if xpath is None else {"xpath": xpath}
    try:
        said = _unescaped(evidence), _unescaped(text)
    except ValueError:
        return None
    return Removed(article, int(block), said[1], category, rule, said[0], int(weight), place)


def _unescaped(value: str) -> str:
    return value if "\\" not in value else json.loads(f'"{value}"')


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
