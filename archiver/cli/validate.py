"""``archiver validate``: descriptions and TEI against their schemas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, command
from archiver.cli.progress import progress_bar
from archiver.cli.spool import Spool
from archiver.cli.streams import say
from archiver.errors import ExitCode
from archiver.model.outcome import Finding, Severity
from archiver.pipeline.validation import require_file
from archiver.report.machine import findings_document
from archiver.report.text import finding_words

_OF_THE_SCHEMA = "schema.unknown-keyword"


@command
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=".json, .jsonl, or TEI as .xml.")],
    schema: Annotated[Path | None, typer.Option(help="A stricter JSON Schema of yours for descriptions.")] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Check article descriptions (JSON, JSON Lines) and TEI files; tell all problems at once.

    Each problem has file, line, JSON Pointer, and what to do. Packages and folders are for `archiver verify`.
    """
    for file in files:
        require_file(file)
    wrong = False
    with Spool("findings") as spool:
        for finding in _findings(files, schema):
            wrong = wrong or finding.severity is Severity.ERROR
            if as_json:
                spool.add(finding.to_dict())
            else:
                say(finding_words(finding))
        code = ExitCode.FINDINGS if wrong else ExitCode.DONE
        if as_json:
            document = findings_document("validate", (), targets=list(map(str, files)), exit_code=code)
            spool.print({**document, "ok": not wrong})
        elif not wrong:
            say(f"{len(files)} file(s) valid")
    return code


def _findings(files: list[Path], schema: Path | None) -> Iterator[Finding]:
    told: set[Finding] = set()
    sizes = [file.stat().st_size if file.is_file() else 0 for file in files]
    with progress_bar("validating", quiet=False, unit="bytes") as progress:
        for number, file in enumerate(files):
            before, total = sum(sizes[:number]), sum(sizes)

            def show(done: int, _: int, before: int = before, total: int = total) -> None:
                if progress is not None:
                    progress(before + done, total)

            for finding in api.validate(file, schema=schema, progress=show if progress else None):
                if finding.code == _OF_THE_SCHEMA:
                    # It is the same for all files.
                    if finding in told:
                        continue
                    told.add(finding)
                yield finding
