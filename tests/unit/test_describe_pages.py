"""Authors and days of whole invented pages, where only the place of a line tells what it says."""

from __future__ import annotations

import json

import pytest

from archiver import extract

WORDS = (
    "The council of Harbour Town decided on Tuesday evening to close the northern pier for two years, because the "
    "beams below the planks are rotten and no company in the region can replace them any sooner."
)
MORE = (
    "Fishermen who land their catch there will have to use the southern basin, where the harbour master wants to build "
    "two more landing stages before the herring season begins, as he told the council in a letter."
)
LAST = (
    "The costs are borne by the town and the county in equal parts, and the first boats are to moor at the new pier in "
    "the spring of the year after next, provided that the winter is a mild one and the ice does not stay."
)


def page(*, above: str = "", before: str = "", end: str = "", after: str = "", data: object = None) -> str:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    return (
        f"<html lang=en><head><title>Northern pier closes for two years</title>{script}</head><body><main><article>"
        f"<h1>Northern pier closes for two years</h1>{above}<div>{before}<p>{WORDS}</p><p>{MORE}</p><p>{LAST}</p>{end}"
        f"</div></article>{after}</main></body></html>"
    )


def authors(html: str, url: str = "https://harbour.example/pier") -> list[str]:
    return [person.name for person in extract(html, url=url, media_type="text/html").metadata.authors]


def published(html: str, url: str = "https://harbour.example/pier") -> tuple[str, str] | None:
    value = extract(html, url=url, media_type="text/html").metadata.published
    return (value.value, value.certainty) if value else None


HOUSE = {
    "@type": "NewsArticle",
    "headline": "Northern pier closes for two years",
    "author": {"@type": "Organization", "name": "Harbour News"},
    "publisher": {"@type": "Organization", "name": "Harbour News"},
}


def test_names_parted_by_a_slash_above_the_first_paragraph_are_the_authors() -> None:
    box = '<div class="author">by Harbour News</div>'
    line = "<p><strong>Ann Reed/Bo Lindqvist</strong></p>"
    assert authors(page(above=box, before=line, data=HOUSE)) == ["Ann Reed", "Bo Lindqvist"]
    assert authors(page(above=box, before="<p><strong>News/Business</strong></p>", data=HOUSE)) == ["Harbour News"]


def test_a_name_before_a_bar_and_days_below_the_standfirst_tells_author_and_day() -> None:
    line = f"<h4>{MORE}</h4><div><span>Ann Reed |</span> <span>05.04.2031 - Updated : 06.04.2031</span></div>"
    html = page(above=line).replace("lang=en", "lang=en-GB")
    assert authors(html) == ["Ann Reed"]
    assert published(html) == ("2031-04-05", "medium")
    assert authors(page(above="<div>Theme of the day 05.04.2031</div>")) == []


def facts(author: str, day: str) -> str:
    rows = f"<li><strong>Datum</strong> {day}</li><li><strong>Autorin/Autor</strong> {author}</li>"
    teasers = "".join(f'<p><a href="/{number}">Other news of the coast, part {number}</a></p>' for number in range(8))
    return f"{teasers}<ul>{rows}</ul>"


def test_a_list_of_facts_behind_the_text_tells_author_and_day_where_it_agrees_with_itself() -> None:
    html = page(after=facts("Jane Doe", "28.04.2031") * 2).replace("lang=en", "lang=de")
    assert authors(html) == ["Jane Doe"]
    assert published(html) == ("2031-04-28", "medium")
    several = facts("Jane Doe", "28.04.2031") + facts("Bo Lindqvist", "29.04.2031")
    assert authors(page(after=several).replace("lang=en", "lang=de")) == []
    assert published(page(after=several).replace("lang=en", "lang=de")) is None


@pytest.mark.parametrize("label", ["Autor", "Autor:in", "Autor/in", "Author(s)", "Autor*in:"])
def test_labels_of_facts_have_many_spellings(label: str) -> None:
    html = page(after=facts("Jane Doe", "28.04.2031").replace("Autorin/Autor", label)).replace("lang=en", "lang=de")
    assert authors(html) == ["Jane Doe"]


def test_each_author_has_a_box_beside_the_other() -> None:
    def box(name: str) -> str:
        return f'<div class="byline"><address class="name"><a rel="author" href="/x">{name}</a></address></div>'

    data = {**HOUSE, "author": {"@type": "Person", "name": "Bo Lindqvist"}}
    assert authors(page(above=box("Ann Reed") + box("Bo Lindqvist"), data=data)) == ["Ann Reed", "Bo Lindqvist"]


def test_a_name_that_closes_the_text_signs_it_where_the_markup_names_the_house_alone() -> None:
    line = '<p style="text-align:right"><strong>Ann Reed</strong></p>'
    assert authors(page(end=line, data=HOUSE)) == ["Ann Reed"]
    assert authors(page(end=line, data={**HOUSE, "author": {"@type": "Person", "name": "Jane Doe"}})) == ["Jane Doe"]
    assert authors(page(end="<p>Harbour News / Coast Agency</p>", data=HOUSE)) == ["Coast Agency"]


def test_a_body_that_is_not_the_house_is_an_author_beside_people() -> None:
    both = [{"@type": "Organization", "name": "Coast Agency"}, {"@type": "Person", "name": "Jane Doe"}]
    assert authors(page(data={**HOUSE, "author": both})) == ["Coast Agency", "Jane Doe"]
    own = [{"@type": "Organization", "name": "Harbour News"}, {"@type": "Person", "name": "Jane Doe"}]
    assert authors(page(data={**HOUSE, "author": own})) == ["Jane Doe"]


def test_the_objects_of_teasers_and_sounds_name_no_author_of_the_page() -> None:
    own = {**HOUSE, "author": {"@type": "Person", "name": "Jane Doe"}}
    teaser = {**HOUSE, "headline": "Storm sinks the old ferry", "author": {"@type": "Person", "name": "Tam Wynne"}}
    sound = {**own, "@type": "AudioObject", "author": {"@type": "Person", "name": "Vera Tonn"}}
    assert authors(page(data=[teaser, own, sound])) == ["Jane Doe"]


def test_who_made_the_picture_is_not_who_wrote_the_text() -> None:
    figure = '<figure><img src=x><figcaption>The pier <span class="author">Vera Tonn</span></figcaption></figure>'
    assert authors(page(above=figure, data=HOUSE)) == ["Harbour News"]


def test_an_agency_below_the_headline_is_the_author_where_the_markup_names_the_house_alone() -> None:
    assert authors(page(above="<p>News - Anadolu Agency</p>", data=HOUSE)) == ["Anadolu Agency"]
    assert authors(page(above="<p>News - Coast</p>", data=HOUSE)) == ["Harbour News"]


def test_a_name_beside_the_day_needs_no_other_mark() -> None:
    line = '<ul><li>Ann Reed</li><li class="date">3 May 2031</li></ul>'
    assert authors(page(above=line)) == ["Ann Reed"]
    assert authors(page(above=line.replace("Ann Reed", "Release Date"))) == []


def test_names_alone_below_the_headline_count_where_the_markup_names_the_house_alone() -> None:
    line = "<ul><li>Coast</li><li>Ann Reed, Bo Lindqvist &amp; Ida Brack</li></ul>"
    assert authors(page(above=line, data=HOUSE)) == ["Ann Reed", "Bo Lindqvist", "Ida Brack"]
    caption = "<figure><img src=x><figcaption>Ann Reed, Bo Lindqvist, Ida Brack</figcaption></figure>"
    assert authors(page(above=caption, data=HOUSE)) == ["Harbour News"]


def test_the_day_of_the_visit_above_the_headline_yields_to_that_of_the_article() -> None:
    html = page(above="<p class=meta>Coast Desk | 13 Jan 2031, 22:11 | 3 comments</p>")
    masthead = '<header><div class="date">Tue, 14 Jan 2031</div></header>'
    assert published(html.replace("<main>", masthead + "<main>")) == ("2031-01-13T22:11:00", "medium")


def test_the_day_can_stand_in_the_element_of_the_headline_or_in_a_line_that_repeats_it() -> None:
    html = page().replace("years</h1>", "years <small>02.02.2031 •</small></h1>").replace("lang=en", "lang=de")
    assert published(html) == ("2031-02-02", "medium")
    line = "<div><p>Northern pier closes for two years was posted on 19 May 2031 and filed under coast.</p></div>"
    assert published(page().replace("<main>", line + "<main>")) == ("2031-05-19", "medium")


def test_a_page_that_names_only_its_last_change_was_published_on_that_day_at_the_latest() -> None:
    assert published(page(above="<p>Updated: 30 December 2031</p>")) == ("2031-12-30", "low")


def test_a_day_of_the_file_behind_the_printed_day_of_change_tells_nothing() -> None:
    html = page(above="<p>Updated: 28 April 2031</p>").replace(
        "<title>", '<meta name=date content="2031-04-29"><title>'
    )
    assert published(html) == ("2031-04-28", "medium")


def test_a_line_of_place_and_day_dates_the_text_that_it_opens() -> None:
    assert published(page(before="<p>Harbour Town | Quay, 11 November 2031</p>")) == ("2031-11-11", "medium")


def test_a_number_in_an_address_is_no_day() -> None:
    assert published(page(), url="https://harbour.example/2089096-pier") is None
    assert published(page(), url="https://harbour.example/20310906/pier") == ("2031-09-06", "medium")
