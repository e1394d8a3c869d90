"""What was removed: the gap where it stood, and the record with the verbatim text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.model.account import RemovedEntry
from archiver.model.verdict import Action
from archiver.tei.ids import AGENT
from archiver.tei.markup import element, escape_all, escape_attribute

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


#: Nothing in it is to be escaped: so are nearly all places and rules.
_is_plain = re.compile(r"[\w/:#()%.,=@-]*", re.ASCII).fullmatch


def removed_entry(block: Block, ids: Ids) -> RemovedEntry:
    """Return what the record of a removed block tells."""
    category = block.category
    return RemovedEntry(
        block.index,
        block.text,
        ids.category(category) or "",
        "" if category is None else category.value,
        block.rule or "",
        block.evidence,
        ids.place(block) or ids.record,
    )


def write_standoff(runs: Sequence[Sequence[tuple[RemovedEntry, str]]], ids: Ids) -> str:
    """Return ``standOff`` with one record a removed block; empty if nothing was removed.

    A run is what one gap stands for, each block with its certainty.
    """
    if not runs:
        return ""
    entries = [entry for run in runs for entry, _ in run]
    texts = iter(escape_all([entry.text for entry in entries]))
    evidence = iter(escape_all([entry.evidence for entry in entries]))
    notes = [
        _record(entry, certainty, ids.gap(run[0][0].block), ids, next(texts), next(evidence))
        for run in runs
        for entry, certainty in run
    ]
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


def _record(entry: RemovedEntry, certainty: str, gap: str, ids: Ids, text: str, evidence: str) -> str:
    # There are hundreds to a page: written in one piece, which takes a third of the time of the general functions.
    kind = f' subtype="{entry.subtype}" ana="{entry.category}"' if entry.subtype else ""
    rule = f' n="{_attribute(entry.rule)}"' if entry.rule else ""
    source = f' source="{_attribute(entry.place)}"' if entry.place else ""
    said = f'<note type="evidence">{evidence}</note>' if evidence else ""
    return (
        f'      <note xml:id="{ids.article}.rm{entry.block}" type="removed"{kind} target="#{gap}"'
        f' resp="#{ids.article}.{AGENT}" cert="{certainty}"{rule}{source}>'
        f'<p xml:space="preserve">{text}</p>{said}</note>'
    )


def _attribute(value: str) -> str:
    return value if _is_plain(value) else escape_attribute(value)


def certainty_of(block: Block) -> str:
    """Return @cert from the strongest verdict for removal: 100 settles the matter alone, 50 is half of it."""
    weight = max((verdict.weight for verdict in block.verdicts if verdict.action is Action.REMOVE), default=0)
    if weight >= 100:
        return "high"
    return "medium" if weight >= 50 else "low"
