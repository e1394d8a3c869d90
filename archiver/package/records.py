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
_CONTAINER = "application/warc"
Places = dict[str, list[Segment]]
"""Record id, or digest of the block, to where such records begin; each range ends with its segment."""


class RecordFinder:
    """Finds records in ``data/archive``; remembers where the records of the last input file stand.

    Ids of records that other people made need not be unique: of several the one counts that has the payload.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._near: tuple[SourceFile | None, Places] = (None, {})
        self._all: Places | None = None
        self._turns: dict[str, int] = {}
        """Where to look first among the records of an id that several have: articles are asked for in their order."""

    def payload(self, record_id: str, sha256: str, source: SourceFile | None) -> bytes:
        """Return the payload of a record: the file, the HTTP entity, the line; ``sha256`` tells which reading is meant.

        ``source`` is the input file that the record should come from. Raises PackageError if the
        record is not there, FixityError if its payload has another digest.
        """
        met = False
        for record in self._records(record_id, sha256, source):
            met = True
            for payload in _readings(record):
                if sha256_hex(payload) == sha256:
                    return payload
        if not met:
            raise PackageError(
                "the record is not in archive/", place=record_id, advice="run `archiver verify` on the package"
            )
        raise FixityError(
            f"the record does not have the payload with sha256 {sha256}",
            place=record_id,
            advice="run `archiver verify` on the package",
        )

    def _records(self, record_id: str, sha256: str, source: SourceFile | None) -> Iterator[ScannedRecord]:
        """Yield the records that may hold the payload, most likely first."""
        if source is not None:
            yield from self._of_source(record_id, sha256, source)
        for record in self._everywhere(record_id):
            yield record
            found = record
            for _ in range(_REVISITS):
                refers = found.get("WARC-Refers-To") if found.type == "revisit" else None
                original = next(self._everywhere(bare_uri(refers)), None) if refers else None
                if original is None:
                    break
                found = original
                yield found

    def _of_source(self, record_id: str, sha256: str, source: SourceFile) -> Iterator[ScannedRecord]:
        """Yield those of the segments of the file. Where a payload stands in another file's record, they lead there."""
        own = source.encoding == "payload"
        if own and source.articles + source.rejects + source.carried <= 1:
            for segment in source.segments:
                yield from _scan(self._data, segment)
            return
        if self._near[0] != source:
            self._near = (source, _index(self._data, source.segments, by_digest=own))
        yield from self._at(f"sha256:{sha256}" if own else record_id, self._near[1])

    def _everywhere(self, record_id: str) -> Iterator[ScannedRecord]:
        if self._all is None:
            files = layout.warc_files(self._data, layout.ARCHIVE)
            whole = (Segment(f"{layout.ARCHIVE}/{path.name}", 0, path.stat().st_size) for path in files)
            self._all = _index(self._data, tuple(whole), by_digest=False)
        yield from self._at(record_id, self._all)

    def _at(self, key: str, known: Places) -> Iterator[ScannedRecord]:
        places = known.get(key, ())
        if len(places) == 1:
            yield next(_scan(self._data, places[0]))
            return
        first = self._turns.get(key, 0)
        for step in range(len(places)):
            turn = (first + step) % len(places)
            self._turns[key] = turn + 1
            yield next(_scan(self._data, places[turn]))


def _index(data: Path, segments: tuple[Segment, ...], *, by_digest: bool) -> Places:
    """Return for each id or digest of a block the ranges from such members to the end of their segment."""
    places: Places = {}
    for segment in segments:
        end = segment.offset + segment.length
        for record in _scan(data, segment, limits=WarcLimits()):
            offset = segment.offset + record.offset
            key = (record.get("WARC-Block-Digest") or "") if by_digest else record.record_id
            places.setdefault(key, []).append(Segment(segment.file, offset, end - offset))
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
        if record.get("Content-Type") == _CONTAINER:
            # A damaged file that is kept whole: what could be read of it was read out of this record.
            for item in scan_file(io.BytesIO(record.block), name="", limits=_WHOLE):
                if isinstance(item, ScannedRecord):
                    yield from _readings(item)
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
