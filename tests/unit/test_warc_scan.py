"""Records written by hand after WARC 1.1, whole and damaged in one way each."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
from pathlib import Path

import pytest

from archiver.errors import UnreadableError
from archiver.model.outcome import Finding, Severity
from archiver.warc.part import Part
from archiver.warc.record import ScannedRecord, WarcLimits
from archiver.warc.scan import scan, scan_file, scan_part


def record(
    number: int = 1, block: bytes = b"one\n", version: str = "1.1", end: bytes = b"\r\n", **fields: str
) -> bytes:
    """One record by hand; keywords replace fields, ``_`` for ``-``; an empty value leaves the field out."""
    values = {
        "WARC-Type": "resource",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        "WARC-Date": "2026-01-02T03:04:05Z",
        "WARC-Target-URI": f"https://news.example/{number}",
        "WARC-Block-Digest": "sha256:" + hashlib.sha256(block).hexdigest(),
        "Content-Type": "text/plain",
        "Content-Length": str(len(block)),
    }
    values |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in values.items() if value), "", ""]
    return "\r\n".join(lines).encode().replace(b"\r\n", end) + block + b"\r\n\r\n"


def gz(*records: bytes) -> bytes:
    return b"".join(gzip.compress(item, mtime=0) for item in records)


def read(data: bytes, **limits: int) -> tuple[list[ScannedRecord], list[Finding]]:
    items = list(scan_file(io.BytesIO(data), name="x.warc", limits=WarcLimits(**limits)))
    records = [item for item in items if isinstance(item, ScannedRecord)]
    findings: list[Finding] = []
    for item in items:
        findings.extend([item] if isinstance(item, Finding) else item.findings)
    return records, findings


def codes(data: bytes, **limits: int) -> list[str]:
    return [finding.code for finding in read(data, **limits)[1] if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("version", ["0.17", "0.18", "1.0", "1.1"])
def test_plain_file(version: str) -> None:
    one, two = record(1, version=version), record(2, b"second\r\n\r\n", version=version)
    records, findings = read(one + two)
    assert findings == []
    assert [(item.offset, item.length, item.index) for item in records] == [(0, len(one), 0), (len(one), len(two), 1)]
    assert records[1].block == b"second\r\n\r\n"
    assert records[1].header + records[1].block + b"\r\n\r\n" == two
    assert records[0].version == version
    assert records[0].block_digest is True
    assert records[0].record_id == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert records[0].get("warc-TARGET-uri") == "https://news.example/1"


def test_gzip_file_gives_offset_and_length_of_members() -> None:
    one, two = gz(record(1)), gz(record(2))
    records, findings = read(one + two)
    assert findings == []
    assert [(item.offset, item.length) for item in records] == [(0, len(one)), (len(one), len(two))]
    assert all(item.compressed and item.whole for item in records)


def test_member_header_with_extra_name_comment_and_checksum() -> None:
    import zlib

    raw = record(1)
    head = b"\x1f\x8b\x08" + bytes([2 | 4 | 8 | 16]) + b"\0\0\0\0\0\xff" + b"\x04\0sl\0\0" + b"a.warc\0" + b"note\0"
    head += (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little")
    data = head + gz(raw)[10:]
    assert read(data)[1] == []
    assert read(data)[0][0].length == len(data)
    renamed, endless = data.replace(b"a.warc", b"b.warc"), data[:11] + b"\x99" + data[12:]
    for damaged, code in ((renamed, "warc.gzip-damaged"), (endless, "warc.truncated")):
        assert codes(damaged)[0] == code
        assert [item.record_id[-1] for item in read(damaged + gz(record(2)))[0]] == ["2"]


def test_one_member_for_all_records_is_read_and_told() -> None:
    records, findings = read(gz(record(1) + record(2) + record(3)))
    assert [item.block for item in records] == [b"one\n"] * 3
    assert [finding.code for finding in findings] == ["warc.not-record-compressed"]
    assert all(item.length == 0 for item in records)


def test_one_record_in_two_members_is_read_and_told() -> None:
    raw = record(1, b"x" * 100)
    records, findings = read(gz(raw[:-60], raw[-60:]) + gz(record(2)))
    assert [item.block for item in records] == [b"x" * 100, b"one\n"]
    assert [finding.code for finding in findings] == ["warc.not-record-compressed"]


@pytest.mark.parametrize("cut", [1, 8, 9, 30])
def test_cut_last_member(cut: int) -> None:
    data = gz(record(1), record(2))
    found = codes(data[:-cut])
    assert "warc.truncated" in found
    assert set(found) <= {"warc.truncated", "warc.missing-trailer"}


def test_wrong_checksum_of_a_member() -> None:
    one, two = gz(record(1)), gz(record(2))
    damaged = one[:-8] + bytes([one[-8] ^ 1]) + one[-7:]
    records, findings = read(damaged + two)
    assert [finding.code for finding in findings] == ["warc.gzip-crc"]
    assert findings[0].record_id == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert [item.whole for item in records] == [False, True]


def test_after_a_damaged_member_the_next_is_found() -> None:
    one, two, three = gz(record(1, bytes(range(256)) * 40)), gz(record(2, bytes(range(256)) * 40)), gz(record(3))
    middle = len(two) // 2
    damaged = two[:middle] + b"\xff\xff\xff\xff\xff\xff\xff\xff" + two[middle + 8 :]
    records, findings = read(one + damaged + three)
    assert records[-1].record_id.endswith("3")
    assert records[-1].offset == len(one) + len(damaged)
    assert {finding.offset for finding in findings} == {len(one)}


@pytest.mark.parametrize("garbage", [b"garbage", b"\0" * 512, b"\x1f\x8b\x08\xff"])
def test_garbage_behind_and_between_members(garbage: bytes) -> None:
    one, two = gz(record(1)), gz(record(2))
    expected = "warc.trailing-garbage" if not garbage.startswith(b"\x1f") else "warc.gzip-damaged"
    assert codes(one + two + garbage) == [expected]
    records, findings = read(one + garbage + two)
    assert [finding.code for finding in findings] == [expected]
    assert findings[0].offset == len(one)
    assert len(records) == 2


def test_garbage_behind_and_between_plain_records() -> None:
    assert codes(record(1) + b"no record\n") == ["warc.trailing-garbage"]
    records, findings = read(record(1) + b"no record\n" + record(2))
    assert [finding.code for finding in findings] == ["warc.trailing-garbage"]
    assert findings[0].offset == len(record(1))
    assert len(records) == 2


def test_missing_trailer() -> None:
    raw = record(1)
    assert codes(raw[:-4] + record(2)) == ["warc.missing-trailer"]
    assert codes(raw[:-2] + record(2)) == ["warc.missing-trailer"]
    assert codes(gz(raw[:-4], record(2))) == ["warc.missing-trailer"]
    assert codes(record(2) + raw[:-4]) == ["warc.missing-trailer"]


def test_length_too_short() -> None:
    records, findings = read(record(1, b"0123456789", Content_Length="4") + record(2))
    assert [finding.code for finding in findings] == ["warc.bad-length"]
    assert [item.whole for item in records] == [False, True]


@pytest.mark.parametrize("length", ["60", "99999", "99999999999999999", "100000000000000000000000"])
def test_length_too_long_does_not_swallow_the_next_record(length: str) -> None:
    lying = record(1, b"0123456789", Content_Length=length)
    records, findings = read(lying + record(2) + record(3))
    assert "warc.bad-length" in [finding.code for finding in findings]
    assert records[-1].record_id.endswith("3")
    assert [item.record_id[-1] for item in records] == ["1", "2", "3"]
    assert read(gz(lying, record(2)))[0][-1].record_id.endswith("2")


def test_the_true_block_is_recovered_from_a_length_too_long() -> None:
    records, _ = read(record(1, b"0123456789", Content_Length="99") + record(2))
    assert records[0].block == b"0123456789"
    assert records[0].block_digest is True
    assert records[0].whole is False


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "٣"])
def test_senseless_length(length: str) -> None:
    records, findings = read(record(1, Content_Length=length) + record(2))
    assert "warc.bad-length" in [finding.code for finding in findings]
    assert records[-1].record_id.endswith("2")


@pytest.mark.parametrize("field", ["WARC_Type", "WARC_Record_ID", "WARC_Date", "Content_Length"])
def test_mandatory_fields(field: str) -> None:
    records, findings = read(record(1, **{field: ""}) + record(2))
    missing = [finding for finding in findings if finding.code == "warc.missing-field"]
    assert len(missing) == 1
    assert field.replace("_", "-") in missing[0].message
    assert records[-1].record_id.endswith("2")


def test_duplicate_record_id() -> None:
    _, findings = read(record(1) + record(2) + record(1))
    assert [(finding.code, finding.offset) for finding in findings] == [
        ("warc.duplicate-record-id", len(record(1) + record(2)))
    ]


def test_repeated_field_but_not_concurrent_to_or_extensions() -> None:
    raw = record(1)
    twice = raw.replace(b"Content-Type: ", b"Content-Type: text/html\r\nContent-Type: ")
    assert codes(twice) == ["warc.repeated-field"]
    for name in (b"WARC-Concurrent-To: <urn:a:b>", b"WARC-Protocol: h2", b"X-Own: 1"):
        assert codes(raw.replace(b"Content-Type: ", name + b"\r\n" + name + b"\r\nContent-Type: ")) == []


@pytest.mark.parametrize(
    "value",
    [
        "sha256:" + hashlib.sha256(b"one\n").hexdigest(),
        "SHA-256:" + hashlib.sha256(b"one\n").hexdigest().upper(),
        "sha1:" + base64.b32encode(hashlib.sha1(b"one\n").digest()).decode(),
        "sha1:" + base64.b32encode(hashlib.sha1(b"one\n").digest()).decode().lower(),
        "sha1:" + hashlib.sha1(b"one\n").hexdigest(),
        "md5:" + hashlib.md5(b"one\n").hexdigest(),
        "md5:" + base64.b32encode(hashlib.md5(b"one\n").digest()).decode(),
        "sha512:" + hashlib.sha512(b"one\n").hexdigest(),
        "sha512:" + base64.b32encode(hashlib.sha512(b"one\n").digest()).decode(),
        "sha256:" + base64.b32encode(hashlib.sha256(b"one\n").digest()).decode().rstrip("="),
        "sha1:" + base64.b64encode(hashlib.sha1(b"one\n").digest()).decode(),
    ],
)
def test_digests_in_all_encodings(value: str) -> None:
    records, findings = read(record(1, WARC_Block_Digest=value, WARC_Payload_Digest=value))
    assert (records[0].block_digest, records[0].payload_digest) == (True, True)
    assert all(finding.severity is not Severity.ERROR for finding in findings)
    wrong = read(record(1, b"two\n", WARC_Block_Digest=value, WARC_Payload_Digest=value))[1]
    assert {"warc.block-digest-mismatch", "warc.payload-digest-mismatch"} <= {finding.code for finding in wrong}


def test_digest_that_cannot_be_checked() -> None:
    assert codes(record(1, WARC_Block_Digest="sha256:abc")) == ["warc.bad-digest"]
    assert codes(record(1, WARC_Block_Digest="nonsense")) == ["warc.bad-digest"]
    _, findings = read(record(1, WARC_Block_Digest="tiger:00"))
    assert [(finding.code, finding.severity) for finding in findings] == [("warc.unknown-digest", Severity.WARNING)]
    _, findings = read(record(1, WARC_Block_Digest=""))
    assert [(finding.code, finding.severity) for finding in findings] == [("warc.no-digest", Severity.NOTE)]


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("payload", [b"abc", b"3\r\nabc\r\n0\r\n\r\n"])
def test_payload_digest_of_chunks_in_both_readings(payload: bytes) -> None:
    digest = "sha256:" + hashlib.sha256(payload).hexdigest()
    block = HTTP + b"3\r\nabc\r\n0\r\n\r\n"
    records, findings = read(record(1, block, WARC_Type="response", WARC_Payload_Digest=digest))
    assert records[0].payload_digest is True
    # Clause 6.3.2: transfer coding is no part of the payload.
    wrong = [("warc.payload-digest-chunked", Severity.WARNING)] if payload != b"abc" else []
    assert [(finding.code, finding.severity) for finding in findings] == wrong


def test_payload_digest_of_revisit_and_segment_is_of_data_elsewhere() -> None:
    digest = "sha256:" + "0" * 64
    for fields in ({"WARC_Type": "revisit"}, {"WARC_Segment_Number": "1"}):
        records, findings = read(record(1, WARC_Payload_Digest=digest, **fields))
        assert records[0].payload_digest is None
        assert findings == []


def test_line_ends_of_the_header() -> None:
    assert codes(record(1, end=b"\n") + record(2)) == ["warc.bad-header"]


def test_control_characters_and_lines_that_are_no_field() -> None:
    raw = record(1)
    assert codes(raw.replace(b"text/plain", b"text/\0plain")) == ["warc.bad-header"]
    assert codes(raw.replace(b"Content-Type: ", b"Content Type: ")) == ["warc.bad-header"]


def test_folded_and_latin1_headers() -> None:
    raw = record(1).replace(b"Content-Type: ", b"X-Note: caf\xe9\r\n  ol\xe9\r\nContent-Type: ")
    records, findings = read(raw)
    assert records[0].get("x-note") == "café olé"
    assert [finding.code for finding in findings] == ["warc.header-encoding"]


def test_version_line() -> None:
    assert codes(record(1, version="9.9")) == ["warc.unknown-version"]
    assert codes(record(1).replace(b"WARC/1.1", b"warc/1.1")) == []
    assert codes(b"WARC/1.1\r\n") == ["warc.truncated"]


def test_header_limit() -> None:
    raw = record(1, X_Long="x" * 70_000)
    records, findings = read(raw + record(2))
    assert [finding.code for finding in findings] == ["warc.bad-header"]
    assert [item.record_id[-1] for item in records] == ["2"]


def test_a_block_over_the_limit_is_digested_and_not_held() -> None:
    block = b"0123456789" * 1000
    records, findings = read(record(1, block) + record(2), block_bytes=5000, head_bytes=100)
    assert findings == []
    assert (records[0].held, records[0].block, records[0].block_length) == (False, block[:100], 10_000)
    assert records[0].block_digest is True
    damaged = record(1, block, WARC_Block_Digest="sha256:" + "0" * 64)
    assert codes(damaged, block_bytes=5000) == ["warc.block-digest-mismatch"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "warc.empty"),
        (gzip.compress(b"", mtime=0), "warc.empty"),
        (b"\r\n\r\n", "warc.empty"),
        (b"<!doctype html><p>WARC", "warc.not-warc"),
        (gzip.compress(b"hello", mtime=0), "warc.not-warc"),
        (b"\x28\xb5\x2f\xfd....", "warc.unsupported-compression"),
        (b"\x04\x22\x4d\x18....", "warc.unsupported-compression"),
    ],
)
def test_what_is_no_warc(data: bytes, code: str) -> None:
    assert code in codes(data)


def test_findings_tell_file_offset_and_advice() -> None:
    _, findings = read(record(1) + record(2, WARC_Date="yesterday"))
    assert [(item.file, item.offset, item.code) for item in findings] == [("x.warc", len(record(1)), "warc.bad-field")]
    assert findings[0].record_id == "urn:uuid:00000000-0000-4000-8000-000000000002"
    assert findings[0].advice


def test_extra_line_ends_are_told() -> None:
    records, findings = read(record(1) + b"\r\n" * 5000 + record(2))
    assert [finding.code for finding in findings] == ["warc.extra-newlines"]
    assert len(records) == 2


ARC = (
    b"filedesc://x.arc 0.0.0.0 20260102030405 text/plain 69\n"
    b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n\n"
    b"\n"
    b"http://news.example/1 192.0.2.1 20260102030405 text/html 46\n"
    b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\n"
    b"\n"
    b"dns:news.example 192.0.2.2 20260102 text/dns 4\nnone\n"
)


def _arc() -> bytes:
    rest = ARC.partition(b"\n")[2]
    block = rest[: rest.index(b"\n\nhttp")]
    http = ARC[ARC.index(b"HTTP/1.0") : ARC.index(b"\n\ndns:")]
    return ARC.replace(b"plain 69", b"plain %d" % len(block)).replace(b"html 46", b"html %d" % len(http))


@pytest.mark.parametrize("pack", [lambda data: data, lambda data: gzip.compress(data, mtime=0)])
def test_arc_is_told_in_warc_fields(pack: object) -> None:
    records, findings = read(pack(_arc()))  # type: ignore[operator]
    assert {finding.code for finding in findings} <= {"warc.not-record-compressed"}
    assert [item.type for item in records] == ["warcinfo", "response", "resource"]
    assert records[1].target_uri == "http://news.example/1"
    assert records[1].date == "2026-01-02T03:04:05Z"
    assert records[1].get("WARC-IP-Address") == "192.0.2.1"
    assert records[1].block.endswith(b"<p>")
    assert records[2].date == "2026-01-02T00:00:00Z"
    assert records[2].block == b"none"
    assert len({item.record_id for item in records}) == 3
    assert records[1].record_id.startswith("urn:uuid:")


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="some name"):
        list(scan(tmp_path / "absent.warc", name="some name"))


def test_a_gzip_bomb_is_read_within_limits() -> None:
    head = record(1, b"", Content_Length=str(300 * 1024 * 1024), WARC_Block_Digest="")
    bomb = gzip.compress(head[:-4] + b"\0" * (40 * 1024 * 1024), mtime=0)
    records, findings = read(bomb, block_bytes=1024 * 1024)
    assert len(records[0].block) == 64 * 1024
    assert "warc.truncated" in [finding.code for finding in findings]


@pytest.mark.parametrize("packed", [True, False])
def test_a_part_ends_where_it_is_said_to(tmp_path: Path, packed: bool) -> None:
    """Behind a WARC file in a WACZ stands the rest of that; a record that says it is longer does not reach into it."""
    good, liar = (
        b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:%d>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (number, length, block)
        for number, length, block in ((1, 3, b"one"), (2, 50_000_000, b"two"))
    )
    records = [gzip.compress(one, mtime=0) if packed else one for one in (good, liar)]
    path = tmp_path / "a"
    path.write_bytes(b"before" + b"".join(records) + b"behind" * 1000)
    end = 6 + len(b"".join(records))
    found = list(scan_part(path, Part(6, end=end), name="a"))
    blocks = [one.block for one in found if isinstance(one, ScannedRecord)]
    assert blocks[0] == b"one"
    assert b"behind" not in b"".join(blocks)
    assert "warc.truncated" in {
        finding.code for one in found for finding in ([one] if isinstance(one, Finding) else one.findings)
    }
    (first,) = scan_part(path, Part(6, end=6 + len(records[0])), name="a")
    assert isinstance(first, ScannedRecord)
    assert (first.offset, [one.code for one in first.findings]) == (6, ["warc.no-digest"])
