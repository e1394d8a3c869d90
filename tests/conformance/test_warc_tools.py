"""What other people's software says of our WARC files, and what ours says of theirs."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.canon import content_urn
from archiver.errors import ArchiverError
from archiver.model.outcome import Finding, Severity
from archiver.model.records import WarcRecord
from archiver.readers.warc import Encoding, WarcCandidate, carry, plan_container, read_warc
from archiver.warc.cdxj import cdxj_line, record_entry, scanned_entry
from archiver.warc.check import check_warc
from archiver.warc.scan import scan, scan_file
from archiver.warc.write import member, record_bytes, warcinfo

DATE = "2026-11-21T08:00:00Z"
INFO = content_urn("info")
WHOLE = WarcRecord("resource", content_urn("whole"), DATE, "application/warc", b"", target_uri="urn:example:file")


def package_records() -> list[WarcRecord]:
    page = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<!doctype html><p>The library is open.</p>"
    )
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n0\r\n\r\n"
    http = "application/http;msgtype=response"
    uri = "https://news.example/brücke?a=b c"
    source = WarcRecord("resource", content_urn("1"), DATE, "text/plain", b"Rain.\n", target_uri=uri, warcinfo_id=INFO)
    return [
        warcinfo(
            {"software": "archiver 0.1.0", "isPartOf": "Sammlung Ähre"}, record_id=INFO, date=DATE, filename="x.warc.gz"
        ),
        source,
        WarcRecord("resource", content_urn("e"), DATE, "text/plain", b"", target_uri="urn:example:empty"),
        WarcRecord("response", content_urn("2"), DATE, http, page, target_uri="https://news.example/2"),
        WarcRecord("response", content_urn("3"), DATE, http, chunked, target_uri="https://news.example/3"),
        WarcRecord("conversion", content_urn("4"), DATE, "application/tei+xml", b"<TEI/>", uri, source.record_id, INFO),
        WarcRecord("metadata", content_urn("5"), DATE, "application/json", b"{}", None, source.record_id, INFO),
        WarcRecord(
            "revisit",
            content_urn("6"),
            DATE,
            http,
            b"",
            "https://news.example/6",
            content_urn("2"),
            extra=(
                ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
                ("WARC-Refers-To-Target-URI", "https://news.example/2"),
                ("WARC-Refers-To-Date", DATE),
                ("WARC-Payload-Digest", "sha256:" + "ab" * 32),
            ),
        ),
    ]


@pytest.fixture(params=["x.warc.gz", "x.warc"])
def warc_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    write = member if path.suffix == ".gz" else record_bytes
    path.write_bytes(b"".join(write(record) for record in package_records()))
    return path


def tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = Path(sys.executable).with_name(name)
    if not script.exists():
        pytest.skip(f"{name} is not installed")
    return subprocess.run([str(script), *arguments], capture_output=True, text=True, timeout=120)


def test_warcio_check_passes(warc_file: Path) -> None:
    done = tool("warcio", "check", "-v", str(warc_file))
    assert (done.returncode, "fail" in done.stdout) == (0, False)
    assert done.stdout.count("digest pass") == len(package_records()) - 1


def test_fastwarc_check_passes(warc_file: Path) -> None:
    done = tool("fastwarc", "check", str(warc_file))
    assert done.returncode == 0, done.stderr + done.stdout


def test_our_own_check_passes(warc_file: Path) -> None:
    assert list(check_warc(warc_file)) == []


def ours(path: Path) -> dict[str, tuple[str, dict[str, str]]]:
    lines = {}
    for item in scan(path):
        entry = None if isinstance(item, Finding) else scanned_entry(item)
        if entry and not isinstance(item, Finding):
            line = cdxj_line(entry, filename=path.name, offset=item.offset, length=item.length).decode()
            key, stamp, fields = line.split(" ", 2)
            lines[json.loads(fields)["offset"]] = (f"{key} {stamp}", json.loads(fields))
    return lines


def theirs(path: Path) -> dict[str, tuple[str, dict[str, str]]]:
    done = tool("cdxj-indexer", str(path))
    assert done.returncode == 0, done.stderr
    lines = {}
    for line in done.stdout.splitlines():
        key, stamp, fields = line.split(" ", 2)
        lines[json.loads(fields)["offset"]] = (f"{key} {stamp}", json.loads(fields))
    return lines


def test_the_index_is_that_of_cdxj_indexer(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    # They list metadata as well, even without a target URI; that is why ours stands in files of its own.
    indexed = [record for record in package_records() if record.type != "metadata"]
    path.write_bytes(b"".join(map(member, indexed)))
    expected, found = theirs(path), ours(path)
    chunked = next(offset for offset, (_, fields) in found.items() if fields["url"].endswith("/3"))
    # A record without a payload digest: they take SHA-1 with the chunk sizes, we SHA-256.
    expected[chunked][1].pop("digest")
    assert found[chunked][1].pop("digest").startswith("sha256:")
    assert found == expected
    assert len(found) == 5


def test_the_entry_of_a_written_record_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(map(member, package_records())))
    written = [entry for record in package_records() if (entry := record_entry(record))]
    scanned = [entry for item in scan(path) if not isinstance(item, Finding) and (entry := scanned_entry(item))]
    assert [(entry.key, entry.timestamp) for entry in written] == [(entry.key, entry.timestamp) for entry in scanned]
    assert [dict(entry.fields).get("digest") for entry in written] == [
        dict(entry.fields).get("digest") for entry in scanned
    ]


# Files of others.


def corpus(shared: Path) -> list[tuple[Path, list[str]]]:
    folder = shared / "warc-corpus"
    if not (folder / "LISTING.tsv").is_file():
        pytest.skip("the corpus of WARC files is not here")
    rows = [line.split("\t") for line in (folder / "LISTING.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return [(folder / row[0], row) for row in rows]


def test_no_file_of_the_corpus_crashes_the_check(shared: Path) -> None:
    for path, _ in corpus(shared):
        for finding in check_warc(path, name="name"):
            assert finding.code.startswith("warc.")
            assert finding.file == "name"


def test_every_file_of_the_corpus_is_restored_and_read(shared: Path, tmp_path: Path) -> None:
    for path, _ in corpus(shared):
        plan = plan_container(path, "name")
        out = io.BytesIO()
        carried = list(carry(path, plan, out, whole=WHOLE))
        data = out.getvalue()
        parts = [data[item.offset :][: item.length] for item in carried if item.restores and item.offset is not None]
        target = tmp_path / "segment"
        target.write_bytes(b"".join(parts))
        if plan.encoding is Encoding.WARC_GZ:
            assert target.read_bytes() == path.read_bytes() == data, path
        records = [item for item in scan(target) if not isinstance(item, Finding)]
        if plan.encoding is Encoding.WARC:
            whole = b"".join(item.header + item.block + b"\r\n\r\n" for item in records)
            assert whole == path.read_bytes(), path
        if plan.encoding is Encoding.PAYLOAD:
            assert records[0].block == path.read_bytes(), path
            bad = [item for item in scan_file(io.BytesIO(data), name="out") if isinstance(item, Finding) or item.errors]
            assert bad == [], path
        sources = [item.source for item in read_warc(path, "name") if isinstance(item, WarcCandidate)]
        assert len(sources) == sum(item.candidate is not None for item in carried)
        assert all(source.record_id and source.path == "name" for source in sources)


def test_the_index_of_foreign_files_is_that_of_cdxj_indexer(shared: Path) -> None:
    compared = 0
    for path, _ in corpus(shared):
        if path.parent.name not in ("warc2zim", "whirlwind", "iipc-specs") or path.suffix != ".gz":
            continue
        expected, found = theirs(path), ours(path)
        for offset, (key, fields) in found.items():
            assert key == expected[offset][0]
            if expected[offset][1].get("status") == "0":  # a status line without a status
                continue
            # Theirs makes up a SHA-1 where a record has no payload digest.
            if fields.get("digest", "").startswith("sha1") or expected[offset][1]["digest"] == fields.get("digest"):
                assert fields == expected[offset][1]
                compared += 1
    assert compared > 100


def test_what_warcio_and_gzip_flag_is_flagged(shared: Path) -> None:
    for path, row in corpus(shared):
        flagged = row[2] == "FAIL" or "bad" in row[3] or "Error" in row[3] or "Failed" in row[3]
        if flagged:
            errors = [item for item in check_warc(path) if item.severity is not Severity.NOTE]
            assert errors, path


def test_what_jhove_names_invalid_is_flagged(shared: Path) -> None:
    missed = []
    for path, row in corpus(shared):
        if path.name.startswith("invalid-") and row[6].startswith("not-wf") and not list(check_warc(path)):
            missed.append(path.name)
    assert missed == []


def test_sound_containers_are_not_stored_as_one_blob(shared: Path) -> None:
    """Files that all five tools pass are carried record by record, unless an id stands in them twice."""
    for path, row in corpus(shared):
        sound = row[6] == "valid" and row[5] == "0" and row[3][:-1].isdigit() and row[4][:-1].isdigit()
        if not sound:
            continue
        plan = plan_container(path, "name")
        codes = {finding.code for finding in plan.findings if finding.severity is Severity.ERROR}
        assert plan.encoding is not Encoding.PAYLOAD or codes <= {"warc.duplicate-record-id"}, path


def test_arc_files_give_the_records_that_warcio_reads(shared: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    for path, row in corpus(shared):
        if ".arc" not in path.name or not row[3][:-1].isdigit() or "bad" in path.name or "invalid" in path.name:
            continue
        if "siegfried" in path.parts:  # signatures without a sound header line
            continue
        with path.open("rb") as file:
            expected = [
                (record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read())
                for record in ArchiveIterator(file, arc2warc=True, no_record_parse=True)
                if record.rec_type != "warcinfo"
            ]
        found = [item for item in scan(path) if not isinstance(item, Finding) and item.type != "warcinfo"]
        assert [(item.target_uri, item.block) for item in found] == expected, path


def test_a_folder_in_place_of_a_file_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiverError):
        list(check_warc(tmp_path))
