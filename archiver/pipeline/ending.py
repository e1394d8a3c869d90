"""The end of a run on disk: a run that is killed between sealing and tidying up has been done, and says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archiver import canon
from archiver.errors import OutputExistsError
from archiver.model.outcome import Finding, Reject, RunReport, Severity
from archiver.package.atomic import write_file
from archiver.pipeline.run_folder import RunFolder

#: It holds the digests of the manifests, which hold those of everything else.
_SEAL = "tagmanifest-sha256.txt"


def write_ending(folder: RunFolder, report: RunReport) -> None:
    """Write down what the run has to report, when its bag is whole and not yet published."""
    told = {**asdict(report), "rejects": [reject.to_dict() for reject in report.rejects]}
    seal = canon.sha256_hex((folder.bag / _SEAL).read_bytes())
    write_file(folder.ending, canon.canonical_json({"seal": seal, "report": told}))


def read_ending(folder: RunFolder, target: Path) -> RunReport:
    """Return the report of a run that has sealed ``target``.

    Raises OutputExistsError if what is at ``target`` is not the package of this run.
    """
    try:
        ending = json.loads(folder.ending.read_bytes())
        same = canon.sha256_hex((target / _SEAL).read_bytes()) == ending["seal"]
    except (OSError, ValueError, KeyError):
        same = False
    if not same:
        raise OutputExistsError(
            "the output is already there, is not of this run, and was not touched",
            place=str(target),
            advice="choose another output, or move the old one away",
        )
    told = ending["report"]
    return RunReport(
        **{
            **told,
            "package": str(target),
            "rejects": tuple(map(reject_from, told["rejects"])),
            "sidecar_unmatched": tuple(told["sidecar_unmatched"]),
        }
    )


def reject_from(values: Mapping[str, Any]) -> Reject:
    """Return the reject that a line of ``rejected/rejects.jsonl`` describes."""
    findings = tuple(
        Finding(**{**finding, "severity": Severity(finding["severity"])}) for finding in values.get("findings", ())
    )
    return Reject(
        id=values["id"],
        path=values["path"],
        code=values["code"],
        message=values["message"],
        advice=values.get("advice", ""),
        sha256=values.get("sha256"),
        size=values.get("bytes", 0),
        record_id=values.get("warc_record_id"),
        ordinal=values.get("ordinal", 0),
        findings=findings,
    )
