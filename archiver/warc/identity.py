"""Ids of records: for those that have none of their own, and whether one can be referred to."""

from __future__ import annotations

import re

from archiver.canon import content_urn, sha256_hex
from archiver.warc.record import field_value

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")


def is_uri(text: str) -> bool:
    """Tell whether ``text`` is made of the characters of a URI (RFC 3986 section 2), with a scheme."""
    return _URI.fullmatch(text) is not None


def arc_record_id(fields: tuple[tuple[str, str], ...], block: bytes) -> str:
    """Return the ``urn:uuid:`` of an ARC record: the same for the same URI, date and block."""
    uri = field_value(fields, "WARC-Target-URI") or field_value(fields, "WARC-Filename") or ""
    return content_urn("arc", uri, field_value(fields, "WARC-Date") or "", sha256_hex(block))
