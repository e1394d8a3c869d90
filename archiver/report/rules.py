"""Rules that were tried and rules that were learned: in words, and as JSON documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from archiver.clean.learned import Learned, LeftAlone, Proposal, Standing
from archiver.clean.trial import ArticlesTried, RuleTally, RuleTrial, TrialLine
from archiver.errors import ArticleError, ExitCode
from archiver.report.envelope import envelope
from archiver.report.text import shown

_SHOWN_CHARS = 110


def trial_exit_code(trial: RuleTrial) -> ExitCode:
    """Return what trying a rule file says to the shell."""
    if trial.faults:
        return ExitCode.FINDINGS
    if trial.tried is None:
        return ExitCode.DONE
    if trial.tried.articles == 0:
        return ExitCode.NOT_TRUSTWORTHY
    return ExitCode.SOME_REJECTED if trial.tried.failed else ExitCode.DONE


def trial_document(trial: RuleTrial) -> dict[str, Any]:
    """Return the outcome of trying a rule file (rules-test.schema.json)."""
    content: dict[str, Any] = {
        "ok": not trial.faults,
        "file": trial.file,
        "rules_version": trial.version,
        "rules": trial.rules,
        "faults": [
            {key: value for key, value in asdict(fault).items() if value or key == "rule"} for fault in trial.faults
        ],
    }
    if trial.tried is not None:
        content["tried"] = {
            "articles": trial.tried.articles,
            "failed": trial.tried.failed,
            "rejects": [_failure(path, error) for path, error in trial.tried.failures],
            "removed": trial.tried.removed,
            "more": trial.tried.more,
            "fewer": trial.tried.fewer,
            "rules": [tally.to_dict() for tally in trial.tried.tallies],
        }
    return envelope("rules-test", "rules test", trial_exit_code(trial), **content)


def trial_words(trial: RuleTrial, *, asked: bool) -> str:
    """Say which rules fail their examples and what the others do; ``asked`` tells that articles were given."""
    lines = []
    for fault in trial.faults:
        lines.append(f"{shown(fault.rule)}: {shown(fault.message)}")
        lines += [f"    {shown(fault.happened)}"] if fault.happened else []
        lines.append(f"  → {shown(fault.advice)}")
    if trial.faults:
        wrong = len({fault.rule for fault in trial.faults if fault.expected != "disable"})
        lines.append(f"{shown(trial.file)}: {wrong} of {trial.rules} rule(s) at fault, {len(trial.faults)} fault(s)")
        lines += ["the articles were not looked at: mend the rules first"] if asked else []
        return "\n".join(lines)
    lines.append(f"{shown(trial.file)}: {trial.rules} rule(s), all meet their examples")
    if trial.tried is not None:
        lines += _tried(trial.tried)
    return "\n".join(lines)


def _tried(tried: ArticlesTried) -> Iterator[str]:
    yield f"{tried.articles} article(s) looked at, {tried.failed} input(s) that are none"
    yield from (f"    {shown(path)}: {shown(error.message)}" for path, error in tried.failures)
    if tried.failed > len(tried.failures):
        yield f"    … and {tried.failed - len(tried.failures)} more"
    yield f"{tried.removed} line(s) go; {tried.more} of them would stay without the file, {tried.fewer} stay through it"
    for tally in tried.tallies:
        yield ""
        yield from _tally(tally)


def _tally(tally: RuleTally) -> Iterator[str]:
    does, undoes, all_the_same = ("keeps", "stay", "go") if tally.rule.keeps else ("removes", "go", "stay")
    yield f"{shown(tally.rule.ref)} {does} {tally.lines} line(s) in {tally.articles} article(s)"
    yield f"  {tally.changed_lines} line(s) in {tally.changed_articles} article(s) {undoes} through this rule alone"
    yield from (f"    {_place(line)}" for line in tally.changed)
    if tally.beside:
        yield f"  {tally.beside} other line(s) have another fate through it, by what stands around them"
        yield from (f"    {_place(line)} [{line.fate}]" for line in tally.others)
    if tally.unchanged:
        yield f"  with and without it {undoes}:"
        yield from (f"    {_place(line)}" for line in tally.unchanged)
    if tally.without_effect:
        yield f"  {tally.without_effect} line(s) that it matches {all_the_same} all the same"
        yield from (f"    {_place(line)}" for line in tally.idle)
    if tally.collisions:
        yield f"  {tally.collisions} line(s) that it matches are protected by another rule"
        yield from (f"    {_place(line)} [{line.other}]" for line in tally.colliding)


def _place(line: TrialLine) -> str:
    place = str(line.line) if line.line is not None else str(line.place.get("xpath", ""))
    return f"{shown(line.path)}:{shown(place)}: {_short(line.text)}"


def _short(text: str) -> str:
    plain = shown(text)
    return plain if len(plain) <= _SHOWN_CHARS else plain[:_SHOWN_CHARS] + "…"


def learned_exit_code(learned: Learned, failed: int) -> ExitCode:
    """Return what learning rules says to the shell: not trustworthy where no source has enough articles."""
    if not any(source.enough for source in learned.sources):
        return ExitCode.NOT_TRUSTWORTHY
    return ExitCode.SOME_REJECTED if failed else ExitCode.DONE


def learned_document(
    learned: Learned,
    *,
    failed: int,
    unplaced: int,
    failures: Sequence[tuple[str, ArticleError]],
    output: str | None,
) -> dict[str, Any]:
    """Return what was learned (rules-learn.schema.json)."""
    content: dict[str, Any] = {
        "min_articles": learned.min_articles,
        "min_share": learned.min_share,
        "sources": [asdict(source) for source in learned.sources],
        "proposals": [_proposal(proposal) for proposal in learned.proposals],
        "left_alone": [_left_alone(left) for left in learned.left_alone],
        "shared": [
            {
                "text": shared.text,
                "sources": [{"source": name, "articles": articles, "of": of} for name, articles, of in shared.sources],
            }
            for shared in learned.shared
        ],
        "unplaced": unplaced,
        "failed": failed,
        "rejects": [_failure(path, error) for path, error in failures],
    }
    if output is not None:
        content["output"] = output
    return envelope("rules-learn", "rules learn", learned_exit_code(learned, failed), **content)


def _proposal(proposal: Proposal) -> dict[str, Any]:
    told: dict[str, Any] = {
        "source": proposal.source,
        "rule": proposal.rule.to_dict(),
        "standing": _standing(proposal.standing),
        "seen": [asdict(seen) for seen in proposal.seen],
    }
    return {**told, "note": proposal.note} if proposal.note else told


def _left_alone(left: LeftAlone) -> dict[str, Any]:
    return {
        "source": left.source,
        "text": left.text,
        "standing": _standing(left.standing),
        "reason": left.reason.value,
        "detail": left.detail,
    }


def _standing(standing: Standing) -> dict[str, int]:
    return asdict(standing)


def _failure(path: str, error: ArticleError) -> dict[str, str]:
    told = {"path": path, "code": error.code, "message": error.message}
    return {**told, "advice": error.advice} if error.advice else told


def learned_words(learned: Learned, *, failed: int, unplaced: int) -> str:
    """Say what was learned from which source, and what was left alone and why."""
    lines = []
    for source in learned.sources:
        if not source.enough:
            lines.append(
                f"{shown(source.name)}: too few articles: {source.articles} read, {source.compared} of them different, "
                f"{learned.min_articles} are needed"
            )
            continue
        rules = sum(proposal.source == source.name for proposal in learned.proposals)
        reasons = Counter(left.reason.value for left in learned.left_alone if left.source == source.name)
        told = "".join(f", {reason} {number}" for reason, number in sorted(reasons.items()))
        lines.append(
            f"{shown(source.name)}: {rules} rule(s) proposed; "
            f"{source.articles} article(s) read, {source.compared} compared"
        )
        lines += [f"  recurring lines left alone: {told[2:]}"] if told else []
    for shared in learned.shared:
        lines.append(f"in {len(shared.sources)} sources, so of none of them: {_short(shared.text)}")
    lines += [f"{unplaced} article(s) of no known source"] if unplaced else []
    lines += [f"{failed} input(s) are no articles"] if failed else []
    if not learned.sources:
        lines.append("there is no article in the input")
    return "\n".join(lines)
