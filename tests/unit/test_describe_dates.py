"""Which statement tells the day of publication, and how sure it is."""

from __future__ import annotations

import pytest

from archiver.describe.candidates import Candidate, Candidates
from archiver.describe.dates import choose_date


def chosen(*items: Candidate, url: str = "", field: str = "published") -> tuple[str, str, str] | None:
    urls = [Candidate("url", url, "url:path")] if url else []
    found = choose_date(field, Candidates(items), urls=urls, language="en")
    return (found[0].value, found[0].certainty, found[1]) if found else None


META = Candidate("published", "2031-06-04", "meta:article:published_time")
VAGUE = Candidate("published", "2031-06-03", "meta:date")
LINE = Candidate("date", "5 June 2031", "html:/html/body/p[1]")
AMONG = Candidate("dated", "By Jane Doe | 6 June 2031", "html:/html/body/p[2]")
NEAR = Candidate("published", "2031-06-07", "time[datetime]", by_head=True)
FAR = Candidate("published", "2031-06-08", "time[datetime]")
OTHER = Candidate("published", "2031-06-09", "time[datetime]")
URL = "https://harbour.example/2031/06/10/pier"


def test_the_nearer_to_the_article_the_sooner_it_is_believed() -> None:
    assert chosen(AMONG, LINE, FAR, NEAR, META, url=URL) == ("2031-06-04", "high", META.origin)
    assert chosen(AMONG, LINE, FAR, NEAR, url=URL) == ("2031-06-07", "high", "time[datetime]")
    assert chosen(AMONG, LINE, FAR, url=URL) == ("2031-06-05", "high", "html:/html/body/p[1]")
    assert chosen(AMONG, FAR, url=URL) == ("2031-06-06", "medium", "html:/html/body/p[2]")
    assert chosen(FAR, url=URL) == ("2031-06-08", "high", "time[datetime]")
    assert chosen(url=URL) == ("2031-06-10", "medium", "url:path")
    assert chosen() is None


def test_a_meta_element_that_names_any_day_loses_to_the_day_that_the_page_prints() -> None:
    assert chosen(VAGUE, LINE) == ("2031-06-05", "high", "html:/html/body/p[1]")
    assert chosen(VAGUE, AMONG, FAR) == ("2031-06-03", "high", "meta:date")


def test_a_month_gives_way_to_a_day_within_it_and_to_no_other() -> None:
    month = Candidate("published", "2031-06", "meta:citation_publication_date")
    assert chosen(month, VAGUE) == ("2031-06-03", "high", "meta:date")
    assert chosen(month, Candidate("published", "2031-07-03", "meta:date")) == ("2031-06", "high", month.origin)


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("25.6.2031 – The council met in the hall.", "2031-06-25"),
        ("(5 June 2031) The council met in the hall.", "2031-06-05"),
        ("Press release of 5 June 2031 | Harbour Town – The council", "2031-06-05"),
        ("On 5 June 2031 the council met in the hall.", None),
        ("5 June 2031 was a day of rain.", None),
        ("June 2031 | The council met in the hall.", None),
    ],
)
def test_the_text_can_open_with_its_day(opening: str, day: str | None) -> None:
    found = chosen(Candidate("opening", opening, "html:/html/body/p[3]"))
    assert found == ((day, "medium", "html:/html/body/p[3]") if day else None)


def test_a_labelled_day_below_the_text_counts_and_a_bare_one_does_not() -> None:
    labelled = Candidate("signed", "Date: 5 June 2031 Author: Jane Doe", "html:/html/body/div[9]")
    assert chosen(labelled) == ("2031-06-05", "medium", "html:/html/body/div[9]")
    assert chosen(Candidate("signed", "5 June 2031", "html:/html/body/div[9]")) is None


def test_an_entry_that_names_only_its_update_was_published_then() -> None:
    update = Candidate("modified", "2031-06-05T10:00:00Z", "class:updated")
    assert chosen(update, url=URL) == ("2031-06-05T10:00:00Z", "medium", "class:updated")
    assert chosen(Candidate("modified", "2031-06-05", "meta:article:modified_time")) is None


def test_a_line_with_a_day_says_nothing_of_a_change() -> None:
    assert chosen(Candidate("date", "2031-06-05 10:00", "text:#char=0,16"), field="modified") is None


def test_times_all_over_the_page_that_differ_tell_nothing() -> None:
    assert chosen(FAR, OTHER) is None


def test_the_address_never_tells_of_a_change() -> None:
    assert chosen(url=URL, field="modified") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://harbour.example/news/2031-06-10-pier", "2031-06-10"),
        ("https://harbour.example/20310610/pier.html", "2031-06-10"),
        ("https://web.archive.example/web/20350101000000/http://harbour.example/2031/6/9/pier", "2031-06-09"),
        ("https://harbour.example/2031/13/10/pier", None),
        ("https://harbour.example/2031/06/pier", None),
        ("https://harbour.example/pier?day=/2031/06/10/", None),
        ("https://harbour.example/item/20310699", None),
    ],
)
def test_a_day_in_the_path(url: str, day: str | None) -> None:
    found = chosen(url=url)
    assert (found[0] if found else None) == day
