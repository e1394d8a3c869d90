"""The files that a shard leaves behind; merging lays them one behind the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from archiver import canon
from archiver.model.intake import InputFile, Unit
from archiver.model.outcome import Reject
from archiver.model.records import WarcRecord
from archiver.model.stored import Stored
from archiver.package.run_facts import OF_ARCHIVE, OF_DERIVED
from archiver.pipeline.prepare import ARTICLES, LEDGER, PAGES, Written, warcinfo_of
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.relations import LIKENESS
from archiver.pipeline.segment import Segment
from archiver.readers.forms import media_type_of
from archiver.warc.cdxj import CdxEntry, record_entry

ARCHIVE, DERIVED = "archive.warc.gz", "derived.warc.gz"
REJECTS, SOURCES, INDEX, TEI = "rejects.jsonl", "sources.jsonl", "index.jsonl", "tei"
_LISTS = (ARTICLES, LEDGER, REJECTS, SOURCES, PAGES, INDEX, LIKENESS)


class ShardFiles:
    """Open files of one shard; flushed to the disk when left without an error."""

    def __init__(self, folder: Path, name: str, recipe: Recipe) -> None:
        """``name`` tells the shard from all others, wherever it stands among them: the name of its first file."""
        self._recipe = recipe
        self.date = recipe.date
        self._folder = folder
        (folder / TEI).mkdir()
        self._lists: dict[str, BinaryIO] = {name: (folder / name).open("wb") for name in _LISTS}
        self.archive = Segment(folder / ARCHIVE, warcinfo_of(recipe, OF_ARCHIVE, name))
        self.derived = Segment(folder / DERIVED, warcinfo_of(recipe, OF_DERIVED, name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        segments = (self.archive, self.derived)
        streams = [*self._lists.values(), *(file for one in segments for file in (one.stream, one.members))]
        if kind is not None:
            # The attempt is thrown away; closing may fail once more for the reason that ended it.
            for stream in streams:
                with suppress(OSError):
                    stream.close()
            return
        for stream in streams:
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()

    def _line(self, name: str, value: Any) -> None:
        self._lists[name].write(canon.canonical_json(value) + b"\n")

    def store(self, unit: Unit, pieces: Iterable[bytes]) -> tuple[int, int]:
        """Write ``pieces``, the bytes of ``unit``, as a ``resource`` record (WARC 1.1 section 6.4).

        Returns offset and length. Raises what reading the pieces raises; nothing is written then.
        """
        record = WarcRecord(
            type="resource",
            record_id=unit.record_id,
            date=self._recipe.date,
            content_type=unit.media_type,
            block=unit.data if isinstance(unit.data, bytes) else b"",
            target_uri=unit.target_uri,
            warcinfo_id=self.archive.warcinfo_id,
        )
        payload = payload_key(unit.sha256, unit.media_type, unit.size)
        place = self.archive.add_long(record, pieces, length=unit.size, sha256=unit.sha256, payload=payload)
        entry = record_entry(record, f"sha256:{unit.sha256}")
        if entry is not None:
            self.index(entry, place)
        return place

    def index(self, entry: CdxEntry, place: tuple[int, int]) -> None:
        """Note an entry of the CDXJ index; merging adds the file's name and shifts the offset."""
        self._line(INDEX, [entry.key, entry.timestamp, entry.fields, *place])

    def source(self, file: InputFile, stored: Stored | None, counts: Mapping[str, int]) -> None:
        """Note where the bytes of an input file lie (None: not one could be read) and what became of it."""
        line: dict[str, Any] = {
            "path": file.name,
            "path_encoding": file.name_encoding,
            "media_type": media_type_of(Path(file.name), file.form),
            "bytes": stored.size if stored else 0,
            "encoding": stored.encoding if stored else "payload",
            "segments": _stretches(stored.segments) if stored else [],
            **counts,
        }
        if stored:
            line["sha256"] = stored.sha256
            if stored.beside:
                line["records"] = _stretches(stored.beside)
        self._line(SOURCES, line)

    def reject(self, reject: Reject) -> None:
        """Note an input that is no article."""
        self._line(REJECTS, reject.to_dict())

    def article(self, written: Written) -> None:
        """Write one article. Raises OSError."""
        for record in written.members:
            self.derived.add_member(record)
        (self._folder / TEI / f"{written.id}.xml").write_bytes(written.tei)
        for name, lines in written.lists:
            self._lists[name].write(lines)


def _stretches(places: list[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"offset": at, "length": length} for at, length in places]


def payload_key(sha256: str, media_type: str, size: int) -> str:
    """Return what tells equal payloads by: digest and type, since a revisit is shown with the type of its original.

    Empty for nothing at all, which needs no pointing to.
    """
    return canon.sha256_hex(f"{media_type} {sha256}".encode()) if size else ""
