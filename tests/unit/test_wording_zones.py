"""Zone abbreviations and the written-out rules of summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from archiver.wording.zones import is_summer_in_america, is_summer_in_europe, resolve_zone

NOON_IN_JULY = datetime(2019, 7, 3, 12, tzinfo=UTC).replace(tzinfo=None)
NOON_IN_JANUARY = NOON_IN_JULY.replace(month=1)


@pytest.mark.parametrize(
    ("name", "language", "summer", "winter"),
    [
        ("GMT", "en", 0, 0),
        ("BST", "en", 60, None),
        ("BST", "de", None, None),
        ("ET", "en", -240, -300),
        ("PT", "en", -420, -480),
        ("CST", "en", None, None),
        ("CST", "zh", 480, 480),
        ("IST", "en-IN", 330, 330),
        ("IST", "en-IE", 60, None),
        ("IST", "en", None, None),
        ("PST", "en-PH", None, None),
        ("MESZ", "de", 120, 120),
        ("JST", "ja", 540, 540),
    ],
)
def test_an_abbreviation_is_resolved_only_where_one_reading_fits(
    name: str, language: str, summer: int | None, winter: int | None
) -> None:
    assert resolve_zone(name, NOON_IN_JULY, language=language).minutes == summer
    assert resolve_zone(name, NOON_IN_JANUARY, language=language).minutes == winter


def test_a_zone_out_of_season_is_not_sure() -> None:
    assert not resolve_zone("MESZ", NOON_IN_JANUARY, language="de").sure
    assert not resolve_zone("EST", NOON_IN_JULY, language="en").sure


@pytest.mark.parametrize(("name", "rule"), [("America/New_York", is_summer_in_america), ("Europe/Berlin", None)])
def test_the_rules_agree_with_the_zone_database(name: str, rule: object) -> None:
    try:
        zone = ZoneInfo(name)
    except ZoneInfoNotFoundError:
        pytest.skip("no zone database on this machine")
    for day in range(0, 365 * 20, 3):
        noon = datetime(2000, 1, 1, 12, tzinfo=UTC).replace(tzinfo=None) + timedelta(days=day)
        ours = is_summer_in_america(noon) if rule else is_summer_in_europe(noon.date())
        assert ours == bool(noon.replace(tzinfo=zone).dst())
