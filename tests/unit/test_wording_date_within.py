"""Dates among other words of a line."""

from __future__ import annotations

import pytest

from archiver.wording.date_within import dates_within


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("von Jana Muster · 22. Oktober 2019", "de", {"published": "2019-10-22"}),
        ("04.02.2022 | 13:10 Uhr | Jana Muster", "de", {"published": "2022-02-04T13:10:00"}),
        ("Posted by jane on December 4, 2006", "en", {"published": "2006-12-04"}),
        ("Harbour Published On May 10, 2022 01:52 PM", "en", {"published": "2022-05-10T13:52:00"}),
        ("jeudi 13 juin 2019, par Jeanne Exemple", "fr", {"published": "2019-06-13"}),
        ("2020-02-19 20:29:58 来源： 港口报", "zh", {"published": "2020-02-19T20:29:58"}),
        ("Jana Muster Stand: 05. Februar 2020", "de", {"modified": "2020-02-05"}),
        (
            "Written: 2023-11-07 15:03 / Updated: 2023-11-08 15:30",
            "en",
            {"published": "2023-11-07T15:03:00", "modified": "2023-11-08T15:30:00"},
        ),
        ("3 June 2031 and 4 June 2031", "en", {}),
        ("By Jane Doe 03/04/2020", "en", {}),
        ("By Jane Doe", "en", {}),
        ("31 February 2020 | Harbour", "en", {}),
        ("The pier was opened on 4 June 2031, and " + "nobody has since thought of closing it again " * 4, "en", {}),
    ],
)
def test_a_date_is_found_with_its_role_or_not_at_all(line: str, language: str, expected: dict[str, str]) -> None:
    assert {role: value.value for role, value in dates_within(line, language=language)} == expected


def test_the_wording_is_that_of_the_date() -> None:
    ((_, value),) = dates_within("von Jana Muster · 22. Oktober 2019", language="de")
    assert value.text == "22. Oktober 2019"
