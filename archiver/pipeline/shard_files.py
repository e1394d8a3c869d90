"""The files that a shard leaves behind; merging lays them one behind the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from archiver import canon
from archiver.errors import InternalFaultError
from archiver.model.article import Article, Block
from archiver.model.intake import InputFile, Unit
from archiver.model.outcome import Reject
from archiver.model.records import WarcRecord
from archiver.model.source import Source
from archiver.model.stored import Stored
from archiver.package.pages import page_line
from archiver.package.run_facts import OF_ARCHIVE, OF_DERIVED, Rules, warcinfo_fields
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.relations import LIKENESS, likeness_line
from archiver.pipeline.segment import Segment
from archiver.pipeline.tools import tools_for
from archiver.readers.forms import media_type_of
from archiver.tei.validate import validate_tei
from archiver.tei.write import write_tei
from archiver.warc.cdxj import CdxEntry, record_entry
from archiver.warc.write import member

ARCHIVE, DERIVED = "archive.warc.gz", "derived.warc.gz"
ARTICLES, LEDGER, REJECTS = "articles.jsonl", "ledger.jsonl", "rejects.jsonl"
SOURCES, PAGES, INDEX, TEI = "sources.jsonl", "pages.jsonl", "index.jsonl", "tei"
_LISTS = (ARTICLES, LEDGER, REJECTS, SOURCES, PAGES, INDEX, LIKENESS)


@dataclass(frozen=True, slots=True)
class Written:
    """All bytes that one article gives, made before the first of them is written."""

    id: str
    members: tuple[bytes, ...]
    """WARC members for ``derived/``."""
    tei: bytes
    lists: tuple[tuple[str, bytes], ...]
    """Name of a list, and the lines to add to it."""


class ShardFiles:
    """Open files of one shard; flushed to the disk when left without an error."""

    def __init__(self, folder: Path, name: str, recipe: Recipe) -> None:
        """``name`` tells the shard from all others, wherever it stands among them: the name of its first file."""
        self._recipe = recipe
        self.date = recipe.date
        self._tools = tools_for(recipe)
        self._folder = folder
        (folder / TEI).mkdir()
        self._lists: dict[str, BinaryIO] = {name: (folder / name).open("wb") for name in _LISTS}
        self.archive = Segment(
            folder / ARCHIVE,
            name=f"archive {name}",
            date=recipe.date,
            description=self._warcinfo(OF_ARCHIVE),
        )
        self.derived = Segment(
            folder / DERIVED,
            name=f"derived {name}",
            date=recipe.date,
            description=self._warcinfo(OF_DERIVED),
        )

    def _warcinfo(self, description: str) -> dict[str, str]:
        rules = Rules(self._tools.rules.version, self._tools.rules.digest)
        return warcinfo_fields(description, organization=self._recipe.organization, rules=rules)

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

    def prepare(self, article: Article, source: Source) -> Written:
        """Return everything that is written for one article; raises InternalFaultError if its TEI is not valid."""
        assert self._tools.tei is not None
        metadata = article.metadata
        tei = write_tei(article, self._tools.tei)
        faults = validate_tei(tei, file=f"{metadata.id}.xml")
        if faults:
            raise InternalFaultError(
                f"its TEI is not valid: {faults[0].message}", place=source.path, advice="please report this"
            )
        description = canon.canonical_json(metadata.to_dict())
        ledger = b"".join(canon.canonical_json(ledger_entry(article, block)) + b"\n" for block in article.removed)
        page = page_line(
            metadata.source.uri,
            metadata.source.captured or self._recipe.date,
            page_id=metadata.id,
            title=metadata.title,
            text=article.text,
        )
        members = (
            self._derived("conversion", "application/tei+xml", tei, source),
            self._derived("metadata", "application/json", description, source),
            self._derived("metadata", "application/jsonl", ledger, source),
        )
        lists = (
            (ARTICLES, description + b"\n"),
            (LEDGER, ledger),
            (PAGES, page),
            (LIKENESS, likeness_line(article)),
        )
        return Written(metadata.id, members, tei, lists)

    def article(self, written: Written) -> None:
        """Write one article. Raises OSError."""
        for record in written.members:
            self.derived.add_member(record)
        (self._folder / TEI / f"{written.id}.xml").write_bytes(written.tei)
        for name, lines in written.lists:
            self._lists[name].write(lines)

    def _derived(self, kind: str, content_type: str, block: bytes, source: Source) -> bytes:
        digest = canon.sha256_hex(block)
        record_id = canon.content_urn(kind, content_type, source.record_id, source.path, str(source.ordinal), digest)
        return member(
            WarcRecord(
                type=kind,
                record_id=record_id,
                date=self._recipe.date,
                content_type=content_type,
                block=block,
                target_uri=source.target_uri if kind == "conversion" else None,
                refers_to=source.record_id,
                warcinfo_id=self.derived.warcinfo_id,
            )
        )


def _stretches(places: list[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"offset": at, "length": length} for at, length in places]


def payload_key(sha256: str, media_type: str, size: int) -> str:
    """Return what tells equal payloads by: digest and type, since a revisit is shown with the type of its original.

    Empty for nothing at all, which needs no pointing to.
    """
    return canon.sha256_hex(f"{media_type} {sha256}".encode()) if size else ""


def ledger_entry(article: Article, block: Block) -> dict[str, Any]:
    """Return the line of ``removed/ledger.jsonl`` for a removed block."""
    weight = max((verdict.weight for verdict in block.verdicts if verdict.rule == block.rule), default=0)
    place: dict[str, Any] = {"xpath": block.path}
    if block.span is not None:
        place = {"char": [block.span.start, block.span.end]}
    return {
        "article": article.metadata.id,
        "block": block.index,
        "text": block.text,
        "category": block.category.value if block.category else None,
        "rule": block.rule,
        "evidence": block.evidence,
        "weight": weight,
        "place": place,
    }
