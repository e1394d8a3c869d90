"""Which title, and without the name of the site where the page tells that name."""

from __future__ import annotations

import pytest

from archiver.describe.candidates import Candidate, Candidates
from archiver.describe.titles import choose_title, without_site


def chosen(*items: tuple[str, str, str], level: int = 0) -> tuple[str, str] | None:
    made = (Candidate(*item, by_head=level == 1 and item[2].startswith("html:/")) for item in items)
    found = choose_title(Candidates(tuple(made)))
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


NAMED = ("title", "All about the lighthouse", "json-ld:WebPage.name")


def test_the_name_of_a_web_page_comes_before_the_title_of_the_head_alone() -> None:
    head = ("title", "Lighthouse, Westmoor", "html:title")
    social = ("title", "The lighthouse of Westmoor", "meta:og:title")
    assert chosen(head, NAMED) == NAMED[1:]
    assert chosen(head, NAMED, social) == social[1:]


def test_a_headline_that_the_name_of_a_web_page_repeats_is_confirmed() -> None:
    heading = ("heading", "Lighthouse stays open", "html:/html/body/h4")
    assert chosen(HEADLINE, ("title", "Lighthouse stays open", "json-ld:WebPage.name")) == HEADLINE[1:]
    # Behind a name that nothing repeats other titles confirm; behind such a headline none does.
    repeated = ("title", "Lighthouse stays open", "html:title")
    assert chosen(heading, NAMED, repeated) == heading[1:]
    stated = ("headline", "All about the lighthouse", "json-ld:NewsArticle.headline")
    assert chosen(heading, stated, repeated) == stated[1:]


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


KICKER = ("title", "Harbour news: Lighthouse stays open", "html:/html/body/h1")
NEWS = ("headline", "Harbour news: Lighthouse stays open", "json-ld:NewsArticle.headline")
OG = ("title", "Lighthouse stays open", "meta:og:title")
HEADING = ("heading", "Lighthouse stays open", "html:/html/body/h2")


@pytest.mark.parametrize(
    "headline",
    ["Coast Lighthouse stays open", "3 May 2031 Lighthouse stays open", "Lighthouse stays open The vote was close"],
)
def test_a_kicker_a_date_or_a_second_line_in_the_headline_is_cut_where_the_markup_has_the_rest(headline: str) -> None:
    assert chosen(("title", headline, "html:/html/body/h1"), OG) == ("Lighthouse stays open", "meta:og:title")


def test_microdata_on_the_headline_itself_confirms_nothing() -> None:
    headline = ("title", "Coast: Lighthouse stays open", "html:/html/body/h1")
    assert chosen(headline, ("headline", headline[1], "microdata:headline"), OG) == OG[1:]
    assert chosen(headline, ("headline", headline[1], "microdata:headline")) == headline[1:]


def test_a_headline_and_its_kicker_are_one_where_json_ld_names_both() -> None:
    assert chosen(HEADLINE, NEWS) == (NEWS[1], NEWS[2])
    assert chosen(HEADLINE, ("title", NEWS[1], "html:title")) == (HEADLINE[1], HEADLINE[2])


def test_a_kicker_taken_for_the_headline_loses() -> None:
    kicker = ("title", "Harbour news", "html:/html/body/div[1]")
    assert chosen(kicker, NEWS) == (NEWS[1], NEWS[2])


def test_an_alternative_headline_confirms_nothing() -> None:
    second = ("title", "The vote was close", "html:/html/body/h2")
    alternative = ("title", "The vote was close", "json-ld:NewsArticle.alternativeHeadline")
    assert chosen(second, alternative, ("headline", OG[1], NEWS[2])) == (OG[1], NEWS[2])


def test_a_heading_of_the_page_parts_the_title_from_the_site_that_nothing_names() -> None:
    for title in ("Beacon Blog » Archive » Lighthouse stays open", "Lighthouse stays open | Beacon"):
        assert chosen(("title", title, "html:title"), ("heading", "Beacon", "html:/h1"), HEADING) == HEADING[1:]


def test_the_only_headline_counts_where_it_shares_words_with_the_title() -> None:
    headline = ("title", "Why the old lighthouse stays open", "html:/html/body/h1")
    page = ("title", "Old lighthouse to stay", "html:title")
    assert chosen(headline, page, level=1) == headline[1:]
    assert chosen(headline, page, level=2) == page[1:]
    assert chosen(headline, ("headline", page[1], "json-ld:NewsArticle.headline"), level=1) != headline[1:]


def test_the_address_tells_the_name_of_the_site() -> None:
    address = ("address", "https://www.harbour-news.example/a/b", "url")
    assert chosen(("title", "Lighthouse stays open - Harbour News", "html:title"), address) == (
        "Lighthouse stays open",
        "html:title",
    )


def test_a_site_without_blanks_around_its_dash_is_cut_in_chinese() -> None:
    headline = ("title", "灯塔继续开放十年", "html:/html/body/h1")
    assert chosen(headline, ("title", "灯塔继续开放十年-港口网", "html:title")) == headline[1:]


def test_what_is_called_site_and_title_is_better_than_nothing() -> None:
    assert chosen(("title", "Harbour News", "html:title"), ("site_name", "Harbour News", "meta:og:site_name")) == (
        "Harbour News",
        "html:title",
    )


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
