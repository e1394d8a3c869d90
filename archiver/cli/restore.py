"""``archiver restore``: the original input files, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, behind_the_work, command
from archiver.cli.streams import complain, print_json, printable, say
from archiver.errors import ExitCode
from archiver.report.machine import restore_document


@command
def restore(
    package: Annotated[Path, typer.Argument(metavar="PACKAGE", help="A package of archiver.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the files; none of them may exist there.")],
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]", help="Only the inputs of these articles.")] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Write the original inputs under their original names; each is checked against its SHA-256."""
    report = api.restore(package, ids or [], output)
    with behind_the_work():
        if as_json:
            print_json(restore_document(report, package, output))
            return ExitCode.DONE
        say(f"{report.files} file(s), {report.bytes} bytes restored to {printable(str(output))}")
    for path in report.not_archived:
        complain(f"not restored, as it could not be read when the package was made: {printable(path)}")
    return ExitCode.DONE
