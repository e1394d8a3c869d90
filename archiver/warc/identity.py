"""Ids for records that have none of their own."""

from __future__ import annotations

from archiver.canon import content_urn, sha256_hex
from archiver.warc.record import field_value


def arc_record_id(fields: tuple[tuple[str, str], ...], block: bytes) -> str:
    """Return the ``urn:uuid:`` of an ARC record: the same for the same URI, date and block."""
    uri = field_value(fields, "WARC-Target-URI") or field_value(fields, "WARC-Filename") or ""
    return content_urn("arc", uri, field_value(fields, "WARC-Date") or "", sha256_hex(block))
