"""What the scanner hands out: one record as it stands in a file, and the limits of reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archiver.model.outcome import Finding, Severity


@dataclass(frozen=True, slots=True)
class WarcLimits:
    """How much of a file is held in memory, in bytes."""

    header_bytes: int = 64 * 1024
    """A longer record header is refused: real ones stay far below, attacks do not."""
    block_bytes: int = 256 * 1024 * 1024
    """The block of a longer record is read and digested, but only its beginning is handed out."""
    head_bytes: int = 64 * 1024
    """How much of such a block is handed out: enough for its HTTP header."""
    enough_bytes: int | None = None
    """If a number, the block of a sound record that is longer may be passed over like that of a long one."""
    entity_bytes: int = 64 * 1024 * 1024
    """A larger decoded HTTP entity is refused."""
    entity_ratio: int = 400
    """A Content-Encoding that swells its input more than this many times is refused."""


DEFAULT_LIMITS = WarcLimits()


@dataclass(frozen=True, slots=True)
class ScannedRecord:
    """One record of a WARC or ARC file, with all that was found out about it."""

    index: int
    """Ordinal among the records of the file, from 0."""
    offset: int
    """Where its gzip member, or in a plain file the record itself, begins in the file."""
    length: int
    """Bytes from there to the next record; 0 where the record has no range of its own."""
    version: str
    """``1.1``, ``1.0`` … or ``arc``."""
    header: bytes
    """As it stands in the file, with the blank line."""
    fields: tuple[tuple[str, str], ...]
    """Named fields in order; for ARC, the WARC fields that say the same."""
    block: bytes
    """The content block, or its beginning where ``held`` is false."""
    block_length: int
    """Bytes of the block that the file really holds."""
    compressed: bool
    whole: bool = True
    """Header and block are all there and the length of the block is believable."""
    held: bool = True
    block_digest: bool | None = None
    """Whether WARC-Block-Digest was verified; None where there is none to check."""
    payload_digest: bool | None = None
    findings: tuple[Finding, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """The first value of each field by its name in lower case; made here unless it is given."""

    def __post_init__(self) -> None:
        if not self.named:
            object.__setattr__(self, "named", values_by_name(self.fields))

    def judged(
        self, *, whole: bool, block_digest: bool | None, payload_digest: bool | None, findings: tuple[Finding, ...]
    ) -> ScannedRecord:
        """Return the record with what was found out about it."""
        return ScannedRecord(
            self.index,
            self.offset,
            self.length,
            self.version,
            self.header,
            self.fields,
            self.block,
            self.block_length,
            self.compressed,
            whole,
            self.held,
            block_digest,
            payload_digest,
            findings,
            self.named,
        )

    def get(self, name: str) -> str | None:
        """Return the first value of the field ``name`` (case does not matter), None where it is missing."""
        return self.named.get(name.lower())

    @property
    def type(self) -> str:
        """WARC-Type in lower case, empty where it is missing."""
        return self.named.get("warc-type", "").lower()

    @property
    def record_id(self) -> str:
        """WARC-Record-ID without angle brackets, empty where it is missing."""
        return bare_uri(self.named.get("warc-record-id", ""))

    @property
    def target_uri(self) -> str | None:
        """WARC-Target-URI without the angle brackets that some writers put round it."""
        value = self.get("WARC-Target-URI")
        return bare_uri(value) if value else None

    @property
    def date(self) -> str | None:
        """WARC-Date as written."""
        return self.get("WARC-Date")

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those of the findings that are errors."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def values_by_name(fields: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the first value of each named field by its name in lower case."""
    return {name.lower(): value for name, value in reversed(fields)}


def field_value(fields: tuple[tuple[str, str], ...], name: str) -> str | None:
    """Return the first value of the named field ``name``; names are not case-sensitive (clause 4)."""
    wanted, size = name.lower(), len(name)
    for key, value in fields:
        if len(key) == size and key.lower() == wanted:
            return value
    return None


def bare_uri(value: str) -> str:
    """Return ``value`` without the angle brackets round it; ids with and without are the same id (clause 5.2)."""
    text = value.strip()
    return text[1:-1].strip() if text[:1] == "<" and text[-1:] == ">" else text
