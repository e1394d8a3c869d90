"""PREMIS of what is in a package: each input file, article and reject, in the order of the input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archiver.model.metadata import Metadata
from archiver.model.outcome import Reject
from archiver.package import layout
from archiver.package.fixity import FileDigest
from archiver.package.formats import TEI, FileFormat
from archiver.package.listing import SourceFile
from archiver.package.open import Package
from archiver.package.premis import (
    HAS_SOURCE,
    REPRESENTED_BY,
    Characteristics,
    Event,
    EventType,
    Identifier,
    IdentifierType,
    Object,
    Relationship,
)
from archiver.package.premis_facts import PremisFacts, RunIds, bag_identifier, source_identifier

#: As many places of one input file are told; where there are more, the list of the package tells them.
_PLACES = 16
_UNIDENTIFIED = FileFormat("unidentified", "application/octet-stream")
#: What was done to every input file, article and TEI file: one event each for the whole package.
_OF_SOURCES = (EventType.ACCESSION, EventType.FORMAT_IDENTIFICATION, EventType.MESSAGE_DIGEST_CALCULATION)
_OF_ARTICLES = (EventType.METADATA_EXTRACTION,)
_OF_TEI = (EventType.VALIDATION,)


@dataclass(frozen=True, slots=True)
class PartEntry:
    """What one input file, article or reject adds to a part."""

    objects: tuple[Object, ...] = ()
    events: tuple[Event, ...] = ()


ArticlesInOrder = Iterator[tuple[Metadata, int]]
"""Descriptions of a package with the number of blocks that were removed, in the order of its list."""


def part_entries(
    package: Package,
    articles: ArticlesInOrder,
    facts: PremisFacts,
    ids: RunIds,
    digests: Mapping[str, FileDigest],
) -> Iterator[PartEntry]:
    """Yield the entries of all parts, reading the lists of the package in step. Raises PackageError."""
    writer = _Writer(
        facts,
        ids,
        digests,
        of_sources=tuple(map(ids.event, _OF_SOURCES)),
        of_articles=tuple(map(ids.event, _OF_ARTICLES)),
        of_tei=tuple(map(ids.event, _OF_TEI)),
        normalization=ids.event(EventType.NORMALIZATION),
    )
    rejects = package.rejects()
    article, reject = next(articles, None), next(rejects, None)
    for source in package.sources():
        origin = source_identifier(source)
        yield writer.source(source, origin)
        while article is not None and article[0].source.path == source.path:
            yield writer.article(*article, origin)
            article = next(articles, None)
        while reject is not None and reject.path == source.path:
            yield writer.reject(reject, origin)
            reject = next(rejects, None)


@dataclass(frozen=True, slots=True)
class _Writer:
    facts: PremisFacts
    ids: RunIds
    digests: Mapping[str, FileDigest]
    of_sources: tuple[Identifier, ...]
    of_articles: tuple[Identifier, ...]
    of_tei: tuple[Identifier, ...]
    normalization: Identifier

    def source(self, source: SourceFile, identifier: Identifier) -> PartEntry:
        """An input file: name, fixity and size as it was, and where its bytes are."""
        known = source.sha256 is not None
        return PartEntry(
            (
                Object(
                    identifier=identifier,
                    characteristics=Characteristics(
                        size=source.size if known else None,
                        digests=(("SHA-256", source.sha256),) if source.sha256 else (),
                        format=FileFormat(source.media_type, source.media_type),
                    ),
                    original_name=source.path,
                    locations=tuple(_locations(source)),
                    events=self.of_sources if known else (),
                ),
            )
        )

    def article(self, metadata: Metadata, removed: int, origin: Identifier) -> PartEntry:
        """An article, and the TEI file that represents it."""
        record = Identifier(IdentifierType.RECORD, metadata.source.warc_record_id)
        tei = bag_identifier(f"{layout.DATA}/{layout.tei_path(metadata.id)}")
        made = [*self._captured(metadata, record)]
        entity = Object(
            identifier=Identifier(IdentifierType.ARTICLE, metadata.id),
            category="intellectualEntity",
            relationships=(Relationship(REPRESENTED_BY, (tei,)),),
            events=(*self.of_articles, *(event.identifier for event in made)),
        )
        stripped = [*self._stripped(metadata, removed, record, tei)]
        digest = self.digests[layout.tei_path(metadata.id)]
        by = (self.normalization, *(event.identifier for event in stripped))
        file = Object(
            identifier=tei,
            characteristics=Characteristics(digest.bytes, (("SHA-256", digest.sha256),), TEI),
            relationships=(Relationship(HAS_SOURCE, (origin, record), by),),
            events=self.of_tei,
        )
        return PartEntry((entity, file), (*made, *stripped))

    def reject(self, reject: Reject, origin: Identifier) -> PartEntry:
        """What is no article: its bytes, and the check that they did not pass."""
        rejected = Identifier(IdentifierType.REJECT, reject.id)
        data = Object(
            identifier=rejected,
            category="bitstream",
            characteristics=Characteristics(
                size=reject.size if reject.sha256 else None,
                digests=(("SHA-256", reject.sha256),) if reject.sha256 else (),
                format=_UNIDENTIFIED,
            ),
        )
        record = ((Identifier(IdentifierType.RECORD, reject.record_id), "source"),) if reject.record_id else ()
        event = Event(
            identifier=self.ids.event(EventType.VALIDATION, reject.id),
            type=EventType.VALIDATION,
            date=self.facts.date,
            detail=f"whether it is an article; listed in {layout.DATA}/{layout.REJECTS}",
            outcome="fail",
            note=f"{reject.code}: {reject.message}",
            agents=self.ids.agents[:1],
            objects=((rejected, "source"), (origin, "source"), *record),
        )
        return PartEntry((data,), (event,))

    def _captured(self, metadata: Metadata, record: Identifier) -> Iterator[Event]:
        """By whom is not known; when, tells the record. What was a file was taken in, not captured."""
        if metadata.source.captured is not None and not metadata.source.uri.startswith("file:"):
            yield Event(
                identifier=self.ids.event(EventType.CAPTURE, metadata.id),
                type=EventType.CAPTURE,
                date=metadata.source.captured,
                detail=f"captured from {metadata.source.uri}, at the time that the input tells",
                outcome="success",
                objects=((record, "outcome"),),
            )

    def _stripped(self, metadata: Metadata, removed: int, record: Identifier, tei: Identifier) -> Iterator[Event]:
        if removed:
            yield Event(
                identifier=self.ids.event(EventType.MODIFICATION, metadata.id),
                type=EventType.MODIFICATION,
                date=self.facts.date,
                detail="boilerplate was removed from the text",
                outcome="success",
                note=f"{removed} block(s), each with its rule in {layout.DATA}/{layout.LEDGER}",
                agents=self.ids.agents[:1],
                objects=((record, "source"), (tei, "outcome")),
            )


def _locations(source: SourceFile) -> Iterator[tuple[str, str]]:
    """Where the bytes of an input file are: file, offset and length in bytes, and how to take them out."""
    if len(source.segments) > _PLACES:
        yield "list of places", f"{layout.DATA}/{layout.SOURCES}"
        return
    for one in source.segments:
        place = f"{layout.DATA}/{one.file}; offset {one.offset}; length {one.length}"
        yield f"bytes of a WARC file, to be taken out as {source.encoding}", place


def without_entries(digests: Mapping[str, FileDigest]) -> Iterator[str]:
    """Yield the files of ``data/`` that no part tells of, by the path below it."""
    articles = f"{layout.TEI}/"
    for path in digests:
        name = path.removeprefix(articles).removesuffix(".xml")
        if path == name or not layout.is_article_id(name):
            yield path
