"""How much work a schema of a stranger may make of one description.

References that branch, or conditions within conditions, let a small schema ask for more work than anybody
can wait for. Every keyword that is looked at is counted; no clock is read, so that the outcome is the same on
every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Keywords looked at for one description, and for each value in it. A strict schema needs some hundreds.
KEYWORDS = 10_000
KEYWORDS_A_VALUE = 50


class TooMuchWorkError(Exception):
    """The schema asks for more work on one description than is done."""


class Budget:
    """Counts down; made anew for each description by :meth:`renew`."""

    def __init__(self) -> None:
        self._left = 0

    def renew(self, description: Any) -> None:
        """Begin with another description; a longer one may take more."""
        self._left = KEYWORDS + KEYWORDS_A_VALUE * _values(description)

    def spend(self) -> None:
        """Count one keyword; raises TooMuchWorkError."""
        self._left -= 1
        if self._left < 0:
            raise TooMuchWorkError


def _values(value: Any) -> int:
    if isinstance(value, Mapping):
        return 1 + sum(map(_values, value.values()))
    return 1 + sum(map(_values, value)) if isinstance(value, list) else 1
