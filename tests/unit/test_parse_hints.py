"""Hints: what a page says of its article outside the visible text."""

from __future__ import annotations

import json

import pytest

from archiver.model.document import Hint
from archiver.parse.blocks import find_blocks
from archiver.parse.dom import read_tree
from archiver.parse.hints import find_hints


def hints(head: str, body: str = "<p>x</p>") -> tuple[Hint, ...]:
    root = read_tree(f"<html><head>{head}</head><body>{body}</body></html>").root
    return find_hints(root, signed=find_blocks(root).signed)


def pairs(head: str, body: str = "<p>x</p>") -> list[tuple[str, str, str]]:
    return [(hint.field, hint.value, hint.origin) for hint in hints(head, body)]


def ld(value: object) -> list[tuple[str, str, str]]:
    return pairs(f'<script type="application/ld+json">{json.dumps(value)}</script>')


def test_meta_tags_name_their_field_and_origin_in_document_order() -> None:
    head = (
        "<title> Pier\n closed </title><meta property='og:title' content='Pier closed'>"
        "<meta name='DC.creator' content='Ana Reed'><meta property='article:published_time' content='2031-02-03'>"
        "<meta name=keywords content='pier, harbour'><link rel='canonical' href='https://n.example/1'>"
    )
    assert pairs(head) == [
        ("title", "Pier closed", "html:title"),
        ("title", "Pier closed", "meta:og:title"),
        ("author", "Ana Reed", "meta:dc.creator"),
        ("published", "2031-02-03", "meta:article:published_time"),
        ("keyword", "pier", "meta:keywords"),
        ("keyword", "harbour", "meta:keywords"),
        ("canonical_url", "https://n.example/1", "link:canonical"),
    ]


def test_the_language_of_the_root_element_is_a_hint() -> None:
    root = read_tree("<html lang='pt-BR'><body><p>x").root
    assert find_hints(root, signed=())[0] == Hint("language", "pt-BR", "html:lang")


def test_json_ld_names_type_and_property() -> None:
    found = ld(
        {
            "@type": "NewsArticle",
            "headline": "Pier &amp; port",
            "datePublished": "2031-02-03T04:05:06Z",
            "author": [{"@type": "Person", "name": "Ana Reed"}, "Bo Lund"],
            "isAccessibleForFree": False,
            "articleBody": "It closed.",
        }
    )
    assert found == [
        ("article_type", "NewsArticle", "json-ld:@type"),
        ("headline", "Pier & port", "json-ld:NewsArticle.headline"),
        ("published", "2031-02-03T04:05:06Z", "json-ld:NewsArticle.datePublished"),
        ("author", "Ana Reed", "json-ld:NewsArticle.author"),
        ("author", "Bo Lund", "json-ld:NewsArticle.author"),
        ("paywalled", "true", "json-ld:NewsArticle.isAccessibleForFree"),
        ("article_body", "It closed.", "json-ld:NewsArticle.articleBody"),
    ]


def test_references_in_a_graph_are_followed() -> None:
    graph = [
        {"@type": "Article", "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},
        {"@type": "Person", "@id": "#p", "name": "Ana Reed"},
        {"@type": "Organization", "@id": "#o", "name": "The Pier Post"},
    ]
    found = ld({"@context": "https://schema.org", "@graph": graph})
    assert ("author", "Ana Reed", "json-ld:Article.author") in found
    assert ("publisher", "The Pier Post", "json-ld:Article.publisher") in found


def test_articles_that_a_page_only_lists_are_not_its_own() -> None:
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another"}]}
    assert ld(
        [listed, {"@type": "NewsArticle", "headline": "This", "hasPart": [{"@type": "Article", "headline": "B"}]}]
    ) == [
        ("article_type", "NewsArticle", "json-ld:@type"),
        ("headline", "This", "json-ld:NewsArticle.headline"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<!-- {"@type":"NewsArticle","headline":"A"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"A"}\n//]]>',
        '{"@type":"NewsArticle","headline":"A",}',
        '{"@type":"NewsArticle","headline":"A"};',
        '{"@type":"Thing"}{"@type":"NewsArticle","headline":"A"}',
        '{"@type":"NewsArticle",\x01"headline":"A"}',
        '{"@type":"NewsArticle","headline":"A\n"}',
        '[{"@type":["NewsArticle","Article"],"headline":["A"]}]',
        '{"@type":"https://schema.org/NewsArticle","headline":{"@value":"A"}}',
    ],
)
def test_json_that_publishers_break_is_mended(text: str) -> None:
    found = pairs(f'<script type="application/ld+json">{text}</script>')
    assert ("headline", "A", "json-ld:NewsArticle.headline") in found


def test_json_beyond_repair_still_gives_single_properties() -> None:
    text = '{"@type":"NewsArticle","headline":"A \\"b\\"","text": "un"quoted", "datePublished":"2031-01-01"'
    assert pairs(f'<script type="application/ld+json">{text}</script>') == [
        ("headline", 'A "b"', "json-ld:broken.headline"),
        ("published", "2031-01-01", "json-ld:broken.datePublished"),
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "null", "3", '"x"', "[[[]]]", '{"@type":{}}', ""])
def test_odd_json_is_passed_over(text: str) -> None:
    assert pairs(f'<script type="application/ld+json">{text}</script>') == []


def test_a_script_end_inside_a_string_cuts_the_block_and_nothing_else() -> None:
    head = '<script type="application/ld+json">{"headline":"A","x":"</script>"}</script><meta name=author content=Ana>'
    assert ("author", "Ana", "meta:author") in pairs(head)
    assert ("headline", "A", "json-ld:broken.headline") in pairs(head)


def test_times_and_bylines_of_the_page_say_where_they_stand() -> None:
    body = (
        "<div><time datetime='2031-02-03'>3 Feb</time><time class=updated datetime='2031-02-04'>4 Feb</time></div>"
        "<p class='byline'>By <a rel=author href=/a>Ana Reed</a></p>"
    )
    assert [(hint.field, hint.value, hint.origin, hint.path) for hint in hints("", body)] == [
        ("published", "2031-02-03", "time[datetime]", "/html/body/div[1]/time[1]"),
        ("modified", "2031-02-04", "time[datetime]", "/html/body/div[1]/time[2]"),
        ("author", "By Ana Reed", "class:author", "/html/body/p[1]"),
    ]


def test_microdata_of_an_article_counts_and_that_of_a_picture_does_not() -> None:
    body = (
        "<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>Pier</h1>"
        "<span itemprop=datePublished content='2031-02-03'>today</span>"
        "<div itemscope itemtype='https://schema.org/ImageObject'><i itemprop=author>Photo desk</i></div></div>"
    )
    assert pairs("", body) == [
        ("headline", "Pier", "microdata:headline"),
        ("published", "2031-02-03", "microdata:datePublished"),
    ]


def test_an_author_that_is_an_organisation_says_so() -> None:
    graph = [
        {"@type": "NewsArticle", "author": [{"@type": "Organization", "name": "Harbour Desk"}, {"@id": "#p"}]},
        {"@type": ["Person", "Organization"], "@id": "#p", "name": "Ana Reed"},
    ]
    assert [hint for hint in ld({"@graph": graph}) if hint[0] == "author"] == [
        ("author", "Harbour Desk", "json-ld:NewsArticle.author[Organization]"),
        ("author", "Ana Reed", "json-ld:NewsArticle.author"),
    ]


def test_the_page_that_an_article_is_part_of_is_no_site() -> None:
    graph = [
        {"@type": "Article", "isPartOf": {"@id": "#page"}},
        {"@type": "WebPage", "@id": "#page", "name": "Pier closed", "isPartOf": {"@id": "#site"}},
        {"@type": "WebSite", "@id": "#site", "name": "The Pier Post"},
    ]
    assert {hint[1] for hint in ld({"@graph": graph}) if hint[0] == "site_name"} == {"The Pier Post"}


def test_rdfa_lists_several_properties_in_one_attribute() -> None:
    head = (
        "<meta property='x:title dc:title' content='Pier'><meta property='dc:creator twitter:site' content='Ana Reed'>"
        "<meta property='og:title twitter:title' content='Pier closed'><meta name='dc:date' content='2031-02-03'>"
    )
    assert pairs(head) == [
        ("title", "Pier", "meta:dc:title"),
        ("author", "Ana Reed", "meta:dc:creator"),
        ("title", "Pier closed", "meta:og:title"),
        ("published", "2031-02-03", "meta:dc:date"),
    ]


def test_rdfa_on_visible_elements_names_its_place() -> None:
    body = (
        "<div vocab='https://schema.org/' typeof='NewsArticle'><h1 property='headline'>Pier closed</h1>"
        "<time property='datePublished' datetime='2031-02-03'>today</time></div>"
        "<span property='schema:author'>Ana Reed</span><span property='dc:date' content='2031-02-04'>x</span>"
        "<span property='foo:author'>Nobody</span>"
    )
    found = [(hint.field, hint.value, hint.origin) for hint in hints("", body) if hint.origin.startswith("rdfa:")]
    assert found == [
        ("headline", "Pier closed", "rdfa:headline"),
        ("published", "2031-02-03", "rdfa:datePublished"),
        ("author", "Ana Reed", "rdfa:schema:author"),
        ("published", "2031-02-04", "rdfa:dc:date"),
    ]


def test_times_of_microformats_stand_in_the_title() -> None:
    body = (
        "<abbr class='published' title='2031-02-03T10:00:00Z'>yesterday</abbr>"
        "<span class='updated' title='2031-02-04'></span><abbr class='unit' title='metre'>m</abbr>"
    )
    assert pairs("", body) == [
        ("published", "2031-02-03T10:00:00Z", "class:published"),
        ("modified", "2031-02-04", "class:updated"),
    ]


def test_a_page_of_many_times_gives_few_hints_and_no_long_wait() -> None:
    assert len(hints("", "<time datetime='2031-02-03'>x</time>" * 20_000)) == 12


@pytest.mark.parametrize(
    ("author", "found"),
    [
        ('"Jane Doe"', [("author", "Jane Doe", "json-ld:broken.author")]),
        ('{"@type": "Person", "name": "Jane \\"J\\" Doe"}', [("author", 'Jane "J" Doe', "json-ld:broken.author")]),
        (
            '[{"@type": "Person", "name": "Jane Doe"}, {"name": "Bo Lund"}]',
            [("author", "Jane Doe", "json-ld:broken.author"), ("author", "Bo Lund", "json-ld:broken.author")],
        ),
        (
            '{"@type": "NewsMediaOrganization", "name": "Harbour News"}',
            [("author", "Harbour News", "json-ld:broken.author[Organization]")],
        ),
        ('{"@type": "Person", "url": "/jane"}', []),
        ("{", []),
    ],
)
def test_authors_are_salvaged_from_json_that_is_broken_elsewhere(
    author: str, found: list[tuple[str, str, str]]
) -> None:
    text = f'{{"headline": "A", "text": "a "b" c", "author": {author}, "image": {{"author": "Vera Tonn"}}'
    said = pairs(f'<script type="application/ld+json">{text}</script>')
    assert [hint for hint in said if hint[0] == "author"] == found


def test_of_many_json_ld_objects_those_left_out_leave_nothing_behind() -> None:
    nodes = [{"@type": "Article", "headline": f"H{number}", "author": f"A{number}"} for number in range(20)]
    rest = ld([{"@type": "WebPage", "name": "P"}, *nodes, {"@type": "Review", "author": "Z"}])
    assert "Z" not in {value for _, value, _ in rest}
    assert sum(origin == "json-ld:@type" for _, _, origin in rest) == 12


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('showDate("2031/04/17 01:43:09 01:43:09")', "2031/04/17 01:43:09"),
        ("document.write( '2031-04-17 01:43' );", "2031-04-17 01:43"),
        ('load("2031/04/17 01:43:09", "readers")', None),
        ('x = "2031/04/17 01:43:09"', None),
    ],
)
def test_a_script_that_writes_nothing_but_a_time_is_a_time(script: str, found: str | None) -> None:
    said = [value for _, value, origin in pairs("", f"<p><script>{script}</script></p>") if origin == "time[script]"]
    assert said == ([found] if found else [])


@pytest.mark.parametrize("said", ["NewsArticle:", " ", ["", "NewsArticle:"], "https://schema.org/"])
def test_a_type_without_a_name_is_none(said: object) -> None:
    found = ld({"@type": said, "headline": "Pier closed", "author": "Ana Reed"})
    assert found[0] == ("article_type", "Thing", "json-ld:@type")
    assert ("headline", "Pier closed", "json-ld:Thing.headline") in found


def test_an_element_whose_tag_is_no_name_has_a_place() -> None:
    # The HTML standard (13.2.5.8) allows any character in the name of a tag; XML does not.
    body = "<td\x01 class='byline'>By Ana Reed</td\x01><td\x01 class='byline'>By Bo Lund</td\x01>"
    root = read_tree(f"<html><body>{body}").root
    found = [hint for hint in find_hints(root, signed=find_blocks(root).signed) if hint.field == "author"]
    # Nor can an expression hold it; but all else is a path that finds its element.
    assert [hint.path.replace("\x01", "?") for hint in found] == [
        f"/html/body/*[name()='td?'][{nth}]" for nth in (1, 2)
    ]
