"""What other statements of the day say of the one that was chosen: another zone, or that it stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from archiver.model.metadata import DateValue

Dated = tuple[DateValue, str]

_MINUTE = timedelta(minutes=1)
#: Zones lie so far west and east of UTC, in steps of a quarter of an hour (IANA time zone database).
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_STEP = timedelta(minutes=15)
#: So many statements of the markup outvote a single one.
_ENOUGH = 2
_DAY_CHARS = len("2031-06-04")
#: A longer value has an offset.
_CLOCK = len("2031-06-04T10:25:00Z")
#: A moment of nothing but zeros is a day that a program wrote as one.
_NO_TIME = "T00:00:00Z"


def agreed(chosen: Dated, stated: Sequence[Dated], printed: Sequence[Dated]) -> Dated:
    """Return ``chosen``, or the statement that tells the same moment in local time, or the day most others name.

    A moment in UTC falls on another day than the one that the newsroom prints, if it was published
    around midnight there. ``stated`` are all statements of the markup, ``printed`` the days that the page
    shows beside its headline; a day that is not printed yields to one that is, where more of the markup
    names that.
    """
    days = [_day(value) for value, _ in printed]
    own = _day(chosen[0])
    if own in days:
        return chosen
    zoned = [other for other in stated if len(other[0].value) > _CLOCK]
    local = next((other for other in (*printed, *zoned) if _is_local(chosen[0], other[0])), None)
    if local is not None:
        return local
    names = {day: {origin for value, origin in stated if _day(value) == day} for day in (own, *days)}
    for day in days:
        if len(names[day]) >= _ENOUGH and len(names[day]) > len(names[own]):
            return next(other for other in stated if _day(other[0]) == day)
    return chosen


def _day(value: DateValue) -> str:
    return value.value[:_DAY_CHARS]


def _is_local(moment: DateValue, other: DateValue) -> bool:
    """Tell whether ``other`` is the moment, which is in UTC, as calendars elsewhere showed it: on another day."""
    if (
        not moment.value.endswith("Z")
        or moment.value.endswith(_NO_TIME)
        or len(other.value) < _DAY_CHARS
        or _day(other) == _day(moment)
    ):
        return False
    at = datetime.fromisoformat(moment.value)
    if len(other.value) == _DAY_CHARS:
        day = date.fromisoformat(other.value)
        return (at + _WEST).date() <= day <= (at + _EAST).date()
    clock = datetime.fromisoformat(other.value)
    if clock.tzinfo is not None:
        return abs(clock - at) < _MINUTE
    offset = clock.replace(second=0) - at.replace(second=0, tzinfo=None)
    return _WEST <= offset <= _EAST and not offset % _STEP
