"""What came out: findings, rejects, the report of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from archiver.errors import ArchiverError


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where it is, and what to do."""

    code: str
    """Stable and machine-readable, ``bag.checksum-mismatch``."""
    message: str
    file: str = ""
    line: int | None = None
    offset: int | None = None
    pointer: str | None = None
    """JSON Pointer (RFC 6901)."""
    record_id: str | None = None
    advice: str = ""
    severity: Severity = Severity.ERROR
    clause: str = ""
    """Section of the standard that is not met."""

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as JSON-ready dict, without what is not known."""
        plain = asdict(self)
        plain["severity"] = self.severity.value
        return {key: value for key, value in plain.items() if value not in (None, "")}


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that did not become an article; its bytes are in the package all the same."""

    id: str
    path: str
    code: str
    message: str
    advice: str = ""
    sha256: str | None = None
    """None where not one byte could be read."""
    size: int = 0
    record_id: str | None = None
    ordinal: int = 0
    findings: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the line of ``rejected/rejects.jsonl``."""
        plain: dict[str, Any] = {
            "id": self.id,
            "path": self.path,
            "ordinal": self.ordinal,
            "code": self.code,
            "message": self.message,
            "advice": self.advice,
            "bytes": self.size,
            "sha256": self.sha256,
            "warc_record_id": self.record_id,
            "findings": [finding.to_dict() for finding in self.findings],
        }
        return {key: value for key, value in plain.items() if value not in (None, "", [])}


class Purpose(StrEnum):
    """Why a package was made on the base of another."""

    INCREMENT = "increment"
    """It has what is new or changed since then."""
    RETRY = "retry-rejects"
    """It has what was rejected then."""


@dataclass(frozen=True, slots=True)
class BaseReference:
    """The package that another one was made on the base of."""

    identifier: str
    """URN, ``External-Identifier`` of its bag-info.txt."""
    sha256: str
    """Of its tagmanifest-sha256.txt, which stands for every byte of it."""
    purpose: Purpose
    counts: Mapping[str, int]
    """What became of its files (``new``, ``changed``, ``unchanged``, ``gone``) or of its rejects
    (``retried``, ``mended``, ``left``)."""

    def to_dict(self) -> dict[str, Any]:
        """Return the reference as ``metadata/base.json`` has it."""
        return {
            "identifier": self.identifier,
            "tagmanifest_sha256": self.sha256,
            "purpose": self.purpose.value,
            "counts": dict(self.counts),
        }


@dataclass(frozen=True, slots=True)
class RunReport:
    """What an export did."""

    package: str
    articles: int
    rejects: tuple[Reject, ...]
    carried: int
    """Records of source containers that hold no article (images, requests …), kept in ``archive/``."""
    removed_blocks: int
    doubtful_blocks: int
    flags: Mapping[str, int] = field(default_factory=dict)
    """Notices by code, with how often each was met."""
    sidecar_unmatched: tuple[str, ...] = ()
    """Rows of the metadata file that match no article."""
    exit_code: int = 0
    rejected: int = 0
    """Number of all rejects; ``rejects`` names at most the first thousand."""
    articles_unmatched: tuple[str, ...] = ()
    """Articles that no row of the metadata file is about, path and id; at most the first thousand."""
    reject_codes: Mapping[str, int] = field(default_factory=dict)
    """All rejects by cause, the most frequent first."""
    base: BaseReference | None = None
    """The package that this one was made on the base of."""
    warnings: tuple[str, ...] = ()
    """What to look at in a schema of the user's, and what went wrong behind the seal; the package is whole."""


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """What became of a metadata file to be filled in."""

    file: str
    articles: int
    failures: tuple[tuple[str, ArchiverError], ...]
    """Path and error of each input that is no article, and so has no row."""
