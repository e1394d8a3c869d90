"""The end of a run on disk: a run that is killed between sealing and tidying up has been done, and says so."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from archiver import canon
from archiver.errors import OutputExistsError
from archiver.model.outcome import Finding, Reject, RunReport, Severity
from archiver.package.atomic import write_file
from archiver.package.lineage import base_reference
from archiver.pipeline.outputs import Outputs, has_seal, read_seal
from archiver.pipeline.run_folder import RunFolder


def write_ending(folder: RunFolder, report: RunReport) -> None:
    """Write down what the run has to report, when its bag is whole and not yet published."""
    told = {**asdict(report), "rejects": [reject.to_dict() for reject in report.rejects]}
    if report.base is not None:
        told["base"] = report.base.to_dict()
    seal = read_seal(folder.bag).decode("utf-8")
    write_file(folder.ending, canon.canonical_json({"seal": seal, "report": told}))


def read_ending(folder: RunFolder, outputs: Outputs) -> RunReport | None:
    """Return the report of a run that has published ``outputs``, None if one of them is not there yet.

    Raises OutputExistsError if what is there is not the package of this run.
    """
    there = [path for path in outputs if os.path.lexists(path)]
    try:
        ending = json.loads(folder.ending.read_bytes()) if there else {}
        seal = ending["seal"].encode("utf-8") if there else b""
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        seal = b""
    for path in there:
        if not has_seal(path, seal):
            raise OutputExistsError(
                "the output is already there, is not of this run, and was not touched",
                place=str(path),
                advice="choose another output, or move the old one away",
            )
    if there != [*outputs]:
        return None
    told = ending["report"]
    return RunReport(
        **{
            **told,
            "package": str(outputs.main),
            "rejects": tuple(map(reject_from, told["rejects"])),
            "sidecar_unmatched": tuple(told["sidecar_unmatched"]),
            "articles_unmatched": tuple(told["articles_unmatched"]),
            "base": base_reference(told["base"]) if told["base"] is not None else None,
            "warnings": tuple(told.get("warnings", ())),
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
