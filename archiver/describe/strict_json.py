"""JSON read strictly (RFC 8259), with the line and column of everything that is wrong.

The standard library takes NaN, keeps the last of two equal names, and fails in three different ways on
numbers and nestings that are too large; here each of these is one :class:`JsonFault`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from archiver.digits import read_float

#: Deeper nesting is refused whatever the interpreter's own limit is; a description needs four levels.
MAX_DEPTH = 64

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|$)|([\[{])|[\]}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class JsonFault:
    """Why a text is no acceptable JSON; ``line`` and ``column`` count from 1, 0 where the place is not known."""

    code: str
    """``json.syntax``, ``json.duplicate-name``, ``json.not-a-number``, ``json.number`` or ``json.too-deep``."""
    message: str
    line: int = 0
    column: int = 0
    pointer: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class JsonText:
    """A value, and what is wrong with its text; the value is to be used only where ``faults`` is empty."""

    value: Any
    faults: tuple[JsonFault, ...] = ()


class _NotANumberError(ValueError):
    """NaN or an infinity was met."""


def parse_json(text: str) -> JsonText:
    """Parse one JSON text; never raises, whatever ``text`` is."""
    if _is_too_deep(text):
        return JsonText(None, (_too_deep(),))
    repeated: list[str] = []
    try:
        hook = _pairs_hook(repeated)
        value = json.loads(text, object_pairs_hook=hook, parse_constant=_refuse_constant, parse_float=read_float)
    except json.JSONDecodeError as error:
        message = f"This is no JSON: {_explain(error)} (line {error.lineno}, column {error.colno})."
        advice = "Write the text with a program that exports JSON, or correct it at this place."
        return JsonText(None, (JsonFault("json.syntax", message, error.lineno, error.colno, advice=advice),))
    except _NotANumberError as error:
        line, column = _place_of(text, str(error))
        message = f"{error} is no number of JSON (RFC 8259 section 6)."
        advice = "Leave the field out where its value is not known."
        return JsonText(None, (JsonFault("json.not-a-number", message, line, column, advice=advice),))
    except RecursionError:
        return JsonText(None, (_too_deep(),))
    except ValueError:
        # int() refuses numbers of more than some thousand digits, and some exponents are beyond any double.
        message = "A number is too large or has too many digits."
        return JsonText(None, (JsonFault("json.number", message, advice="Write it as text."),))
    return JsonText(value, tuple(_duplicates(text)) if repeated else ())


def pointer_lines(text: str) -> dict[str, int]:
    """Return the line (from 1) on which the value of each JSON Pointer begins; ``text`` must be valid JSON."""
    lines: dict[str, int] = {}
    for pointer, line, _column, _repeated in _walk(text):
        lines.setdefault(pointer, line)
    return lines


def pointer_of(*parts: str | int) -> str:
    """Return the JSON Pointer (RFC 6901) of a path."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _too_deep() -> JsonFault:
    advice = "Bring the values to a flatter form."
    return JsonFault("json.too-deep", f"Brackets are nested more than {MAX_DEPTH} levels deep.", advice=advice)


def _is_too_deep(text: str) -> bool:
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return False
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found[0].startswith('"'):
            continue
        depth += 1 if found[1] else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _pairs_hook(repeated: list[str]) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            repeated.append("")
        return members

    return build


def _refuse_constant(name: str) -> NoReturn:
    raise _NotANumberError(name)


def _explain(error: json.JSONDecodeError) -> str:
    if error.pos >= len(error.doc.rstrip()):
        return "it ends too early"
    return {
        "Expecting property name enclosed in double quotes": "a name in double quotes is expected",
        "Illegal trailing comma before end of object": "a comma stands before the closing bracket",
        "Illegal trailing comma before end of array": "a comma stands before the closing bracket",
        "Expecting ',' delimiter": "a comma or a closing bracket is expected",
        "Expecting ':' delimiter": "a colon is expected",
        "Expecting value": "a value is expected",
        "Extra data": "something follows after the end of the value",
        "Unterminated string starting at": "a text in double quotes is not closed",
        "Invalid control character at": "a line end or another control character stands unescaped within quotes",
    }.get(error.msg, error.msg[:1].lower() + error.msg[1:])


def _place_of(text: str, constant: str) -> tuple[int, int]:
    for found in _TOKEN.finditer(text):
        if found[0] == constant:
            start = found.start()
            return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return 0, 0


def _duplicates(text: str) -> Iterator[JsonFault]:
    for pointer, line, column, repeated in _walk(text):
        if repeated:
            name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            message = f'The name "{name}" stands twice in the same group, so that its value is not certain.'
            yield JsonFault("json.duplicate-name", message, line, column, pointer, advice="Remove one of the two.")


def _walk(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """Yield pointer, line and column of every value of a valid JSON text, and whether its name was there before."""
    # One entry for each open bracket: its pointer, the names met (None for an array), the index reached.
    open_groups: list[tuple[str, set[str] | None, int]] = []
    name: str | None = None
    line, line_start = 1, 0
    for found in _TOKEN.finditer(text):
        sign, start = found[0], found.start()
        newlines = text.count("\n", line_start, start)
        if newlines:
            line, line_start = line + newlines, text.rfind("\n", 0, start) + 1
        if sign in ("}", "]"):
            open_groups.pop()
            continue
        if sign == ",":
            pointer, names, index = open_groups[-1]
            open_groups[-1] = (pointer, names, index + 1)
            name = None
            continue
        if sign == ":":
            continue
        pointer, names, index = open_groups[-1] if open_groups else ("", None, 0)
        if names is not None and name is None:
            name = json.loads(sign)
            continue
        repeated = False
        if names is not None and name is not None:
            repeated = name in names
            names.add(name)
        place = pointer + pointer_of(index if names is None else name or "") if open_groups else ""
        yield place, line, start - line_start + 1, repeated
        if sign in ("{", "["):
            open_groups.append((place, set() if sign == "{" else None, 0))
        name = None
