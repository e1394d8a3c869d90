"""A whole export: from what the user named to a sealed package and a report."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from archiver.engines.local import run_shards
from archiver.errors import ArchiverError, ExitCode, PackageError
from archiver.model.event import Event, Kind, Watch, unwatched
from archiver.model.outcome import BaseReference, Purpose, RunReport
from archiver.model.shard import Portion, PortionRecord, Shard
from archiver.package.atomic import package_error
from archiver.pipeline.base import Drawn
from archiver.pipeline.ending import read_ending
from archiver.pipeline.intake import Intake, Order, intake_of
from archiver.pipeline.merge import seal
from archiver.pipeline.outputs import Outputs, outputs_for
from archiver.pipeline.plan import shards_of
from archiver.pipeline.portions import portions_of
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.run_amount import RunAmount
from archiver.pipeline.run_folder import CutList, Records, RunFolder, folder_for
from archiver.pipeline.run_log import Clock, keep_log, logged
from archiver.pipeline.run_open import open_run
from archiver.pipeline.run_plan import plan_for
from archiver.pipeline.run_tally import RunTally, events_of
from archiver.pipeline.shard import ShardWork, guarded_work
from archiver.pipeline.tools import Tools, tools_for
from archiver.pipeline.warming import warm
from archiver.pipeline.whereto import refuse_places
from archiver.readers.input_list import InputList


@dataclass(frozen=True, slots=True)
class _Run:
    """What every step of a run needs."""

    folder: RunFolder
    outputs: Outputs
    recipe: Recipe
    tools: Tools
    watch: Watch


def run_export(order: Order, recipe: Recipe, *, clock: Clock, watch: Watch = unwatched) -> RunReport:
    """Export what ``order`` names into a sealed package.

    One bad article is a reject, never the end of the run. ``watch`` is told what happens; the log in the
    folder of the run says when, by ``clock``. Raises UsageError (and its kinds) before anything is touched,
    BaseNotIntactError, PackageError when nothing could be sealed. A folder without any file gives a report
    without a package and the exit code NOT_TRUSTWORTHY; where a base leaves nothing to do the code is DONE.
    """
    run_folder = folder_for(order.target)
    tools = tools_for(recipe)
    outputs = outputs_for(order.target, recipe.format)
    refuse_places(order.target, outputs, order.log)
    own = [path for path in (recipe.metadata, recipe.rules, recipe.schema, order.log) if path is not None]
    # The target and its run folder can lie in a folder of the input.
    left_out = [*map(str, own), *map(str, outputs), str(run_folder.root)]
    with intake_of(order, left_out) as intake:
        if intake.is_empty:
            return RunReport("", 0, (), 0, 0, 0, exit_code=ExitCode.NOT_TRUSTWORTHY)
        plan = plan_for(intake.files, {**recipe.deciding(), "rule set": tools.rules.digest, **intake.deciding})
        try:
            with (
                open_run(order.target, plan, resume=order.resume, add=order.add, outputs=[*outputs]) as folder,
                _told(folder, clock, watch) as tell,
            ):
                report = _carried_out(_Run(folder, outputs, recipe, tools, tell), intake)
                warnings = (*_of_the_schema(tools), *_of_the_inputs(intake), *report.warnings)
                return _tidied(replace(report, warnings=warnings), folder, order.log)
        except OSError as error:
            # Inputs that cannot be read are rejects and never get here.
            place = Path(os.fsdecode(error.filename or order.target))
            raise package_error(error, place, "write the package") from error


def _of_the_schema(tools: Tools) -> Iterator[str]:
    for one in tools.validator.warnings if tools.validator is not None else ():
        yield f"{one.file}: {one.pointer}: {one.message}"


def _of_the_inputs(intake: Intake) -> Iterator[str]:
    for what, folder in intake.own_work:
        yield f"{folder}: it is {what}: its files are kept as they are, and no article is looked for in them"


def _tidied(report: RunReport, folder: RunFolder, log: Path | None) -> RunReport:
    """Take the folder of a run away, when its log is kept where that was asked for.

    What is sealed is sealed: a log that cannot be kept is told, and stays in the folder.
    """
    if log is not None:
        try:
            keep_log(folder.log, log)
        except (PackageError, OSError) as error:
            reason = error.message if isinstance(error, PackageError) else error.strerror or str(error)
            warning = f"the log could not be kept at {log}: {reason}; it is {folder.log}"
            return replace(report, warnings=(*report.warnings, warning))
    folder.remove()
    return report


@contextmanager
def _told(folder: RunFolder, clock: Clock, watch: Watch) -> Iterator[Watch]:
    """Give a function that tells the log of the run and ``watch`` of an event; how the run stopped is told as well."""
    with logged(folder.log, clock) as log:

        def tell(event: Event) -> None:
            log(event)
            watch(event)

        try:
            yield tell
        except (ArchiverError, OSError, KeyboardInterrupt) as error:
            code = error.code if isinstance(error, ArchiverError) else type(error).__name__
            with suppress(OSError):
                tell(Event(Kind.STOPPED, {"code": code, "message": str(error)}))
            raise


def _carried_out(run: _Run, intake: Intake) -> RunReport:
    """Do what is left of a run; return its report when its outputs have their names."""
    done = read_ending(run.folder, run.outputs)
    if done is not None:
        return done
    drawn = intake.draw(run.folder)
    files = intake.files if drawn is None else drawn.files
    if not files.count:
        return RunReport("", 0, (), 0, 0, 0, base=_reference(intake, drawn, 0))
    records = _work(run, files)
    tally = RunTally()
    for record in records:
        tally.add(record, run.folder)
    unmatched = run.tools.sidecar.unmatched(tally.rows) if run.tools.sidecar else ()
    report = tally.report(
        str(run.outputs.main),
        unmatched=unmatched,
        max_reject_share=run.recipe.max_reject_share,
        base=_reference(intake, drawn, tally.articles),
    )
    run.watch(Event(Kind.SEALING, {"articles": report.articles, "rejects": report.rejected}))
    seal(run.folder, run.outputs, records, run.recipe, report=report)
    said = {"articles": report.articles, "rejects": report.rejected, "outcome": int(report.exit_code)}
    run.watch(Event(Kind.SEALED, said))
    return report


def _reference(intake: Intake, drawn: Drawn | None, articles: int) -> BaseReference | None:
    if intake.base is None or drawn is None:
        return None
    mended = {"mended": articles} if intake.base.purpose is Purpose.RETRY else {}
    return intake.base.reference(Counter({**drawn.counts, **mended}))


def _reopened(folder: RunFolder, cut: CutList) -> list[tuple[int, Path]]:
    """Open every shard again that an earlier process had done and that is damaged; return its number and the file."""
    found = []
    for number, (digest, _, _) in enumerate(cut.rows):
        file = folder.damage(digest)
        if file is not None:
            folder.reopen(digest)
            found.append((number, file))
    return found


def _tasks(shards: Iterable[Shard], folder: RunFolder) -> Iterator[Shard | Portion]:
    """Yield each shard, behind those of its portions that no process has done yet."""
    for shard in shards:
        yield from (portion for portion in portions_of(shard) if not folder.portion(portion).exists())
        yield shard


def _work(run: _Run, files: InputList) -> Records:
    """Do every shard that is not done yet; return what all of them have committed, in order."""
    cut = run.folder.write_cut(shards_of(files))
    run.folder.forget_ahead(cut)
    damaged = _reopened(run.folder, cut)
    open_shards = {digest for digest, _, _ in cut.rows if not run.folder.is_done(digest)}
    amount = RunAmount(cut.rows)
    for number, (digest, _, _) in enumerate(cut.rows):
        if digest not in open_shards:
            amount.found_shard(number)
        for size in run.folder.sizes_ahead(digest) if digest in open_shards else ():
            amount.found_portion(number, size)
    shards = {"shards": len(cut.rows), "done_shards": len(cut.rows) - len(open_shards)}
    run.watch(Event(Kind.RUN_BEGUN, {**amount.said(), **shards, "jobs": run.recipe.jobs}))
    for number, file in damaged:
        run.watch(Event(Kind.SHARD_DAMAGED, {"shard": number, "file": str(file.relative_to(run.folder.root))}))
    same = replace(run.recipe, jobs=1)
    work, guarded = ShardWork(run.folder, same), guarded_work(run.folder, same)
    left = _tasks((shard for shard in shards_of(files) if shard.digest in open_shards), run.folder)
    first = next((shard for shard in shards_of(files) if shard.digest in open_shards), None)
    if first is not None:
        warm({file.form for file in first.files})
    with closing(run_shards(work, left, jobs=run.recipe.jobs, guarded=guarded, watch=run.watch)) as records:
        for record in records:
            if isinstance(record, PortionRecord):
                amount.add_portion(record.number, record.size)
                said = {"shard": record.number, "portion": record.index, "size": record.size}
                run.watch(Event(Kind.PORTION_DONE, {**said, "articles": record.articles, **amount.said()}))
                continue
            amount.add_shard(record.number)
            for event in events_of(record, run.folder, amount):
                run.watch(event)
    return Records(run.folder, cut)
