"""The text that a page holds only in its JSON-LD."""

from __future__ import annotations

import json

import pytest

import archiver
from archiver.model.document import Document
from archiver.parse.html import parse_html

FIRST = (
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years, although its "
    "upkeep has become dear and the roof has to be mended before the winter."
)
SECOND = (
    "Members of all parties praised the keepers, who had written to every household on the coast & asked for help, "
    "and the mayor said that repairs begin in spring and should take no longer than two years."
)
THIRD = (
    "A firm from the next valley will do the work; visitors can climb the tower at weekends in the meantime, and a "
    "small exhibition tells how ships found their way home a hundred years ago."
)


def page(body: str, shown: str) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": "Lighthouse stays open", "articleBody": body})
    return (
        f'<html><head><title>Lighthouse stays open</title><script type="application/ld+json">{data}</script></head>'
        f"<body><h1>Lighthouse stays open</h1>{shown}</body></html>"
    )


def parse(markup: str) -> Document:
    return parse_html(markup, charset="utf-8", charset_origin="given", url=None, media_type="text/html")


def test_a_text_that_stands_in_the_data_alone_is_read_with_a_notice() -> None:
    markup = page(f"<p>{FIRST}</p>\n<p>{SECOND.replace('&', '&amp;')}</p>{THIRD}", "<p>Please wait.</p>")
    document = parse(markup)
    assert [block.text for block in document.blocks] == ["Lighthouse stays open", "Please wait.", FIRST, SECOND, THIRD]
    assert {block.path for block in document.blocks[2:]} == {"/html/head[1]/script[1]"}
    assert [notice.code for notice in document.notices] == ["html.text-in-data"]
    article = archiver.extract(markup, media_type="text/html")
    assert article.text.splitlines()[-3:] == [FIRST, SECOND, THIRD]
    assert article.title == "Lighthouse stays open"


def test_a_text_that_the_page_shows_is_not_read_twice() -> None:
    shown = f"<article><p>{FIRST}</p><p>{SECOND.replace('&', '&amp;')}</p><p>{THIRD}</p></article>"
    document = parse(page(f"{FIRST} {SECOND} {THIRD}", shown))
    assert len(document.blocks) == 4
    assert document.notices == ()


def test_an_excerpt_in_the_data_is_left_there() -> None:
    assert len(parse(page(FIRST, "<p>Please wait.</p>")).blocks) == 2


def test_data_that_is_no_text_is_left_alone() -> None:
    for body in ([FIRST, SECOND, THIRD], {"text": FIRST * 4}, None):
        markup = page("x", "<p>Please wait.</p>").replace('"articleBody": "x"', f'"articleBody": {json.dumps(body)}')
        assert len(parse(markup).blocks) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [(" the ", " the\xa0"), ("lighthouse", "light\xadhouse"), (" & ", " &amp;amp; "), ("The", "THE"), (", ", " – ")],
    ids=["no-break spaces", "soft hyphens", "escaped twice", "capitals", "other signs"],
)
def test_a_text_that_is_printed_in_another_way_is_shown_all_the_same(old: str, new: str) -> None:
    text = f"{FIRST} {SECOND} {THIRD}"
    shown = "".join(f"<p>{part.replace('&', '&amp;').replace(old, new)}</p>" for part in (FIRST, SECOND, THIRD))
    for body in (text, text.replace("&", "&amp;amp;")):
        document = parse(page(body, f"<p>Photo: a keeper.</p>{shown}"))
        assert document.notices == ()
        assert len(document.blocks) == 5


def test_a_body_beside_as_much_running_text_is_of_another_time() -> None:
    stale = "The ferry stopped at noon because of the ice and the passengers walked to the customs house. " * 5
    document = parse(page(stale, f"<p>{FIRST}</p><p>{SECOND.replace('&', '&amp;')}</p><p>{THIRD}</p>"))
    assert document.notices == ()
    assert len(document.blocks) == 4
    notice = "".join(f"<aside><p>{part.replace('&', '&amp;')}</p></aside>" for part in (FIRST, SECOND, THIRD))
    assert [one.code for one in parse(page(stale, notice)).notices] == ["html.text-in-data"]


def test_of_several_bodies_that_of_the_page_counts() -> None:
    other = {"@type": "NewsArticle", "headline": "Ferry stopped by ice", "articleBody": "It stopped at noon. " * 40}
    own = {"@type": "NewsArticle", "headline": "Lighthouse stays open", "articleBody": f"{FIRST}\n{SECOND}\n{THIRD}"}
    for data in ([other, own], [own, other]):
        markup = page("x", "<p>Please wait.</p>").replace('"articleBody": "x"', f'"@graph": {json.dumps(data)}')
        assert [block.text for block in parse(markup).blocks][2:] == [FIRST, SECOND, THIRD]
