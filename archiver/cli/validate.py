"""``archiver validate``: descriptions and TEI against their schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, command
from archiver.cli.streams import print_json, say
from archiver.errors import ExitCode
from archiver.model.outcome import Severity
from archiver.report.machine import findings_document
from archiver.report.text import finding_words


@command
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=".json, .jsonl, or TEI as .xml.")],
    schema: Annotated[Path | None, typer.Option(help="A stricter JSON Schema of yours for descriptions.")] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Check article descriptions (JSON, JSON Lines) and TEI files; tell all problems at once.

    Each problem has file, line, JSON Pointer, and what to do.
    """
    findings = []
    for file in files:
        for finding in api.validate(file, schema=schema):
            findings.append(finding)
            if not as_json:
                say(finding_words(finding))
    wrong = any(finding.severity is Severity.ERROR for finding in findings)
    code = ExitCode.FINDINGS if wrong else ExitCode.DONE
    if as_json:
        print_json(findings_document("validate", findings, targets=list(map(str, files)), exit_code=code))
    elif not wrong:
        say(f"{len(files)} file(s) valid")
    return code
