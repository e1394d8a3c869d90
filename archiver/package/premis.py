"""The entities of PREMIS 3 as XML (https://www.loc.gov/standards/premis/v3/), one line each.

Terms are those of the vocabularies of the Library of Congress (https://id.loc.gov/vocabulary/preservation.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from archiver.package.fixity import FileDigest
from archiver.package.formats import FileFormat
from archiver.package.xml_text import DECLARATION, escape, leaf

NAMESPACE = "http://www.loc.gov/premis/v3"
VERSION = "3.0"
HEAD = (
    f'{DECLARATION}<premis xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'version="{VERSION}">\n'
).encode("ascii")
TAIL = b"</premis>\n"

_VOCABULARY = "http://id.loc.gov/vocabulary/preservation"


class EventType(StrEnum):
    """Terms of the vocabulary eventType, with their codes."""

    code: str

    def __new__(cls, term: str, code: str) -> EventType:
        """Make the member ``term`` with its ``code``."""
        member = str.__new__(cls, term)
        member._value_ = term
        member.code = code
        return member

    ACCESSION = "accession", "acc"
    CAPTURE = "capture", "cap"
    FORMAT_IDENTIFICATION = "format identification", "for"
    MESSAGE_DIGEST_CALCULATION = "message digest calculation", "mes"
    METADATA_EXTRACTION = "metadata extraction", "mee"
    MODIFICATION = "modification", "mod"
    NORMALIZATION = "normalization", "nor"
    VALIDATION = "validation", "val"
    PACKAGE_CREATION = "information package creation", "ipc"


class IdentifierType(StrEnum):
    """What the value of an identifier is."""

    URN = "URN"
    ARTICLE = "article id"
    REJECT = "reject id"
    BAG_PATH = "bag path"
    """Relative to the folder of the bag, ``data/…``."""
    RECORD = "WARC-Record-ID"


@cache
def _frame(name: str, kind: IdentifierType) -> tuple[str, str]:
    """Return what stands before and behind the value of an identifier."""
    return f"<{name}>{leaf(f'{name}Type', kind.value)}<{name}Value>", f"</{name}Value>"


@dataclass(frozen=True, slots=True)
class Identifier:
    """Type and value; unique together."""

    type: IdentifierType
    value: str

    def markup(self, name: str, more: str = "") -> str:
        """Return the element ``name`` (``objectIdentifier`` …) with ``more`` behind type and value."""
        before, after = _frame(name, self.type)
        return f"{before}{escape(self.value)}{after}{more}</{name}>"


@dataclass(frozen=True, slots=True)
class Relationship:
    """How an object stands to others."""

    kind: str
    """Markup of type and subtype: one of the constants below."""
    objects: tuple[Identifier, ...]
    events: tuple[Identifier, ...] = ()

    def markup(self) -> str:
        """Return the element ``relationship``."""
        objects = "".join(one.markup("relatedObjectIdentifier") for one in self.objects)
        events = "".join(one.markup("relatedEventIdentifier") for one in self.events)
        return f"<relationship>{self.kind}{objects}{events}</relationship>"


def _term(element: str, vocabulary: str, code: str, label: str) -> str:
    return f'<{element} valueURI="{_VOCABULARY}/{vocabulary}/{code}">{label}</{element}>'


def _relation(kind: tuple[str, str], sub: tuple[str, str]) -> str:
    return _term("relationshipType", "relationshipType", *kind) + _term(
        "relationshipSubType", "relationshipSubType", *sub
    )


INCLUDES = _relation(("str", "structural"), ("inc", "includes"))
REPRESENTED_BY = _relation(("str", "structural"), ("isr", "is represented by"))
HAS_SOURCE = _relation(("der", "derivation"), ("hss", "has source"))

_EVENT_TYPES = {kind: _term("eventType", "eventType", kind.code, kind.value) for kind in EventType}
_ROLES = {
    "source": _term("linkingObjectRole", "eventRelatedObjectRole", "sou", "source"),
    "outcome": _term("linkingObjectRole", "eventRelatedObjectRole", "out", "outcome"),
    "executing program": _term("linkingAgentRole", "eventRelatedAgentRole", "exe", "executing program"),
    "implementer": _term("linkingAgentRole", "eventRelatedAgentRole", "imp", "implementer"),
}


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Size, digests and format of a file; None for what is not known of one that could not be read."""

    size: int | None
    digests: tuple[tuple[str, str], ...]
    """Algorithm (``SHA-256``) and lower-case hexadecimal."""
    format: FileFormat

    def markup(self) -> str:
        """Return the element ``objectCharacteristics``."""
        fixity = "".join(
            f"<fixity>{leaf('messageDigestAlgorithm', name)}{leaf('messageDigest', value)}</fixity>"
            for name, value in self.digests
        )
        size = "" if self.size is None else f"<size>{self.size}</size>"
        version = leaf("formatVersion", self.format.version) if self.format.version else ""
        form = f"<formatDesignation>{leaf('formatName', self.format.name)}{version}</formatDesignation>"
        return f"<objectCharacteristics>{fixity}{size}<format>{form}</format></objectCharacteristics>"


def characteristics(digest: FileDigest, form: FileFormat) -> Characteristics:
    """Return what the manifests say of a file."""
    return Characteristics(digest.bytes, (("SHA-256", digest.sha256), ("SHA-512", digest.sha512)), form)


@dataclass(frozen=True, slots=True)
class Object:
    """An object: a file if it has characteristics, else an intellectual entity or a representation."""

    identifier: Identifier
    characteristics: Characteristics | None = None
    category: str = "file"
    original_name: str | None = None
    locations: tuple[tuple[str, str], ...] = ()
    """Type and value of each place where the content is kept."""
    relationships: tuple[Relationship, ...] = ()
    events: tuple[Identifier, ...] = ()

    def markup(self) -> bytes:
        """Return the element ``object`` with its line end."""
        parts = [f'<object xsi:type="{self.category}">', self.identifier.markup("objectIdentifier")]
        if self.characteristics is not None:
            parts.append(self.characteristics.markup())
        if self.original_name is not None:
            parts.append(leaf("originalName", self.original_name))
        for kind, value in self.locations:
            inner = leaf("contentLocationType", kind) + leaf("contentLocationValue", value)
            parts.append(f"<storage><contentLocation>{inner}</contentLocation></storage>")
        parts += [one.markup() for one in self.relationships]
        parts += [one.markup("linkingEventIdentifier") for one in self.events]
        return "".join([*parts, "</object>\n"]).encode()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done."""

    identifier: Identifier
    type: EventType
    date: str
    detail: str
    outcome: str
    note: str = ""
    agents: tuple[tuple[Identifier, str], ...] = ()
    """Each with its role: ``executing program`` or ``implementer``."""
    objects: tuple[tuple[Identifier, str], ...] = ()
    """Each with its role: ``source`` or ``outcome``."""

    def markup(self) -> bytes:
        """Return the element ``event`` with its line end."""
        note = leaf("eventOutcomeDetailNote", self.note)
        outcome = leaf("eventOutcome", self.outcome) + (
            f"<eventOutcomeDetail>{note}</eventOutcomeDetail>" if self.note else ""
        )
        return "".join(
            [
                "<event>",
                self.identifier.markup("eventIdentifier"),
                _EVENT_TYPES[self.type],
                leaf("eventDateTime", self.date),
                f"<eventDetailInformation>{leaf('eventDetail', self.detail)}</eventDetailInformation>",
                f"<eventOutcomeInformation>{outcome}</eventOutcomeInformation>",
                *(one.markup("linkingAgentIdentifier", _ROLES[role]) for one, role in self.agents),
                *(one.markup("linkingObjectIdentifier", _ROLES[role]) for one, role in self.objects),
                "</event>\n",
            ]
        ).encode()


def agent(
    identifier: Identifier, name: str, kind: str, *, version: str | None = None, notes: Iterable[str] = ()
) -> bytes:
    """Return the element ``agent`` with its line end; ``kind`` is ``software`` or ``organization``."""
    said = f"<agentVersion>{escape(version)}</agentVersion>" if version else ""
    told = "".join(leaf("agentNote", note) for note in notes)
    return (
        f"<agent>{identifier.markup('agentIdentifier')}{leaf('agentName', name)}"
        f"{leaf('agentType', kind)}{said}{told}</agent>\n"
    ).encode()
