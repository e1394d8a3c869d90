"""An article in all the bytes that a package has of it, made before the first of them is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver import canon
from archiver.errors import InternalFaultError
from archiver.model.article import Article, Block
from archiver.model.records import WarcRecord
from archiver.model.source import Source
from archiver.package.pages import page_line
from archiver.package.run_facts import OF_DERIVED, Rules, warcinfo_fields
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.relations import LIKENESS, likeness_line
from archiver.pipeline.segment import Warcinfo
from archiver.pipeline.tools import Tools, tools_for
from archiver.tei.validate import validate_tei
from archiver.tei.write import write_tei
from archiver.warc.write import member

ARTICLES, LEDGER, PAGES = "articles.jsonl", "ledger.jsonl", "pages.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """All bytes that one article gives, made before the first of them is written."""

    id: str
    members: tuple[bytes, ...]
    """WARC members for ``derived/``."""
    tei: bytes
    lists: tuple[tuple[str, bytes], ...]
    """Name of a list, and the lines to add to it."""


def warcinfo_of(recipe: Recipe, description: str, name: str) -> Warcinfo:
    """Return the ``warcinfo`` of a file of the shard whose first input file has this ``name``.

    ``description`` is one of :mod:`archiver.package.run_facts`.
    """
    rules = tools_for(recipe).rules
    fields = warcinfo_fields(description, organization=recipe.organization, rules=Rules(rules.version, rules.digest))
    kind = "derived" if description == OF_DERIVED else "archive"
    return Warcinfo(f"{kind} {name}", recipe.date, fields)


@dataclass(frozen=True, slots=True)
class Preparing:
    """Makes the bytes of the articles of one shard, in whatever process."""

    date: str
    tools: Tools
    warcinfo_id: str
    """Of the shard's ``derived/``."""

    @classmethod
    def of(cls, recipe: Recipe, name: str) -> Preparing:
        """Return what prepares articles for the shard whose first file has this ``name``."""
        return cls(recipe.date, tools_for(recipe), warcinfo_of(recipe, OF_DERIVED, name).id)

    def __call__(self, article: Article, source: Source) -> Written:
        """Return everything that is written for one article; raises InternalFaultError if its TEI is not valid."""
        assert self.tools.tei is not None
        metadata = article.metadata
        tei = write_tei(article, self.tools.tei)
        faults = validate_tei(tei, file=f"{metadata.id}.xml")
        if faults:
            raise InternalFaultError(
                f"its TEI is not valid: {faults[0].message}", place=source.path, advice="please report this"
            )
        description = canon.canonical_json(metadata.to_dict())
        ledger = b"".join(canon.canonical_json(ledger_entry(article, block)) + b"\n" for block in article.removed)
        page = page_line(
            metadata.source.uri,
            metadata.source.captured or self.date,
            page_id=metadata.id,
            title=metadata.title,
            text=article.text,
        )
        members = (
            self._derived("conversion", "application/tei+xml", tei, source),
            self._derived("metadata", "application/json", description, source),
            self._derived("metadata", "application/jsonl", ledger, source),
        )
        lists = (
            (ARTICLES, description + b"\n"),
            (LEDGER, ledger),
            (PAGES, page),
            (LIKENESS, likeness_line(article)),
        )
        return Written(metadata.id, members, tei, lists)

    def _derived(self, kind: str, content_type: str, block: bytes, source: Source) -> bytes:
        digest = canon.sha256_hex(block)
        record_id = canon.content_urn(kind, content_type, source.record_id, source.path, str(source.ordinal), digest)
        return member(
            WarcRecord(
                type=kind,
                record_id=record_id,
                date=self.date,
                content_type=content_type,
                block=block,
                target_uri=source.target_uri if kind == "conversion" else None,
                refers_to=source.record_id,
                warcinfo_id=self.warcinfo_id,
            )
        )


def ledger_entry(article: Article, block: Block) -> dict[str, Any]:
    """Return the line of ``removed/ledger.jsonl`` for a removed block."""
    weight = max((verdict.weight for verdict in block.verdicts if verdict.rule == block.rule), default=0)
    place: dict[str, Any] = {"xpath": block.path}
    if block.span is not None:
        place = {"char": [block.span.start, block.span.end]}
    return {
        "article": article.metadata.id,
        "block": block.index,
        "text": block.text,
        "category": block.category.value if block.category else None,
        "rule": block.rule,
        "evidence": block.evidence,
        "weight": weight,
        "place": place,
    }
