"""Finding one archived record by its id, without reading more of ``archive/`` than needed."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from archiver.canon import sha256_hex
from archiver.errors import ArticleError, FixityError, PackageError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.atomic import package_error
from archiver.package.listing import Segment, SourceFile
from archiver.warc.http import http_entity, payload_readings
from archiver.warc.record import ScannedRecord, WarcLimits, bare_uri
from archiver.warc.scan import scan_file

#: A record that was asked for is handed out whole, however long.
_WHOLE = WarcLimits(block_bytes=1 << 50)
_REVISITS = 2


class RecordFinder:
    """Finds records in ``data/archive``; remembers where the records of the last input file stand."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._near: tuple[SourceFile | None, dict[str, Segment]] = (None, {})
        self._all: dict[str, Segment] | None = None

    def payload(self, record_id: str, sha256: str, source: SourceFile | None) -> bytes:
        """Return the payload of a record: the file, the HTTP entity, the line; ``sha256`` tells which reading is meant.

        ``source`` is the input file that the record should come from. Raises PackageError if the
        record is not there, FixityError if its payload has another digest.
        """
        record = self._find(record_id, source)
        for _ in range(_REVISITS):
            refers = record.get("WARC-Refers-To") if record.type == "revisit" else None
            if not refers:
                break
            record = self._find(bare_uri(refers), source)
        for payload in _readings(record):
            if sha256_hex(payload) == sha256:
                return payload
        raise FixityError(
            f"the record does not have the payload with sha256 {sha256}",
            place=record_id,
            advice="run `archiver verify` on the package",
        )

    def _find(self, record_id: str, source: SourceFile | None) -> ScannedRecord:
        if source is not None and source.articles + source.rejects + source.carried <= 1:
            for segment in source.segments:
                for record in _scan(self._data, segment):
                    if record.record_id == record_id:
                        return record
        place = self._place(record_id, source)
        if place is not None:
            for record in _scan(self._data, place):
                if record.record_id == record_id:
                    return record
        raise PackageError(
            "the record is not in archive/", place=record_id, advice="run `archiver verify` on the package"
        )

    def _place(self, record_id: str, source: SourceFile | None) -> Segment | None:
        if source is not None:
            if self._near[0] != source:
                self._near = (source, _index(self._data, source.segments))
            if record_id in self._near[1]:
                return self._near[1][record_id]
        if self._all is None:
            files = layout.warc_files(self._data, layout.ARCHIVE)
            whole = (Segment(f"{layout.ARCHIVE}/{path.name}", 0, path.stat().st_size) for path in files)
            self._all = _index(self._data, tuple(whole))
        return self._all.get(record_id)


def _index(data: Path, segments: tuple[Segment, ...]) -> dict[str, Segment]:
    """Return for each record id the range from its member to the end of the segment."""
    places: dict[str, Segment] = {}
    for segment in segments:
        end = segment.offset + segment.length
        for record in _scan(data, segment, limits=WarcLimits()):
            offset = segment.offset + record.offset
            places.setdefault(record.record_id, Segment(segment.file, offset, end - offset))
    return places


def _scan(data: Path, segment: Segment, *, limits: WarcLimits = _WHOLE) -> Iterator[ScannedRecord]:
    path = data / segment.file
    try:
        with path.open("rb") as file:
            window = cast("BinaryIO", io.BufferedReader(_Window(file, segment.offset, segment.length)))
            for item in scan_file(window, name=segment.file, limits=limits):
                if not isinstance(item, Finding):
                    yield item
    except OSError as error:
        raise package_error(error, path, "read the file") from error


def _readings(record: ScannedRecord) -> Iterator[bytes]:
    """Yield what the payload of a record can be taken to be, most likely first."""
    if record.type != "response":
        yield record.block
        return
    # Where codings are damaged the other readings follow; if none fits, the caller says so.
    with contextlib.suppress(ArticleError):
        yield http_entity(record.block, max_bytes=1 << 50, max_ratio=1 << 50).body
    yield from payload_readings(record.block)
    yield record.block


class _Window(io.RawIOBase):
    """A range of a file as a file of its own."""

    def __init__(self, file: BinaryIO, offset: int, length: int) -> None:
        super().__init__()
        self._file = file
        self._start = offset
        self._length = length
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = min(len(buffer), max(0, self._length - self._at))
        self._file.seek(self._start + self._at)
        piece = self._file.read(size)
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
