"""Comparing kept and removed blocks with the source text at their places, for plain text with a known encoding."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archiver.errors import PackageError
from archiver.model.account import TeiAccount
from archiver.model.metadata import SourceRef
from archiver.model.outcome import Finding
from archiver.package.ledger_read import LEDGER
from archiver.package.listing import Removed, SourceFile
from archiver.package.records import RecordFinder
from archiver.package.verify_account import ARTICLES, REPLACEMENT, Listed
from archiver.package.xml_text import replace_illegal

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: What these labels mean is wider than the encodings that Python calls so (Encoding Standard, names and labels).
_READ_AS = {"shift_jis": "cp932", "euc-kr": "cp949", "windows-874": "cp874"}
_CHAR = re.compile(r"#char=([0-9]{1,15}),([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block with the characters of the source where it stands."""

    start: int
    end: int
    text: str
    number: int
    """In reading order."""
    line: int | None


def has_source_text(source: SourceRef) -> bool:
    """Tell whether the source is plain text of a known encoding, so that every character of it is in a block."""
    return source.media_type == "text/plain" and bool(source.charset)


def check_source_text(
    listed: Listed, account: TeiAccount | None, records: RecordFinder, origin: SourceFile | None
) -> Iterator[Finding]:
    """Yield each block that is not what stands at its place, and what stands in no block.

    ``account`` None leaves the kept blocks out. ``origin`` is the input file of the article.
    """
    source = listed.metadata.source
    removed = [_of_ledger(number, block) for number, block in listed.blocks if "char" in block.place]
    if account is None and not removed:
        return
    try:
        text = _text(records.payload(source.warc_record_id, source.sha256, origin), source)
    except (LookupError, ValueError, TypeError, RecursionError):
        return  # an encoding that this Python does not know, or a member that is not there, cannot be checked
    except PackageError as error:
        message = f"article {listed.metadata.id}: its original cannot be read: {error.message}"
        yield Finding("package.original-missing", message, file=ARTICLES, record_id=source.warc_record_id)
        return
    for one in removed:
        if _is_other(text[one.start : one.end], one.text):
            message = (
                f"the text of the removed block is not what stands at characters {one.start} to {one.end} of the source"
            )
            yield Finding("package.ledger-place", message, file=LEDGER, line=one.line, pointer="/place/char")
    if account is not None:
        kept = [_Placed(*_char(entry.place), entry.text, entry.block, None) for entry in account.kept]
        yield from _check_kept(kept, text, listed.tei)
        yield from _check_rest(sorted([*kept, *removed], key=lambda one: one.number), text, listed.tei)


def _check_kept(kept: Iterable[_Placed], text: str, file: str) -> Iterator[Finding]:
    for one in kept:
        if _is_other(text[one.start : one.end], one.text):
            message = f"block {one.number} is not what stands at characters {one.start} to {one.end} of the source"
            yield Finding("package.kept-place", message, file=file, line=one.line)


def _check_rest(blocks: Sequence[_Placed], text: str, file: str) -> Iterator[Finding]:
    """Between the blocks of a plain text there is nothing but white space."""
    at = 0
    ends = [*blocks, _Placed(len(text), len(text), "", -1, None)]
    for one in ends:
        rest = text[at : one.start]
        if rest and not rest.isspace():
            message = f"what stands at characters {at} to {one.start} of the source is neither kept nor removed"
            yield Finding("package.block-missing", message, file=file, line=one.line)
        at = max(at, one.end)


def _of_ledger(number: int, block: Removed) -> _Placed:
    value: Any = block.place["char"]
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, int) and one >= 0 for one in value):
        return _Placed(value[0], value[1], block.text, block.block, number)
    return _Placed(0, 0, block.text, block.block, number)


def _char(place: str) -> tuple[int, int]:
    found = _CHAR.search(place)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _is_other(source: str, text: str) -> bool:
    """Lines of one block are joined with or without a space; the words themselves must be the same."""
    if source == text:
        return False
    plain = "".join(text.split())
    if REPLACEMENT in plain:
        source = replace_illegal(source).replace(REPLACEMENT, "")
        plain = plain.replace(REPLACEMENT, "")
    return "".join(source.split()) != plain


def _text(data: bytes, source: SourceRef) -> str:
    """Return the text that was read. Raises LookupError, ValueError, TypeError, RecursionError."""
    if source.pointer is not None:
        member = json.loads(data.decode("utf-8-sig"))[source.pointer.removeprefix("/")]
        data = str(member).encode("utf-8", "replace")
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    return data[len(mark) :].decode(_READ_AS.get(source.charset, source.charset), "replace")
