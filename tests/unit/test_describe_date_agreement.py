"""A moment in UTC and the day that the newsroom prints; a statement that all others contradict."""

from __future__ import annotations

import pytest

from archiver.describe.date_agreement import Dated, agreed
from archiver.model.metadata import DateValue


def at(value: str, origin: str = "json-ld:NewsArticle.datePublished") -> Dated:
    precision = "day" if len(value) == len("2031-06-04") else "second"
    return DateValue(value, precision, value), origin


def day(chosen: str, *, printed: tuple[str, ...] = (), stated: tuple[str, ...] = ()) -> str:
    others = [at(value, f"meta:{number}") for number, value in enumerate(stated)]
    shown = [at(value, "html:/html/body/p[1]") for value in printed]
    return agreed(at(chosen), [at(chosen), *others], shown)[0].value


@pytest.mark.parametrize(
    ("moment", "printed", "found"),
    [
        ("2031-06-04T23:00:00Z", "2031-06-05", "2031-06-05"),
        ("2031-06-04T23:11:59Z", "2031-06-05T01:11:00", "2031-06-05T01:11:00"),
        ("2031-06-05T00:44:52Z", "2031-06-04T21:44:00", "2031-06-04T21:44:00"),
        ("2031-06-05T00:44:52Z", "2031-06-04", "2031-06-04"),
        # No zone lies so far from UTC, or in such steps.
        ("2031-06-04T08:00:00Z", "2031-06-05", "2031-06-04T08:00:00Z"),
        ("2031-06-04T13:00:00Z", "2031-06-03", "2031-06-04T13:00:00Z"),
        ("2031-06-04T23:00:00Z", "2031-06-05T01:07:00", "2031-06-04T23:00:00Z"),
        ("2031-06-04T23:00:00Z", "2031-06-08", "2031-06-04T23:00:00Z"),
        # A day written as a moment, and a moment in a zone of its own.
        ("2031-06-04T00:00:00Z", "2031-06-03", "2031-06-04T00:00:00Z"),
        ("2031-06-04T23:00:00+02:00", "2031-06-05", "2031-06-04T23:00:00+02:00"),
    ],
)
def test_a_moment_in_utc_is_told_as_the_newsroom_prints_it(moment: str, printed: str, found: str) -> None:
    assert day(moment, printed=(printed,)) == found


def test_markup_tells_the_same_moment_with_its_zone() -> None:
    local = "2031-06-03T23:37:37-04:00"
    assert day("2031-06-04T03:37:37Z", stated=(local,)) == local
    assert day("2031-06-04T03:37:37Z", stated=("2031-06-03T20:00:00-04:00",)) == "2031-06-04T03:37:37Z"


def test_the_day_in_utc_stays_where_the_page_prints_it_as_well() -> None:
    assert day("2031-06-04T23:00:00Z", printed=("2031-06-05", "2031-06-04")) == "2031-06-04T23:00:00Z"


def test_a_day_that_is_not_printed_yields_to_one_that_is_and_that_more_of_the_markup_names() -> None:
    others = ("2031-06-06T08:00:00+02:00", "2031-06-06")
    assert day("2031-06-04", printed=("2031-06-06",), stated=others) == others[0]
    assert day("2031-06-04", printed=("2031-06-06",), stated=others[:1]) == "2031-06-04"
    assert day("2031-06-04", printed=(), stated=others) == "2031-06-04"
    assert day("2031-06-04", printed=("2031-06-06", "2031-06-04"), stated=others) == "2031-06-04"
