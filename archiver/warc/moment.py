"""Dates of WARC headers: whether the calendar and the clock know them (WARC 1.1 clause 5.4, W3CDTF)."""

from __future__ import annotations

import re
from calendar import monthrange

#: The form, with months, days and times that there are; the length of the month alone is left to be looked at.
_REAL = re.compile(
    r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d(?:\.\d{1,9})?|60(?:\.\d{1,9})?))?Z)?)?)?",
    re.IGNORECASE,
)
#: What nearly all dates are: whole seconds, on one of the days that every month has.
_USUAL = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", re.ASCII)
#: All months are as long.
_SURE_DAYS = 28
#: The one form that WARC 1.0 and before know: the length of ``2026-01-02T03:04:05Z``.
_SECONDS = 20
_OLD = frozenset({"0.17", "0.18", "1.0"})


def is_usual(date: str) -> bool:
    """Tell whether nothing can be wrong with a date, in any version; most dates that are right are so."""
    return _USUAL.fullmatch(date) is not None


def is_real(date: str) -> bool:
    """Tell whether a W3CDTF date in UTC is one of the calendar; a leap second is."""
    match = _REAL.fullmatch(date)
    if match is None:
        return False
    day = match[3]
    return day is None or int(day) <= _SURE_DAYS or int(day) <= monthrange(int(match[1]), int(match[2]))[1]


def is_too_new(date: str, version: str) -> bool:
    """Tell whether a W3CDTF date has a form that its version of WARC does not know.

    Fractions of a second, and dates without a time, came with WARC 1.1 (clause 5.4).
    """
    return version in _OLD and len(date) != _SECONDS
