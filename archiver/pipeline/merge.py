"""Sealing: finished shards, in order, become one bag; a rename is the last act."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from archiver.model.outcome import RunReport
from archiver.model.shard import ShardRecord
from archiver.package import layout
from archiver.package.atomic import lay_file, lay_folder, sync_file_system
from archiver.package.bagit import write_bag
from archiver.package.datapackage import DatapackageInfo, write_datapackage
from archiver.package.digests import Below
from archiver.package.lineage import identifier_of
from archiver.package.pages import pages_header
from archiver.package.readme import ReadmeFacts, readme_text
from archiver.package.run_facts import SOFTWARE, TITLE, BagFacts, bag_info, package_name
from archiver.pipeline import prepare, shard_files
from archiver.pipeline.captures import Captures, write_captures
from archiver.pipeline.commit_record import damaged_file
from archiver.pipeline.crosswalks import write_crosswalks
from archiver.pipeline.ending import write_ending
from archiver.pipeline.lineage import write_lineage
from archiver.pipeline.outputs import Outputs, make_eark, make_wacz, publish_outputs
from archiver.pipeline.preservation import write_preservation, write_tei_corpus
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.relations import related_descriptions
from archiver.pipeline.run_folder import Records, RunFolder, damaged_shard
from archiver.schemas import read_schema, schema_names

_BLOCK = 1024 * 1024


def seal(folder: RunFolder, outputs: Outputs, records: Records, recipe: Recipe, *, report: RunReport) -> None:
    """Build the package from the shards of ``records``, note the ``report`` of the run, and publish it as ``outputs``.

    Raises PackageError for a shard that is not what its commit record says, and whatever writing raises.
    """
    name = package_name(recipe.date)
    folders = [_checked(folder, record) for record in records]
    data = folder.data
    for part in (layout.ARCHIVE, layout.DERIVED, "indexes", "pages", "metadata", "removed", "rejected"):
        lay_folder(data / part)
    write_captures(Captures(folders, data, name, recipe.warc_bytes), folder.root / "captures")
    _write_lists(folders, data)
    described = related_descriptions(folders, prepare.ARTICLES, data / layout.PAGES, folder.root / "relations")
    lay_file(data / layout.ARTICLES, described)
    write_crosswalks(folder.bag)
    _lay_tei(folders, data)
    write_tei_corpus(folder.bag, recipe, TITLE)
    write_lineage(folder, data, report.base)
    scratch = folder.root / "files"
    digests = write_datapackage(data, DatapackageInfo(TITLE, recipe.date, SOFTWARE), scratch=scratch)
    write_preservation(folder.bag, recipe, report, digests)
    _write_tag_files(folder.bag, records, recipe, name)
    facts = BagFacts(
        recipe.date,
        recipe.organization,
        identifier=identifier_of(digests[layout.DATAPACKAGE].sha256),
        articles=report.articles,
        doubtful_blocks=report.doubtful_blocks,
        base=report.base,
    )
    write_bag(folder.bag, bag_info(facts), known=Below(layout.DATA, digests), scratch=scratch / "names")
    if outputs.wacz is not None:
        make_wacz(folder.bag, folder.wacz)
    if outputs.eark is not None:
        make_eark(folder.bag, folder.eark, outputs.eark.name)
    write_ending(folder, report)
    # Nothing of the bag was waited for so far, and nothing is published that could still be lost.
    sync_file_system(folder.root)
    publish_outputs(outputs, bag=folder.bag, wacz=folder.wacz, eark=folder.eark)


def _checked(folder: RunFolder, record: ShardRecord) -> Path:
    path = folder.shard(record.input_digest)
    damaged = damaged_file(path, record)
    if damaged is not None:
        raise damaged_shard(damaged)
    return path


def _join(parts: Sequence[Path], target: Path) -> None:
    lay_file(target, (piece for part in parts for piece in _pieces(part)))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_BLOCK):
            yield piece


def _write_lists(folders: Sequence[Path], data: Path) -> None:
    for part, target in (
        (prepare.LEDGER, layout.LEDGER),
        (shard_files.REJECTS, layout.REJECTS),
    ):
        _join([folder / part for folder in folders], data / target)
    pages = (piece for folder in folders for piece in _pieces(folder / prepare.PAGES))
    lay_file(data / layout.PAGES, (piece for pieces in ([pages_header()], pages) for piece in pieces))


def _lay_tei(folders: Sequence[Path], data: Path) -> None:
    """Lay the TEI files; where there is none there is no folder, since no manifest and no ZIP would keep it."""
    for folder in folders:
        for file in sorted((folder / shard_files.TEI).glob("*")):
            lay_folder(data / layout.TEI)
            _give_another_name(file, data / layout.tei_path(file.stem))


def _give_another_name(file: Path, name: Path) -> None:
    """Let ``name`` be the same file, or a copy: not moved, since sealing can be interrupted and done again."""
    try:
        name.hardlink_to(file)
    except OSError:
        # Not every file system has files with two names, and some allow only so many.
        shutil.copyfile(file, name)


def _write_tag_files(bag: Path, records: Records, recipe: Recipe, name: str) -> None:
    lay_folder(bag / "schemas")
    for schema in schema_names():
        lay_file(bag / "schemas" / schema, read_schema(schema))
    first = next(_first_ids(bag / layout.DATA / layout.ARTICLES), None)
    facts = ReadmeFacts(
        title=TITLE,
        created=recipe.date,
        software=SOFTWARE,
        name=name,
        articles=sum(record.articles for record in records),
        rejects=sum(record.rejects for record in records),
        sources=sum(1 for _ in _numbered(bag / layout.DATA / layout.SOURCES)),
        removed_blocks=sum(record.removed_blocks for record in records),
        article_example=first,
    )
    lay_file(bag / layout.README, readme_text(facts).encode("ascii"))


def _numbered(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _first_ids(path: Path) -> Iterator[str]:
    for line in _numbered(path):
        yield json.loads(line)["id"]
