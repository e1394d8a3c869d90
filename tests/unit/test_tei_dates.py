"""Dates in the W3C forms of TEI."""

from __future__ import annotations

import pytest
from lxml import etree

from archiver.model.metadata import DateValue
from archiver.tei.dates import date_element, is_instant, w3c_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016", "2016"),
        ("2016-10", "2016-10"),
        ("2016-10-21", "2016-10-21"),
        ("2016-10-21T10:25", "2016-10-21T10:25:00"),
        ("2016-10-21T10:25:30", "2016-10-21T10:25:30"),
        ("2016-10-21T10:25:30.5Z", "2016-10-21T10:25:30.5Z"),
        ("2016-10-21 10:25+0100", "2016-10-21T10:25:00+01:00"),
        ("2016-02-29", "2016-02-29"),
    ],
)
def test_iso_dates_become_xsd_dates(value: str, expected: str) -> None:
    assert w3c_date(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "0000",
        "2016-13",
        "2015-02-29",
        "2016-10-32",
        "2016-10-21T24:00:00",
        "2016-10-21T10:60",
        "2016-10-21T10:25:60",
        "2016-10-21T10:25:00+15:00",
        "2016-10-21T10:25:00+01:75",
        "21 October 2016",
        "٢٠١٦",
        "2016\n",
    ],
)
def test_what_is_no_date_has_no_form(value: str | None) -> None:
    assert w3c_date(value) is None


def test_an_instant_has_time_and_zone() -> None:
    assert is_instant("2026-11-21T08:00:00Z")
    assert is_instant("2026-11-21T08:00:00+01:00")
    for value in ("2026-11-21", "2026-11-21T08:00:00", "2026-11-21T08:00Z", "2026-02-30T08:00:00Z", "now"):
        assert not is_instant(value)


def test_a_plain_date_has_its_value_and_its_certainty() -> None:
    date = DateValue("2016-10-21", "day", "Friday 21 October", "medium")
    element = etree.fromstring(date_element(date, date.text, (("type", "published"),)))
    assert dict(element.attrib) == {"type": "published", "when": "2016-10-21", "cert": "medium"}
    assert element.text == "Friday 21 October"


def test_an_ambiguous_date_has_its_interval_and_within_the_likelier_reading() -> None:
    """TEI P5, att.datable.w3c: @when excludes @notBefore and @notAfter."""
    date = DateValue("2016-11-06", "day", "06/11/2016", "low", "2016-06-11", "2016-11-06")
    element = etree.fromstring(date_element(date, date.text))
    assert dict(element.attrib) == {"notBefore": "2016-06-11", "notAfter": "2016-11-06"}
    assert dict(element[0].attrib) == {"when": "2016-11-06", "cert": "low"}
    assert "".join(element.itertext()) == "06/11/2016"


def test_a_date_that_is_none_keeps_its_wording() -> None:
    element = etree.fromstring(date_element(DateValue("soon", "day", "soon", "odd"), "soon"))
    assert dict(element.attrib) == {"cert": "unknown"}
    assert element.text == "soon"
