"""Which title, and without the name of the site where the page tells that name."""

from __future__ import annotations

import pytest

from archiver.describe.candidates import Candidate, Candidates
from archiver.describe.titles import choose_title, without_site


def chosen(*items: tuple[str, str, str]) -> tuple[str, str] | None:
    found = choose_title(Candidates(tuple(Candidate(*item) for item in items)))
    return None if found is None else (found.value, found.origin)


HEADLINE = ("title", "Lighthouse stays open", "html:/html/body/h1")


def test_what_came_beside_the_text_wins() -> None:
    assert chosen(HEADLINE, ("title", "From the list", "given:title")) == ("From the list", "given:title")


def test_a_headline_of_a_plain_text_is_the_title() -> None:
    assert chosen(("title", "Lighthouse stays open", "text:#char=0,21")) == (
        "Lighthouse stays open",
        "text:#char=0,21",
    )


def test_a_headline_that_the_markup_confirms_is_what_readers_saw() -> None:
    assert chosen(HEADLINE, ("title", "Lighthouse stays open | Harbour News", "html:title")) == (
        "Lighthouse stays open",
        "html:/html/body/h1",
    )


def test_a_headline_that_nothing_confirms_loses_to_the_markup() -> None:
    assert chosen(
        ("title", "Coast section", "html:/html/body/h1"),
        ("title", "Lighthouse stays open", "html:title"),
        ("headline", "Lighthouse stays open for years", "json-ld:NewsArticle.headline"),
    ) == ("Lighthouse stays open for years", "json-ld:NewsArticle.headline")


def test_the_site_is_cut_only_where_the_page_names_it() -> None:
    title = ("title", "Lighthouse stays open | Harbour News", "html:title")
    assert chosen(title) == ("Lighthouse stays open | Harbour News", "html:title")
    assert chosen(title, ("site_name", "Harbour News", "meta:og:site_name")) == ("Lighthouse stays open", "html:title")


def test_a_cut_title_is_only_the_last_resort() -> None:
    cut = ("title", "Lighthouse stays…", "meta:og:title")
    assert chosen(cut, ("title", "Lighthouse stays open for years", "html:title")) == (
        "Lighthouse stays open for years",
        "html:title",
    )
    assert chosen(cut) == ("Lighthouse stays…", "meta:og:title")


def test_nothing_said_is_nothing_chosen() -> None:
    assert chosen() is None
    assert chosen(("description", "Words.", "meta:description")) is None


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Lighthouse stays open | Harbour News", "Lighthouse stays open"),
        ("Lighthouse stays open - Coast - Harbour News", "Lighthouse stays open - Coast"),
        ("Harbour News – Lighthouse stays open", "Lighthouse stays open"),
        ("HARBOUR NEWS: Lighthouse", "HARBOUR NEWS: Lighthouse"),
        ("Lighthouse – open at last | harbour news!", "Lighthouse – open at last"),
        ("灯台は開いている｜Harbour News", "灯台は開いている"),
        ("Harbour News | Harbour News", "Harbour News"),
        ("Harbour News", "Harbour News"),
        ("Trouble at Harbour News", "Trouble at Harbour News"),
    ],
)
def test_separators_and_sites(title: str, bare: str) -> None:
    assert without_site(title, ["Harbour News"]) == bare


def test_without_a_known_site_a_title_is_left_alone() -> None:
    assert without_site("Lighthouse – open at last", []) == "Lighthouse – open at last"
    assert without_site("Lighthouse – open at last", ["…", ""]) == "Lighthouse – open at last"
