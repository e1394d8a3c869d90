"""Verifying: a package of ours, anybody's bag, WARC and TEI files, folders of them; nothing is ever repaired."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.bag_check import BagCheck
from archiver.package.bag_files import is_system_file
from archiver.package.bag_hash import Hashed, HashFiles
from archiver.package.datapackage import PROFILE
from archiver.package.fixity import Depth, walk
from archiver.package.holdings import Carried, Holdings, take_stock
from archiver.package.listing import LineRange, read_objects
from archiver.package.ownership import LISTS, REQUIRED, is_ours
from archiver.package.records import RecordFinder
from archiver.package.scope import files_in_no_manifest
from archiver.package.spread import Spread, one_by_one
from archiver.package.told import Hindrances, finding_of, shown
from archiver.package.verify_articles import Tally, check_articles, check_leftovers, check_rejects, count_articles
from archiver.package.verify_corpus import check_corpus
from archiver.package.verify_crosswalk import CheckCrosswalk, check_crosswalks
from archiver.package.verify_index import check_index
from archiver.package.verify_lineage import check_lineage
from archiver.package.verify_made import Remake, tell_made
from archiver.package.verify_outside import check_outside, manifest_digests
from archiver.package.verify_parts import ScannedPart, ScanWarc, scan_tasks, whole_files
from archiver.package.verify_plan import article_ranges
from archiver.package.verify_premis import CheckedPremis, CheckPremis, premis_task, tell_premis
from archiver.package.verify_range import ArticleRange, CheckedRange, Checkers, check_orphans, check_range
from archiver.package.verify_sources import (
    Restore,
    RestoredFiles,
    SourceCheck,
    carried_by,
    restore_plan,
    restored_along,
)
from archiver.package.wacz_check import check_datapackage, check_pages

Progress = Callable[[int, int], None]
"""Called with how much was done and how much there is to do, in about bytes."""
_Task = HashFiles | ScanWarc | ArticleRange | Restore | CheckPremis
_Result = TypeVar("_Result")
_NOTHING = LineRange(0, 0, 1)
_OF_A_BAG = re.compile(r"bagit\.txt|bag-info\.txt|package-info\.txt|fetch\.txt|(?:tag)?manifest-[^/]+\.txt")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to verify."""

    depth: Depth
    checkers: Checkers
    crosswalk: CheckCrosswalk | None = None
    """Called with each crosswalk of a package; older packages have none."""
    remake: Remake | None = None
    """Writes what a package of this version must have; None leaves that out."""
    spread: Spread = one_by_one
    """Shares the work out; what is found does not depend on it."""
    progress: Progress | None = None


def verify_package(root: Path, manner: Manner) -> Iterator[Finding]:
    """Yield everything that is wrong with the bag at ``root``, and if it is one of ours, with all that is in it.

    QUICK looks at structure, names, counts and sizes; FULL at every byte, so that a change of any
    single byte gives a finding of error severity. The work is cut by the package alone, so findings
    and their order are the same however it is shared out. What cannot be read is a finding, and hides
    nothing else. Raises OSError if the folder cannot be read.
    """
    bag, hindrances = BagCheck(root), Hindrances(root)
    yield from hindrances.told(bag.structure())
    ours = is_ours(root)
    full = manner.depth is Depth.FULL
    plan = _Plan(bag.tasks()) if full else _Plan([])
    if full and ours:
        yield from plan.read(root, hindrances, manner.remake)
    results = _results(root, plan, manner)
    restored: list[RestoredFiles] = []
    for hashed in _next(results, plan.hashes, Hashed):
        yield from bag.compare(hashed)
        restored += [restored_along(hashed)] if hashed.stretches else []
    if not ours:
        yield from _unlisted(root, plan.hashes) if full else ()
        return
    yield from hindrances.told(check_outside(root))
    known: dict[str, str] = {}
    if full:
        yield from hindrances.during(lambda: known.update(manifest_digests(root)))
    data = root / layout.DATA
    yield from hindrances.told(check_datapackage(data, depth=manner.depth, known_sha256=known, profiles=(PROFILE,)))
    yield from _check_payload(_Package(root, plan, results, restored, manner, hindrances))


def verify_payload(root: Path, manner: Manner) -> Iterator[Finding]:
    """Yield what is wrong with the payload of a package of ours in ``data/`` of ``root``, without a bag around it.

    Findings are as those of :func:`verify_package`. Raises OSError if the folder cannot be read.
    """
    hindrances, plan, data = Hindrances(root), _Plan([]), root / layout.DATA
    yield from hindrances.told(_missing(data, REQUIRED))
    if manner.depth is Depth.FULL:
        yield from plan.read(root, hindrances, None)
    results = _results(root, plan, manner)
    yield from hindrances.told(check_datapackage(data, depth=manner.depth, profiles=(PROFILE,)))
    yield from _check_payload(_Package(root, plan, results, [], manner, hindrances))


def _missing(data: Path, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if not (data / name).is_file():
            yield Finding("package.file-missing", "every package has this file", file=f"{layout.DATA}/{name}")


def _unlisted(root: Path, hashes: Iterable[HashFiles]) -> Iterator[Finding]:
    """Tag files that no manifest lists; those that every bag has were read as what they are."""
    read = {path for task in hashes for path, _ in task.files}
    payload = f"{layout.DATA}/"
    left = (path for path, _ in walk(root) if not path.startswith(payload) and path not in read)
    names = sorted(map(shown, (path for path in left if not _OF_A_BAG.fullmatch(path) and not is_system_file(path))))
    if read and names:
        yield files_in_no_manifest(names)


@dataclass(slots=True)
class _Plan:
    """What is to be read, in the order in which findings are told."""

    hashes: list[HashFiles]
    scans: Sequence[ScanWarc] = ()
    ranges: Sequence[ArticleRange] = ()
    restores: Sequence[Restore] = ()
    premis: Sequence[CheckPremis] = ()
    orphans: LineRange = _NOTHING

    def read(self, root: Path, hindrances: Hindrances, remake: Remake | None) -> Iterator[Finding]:
        """Plan what is beyond the bag, as far as the lists can be read; yield what hinders."""
        data = root / layout.DATA
        for read in (self._read_scans, self._read_ranges, self._read_restores):
            yield from hindrances.during(partial(read, data))
        self.premis = [premis_task(root, remake)]

    def _read_scans(self, data: Path) -> None:
        self.scans = scan_tasks(data)

    def _read_ranges(self, data: Path) -> None:
        self.ranges, self.orphans = article_ranges(data)

    def _read_restores(self, data: Path) -> None:
        restores = restore_plan(data, self.hashes)
        self.restores, self.hashes = restores.tasks, restores.along(self.hashes)

    @property
    def tasks(self) -> list[_Task]:
        """All of them."""
        return [*self.hashes, *self.scans, *self.ranges, *self.restores, *self.premis]


@dataclass(frozen=True, slots=True)
class _Work:
    """Does a task, in whatever process."""

    root: Path
    checkers: Checkers
    records: RecordFinder

    def __call__(self, task: _Task) -> Any:
        return self._range(task) if isinstance(task, ArticleRange) else task.run(self.root)

    def _range(self, task: ArticleRange) -> CheckedRange:
        """Check articles; where the ledger cannot be read, without it."""
        try:
            return check_range(self.root, task, self.checkers, self.records)
        except (PackageError, OSError) as error:
            told = finding_of(error, self.root)
        try:
            alone = replace(task, ledger=_NOTHING, sources=_NOTHING)
            checked = check_range(self.root, alone, self.checkers, self.records)
        except (PackageError, OSError):
            return CheckedRange((), (told,))
        return replace(checked, rest=(*checked.rest, told))


def _results(root: Path, plan: _Plan, manner: Manner) -> Iterator[Any]:
    tasks = plan.tasks
    total, so_far = sum(task.size for task in tasks), 0

    def done(task: _Task) -> None:
        nonlocal so_far
        so_far += task.size
        if manner.progress is not None:
            manner.progress(so_far, total)

    work = _Work(root, manner.checkers, RecordFinder(root / layout.DATA))
    return manner.spread(work, tasks, cost=lambda task: task.size, lost=lambda task: task.lost(), done=done)


def _next(results: Iterator[Any], tasks: Sequence[_Task], kind: type[_Result]) -> Iterator[_Result]:
    """Yield the results of these tasks, which are next."""
    for result in islice(results, len(tasks)):
        assert isinstance(result, kind)
        yield result


@dataclass(frozen=True, slots=True)
class _Package:
    """A package of ours that is being checked."""

    root: Path
    plan: _Plan
    results: Iterator[Any]
    restored: Sequence[RestoredFiles]
    manner: Manner
    hindrances: Hindrances


def _check_payload(package: _Package) -> Iterator[Finding]:
    root, told = package.root, package.hindrances.told
    data = root / layout.DATA
    yield from told(_missing(data, [name for name in LISTS if name not in REQUIRED]))
    yield from told(check_pages(data))
    yield from told(check_lineage(root))
    if package.manner.depth is Depth.FULL:
        yield from _check_inside(package)
    else:
        yield from _check_counts(data, package.hindrances)


def _check_inside(package: _Package) -> Iterator[Finding]:
    """Check what is in the package; results come in the order of the plan, whatever hinders between them."""
    root, plan, results, manner = package.root, package.plan, package.results, package.manner
    data, told = root / layout.DATA, package.hindrances.told
    holdings, tally = Holdings(), Tally()
    carried = [Carried(())]
    yield from package.hindrances.during(lambda: carried.append(carried_by(data)))
    for scanned in whole_files(_next(results, plan.scans, ScannedPart), root):
        yield from take_stock(scanned, carried[-1], holdings)
    yield from told(check_index(data, holdings))
    for checked in _next(results, plan.ranges, CheckedRange):
        yield from package.hindrances.distinct(check_articles(checked, holdings, tally))
    yield from told(check_orphans(data, plan.orphans))
    yield from told(check_leftovers(data, holdings, tally))
    yield from told(_check_loose_tei(data, tally, manner))
    yield from told(check_rejects(data, holdings, tally))
    sources = SourceCheck(data, tally.articles, tally.rejects, holdings)
    for files in chain(package.restored, _next(results, plan.restores, RestoredFiles)):
        sources.add(files)
    yield from told(sources.run())
    yield from told(_check_page_ids(data, tally))
    (premis,) = _next(results, plan.premis, CheckedPremis)
    yield from tell_made(premis.made, holdings)
    yield from told(check_crosswalks(root, tally.ids, manner.crosswalk, premis.made.same))
    if f"{layout.DATA}/{layout.CORPUS}" not in premis.made.same:
        yield from told(check_corpus(data, tally.ids, manner.checkers.tei))
    yield from told(tell_premis(premis, tally.ids))


def _check_loose_tei(data: Path, tally: Tally, manner: Manner) -> Iterator[Finding]:
    """Check TEI files of no article as well: it may be the list that is wrong."""
    folder = data / layout.TEI
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        loose = [entry.name for entry in entries if entry.name[:-4] not in tally.ids and entry.name.endswith(".xml")]
    for name in sorted(loose):
        path, place = folder / name, f"{layout.TEI}/{name}"
        if place != layout.CORPUS and path.is_file() and not path.is_symlink():
            yield from manner.checkers.tei(path.read_bytes(), f"{layout.DATA}/{place}")


def _check_counts(data: Path, hindrances: Hindrances) -> Iterator[Finding]:
    tally = Tally()
    yield from hindrances.told(count_articles(data, tally))
    yield from hindrances.told(check_rejects(data, None, tally))
    yield from hindrances.told(SourceCheck(data, tally.articles, tally.rejects).run())
    yield from hindrances.told(_check_page_ids(data, tally))


def _check_page_ids(data: Path, tally: Tally) -> Iterator[Finding]:
    """Every article has one line in pages.jsonl, in the same order."""
    name = f"{layout.DATA}/{layout.PAGES}"
    pages = (value.get("id") for number, value in read_objects(data / layout.PAGES) if number > 1)
    articles = iter(tally.ids)
    for number, page in enumerate(pages, start=2):
        article = next(articles, None)
        if page != article:
            message = f"the page is of {page!r}, in order it should be of {article!r}"
            yield Finding("package.page-order", message, file=name, line=number, pointer="/id")
            return
    missing = next(articles, None)
    if missing is not None:
        yield Finding("package.page-missing", f"article {missing} and all that follow have no page", file=name)
