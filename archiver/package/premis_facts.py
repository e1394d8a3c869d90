"""What PREMIS tells of the run as a whole, and the identifiers that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archiver.canon import content_urn
from archiver.package import layout
from archiver.package.fixity import FileDigest
from archiver.package.lineage import identifier_of
from archiver.package.listing import SourceFile
from archiver.package.premis import EventType, Identifier, IdentifierType


@dataclass(frozen=True, slots=True)
class PremisFacts:
    """The run: who, when, with what, how much."""

    date: str
    """RFC 3339 in UTC: the moment of all that was done in the run."""
    software: str
    version: str
    rules: str
    """The rule set in words, with version, digest and profile."""
    notes: tuple[str, ...] = ()
    """What else decided the run: a schema, rules or metadata of the user, with their digests."""
    organization: str | None = None
    sources: int = 0
    articles: int = 0
    rejects: int = 0
    removed_blocks: int = 0


@dataclass(frozen=True, slots=True)
class RunIds:
    """Identifiers of the package, of who made it, and of what was done to all of it."""

    package: Identifier
    software: Identifier
    organization: Identifier | None

    @property
    def agents(self) -> tuple[tuple[Identifier, str], ...]:
        """Those who did it, with their roles."""
        implementer = ((self.organization, "implementer"),) if self.organization else ()
        return ((self.software, "executing program"), *implementer)

    def event(self, kind: EventType, *parts: str) -> Identifier:
        """Return the identifier of an event: of the package as a whole, or of what ``parts`` name."""
        return _urn("event", self.package.value, kind.value, *parts)


def run_ids(facts: PremisFacts, digests: Mapping[str, FileDigest]) -> RunIds:
    """Return the identifiers of a run; the one of the package is its External-Identifier in bag-info.txt."""
    organization = _urn("organization", facts.organization) if facts.organization else None
    return RunIds(
        package=Identifier(IdentifierType.URN, identifier_of(digests[layout.DATAPACKAGE].sha256)),
        software=_urn("software", facts.software, facts.version, facts.rules, *facts.notes),
        organization=organization,
    )


def source_identifier(source: SourceFile) -> Identifier:
    """Return the identifier of an input file."""
    return _urn("input file", source.path_encoding, source.path, source.sha256 or "")


def bag_identifier(path: str) -> Identifier:
    """Return the identifier of a file of the bag by its path, relative to the folder of the bag."""
    return Identifier(IdentifierType.BAG_PATH, path)


def _urn(*parts: str) -> Identifier:
    return Identifier(IdentifierType.URN, content_urn(*parts))
