"""Datelines in front of a story."""

from __future__ import annotations

import pytest

from archiver.wording.datelines import parse_dateline

ROWS = [
    ("en", "LONDON, Oct 21 (Reuters) - The council", "LONDON", "--10-21", "Reuters"),
    ("en", "LONDON, 21 October 2016 (Reuters) - The council", "LONDON", "2016-10-21", "Reuters"),
    ("en", "WASHINGTON, D.C. (AP) — The council", "WASHINGTON, D.C.", None, "AP"),
    ("en", "NEW YORK/LONDON (Reuters) - The council", "NEW YORK/LONDON", None, "Reuters"),
    ("en", "BEIRUT, Lebanon — The council", "BEIRUT, Lebanon", None, None),
    ("en", "(CNN) — The council", None, None, "CNN"),
    ("de", "BERLIN (dpa) – Der Rat", "BERLIN", None, "dpa"),
    ("de", "Wien (APA) - Der Rat", "Wien", None, "APA"),
    ("de", "Berlin/München (dpa/lby) - Der Rat", "Berlin/München", None, "dpa/lby"),
    ("fr", "PARIS — Le conseil", "PARIS", None, None),
    ("es", "MADRID, 3 may (EFE).- El consejo", "MADRID", "--05-03", "EFE"),
    ("it", "(ANSA) - ROMA, 03 MAG - Il consiglio", "ROMA", "--05-03", "ANSA"),
    ("pl", "Warszawa, 3 maja (PAP) - Rada", "Warszawa", "--05-03", "PAP"),
    ("ru", "МОСКВА, 3 мая — РИА Новости. Совет", "МОСКВА", "--05-03", "РИА Новости"),
    ("zh", "【东京电】市议会", "东京", None, None),
    ("zh", "新华社北京5月3日电（记者张三）市议会", "北京", "--05-03", "新华社"),
    ("ja", "【ロンドン共同】議会は", "ロンドン", None, "共同"),
]


@pytest.mark.parametrize(("language", "paragraph", "place", "date", "agency"), ROWS)
def test_a_dateline_tells_place_date_agency_and_where_the_story_begins(
    language: str, paragraph: str, place: str | None, date: str | None, agency: str | None
) -> None:
    found = parse_dateline(paragraph, language=language)
    assert found is not None
    assert (found.place, found.date, found.agency) == (place, date, agency)
    assert paragraph[found.end :].split(maxsplit=1)[0] in (
        "The",
        "Der",
        "Le",
        "El",
        "Il",
        "Rada",
        "Совет",
        "市议会",
        "議会は",
    )
    assert paragraph.startswith(found.text)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The council - which met - agreed.",
        "UPDATE - The council agreed.",
        "ISIL — which lost ground — fled.",
        "US-Iran talks began.",
        "London is large.",
        "AFP - The agency",
        "E.X.-Newsletter bestellen",
        "Jane Doe (left) - a mother of two",
        "Jane Doe (CDU) – Der Rat",
        "",
        "   ",
        "In PARIS — The council",
        "A-" * 70,
    ],
)
def test_other_openings_are_no_datelines(paragraph: str) -> None:
    assert parse_dateline(paragraph, language="en") is None
