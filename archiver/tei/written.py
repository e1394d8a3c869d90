"""A TEI document that is, but for its text, what is written of description and ledger: nearly all are.

Header and records are written anew and compared; then nothing of them need be parsed, validated and read, and the
text alone is. Who is not sure leaves the document to ``check_and_read``, which tells what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING

from archiver.model.account import TeiAccount
from archiver.model.document import Notice
from archiver.model.outcome import Finding
from archiver.model.verdict import Category, Profile
from archiver.tei.account import TextTold, expected_removed, read_text
from archiver.tei.dates import is_instant
from archiver.tei.header import Making, TeiContext, write_header
from archiver.tei.ids import ids_of
from archiver.tei.markup import replace_illegal
from archiver.tei.quick import Outside
from archiver.tei.source import language_tag
from archiver.tei.standoff import write_standoff
from archiver.tei.tree import TEI, XML, parse_tei
from archiver.tei.validate import quick_text_check
from archiver.tei.write import beginning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from archiver.model.account import LedgerLine, RemovedEntry
    from archiver.model.metadata import Metadata
    from archiver.tei.ids import Ids

_END_OF_HEADER = "  </teiHeader>\n"
_TEXT, _END = "  <text ", "</TEI>\n"
_NAMED_TEXT = '<text xmlns="http://www.tei-c.org/ns/1.0" '
_PROFILES = frozenset(profile.value for profile in Profile)
_CATEGORIES = frozenset(category.value for category in Category)
# What the header tells and the description does not, in the order in which it stands there. Each is looked for once,
# in a time that does not grow faster than the header, whoever wrote it: no "<" stands in a text.
_CHARACTERS = re.compile(r'<measure unit="characters" quantity="([0-9]{1,15})">')
_PUBLISHED = re.compile(
    r'<publicationStmt>\s*+<publisher>(<supplied [^<]*</supplied>|[^<]*)</publisher>\s*+<date when="([^"<]*)">'
)
_UNSEEN = re.compile(r'<note type="unseen">[^<]*<measure unit="characters" quantity="([0-9]{1,15})">')
_RULES = re.compile(
    r'<idno type="rules-version">([^<]*)</idno>[^<]*<idno type="rules-sha256">([^<]*)</idno>'
    r'[^<]*<name type="profile">([^<]*)</name>'
)
_CERTAINTY = re.compile(r' resp="#a-[0-9a-f]+\.resp-archiver" cert="(high|medium|low)"')
_NOTICE = re.compile(r'<note type="notice" n="([^"<]*)">([^<]*)</note>')


@dataclass(frozen=True, slots=True)
class _Parts:
    """A document, cut."""

    header: str
    records: str
    text: str


def read_written(data: bytes, metadata: Metadata, ledger: Sequence[LedgerLine]) -> TeiAccount | None:
    """Return what the TEI document ``data`` tells, without facts, if it is valid and tells what it must of them.

    None does not mean that anything is wrong. ``metadata`` and ``ledger``, the removed blocks of the article in
    order, are valid by their schemas.
    """
    parts = _cut(data)
    # The article alone knew of no others.
    alone = replace(metadata, duplicate_of=None) if metadata.duplicate_of else metadata
    making = None if parts is None else _read_header(parts.header, alone)
    if parts is None or making is None:
        return None
    removed = expected_removed(metadata, ledger)
    text = _read_text(parts.text, alone, removed)
    if text is None:
        return None
    certainties = _read_records(parts.records, removed, text, ids_of(metadata))
    if certainties is None:
        return None
    return TeiAccount(
        facts={},
        kept=text.kept,
        removed=removed,
        certainties=certainties,
        # Where in the file they stand is not known here, and nobody asks while nothing is wrong.
        gaps=tuple([replace(gap, line=None) for gap in text.gaps]),
        order=text.order,
        body=text.body,
        characters=str(making.characters),
        replaced=False,
    )


def _cut(data: bytes) -> _Parts | None:
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        return None
    records = whole.find(_END_OF_HEADER) + len(_END_OF_HEADER)
    text = whole.find(_TEXT, records)
    if text < 0 or not whole.endswith(_END):
        return None
    return _Parts(whole[:records], whole[records:text], whole[text + len(_TEXT) : -len(_END)])


def _read_header(header: str, metadata: Metadata) -> Making | None:
    """Return how the text was made if the header, with what stands before it, is what is written of that."""
    told: list[str] = []
    at = 0
    for expression in (_CHARACTERS, _PUBLISHED, _UNSEEN, _RULES):
        found = expression.search(header, at)
        if found is None:
            return None
        at = found.end()
        told += found.groups()
    characters, publisher, date, unseen, version, digest, profile = told
    if profile not in _PROFILES or not is_instant(date):
        return None
    context = TeiContext(date, None if publisher.startswith("<") else unescape(publisher), unescape(version))
    notices = tuple([Notice(unescape(code), unescape(message)) for code, message in _NOTICE.findall(header)])
    making = Making(int(characters), int(unseen), unescape(digest), profile, notices)
    before, after = write_header(metadata, making, context)
    written = f"{beginning(metadata.id)}{before}{after}"
    return making if written == header and replace_illegal(header)[1] == 0 else None


def _read_text(markup: str, metadata: Metadata, removed: Sequence[RemovedEntry]) -> TextTold | None:
    """Return what the text tells if it is valid. ``markup`` is what follows the name in its start tag."""
    if not markup.startswith(f'xml:lang="{language_tag(metadata)}">'):
        return None
    root = parse_tei(f"{_NAMED_TEXT}{markup}".encode())
    if isinstance(root, Finding):
        return None
    ids = ids_of(metadata)
    categories = [f"{ids.taxonomy}.{category}" for category in _CATEGORIES]
    elsewhere = [*categories, *[ids.removed(entry.block) for entry in removed]]
    if not quick_text_check().is_sure(root, Outside(metadata.id, elsewhere)):
        return None
    told = read_text(root)
    return told if _are_named(root, told, ids) else None


def _are_named(root: _Element, told: TextTold, ids: Ids) -> bool:
    """Whether each gap has the name by which the records know it."""
    names = [gap.get(f"{XML}id") for gap in root.iter(f"{TEI}gap")]
    return names == [ids.gap(gap.blocks[0]) for gap in told.gaps]


def _read_records(records: str, removed: Sequence[RemovedEntry], text: TextTold, ids: Ids) -> tuple[str, ...] | None:
    """Return the certainties if the records are what is written of these removed blocks, as XML can hold it."""
    certainties = _CERTAINTY.findall(records)
    known = dict(zip([entry.block for entry in removed], zip(removed, certainties, strict=False), strict=False))
    numbers = [block for gap in text.gaps for block in gap.blocks]
    if len(certainties) != len(removed) or numbers != list(known):
        return None
    written = write_standoff([[known[block] for block in gap.blocks] for gap in text.gaps], ids)
    return tuple(certainties) if written == records else None
