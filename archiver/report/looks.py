"""Articles that were only looked at, as JSON: each by itself, since there can be more than memory holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archiver.errors import ArchiverError, ExitCode, InternalFaultError
from archiver.model.article import Article, Block
from archiver.model.look import Look
from archiver.model.verdict import Verdict
from archiver.report.envelope import envelope


def article_document(article: Article) -> dict[str, Any]:
    """Return an article with its description and every block (``judged`` in common.schema.json, without the path)."""
    return {
        "metadata": article.metadata.to_dict(),
        "profile": article.profile.value,
        "rules_digest": article.rules_digest,
        "text": article.text,
        "blocks": [_block(block) for block in article.blocks],
        "notices": [{"code": notice.code, "message": notice.message} for notice in article.notices],
        "unseen_chars": article.unseen_chars,
    }


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {
        "index": block.index,
        "kind": block.kind.value,
        "fate": block.fate.value,
        "text": block.text,
    }
    if block.rule:
        told["rule"] = block.rule
    if block.category:
        told["category"] = block.category.value
    told |= {"evidence": block.evidence, "doubtful": block.doubtful}
    if block.span is not None:
        told["place"] = {"char": [block.span.start, block.span.end]}
    elif block.path:
        told["place"] = {"xpath": block.path}
    return {**told, "verdicts": [_verdict(verdict) for verdict in block.verdicts]}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    told: dict[str, Any] = {"rule": verdict.rule, "action": verdict.action.value, "weight": verdict.weight}
    if verdict.category:
        told["category"] = verdict.category.value
    return {**told, "evidence": verdict.evidence}


@dataclass(slots=True)
class LookTally:
    """What came of articles that were looked at one by one; of those that were made only their number is kept."""

    articles: int = 0
    faults: int = 0
    """Failures that are bugs of archiver."""
    rejects: list[dict[str, str]] = field(default_factory=list)

    def counted(self, looks: Iterable[Look]) -> Iterator[Look]:
        """Yield the same looks, and count them."""
        for one in looks:
            if one.error is None:
                self.articles += 1
            else:
                self.refuse(one.path, one.error)
            yield one

    def refuse(self, path: str, error: ArchiverError) -> None:
        """Count a candidate that became no article."""
        self.faults += isinstance(error, InternalFaultError)
        told = {"path": path, "code": error.code, "message": error.message}
        self.rejects.append({**told, "advice": error.advice} if error.advice else told)

    @property
    def exit_code(self) -> ExitCode:
        """What it says to the shell."""
        if self.faults:
            return ExitCode.INTERNAL_FAULT
        if not self.articles:
            return ExitCode.NOT_TRUSTWORTHY
        return ExitCode.SOME_REJECTED if self.rejects else ExitCode.DONE

    def document(self, command: str) -> dict[str, Any]:
        """Return the document of ``strip`` or ``explain`` (schemas of the same names) without its ``articles``."""
        return envelope(command, command, self.exit_code, rejects=self.rejects)


def look_document(one: Look) -> dict[str, Any]:
    """Return an article that was looked at (``judged`` in common.schema.json). Raises ValueError if there is none."""
    if one.article is None:
        raise ValueError("no article was made")
    document = {"path": one.path, **article_document(one.article)}
    for block in document["blocks"]:
        if block["index"] in one.weights:
            block["weights"] = [{"group": group, "points": points} for group, points in one.weights[block["index"]]]
    return document
