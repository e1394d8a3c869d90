"""Dates as programs write them, in meta elements, JSON-LD, feeds and time elements."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from archiver.model.metadata import DateValue
from archiver.wording.date_values import Clock, Day, is_possible, make_date
from archiver.wording.fold import fold_word
from archiver.wording.lexicon import Kind, lexicon

#: ISO 8601 calendar dates as profiled by W3CDTF and RFC 3339, with the space, slash and basic
#: forms that content management systems write.
_ISO = re.compile(
    r"""(?P<year>\d{4})
    (?:(?P<sign>[-/])(?P<month>\d\d)(?:(?P=sign)(?P<day>\d\d))?)?
    (?:(?:[Tt]|\s+)(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?
       \s*(?P<zone>[Zz]|UTC|GMT|[+\-−]\d\d(?::?\d\d)?)?)?""",
    re.VERBOSE,
)
_BASIC = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:[Tt]?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:\.\d+)?(?P<zone>[Zz]|[+\-]\d\d:?\d\d)?)?"
)
#: ISO 8601 week dates, extended and basic: year, week, day of the week (1 is Monday).
_WEEK = re.compile(
    r"(?P<year>\d{4})(?P<sign>-?)W(?P<week>\d\d)(?P=sign)(?P<nth>[1-7])"
    r"(?P<time>T\d\d:?\d\d.{0,30})?"
)
#: RFC 5322 section 3.3, with the two-digit years and zone names of section 4.3 and the dashes of RFC 850.
_MAIL = re.compile(
    r"(?:(?P<weekday>[A-Za-z]{3,9}),?\s+)?(?P<day>\d{1,2})[\s-](?P<name>[A-Za-z]{3,9})[\s-](?P<year>\d{4}|\d\d)"
    r"\s+(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<zone>[+\-]\d{4}|[A-Z]{1,5})?(?:\s*\([^)]*\))?"
)
#: What ``Date.prototype.toString`` of ECMAScript, ``java.util.Date`` and ``asctime`` of C print.
_CLOCK = re.compile(
    r"(?P<weekday>[A-Z][a-z]{2})\s+(?P<name>[A-Z][a-z]{2})\s+(?P<day>\d{1,2})(?:\s+(?P<year>\d{4}))?"
    r"\s+(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?:\s*(?P<zone>(?:GMT|UTC)?[+\-]\d{4}|[A-Z]{2,5}))?(?:\s+(?P<year2>\d{4}))?(?:\s*\([^)]*\))?"
)

#: No page was published at the first instant of Unix time: programs print it for an empty field.
_EPOCH = "1970-01-01T00:00:00"
_LAST_MINUTE = 24 * 60 - 1


@lru_cache(maxsize=1024)
def parse_machine_date(text: str) -> DateValue | None:
    """Return the date of a machine-readable ``text``, as precise as it is; None if it is none or impossible.

    Read are ISO 8601 with its profiles W3CDTF and RFC 3339, RFC 5322, and what the date types of C,
    Java and ECMAScript print. The end of a day (24:00) is the beginning of the next one; of a leap second
    the minute is told. Fractions of a second are dropped. What people write ("May 3, 2019") is
    left to ``parse_date_line``. The zero of Unix time is returned with low certainty.
    """
    stripped = text.strip()
    if not 4 <= len(stripped) <= 80:
        return None
    week = _WEEK.fullmatch(stripped)
    if week is not None:
        value = _of_week(week)
        return replace(value, text=stripped) if value else None
    for pattern in (_ISO, _BASIC, _MAIL, _CLOCK):
        match = pattern.fullmatch(stripped)
        if match is not None:
            value = _value(match, stripped)
            return replace(value, certainty="low") if value and value.value.startswith(_EPOCH) else value
    return None


def _value(match: re.Match[str], text: str) -> DateValue | None:
    fields = match.groupdict()
    year_text = fields["year"] or fields.get("year2")
    if year_text is None or (fields["year"] and fields.get("year2")):
        return None
    year = int(year_text)
    if len(year_text) == 2:
        # RFC 5322 section 4.3: 00 to 49 are of this century.
        year += 2000 if year < 50 else 1900
    month = _named(fields["name"], Kind.MONTH) if fields.get("name") else fields["month"]
    if month is None and (fields.get("name") or fields.get("day")):
        return None
    weekday: int | None = None
    if fields.get("weekday"):
        weekday = _named(fields["weekday"], Kind.WEEKDAY)
        if weekday is None:
            return None
    day = Day(year, int(month) if month else None, int(fields["day"]) if fields["day"] else None, weekday)
    if fields["hour"] is None:
        return make_date(day, None, text, language="en")
    if day.day is None:
        return None
    second = int(fields["second"]) if fields["second"] else None
    offset, zone = _zone(fields["zone"])
    clock = Clock(int(fields["hour"]), int(fields["minute"]), second, offset, zone)
    return make_date(*_as_clocks_show(day, clock), text, language="en")


def _of_week(match: re.Match[str]) -> DateValue | None:
    try:
        day = date.fromisocalendar(int(match["year"]), int(match["week"]), int(match["nth"]))
    except ValueError:  # a week that the year does not have
        return None
    # The day is of the same form as the time behind it, extended or basic.
    calendar = day.isoformat() if match["sign"] else day.isoformat().replace("-", "")
    return parse_machine_date(calendar + (match["time"] or ""))


def _as_clocks_show(day: Day, clock: Clock) -> tuple[Day, Clock]:
    """Turn the end of a day and a leap second, which ISO 8601 knows, into moments that every clock shows."""
    if day.month is None or day.day is None or not is_possible(day.year, day.month, day.day):
        return day, clock
    if clock.hour == 24 and not clock.minute and not clock.second and day.weekday is None:
        after = date(day.year, day.month, day.day) + timedelta(days=1)
        return Day(after.year, after.month, after.day), replace(clock, hour=0)
    # A leap second ends a day of UTC (RFC 3339 section 5.7).
    last = (clock.hour * 60 + clock.minute - (clock.offset or 0)) % (24 * 60) == _LAST_MINUTE
    if clock.second == 60 and (last or clock.offset is None):
        return day, replace(clock, second=None)
    return day, clock


def _zone(text: str | None) -> tuple[int | None, str | None]:
    if text is None:
        return None, None
    bare = text.removeprefix("GMT").removeprefix("UTC").replace("−", "-")
    if bare in ("", "Z", "z"):
        return 0, None
    if bare[0] not in "+-":
        return None, bare
    digits = bare[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return (-minutes if bare[0] == "-" else minutes), None


def _named(word: str, kind: Kind) -> int | None:
    for phrase, meanings in lexicon("en").get(fold_word(word), ()):
        if len(phrase) == 1:
            return next((number for own, number in meanings if own is kind), None)
    return None
