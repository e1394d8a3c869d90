"""``archiver verify``: is this package what it says, to the last byte."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, command
from archiver.cli.progress import progress_bar
from archiver.cli.streams import print_json, printable, say
from archiver.errors import ExitCode
from archiver.model.outcome import Severity
from archiver.report.machine import findings_document
from archiver.report.text import finding_words
from archiver.report.verdict import verdict_words


@command
def verify(
    package: Annotated[
        Path,
        typer.Argument(
            metavar="PACKAGE", help="A package, any bag or WACZ, WARC, ARC or TEI files or a folder of them."
        ),
    ],
    quick: Annotated[bool, typer.Option("--quick", help="Structure and sizes only; do not read every byte.")] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Worker processes (as many as processors). Never changes the result.")
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Check fixity and conformance: manifests, WARC digests, indexes, schemas, TEI, and that all of it agrees.

    Each finding has a stable code, the clause of the standard, the file, and what to do; docs/findings.md
    lists all codes. Nothing is ever repaired in place.
    """
    with progress_bar("verifying", quiet=as_json, unit="bytes") as progress:
        findings = api.verify(package, quick=quick, jobs=jobs or os.cpu_count() or 1, progress=progress)
    wrong = any(finding.severity is Severity.ERROR for finding in findings)
    code = ExitCode.FINDINGS if wrong else ExitCode.DONE
    if as_json:
        print_json(
            findings_document(
                "verify", findings, targets=[str(package)], exit_code=code, depth="quick" if quick else "full"
            )
        )
        return code
    for finding in findings:
        say(finding_words(finding, target=str(package)))
    say(verdict_words(printable(str(package)), findings, quick=quick))
    return code
