"""The command line: one small module a command; nothing but options, calls and words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from archiver.cli import convert, explain, export, inspect, restore, rules, schema, strip, validate, verify
from archiver.cli.front import tell
from archiver.cli.streams import mend_streams
from archiver.errors import ExitCode, UsageError
from archiver.version import __version__

app = typer.Typer(
    name="archiver",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="""Strip articles of what is not the article, describe them, and package them for long-term keeping.

    The main job: `archiver export FOLDER -o PACKAGE`. To see first what would be removed from one
    article, and why: `archiver explain FILE`.

    Exit codes: 0 done; 1 failed, nothing sealed; 2 wrong use; 3 done, some articles rejected; 4 done,
    but not trustworthy; 5 problems found by verify or validate; 6 a fault in archiver was met;
    130 interrupted.
    """,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"archiver {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: bool = typer.Option(
        False, "--version", help="Print the version and stop.", callback=_version, is_eager=True
    ),
) -> None:
    pass


app.command("export", short_help="Package articles: the main job.")(export.export)
app.command("strip", short_help="Print the kept text of articles.")(strip.strip)
app.command("explain", short_help="Show why each block stays or goes.")(explain.explain)
app.command("validate", short_help="Check descriptions and TEI files.")(validate.validate)
app.command("verify", short_help="Check a package to the last byte.")(verify.verify)
app.command("restore", short_help="Get the original inputs back.")(restore.restore)
app.command("convert", short_help="Write a package as WACZ, tar, ZIP or bag.")(convert.convert)
app.command("inspect", short_help="Tell what is in a package.")(inspect.inspect)
app.command("schema", short_help="Print or list the schemas.")(schema.schema)
app.add_typer(rules.app, name="rules", short_help="Show, test and learn phrase rules.")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line with ``arguments`` (those of the process, if not given) and leave with its exit code."""
    mend_streams()
    said = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in said
    try:
        code = app(said, prog_name="archiver", standalone_mode=not as_json)
    except typer.TyperException as error:
        code = tell(UsageError(error.format_message(), advice="see --help"), as_json=True)
    sys.exit(code or ExitCode.DONE)
