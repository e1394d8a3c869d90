"""Where records lead: revisits, conversions, warcinfo, segments and ids, within one file and within a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

import archiver
from archiver.model.outcome import Finding, Severity

SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
DATE = "2026-01-02T03:04:05Z"
ORIGINAL = "https://news.example/a"
NOWHERE = "<urn:uuid:00000000-0000-4000-8000-0000000000ff>"


def sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def identity(number: int) -> str:
    return f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>"


def record(number: int, kind: str, block: bytes = b"", **fields: str) -> bytes:
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": identity(number),
        "WARC-Date": DATE,
        "WARC-Target-URI": f"https://news.example/{number}",
        "WARC-Block-Digest": sha256(block),
        "Content-Type": "text/plain",
    }
    if kind in ("warcinfo", "metadata"):
        del head["WARC-Target-URI"]
    head |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value)
    return f"WARC/1.1\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def original(number: int = 1) -> bytes:
    block = b"a text"
    return record(number, "resource", block, WARC_Target_URI=ORIGINAL, WARC_Payload_Digest=sha256(block))


def revisit(number: int = 2, **fields: str) -> bytes:
    usual = {
        "WARC_Profile": SAME,
        "WARC_Payload_Digest": sha256(b"a text"),
        "WARC_Refers_To": identity(1),
        "WARC_Refers_To_Target_URI": ORIGINAL,
        "WARC_Refers_To_Date": DATE,
    }
    return record(number, "revisit", **(usual | fields))


def found(path: Path) -> list[Finding]:
    return archiver.verify(path, jobs=1)


def told(folder: Path, *records: bytes) -> list[tuple[str, Severity]]:
    path = folder / "x.warc"
    path.write_bytes(b"".join(records))
    return [(one.code, one.severity) for one in found(path)]


_SOUND: Mapping[str, tuple[bytes, ...]] = {
    "all three": (original(), revisit()),
    "by id alone": (original(), revisit(WARC_Refers_To_Target_URI="", WARC_Refers_To_Date="")),
    "by address and date alone": (original(), revisit(WARC_Refers_To="")),
    "a date with a fraction": (original(), revisit(WARC_Refers_To_Date="2026-01-02T03:04:05.25Z")),
    "digests by two algorithms": (original(), revisit(WARC_Payload_Digest="sha1:" + "A" * 32)),
    "a conversion": (original(), record(2, "conversion", b"b", WARC_Refers_To=identity(1))),
    "a warcinfo": (record(1, "warcinfo", Content_Type=""), record(2, "resource", WARC_Warcinfo_ID=identity(1))),
    "segments": (
        record(1, "resource", b"abc", WARC_Segment_Number="1"),
        record(
            2,
            "continuation",
            b"de",
            WARC_Target_URI="https://news.example/1",
            WARC_Segment_Number="2",
            WARC_Segment_Origin_ID=identity(1),
            WARC_Segment_Total_Length="5",
        ),
    ),
}


@pytest.mark.parametrize("name", _SOUND)
def test_records_that_lead_to_each_other(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, *_SOUND[name]) == []


@pytest.mark.parametrize(
    ("code", "severity", "records"),
    [
        ("warc.revisit-unresolved", Severity.NOTE, (original(), revisit(WARC_Refers_To=NOWHERE))),
        ("warc.revisit-unresolved", Severity.NOTE, (revisit(WARC_Refers_To=""),)),
        (
            "warc.revisit-unresolved",
            Severity.NOTE,
            (original(), revisit(WARC_Refers_To="", WARC_Refers_To_Target_URI="", WARC_Refers_To_Date="")),
        ),
        (
            "warc.revisit-mismatch",
            Severity.WARNING,
            (original(), revisit(WARC_Refers_To_Target_URI="https://elsewhere.example/")),
        ),
        ("warc.revisit-mismatch", Severity.WARNING, (original(), revisit(WARC_Refers_To_Date="2025-01-02T03:04:05Z"))),
        ("warc.revisit-mismatch", Severity.WARNING, (original(), revisit(WARC_Payload_Digest=sha256(b"other")))),
        (
            "warc.revisit-mismatch",
            Severity.WARNING,
            (original(), revisit(WARC_Refers_To="", WARC_Payload_Digest=sha256(b"other"))),
        ),
        ("warc.missing-field", Severity.ERROR, (original(), revisit(WARC_Payload_Digest=""))),
        ("warc.unknown-profile", Severity.NOTE, (original(), revisit(WARC_Profile="https://profiles.example/1"))),
        (
            "warc.reference-unresolved",
            Severity.NOTE,
            (original(), record(2, "conversion", b"b", WARC_Refers_To=NOWHERE)),
        ),
        ("warc.reference-unresolved", Severity.NOTE, (original(), record(2, "metadata", b"b", WARC_Refers_To=NOWHERE))),
        ("warc.warcinfo-unresolved", Severity.NOTE, (record(2, "resource", WARC_Warcinfo_ID=NOWHERE),)),
        (
            "warc.warcinfo-unresolved",
            Severity.WARNING,
            (original(), record(2, "resource", WARC_Warcinfo_ID=identity(1))),
        ),
    ],
)
def test_records_that_lead_elsewhere(tmp_path: Path, code: str, severity: Severity, records: tuple[bytes, ...]) -> None:
    assert told(tmp_path, *records) == [(code, severity)]


def test_what_drafts_before_1_0_demand_of_a_revisit_is_left_open(tmp_path: Path) -> None:
    old = revisit(WARC_Payload_Digest="").replace(b"WARC/1.1", b"WARC/0.17")
    assert told(tmp_path, original(), old) == []


def test_many_that_lead_nowhere_are_one_finding(tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(b"".join(revisit(number, WARC_Refers_To=NOWHERE) for number in (2, 3, 4)))
    (one,) = found(tmp_path / "x.warc")
    assert one.code == "warc.revisit-unresolved"
    assert one.offset == 0
    assert one.message.startswith("3 revisit records")


def segment(number: int, ordinal: int, block: bytes, *, total: str = "", uri: str = "1") -> bytes:
    return record(
        number,
        "continuation",
        block,
        WARC_Target_URI=f"https://news.example/{uri}",
        WARC_Segment_Number=str(ordinal),
        WARC_Segment_Origin_ID=identity(1),
        WARC_Segment_Total_Length=total,
    )


FIRST = record(1, "resource", b"abc", WARC_Segment_Number="1")
LOST, WRONG = ("warc.segment-missing", Severity.WARNING), ("warc.segment-mismatch", Severity.ERROR)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((segment(2, 2, b"de", total="5"),), [LOST]),
        ((FIRST,), [LOST]),
        ((FIRST, segment(2, 2, b"de")), [LOST]),
        ((FIRST, segment(2, 3, b"de", total="9")), [LOST]),
        ((FIRST, segment(2, 2, b"de", total="6")), [WRONG]),
        ((FIRST, segment(2, 2, b"de", total="5"), segment(3, 3, b"f", total="6")), [WRONG]),
        ((FIRST, segment(2, 2, b"de", total="5"), segment(3, 2, b"de", total="5")), [WRONG]),
        ((FIRST, segment(2, 2, b"de", total="5", uri="2")), [WRONG]),
        ((record(1, "resource", b"abc"), segment(2, 2, b"de", total="5")), [WRONG]),
    ],
)
def test_segments(tmp_path: Path, records: tuple[bytes, ...], expected: list[tuple[str, Severity]]) -> None:
    assert told(tmp_path, *records) == expected


def test_files_of_a_folder_complete_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(original() + record(7, "warcinfo", Content_Type=""))
    (tmp_path / "b.warc").write_bytes(revisit(WARC_Warcinfo_ID=identity(7)))
    (tmp_path / "c.warc").write_bytes(record(8, "resource", b"abc", WARC_Segment_Number="1"))
    rest = segment(9, 2, b"de", total="5", uri="8").replace(identity(1).encode(), identity(8).encode())
    (tmp_path / "d.warc").write_bytes(rest)
    assert found(tmp_path) == []
    assert [one.code for one in found(tmp_path / "b.warc")] == ["warc.warcinfo-unresolved", "warc.revisit-unresolved"]


def test_one_id_in_two_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(original() + record(3, "resource", b"x"))
    (tmp_path / "b.warc").write_bytes(record(5, "resource", b"y") + record(1, "resource", b"z"))
    (one,) = found(tmp_path)
    assert (one.code, one.file, one.severity) == ("warc.record-id-elsewhere", "b.warc", Severity.WARNING)
    assert one.offset == len(record(5, "resource", b"y"))
    assert "a.warc" in one.message


HTTP = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("code", "severity", "fields"),
    [
        ("warc.bad-field", Severity.ERROR, {"WARC_Date": "2020-13-45T99:99:99Z"}),
        ("warc.bad-field", Severity.ERROR, {"WARC_Date": "2026-02-30T00:00:00Z"}),
        ("warc.bad-field", Severity.ERROR, {"WARC_Date": "2100-02-29"}),
        ("warc.bad-field", Severity.ERROR, {"WARC_Date": "2026-01-01T24:00:00Z"}),
        ("warc.bad-field", Severity.ERROR, {"WARC_IP_Address": "999.1.1.1"}),
        ("warc.bad-field", Severity.ERROR, {"WARC_IP_Address": "1.1.1"}),
        ("warc.bad-field", Severity.ERROR, {"WARC_IP_Address": ":::::"}),
        ("warc.http-message", Severity.WARNING, {"Content_Type": "application/http; msgtype=request"}),
        (
            "warc.payload-digest-chunked",
            Severity.WARNING,
            {"WARC_Payload_Digest": sha256(HTTP.split(b"\r\n\r\n", 1)[1])},
        ),
        ("", Severity.NOTE, {"WARC_Date": "2024-02-29T23:59:60.5Z"}),
        ("", Severity.NOTE, {"WARC_Date": "2026-01"}),
        ("", Severity.NOTE, {"WARC_IP_Address": "192.0.2.255"}),
        ("", Severity.NOTE, {"WARC_IP_Address": "2001:db8::192.0.2.1"}),
        ("", Severity.NOTE, {"WARC_Payload_Digest": sha256(b"abc")}),
    ],
)
def test_values_of_fields(tmp_path: Path, code: str, severity: Severity, fields: dict[str, str]) -> None:
    usual = {"Content_Type": "application/http;msgtype=response"}
    raw = record(1, "response", HTTP, **(usual | fields))
    assert told(tmp_path, raw) == ([(code, severity)] if code else [])


def test_refers_to_date_is_a_date_of_the_calendar(tmp_path: Path) -> None:
    faulty = revisit(WARC_Refers_To_Target_URI="", WARC_Refers_To_Date="2026-02-30T00:00:00Z")
    assert told(tmp_path, original(), faulty) == [("warc.bad-field", Severity.ERROR)]


@pytest.mark.parametrize("date", ["2026-01-02T03:04:05.5Z", "2026-01-02"])
def test_dates_that_came_with_1_1(tmp_path: Path, date: str) -> None:
    raw = record(1, "resource", b"a", WARC_Date=date)
    assert told(tmp_path, raw) == []
    assert told(tmp_path, raw.replace(b"WARC/1.1", b"WARC/1.0")) == [("warc.date-precision", Severity.WARNING)]


@pytest.mark.parametrize(
    ("block", "fields", "codes"),
    [
        (b"no such thing", {}, ["warc.http-message"]),
        (b"", {}, []),
        (b"cut", {"WARC_Truncated": "length"}, []),
        (b"a dns answer", {"WARC_Target_URI": "dns:news.example", "Content_Type": "text/dns"}, []),
    ],
)
def test_a_response_of_the_web_is_http(tmp_path: Path, block: bytes, fields: dict[str, str], codes: list[str]) -> None:
    raw = record(1, "response", block, **({"Content_Type": "application/http"} | fields))
    assert [code for code, _ in told(tmp_path, raw)] == codes
