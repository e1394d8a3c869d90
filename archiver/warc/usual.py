"""Whether the fields of a record are such that nothing can be wrong with them, told at small cost: nearly all are.

Where that is not sure the rules themselves are asked, which tell what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from archiver.warc import moment
from archiver.warc.policy import REQUEST, RESPONSE, by_type, is_address, is_media_type
from archiver.warc.record import ScannedRecord
from archiver.warc.revisit import PROFILE
from archiver.warc.verify import MANDATORY, TYPES

_URI = r"[A-Za-z][A-Za-z0-9+.\-]*:[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+"
_Test = Callable[[str], object]
_is_uri = re.compile(_URI).fullmatch
_is_id = re.compile(f"<{_URI}>").fullmatch
_is_media_type = lru_cache(maxsize=64)(is_media_type)
_is_address = lru_cache(maxsize=64)(is_address)
_is_usual_date = lru_cache(maxsize=16)(moment.is_usual)

#: What tells that the value of a field is right, in every version; other fields may have any but none.
_TESTS: dict[str, _Test] = {
    "warc-record-id": _is_id,
    "warc-concurrent-to": _is_id,
    "warc-refers-to": _is_id,
    "warc-warcinfo-id": _is_id,
    "warc-target-uri": _is_uri,
    "warc-refers-to-target-uri": _is_uri,
    "warc-date": _is_usual_date,
    "warc-refers-to-date": _is_usual_date,
    "warc-ip-address": _is_address,
    "warc-identified-payload-type": _is_media_type,
    "warc-profile": frozenset({PROFILE, PROFILE.replace("1.1", "1.0")}).__contains__,
    "content-type": _is_media_type,
}
#: Which Content-Type leaves nothing to be looked at, by type of record.
_CONTENT_TYPES: dict[str, _Test] = {
    "request": REQUEST.__contains__,
    "response": RESPONSE.__contains__,
    "warcinfo": "application/warc-fields".__eq__,
}
_NAMES = frozenset(lower for _, lower in MANDATORY)
#: A longer header is for the rules: what is remembered of names and values must not grow with it.
_LONG = 2 * 1024
#: Their numbers are for the rules.
_SEGMENTS = frozenset({"warc-segment-number", "warc-segment-origin-id", "warc-segment-total-length"})


def is_usual(record: ScannedRecord) -> bool:
    """Tell whether neither :func:`.verify.check_fields` nor :func:`.policy.field_problems` has anything to say."""
    named = record.named
    if len(record.header) > _LONG:
        return False
    if len(named) < len(record.fields) or "" in named.values():
        return False
    kind = named.get("warc-type", "")
    tests = _tests(kind, tuple(named))
    if tests is None:
        return False
    for name, test in tests:
        if not test(named[name]):
            return False
    if kind == "response" and not record.block.startswith(b"HTTP/"):
        return False
    return not record.block_length or "content-type" in named


@lru_cache(maxsize=256)
def _tests(kind: str, names: tuple[str, ...]) -> tuple[tuple[str, _Test], ...] | None:
    """Return which values are to be looked at, by what, where a record of a type has fields of these names.

    None where the names are for the rules; most records of a file have the same.
    """
    if kind not in TYPES or not _NAMES.issubset(names) or not _SEGMENTS.isdisjoint(names):
        return None
    if kind == "revisit" and "warc-payload-digest" not in names:
        return None
    if any(by_type(kind, dict.fromkeys(names, "there"))):
        return None
    special = _CONTENT_TYPES.get(kind)
    return tuple(
        (name, special if special and name == "content-type" else _TESTS[name]) for name in names if name in _TESTS
    )
