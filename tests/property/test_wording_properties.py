"""What holds for the recognisers of wording whatever the text."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.wording.datelines import parse_dateline
from archiver.wording.dates import DayOrder, find_dates, parse_date_line, parse_machine_date
from archiver.wording.language import detect_language, normalise_tag
from archiver.wording.people import parse_byline

VALUE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?)?)?")
PIECES = st.sampled_from(
    "3 05 2019 10:25 May Mai BST Published updated | - / . , am By in Jane Doe London ( ) +01:00 2019年5月3日 T Z Fri "
    "ET von van al- © $".split()
)
PARTS = st.lists(PIECES, max_size=14)
LINES = st.one_of(st.text(max_size=200), PARTS.map(" ".join), PARTS.map("".join))
LANGUAGES = st.sampled_from(["en", "en-GB", "en-US", "de", "fr", "ar", "zh", "ja", "und", "tr"])
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@settings(max_examples=150, deadline=None)
@given(LINES, LANGUAGES)
def test_any_line_is_read_without_fault_and_dates_are_well_formed(line: str, language: str) -> None:
    found = parse_date_line(line, language=language)
    for _, value in found.dates if found else ():
        assert VALUE.fullmatch(value.value)
        date.fromisoformat((value.value + "-01-01")[:10])
        assert value.text in line
        assert value.certainty in ("high", "medium", "low")


@settings(max_examples=150, deadline=None)
@given(LINES, LANGUAGES)
def test_any_line_is_read_for_names_without_fault(line: str, language: str) -> None:
    byline = parse_byline(line, language=language)
    if byline is not None:
        assert byline.text in line
        assert byline.rest in line
        assert byline.people or byline.organisation
    dateline = parse_dateline(line, language=language)
    if dateline is not None:
        assert 0 < dateline.end <= len(line)
        assert dateline.text in line[: dateline.end]


@settings(max_examples=100, deadline=None)
@given(DAYS)
def test_a_day_printed_with_its_month_is_read_back(day: date) -> None:
    printed = f"{day.day} {day:%B} {day.year}"
    found = parse_date_line(printed, language="en")
    assert found is not None
    assert found.dates[0][1].value == day.isoformat()
    assert found.dates[0][1].certainty == "high"


@settings(max_examples=100, deadline=None)
@given(DAYS)
def test_a_numeric_day_is_never_read_in_a_way_its_order_forbids(day: date) -> None:
    printed = f"{day.day:02d}/{day.month:02d}/{day.year}"
    told = parse_date_line(printed, language="en", day_order=DayOrder.DAY_FIRST)
    assert told is not None
    assert told.dates[0][1].value == day.isoformat()
    untold = parse_date_line(printed, language="en")
    assert untold is not None
    value = untold.dates[0][1]
    if value.precision == "year":
        assert day.isoformat() in (value.not_before, value.not_after)
    else:
        assert value.value == day.isoformat()


@settings(max_examples=100, deadline=None)
@given(DAYS)
def test_an_iso_day_is_its_own_value(day: date) -> None:
    found = parse_machine_date(day.isoformat())
    assert found is not None
    assert found.value == day.isoformat()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.one_of(st.none(), st.text(max_size=12)))
def test_any_text_has_a_language_or_none(text: str, declared: str | None) -> None:
    guess = detect_language(text, declared=declared)
    assert normalise_tag(guess.tag) == guess.tag
    assert guess == detect_language(text, declared=declared)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_a_normalised_tag_stays_as_it_is(tag: str) -> None:
    once = normalise_tag(tag)
    assert once is None or normalise_tag(once) == once


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_dates_in_any_prose_are_days(text: str) -> None:
    for value in find_dates(text, language="en"):
        assert value.precision == "day"
        assert value.text in text
