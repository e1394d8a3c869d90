"""Pages to blocks: one test a promise of archiver.parse.html."""

from __future__ import annotations

import pytest
from lxml import etree

from archiver.errors import ParseError
from archiver.model.document import Context, Document
from archiver.parse.dom import MAX_ATTRIBUTES, read_tree
from archiver.parse.html import parse_html


def parse(page: str | bytes, url: str | None = None) -> Document:
    return parse_html(page, charset="utf-8", charset_origin="utf-8", url=url, media_type="text/html")


def texts(page: str) -> list[str]:
    return [block.text for block in parse(page).blocks]


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def test_blocks_stand_in_reading_order_with_tag_and_level() -> None:
    blocks = parse("<body><h1>Harbour reopens</h1><p>One.</p><h3>Later</h3><ul><li>Two.</ul><p>Three.").blocks
    assert [(block.text, block.tag, block.level) for block in blocks] == [
        ("Harbour reopens", "h1", 1),
        ("One.", "p", 0),
        ("Later", "h3", 3),
        ("Two.", "li", 0),
        ("Three.", "p", 0),
    ]


def test_white_space_collapses_as_in_a_browser_and_no_break_space_stays() -> None:
    assert texts("<p>  a \n\t b <b> c</b>d\u00a0 e </p>") == ["a b cd\u00a0 e"]


def test_text_beside_blocks_is_a_block_of_its_own() -> None:
    assert texts("<div>before<p>inside</p>after <i>more</i></div>") == ["before", "inside", "after more"]


def test_one_line_break_is_a_space_and_two_end_the_block() -> None:
    assert texts("<div>one<br>line<br> <br/>two<br></div>") == ["one line", "two"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts("<pre>\n a\n   b\n</pre>") == ["a\n   b"]


def test_a_row_of_data_is_one_block_with_tabs_between_cells() -> None:
    document = parse("<table><tr><th>Town<th>Share<tr><td>Elmham <td><b>12</b> %</table>")
    assert [block.text for block in document.blocks] == ["Town\tShare", "Elmham\t12 %"]
    assert all(block.tag == "tr" and block.context & Context.TABLE for block in document.blocks)
    assert len({block.group for block in document.blocks}) == 1


def test_a_table_of_layout_is_read_as_if_it_were_none() -> None:
    page = "<table><tr><td><h1>Title</h1><p>First.</p><p>Second.</p></td><td>Side</td></tr></table>"
    blocks = parse(page).blocks
    assert [block.text for block in blocks] == ["Title", "First.", "Second.", "Side"]
    assert not any(block.context & Context.TABLE for block in blocks)


def test_lists_quotes_and_definitions_are_groups() -> None:
    page = "<ul><li>a<li>b</ul><blockquote><p>c</p><p>d</p></blockquote><dl><dt>e<dd>f</dl><p>g"
    groups = [block.group for block in parse(page).blocks]
    assert groups[0] == groups[1] != groups[2] == groups[3] != groups[4] == groups[5]
    assert groups[6] == 0
    assert len(set(groups)) == 4


def test_a_caption_knows_its_picture() -> None:
    page = '<figure><img src="data:x,"><img src="../pier.jpg"><figcaption>The pier.</figcaption></figure>'
    (caption,) = parse(page, url="https://news.example/a/b.html").blocks
    assert caption.resource == "https://news.example/pier.jpg"
    assert caption.context & Context.FIGURE


def test_menus_become_one_block_with_tabs_between_entries() -> None:
    page = "<nav><ul><li><a href=/a>Home</a><li><a href=/b>World</a></ul></nav><p>Text."
    menu, text = parse(page).blocks
    assert (menu.text, text.text) == ("Home\tWorld", "Text.")
    assert menu.context & Context.NAV
    assert menu.link_chars == len(menu.text)


def test_bare_link_lists_become_one_block_and_lists_of_sentences_do_not() -> None:
    links = "<ul><li><a href=/1>One</a><li><a href=/2>Two</a><li><a href=/3>Three</a></ul>"
    assert texts(links + "<ul><li>It rained.<li>It snowed.<li>It froze.</ul>") == [
        "One\tTwo\tThree",
        "It rained.",
        "It snowed.",
        "It froze.",
    ]


def test_a_nav_without_end_tag_does_not_swallow_the_text() -> None:
    page = "<nav><a href=/>Home</a>" + "<p>" + "The council met again on the matter. " * 20 + "<p>It agreed.</p>"
    assert texts(page)[-1] == "It agreed."


def test_two_links_side_by_side_do_not_run_together() -> None:
    assert texts("<div><a href=1>Sign in</a><a href=2>Register</a></div>") == ["Sign in Register"]


def test_link_characters_are_counted_without_white_space_around() -> None:
    (block,) = parse("<p>See <a href=x> the map </a> now</p>").blocks
    assert (block.text, block.link_chars) == ("See the map now", len("the map"))


def test_script_style_and_hidden_text_is_only_counted() -> None:
    page = (
        "<style>b{}</style><p>Seen.</p><p hidden>12345</p><p style='color:red; DISPLAY : none'>123</p>"
        "<noscript><p>12</p></noscript><template>1</template><p hidden=until-found>Found.</p>"
    )
    document = parse(page + "<p>" + "Long enough to be a page of its own. " * 10)
    assert [block.text for block in document.blocks][:2] == ["Seen.", "Found."]
    assert document.unseen_chars == len("b{}") + 5 + 3 + 2 + 1


def test_a_page_that_shows_nothing_is_read_with_what_it_hides() -> None:
    document = parse("<body><div style='display:none'><p>The bridge is open.</p></div><script>x</script>")
    assert [block.text for block in document.blocks] == ["The bridge is open."]
    assert "html.hidden-shown" in codes(document)


def test_a_page_that_a_script_will_show_is_read_with_what_it_hides() -> None:
    text = "<p>" + "The bridge is open again, and the ferry has gone back to the southern pier. " * 3 + "</p>"
    shown = "<p>" + "Your browser is too old to show all of this page, or scripts are turned off in it. " * 4 + "</p>"
    page = f"<body>{shown}<div style='display:none'>{text * 8}</div>"
    assert len(parse(page).blocks) == 9
    assert codes(parse(page)) == ["html.hidden-shown"]
    assert len(parse(f"<body>{shown}<div style='display:none'>{text}</div>").blocks) == 1


def test_frames_give_the_text_for_readers_without_frames() -> None:
    page = "<html><frameset cols=2><frame src=a><noframes><body><p>Read on.</p></body></noframes></frameset></html>"
    assert texts(page) == ["Read on."]


def test_paths_are_positional_and_find_their_element() -> None:
    page = (
        "<html><body><div><p>a</p></div><div><span><p>b</p></span><p>c</p>d</div>"
        "<fb:like><div>e</div></fb:like><table><tbody><tr><td>f<td>g</table></body></html>"
    )
    root = read_tree(page).root
    blocks = parse(page).blocks
    assert [block.path for block in blocks[:2]] == ["/html/body/div[1]/p[1]", "/html/body/div[2]/span[1]/p[1]"]
    for block in blocks:
        (element,) = root.xpath(block.path)
        assert isinstance(element, etree._Element)
        assert element.tag == block.tag
        assert block.text.split("\t")[0] in "".join(element.itertext())


def test_container_is_the_nearest_element_with_several_blocks() -> None:
    page = "<body><div id=x><p>a</p><p>b</p><div><div><p>c</p></div></div></div><div><p>d</p></div></body>"
    a, b, c, d = (block.container for block in parse(page).blocks)
    assert a == b == c != d


def test_signature_and_names_come_from_the_element_and_those_around() -> None:
    (block,) = parse('<div id=page><section class="story body"><p class=text>a</p></section></div>').blocks
    assert block.signature == "p|text|story body"
    assert block.names == "text/story body/page"


def test_roles_count_as_the_elements_they_stand_for() -> None:
    (block,) = parse("<div role=complementary><p>a</p></div>").blocks
    assert block.context & Context.ASIDE


# HTML standard section 13.1.2.4: the tags of html, head and body may be left out; section 13.2.6.4.4: what is no
# metadata begins the body.
@pytest.mark.parametrize("name", ["article", "main", "section", "header", "figure", "made-up", "p"])
@pytest.mark.parametrize(
    "page", ["<title>T</title>{}", "<head><title>T</title>{}</head>", "<head><title>T</title>{}<body>"]
)
def test_what_is_no_metadata_begins_the_body(page: str, name: str) -> None:
    assert texts(page.format(f"<{name}>one<p>two</p></{name}>three") + "<p>four") == ["one", "two", "three", "four"]


def test_what_is_misplaced_many_times_takes_no_square_of_the_time() -> None:
    pieces = 20_000
    page = "<head><title>T</title>{}</head><body><p>last".format("<article>a</article>" * pieces)
    root = read_tree(page).root
    body = root.find("body")
    assert body is not None
    assert len(body) == pieces + 1


@pytest.mark.parametrize("held", ["<template><div>not seen</div></template>", "<noscript><p>not seen</p></noscript>"])
def test_the_second_parser_leaves_in_the_head_what_is_held_there(held: str) -> None:
    deep = "<div>" * 3000
    last = "The second parser alone has seen this."
    assert texts(f"<head>{held}<title>T</title></head><body><p>one</p>{deep}<p>{last}") == ["one", last]


def test_text_after_what_began_the_body_stays_behind_it() -> None:
    page = "<head><title>T</title><article><p>one</article></head><body>two \x01<p>three"
    assert [text.replace("\x01", "").strip() for text in texts(page)] == ["one", "two", "three"]


@pytest.mark.parametrize(("attributes", "seen"), [("shadowrootmode=open", ["one", "two"]), ("", ["two"])])
def test_a_shadow_tree_is_shown_and_another_template_is_not(attributes: str, seen: list[str]) -> None:
    assert texts(f"<x-story><template {attributes}><p>one</p></template><p>two</p></x-story>") == seen


def test_metadata_stay_in_the_head_whatever_follows() -> None:
    assert texts("<title>T</title><meta charset=utf-8><script>x</script><style>y</style><p>one") == ["one"]


def test_the_second_parser_ends_the_head_as_well() -> None:
    deep = "<div>" * 3000
    assert texts(f"<head><title>T</title><article><p>one</p>{deep}<p>two") == ["one", "two"]


@pytest.mark.parametrize("depth", [300, 2100, 30_000])
def test_nothing_is_lost_however_deep_the_nesting(depth: int) -> None:
    page = (
        "<html><body>" + "<div>" * depth + "<p>deep text here</p>" + "</div>" * depth + "<p>and after</p></body></html>"
    )
    document = parse(page)
    assert [block.text for block in document.blocks] == ["deep text here", "and after"]
    assert ("html.recovered" in codes(document)) == (depth > 2048)


def test_a_huge_text_node_does_not_empty_the_page() -> None:
    document = parse("<html><body><p>" + "word " * 2_500_000 + "</p><p>after</p></body></html>")
    assert [len(block.text) for block in document.blocks] == [12_499_999, 5]


def test_attributes_beyond_the_cap_are_left_out_with_a_notice() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(200_000))
    document = parse(f"<html><body><p class=x {attributes}>inside</p><p>after</p></body></html>")
    assert [block.text for block in document.blocks] == ["inside", "after"]
    assert document.blocks[0].signature.startswith("p|x|")
    (notice,) = document.notices
    assert notice.message.startswith(f"{200_001 - MAX_ATTRIBUTES} attributes")


def test_long_attribute_values_and_scripts_are_left_alone() -> None:
    script = "var a=1;if(a<b){" + "x y " * 30_000 + "}"
    page = f'<img src="data:image/png;base64,{"A" * 60_000}"><script>{script}</script><p>text</p>'
    document = parse(page)
    assert document.notices == ()
    assert document.unseen_chars == len(script)


def test_nul_bytes_and_lone_surrogates_are_replaced_with_a_notice() -> None:
    document = parse("<p>a\x00b</p><p>c\ud800d</p>")
    assert [block.text for block in document.blocks] == ["a\ufffdb", "c\ufffdd"]
    assert sorted(codes(document)) == ["html.nul", "html.surrogate"]


def test_an_xml_declaration_does_not_change_the_encoding() -> None:
    page = '<?xml version="1.0" encoding="utf-16"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Caf\u00e9<br/>x'
    assert texts(page) == ["Caf\u00e9 x"]
    assert [block.text for block in parse(page.encode()).blocks] == ["Caf\u00e9 x"]


@pytest.mark.parametrize("page", ["", "just words", '{"a": 1}', "%PDF-1.4", "<rss><channel/></rss>"])
def test_what_is_no_html_is_refused_with_advice(page: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(page)
    assert caught.value.advice


def test_a_page_without_text_has_no_block() -> None:
    assert parse("<html><head><title>x</title></head><body></body></html>").blocks == ()


def test_a_document_says_how_long_its_text_was() -> None:
    page = "<p>\u00e4\U0001f600</p>"
    assert parse(page).length == len(page)


def test_nested_menus_and_long_class_names_take_no_square_of_the_time_or_memory() -> None:
    page = "<nav><div class='" + "x" * 1_000 + "'>" + "<nav>" + "word " * 200
    document = parse(page + page * 300)
    assert len(document.blocks) == 301
    assert max(len(block.names) for block in document.blocks) < 6_000


CANONICAL = "https://www.example.org/news/2031/bridge?page=2"


@pytest.mark.parametrize(
    ("reference", "base", "url", "found"),
    [
        # RFC 3986 section 5.2
        ("/news/bridge?x=1", "", CANONICAL, "https://www.example.org/news/bridge?x=1"),
        ("//host.example/x", "", CANONICAL, "https://host.example/x"),
        ("b", "", CANONICAL, "https://www.example.org/news/2031/b"),
        ("../b", "", CANONICAL, "https://www.example.org/news/b"),
        ("?page=1", "", CANONICAL, "https://www.example.org/news/2031/bridge?page=1"),
        # HTML standard section 2.4.3: the first base with an address, itself resolved; none of a script
        ("b", "<base target=_top><base href=/c/><base href=/d/>", CANONICAL, "https://www.example.org/c/b"),
        ("b", "<base href='https://other.example/c/'>", None, "https://other.example/c/b"),
        ("b", "<base href='javascript:alert(1)'>", CANONICAL, "https://www.example.org/news/2031/b"),
        # without a base it cannot be told, and a part of the page is not its address
        ("/news/bridge", "", None, "/news/bridge"),
        ("/news/bridge", "<base href=/c/>", None, "/news/bridge"),
        ("/news/bridge", "", "urn:example:1", "/news/bridge"),
        ("#top", "", CANONICAL, "#top"),
        ("https://[x", "", CANONICAL, "https://[x"),
        ("mailto:desk@example.org", "", CANONICAL, "mailto:desk@example.org"),
    ],
)
def test_the_address_that_a_page_calls_its_own_is_resolved(
    reference: str, base: str, url: str | None, found: str
) -> None:
    page = f"<head>{base}<link rel=canonical href='{reference}'></head><p>Text.</p>"
    hints = [hint for hint in parse(page, url).hints if hint.field == "canonical_url"]
    assert [(hint.value, hint.origin) for hint in hints] == [(found, "link:canonical")]


@pytest.mark.parametrize(("value", "found"), [("/b", "https://www.example.org/b"), ("True", "True")])
def test_in_json_ld_only_what_looks_like_a_reference_is_one(value: str, found: str) -> None:
    said = f'{{"@type": "NewsArticle", "headline": "A", "mainEntityOfPage": "{value}"}}'
    document = parse(f"<script type='application/ld+json'>{said}</script><p>Text.</p>", CANONICAL)
    assert [hint.value for hint in document.hints if hint.field == "canonical_url"] == [found]
