"""Outcomes in words, for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from archiver.model.article import Article, Block
from archiver.model.outcome import BaseReference, Finding, Purpose, RunReport
from archiver.model.verdict import Action, Fate

if TYPE_CHECKING:
    from archiver.clean.ruleset import RuleSet

#: Of each cause.
_REJECTS_SHOWN = 5
_NAMES_SHOWN = 20
_MARGIN = 30
#: Of the groups of features that a model weighed; --json has all.
_GROUPS_SHOWN = 4


def shown(text: str) -> str:
    """Return ``text`` without anything that a terminal could take for a command."""
    return "".join(char if char.isprintable() else " " for char in text)


def export_words(report: RunReport) -> str:
    """Say what an export did: counts, rejects by cause, where the package is."""
    if not report.package:
        return _nothing_words(report.base)
    lines = [
        f"{shown(report.package)}: {_count(report.articles, 'article')}, {_count(report.rejected, 'reject')}",
        f"  carried besides: {report.carried} (pictures, requests, other files and records)",
        f"  {_count(report.removed_blocks, 'block')} removed, {report.doubtful_blocks} doubtful ones kept",
    ]
    lines += [f"  note: {code}: {number}" for code, number in report.flags.items()]
    lines += _base_words(report.base)
    lines += _rejects(report)
    lines += _named("in the metadata file, but matching no article", report.sidecar_unmatched)
    lines += _named("an article that no row of the metadata file is about", report.articles_unmatched)
    return "\n".join(lines)


def _named(what: str, names: Sequence[str]) -> Iterator[str]:
    yield from (f"  {what}: {shown(name)}" for name in names[:_NAMES_SHOWN])
    if len(names) > _NAMES_SHOWN:
        yield f"    … and {len(names) - _NAMES_SHOWN} more: --json names them"


def _nothing_words(base: BaseReference | None) -> str:
    if base is None:
        return "there is no file in the input; nothing was written"
    if base.purpose is Purpose.RETRY:
        return f"nothing of {shown(base.identifier)} can be tried again; nothing was written"
    return f"nothing is new or changed since {shown(base.identifier)}; nothing was written"


def _base_words(base: BaseReference | None) -> Iterator[str]:
    if base is not None:
        told = ", ".join(f"{number} {kind}" for kind, number in base.counts.items())
        yield f"  on the base of {shown(base.identifier)}: {told}"


def _rejects(report: RunReport) -> Iterator[str]:
    """Say what was rejected by cause, the most frequent one first; some of each are named."""
    codes = report.reject_codes or Counter(reject.code for reject in report.rejects)
    for code, number in codes.items():
        yield f"  rejected: {code}: {number}"
        named = [reject for reject in report.rejects if reject.code == code][:_REJECTS_SHOWN]
        advice = ""
        for reject in named:
            yield f"    {shown(reject.path)}: {shown(reject.message)}"
            if reject.advice != advice:
                advice = reject.advice
                yield f"      → {shown(advice)}"
        if number > len(named):
            yield f"    … and {number - len(named)} more: data/rejected/rejects.jsonl in the package has all of them"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def removed_words(article: Article) -> str:
    """List the removed blocks: category, rule, evidence, text."""
    if not article.removed:
        return "nothing was removed"
    return "\n".join(
        f"{block.category}\t{block.rule}\t{shown(block.text)}\n\t{shown(block.evidence)}" for block in article.removed
    )


def explain_words(article: Article, name: str, *, weights: Mapping[int, Sequence[tuple[str, int]]], width: int) -> str:
    """Show the whole article, the fate of each block in the margin, its evidence and the heaviest weights below it."""
    room = max(width - _MARGIN, 30)
    removed, doubtful = len(article.removed), sum(block.doubtful for block in article.kept)
    lines = [
        f"{shown(name)}: {len(article.kept)} blocks kept ({doubtful} doubtful), {removed} removed",
        f"language {article.metadata.language}, charset {article.metadata.source.charset}, profile {article.profile}",
        *(f"note: {notice.code}: {shown(notice.message)}" for notice in article.notices),
        "",
    ]
    for block in article.blocks:
        lines += _explained(block, weights.get(block.index, ()), room)
    lines += ["", *_described(article)]
    return "\n".join(lines)


def _explained(block: Block, weights: Sequence[tuple[str, int]], room: int) -> Iterator[str]:
    mark = "?" if block.doubtful else " "
    margin = f"- {block.category}" if block.fate is Fate.REMOVED else f"{mark} {block.kind}"
    for number, line in enumerate(textwrap.wrap(shown(block.text), room) or [""]):
        yield f"{margin if number == 0 else '':<{_MARGIN}}{line}"
    for line in textwrap.wrap(f"{block.rule}: {shown(block.evidence)}", room - 4):
        yield f"{'':<{_MARGIN}}    {line}"
    if block.fate is Fate.KEPT:
        closest = next((verdict for verdict in block.verdicts if verdict.action is Action.REMOVE), None)
        if closest is not None:
            words = f"came closest to removal by {closest.rule} ({closest.weight}): {shown(closest.evidence)}"
            for line in textwrap.wrap(words, room - 4):
                yield f"{'':<{_MARGIN}}    {line}"
    heaviest = [f"{group} {points:+d}" for group, points in weights[:_GROUPS_SHOWN] if points]
    if heaviest:
        for line in textwrap.wrap(f"weighed: {', '.join(heaviest)}", room - 4):
            yield f"{'':<{_MARGIN}}    {line}"


def _described(article: Article) -> Iterator[str]:
    described = article.metadata.to_dict()
    for field, origin in article.metadata.provenance.items():
        yield f"{field}: {shown(str(described.get(field)))}  [{shown(origin)}]"
    for other in article.metadata.alternatives:
        yield f"also {other.field}: {shown(other.value)}  [{shown(other.origin)}]"
    if article.metadata.unknown:
        yield f"unknown: {', '.join(article.metadata.unknown)}"


def finding_words(finding: Finding, *, target: str = "") -> str:
    """Say one finding in one or two lines: where, what, what to do; one of no file in it is of the ``target``."""
    place = finding.file or target
    for part in (finding.line, finding.pointer):
        place += f":{part}" if part not in (None, "") else ""
    place += f" at byte {finding.offset}" if finding.offset is not None else ""
    place += f" ({finding.record_id})" if finding.record_id else ""
    clause = f", {shown(finding.clause)}" if finding.clause else ""
    words = f"{finding.severity}: {shown(place)}: {shown(finding.message)} [{finding.code}{clause}]"
    return f"{words}\n  → {shown(finding.advice)}" if finding.advice else words


def inspect_words(document: Mapping[str, Any]) -> str:
    """Show the document of ``inspect --json`` as a table for people."""
    listed = {"listed": document["articles"]} if "articles" in document else {}
    base = {"on the base of": document["base"]} if "base" in document else {}
    return "\n".join(_table({"package": document["package"], **document["summary"], **base, **listed}, 0))


def _table(value: Mapping[str, Any], depth: int) -> Iterator[str]:
    width = max((len(str(key)) for key in value), default=0)
    for key, item in value.items():
        told = str(key).replace("_", " ") if depth == 0 else str(key) or "(not known)"
        label = f"{'  ' * depth}{shown(told)}"
        if isinstance(item, Mapping):
            if item:
                yield label
                yield from _table(item, depth + 1)
        elif isinstance(item, list):
            if item:
                yield label
                yield from (f"{'  ' * (depth + 1)}{_row(entry)}" for entry in item)
        elif item is not None:
            yield f"{label:<{width + 2 * depth + 2}}{shown(str(item))}"


def _row(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return "  ".join(shown(str(item)) for item in entry.values() if item not in (None, "", []))
    return shown(str(entry))


def rules_words(rules: RuleSet, *, language: str | None) -> str:
    """List the rules, one a line, under version and digest."""
    lines = [f"rules {rules.version}, sha256 {rules.digest}", ""]
    for rule in rules.rules:
        if language is None or rule.language == language:
            what = f"keeps {rule.keeps}" if rule.keeps else str(rule.category)
            lines.append(f"{rule.ref:<28} {what:<18} {rule.strength:<7} {rule.zone:<5} {rule.reason}")
    return "\n".join(lines)
