"""``archiver rules learn``: rules proposed from many articles of one source."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.clean.learn import MIN_ARTICLES, MIN_LEARNED, MIN_SHARE
from archiver.cli.export import ReportForm
from archiver.cli.front import JSON_OPTION, command
from archiver.cli.progress import progress_bar
from archiver.cli.streams import complain, print_json, read_stdin, write_content
from archiver.errors import UsageError
from archiver.model.verdict import Profile
from archiver.package.enclosing import require_new_file
from archiver.pipeline.learn import Grouping
from archiver.report.rules import learned_document, learned_exit_code, learned_words


@command
def learn(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, glob patterns; - is stdin.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Rule file to make; it must not exist. Else standard output.")
    ] = None,
    by: Annotated[Grouping, typer.Option(help="What makes articles be of one source.")] = Grouping.AUTO,
    min_articles: Annotated[
        int, typer.Option(min=MIN_LEARNED, help="Different articles that a source must have.")
    ] = MIN_ARTICLES,
    min_share: Annotated[float, typer.Option(help="Share of them that a line must stand in.")] = float(MIN_SHARE),
    profile: Annotated[Profile, typer.Option(help="How much evidence a removal needs.")] = Profile.BALANCED,
    rules: Annotated[Path | None, typer.Option(help="Rules of yours that are in force already (TOML).")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the articles (BCP 47), if you know it.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Worker processes (as many as processors). Never changes the result.")
    ] = None,
    report: Annotated[ReportForm, typer.Option(help="How the outcome is told on standard output.")] = ReportForm.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Propose rules for lines that stand in most articles of one source and are no text of theirs.

    The outcome is a rule file to be read by a person, with counts, places and examples for each rule;
    `archiver rules test` shows what it does, `--rules` puts it in force.
    """
    if output is not None and str(output) == "-":
        output = None
    if output is not None:
        require_new_file(output)
    with progress_bar("learning", quiet=quiet or as_json) as progress:
        outcome = api.learn_rules(
            inputs,
            by=by,
            min_articles=min_articles,
            min_share=min_share,
            profile=profile,
            rules=rules,
            language=language,
            jobs=jobs or os.cpu_count() or 1,
            stdin=read_stdin(inputs),
            progress=progress,
        )
    if output is not None:
        _write(output, outcome.toml)
    if as_json or report is ReportForm.JSON:
        print_json(
            learned_document(
                outcome.learned,
                failed=outcome.failed,
                unplaced=outcome.unplaced,
                failures=outcome.failures,
                output=str(output) if output is not None else None,
            )
        )
    elif output is None:
        write_content(outcome.toml.encode("utf-8"))
    if not (quiet or as_json or report is ReportForm.JSON):
        complain(learned_words(outcome.learned, failed=outcome.failed, unplaced=outcome.unplaced))
    return learned_exit_code(outcome.learned, outcome.failed)


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror}", place=str(file), advice="check the folder and its permissions"
        ) from error
