"""Markup within a line: names in a byline, place and date in a dateline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.tei.dates import date_element, w3c_date
from archiver.tei.markup import escape, text_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archiver.model.metadata import DateValue, Metadata


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    markup: str


def byline_content(text: str, metadata: Metadata) -> str:
    """Return ``text`` with ``docAuthor`` around each author's name and ``persName`` around other people's."""
    return _marked(text, _people(text, metadata, "docAuthor"))


def people_content(text: str, metadata: Metadata) -> str:
    """Return ``text`` with ``persName`` around the name of each person of the description."""
    return _marked(text, _people(text, metadata, "persName"))


def source_content(text: str, metadata: Metadata) -> str:
    """Return ``text`` with ``orgName`` around the publisher's name."""
    return _marked(text, _found(text, metadata.publisher, lambda words: text_element("orgName", words)))


def date_content(text: str, metadata: Metadata) -> str:
    """Return ``text`` with ``date`` around the wording of the date of publication and of modification."""
    return _marked(text, _date_marks(text, metadata))


def dateline_content(text: str, metadata: Metadata) -> str:
    """Return ``text`` with ``placeName`` around the place and ``date`` around the date."""
    marks = _date_marks(text, metadata)
    dateline = metadata.dateline
    if dateline is not None:
        marks += _found(text, dateline.place, lambda words: text_element("placeName", words))
        when = w3c_date(dateline.date)
        marks += _found(text, dateline.date, lambda words: text_element("date", words, (("when", when),)))
    return _marked(text, marks)


def _people(text: str, metadata: Metadata, author: str) -> list[_Mark]:
    marks = []
    # The longest first, so that a name within a name comes second.
    for person in sorted(metadata.authors, key=lambda person: -len(person.name)):
        start = _find(text, person.name) if person.name else None
        if start is not None:
            words = text[start : start + len(person.name)]
            markup = text_element(author if person.role == "author" else "persName", words)
            marks.append(_Mark(start, start + len(words), markup))
    return marks


def _date_marks(text: str, metadata: Metadata) -> list[_Mark]:
    dates = (("published", metadata.published), ("modified", metadata.modified))
    return [mark for name, date in dates if date is not None for mark in _date_mark(text, name, date)]


def _date_mark(text: str, name: str, date: DateValue) -> list[_Mark]:
    return _found(text, date.text, lambda words: date_element(date, words, (("type", name),)))


def _found(text: str, words: str | None, render: Callable[[str], str]) -> list[_Mark]:
    start = text.find(words) if words else -1
    return [_Mark(start, start + len(words), render(words))] if words and start >= 0 else []


def _find(text: str, name: str) -> int | None:
    """Return where ``name`` stands in ``text`` as a whole word, in the same or another case."""
    folded, wanted = text.lower(), name.lower()
    if len(folded) != len(text) or len(wanted) != len(name):
        folded, wanted = text, name  # a letter changed its length, so places would not agree
    start = folded.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not folded[start - 1 : start].isalnum() and not folded[end : end + 1].isalnum():
            return start
        start = folded.find(wanted, start + 1)
    return None


def _marked(text: str, marks: Iterable[_Mark]) -> str:
    """Return ``text`` with the marks in place; of marks that overlap the first given stays."""
    chosen: list[_Mark] = []
    for mark in marks:
        if all(mark.end <= other.start or mark.start >= other.end for other in chosen):
            chosen.append(mark)
    pieces, place = [], 0
    for mark in sorted(chosen, key=lambda mark: mark.start):
        pieces += [escape(text[place : mark.start]), mark.markup]
        place = mark.end
    return "".join([*pieces, escape(text[place:])])
