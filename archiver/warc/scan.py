"""Streaming scanner of WARC 0.17 to 1.1 and ARC files: every record, and everything that is wrong.

At most one record is held in memory. After damage the scanner goes on at the next gzip member or
version line. Rules: ISO 28500:2017 clauses 4, 5 and annex D.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from archiver.errors import UnreadableError
from archiver.model.outcome import Finding
from archiver.opening import open_regular
from archiver.warc.arc import MAX_LINE, arc_fields
from archiver.warc.feed import CHUNK, Feed, PlainFeed
from archiver.warc.frame import Block, read_block, read_trailer, skip_to_record, starts_record
from archiver.warc.gzip_feed import GzipFeed
from archiver.warc.header import header_length, parse_header
from archiver.warc.identity import arc_record_id
from archiver.warc.notes import Notes
from archiver.warc.part import WHOLE, Ending, Part, id_key
from archiver.warc.record import DEFAULT_LIMITS, ScannedRecord, WarcLimits, bare_uri, field_value
from archiver.warc.sound import sound_record
from archiver.warc.usual import is_usual
from archiver.warc.verify import check_digests, check_fields, good_digests

_OTHER_COMPRESSION = {
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"\x04\x22\x4d\x18": "LZ4",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
}

_GZIP = b"\x1f\x8b"
#: Nearly all headers are shorter.
_HEAD = 2 * 1024


def scan(
    path: Path, *, name: str = "", limits: WarcLimits = DEFAULT_LIMITS
) -> Generator[ScannedRecord | Finding, None, int | None]:
    """Yield the records of the file at ``path`` in order, and findings that belong to no record.

    ``name`` is what findings call the file (the file name by default). Findings of a record are in
    the record. Raises UnreadableError where the file cannot be opened or read.
    """
    shown = name or path.name
    try:
        with open_regular(path) as file:
            return (yield from scan_file(file, name=shown, limits=limits))
    except OSError as error:
        raise _unreadable(error, shown) from error


def scan_part(
    path: Path, part: Part, *, name: str, limits: WarcLimits = DEFAULT_LIMITS
) -> Generator[ScannedRecord | Finding, None, int | None]:
    """Do what :func:`scan` does with some members of a gzip file, or from a record of a plain file on.

    Returns the offset where what follows can be scanned by itself, with the same outcome as from here;
    None at the end of the file.
    """
    try:
        with open_regular(path) as file:
            bounded = file if part.end is None else cast("BinaryIO", Ending(file, part.end))
            if part.start == 0:
                return (yield from scan_file(bounded, name=name, limits=limits, part=part))
            file.seek(part.start)
            packed = file.read(len(_GZIP)) == _GZIP
            feed = GzipFeed(bounded, part.start) if packed else PlainFeed(bounded, part.start)
            return (yield from _Scanner(feed, name, limits, part).run())
    except OSError as error:
        raise _unreadable(error, name) from error


def _unreadable(error: OSError, name: str) -> UnreadableError:
    advice = "check permissions and the storage device"
    return UnreadableError(f"the file cannot be read: {error.strerror}", place=name, advice=advice)


def scan_file(
    file: BinaryIO, *, name: str, limits: WarcLimits = DEFAULT_LIMITS, part: Part | None = None
) -> Generator[ScannedRecord | Finding, None, int | None]:
    """Do what :func:`scan` does with a seekable binary file."""
    head = file.read(8)
    file.seek(0)
    if not head:
        yield Finding("warc.empty", "the file is empty", name, offset=0, advice="get the file again from its source")
        return None
    for magic, method in _OTHER_COMPRESSION.items():
        if head.startswith(magic):
            advice = "decompress it, or recompress it as gzip, one member a record"
            yield Finding(
                "warc.unsupported-compression", f"{method} compression is not read", name, offset=0, advice=advice
            )
            return None
    feed: Feed = GzipFeed(file) if head.startswith(_GZIP) else PlainFeed(file)
    return (yield from _Scanner(feed, name, limits, part or WHOLE).run())


class _Scanner:
    def __init__(self, feed: Feed, name: str, limits: WarcLimits, part: Part) -> None:
        self._feed = feed
        self._part = part
        self._notes = Notes(name)
        self._limits = limits
        self._count = 0
        self._in_member = 0
        self._arc = False
        self._lost = False
        self._versions = 0
        self._ids = dict(part.ids)

    @property
    def _begun(self) -> bool:
        """Whether a record was met before."""
        return self._count > 0 or self._part.start > 0

    def run(self) -> Generator[ScannedRecord | Finding, None, int | None]:
        while True:
            sound = self._sound() if self._in_member == 0 else None
            if sound is not None:
                yield sound
            else:
                self._skip_blank_lines()
            if sound is not None or not self._feed.peek(1):
                if self._feed.compressed and self._in_member == 0 and self._begun:
                    self._notes.faults(self._feed)
                    if not self._notes.pending:
                        self._notes.add("warc.trailing-garbage", "a gzip member holds no record", self._feed.offset)
                yield from self._notes.flush(self._feed)
                self._in_member = 0
                if not self._feed.next_member():
                    break
                if self._can_stop():
                    return self._feed.offset
                continue
            record = self._next_record()
            if record is None:
                self._in_member += 1
                yield from self._notes.flush(self._feed)
                continue
            yield record
        yield from self._notes.flush(self._feed)
        if not self._begun and self._versions == 0:
            yield self._nothing()
        return None

    def _can_stop(self) -> bool:
        """Whether nothing of what was read up to here bears on what follows, but for the record ids."""
        stop = self._part.stop
        return stop is not None and stop(self._feed.offset) and self._feed.quiet and self._begun and not self._arc

    def _nothing(self) -> Finding:
        advice = "check that this is the right file"
        if self._lost:
            return self._notes.finding("warc.not-warc", "this is no WARC or ARC file", 0, advice=advice)
        return self._notes.finding("warc.empty", "the file holds no record", 0, advice=advice)

    def _skip_blank_lines(self) -> None:
        at, skipped = self._feed.offset, 0
        while self._feed.peek(1) in (b"\r", b"\n"):
            piece = self._feed.take(CHUNK)
            rest = piece.lstrip(b"\r\n")
            skipped += len(piece) - len(rest)
            if rest:
                self._feed.unread(rest)
                break
        if skipped and not self._arc:
            message = f"{skipped} bytes of line ends stand where a record should begin"
            self._notes.add("warc.extra-newlines", message, at)

    def _next_record(self) -> ScannedRecord | None:
        offset = self._feed.offset
        # Damage so near is told of this record, wherever its header ends.
        self._feed.reach(self._limits.header_bytes)
        head = self._feed.peek(min(_HEAD, self._limits.header_bytes))
        if starts_record(head, arc=False):
            self._versions += 1
            if not header_length(head):
                head = self._feed.peek(self._limits.header_bytes)
            return self._warc(offset, head)
        head = self._feed.peek(self._limits.header_bytes)
        self._arc = self._arc or (not self._begun and head.startswith(b"filedesc:"))
        fields = arc_fields(head[: head.find(b"\n") + 1][:MAX_LINE])
        if fields is not None and (self._arc or not self._begun):
            self._arc = True
            return self._arc_record(offset, head[: head.find(b"\n") + 1], fields)
        self._lost = True
        self._notes.faults(self._feed)
        code = "warc.trailing-garbage" if self._begun else "warc.bad-header"
        self._notes.add(code, f"no record begins here: {head[:24]!r}", offset)
        skip_to_record(self._feed, arc=self._arc)
        return None

    def _sound(self) -> ScannedRecord | None:
        """Return the record of this member, if it has one that is framed as it should be and nothing else."""
        feed = self._feed
        found = sound_record(feed, self._limits)
        if found is None:
            return None
        self._versions += 1
        self._in_member += 1
        header, named, block = found.header, found.named, found.block
        digests = good_digests(named, block)
        if digests is not None and feed.quiet:
            record = ScannedRecord(
                index=self._count,
                offset=block.offset,
                length=feed.end - block.offset,
                version=header.version,
                header=found.raw,
                fields=header.fields,
                block=block.data,
                block_length=block.length,
                compressed=True,
                held=block.held,
                block_digest=digests[0],
                payload_digest=digests[1],
                named=named,
            )
            if is_usual(record) and self._is_new(record.record_id, block.offset):
                self._count += 1
                return record
        self._notes.record_id = bare_uri(named.get("warc-record-id", "")) or None
        return self._judged(found.raw, header.version, header.fields, block, alone=True, named=named)

    def _is_new(self, identity: str, offset: int) -> bool:
        return self._ids.setdefault(id_key(identity), offset) == offset

    def _warc(self, offset: int, head: bytes) -> ScannedRecord | None:
        size = header_length(head)
        if size == 0:
            return self._cut_header(offset, head)
        raw = self._feed.take(size)
        header = parse_header(raw)
        self._notes.record_id = bare_uri(field_value(header.fields, "WARC-Record-ID") or "") or None
        for problem in header.problems:
            self._notes.add(problem.code, problem.message, offset, severity=problem.severity)
        return self._finish(offset, raw, header.version, header.fields)

    def _cut_header(self, offset: int, head: bytes) -> ScannedRecord | None:
        if len(head) == self._limits.header_bytes:
            message = f"the header is longer than {self._limits.header_bytes} bytes"
            self._notes.add("warc.bad-header", message, offset)
        else:
            self._notes.add("warc.truncated", "the file or gzip member ends within a record header", offset)
        self._feed.take(5)
        skip_to_record(self._feed, arc=False)
        return None

    def _arc_record(self, offset: int, line: bytes, fields: tuple[tuple[str, str], ...]) -> ScannedRecord:
        raw = self._feed.take(len(line))
        record = self._finish(offset, raw, "arc", fields)
        identity = arc_record_id(record.fields, record.block)
        return replace(record, fields=(*record.fields, ("WARC-Record-ID", f"<{identity}>")), named={})

    def _finish(self, offset: int, raw: bytes, version: str, fields: tuple[tuple[str, str], ...]) -> ScannedRecord:
        feed, notes = self._feed, self._notes
        arc = version == "arc"
        body = read_block(feed, field_value(fields, "Content-Length"), fields, self._limits, notes, offset)
        if body.whole:
            body = read_trailer(feed, body, notes, arc=arc)
        self._in_member += 1
        return self._judged(raw, version, fields, body, alone=self._member_ends(offset))

    def _judged(
        self,
        raw: bytes,
        version: str,
        fields: tuple[tuple[str, str], ...],
        body: Block,
        *,
        alone: bool,
        named: Mapping[str, str] | None = None,
    ) -> ScannedRecord:
        feed, notes, offset = self._feed, self._notes, body.offset
        record = ScannedRecord(
            index=self._count,
            offset=offset,
            length=feed.end - offset if alone else 0,
            version=version,
            header=raw,
            fields=fields,
            block=body.data,
            block_length=body.length,
            compressed=feed.compressed,
            whole=body.whole,
            held=body.held,
            named=named or {},
        )
        if version != "arc":
            self._check_id(record)
            check_fields(record, notes)
        block_digest, payload_digest = check_digests(record, body.digests, notes)
        notes.faults(feed)
        self._count += 1
        found = notes.take()
        if not found and block_digest is None and payload_digest is None:
            return record
        damaged = any(finding.code in ("warc.gzip-damaged", "warc.gzip-crc", "warc.truncated") for finding in found)
        return record.judged(
            whole=record.whole and not damaged,
            block_digest=block_digest,
            payload_digest=payload_digest,
            findings=found,
        )

    def _member_ends(self, offset: int) -> bool:
        """Look behind the record; tell whether it has a byte range of its own."""
        if not self._feed.compressed:
            return True
        following = self._feed.peek(8)
        if self._in_member == 1 and not following:
            return self._feed.offset == offset
        if self._in_member == 1 and starts_record(following, arc=self._arc):
            self._notes.add("warc.not-record-compressed", "one gzip member holds several records", offset)
        return False

    def _check_id(self, record: ScannedRecord) -> None:
        identity, offset = record.record_id, record.offset
        if not identity:
            return
        first = self._ids.setdefault(id_key(identity), offset)
        if first != offset:
            message = f"the record id {identity} is also that of the record at offset {first}"
            self._notes.add("warc.duplicate-record-id", message, offset)
