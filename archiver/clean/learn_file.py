"""A rule file (TOML) of what was learned, with what a person needs to review it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from archiver.clean.learned import Learned, Proposal
from archiver.clean.rule import Rule, Scope

_SHOWN = 100
_DEFAULT_MAX = 200


def rule_file(learned: Learned) -> str:
    """Return the proposals as a rule file that ``--rules`` takes; comments tell counts and places."""
    lines = [
        "# Proposed by archiver rules learn. Read every rule before you use it; delete what you do not want.",
        f"# A line is proposed that stands in at least {learned.min_share} of the articles of one source.",
        'version = "1"',
    ]
    for source in learned.sources:
        own = [proposal for proposal in learned.proposals if proposal.source == source.name]
        if not source.enough:
            told = f"{source.compared} article(s) of its own, fewer than {learned.min_articles}: nothing learned"
        else:
            told = f"{source.articles} article(s) read, {source.compared} compared, {len(own)} rule(s)"
        lines += ["", f"# ---- {_comment(source.name)}: {told}"]
        for proposal in own:
            lines += ["", *_commented(proposal), *_table(proposal.rule)]
    if learned.shared:
        lines += ["", "# ---- Lines that recur in several sources: no mark of one of them, so no rules."]
        for shared in learned.shared:
            where = ", ".join(f"{_comment(name)} {articles}/{of}" for name, articles, of in shared.sources)
            lines.append(f"# {_comment(shared.text)} [{where}]")
    return "\n".join(lines) + "\n"


def _commented(proposal: Proposal) -> Iterator[str]:
    standing = proposal.standing
    percent = standing.articles * 100 // standing.of
    yield (
        f"# In {standing.articles} of {standing.of} articles ({percent} %): above the text {standing.head}, "
        f"in it {standing.between}, below it {standing.tail}. Kept so far in {standing.kept}."
    )
    for seen in proposal.seen:
        yield f"# seen: {_comment(seen.path)} {_comment(seen.place)}"
    if proposal.note:
        yield f"# NOTE: {proposal.note}."


def _comment(text: str) -> str:
    """Return ``text`` on one line, without what TOML forbids in a comment."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"


def _table(rule: Rule) -> Iterator[str]:
    yield "[[rule]]"
    yield f"id = {_string(rule.id)}"
    yield f"version = {rule.version}"
    yield f"category = {_string(rule.category or '')}"
    yield f"scope = {_string(rule.scope)}"
    yield f"zone = {_string(rule.zone)}"
    yield f"strength = {_string(rule.strength)}"
    if rule.max_chars != _DEFAULT_MAX or rule.scope is Scope.PART:
        yield f"max_chars = {rule.max_chars}"
    yield f"reason = {_string(rule.reason)}"
    yield from _list("pattern", rule.pattern)
    yield from _list("match", rule.match)
    yield from _list("keep", rule.keep)


def _list(name: str, texts: Sequence[str]) -> Iterator[str]:
    yield f"{name} = ["
    yield from (f"  {_string(text)}," for text in texts)
    yield "]"


def _string(text: str) -> str:
    """Write a basic string of TOML 1.0: escapes as in JSON, but for what JSON leaves as it is."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007F")
