"""Words that a caller chooses among."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from archiver.errors import UnknownChoiceError

Choice = TypeVar("Choice", bound=StrEnum)


def chosen(kind: type[Choice], word: str, *, place: str) -> Choice:
    """Return the member of ``kind`` that ``word`` names; ``place`` is the argument. Raises UnknownChoiceError."""
    try:
        return kind(word)
    except ValueError:
        advice = f"write one of {', '.join(kind)}"
        raise UnknownChoiceError(f"{word!r} is not known", place=place, advice=advice) from None
