"""What lost is kept where it differs from what was chosen."""

from __future__ import annotations

from archiver.describe.alternatives import alternatives
from archiver.describe.candidates import Candidate, Candidates
from archiver.model.metadata import Alternative, DateValue, Metadata, Person, SourceRef
from archiver.model.metadata_from import metadata_from_dict


def lost(
    *items: Candidate, title: str | None = None, authors: tuple[str, ...] = (), published: str | None = None
) -> tuple[Alternative, ...]:
    dates = {"published": DateValue(published, "day", published)} if published else {}
    people = tuple(map(Person, authors))
    return alternatives(Candidates(items), title=title, authors=people, dates=dates, language="en")


def test_another_title_is_kept_once_and_the_same_with_the_site_is_not() -> None:
    og = Candidate("title", "Pier shut", "meta:og:title")
    again = Candidate("title", "PIER SHUT!", "meta:twitter:title")
    page = Candidate("title", "Pier closed | Harbour News", "html:title")
    assert lost(og, again, page, title="Pier closed") == (Alternative("title", "Pier shut", "meta:og:title"),)


def test_an_author_whom_the_choice_left_out_is_kept() -> None:
    known = Candidate("author", "By Jane Doe", "meta:author")
    other = Candidate("author", "Bo Lund", "json-ld:NewsArticle.author")
    reader = Candidate("author", "Ana Reed", "class:author", aside=True)
    assert lost(known, other, reader, authors=("Jane Doe",)) == (Alternative("authors", "Bo Lund", other.origin),)


def test_another_day_is_kept_and_another_wording_of_the_same_is_not() -> None:
    same = Candidate("published", "2031-06-04T10:00:00Z", "meta:date")
    other = Candidate("date", "5 June 2031", "html:/html/body/p")
    assert lost(same, other, published="2031-06-04") == (Alternative("published", "5 June 2031", "html:/html/body/p"),)


def test_a_day_that_no_calendar_has_is_kept_whether_another_is_known_or_not() -> None:
    said = [
        Candidate("published", "2016-02-30", "json-ld:NewsArticle.datePublished"),
        Candidate("published", "2016-10-21T10:25:00+25:00", "meta:article:published_time"),
        Candidate("published", "0000-00-00 00:00:00", "meta:date"),
        Candidate("published", "-0001-11-30T00:00:00+00:00", "meta:pubdate"),
        Candidate("published", "soon", "meta:dc.date"),
    ]
    day, zone = (Alternative("published", item.value, item.origin) for item in said[:2])
    assert lost(*said) == (day, zone)
    assert lost(*said, published="2016-03-01") == (day, zone)
    assert lost(*said, published="2016-10-21") == (day,)


def test_few_statements_stand_for_many() -> None:
    many = [Candidate("title", f"Story {number} of the day", "meta:og:title") for number in range(50)]
    assert len(lost(*many, title="Pier closed")) == 3


def test_they_are_written_and_read_as_the_schema_says() -> None:
    source = SourceRef("a.txt", "file:///a.txt", "text/plain", "utf-8", 3, "0" * 64, "urn:uuid:0")
    made = Metadata(
        id="a-0000000000000000",
        source=source,
        text_sha256="0" * 64,
        word_count=0,
        title="Pier closed",
        alternatives=(Alternative("title", "Pier shut", "meta:og:title"),),
    )
    assert made.to_dict()["alternatives"] == [{"field": "title", "value": "Pier shut", "origin": "meta:og:title"}]
    assert metadata_from_dict(made.to_dict()) == made


def test_nothing_is_kept_beside_a_field_that_is_unknown() -> None:
    assert lost(Candidate("title", "Pier shut", "meta:og:title")) == ()
