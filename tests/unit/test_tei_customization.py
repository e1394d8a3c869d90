"""The customization in TEI's own form says the same as the schemas that files are checked by."""

from __future__ import annotations

from collections import defaultdict

import pytest
from lxml import etree

from archiver.schemas import read_schema

RNG = {"r": "http://relaxng.org/ns/structure/1.0"}
TEI = {"t": "http://www.tei-c.org/ns/1.0"}


@pytest.fixture
def customization() -> etree._Element:
    return etree.fromstring(read_schema("tei-customization.odd"))


def schemas() -> list[etree._Element]:
    return [etree.fromstring(read_schema(name)) for name in ("tei-article.rng", "tei-corpus.rng")]


def test_it_includes_the_elements_of_the_schemas_and_no_other(customization: etree._Element) -> None:
    allowed = {
        element.get("name")
        for schema in schemas()
        for element in schema.iterfind(".//r:element", RNG)
        if element.get("ns") in (None, TEI["t"])
    }
    included = [
        name for found in customization.iterfind(".//t:moduleRef", TEI) for name in found.get("include", "").split()
    ]
    assert sorted(included) == sorted(name for name in allowed if name)


def test_its_closed_lists_have_the_values_of_the_schema(customization: etree._Element) -> None:
    values: dict[tuple[str | None, str | None], set[str | None]] = defaultdict(set)
    for element in schemas()[0].iterfind(".//r:element", RNG):
        for attribute in element.iterfind(".//r:attribute", RNG):
            if next(attribute.iterancestors("{*}element")) is element:
                found = {value.text for value in attribute.iterfind(".//r:value", RNG)}
                values[element.get("name"), attribute.get("name")] |= found
    listed = {
        (spec.get("ident"), attribute.get("ident")): {
            item.get("ident") for item in attribute.iterfind(".//t:valItem", TEI)
        }
        for spec in customization.iterfind(".//t:elementSpec", TEI)
        for attribute in spec.iterfind(".//t:attDef", TEI)
    }
    assert len(listed) > 8
    for place, items in listed.items():
        assert items == values[place], place
