"""Escaping, characters that XML cannot hold, and URIs."""

from __future__ import annotations

import pytest
from lxml import etree

from archiver.tei.markup import element, escape, fragment, pointer, replace_illegal, start, text_element


@pytest.mark.parametrize("text", ["a < b & c > d", "]]>", "one\rtwo\r\nthree", "\t\n", "\x85\u2028", "\U0001f300 שלום"])
def test_a_parser_reads_back_what_was_escaped(text: str) -> None:
    root = etree.fromstring(text_element("p", text, (("n", text + '"'),)))
    assert root.text == text
    assert root.get("n") == text + '"'


def test_empty_content_and_absent_attributes() -> None:
    assert element("gap", "", (("a", None), ("b", "1"))) == '<gap b="1"/>'
    assert start("list") == "<list>"


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced_and_counted(char: str) -> None:
    """XML 1.0, production 2: Char excludes these."""
    assert replace_illegal(f"a{char}b{char}") == ("a\ufffdb\ufffd", 2)


@pytest.mark.parametrize("char", ["\t", "\n", "\r", " ", "\x7f", "\x85", "\ud7ff", "\ue000", "\ufdd0", "\U0010ffff"])
def test_what_xml_can_hold_stays(char: str) -> None:
    assert replace_illegal(char) == (char, 0)
    assert etree.fromstring(f"<a>{escape(char)}</a>").text == char


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://news.example/a?b=1#c", "https://news.example/a?b=1#c"),
        (" https://news.example/a b ", "https://news.example/a%20b"),
        ("https://news.example/é", "https://news.example/%C3%A9"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/a[1]", "https://news.example/a%5B1%5D"),
        ("urn:uuid:b2f45b66-b334-53c1-b1ef-ae08c34ff336", "urn:uuid:b2f45b66-b334-53c1-b1ef-ae08c34ff336"),
        ("file:///tmp/a", "file:///tmp/a"),
        ("/relative", None),
        ("", None),
        ("http://", None),
        ("http://:/", None),
        ("http://a:b/", None),
        ("http://a#b#c", None),
    ],
)
def test_pointer_is_an_absolute_uri_or_nothing(given: str, expected: str | None) -> None:
    """RFC 3986, sections 3 and 4.3."""
    assert pointer(given) == expected


def test_fragment_holds_no_bracket_and_no_number_sign() -> None:
    """RFC 3986, section 3.5."""
    assert fragment("/html/body/div[2]/p[@id='#x']") == "/html/body/div%5B2%5D/p%5B@id='%23x'%5D"
