"""What a TEI document tells of its article: what is compared with the lists of a package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

Facts = Mapping[str, tuple[str, ...]]
"""JSON Pointer of a field of the description to what is said of it; a field that is not named is not told."""


class LedgerLine(Protocol):
    """One removed block as the ledger has it."""

    @property
    def block(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def evidence(self) -> str: ...
    @property
    def place(self) -> Mapping[str, Any]: ...


# A page has hundreds of blocks: tuples, for they are made and compared many times faster than dataclasses.


class RemovedEntry(NamedTuple):
    """One removed block, as ``standOff`` has it or must have it."""

    block: int
    """Its number in reading order; -1 if what stands there is none."""
    text: str
    category: str
    """Pointer into the taxonomy."""
    subtype: str
    """Name of the category."""
    rule: str
    evidence: str
    place: str
    """URI reference."""


class KeptEntry(NamedTuple):
    """One kept block, as ``body`` has it."""

    block: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in ``body`` where blocks were removed."""

    blocks: tuple[int, ...]
    quantity: str
    """Code points of the blocks, as it is written."""
    line: int | None
    """Of the TEI file."""


@dataclass(frozen=True, slots=True)
class TeiAccount:
    """All that a TEI document tells that other files of a package tell as well."""

    facts: Facts
    kept: tuple[KeptEntry, ...]
    removed: tuple[RemovedEntry, ...]
    certainties: tuple[str, ...]
    """Of each removal: ``high``, ``medium`` or ``low``; from all that was said of a block, not from the ledger."""
    gaps: tuple[Gap, ...]
    order: tuple[int, ...]
    """Numbers of the blocks, kept or removed, as ``body`` has them."""
    body: str
    """The kept text as a reader reads it: one block a line."""
    characters: str
    """Of ``body``, as the header has it."""
    replaced: bool
    """Whether U+FFFD stands in it for what XML cannot hold."""


@dataclass(frozen=True, slots=True)
class ExpectedAccount:
    """What the TEI of an article must tell, by its description and its lines of the ledger."""

    facts: Facts
    removed: tuple[RemovedEntry, ...]
