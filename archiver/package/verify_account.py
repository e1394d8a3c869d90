"""Accountability: what the TEI of an article tells is what description and ledger tell, and nothing is left out.

The records of ``derived/`` are copies of the same three; they show that something was changed, not what is right.
Here each is compared with the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archiver.canon import sha256_hex
from archiver.model.account import ExpectedAccount, LedgerLine, RemovedEntry, TeiAccount
from archiver.model.metadata import Metadata
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.ledger_read import LEDGER
from archiver.package.listing import Removed

ARTICLES = f"{layout.DATA}/{layout.ARTICLES}"

#: What stands in XML for a character that it cannot hold.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
#: How sure a removal is at least by the weight that decided; what decided need not be the heaviest of all.
_SURE, _LIKELY = 100, 50
_SHOWN = 120
#: Members of the ledger that TEI has under another name.
_MEMBER = {"subtype": "category"}


@dataclass(frozen=True, slots=True)
class TeiReading:
    """What the room that knows TEI can tell of a document."""

    read: Callable[[bytes, str], tuple[tuple[Finding, ...], TeiAccount | None]]
    """Called with a document and its file: everything that is wrong with it; what it tells, if nothing is."""
    expect: Callable[[Metadata, Sequence[LedgerLine]], ExpectedAccount]
    written: Callable[[bytes, Metadata, Sequence[LedgerLine]], TeiAccount | None]
    """Called with a document, a valid description and valid lines of the ledger: what the document tells if nothing
    is wrong with it and it tells of these what it must; None if that is not sure."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as the lists have it."""

    metadata: Metadata
    line: int
    """Of articles.jsonl."""
    blocks: Sequence[tuple[int, Removed]]
    """Its removed blocks with their lines of the ledger."""

    @property
    def tei(self) -> str:
        """The TEI file, as findings name it."""
        return f"{layout.DATA}/{layout.tei_path(self.metadata.id)}"


def check_account(listed: Listed, account: TeiAccount, expected: ExpectedAccount) -> Iterator[Finding]:
    """Yield what the TEI of an article tells otherwise than its description and its lines of the ledger."""
    yield from _check_text(listed, account)
    if account.facts != expected.facts:
        yield from _check_facts(listed, account, expected)
    if account.removed != expected.removed:
        yield from _check_removed(listed, account, expected)
    yield from _check_weights(listed, account)
    yield from _check_gaps(listed, account)


def _check_text(listed: Listed, account: TeiAccount) -> Iterator[Finding]:
    """What is kept has the digest and the words of the description, unless XML could not hold all of it."""
    metadata, body = listed.metadata, account.body
    if str(len(body)) != account.characters:
        message = f"the text has {len(body)} characters, the header says {account.characters}"
        yield Finding("package.text-differs", message, file=listed.tei)
    if account.replaced and REPLACEMENT in body:
        return
    digest = sha256_hex(body.encode("utf-8", "replace"))
    if digest != metadata.text_sha256:
        message = f"the text of {listed.tei} has the sha256 {digest}, the description says {metadata.text_sha256}"
        yield Finding("package.text-differs", message, file=ARTICLES, line=listed.line, pointer="/text_sha256")
    words = len(body.split())
    if words != metadata.word_count:
        message = f"the text of {listed.tei} has {words} words, the description says {metadata.word_count}"
        yield Finding("package.text-differs", message, file=ARTICLES, line=listed.line, pointer="/word_count")


def _check_facts(listed: Listed, account: TeiAccount, expected: ExpectedAccount) -> Iterator[Finding]:
    for pointer in sorted({*account.facts, *expected.facts}):
        said, right = account.facts.get(pointer, ()), expected.facts.get(pointer, ())
        if said != right:
            mine, other = _apart(said, right)
            message = f"{listed.tei} tells {_shown(mine)}, by the description it must be {_shown(other)}"
            yield Finding("package.description-differs", message, file=ARTICLES, line=listed.line, pointer=pointer)


def _apart(said: Sequence[str], right: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return what only one of both has; all of it, if they have the same in another order."""
    mine, other = [one for one in said if one not in right], [one for one in right if one not in said]
    return (mine, other) if mine or other else (said, right)


def _check_removed(listed: Listed, account: TeiAccount, expected: ExpectedAccount) -> Iterator[Finding]:
    """Name each block that one of both does not have, or has otherwise."""
    recorded = {entry.block: entry for entry in account.removed}
    for (number, block), right in zip(listed.blocks, expected.removed, strict=True):
        said = recorded.pop(block.block, None)
        if said is None:
            message = f"block {block.block} is not recorded as removed in {listed.tei}"
            yield Finding("package.ledger-differs", message, file=LEDGER, line=number, pointer="/block")
        elif said != right:
            name, mine, other = _difference(right, said)
            message = f"{name} of block {block.block} is {_shown((mine,))}, {listed.tei} tells {_shown((other,))}"
            yield Finding("package.ledger-differs", message, file=LEDGER, line=number, pointer=f"/{name}")
    for entry in recorded.values():
        message = f"{listed.tei} records block {entry.block} as removed, the ledger does not"
        yield Finding("package.ledger-differs", message, file=LEDGER, line=_last_line(listed))
    if len(account.removed) != len({entry.block for entry in account.removed}):
        yield Finding("package.ledger-differs", "a removed block is recorded twice", file=listed.tei)


def _difference(right: RemovedEntry, said: RemovedEntry) -> tuple[str, str, str]:
    """Return the member of the ledger in which two entries differ, and what both have."""
    names = ("text", "subtype", "category", "rule", "evidence", "place")
    return next(
        (_MEMBER.get(name, name), getattr(right, name), getattr(said, name))
        for name in names
        if getattr(right, name) != getattr(said, name)
    )


def _last_line(listed: Listed) -> int | None:
    return listed.blocks[-1][0] if listed.blocks else None


def _check_weights(listed: Listed, account: TeiAccount) -> Iterator[Finding]:
    """The heaviest of all that spoke for a removal decides @cert; what decided weighs no more, and not little."""
    if len(account.certainties) != len(listed.blocks):
        return
    for (number, block), certainty in zip(listed.blocks, account.certainties, strict=True):
        if block.weight >= _SURE and certainty == "high":
            continue
        least = "high" if block.weight >= _SURE else "medium" if block.weight >= _LIKELY else "low"
        if certainty != least and (least != "medium" or certainty != "high"):
            message = f"a weight of {block.weight} does not go with the certainty that {listed.tei} tells"
            message = f"{message}: {certainty or 'none'}"
            yield Finding("package.ledger-differs", message, file=LEDGER, line=number, pointer="/weight")


def _check_gaps(listed: Listed, account: TeiAccount) -> Iterator[Finding]:
    """Each block is kept or stands in one gap, in reading order; a gap is as long as what was removed there."""
    lengths = {entry.block: len(entry.text) for entry in account.removed}
    for gap in account.gaps:
        length = sum(lengths.get(block, 0) for block in gap.blocks)
        if str(length) != gap.quantity:
            message = f"the gap is said to have {gap.quantity} characters, what is recorded as removed has {length}"
            yield Finding("package.gap-differs", message, file=listed.tei, line=gap.line)
    for place, block in enumerate(account.order):
        if block != place:
            message = f"block {place} is neither kept nor a gap where it must stand; block {block} is there"
            yield Finding("package.block-missing", message, file=listed.tei)
            return
    gaps = {block for gap in account.gaps for block in gap.blocks}
    for entry in account.removed:
        if entry.block not in gaps:
            message = f"no gap stands for the removed block {entry.block}"
            yield Finding("package.block-missing", message, file=listed.tei)


def _shown(values: Sequence[str]) -> str:
    text = "; ".join(values)
    return "nothing" if not values else repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
