"""``archiver export``: the main job."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, behind_the_work, command
from archiver.cli.progress import ProgressForm, run_bar
from archiver.cli.streams import complain, print_json, printable, read_stdin, say
from archiver.errors import RecipeError
from archiver.model.verdict import Profile
from archiver.pipeline.outputs import PackageFormat
from archiver.report.machine import export_document
from archiver.report.text import export_words


class ReportForm(StrEnum):
    """How the outcome is told."""

    TEXT = "text"
    JSON = "json"


@command
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder or .wacz to make; it must not exist.")],
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT", help="Files, folders, glob patterns; - is stdin.")
    ] = None,
    base: Annotated[
        Path | None, typer.Option(help="A package: only what is new or changed since then is packaged.")
    ] = None,
    retry_rejects: Annotated[
        Path | None, typer.Option(help="A package whose rejects are tried again, in place of INPUT.")
    ] = None,
    form: Annotated[
        PackageFormat | None,
        typer.Option("--format", help="A folder (bag), one file (wacz), both, or a folder with METS (eark); bag."),
    ] = None,
    metadata: Annotated[
        Path | None, typer.Option(help="CSV or JSON Lines that fills or overrides fields, by path, url or id.")
    ] = None,
    schema: Annotated[Path | None, typer.Option(help="A stricter JSON Schema of yours for descriptions.")] = None,
    profile: Annotated[Profile | None, typer.Option(help="How much evidence a removal needs (balanced).")] = None,
    rules: Annotated[Path | None, typer.Option(help="A file of further rules of yours (TOML).")] = None,
    language: Annotated[str | None, typer.Option(help="Language of all articles (BCP 47), if you know it.")] = None,
    organization: Annotated[str | None, typer.Option(help="The archive that makes the package.")] = None,
    jobs: Annotated[
        int | None, typer.Option(help="Worker processes (as many as processors). Never changes the result.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an unfinished run.")] = False,
    add: Annotated[
        bool, typer.Option("--add", help="With --resume: take in what was added to the inputs since.")
    ] = False,
    log: Annotated[Path | None, typer.Option(help="Keep the log of the run (JSON Lines) in this file.")] = None,
    progress_form: Annotated[
        ProgressForm, typer.Option("--progress", help="On standard error: a line on a terminal, or JSON Lines.")
    ] = ProgressForm.AUTO,
    date: Annotated[
        str | None, typer.Option(help="Moment of the run, ISO 8601 (else SOURCE_DATE_EPOCH, else now).")
    ] = None,
    max_reject_share: Annotated[
        float | None, typer.Option(help="More rejects than this share make the run untrustworthy (0.5).")
    ] = None,
    article_seconds: Annotated[
        int | None, typer.Option(help="Processor time that one article may take (120); 0 for any.")
    ] = None,
    article_memory: Annotated[
        int | None, typer.Option(help="MiB of memory that one article may take (4096); 0 for any.")
    ] = None,
    warc_bytes: Annotated[
        int | None, typer.Option(help="Size in bytes at which a new WARC file begins (1000000000); 0 for never.")
    ] = None,
    recipe: Annotated[Path | None, typer.Option(help="TOML file with any of these choices.")] = None,
    report: Annotated[ReportForm, typer.Option(help="How the outcome is told on standard output.")] = ReportForm.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Strip, describe and package articles: INPUT... becomes one sealed package.

    Inputs are plain text, HTML, WARC (also .gz, ARC), WACZ and JSON Lines. Everything removed is listed
    in the package with rule and reason; `archiver restore` gives back every input byte for byte. What
    cannot be an article is kept and listed as a reject, and the rest goes on.
    """
    named = inputs or []
    with run_bar(quiet=quiet or as_json, form=progress_form) as watch:
        outcome = api.export(
            named,
            output,
            base=base,
            retry_rejects=retry_rejects,
            resume=resume,
            add=add,
            log=log,
            watch=watch,
            stdin=read_stdin(named),
            recipe=recipe,
            format=form,
            metadata=metadata,
            schema=schema,
            profile=profile,
            rules=rules,
            language=language,
            organization=organization,
            jobs=jobs,
            date=date,
            fallback={"date": _epoch(), "jobs": os.cpu_count()},
            max_reject_share=max_reject_share,
            article_seconds=article_seconds,
            article_memory=article_memory,
            warc_bytes=warc_bytes,
        )
    for warning in outcome.warnings:
        complain(f"archiver: {printable(warning)}")
    with behind_the_work():
        if as_json or report is ReportForm.JSON:
            print_json(export_document(outcome))
        elif not quiet:
            say(export_words(outcome))
    return outcome.exit_code


def _epoch() -> str | None:
    """SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/): seconds since 1970, UTC."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        raise RecipeError(
            f"SOURCE_DATE_EPOCH is {value!r}",
            place="environment",
            advice="set it to whole seconds since 1970, or unset it",
        ) from None
