"""PREMIS 3 of a package: ``metadata/premis.xml`` tells of all of it, ``metadata/premis-00000.xml`` … of what is in it.

A part tells of at most :data:`PART_ENTRIES` input files, articles and rejects, so that any of them can
be held as a tree and nobody has to open a million files. All are written in memory that does not grow
with the package. The parts name agents and events of ``premis.xml`` by their identifiers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count, islice
from pathlib import Path

from archiver.package import layout
from archiver.package.atomic import lay_file
from archiver.package.fixity import FileDigest, digest_file
from archiver.package.formats import format_of
from archiver.package.ledger_count import LedgerCount
from archiver.package.open import Package
from archiver.package.premis import HEAD, INCLUDES, TAIL, Event, EventType, Object, Relationship, agent, characteristics
from archiver.package.premis_facts import PremisFacts, RunIds, bag_identifier, run_ids
from archiver.package.premis_parts import ArticlesInOrder, PartEntry, part_entries, without_entries

#: Input files, articles and rejects of one part: a few megabytes.
PART_ENTRIES = 1000
#: What these events did was make (part of) the package; the others looked at what is in it.
_MAKING = frozenset({EventType.NORMALIZATION, EventType.PACKAGE_CREATION})


def write_premis(bag: Path, facts: PremisFacts, digests: Mapping[str, FileDigest]) -> None:
    """Write the PREMIS files of the package that grows in ``bag``, when all of its ``data/`` is there.

    ``digests`` are those of every file of ``data/``, by the path below it. Raises PackageError.
    """
    package = Package(bag)
    ledger = LedgerCount(package.data / layout.LEDGER)
    articles = ((metadata, ledger.lines_of(metadata.id)) for metadata in package.descriptions())
    parts: dict[str, FileDigest] = {}
    for name, pieces in premis_parts(package, articles, facts, digests):
        lay_file(bag / name, pieces)
        parts[name] = digest_file(bag / name)
    lay_file(bag / layout.PREMIS, premis_of_all(facts, digests, parts))


def premis_parts(
    package: Package, articles: ArticlesInOrder, facts: PremisFacts, digests: Mapping[str, FileDigest]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield path and content of each part; counts in ``facts`` do not matter. Raises PackageError."""
    entries = part_entries(package, articles, facts, run_ids(facts, digests), digests)
    for number in count():
        some = tuple(islice(entries, PART_ENTRIES))
        if not some:
            return
        yield layout.premis_part(number), _part(some)


def _part(entries: tuple[PartEntry, ...]) -> Iterator[bytes]:
    yield HEAD
    yield from (one.markup() for entry in entries for one in entry.objects)
    yield from (event.markup() for entry in entries for event in entry.events)
    yield TAIL


def premis_of_all(
    facts: PremisFacts, digests: Mapping[str, FileDigest], parts: Mapping[str, FileDigest]
) -> Iterator[bytes]:
    """Yield ``premis.xml`` in pieces; ``parts`` are the digests of the parts by their paths in the bag."""
    ids = run_ids(facts, digests)
    yield HEAD
    yield from _objects(ids, digests, parts)
    yield from (event.markup() for event in _events(facts, ids))
    yield from _agents(facts, ids)
    yield TAIL


def _objects(ids: RunIds, digests: Mapping[str, FileDigest], parts: Mapping[str, FileDigest]) -> Iterator[bytes]:
    """The package, and every file of it that no part tells of."""
    files = {f"{layout.DATA}/{path}": digests[path] for path in without_entries(digests)} | dict(parts)
    names = tuple(bag_identifier(path) for path in files)
    creation = ids.event(EventType.PACKAGE_CREATION)
    yield Object(
        identifier=ids.package,
        category="representation",
        relationships=(Relationship(INCLUDES, names),),
        events=(creation,),
    ).markup()
    digested = (ids.event(EventType.MESSAGE_DIGEST_CALCULATION),)
    for path, digest in files.items():
        yield Object(bag_identifier(path), characteristics(digest, format_of(path)), events=digested).markup()


def _events(facts: PremisFacts, ids: RunIds) -> Iterator[Event]:
    """What was done to all; objects name these events."""
    told = (
        (EventType.ACCESSION, f"the bytes of {facts.sources} input file(s) were taken over unaltered as WARC records"),
        (EventType.FORMAT_IDENTIFICATION, "what each input file is was told by its first bytes and its name"),
        (EventType.MESSAGE_DIGEST_CALCULATION, "SHA-256 of every input file, SHA-256 and SHA-512 of every file made"),
        (
            EventType.METADATA_EXTRACTION,
            f"{facts.articles} article(s) described; {layout.DATA}/{layout.ARTICLES} says where each value was found",
        ),
        (
            EventType.NORMALIZATION,
            f"{facts.articles} article(s) written as TEI P5; {facts.removed_blocks} block(s) removed by {facts.rules}",
        ),
        (
            EventType.VALIDATION,
            f"against article.schema.json and tei-article.rng: {facts.articles} valid, {facts.rejects} rejected",
        ),
        (EventType.PACKAGE_CREATION, "sealed as a BagIt 1.0 bag around a WACZ 1.1.1"),
    )
    for kind, detail in told:
        yield Event(
            identifier=ids.event(kind),
            type=kind,
            date=facts.date,
            detail=detail,
            outcome="success",
            agents=ids.agents,
            objects=((ids.package, "outcome" if kind in _MAKING else "source"),),
        )


def _agents(facts: PremisFacts, ids: RunIds) -> Iterator[bytes]:
    notes = (facts.rules, *facts.notes)
    yield agent(ids.software, facts.software, "software", version=facts.version, notes=notes)
    if ids.organization is not None and facts.organization:
        yield agent(ids.organization, facts.organization, "organization")
