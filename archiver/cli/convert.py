"""``archiver convert``: the same package in another container."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, behind_the_work, command
from archiver.cli.streams import print_json, printable, say
from archiver.errors import ExitCode
from archiver.package.convert import Container
from archiver.report.machine import convert_document


@command
def convert(
    package: Annotated[
        Path, typer.Argument(metavar="PACKAGE", help="A package of archiver: folder, WACZ, ZIP, tar, E-ARK.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="File or folder to make; it must not exist.")],
    to: Annotated[Container, typer.Option(help="What to make: a folder (bag, eark), or one file.")],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Write a package as bag, WACZ, tar, ZIP or E-ARK package; any way and back gives the same bytes.

    A WACZ carries the files of its bag along, and so does an E-ARK package (a folder with METS, CSIP 2.1).
    Everything is compared with the checksums of the package on the way; the output gets its name when it
    is whole.
    """
    report = api.convert(package, output, to)
    with behind_the_work():
        if as_json:
            print_json(convert_document(report, package))
            return ExitCode.DONE
        say(f"{printable(report.output)}: {report.container}, {report.files} file(s), {report.bytes} bytes")
    return ExitCode.DONE
