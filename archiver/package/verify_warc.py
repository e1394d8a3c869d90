"""Reading the WARC files of a package: what is wrong with their records, and what the rest is compared with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archiver.canon import sha256_hex
from archiver.errors import UnreadableError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.verify_links import RevisitLinks, revisit_links
from archiver.warc.cdxj import CdxEntry, scanned_entry
from archiver.warc.check import check_part
from archiver.warc.digest import block_sha256
from archiver.warc.part import Part
from archiver.warc.policy import strange_fields
from archiver.warc.record import ScannedRecord, WarcLimits, bare_uri

#: What is checked is not handed on, so that a long block need not be held.
_LIMITS = WarcLimits(block_bytes=32 * 1024 * 1024)
#: Of what was captured, the record header and the HTTP header are enough.
_LIMITS_OF_ARCHIVE = WarcLimits(block_bytes=32 * 1024 * 1024, enough_bytes=64 * 1024)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index must say of a record."""

    key: str
    timestamp: str
    url: str
    digest: str | None
    mime: str | None
    status: str | None
    whole: bool
    """False where the block was too long to be held, so that not all of it is known."""


@dataclass(frozen=True, slots=True)
class Own:
    """What the fields of a record say that archiver itself decides, where it wrote the record."""

    date: str
    warcinfo_id: str
    """Empty where it names none."""
    info: bytes | None
    """The block of a ``warcinfo`` record, None for all others."""


@dataclass(frozen=True, slots=True)
class Held:
    """One record of ``archive/``."""

    record_id: str
    offset: int
    length: int
    block_length: int
    sha256: str | None
    """Of the block, in hexadecimal, where the record says it and it was found to be true."""
    indexed: Indexed | None
    """None for records that do not belong in the index."""
    strange: tuple[str, ...]
    """Fields that the standard does not know: archiver writes none."""
    own: Own
    revisit: RevisitLinks | None
    """What a revisit says of its original."""


@dataclass(frozen=True, slots=True)
class Derived:
    """One record of ``derived/``."""

    type: str
    record_id: str
    refers_to: str
    offset: int
    key: bytes
    """:func:`derived_key` of it."""
    sha256: str | None
    strange: tuple[str, ...]
    target_uri: str | None
    content_type: str
    own: Own


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one WARC file, or a part of it, holds."""

    file: str
    """Relative to ``data/``."""
    findings: tuple[Finding, ...]
    held: tuple[Held, ...] = ()
    derived: tuple[Derived, ...] = ()


def scan_warc(root: Path, file: str, part: Part) -> tuple[Scanned, int | None]:
    """Read a WARC file of the package at ``root``, or some members of it, record by record.

    Returns with it where what follows can be read by itself, None if nothing does.
    """
    shown = f"{layout.DATA}/{file}"
    archive = file.startswith(f"{layout.ARCHIVE}/")
    held: list[Held] = []
    derived: list[Derived] = []

    def keep(record: ScannedRecord) -> None:
        if archive:
            held.append(_held(record))
        else:
            derived.append(_derived(record))

    limits = _LIMITS_OF_ARCHIVE if archive else _LIMITS
    checked = check_part(root / layout.DATA / file, part, name=shown, limits=limits, keep=keep)
    findings: list[Finding] = []
    end = None
    try:
        while True:
            findings.append(next(checked))
    except StopIteration as stopped:
        end = stopped.value
    except UnreadableError as error:
        findings.append(Finding("warc.unreadable", error.message, file=shown, advice=error.advice))
    return Scanned(file, tuple(findings), tuple(held), tuple(derived)), end


def derived_key(kind: str, refers_to: str, sha256: str) -> bytes:
    """Return a short key for a derived record: type, record it was made from, digest of its block."""
    return hashlib.blake2b(f"{kind} {refers_to} {sha256}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _held(record: ScannedRecord) -> Held:
    entry = scanned_entry(record) if record.length else None
    return Held(
        record.record_id,
        record.offset,
        record.length,
        record.block_length,
        block_sha256(record),
        None if entry is None else _indexed(entry, whole=record.held),
        strange_fields(record),
        _own(record),
        revisit_links(record),
    )


def _indexed(entry: CdxEntry, *, whole: bool) -> Indexed:
    said = dict(entry.fields).get
    return Indexed(entry.key, entry.timestamp, said("url", ""), said("digest"), said("mime"), said("status"), whole)


def _derived(record: ScannedRecord) -> Derived:
    kind, named = record.type, record.named
    refers_to = bare_uri(named.get("warc-refers-to", ""))
    sha256 = block_sha256(record)
    key = derived_key(kind, refers_to, sha256 or sha256_hex(record.block))
    return Derived(
        kind,
        record.record_id,
        refers_to,
        record.offset,
        key,
        sha256,
        strange_fields(record),
        target_uri=record.target_uri,
        content_type=named.get("content-type", ""),
        own=_own(record),
    )


def _own(record: ScannedRecord) -> Own:
    named = record.named
    info = record.block if record.type == "warcinfo" else None
    return Own(named.get("warc-date", ""), bare_uri(named.get("warc-warcinfo-id", "")), info)
