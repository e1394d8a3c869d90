"""Outcomes as JSON documents, each with a schema of its own in schemas/."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver import canon
from archiver.errors import ExitCode
from archiver.model.outcome import Finding, RunReport, Severity, TemplateReport
from archiver.report.envelope import envelope as _document
from archiver.report.looks import LookTally
from archiver.schemas import read_schema, schema_names

if TYPE_CHECKING:
    from archiver.clean.ruleset import RuleSet
    from archiver.package.convert import ConvertReport
    from archiver.package.open import Package
    from archiver.package.restore import RestoreReport


def export_document(report: RunReport) -> dict[str, Any]:
    """Return the outcome of an export (run-report.schema.json)."""
    document = _document(
        "run-report",
        "export",
        report.exit_code,
        package=report.package,
        articles=report.articles,
        rejected=report.rejected,
        rejects=[reject.to_dict() for reject in report.rejects],
        carried=report.carried,
        removed_blocks=report.removed_blocks,
        doubtful_blocks=report.doubtful_blocks,
        flags=dict(report.flags),
        sidecar_unmatched=list(report.sidecar_unmatched),
        articles_unmatched=list(report.articles_unmatched),
        reject_codes=dict(report.reject_codes),
    )
    if report.base is not None:
        document["base"] = report.base.to_dict()
    if report.warnings:
        document["warnings"] = list(report.warnings)
    return document


def findings_document(
    command: str, findings: Sequence[Finding], *, targets: Sequence[str], exit_code: int, depth: str | None = None
) -> dict[str, Any]:
    """Return the outcome of ``validate`` or ``verify`` (findings.schema.json)."""
    content: dict[str, Any] = {
        "ok": not any(finding.severity is Severity.ERROR for finding in findings),
        "targets": list(targets),
        "findings": [finding.to_dict() for finding in findings],
    }
    if depth is not None:
        content["depth"] = depth
    return _document("findings", command, exit_code, **content)


def restore_document(report: RestoreReport, package: Path, output: Path) -> dict[str, Any]:
    """Return the outcome of a restore (restore.schema.json)."""
    return _document(
        "restore",
        "restore",
        ExitCode.DONE,
        package=str(package),
        output=str(output),
        files=report.files,
        bytes=report.bytes,
        not_archived=list(report.not_archived),
    )


def convert_document(report: ConvertReport, package: Path) -> dict[str, Any]:
    """Return the outcome of a conversion (convert.schema.json)."""
    return _document(
        "convert",
        "convert",
        ExitCode.DONE,
        package=str(package),
        output=report.output,
        container=report.container.value,
        files=report.files,
        bytes=report.bytes,
    )


def inspect_document(package: Package, *, articles: bool) -> dict[str, Any]:
    """Return a package in figures, with a line for each article if asked for (inspect.schema.json)."""
    from archiver.package.lineage import read_base
    from archiver.package.summary import summarize

    figures = {key: value for key, value in asdict(summarize(package)).items() if value is not None}
    document = _document("inspect", "inspect", ExitCode.DONE, package=str(package.path), summary=figures)
    base = read_base(package.data)
    if base is not None:
        document["base"] = base.to_dict()
    if articles:
        document["articles"] = [_listed(metadata.to_dict()) for metadata in package.descriptions()]
    return document


def template_document(report: TemplateReport) -> dict[str, Any]:
    """Return what became of a metadata file to be filled in (template.schema.json)."""
    tally = LookTally(report.articles)
    for path, error in report.failures:
        tally.refuse(path, error)
    told = {"file": report.file, "articles": report.articles, "rejects": tally.rejects}
    return _document("template", "inspect", tally.exit_code, **told)


def _listed(description: Mapping[str, Any]) -> dict[str, Any]:
    told = {"id": description["id"], "path": description["source"]["path"]}
    for field in ("title", "publisher", "language", "word_count"):
        if field in description:
            told[field] = description[field]
    if "published" in description:
        told["published"] = description["published"]["value"]
    return told


def rules_document(rules: RuleSet, *, language: str | None) -> dict[str, Any]:
    """Return the rule set in force (rules.schema.json)."""
    listed = [rule for rule in rules.to_dicts() if language is None or rule["language"] == language]
    return _document(
        "rules", "rules list", ExitCode.DONE, rules_version=rules.version, rules_digest=rules.digest, rules=listed
    )


def schema_document() -> dict[str, Any]:
    """Return the list of schemas (schema-list.schema.json)."""
    return _document("schema-list", "schema", ExitCode.DONE, schemas=[_schema(name) for name in schema_names()])


def _schema(name: str) -> dict[str, Any]:
    data = read_schema(name)
    told: dict[str, Any] = {"file": name, "name": name.split(".", maxsplit=1)[0]}
    if name.endswith(".json"):
        values = json.loads(data)
        for key, member in (("id", "$id"), ("title", "title"), ("description", "description")):
            if values.get(member):
                told[key] = values[member]
    return {**told, "bytes": len(data), "sha256": canon.sha256_hex(data)}
