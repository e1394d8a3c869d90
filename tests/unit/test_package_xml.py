"""Strings survive XML: what is written is read back, whatever characters it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archiver.package.xml_scan import Element, Text, scan_xml
from archiver.package.xml_text import escape, leaf, tag

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

anything = st.text(st.characters(exclude_categories=())) | st.text("\r\n\t &<>\"'\x00\x0b\ud800\ufffe\U0001fffe]]>é")


@given(anything)
def test_text_and_attribute_values_come_back(value: str) -> None:
    """XML 1.0, 2.11 and 3.3.3; what production 2 does not allow is U+FFFD."""
    element = etree.fromstring(leaf("a", value, f' b="{escape(value)}"').encode())
    mapped = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
    assert ((element.text or ""), element.get("b")) == (mapped, mapped)


def test_attributes_without_a_value_are_left_out() -> None:
    assert tag("a", (("b", "1"), ("c", None)), empty=True) == '<a b="1"/>'


def test_a_file_is_read_element_by_element(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text('<a xmlns="urn:x" b="1">\n<c>one</c> two</a>')
    first, second, third, fourth = scan_xml(path)
    assert first == Element("urn:x a", {"b": "1"}, 1)
    assert second == Element("urn:x c", {}, 2)
    assert third == Text("urn:x c", "one")
    assert fourth == Text("urn:x a", " two")


@pytest.mark.parametrize(
    "text", ["", "<a>", "<a></b>", "no xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "<a>&b;</a>"]
)
def test_what_is_no_xml_or_declares_entities_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.xml"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"."):
        list(scan_xml(path))
