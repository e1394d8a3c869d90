"""Whether the revisits that archiver wrote lead to their originals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.warc.cdxj import index_url, timestamp
from archiver.warc.digest import Label, parse_label
from archiver.warc.record import ScannedRecord, bare_uri
from archiver.warc.revisit import PROFILE


@dataclass(frozen=True, slots=True)
class RevisitLinks:
    """What a revisit says of its original."""

    refers_to: str
    """Record id, empty where it says none; so are the others."""
    target_uri: str
    date: str
    profile: str
    payload: str


@dataclass(frozen=True, slots=True)
class Original:
    """What the record says that a revisit refers to."""

    uri: str
    timestamp: str
    digest: str | None


def revisit_links(record: ScannedRecord) -> RevisitLinks | None:
    """Return what ``record`` says of its original, None for what is no revisit."""
    if record.type != "revisit":
        return None
    named = record.named
    refers_to = bare_uri(named.get("warc-refers-to", ""))
    uri = bare_uri(named.get("warc-refers-to-target-uri", ""))
    date, payload = named.get("warc-refers-to-date", ""), named.get("warc-payload-digest", "")
    return RevisitLinks(refers_to, uri, date, bare_uri(named.get("warc-profile", "")), payload)


def faults_of_revisit(revisit: RevisitLinks, original: Original | None) -> Iterator[str]:
    """Yield what ``revisit`` says wrongly; ``original`` is the record before it that it refers to, None without one.

    archiver writes WARC-Refers-To, -Target-URI and -Date: replay software looks by the latter two (clause 6.7.2).
    """
    if revisit.profile != PROFILE:
        yield f"WARC-Profile is {revisit.profile[:120]!r}, archiver writes {PROFILE!r}"
    if original is None:
        yield f"WARC-Refers-To {revisit.refers_to or '(missing)'} is no capture that stands before it"
        return
    if index_url(revisit.target_uri) != original.uri:
        yield f"WARC-Refers-To-Target-URI is {revisit.target_uri!r}, the record referred to has {original.uri!r}"
    if not revisit.date or timestamp(revisit.date) != original.timestamp:
        yield f"WARC-Refers-To-Date is {revisit.date!r}, the record referred to has {original.timestamp!r}"
    if original.digest is not None and not _same(revisit.payload, original.digest):
        yield f"WARC-Payload-Digest is {revisit.payload!r}, the record referred to has {original.digest!r}"


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    left, right = parse_label(one), parse_label(other)
    return isinstance(left, Label) and isinstance(right, Label) and left.expected == right.expected
