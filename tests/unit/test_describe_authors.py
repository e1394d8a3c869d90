"""Who is chosen as author, and that houses, programs and readers are not."""

from __future__ import annotations

import pytest

from archiver.describe.authors import choose_authors
from archiver.describe.candidates import Candidate, Candidates


def chosen(*items: Candidate, language: str = "en") -> tuple[list[str], str] | None:
    found = choose_authors(Candidates(items), language=language)
    return ([person.name for person in found[0]], found[1]) if found else None


def said(value: str, origin: str, *, head: bool = False, aside: bool = False) -> Candidate:
    return Candidate("author", value, origin, head, aside)


GIVEN = said("Gwen Quill", "given:authors")
LD = said("Jane Doe", "json-ld:NewsArticle.author")
LD_HOUSE = said("Harbour News", "json-ld:NewsArticle.author[Organization]")
LD_ACCOUNT = said("jdoe_3", "json-ld:Article.author")
BYLINE = Candidate("byline", "By Bo Lund", "html:/html/body/p[1]")
BARE = Candidate("byline", "Ida Brack", "html:/html/body/p[1]", by_head=True)
META = said("Mary Poe", "meta:author")
MARK = said("Tam Wynne", "class:author", head=True)
FAR = said("Orla Pell", "class:author")
SIGNED = Candidate("signed", "Posted by Sten Vale", "html:/html/body/p[9]")
SITE = Candidate("site_name", "Harbour News", "meta:og:site_name")


def test_the_surer_a_statement_the_sooner_it_is_believed() -> None:
    order = (GIVEN, BYLINE, META, MARK, SIGNED, LD_HOUSE, FAR, LD_ACCOUNT)
    names = []
    for first in range(len(order)):
        found = chosen(SITE, *reversed(order[first:]))
        assert found is not None
        names.append(found[0][0])
    assert names == [
        "Gwen Quill", "Bo Lund", "Mary Poe", "Tam Wynne", "Sten Vale", "Harbour News", "Orla Pell", "jdoe_3",
    ]  # fmt: skip
    assert chosen() is None


def test_json_ld_gives_way_to_a_byline_that_names_somebody_else() -> None:
    assert chosen(LD, META) == (["Jane Doe"], LD.origin)
    assert chosen(LD, BYLINE) == (["Bo Lund"], BYLINE.origin)
    assert chosen(LD, BYLINE, said("Jane Doe", "class:author", head=True)) == (["Jane Doe"], LD.origin)
    assert chosen(said("Bo Lund", LD.origin), said("Ida Lund", LD.origin), BYLINE) == (
        ["Bo Lund", "Ida Lund"],
        LD.origin,
    )


def test_a_byline_spells_out_what_json_ld_shortens() -> None:
    assert chosen(said("Bo", LD.origin), BYLINE) == (["Bo Lund"], BYLINE.origin)


def test_a_bare_name_of_several_needs_the_markup() -> None:
    other = Candidate("byline", "Olaf Pier", "html:/html/body/p[2]", by_head=True)
    assert chosen(other, BARE) is None
    assert chosen(other, BARE, said("ida brack", "class:author", head=True)) == (["Ida Brack"], BARE.origin)
    assert chosen(BARE) == (["Ida Brack"], BARE.origin)
    assert chosen(Candidate("byline", "Ida Brack", "html:/html/body/aside/p[1]")) is None


def test_a_name_with_its_day_or_in_a_plain_text_needs_nothing() -> None:
    dated = Candidate("byline", "Ida Brack, 3 May 2031", "html:/html/body/p[1]")
    other = Candidate("byline", "Olaf Pier", "html:/html/body/p[2]")
    assert chosen(other, dated) == (["Ida Brack"], dated.origin)
    line = Candidate("byline", "Ida Brack", "text:#char=0,9")
    assert chosen(line, Candidate("byline", "Olaf Pier", "text:#char=20,29")) == (["Ida Brack"], line.origin)


@pytest.mark.parametrize(
    "value", ["Harbour News", "HARBOUR NEWS", "Redaktion Harbour News", "harbour-news.example", "Harbour News, Bremen"]
)
def test_the_house_is_no_author_in_meta_elements_and_the_last_in_json_ld(value: str) -> None:
    address = Candidate("address", "https://www.harbour-news.example/1", "url")
    assert chosen(SITE, address, said(value, "meta:author")) is None
    assert chosen(SITE, address, said(value, LD.origin), FAR) == ([value], LD.origin)
    assert chosen(SITE, address, said(value, LD.origin), META) == (["Mary Poe"], META.origin)


def test_people_name_their_sites_after_themselves() -> None:
    address = Candidate("address", "https://marypoe.example/1", "url")
    assert chosen(address, META) == (["Mary Poe"], META.origin)


@pytest.mark.parametrize(
    "value", ["admin", "Super User", "publisher", "105092", "@harbour", "https://harbour.example/jane", "Pier Pro GmbH"]
)
def test_accounts_of_programs_numbers_and_makers_of_sites_are_no_authors(value: str) -> None:
    assert chosen(said(value, "meta:author")) is None


def test_a_list_of_authors_beside_headlines_names_nobody() -> None:
    assert chosen(*(said(f"By {name} Doe", "class:author", head=True) for name in ("Ana", "Bea", "Cid"))) is None


def test_readers_who_comment_are_no_authors() -> None:
    assert chosen(said("Jane Doe", "class:author", aside=True)) is None
    assert chosen(said("Jane says: I was there", "class:author", head=True)) is None
    assert chosen(said("Name *", "class:author", head=True)) is None


def test_several_origins_are_never_run_together() -> None:
    assert chosen(said("@bo", "meta:twitter:creator"), META, said("Ana Reed", "meta:dc.creator")) == (
        ["Mary Poe"],
        "meta:author",
    )


def test_an_agency_alone_is_the_author_at_last() -> None:
    line = Candidate("byline", "By Reuters", "text:#char=0,10")
    assert chosen(line) == (["Reuters"], line.origin)
    assert chosen(line, META) == (["Mary Poe"], META.origin)
