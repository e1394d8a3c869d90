"""An unfinished run in words, and as a JSON document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archiver.errors import ExitCode
from archiver.model.run_status import RunStatus
from archiver.report.envelope import envelope
from archiver.report.progress import time_words
from archiver.report.text import shown


def run_document(status: RunStatus) -> dict[str, Any]:
    """Return how far a run is (run-status.schema.json)."""
    told = {key: value for key, value in asdict(status).items() if value is not None and key != "version"}
    told |= {"state": status.state.value, "made_by": status.version, "open_files": status.open_files}
    return envelope("run-status", "inspect", ExitCode.DONE, **told)


def run_words(document: dict[str, Any]) -> str:
    """Say how far the run of a document is."""
    lines = [
        f"{shown(document['run'])}: {document['state']}",
        f"  done      {document['done_files']} of {document['files']} files{_share(document)}",
        f"  shards    {document['done_shards']} of {document['shards']}",
        f"  open      {document['open_files']} files",
        *([f"  portions  {document['portions']} of open files are made"] if document["portions"] else []),
        f"  articles  {document['articles']}",
        f"  rejected  {document['rejected']}",
        *(f"    {code}: {number}" for code, number in document["reject_codes"].items()),
    ]
    if "files_per_second" in document:
        lines.append(f"  rate      {document['files_per_second']} files/s")
    if "seconds_left" in document:
        lines.append(f"  left      {time_words(document['seconds_left'])}, then sealing")
    if document["killed_workers"]:
        lines.append(f"  workers   {document['killed_workers']} were killed")
    if "last" in document:
        lines.append(f"  last sign {shown(document['last'])}")
    if "stopped_by" in document:
        lines.append(f"  stopped   {shown(document['stopped_by'])}")
    if document["state"] in ("stopped", "sealed"):
        lines.append("  → go on with the same command and --resume")
    return "\n".join(lines)


def _share(document: dict[str, Any]) -> str:
    size = document["bytes"]
    return f", {document['done_bytes'] * 100 // size} % of the bytes" if size else ""
