"""``archiver inspect``: what is in a package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, command
from archiver.cli.streams import print_json, say
from archiver.report.machine import inspect_document
from archiver.report.text import inspect_words


@command
def inspect(
    package: Annotated[Path, typer.Argument(metavar="PACKAGE", help="A package of archiver.")],
    articles: Annotated[bool, typer.Option("--articles", help="List every article as well.")] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Tell what is in a package: counts, sources, dates, languages, removals by rule, rejects."""
    with api.open_package(package) as opened:
        document = inspect_document(opened, articles=articles)
    if as_json:
        print_json(document)
    else:
        say(inspect_words(document))
    return 0
