"""Which objects of the JSON-LD speak of the page's article."""

from __future__ import annotations

import pytest

from archiver.describe.page_nodes import hints_of_page
from archiver.model.document import Hint

PAGE = "https://harbour.example/pier"


def node(kind: str, headline: str, author: str, url: str = "") -> list[Hint]:
    hints = [Hint("article_type", kind, "json-ld:@type")]
    hints += [Hint("headline", headline, f"json-ld:{kind}.headline")] if headline else []
    hints += [Hint("canonical_url", url, f"json-ld:{kind}.url")] if url else []
    return [*hints, Hint("author", author, f"json-ld:{kind}.author")]


def authors(*hints: Hint, headlines: tuple[str, ...] = (), address: str | None = None) -> list[str]:
    found = hints_of_page(hints, headlines=headlines, address=address)
    return [hint.value for hint in found if hint.field == "author"]


TEASER = node("NewsArticle", "Storm sinks the ferry", "Tam Wynne", "https://harbour.example/storm")
OWN = node("NewsArticle", "The pier is closed", "Jane Doe", PAGE)
META = Hint("author", "Ida Brack", "meta:author")


def test_of_several_articles_that_of_the_page_counts() -> None:
    assert authors(META, *TEASER, *OWN, headlines=("The pier is closed",)) == ["Ida Brack", "Jane Doe"]
    assert authors(*TEASER, *OWN, address=PAGE + "/#top") == ["Jane Doe"]
    title = Hint("title", "The pier is closed | Harbour News", "html:title")
    assert authors(title, *TEASER, *OWN) == ["Jane Doe"]
    link = Hint("canonical_url", "http://www.harbour.example/pier", "link:canonical")
    assert authors(link, *TEASER, *OWN) == ["Jane Doe"]


def test_the_first_article_counts_where_nothing_tells_which_is_that_of_the_page() -> None:
    assert authors(*TEASER, *OWN) == ["Tam Wynne"]


def test_two_objects_with_one_headline_are_one_article_and_objects_without_one_are_no_articles() -> None:
    page = node("WebPage", "", "Olaf Pier")
    again = node("BlogPosting", "The pier is closed!", "Bo Lund")
    assert authors(*OWN, *again, *page) == ["Jane Doe", "Bo Lund", "Olaf Pier"]


@pytest.mark.parametrize("kind", ["AudioObject", "VideoObject", "ImageObject"])
def test_the_maker_of_a_sound_or_film_is_no_author_of_the_text_beside_it(kind: str) -> None:
    media = node(kind, "The pier is closed", "Vera Tonn")
    assert authors(*OWN, *media) == ["Jane Doe"]
    assert authors(*media) == ["Vera Tonn"]
