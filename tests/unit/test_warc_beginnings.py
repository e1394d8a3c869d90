"""Where the records of a file begin, told without reading all of it."""

from __future__ import annotations

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st

from archiver.warc import beginnings as module
from archiver.warc.beginnings import Beginnings
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
        found = [(offset, content[:64]) for offset, content in Beginnings(io.BytesIO(data), 0, len(data))]
    finally:
        module._STEP = before
    assert found == expected


def test_what_looks_like_a_member_within_another_is_none() -> None:
    # Stored, not compressed (RFC 1951 section 3.2.4), so the bytes stand in the file as they are.
    block = MAGIC + b"\0" * 7 + b"no deflate data"
    data = gzip.compress(b"WARC/1.1\r\n" + block, 0) + gzip.compress(b"WARC/1.1\r\n", 9)
    assert data.count(MAGIC) == 3
    assert [offset for offset, _ in Beginnings(io.BytesIO(data), 0, len(data))] == [0, data.rindex(MAGIC)]


def test_a_file_full_of_such_bytes_is_left_off() -> None:
    data = MAGIC * 2_000_000
    stream = io.BytesIO(data)
    assert list(Beginnings(stream, 0, len(data))) == []
    assert stream.tell() < len(data)


def test_a_file_of_members_that_are_too_short_for_records_is_left_off() -> None:
    data = gzip.compress(b"WARC/", mtime=0) * 40_000
    stream = io.BytesIO(data)
    assert len(list(Beginnings(stream, 0, len(data)))) < 20_000


def test_no_more_is_looked_at_than_was_asked_for() -> None:
    members = [gzip.compress(b"WARC/1.1\r\n" + bytes([number]) * 200, 0) for number in range(5)]
    size = len(b"".join(members[:3]))
    found = Beginnings(io.BytesIO(b"".join(members)), 0, size)
    assert [offset for offset, _ in found] == [0, len(members[0]), 2 * len(members[0])]


def test_a_file_that_begins_with_no_member_has_none() -> None:
    data = b"WARC/1.1\r\n" + gzip.compress(b"WARC/1.1\r\n")
    assert list(Beginnings(io.BytesIO(data), 0, len(data))) == []


def plain(body: bytes, extra: bytes = b"") -> bytes:
    header = b"WARC/1.1\r\nWARC-Type: response\r\n" + extra + b"Content-Length: %d\r\n\r\n" % len(body)
    return header + body + b"\r\n\r\n"


@given(st.lists(st.binary(max_size=9000), max_size=8), st.binary(max_size=50), st.binary(max_size=50))
def test_plain_records_follow_one_another_by_their_lengths(bodies: list[bytes], before: bytes, after: bytes) -> None:
    records = [plain(body) for body in bodies]
    data = b"".join(records)
    found = list(Beginnings(io.BytesIO(before + data + after), len(before), len(data)))
    expected, at = [], len(before)
    for one in records:
        expected.append(at)
        at += len(one)
    assert [offset for offset, _ in found] == expected
    assert all(content == one[:-4][: len(content)] for (_, content), one in zip(found, records, strict=True))
    assert all(len(content) >= min(len(one) - 4, 64) for (_, content), one in zip(found, records, strict=True))


def test_plain_records_end_with_what_is_none() -> None:
    good = plain(b"one")
    for bad in (b"\r\n" + good, b"WARC/1.1\r\nContent-Length: x\r\n\r\n", b"WARC/1.1\r\n" + b"A: b\r\n" * 2000, b"arc"):
        data = good + bad + good
        assert [offset for offset, _ in Beginnings(io.BytesIO(data), 0, len(data))] == [0]


def test_a_length_beyond_the_end_ends_them() -> None:
    data = plain(b"one") + b"WARC/1.1\r\nContent-Length: 999999999999999\r\n\r\n"
    assert len(list(Beginnings(io.BytesIO(data), 0, len(data)))) == 2


def test_a_plain_file_of_records_that_are_too_short_is_left_off() -> None:
    data = plain(b"") * 20_000
    assert len(list(Beginnings(io.BytesIO(data), 0, len(data)))) == 10_000
    data = plain(b"x" * 500) * 11_000
    assert len(list(Beginnings(io.BytesIO(data), 0, len(data)))) == 11_000


def test_members_between_other_bytes_keep_their_place_in_the_file() -> None:
    members = [gzip.compress(b"WARC/1.1\r\n" + bytes([number]) * 200, 0) for number in range(3)]
    data = b"PK header" + b"".join(members) + b"".join(members)
    size = len(b"".join(members))
    assert [offset for offset, _ in Beginnings(io.BytesIO(data), 9, size)] == [
        9 + n * len(members[0]) for n in range(3)
    ]


def test_it_is_known_whether_all_was_looked_at() -> None:
    small = gzip.compress(b"WARC/1.1\r\n" + b"x" * 200, 0)
    large = gzip.compress(b"WARC/1.1\r\n" + b"x" * 2_000_000, 0)
    for data, whole in (
        (b"", True),
        (plain(b"one") * 2, True),
        (plain(b"one") + b"\r\n" + plain(b"two"), False),
        (plain(b"one")[:-1], False),
        (small, True),
        (small + large, True),
        (large, False),
    ):
        found = Beginnings(io.BytesIO(b"before" + data + b"behind"), 6, len(data))
        list(found)
        assert found.whole is whole
