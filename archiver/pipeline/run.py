"""A whole export: from what the user named to a sealed package and a report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from archiver.engines.local import run_shards
from archiver.errors import ExitCode
from archiver.model.outcome import Finding, Reject, RunReport, Severity
from archiver.model.shard import ShardRecord
from archiver.pipeline.merge import seal
from archiver.pipeline.plan import cut, input_digest
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.run_folder import RunFolder, open_run
from archiver.pipeline.shard import ShardWork
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
    files = discover(arguments, stdin=stdin, leave_out=map(str, own))
    if not files:
        return RunReport("", 0, (), 0, 0, 0, exit_code=ExitCode.NOT_TRUSTWORTHY)
    shards = cut(files)
    folder = open_run(target, recipe_digest=recipe.digest(), input_digest=input_digest(files), resume=resume)
    work = ShardWork(folder, replace(recipe, jobs=1))
    records: dict[int, ShardRecord] = {}
    done = 0
    sizes = {shard.number: len(shard.files) for shard in shards}
    for record in run_shards(work, shards, jobs=recipe.jobs):
        records[record.number] = record
        done += sizes[record.number]
        if progress:
            progress(done, len(files))
    ordered = [records[shard.number] for shard in shards]
    rejects = _rejects(folder, ordered)
    seal(folder, target, ordered, recipe)
    rows = {row for record in ordered for row in record.sidecar_rows}
    unmatched = tools.sidecar.unmatched(rows) if tools.sidecar else ()
    return _report(target, ordered, rejects, unmatched, recipe)


def _rejects(folder: RunFolder, records: Sequence[ShardRecord]) -> tuple[Reject, ...]:
    rejects: list[Reject] = []
    for record in records:
        with (folder.shard(record.number) / "rejects.jsonl").open("rb") as file:
            for line in file:
                if len(rejects) >= REJECTS_IN_REPORT:
                    return tuple(rejects)
                rejects.append(reject_from(json.loads(line)))
    return tuple(rejects)


def reject_from(values: dict[str, Any]) -> Reject:
    """Return the reject that a line of ``rejected/rejects.jsonl`` describes."""
    findings = tuple(
        Finding(**{**finding, "severity": Severity(finding["severity"])}) for finding in values.get("findings", ())
    )
    return Reject(
        id=values["id"],
        path=values["path"],
        code=values["code"],
        message=values["message"],
        advice=values.get("advice", ""),
        sha256=values.get("sha256"),
        size=values.get("bytes", 0),
        record_id=values.get("warc_record_id"),
        ordinal=values.get("ordinal", 0),
        findings=findings,
    )


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
