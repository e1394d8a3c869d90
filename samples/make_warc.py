"""Make samples/warc-capture/input.warc.gz from the pages in samples/warc-capture/sources.

Written with warcio, with record ids and dates that never change: running it again gives the same records.
Run as ``python samples/make_warc.py``.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

CASE = Path(__file__).resolve().parent / "warc-capture"
HOST = "https://stories.example.org"
#: One red pixel: signature, IHDR, IDAT and IEND of a PNG file.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


class _Capture:
    """Writes records one after the other, each with the next id."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self._writer = WARCWriter(self.buffer, gzip=True, warc_version="WARC/1.1")
        self._number = 0

    def add(self, kind: str, uri: str | None, date: str, block: bytes, **options: Any) -> str:
        """Write one record and return its id; ``http`` gives the head of a message, ``extra`` further fields."""
        self._number += 1
        record_id = f"<urn:uuid:5a3d1c00-0000-4000-8000-{self._number:012d}>"
        head = {"WARC-Record-ID": record_id, "WARC-Date": date, **options.get("extra", {})}
        record = self._writer.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(block),
            length=len(block),
            warc_headers_dict=head,
            http_headers=options.get("http"),
            warc_content_type=options.get("content_type", ""),
        )
        self._writer.write_record(record)
        return record_id

    def fetch(self, path: str, date: str, status: str, headers: list[tuple[str, str]], body: bytes) -> str:
        """Write a request and its response; return the id of the response."""
        asked = StatusAndHeaders(
            f"GET {path} HTTP/1.1",
            [("Host", "stories.example.org"), ("User-Agent", "sample-crawler/1.0"), ("Accept", "*/*")],
            protocol="",
            is_http_request=True,
        )
        response = self.add(
            "response",
            HOST + path,
            date,
            body,
            http=StatusAndHeaders(status, [*headers, ("Content-Length", str(len(body)))], protocol="HTTP/1.1"),
        )
        self.add("request", HOST + path, date, b"", http=asked, extra={"WARC-Concurrent-To": response})
        return response


def make() -> bytes:
    """Return the WARC file: warcinfo, then requests, responses and a metadata record."""
    capture = _Capture()
    capture.add(
        "warcinfo",
        None,
        "2018-11-06T10:15:00Z",
        b"software: sample-crawler/1.0\r\nformat: WARC File Format 1.1\r\n",
        content_type="application/warc-fields",
        extra={"WARC-Filename": "input.warc.gz"},
    )
    capture.fetch(
        "/old/organ", "2018-11-06T10:15:01Z", "301 Moved Permanently", [("Location", f"{HOST}/culture/organ")], b""
    )
    organ = (CASE / "sources" / "organ.html").read_bytes()
    page = capture.fetch(
        "/culture/organ",
        "2018-11-06T10:15:02Z",
        "200 OK",
        [("Content-Type", "text/html; charset=iso-8859-1")],
        organ,
    )
    capture.add(
        "metadata",
        f"{HOST}/culture/organ",
        "2018-11-06T10:15:03Z",
        b"fetchTimeMs: 41\r\noutlink: " + HOST.encode() + b"/img/organ.png E =EMBED_MISC\r\n",
        content_type="application/warc-fields",
        extra={"WARC-Refers-To": page},
    )
    capture.fetch("/img/organ.png", "2018-11-06T10:15:04Z", "200 OK", [("Content-Type", "image/png")], PIXEL)
    kites = (CASE / "sources" / "kites.html").read_bytes()
    capture.fetch(
        "/fr/cerfs-volants",
        "2018-11-06T10:15:06Z",
        "200 OK",
        [("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
        gzip.compress(kites, mtime=0),
    )
    return capture.buffer.getvalue()


if __name__ == "__main__":
    (CASE / "input.warc.gz").write_bytes(make())
