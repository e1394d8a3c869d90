"""Dates as TEI wants them: the W3C forms of @when, @notBefore and @notAfter."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from archiver.tei.markup import Attributes, element, escape

if TYPE_CHECKING:
    from archiver.model.metadata import DateValue

#: ISO 8601 as far as XML Schema part 2 (3.2.7 dateTime, 3.2.9 date, 3.2.10 gYearMonth, 3.2.11 gYear) takes it.
_W3C = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<time>(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?P<second>:[0-9]{2}(?:\.[0-9]+)?)?)"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?",
    re.ASCII,
)
_CERTAINTIES = frozenset({"high", "medium", "low"})


def w3c_date(value: str | None) -> str | None:
    """Return ``value`` (ISO 8601) as xsd:gYear, gYearMonth, date or dateTime; None if it is no real date.

    Seconds that are not given become ``:00``, since xsd:dateTime demands them.
    """
    match = _W3C.fullmatch(value) if value else None
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    if year == "0000" or (month and not 1 <= int(month) <= 12):
        return None
    if day and not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return None
    calendar = "-".join(part for part in (year, month, day) if part)
    return _with_time(calendar, match) if match["time"] else calendar


def _with_time(calendar: str, match: re.Match[str]) -> str | None:
    second, zone = match["second"] or ":00", match["zone"] or ""
    if int(match["hour"]) > 23 or int(match["minute"]) > 59 or int(second[1:3]) > 59:
        return None
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    if len(zone) == 6 and (int(zone[1:3]) * 60 + int(zone[4:]) > 14 * 60 or int(zone[4:]) > 59):
        return None
    return f"{calendar}T{match['hour']}:{match['minute']}{second}{zone}"


def is_instant(value: str) -> bool:
    """Tell whether ``value`` is an xsd:dateTime with time zone."""
    match = _W3C.fullmatch(value)
    return bool(match and match["second"] and match["zone"] and w3c_date(value) == value)


def date_element(date: DateValue, text: str, attributes: Attributes = ()) -> str:
    """Return ``<date>`` with ``text`` as content.

    A date that could be read in two ways gets the interval as @notBefore and @notAfter and, within,
    the likelier reading as ``<date when= cert=>``: TEI forbids @when beside the other two
    (TEI P5, att.datable.w3c), and who looks for @when alone must not take a guess for a fact.
    """
    when = w3c_date(date.value)
    certainty = date.certainty if date.certainty in _CERTAINTIES else "unknown"
    reading = (("when", when), ("cert", certainty))
    interval = (("notBefore", w3c_date(date.not_before)), ("notAfter", w3c_date(date.not_after)))
    content = escape(text)
    if interval == (("notBefore", None), ("notAfter", None)):
        return element("date", content, (*attributes, *reading))
    return element("date", element("date", content, reading), (*attributes, *interval))
