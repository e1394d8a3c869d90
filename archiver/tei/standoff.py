"""What was removed: the gap where it stood, and the record with the verbatim text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.model.verdict import Action
from archiver.tei.markup import element, escape, text_element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.model.article import Block
    from archiver.tei.ids import Ids


def gap_element(run: Sequence[Block], ids: Ids) -> str:
    """Return the ``gap`` that stands for ``run``, consecutive removed blocks.

    @quantity counts code points of the removed blocks, without the line ends between them.
    """
    categories = dict.fromkeys(block.category for block in run if block.category is not None)
    return element(
        "gap",
        "",
        (
            ("xml:id", ids.gap(run[0].index)),
            ("reason", "editorial"),
            ("unit", "chars"),
            ("quantity", str(sum(len(block.text) for block in run))),
            ("corresp", " ".join(f"#{ids.removed(block.index)}" for block in run)),
            ("ana", " ".join(f"#{ids.taxonomy}.{category.value}" for category in categories) or None),
        ),
    )


def write_standoff(runs: Sequence[Sequence[Block]], ids: Ids) -> str:
    """Return ``standOff`` with one record a removed block; empty if nothing was removed."""
    if not runs:
        return ""
    notes = [_record(block, run[0], ids) for run in runs for block in run]
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


def _record(block: Block, first: Block, ids: Ids) -> str:
    category = block.category
    attributes = (
        ("xml:id", ids.removed(block.index)),
        ("type", "removed"),
        ("subtype", None if category is None else category.value),
        ("ana", ids.category(category)),
        ("target", f"#{ids.gap(first.index)}"),
        ("resp", f"#{ids.agent}"),
        ("cert", _certainty(block)),
        ("n", block.rule),
        ("source", ids.place(block) or ids.record or None),
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
