"""What was removed: the gap where it stood, and the record with the verbatim text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.model.verdict import Action
from archiver.tei.header import AGENT, TAXONOMY
from archiver.tei.markup import element, escape, fragment, pointer, text_element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.model.article import Article, Block
    from archiver.model.verdict import Category


def category_pointer(category: Category | None) -> str | None:
    """Return the pointer to the category of the header's taxonomy."""
    return None if category is None else f"#{TAXONOMY}.{category.value}"


def gap_element(run: Sequence[Block]) -> str:
    """Return the ``gap`` that stands for ``run``, consecutive removed blocks.

    @quantity counts code points of the removed blocks, without the line ends between them.
    """
    categories = dict.fromkeys(block.category for block in run if block.category is not None)
    return element(
        "gap",
        "",
        (
            ("xml:id", f"gap{run[0].index}"),
            ("reason", "editorial"),
            ("unit", "chars"),
            ("quantity", str(sum(len(block.text) for block in run))),
            ("corresp", " ".join(f"#rm{block.index}" for block in run)),
            ("ana", " ".join(f"#{TAXONOMY}.{category.value}" for category in categories) or None),
        ),
    )


def write_standoff(article: Article, runs: Sequence[Sequence[Block]]) -> str:
    """Return ``standOff`` with one record a removed block; empty if nothing was removed."""
    if not runs:
        return ""
    record = pointer(article.metadata.source.warc_record_id) or ""
    notes = [_record(block, run[0], record) for run in runs for block in run]
    return "\n".join(
        [
            "  <standOff>",
            '    <listAnnotation type="removed">',
            *notes,
            "    </listAnnotation>",
            "  </standOff>",
            "",
        ]
    )


def _record(block: Block, first: Block, record: str) -> str:
    category = block.category
    attributes = (
        ("xml:id", f"rm{block.index}"),
        ("type", "removed"),
        ("subtype", None if category is None else category.value),
        ("ana", category_pointer(category)),
        ("target", f"#gap{first.index}"),
        ("resp", f"#{AGENT}"),
        ("cert", _certainty(block)),
        ("n", block.rule),
        ("source", _place(block, record)),
    )
    evidence = text_element("note", block.evidence, (("type", "evidence"),)) if block.evidence else ""
    content = f'<p xml:space="preserve">{escape(block.text)}</p>{evidence}'
    return f"      {element('note', content, attributes)}"


def _certainty(block: Block) -> str:
    """Return @cert from the strongest verdict for removal: 100 settles the matter alone, 50 is half of it."""
    weight = max((verdict.weight for verdict in block.verdicts if verdict.action is Action.REMOVE), default=0)
    if weight >= 100:
        return "high"
    return "medium" if weight >= 50 else "low"


def _place(block: Block, record: str) -> str | None:
    """Return where the block stands in its record: RFC 5147 for text, for HTML the xpath() scheme of TEI P5, 17.2.4."""
    if block.span is not None:
        return f"{record}#char={block.span.start},{block.span.end}"
    if block.path:
        return f"{record}#xpath({fragment(block.path)})"
    return record or None
