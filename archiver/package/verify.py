"""Verifying: a package of ours, anybody's bag, WARC and TEI files, folders of them; nothing is ever repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.bag_check import BagCheck
from archiver.package.bag_hash import Hashed, HashFiles
from archiver.package.fixity import Depth
from archiver.package.holdings import Holdings, take_stock
from archiver.package.listing import LineRange, read_objects
from archiver.package.records import RecordFinder
from archiver.package.spread import Spread, one_by_one
from archiver.package.verify_articles import Tally, check_articles, check_leftovers, check_rejects, count_articles
from archiver.package.verify_corpus import check_corpus
from archiver.package.verify_crosswalk import CheckCrosswalk, check_crosswalks
from archiver.package.verify_index import check_index
from archiver.package.verify_lineage import check_lineage
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


@dataclass(frozen=True, slots=True)
class Manner:
    """How to verify."""

    depth: Depth
    checkers: Checkers
    crosswalk: CheckCrosswalk | None = None
    """Called with each crosswalk of a package; older packages have none."""
    spread: Spread = one_by_one
    """Shares the work out; what is found does not depend on it."""
    progress: Progress | None = None


def verify_package(root: Path, manner: Manner) -> Iterator[Finding]:
    """Yield everything that is wrong with the bag at ``root``, and if it is one of ours, with all that is in it.

    QUICK looks at structure, names, counts and sizes; FULL at every byte, so that a change of any
    single byte gives a finding of error severity. The work is cut by the package alone, so findings
    and their order are the same however it is shared out. Raises OSError or PackageError if the
    package itself cannot be read.
    """
    bag = BagCheck(root)
    yield from bag.structure()
    data = root / layout.DATA
    ours = any((data / name).is_file() for name in (layout.ARTICLES, layout.SOURCES))
    full = manner.depth is Depth.FULL
    plan = _Plan(bag.tasks()) if full else _Plan([])
    try:
        if full and ours:
            plan.read(root)
    except PackageError as error:
        yield Finding(error.code, error.message, file=error.place, advice=error.advice)
        ours = False
    results = _results(root, plan, manner)
    restored: list[RestoredFiles] = []
    for hashed in _next(results, plan.hashes, Hashed):
        yield from bag.compare(hashed)
        restored += [restored_along(hashed)] if hashed.stretches else []
    if not ours:
        return
    yield from check_outside(root)
    known = dict(manifest_digests(root)) if full else {}
    try:
        yield from check_datapackage(data, depth=manner.depth, known_sha256=known)
        yield from check_pages(data)
        yield from check_lineage(root)
        yield from _check_inside(root, plan, results, restored, manner) if full else _check_counts(data)
    except PackageError as error:
        yield Finding(error.code, error.message, file=error.place, advice=error.advice)


@dataclass(slots=True)
class _Plan:
    """What is to be read, in the order in which findings are told."""

    hashes: list[HashFiles]
    scans: Sequence[ScanWarc] = ()
    ranges: Sequence[ArticleRange] = ()
    restores: Sequence[Restore] = ()
    premis: Sequence[CheckPremis] = ()
    orphans: LineRange = _NOTHING

    def read(self, root: Path) -> None:
        """Plan what is beyond the bag. Raises PackageError."""
        data = root / layout.DATA
        self.scans = scan_tasks(data)
        self.ranges, self.orphans = article_ranges(data)
        restores = restore_plan(data, self.hashes)
        self.restores, self.hashes = restores.tasks, restores.along(self.hashes)
        self.premis = [premis_task(root)]

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
        if isinstance(task, ArticleRange):
            return check_range(self.root, task, self.checkers, self.records)
        return task.run(self.root)


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


def _check_inside(
    root: Path, plan: _Plan, results: Iterator[Any], restored: Iterable[RestoredFiles], manner: Manner
) -> Iterator[Finding]:
    data = root / layout.DATA
    holdings, tally = Holdings(), Tally()
    carried = carried_by(data)
    for scanned in whole_files(_next(results, plan.scans, ScannedPart), root):
        yield from take_stock(scanned, carried, holdings)
    yield from check_index(data, holdings)
    for checked in _next(results, plan.ranges, CheckedRange):
        yield from check_articles(checked, holdings, tally)
    yield from check_orphans(data, plan.orphans)
    yield from check_leftovers(data, holdings, tally)
    yield from check_rejects(data, holdings, tally)
    sources = SourceCheck(data, tally.articles, tally.rejects, holdings)
    for files in chain(restored, _next(results, plan.restores, RestoredFiles)):
        sources.add(files)
    yield from sources.run()
    yield from _check_page_ids(data, tally)
    yield from check_crosswalks(root, tally.ids, manner.crosswalk)
    yield from check_corpus(data, tally.ids, manner.checkers.tei)
    for premis in _next(results, plan.premis, CheckedPremis):
        yield from tell_premis(premis, tally.ids)


def _check_counts(data: Path) -> Iterator[Finding]:
    tally = Tally()
    yield from count_articles(data, tally)
    yield from check_rejects(data, None, tally)
    yield from SourceCheck(data, tally.articles, tally.rejects).run()
    yield from _check_page_ids(data, tally)


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
