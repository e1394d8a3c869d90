"""Where the bytes of an input file have come to lie."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from archiver.model.outcome import Reject


@dataclass(slots=True)
class Stored:
    """Where the bytes of a container lie now, and what was in it besides candidates."""

    sha256: str
    size: int
    encoding: str
    segments: list[tuple[int, int]] = field(default_factory=list)
    beside: list[tuple[int, int]] = field(default_factory=list)
    """Records of it that stand there once more by themselves, where the file is stored whole."""
    carried: int = 0
    notices: Counter[str] = field(default_factory=Counter)
    reject: Reject | None = None
    """The container itself, where it is damaged; what could be read of it goes its way all the same."""
