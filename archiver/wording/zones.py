"""Zone abbreviations as newsrooms print them, resolved only where one reading fits.

The rules of summer time are written out here (European Union directive 2000/84/EC; United States
Energy Policy Act of 2005, section 110, in force since 2007, and the rule of 1987 before it), since
a zone database may be missing or differ from machine to machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from archiver.wording.fold import primary_language, region_of


@dataclass(frozen=True, slots=True)
class Zone:
    """What a zone abbreviation means at one moment.

    ``minutes`` is the offset from UTC, None where the abbreviation cannot be resolved; ``sure`` is
    False where the abbreviation and the season contradict each other or other readings remain.
    """

    minutes: int | None
    sure: bool


#: One meaning in all English and most other texts.
_FIXED = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "MSK": 180, "МСК": 180, "JST": 540, "KST": 540, "HKT": 480, "SGT": 480,
    "PHT": 480, "WIB": 420, "WITA": 480, "WIT": 540, "ICT": 420, "PKT": 300, "NPT": 345, "TRT": 180, "TSI": 180,
    "TSİ": 180, "EAT": 180, "SAST": 120, "BRT": -180, "ART": -180, "AKST": -540, "AKDT": -480, "HST": -600,
    "AEST": 600, "AEDT": 660, "AWST": 480, "ACST": 570, "ACDT": 630, "NZST": 720, "NZDT": 780,
}  # fmt: skip
_EUROPE_WINTER = {"WET": 0, "CET": 60, "MEZ": 60, "HNEC": 60, "EET": 120, "OEZ": 120}
_EUROPE_SUMMER = {"WEST": 60, "CEST": 120, "MESZ": 120, "HAEC": 120, "EEST": 180, "OESZ": 180}
_AMERICA_WINTER = {"EST": -300, "MST": -420, "PST": -480}
_AMERICA_SUMMER = {"EDT": -240, "CDT": -300, "MDT": -360, "PDT": -420}
_AMERICA_EITHER = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
_AMBIGUOUS = ("BST", "CST", "IST")

ABBREVIATIONS = frozenset(
    [*_FIXED, *_EUROPE_WINTER, *_EUROPE_SUMMER, *_AMERICA_WINTER, *_AMERICA_SUMMER, *_AMERICA_EITHER, *_AMBIGUOUS]
)

#: English with these regions does not mean American zones by PST, MST and EST.
_NOT_AMERICAN = ("PH", "PK", "MY", "AU", "NZ")


def resolve_zone(name: str, moment: datetime, *, language: str) -> Zone:
    """Return what the zone abbreviation ``name`` means at the local time ``moment``.

    ``BST`` is British Summer Time in an English text when summer time is in force, ``CST`` is
    China's in a Chinese text and America's in one marked en-US, ``IST`` is India's, Ireland's or
    Israel's by language and region; otherwise they stay unresolved.
    """
    summer_eu = is_summer_in_europe(moment.date())
    summer_us = is_summer_in_america(moment)
    if name in _FIXED:
        return Zone(_FIXED[name], True)
    if name in _EUROPE_WINTER:
        return Zone(_EUROPE_WINTER[name], not summer_eu)
    if name in _EUROPE_SUMMER:
        return Zone(_EUROPE_SUMMER[name], summer_eu)
    if name in _AMBIGUOUS:
        return _resolve_ambiguous(name, language, summer_eu, summer_us)
    if region_of(language) in _NOT_AMERICAN:
        return Zone(None, False)
    if name in _AMERICA_EITHER:
        return Zone(_AMERICA_EITHER[name] + (60 if summer_us else 0), True)
    if name in _AMERICA_WINTER:
        return Zone(_AMERICA_WINTER[name], not summer_us)
    if name in _AMERICA_SUMMER:
        return Zone(_AMERICA_SUMMER[name], summer_us)
    return Zone(None, False)


def _resolve_ambiguous(name: str, language: str, summer_eu: bool, summer_us: bool) -> Zone:
    tongue, region = primary_language(language), region_of(language)
    if name == "BST" and tongue in ("en", "cy", "gd") and summer_eu:
        return Zone(60, True)
    if name == "CST" and tongue == "zh":
        return Zone(480, True)
    if name == "CST" and (tongue, region) == ("en", "US"):
        return Zone(-360, not summer_us)
    if name == "IST" and (region == "IN" or tongue in ("hi", "mr", "ta", "te", "kn", "gu", "pa")):
        return Zone(330, True)
    if name == "IST" and (region == "IE" or tongue == "ga") and summer_eu:
        return Zone(60, True)
    if name == "IST" and (region == "IL" or tongue == "he"):
        return Zone(120, True)
    return Zone(None, False)


def is_summer_in_europe(day: date) -> bool:
    """Tell whether summer time is in force: last Sunday of March to last Sunday of October."""
    return _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)


def is_summer_in_america(moment: datetime) -> bool:
    """Tell whether daylight saving time is in force, from 02:00 to 02:00 local time.

    Second Sunday of March to first Sunday of November since 2007; first Sunday of April to last
    Sunday of October from 1987 to 2006; April's last Sunday before.
    """
    year = moment.year
    if year >= 2007:
        start, end = _sunday_from(date(year, 3, 8)), _sunday_from(date(year, 11, 1))
    else:
        start = _sunday_from(date(year, 4, 1)) if year >= 1987 else _last_sunday(year, 4)
        end = _last_sunday(year, 10)
    change = time(2)
    clock = moment.replace(tzinfo=None)
    return datetime.combine(start, change) <= clock < datetime.combine(end, change)


def _sunday_from(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def _last_sunday(year: int, month: int) -> date:
    next_month = date(year + month // 12, month % 12 + 1, 1)
    last = next_month - timedelta(days=1)
    return last - timedelta(days=(last.weekday() + 1) % 7)
