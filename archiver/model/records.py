"""WARC records before they are bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One WARC 1.1 record (ISO 28500:2017) with all that decides its bytes.

    No field may hold a control character; the writer refuses it.
    """

    type: str
    """``warcinfo``, ``resource``, ``conversion``, ``metadata``, ``response``, ``request`` or ``revisit``."""
    record_id: str
    """``urn:uuid:…`` without angle brackets."""
    date: str
    """WARC-Date, W3CDTF in UTC: ``2026-11-21T08:00:00Z``."""
    content_type: str
    block: bytes
    target_uri: str | None = None
    refers_to: str | None = None
    """``urn:uuid:…`` of the record this one was made from."""
    warcinfo_id: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    """Further named fields, in the order in which they are written."""
