"""What a caller names as input, in one form."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath


def named(inputs: str | PathLike[str] | Sequence[str | PathLike[str]]) -> list[str]:
    """Return paths and patterns as a list of text; one alone is a list of one."""
    return [fspath(one) for one in ([inputs] if isinstance(inputs, str | PathLike) else inputs)]
