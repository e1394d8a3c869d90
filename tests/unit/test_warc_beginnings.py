"""Where the records of a gzip file begin, told without inflating all of it."""

from __future__ import annotations

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st

from archiver.warc import beginnings as module
from archiver.warc.beginnings import beginnings
from archiver.warc.member import MAGIC

HEADS = st.sampled_from([b"WARC/1.0\r\n", b"WARC/1.1\r\nWARC-Type: response\r\n", b"nothing", b""])
MEMBERS = st.lists(st.tuples(HEADS, st.binary(max_size=3000), st.integers(0, 9)), max_size=12)


@given(MEMBERS, st.integers(5000, 20_000))
def test_each_member_with_a_record_is_met_once(members: list[tuple[bytes, bytes, int]], step: int) -> None:
    data, expected = b"", []
    for head, body, level in members:
        if head.startswith(b"WARC/"):
            expected.append((len(data), (head + body)[:64]))
        data += gzip.compress(head + body, level, mtime=0)
    before, module._STEP = module._STEP, step
    try:
        found = [(offset, content[:64]) for offset, content in beginnings(io.BytesIO(data), len(data))]
    finally:
        module._STEP = before
    assert found == expected


def test_what_looks_like_a_member_within_another_is_none() -> None:
    # Stored, not compressed (RFC 1951 section 3.2.4), so the bytes stand in the file as they are.
    block = MAGIC + b"\0" * 7 + b"no deflate data"
    data = gzip.compress(b"WARC/1.1\r\n" + block, 0) + gzip.compress(b"WARC/1.1\r\n", 9)
    assert data.count(MAGIC) == 3
    assert [offset for offset, _ in beginnings(io.BytesIO(data), len(data))] == [0, data.rindex(MAGIC)]


def test_a_file_full_of_such_bytes_is_left_off() -> None:
    data = MAGIC * 2_000_000
    stream = io.BytesIO(data)
    assert list(beginnings(stream, len(data))) == []
    assert stream.tell() < len(data)


def test_a_file_of_members_that_are_too_short_for_records_is_left_off() -> None:
    data = gzip.compress(b"WARC/", mtime=0) * 40_000
    stream = io.BytesIO(data)
    assert len(list(beginnings(stream, len(data)))) < 20_000


def test_no_more_is_looked_at_than_was_asked_for() -> None:
    members = [gzip.compress(b"WARC/1.1\r\n" + bytes([number]) * 200, 0) for number in range(5)]
    size = len(b"".join(members[:3]))
    found = beginnings(io.BytesIO(b"".join(members)), size)
    assert [offset for offset, _ in found] == [0, len(members[0]), 2 * len(members[0])]


def test_a_file_that_begins_with_no_member_has_none() -> None:
    data = b"WARC/1.1\r\n" + gzip.compress(b"WARC/1.1\r\n")
    assert list(beginnings(io.BytesIO(data), len(data))) == []
