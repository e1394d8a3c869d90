"""A whole export: from what the user named to a sealed package and a report."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from archiver.engines.local import run_shards
from archiver.errors import ExitCode
from archiver.model.outcome import Reject, RunReport
from archiver.model.shard import Shard, ShardRecord
from archiver.package.atomic import package_error
from archiver.pipeline.ending import read_ending, reject_from
from archiver.pipeline.merge import seal
from archiver.pipeline.outputs import outputs_for
from archiver.pipeline.plan import cut, input_digest
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.run_folder import RunFolder, folder_for, open_run
from archiver.pipeline.shard import NAMED_IN_REPORT, ShardWork, guarded_work
from archiver.pipeline.shard_files import REJECTS
from archiver.pipeline.tools import tools_for
from archiver.readers.discover import discover

#: Called with the number of input files done and the number of all.
Progress = Callable[[int, int], None]

#: As many rejects are named in the report; all are in the package.
REJECTS_IN_REPORT = 1000


def run_export(
    arguments: Sequence[str],
    target: Path,
    recipe: Recipe,
    *,
    stdin: bytes | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> RunReport:
    """Export everything that ``arguments`` name into a sealed package at ``target``.

    One bad article is a reject, never the end of the run. Raises UsageError (and its kinds) before
    anything is touched, PackageError when nothing could be sealed. A folder without any file gives a
    report without a package and the exit code NOT_TRUSTWORTHY.
    """
    tools = tools_for(recipe)
    own = [path for path in (recipe.metadata, recipe.rules, recipe.schema) if path is not None]
    # The target and its run folder can lie in a folder of the input.
    outputs = outputs_for(target, recipe.format)
    left_out = [*map(str, own), *map(str, outputs), str(folder_for(target).root)]
    files = discover(arguments, stdin=stdin, leave_out=left_out)
    if not files:
        return RunReport("", 0, (), 0, 0, 0, exit_code=ExitCode.NOT_TRUSTWORTHY)
    deciding = {**recipe.deciding(), "rule set": tools.rules.digest}
    try:
        digest = input_digest(files)
        with open_run(target, recipe=deciding, input_digest=digest, resume=resume, outputs=[*outputs]) as folder:
            report = read_ending(folder, outputs)
            if report is None:
                records = _work(folder, cut(files), recipe, progress)
                rows = {row for record in records for row in record.sidecar_rows}
                unmatched = tools.sidecar.unmatched(rows) if tools.sidecar else ()
                report = _report(outputs.main, records, _rejects(folder, records), unmatched, recipe)
                seal(folder, outputs, records, recipe, report=report)
            folder.remove()
            return report
    except OSError as error:
        # Inputs that cannot be read are rejects and never get here.
        raise package_error(error, Path(os.fsdecode(error.filename or target)), "write the package") from error


def _work(
    folder: RunFolder, shards: Sequence[Shard], recipe: Recipe, progress: Progress | None
) -> tuple[ShardRecord, ...]:
    """Do every shard; return the records in the order of the shards."""
    sizes = {shard.number: len(shard.files) for shard in shards}
    records: dict[int, ShardRecord] = {}
    done = 0
    same = replace(recipe, jobs=1)
    work, guarded = ShardWork(folder, same), guarded_work(folder, same)
    for record in run_shards(work, shards, jobs=recipe.jobs, guarded=guarded):
        records[record.number] = record
        done += sizes[record.number]
        if progress:
            progress(done, sum(sizes.values()))
    return tuple(records[shard.number] for shard in shards)


def _rejects(folder: RunFolder, records: Sequence[ShardRecord]) -> tuple[Reject, ...]:
    rejects: list[Reject] = []
    for record in records:
        with (folder.shard(record.number) / REJECTS).open("rb") as file:
            for line in file:
                if len(rejects) >= REJECTS_IN_REPORT:
                    return tuple(rejects)
                rejects.append(reject_from(json.loads(line)))
    return tuple(rejects)


def _report(
    target: Path,
    records: Sequence[ShardRecord],
    rejects: tuple[Reject, ...],
    unmatched: tuple[str, ...],
    recipe: Recipe,
) -> RunReport:
    notices: Counter[str] = Counter()
    for record in records:
        notices.update(record.notices)
    return RunReport(
        package=str(target),
        articles=sum(record.articles for record in records),
        rejects=rejects,
        carried=sum(record.carried for record in records),
        removed_blocks=sum(record.removed_blocks for record in records),
        doubtful_blocks=sum(record.doubtful_blocks for record in records),
        flags=dict(sorted(notices.items())),
        sidecar_unmatched=unmatched,
        articles_unmatched=tuple(islice((name for record in records for name in record.without_row), NAMED_IN_REPORT)),
        exit_code=_exit_code(records, recipe),
        rejected=sum(record.rejects for record in records),
    )


def _exit_code(records: Sequence[ShardRecord], recipe: Recipe) -> ExitCode:
    articles = sum(record.articles for record in records)
    rejects = sum(record.rejects for record in records)
    if any(record.faults for record in records):
        return ExitCode.INTERNAL_FAULT
    if articles == 0 or rejects > recipe.max_reject_share * (articles + rejects):
        return ExitCode.NOT_TRUSTWORTHY
    return ExitCode.SOME_REJECTED if rejects else ExitCode.DONE
