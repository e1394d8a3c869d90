"""A ``revisit`` record in place of one whose payload is in the package already (WARC 1.1 clause 6.7.2)."""

from __future__ import annotations

import zlib

from archiver.model.records import WarcRecord
from archiver.warc.header import Header, header_length, parse_header
from archiver.warc.record import bare_uri, field_value

PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

#: More than the header of a record that archiver wrote ever takes, compressed or not.
HEAD_BYTES = 1 << 20


def header_of(member: bytes) -> Header:
    """Return the record header in a gzip member that archiver wrote, or in its first :data:`HEAD_BYTES`."""
    content = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(member, HEAD_BYTES)
    return parse_header(content[: header_length(content)])


def revisit_record(own: Header, original: Header) -> WarcRecord:
    """Return the record that says: the payload of ``own`` is that of ``original``, a ``resource`` record.

    It keeps id, date and address of ``own``. There is no HTTP header to keep, so the block is empty.
    Replay software looks for the original by its address and date, never by its id: all three are told.
    """
    warcinfo_id = _get(own, "WARC-Warcinfo-ID")
    return WarcRecord(
        type="revisit",
        record_id=bare_uri(_get(own, "WARC-Record-ID")),
        date=_get(own, "WARC-Date"),
        content_type="",
        block=b"",
        target_uri=_get(own, "WARC-Target-URI"),
        refers_to=bare_uri(_get(original, "WARC-Record-ID")),
        warcinfo_id=bare_uri(warcinfo_id) if warcinfo_id else None,
        extra=(
            ("WARC-Refers-To-Target-URI", _get(original, "WARC-Target-URI")),
            ("WARC-Refers-To-Date", _get(original, "WARC-Date")),
            ("WARC-Profile", PROFILE),
            ("WARC-Payload-Digest", _get(own, "WARC-Payload-Digest")),
        ),
    )


def _get(header: Header, name: str) -> str:
    return field_value(header.fields, name) or ""
