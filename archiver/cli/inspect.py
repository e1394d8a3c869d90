"""``archiver inspect``: what is in a package, and its descriptions in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.canon import unseen_escaped
from archiver.cli.front import JSON_OPTION, behind_the_work, command
from archiver.cli.streams import complain, print_json, printable, read_stdin, say, write_content
from archiver.crosswalk.targets import Target
from archiver.errors import ExitCode, UsageError
from archiver.report.machine import inspect_document, template_document
from archiver.report.run import run_document, run_words
from archiver.report.text import inspect_words


@command
def inspect(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="PACKAGE", help="A package or a run; for --template also inputs."),
    ],
    articles: Annotated[bool, typer.Option("--articles", help="List every article as well.")] = False,
    to: Annotated[Target | None, typer.Option(help="Print all descriptions in this form instead.")] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin --to csv with a byte order mark, for Excel.")] = False,
    template: Annotated[
        Path | None, typer.Option(help="Write a metadata file to be filled in, for export --metadata.")
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Tell what is in a package: counts, sources, dates, languages, removals by rule, rejects.

    Of an unfinished run, which works in PACKAGE.partial, it tells how far it is and how long it will take.

    --to prints its descriptions as Dublin Core (dc), schema.org (jsonld), IPTC ninjs or a table (csv).
    --template FILE writes a table that has, for each article of one package or of INPUT..., what was found
    and empty columns for what an archivist knows better.
    """
    _refuse_mixtures(to=to, template=template, articles=articles, bom=bom, as_json=as_json)
    if template is not None:
        return _write_template(inputs, template, as_json=as_json)
    if len(inputs) > 1:
        raise UsageError("only one package can be told of", place=inputs[1], advice="name one package at a time")
    if to is not None:
        for piece in api.crosswalk(inputs[0], to, byte_order_mark=bom):
            write_content(unseen_escaped(piece.decode()).encode() if to in (Target.JSONLD, Target.NINJS) else piece)
        return ExitCode.DONE
    if api.is_run(inputs[0]):
        return _tell_run(inputs[0], articles=articles, as_json=as_json)
    with api.open_package(inputs[0]) as opened:
        document = inspect_document(opened, articles=articles)
    if as_json:
        print_json(document)
    else:
        say(inspect_words(document))
    return ExitCode.DONE


def _tell_run(path: str, *, articles: bool, as_json: bool) -> int:
    if articles:
        raise UsageError("an unfinished run has no list of articles yet", place=path, advice="leave --articles out")
    document = run_document(api.run_status(path))
    if as_json:
        print_json(document)
    else:
        say(run_words(document))
    return ExitCode.DONE


def _refuse_mixtures(*, to: Target | None, template: Path | None, articles: bool, bom: bool, as_json: bool) -> None:
    if to is not None and (template is not None or articles or as_json):
        raise UsageError("--to goes with none of --template, --articles, --json", advice="ask for one at a time")
    if template is not None and articles:
        raise UsageError("--template does not go with --articles", advice="ask for one at a time")
    if bom and to is not Target.CSV:
        raise UsageError("--bom is for --to csv alone", advice="leave it out")


def _write_template(inputs: list[str], file: Path, *, as_json: bool) -> int:
    report = api.metadata_template(inputs, file, stdin=read_stdin(inputs), tell=complain)
    document = template_document(report)
    for path, error in report.failures:
        complain(f"no article, so no row: {printable(path)}: {printable(error.message)}")
    with behind_the_work():
        if as_json:
            print_json(document)
        else:
            say(f"{printable(report.file)}: {report.articles} article(s) to be described")
    return int(document["exit_code"])
