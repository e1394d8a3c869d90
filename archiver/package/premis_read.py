"""Reading the PREMIS of a package, object by object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archiver.package.premis import NAMESPACE, VERSION
from archiver.package.xml_scan import feed_xml

_TYPE = "http://www.w3.org/2001/XMLSchema-instance type"
_SPACE = f"{NAMESPACE} "


@dataclass(slots=True)
class Entity:
    """An object, event or agent with what is checked of it."""

    kind: str
    """``object``, ``event`` or ``agent``."""
    category: str
    """Of an object: ``file``, ``intellectualEntity``, ``representation`` or ``bitstream``."""
    line: int
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    """Type and value."""
    size: str | None = None
    digests: dict[str, str] = field(default_factory=dict)
    """Algorithm to value."""
    objects: list[tuple[str, str]] = field(default_factory=list)
    """Identifiers of objects that it names."""
    events: list[tuple[str, str]] = field(default_factory=list)
    agents: list[tuple[str, str]] = field(default_factory=list)


#: Containers of an identifier, and where the entity that names it keeps it.
_NAMED = {
    f"{_SPACE}{name}": (kept, f"{_SPACE}{name}Type", f"{_SPACE}{name}Value")
    for name, kept in (
        ("objectIdentifier", "identifiers"),
        ("eventIdentifier", "identifiers"),
        ("agentIdentifier", "identifiers"),
        ("relatedObjectIdentifier", "objects"),
        ("linkingObjectIdentifier", "objects"),
        ("relatedEventIdentifier", "events"),
        ("linkingEventIdentifier", "events"),
        ("linkingAgentIdentifier", "agents"),
    )
}
_ENTITIES = {f"{_SPACE}{name}": name for name in ("object", "event", "agent")}
_SIZE, _FIXITY = f"{_SPACE}size", f"{_SPACE}fixity"
_ALGORITHM, _DIGEST = f"{_SPACE}messageDigestAlgorithm", f"{_SPACE}messageDigest"


def read_premis(path: Path) -> Iterator[Entity]:
    """Yield the entities of a PREMIS 3 file in their order.

    Raises ValueError for what is no PREMIS 3 or not well-formed, PackageError where the file cannot be read.
    """
    reader = _Reader()
    for _ in feed_xml(path, reader.start, reader.end):
        yield from reader.found
        reader.found.clear()


class _Reader:
    """Collects entities while the file is parsed."""

    def __init__(self) -> None:
        self.found: list[Entity] = []
        self._entity: Entity | None = None
        self._begun = False
        self._texts: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """Begin an entity."""
        if not self._begun:
            if name != f"{_SPACE}premis" or attributes.get("version") != VERSION:
                raise ValueError(f"the root is no premis {VERSION}")
            self._begun = True
        elif self._entity is None and name in _ENTITIES:
            self._entity = Entity(_ENTITIES[name], attributes.get(_TYPE, ""), line)

    def end(self, name: str, text: str) -> None:
        """Take in what an element within an entity says."""
        entity = self._entity
        if entity is None:
            return
        named = _NAMED.get(name)
        if named is not None:
            kept, kind, value = named
            getattr(entity, kept).append((self._texts.pop(kind, ""), self._texts.pop(value, "")))
        elif name == _FIXITY:
            entity.digests[self._texts.pop(_ALGORITHM, "")] = self._texts.pop(_DIGEST, "")
        elif name == _SIZE:
            entity.size = text
        elif name in _ENTITIES:
            self.found.append(entity)
            self._entity = None
        else:
            self._texts[name] = text
