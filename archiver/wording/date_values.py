"""From the fields of a date to a :class:`DateValue`: validity, day order, zone, certainty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from archiver.model.metadata import DateValue
from archiver.wording.fold import primary_language, region_of
from archiver.wording.zones import resolve_zone

#: News is printed since 1605; a later year than the second is a number, not a year.
FIRST_YEAR, LAST_YEAR = 1600, 2100

_CERTAINTIES = ("low", "medium", "high")

#: English-speaking regions that print the day before the month.
_DAY_FIRST_REGIONS = ("GB", "IE", "AU", "NZ", "IN", "ZA", "NG", "KE", "SG", "HK", "PK", "MT", "JM", "TT", "GH", "UG")
#: Languages without one custom for ``03/05/2019``: English by region, the others put the year first.
_NO_CUSTOM = ("en", "zh", "ja", "ko", "hu", "lt", "mn", "tl", "fil", "und", "sw", "af", "eu")
#: Regions where another language than English puts the month first or has both customs.
_MONTH_FIRST_REGIONS = ("US", "PR", "PH")


class DayOrder(StrEnum):
    """The order of day and month in the numeric dates of one source, as far as its other dates tell."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as printed; ``offset`` in minutes, or ``zone`` as an abbreviation."""

    hour: int
    minute: int
    second: int | None = None
    offset: int | None = None
    zone: str | None = None

    @property
    def possible(self) -> bool:
        """True for 00:00 to 23:59:59 with an offset that clocks on earth show (-12:00 to +14:00)."""
        if not (0 <= self.hour < 24 and 0 <= self.minute < 60 and 0 <= (self.second or 0) < 60):
            return False
        return self.offset is None or -720 <= self.offset <= 840


@dataclass(frozen=True, slots=True)
class Day:
    """A date as printed: month and day may be missing; ``weekday`` 0 is Monday."""

    year: int
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def is_possible(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has this day and newspapers could print it."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def make_date(day: Day, clock: Clock | None, text: str, *, language: str, certainty: str = "high") -> DateValue | None:
    """Return the value of a date as printed, or None when the calendar or the clock has no such moment.

    A weekday that contradicts the date lowers the certainty to low; a zone that is not resolved or
    not in season lowers it to medium at most, and an unresolved one leaves the value without offset.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    if day.month is None:
        return DateValue(f"{day.year:04d}", "year", text, certainty)
    if day.day is None:
        if not 1 <= day.month <= 12:
            return None
        return DateValue(f"{day.year:04d}-{day.month:02d}", "month", text, certainty)
    if not is_possible(day.year, day.month, day.day) or (clock is not None and not clock.possible):
        return None
    if day.weekday is not None and date(day.year, day.month, day.day).weekday() != day.weekday:
        certainty = "low"
    value = f"{day.year:04d}-{day.month:02d}-{day.day:02d}"
    if clock is None:
        return DateValue(value, "day", text, certainty)
    precision = "minute" if clock.second is None else "second"
    value += f"T{clock.hour:02d}:{clock.minute:02d}:{clock.second or 0:02d}"
    offset = clock.offset
    if clock.zone is not None:
        moment = datetime(day.year, day.month, day.day, clock.hour, clock.minute)  # noqa: DTZ001 (local time)
        zone = resolve_zone(clock.zone, moment, language=language)
        offset = zone.minutes
        if not zone.sure:
            certainty = lower(certainty, "medium")
    return DateValue(value + format_offset(offset), precision, text, certainty)


def format_offset(minutes: int | None) -> str:
    """Return an offset from UTC as RFC 3339 section 5.6 writes it: ``Z``, ``+01:00``, or nothing for None."""
    if minutes is None:
        return ""
    if minutes == 0:
        return "Z"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def lower(certainty: str, bound: str) -> str:
    """Return the lower one of two certainties."""
    return min(certainty, bound, key=_CERTAINTIES.index)


@dataclass(frozen=True, slots=True)
class Numeric:
    """Two numbers and a year in a row, ``03/05/2019``: day and month, or month and day."""

    first: int
    second: int
    year: int
    separator: str


def make_numeric_date(
    numbers: Numeric, weekday: int | None, clock: Clock | None, text: str, *, language: str, day_order: DayOrder
) -> DateValue | None:
    """Return the value of a numeric date, its day and month told apart by evidence alone.

    In this order: a number above 12, equal numbers, a printed weekday that fits one reading (high);
    the order of the source's other dates (medium); dots, which newsrooms print day first (high, in
    English text medium); the custom of the language (high) or of the English-speaking region
    (medium). Without evidence only the year is certain: the value is the year, with both readings as
    bounds and low certainty.
    """
    day_first = Day(numbers.year, numbers.second, numbers.first, weekday)
    month_first = Day(numbers.year, numbers.first, numbers.second, weekday)
    fits_day = is_possible(numbers.year, numbers.second, numbers.first)
    fits_month = is_possible(numbers.year, numbers.first, numbers.second)
    if not fits_day and not fits_month:
        return None
    if not fits_month or numbers.first == numbers.second:
        return make_date(day_first, clock, text, language=language)
    if not fits_day:
        return make_date(month_first, clock, text, language=language)
    if weekday is not None:
        on_day = date(numbers.year, numbers.second, numbers.first).weekday() == weekday
        on_month = date(numbers.year, numbers.first, numbers.second).weekday() == weekday
        if on_day != on_month:
            return make_date(day_first if on_day else month_first, clock, text, language=language)
    order, certainty = _custom(numbers.separator, language, day_order)
    if order is not DayOrder.UNKNOWN:
        chosen = day_first if order is DayOrder.DAY_FIRST else month_first
        return make_date(chosen, clock, text, language=language, certainty=certainty)
    readings = [make_date(day, clock, text, language=language) for day in (day_first, month_first)]
    values = sorted(reading.value for reading in readings if reading is not None)
    if not values:
        return None
    return DateValue(f"{numbers.year:04d}", "year", text, "low", not_before=values[0], not_after=values[-1])


def _custom(separator: str, language: str, day_order: DayOrder) -> tuple[DayOrder, str]:
    if day_order is not DayOrder.UNKNOWN:
        return day_order, "medium"
    tongue, region = primary_language(language), region_of(language)
    if separator == ".":
        return DayOrder.DAY_FIRST, "high" if tongue not in _NO_CUSTOM else "medium"
    if tongue == "en" and region in _DAY_FIRST_REGIONS:
        return DayOrder.DAY_FIRST, "medium"
    if tongue == "en" and region in _MONTH_FIRST_REGIONS:
        return DayOrder.MONTH_FIRST, "medium"
    if tongue in _NO_CUSTOM or region in _MONTH_FIRST_REGIONS:
        return DayOrder.UNKNOWN, "low"
    return DayOrder.DAY_FIRST, "high"


def order_of(numbers: Numeric, known: Iterable[str]) -> DayOrder:
    """Return the order in which ``numbers`` gives one of the ``known`` days (``YYYY-MM-DD…``).

    This is how a date in a page's metadata tells how the page prints its dates.
    """
    day_first = f"{numbers.year:04d}-{numbers.second:02d}-{numbers.first:02d}"
    month_first = f"{numbers.year:04d}-{numbers.first:02d}-{numbers.second:02d}"
    days = [value[:10] for value in known]
    if day_first == month_first or (day_first in days) == (month_first in days):
        return DayOrder.UNKNOWN
    return DayOrder.DAY_FIRST if day_first in days else DayOrder.MONTH_FIRST
