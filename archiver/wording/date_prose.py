"""Dates inside prose: evidence of how a source orders day and month, never a publication date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archiver.model.metadata import DateValue
from archiver.wording.date_lines import parse_date_line
from archiver.wording.date_values import Day, DayOrder, Numeric, is_possible, make_date, order_of
from archiver.wording.fold import MARKS

_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})(/|\.\s?|-)(\d{1,2})\2(\d{4})(?![\d/-]|\.\d)")
_YEAR_FIRST = re.compile(r"(?<![\d./-])\d{4}(?:-\d\d-\d\d(?!\d|-)|\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일])")

_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*"
#: A day, a word or two that may be a month, a year; and the month before the day, or the year first.
_NAMED = re.compile(
    rf"""(?<![\d.,/:-])
    (?: \d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s(?:(?:of|de|d’|d')\s?)?
        {_LETTERS}(?:\s{_LETTERS})?\.?,?\s(?:de\s|del\s)?\d{{4}}
      | (?<!\w){_LETTERS}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}
      | \d{{4}}\.?\s{_LETTERS}\s\d{{1,2}}\.?
    )(?!\d|[.,:/-]\d)""",
    re.VERBOSE,
)


def find_dates(text: str, *, language: str) -> tuple[DateValue, ...]:
    """Return the full dates of a prose ``text`` in order of place, each to the day.

    Only dates that can be read in one way count: those with the name of a month, the year first, or
    a number above 12. They are evidence of the order of day and month in a source; what is written in
    a sentence never says when the article was published.
    """
    found: list[tuple[int, DateValue]] = []
    for pattern in (_NAMED, _YEAR_FIRST):
        for match in pattern.finditer(text):
            line = parse_date_line(match.group(), language=language)
            if line is not None and line.dates[0][1].precision == "day":
                found.append((match.start(), line.dates[0][1]))
    for match in _NUMERIC.finditer(text):
        value = _unambiguous(_numeric(match), match.group())
        if value is not None:
            found.append((match.start(), value))
    return tuple(value for _, value in sorted(found, key=lambda pair: pair[0]))


def day_order_from(text: str, known: Iterable[DateValue] = ()) -> DayOrder:
    """Return the order of day and month that the numeric dates of ``text`` prove.

    A proof is a number above 12, or equality with one of the ``known`` dates of the same source, such
    as the one in a page's metadata. Contradicting proofs, or none, give ``DayOrder.UNKNOWN``.
    """
    values = [value.value for value in known if value.precision in ("day", "minute", "second")]
    orders = set()
    for match in _NUMERIC.finditer(text):
        numbers = _numeric(match)
        if _unambiguous(numbers, "") is not None and numbers.first != numbers.second:
            orders.add(DayOrder.DAY_FIRST if numbers.first > 12 else DayOrder.MONTH_FIRST)
        orders.add(order_of(numbers, values))
    orders.discard(DayOrder.UNKNOWN)
    return orders.pop() if len(orders) == 1 else DayOrder.UNKNOWN


def _numeric(match: re.Match[str]) -> Numeric:
    return Numeric(int(match[1]), int(match[3]), int(match[4]), match[2].strip())


def _unambiguous(numbers: Numeric, text: str) -> DateValue | None:
    day_first = is_possible(numbers.year, numbers.second, numbers.first)
    month_first = is_possible(numbers.year, numbers.first, numbers.second)
    if day_first and (not month_first or numbers.first == numbers.second):
        return make_date(Day(numbers.year, numbers.second, numbers.first), None, text, language="und")
    if month_first and not day_first:
        return make_date(Day(numbers.year, numbers.first, numbers.second), None, text, language="und")
    return None
