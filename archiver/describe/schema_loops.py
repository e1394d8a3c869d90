"""References of a schema that lead back to where they began without looking at a smaller part of the value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: Keywords whose schemas look at the same value (JSON Schema Core sections 10.2 and 8.2.3).
_SAME_VALUE = ("not", "if", "then", "else")
_SAME_VALUE_LISTS = ("allOf", "anyOf", "oneOf")


class Loops:
    """Gathers which schema asks which other one about the same value."""

    def __init__(self) -> None:
        self._asked: dict[int, list[tuple[int, str]]] = {}

    def add(self, schema: Mapping[str, Any]) -> None:
        """Note the schemas within ``schema`` that look at the same value."""
        parts = [schema[name] for name in _SAME_VALUE if name in schema]
        parts += [part for name in _SAME_VALUE_LISTS for part in _list(schema.get(name))]
        dependent = schema.get("dependentSchemas")
        parts += list(dependent.values()) if isinstance(dependent, Mapping) else []
        self._asked.setdefault(id(schema), []).extend((id(part), "") for part in parts)

    def refer(self, schema: Any, target: Any, reference: str) -> None:
        """Note that ``schema`` refers to ``target``."""
        self._asked.setdefault(id(schema), []).append((id(target), reference))

    def found(self) -> Iterator[str]:
        """Yield each reference that closes a loop."""
        done: set[int] = set()
        for start in self._asked:
            if start in done:
                continue
            on_the_way: dict[int, None] = {start: None}
            ways = [(start, iter(self._asked[start]))]
            while ways:
                here, rest = ways[-1]
                step = next(rest, None)
                if step is None:
                    ways.pop()
                    del on_the_way[here]
                    done.add(here)
                    continue
                other, reference = step
                if other in on_the_way:
                    yield f"{reference or 'a reference'}: leads back to itself, so that checking would never end"
                elif other not in done:
                    on_the_way[other] = None
                    ways.append((other, iter(self._asked.get(other, ()))))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
