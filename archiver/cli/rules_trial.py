"""``archiver rules test``: a rule file against its examples, and against articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.clean.trial import SAMPLES
from archiver.cli.export import ReportForm
from archiver.cli.front import JSON_OPTION, command
from archiver.cli.streams import print_json, read_stdin, say
from archiver.model.verdict import Profile
from archiver.report.rules import trial_document, trial_exit_code, trial_words


@command
def try_rules(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of rules of yours (TOML).")],
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="[INPUT]", help="Articles to try it on: as for export.")
    ] = None,
    profile: Annotated[Profile, typer.Option(help="How much evidence a removal needs.")] = Profile.BALANCED,
    language: Annotated[str | None, typer.Option(help="Language of the articles (BCP 47), if you know it.")] = None,
    samples: Annotated[int, typer.Option(min=0, help="Lines to show of each kind for a rule.")] = SAMPLES,
    report: Annotated[ReportForm, typer.Option(help="How the outcome is told on standard output.")] = ReportForm.TEXT,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Check every rule of a file against its own examples; with articles, show what each rule does to them.

    All faults are told at once. With articles: how many lines each rule removes, which of them go through
    it alone, which lines it matches without effect, and where a rule that protects stands against it.
    """
    given = inputs or []
    trial = api.try_rules(file, given, profile=profile, language=language, samples=samples, stdin=read_stdin(given))
    if as_json or report is ReportForm.JSON:
        print_json(trial_document(trial))
    else:
        say(trial_words(trial, asked=bool(given)))
    return trial_exit_code(trial)
