"""What is taken out of a schema is what Python can check, and only where the place tells that it applies."""

from __future__ import annotations

import pytest
from lxml import etree

from archiver.tei.facets import Facet, Place, take_out
from archiver.tei.quick import QuickCheck

HEAD = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:example"'
    ' datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
)
PARAM = "{http://relaxng.org/ns/structure/1.0}param"


def attribute(pattern: str, kind: str = "token", name: str = "y") -> str:
    return f'<attribute name="{name}"><data type="{kind}"><param name="pattern">{pattern}</param></data></attribute>'


def element(name: str, *content: str) -> str:
    return f'<element name="{name}">{"".join(content) or "<empty/>"}</element>'


def grammar(*content: str) -> etree._Element:
    return etree.fromstring(f"{HEAD}<start>{content[0]}</start>{''.join(content[1:])}</grammar>")


def taken(schema: etree._Element) -> tuple[Place, list[str]]:
    place, slots = take_out(schema, ())
    return place, [facet.pattern for _, facet in slots if facet]


def left(schema: etree._Element) -> list[str | None]:
    return [param.text for param in schema.iter(PARAM)]


@pytest.mark.parametrize(
    "pattern",
    ["a", "a-[0-9a-f]+", r"[0-9]+\.[0-9]+", "(a|b){2,3}c?", r"\S+", r".*(Z|[+\-][0-9]{2}:[0-9]{2})", "#a(-[a-z]+)*"],
)
def test_a_pattern_that_means_the_same_to_python_is_taken_out(pattern: str) -> None:
    schema = grammar(element("x", attribute(pattern)))
    assert taken(schema)[1] == [pattern]
    assert left(schema) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "^a$",  # two characters to XML Schema
        r"\i\c*",
        r"\d+",  # the digits of Unicode, of one version of it or another
        r"\w",
        r"\p{Lu}",
        "[^a]",
        "[a-z-[aeiou]]",
        "[a^]",
        "é",
        "a b",
        " a",
        "",
    ],
)
def test_a_pattern_that_python_may_take_otherwise_stays(pattern: str) -> None:
    schema = grammar(element("x", attribute(pattern)))
    assert taken(schema)[1] == []
    assert left(schema) == [pattern or None]


def test_a_data_type_stays_where_the_pattern_does_not_see_to_it() -> None:
    schema = grammar(element("x", attribute(r"\S+", "anyURI"), attribute("#a", "anyURI", "z")))
    taken(schema)
    assert [data.get("type") for data in schema.iter("{*}data")] == ["anyURI"]


@pytest.mark.parametrize(
    ("pattern", "kind", "value"),
    [
        ("[0-9a]+", "ID", "1a"),
        ("[0-9a]+", "NCName", "1a"),
        ("#+a", "anyURI", "##a"),
        (".*Z", "dateTime", "2026-02-30T08:00:00Z"),
        (".*Z", "dateTime", "yesterdayZ"),
        ("[0-9]+", "integer", "1 2"),
        ("a+", "token", "a a"),
        ("a|ab", "token", "abc"),
    ],
)
def test_it_is_sure_of_no_value_that_is_none_of_the_data_type(pattern: str, kind: str, value: str) -> None:
    assert not QuickCheck(grammar(element("x", attribute(pattern, kind))), ()).is_sure(document(value))


@pytest.mark.parametrize(
    ("pattern", "kind", "value"),
    [("a|ab", "token", "ab"), ("#a(-[a-z]+)*", "anyURI", "#a-b-c"), (".*Z", "dateTime", "2026-02-28T08:00:00Z")],
)
def test_it_is_sure_of_a_value_that_matches(pattern: str, kind: str, value: str) -> None:
    assert QuickCheck(grammar(element("x", attribute(pattern, kind))), ()).is_sure(document(value))


def document(value: str) -> etree._Element:
    return etree.Element("{urn:example}x", y=value)


def test_a_value_of_a_hundred_thousand_characters_takes_no_time() -> None:
    """Expressions like this one try the square of the length; who is not sure says so."""
    check = QuickCheck(grammar(element("x", attribute("[0-9]+[a-z]*[0-9]*"))), ())
    assert not check.is_sure(document("1" * 100_000 + "-"))
    assert check.misfits(document("1" * 100_000 + "-")) == []


def test_an_attribute_that_is_one_thing_here_and_another_there_is_told_by_the_way_to_it() -> None:
    schema = grammar(
        element("x", element("a", element("n", attribute("a"))), element("b", element("n", attribute("b")))),
    )
    place, patterns = taken(schema)
    inside = place.inside["{urn:example}x"].inside
    told = {
        tag: [patterns[number] for _, number in inner.inside["{urn:example}n"].attributes]
        for tag, inner in inside.items()
    }
    assert told == {"{urn:example}a": ["a"], "{urn:example}b": ["b"]}
    assert left(schema) == []


def test_a_pattern_stays_where_the_way_to_it_does_not_tell_it_from_another() -> None:
    both = "<choice>" + element("n", attribute("a")) + element("n", attribute("b"), "<text/>") + "</choice>"
    schema = grammar(element("x", both))
    assert taken(schema)[1] == []
    assert left(schema) == ["a", "b"]


def test_a_definition_that_refers_to_itself_is_followed_once() -> None:
    again = '<optional><ref name="x"/></optional>'
    schema = grammar('<ref name="x"/>', f'<define name="x">{element("x", attribute("a"), again)}</define>')
    place, patterns = taken(schema)
    assert patterns == ["a"]
    inner = place.inside["{urn:example}x"]
    assert inner.inside["{urn:example}x"] is inner


def test_the_text_of_an_element_keeps_its_pattern() -> None:
    schema = grammar(element("x", '<data type="token"><param name="pattern">a</param></data>'))
    assert taken(schema)[1] == []
    assert left(schema) == ["a"]


def test_attributes_that_are_wanted_have_a_place_without_a_pattern_too() -> None:
    schema = grammar(element("x", '<attribute name="who"/>', '<attribute name="rend"/>'))
    place, slots = take_out(schema, {"who"})
    assert slots == (("who", None),)
    assert place.inside["{urn:example}x"].attributes == (("who", 0),)


def test_a_list_is_checked_part_by_part() -> None:
    data = '<list><oneOrMore><data type="token"><param name="pattern">a+</param></data></oneOrMore></list>'
    schema = grammar(element("x", f'<attribute name="y">{data}</attribute>'))
    _, [(_, facet)] = take_out(schema, ())
    assert isinstance(facet, Facet)
    assert facet.listed
    check = QuickCheck(grammar(element("x", f'<attribute name="y">{data}</attribute>')), ())
    assert check.is_sure(document("a aa"))
    assert not any(check.is_sure(document(value)) for value in ("", "a b", "a  b", "b a"))
