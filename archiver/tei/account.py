"""What a TEI document tells of its article, read from the tree that was checked; and what it must tell.

The second is made of description and ledger with the functions that write TEI, so both speak of one thing alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from archiver.model.account import ExpectedAccount, Gap, KeptEntry, RemovedEntry, TeiAccount
from archiver.model.outcome import Finding
from archiver.tei.header_facts import expected_facts, read_facts
from archiver.tei.ids import ids_of
from archiver.tei.markup import fragment, replace_illegal
from archiver.tei.read import is_body, text_of_part
from archiver.tei.tree import TEI, XML, line_of, parse_tei
from archiver.tei.validate import validate_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from lxml.etree import _Element

    from archiver.model.account import LedgerLine
    from archiver.model.metadata import Metadata

_ID = f"{XML}id"
_GAP, _NOTE = f"{TEI}gap", f"{TEI}note"
_OF_BODY = frozenset(f"{TEI}{name}" for name in ("p", "head", "item", "row", "ab"))
#: Elements that hold a block, or stand for removed ones.
_PARTS = (_GAP, _NOTE, *sorted(_OF_BODY), *(f"{TEI}{name}" for name in ("byline", "dateline", "docDate")))


@dataclass(frozen=True, slots=True)
class TextTold:
    """What ``text`` tells; see TeiAccount."""

    kept: tuple[KeptEntry, ...]
    gaps: tuple[Gap, ...]
    order: tuple[int, ...]
    body: str


def check_and_read(data: bytes, file: str) -> tuple[tuple[Finding, ...], TeiAccount | None]:
    """Return everything that is wrong with the TEI file ``data``, as ``validate_tei`` does, and what a valid one tells.

    The file is parsed once. ``file`` is the name that the findings carry.
    """
    root = parse_tei(data, file=file)
    if isinstance(root, Finding):
        return (root,), None
    findings = validate_tree(root, file=file)
    return findings, None if findings else read_account(root)


def read_account(root: _Element) -> TeiAccount | None:
    """Return what a valid document tells; None if it is none of one article."""
    header, text = root.find(f"{TEI}teiHeader"), root.find(f"{TEI}text")
    if header is None or text is None:
        return None
    told = read_text(text)
    notes = root.findall(f"{TEI}standOff/{TEI}listAnnotation/{_NOTE}")
    characters, replaced = _of_notes(header)
    return TeiAccount(
        facts=read_facts(root),
        kept=told.kept,
        removed=tuple([_removed(note) for note in notes]),
        certainties=tuple([note.get("cert", "") for note in notes]),
        gaps=told.gaps,
        order=told.order,
        body=told.body,
        characters=characters,
        replaced=replaced,
    )


def read_text(text: _Element) -> TextTold:
    """Return what the ``text`` of a valid document tells."""
    kept: list[KeptEntry] = []
    gaps: list[Gap] = []
    order: list[int] = []
    body: list[str] = []
    for part in text.iter(*_PARTS):
        tag, number = part.tag, part.get("n")
        if tag == _GAP:
            blocks = tuple(_numbers(part.get("corresp", "")))
            gaps.append(Gap(blocks, part.get("quantity", ""), line_of(part)))
            order += blocks
            continue
        if number is None and tag == _NOTE and part.get("type") == "graphic":
            continue
        words = text_of_part(part)
        if tag in _OF_BODY and is_body(part):
            body.append(words)
        block = _number(number)
        kept.append(KeptEntry(block, words, part.get("source", "")))
        order.append(block)
    return TextTold(tuple(kept), tuple(gaps), tuple(order), "\n".join(body))


def _of_notes(header: _Element) -> tuple[str, bool]:
    """Return how many characters the text has, by the header, and whether any of the file were replaced."""
    measures = header.iterfind(f"{TEI}fileDesc/{TEI}extent/{TEI}measure")
    characters = next((one.get("quantity", "") for one in measures if one.get("unit") == "characters"), "")
    notes = header.iterfind(f"{TEI}fileDesc/{TEI}notesStmt/{_NOTE}")
    return characters, any(note.get("type") == "replaced" for note in notes)


def _removed(note: _Element) -> RemovedEntry:
    text = note[0].text or ""
    evidence = (note[1].text or "") if len(note) > 1 else ""
    get = note.get
    number = _number(get(_ID, "").rpartition(".rm")[2])
    return RemovedEntry(number, text, get("ana", ""), get("subtype", ""), get("n", ""), evidence, get("source", ""))


def _numbers(pointers: str) -> list[int]:
    return [_number(pointer.rpartition(".rm")[2]) for pointer in pointers.split()]


@lru_cache(1024)
def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else -1


def expect_account(metadata: Metadata, ledger: Iterable[LedgerLine]) -> ExpectedAccount:
    """Return what the TEI must tell of an article that has this description and these removed blocks."""
    facts = {name: tuple([_held(value) for value in values]) for name, values in expected_facts(metadata).items()}
    return ExpectedAccount(facts, expected_removed(metadata, ledger))


def expected_removed(metadata: Metadata, ledger: Iterable[LedgerLine]) -> tuple[RemovedEntry, ...]:
    """Return the records of these removed blocks of the article."""
    ids = ids_of(metadata)
    taxonomy = f"#{ids.taxonomy}."
    return tuple(
        [
            RemovedEntry(
                line.block,
                _held(line.text),
                taxonomy + line.category,
                line.category,
                line.rule,
                _held(line.evidence),
                _place(line.place, ids.record),
            )
            for line in ledger
        ]
    )


def _held(value: str) -> str:
    """Return ``value`` as XML can hold it."""
    return value if value.isprintable() else replace_illegal(value)[0]


def _place(place: Mapping[str, Any], record: str) -> str:
    char, path = place.get("char"), place.get("xpath")
    if isinstance(char, list) and len(char) == 2:
        return f"{record}#char={char[0]},{char[1]}"
    return f"{record}#xpath({fragment(path)})" if isinstance(path, str) and path else record
