"""What the codes of findings mean: declared once, in the room that finds, and told to people and in the docs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from archiver.model.outcome import Severity


@dataclass(frozen=True, slots=True)
class FindingCode:
    """One code of findings."""

    code: str
    """``bag.checksum-mismatch``; with ``.*`` at its end it stands for all codes that begin so."""
    severities: tuple[Severity, ...]
    """The first one as a rule, the others where the meaning says so."""
    clause: str
    """Section of the standard, or of our own documents, that is not met."""
    meaning: str
    advice: str
    """What to do, where the finding itself has nothing better to say."""


Catalogue = Mapping[str, FindingCode]


def catalogue(text: str) -> Catalogue:
    """Return the codes of ``text``: three lines each, blank lines between them.

    The lines are code, severities and clause with semicolons between them; meaning; advice. Raises ValueError
    for a form that is not this one, and for a code that stands there twice.
    """
    codes: dict[str, FindingCode] = {}
    for entry in text.strip().split("\n\n"):
        head, meaning, advice = (line.strip() for line in entry.split("\n"))
        code, severities, clause = (part.strip() for part in head.split(";"))
        if code in codes:
            raise ValueError(f"{code} is declared twice")
        levels = tuple(Severity(one.strip()) for one in severities.split(","))
        codes[code] = FindingCode(code, levels, clause, meaning, advice)
    return MappingProxyType(codes)


def merged(catalogues: Iterable[Catalogue]) -> Catalogue:
    """Return all codes of several catalogues, sorted. Raises ValueError for a code that two of them declare."""
    codes: dict[str, FindingCode] = {}
    for one in catalogues:
        for code, entry in one.items():
            if code in codes:
                raise ValueError(f"{code} is declared twice")
            codes[code] = entry
    return MappingProxyType(dict(sorted(codes.items())))
