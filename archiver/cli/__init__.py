"""The command line: one small module a command; nothing but options, calls and words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from archiver.cli.front import tell
from archiver.cli.lazy import LazyGroup, stand_in
from archiver.cli.streams import mend_streams
from archiver.errors import ExitCode, UsageError
from archiver.version import __version__

app = typer.Typer(
    name="archiver",
    cls=LazyGroup,
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


for _name, _words in (
    ("export", "Package articles: the main job."),
    ("strip", "Print the kept text of articles."),
    ("explain", "Show why each block stays or goes."),
    ("validate", "Check descriptions and TEI files."),
    ("verify", "Check a package to the last byte."),
    ("restore", "Get the original inputs back."),
    ("convert", "Write a package as WACZ, tar, ZIP or bag."),
    ("inspect", "Tell what is in a package."),
    ("schema", "Print or list the schemas."),
    ("rules", "Show, test and learn phrase rules."),
):
    app.command(_name, short_help=_words)(stand_in)


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
