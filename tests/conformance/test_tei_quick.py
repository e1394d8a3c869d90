"""The quick check of TEI says "valid" of nothing that the published schemas, as they are, do not accept."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archiver.tei.corpus import CorpusFacts, write_corpus
from archiver.tei.facets import take_out
from archiver.tei.quick import QuickCheck
from archiver.tei.tree import XML, parse_tei
from archiver.tei.validate import CORPUS_SCHEMA, SCHEMA, grammar_of, quick_check, validate_tei
from archiver.tei.write import write_tei

from .test_tei_valid import CASES, CONTEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RNG = "{http://relaxng.org/ns/structure/1.0}"
POINTERS = ("corresp", "target", "ana", "resp", "who")
#: What is put in place of a value, which is "{}"; each of them is right for some attribute and wrong for others.
VALUES = (
    "",
    "#x",
    "{}x",
    "{}\n",
    " {}",
    "{} {}",
    "{}\u0660",
    "{}-",
    "#{}",
    "2026-02-30T08:00:00Z",
    "http://[",
)
RICH = [
    write_tei(CASES[name], CONTEXT)
    for name in ("every kind doubtful", "places of what was kept", "places", "table everywhere", "headings alone")
]
CORPUS = b"".join(
    write_corpus(["a-0123456789abcdef", "a-fedcba9876543210"], CorpusFacts("Weirs", 2, 14, {"en": 2}), CONTEXT)
)
"""A corpus as it is written, before anything is included."""


@pytest.fixture(scope="session")
def published(pytestconfig: pytest.Config) -> dict[str, etree.RelaxNG]:
    """The schemas as anybody reads them: from the folder, the inclusion done by libxml2."""
    folder: Path = pytestconfig.rootpath / "schemas"
    return {name: etree.RelaxNG(etree.parse(folder / name)) for name in (SCHEMA, CORPUS_SCHEMA)}


def expected(root: etree._Element, schemas: dict[str, etree.RelaxNG]) -> set[str]:
    """The codes of what is wrong with a document: by the published schema and the plain rules of docs/tei.md."""
    schema = schemas[CORPUS_SCHEMA if root.tag.endswith("}teiCorpus") else SCHEMA]
    codes = set() if schema.validate(root) else {"tei.schema"}
    own = root.get(f"{XML}id", "")
    identifiers = [element.get(f"{XML}id", "") for element in root.iterfind(f".//*[@{XML}id]")]
    identifiers += [own] if f"{XML}id" in root.attrib else []
    if len(set(identifiers)) < len(identifiers):
        codes.add("tei.duplicate-id")
    if any(one != own and not one.startswith(f"{own}.") for one in identifiers):
        codes.add("tei.foreign-id")
    targets = {target for it in root.iter() for name in POINTERS for target in it.get(name, "").split()}
    if any(target[0] == "#" and target[1:] not in identifiers for target in targets):
        codes.add("tei.dangling-pointer")
    return codes


def found(root: etree._Element) -> set[str]:
    return {finding.code for finding in validate_tei(etree.tostring(root, encoding="utf-8"))}


def way(element: etree._Element) -> str:
    """The names of the element and of the two around it."""
    ways = [etree.QName(it).localname for it in (element, *element.iterancestors())]
    return "/".join(reversed(ways[:3]))


def damaged(root: etree._Element, seen: set[str]) -> Iterator[str]:
    """Change ``root`` in one place, give its name, undo the change; for each kind of place not ``seen`` before."""
    for element in list(root.iter()):
        for name, value in element.items():
            if (place := f"{way(element)}/@{name}") in seen:
                continue
            seen.add(place)
            for form in VALUES:
                element.set(name, form.replace("{}", value))
                yield f"{place}={form!r}"
            del element.attrib[name]
            yield f"no {place}"
            element.set(name, value)
        if (place := way(element)) not in seen:
            seen.add(place)
            yield from changed_around(element, place)


def changed_around(element: etree._Element, place: str) -> Iterator[str]:
    for name in (f"{XML}id", "target", "rend"):
        if name not in element.attrib:
            element.set(name, "#a-0123456789abcdef.gap999")
            yield f"{place} with @{name}"
            del element.attrib[name]
    tag, element.tag = element.tag, "{http://www.tei-c.org/ns/1.0}seg"
    yield f"{place} renamed"
    element.tag = tag
    parent = element.getparent()
    if parent is not None:
        index = parent.index(element)
        parent.insert(index, deepcopy(element))
        yield f"{place} twice"
        del parent[index]
        tail, element.tail = element.tail, None
        parent.remove(element)
        yield f"no {place}"
        element.tail = tail
        parent.insert(index, element)


def test_every_damage_is_found_that_the_published_schema_finds(published: dict[str, etree.RelaxNG]) -> None:
    verdicts: dict[str, set[str]] = {}
    seen: set[str] = set()
    for data in (*RICH, CORPUS):
        root = parse_tei(data)
        assert isinstance(root, etree._Element)
        for place in damaged(root, seen):
            verdicts[place] = expected(root, published)
            is_sure = quick_check(CORPUS_SCHEMA if data is CORPUS else SCHEMA).is_sure(root)
            assert not (is_sure and verdicts[place]), place
            if len(verdicts) % 7 == 0:
                assert found(root) == verdicts[place], place
        assert found(root) == set()
    assert len(verdicts) > 1000
    assert set().union(*verdicts.values()) == {
        "tei.schema",
        "tei.duplicate-id",
        "tei.foreign-id",
        "tei.dangling-pointer",
    }
    # White space at the ends of a value is no part of it: not all that looks wrong is.
    assert any(not verdicts[place] for place in verdicts if place.endswith("=' {}'"))


@pytest.mark.parametrize("name", CASES)
def test_of_what_archiver_writes_it_is_sure(name: str) -> None:
    """Otherwise the complete schema is asked, which takes several times as long."""
    root = parse_tei(write_tei(CASES[name], CONTEXT))
    assert isinstance(root, etree._Element)
    assert quick_check(SCHEMA).is_sure(root)


def test_of_a_corpus_it_is_sure() -> None:
    root = parse_tei(CORPUS)
    assert isinstance(root, etree._Element)
    assert quick_check(CORPUS_SCHEMA).is_sure(root)


@dataclass(frozen=True, eq=False)
class Alone:
    """An attribute of the schemas of which a pattern is taken out, in a grammar of its own."""

    name: str
    pattern: str
    grammar: etree._Element

    @cached_property
    def quick(self) -> QuickCheck:
        return QuickCheck(deepcopy(self.grammar), ())

    @cached_property
    def complete(self) -> etree.RelaxNG:
        return etree.RelaxNG(self.grammar)

    @cached_property
    def values(self) -> st.SearchStrategy[str]:
        """Values that the pattern matches, and such in which up to two things are put in or replaced."""
        letters = st.characters(categories=("L", "N", "P", "S", "Zs"))
        right = st.from_regex(re.compile(self.pattern, re.ASCII), fullmatch=True, alphabet=letters)
        return st.builds(edited, right, st.lists(EDIT, max_size=2))


EDIT = st.tuples(
    st.integers(0, 30),
    st.integers(0, 1),
    st.sampled_from([" ", "  ", "\n", "\t", "\xa0", "\u0660", "#", ":", "%", "-", ".", "é", "a", "0", " a-1.p1", ""]),
)


def edited(value: str, edits: list[tuple[int, int, str]]) -> str:
    for place, dropped, put in edits:
        value = value[:place] + put + value[place + dropped :]
    return value


def attributes() -> Iterator[Alone]:
    seen = set()
    for name in (SCHEMA, CORPUS_SCHEMA):
        for attribute in grammar_of(name).iter(f"{RNG}attribute"):
            alone = alone_in(attribute)
            _, slots = take_out(deepcopy(alone), ())
            if slots and slots not in seen:
                seen.add(slots)
                [(_, facet)] = slots
                assert facet is not None
                yield Alone(slots[0][0], facet.pattern, alone)


def alone_in(attribute: etree._Element) -> etree._Element:
    """A grammar of one element that has ``attribute``, with all definitions that it may refer to."""
    alone = deepcopy(attribute.getroottree().getroot())
    for start in alone.findall(f"{RNG}start"):
        alone.remove(start)
    start = etree.SubElement(alone, f"{RNG}start")
    etree.SubElement(start, f"{RNG}element", name="x").append(deepcopy(attribute))
    return alone


ATTRIBUTES = {f"{alone.name.replace(XML, 'xml:')} {alone.pattern}": alone for alone in attributes()}


@pytest.mark.parametrize("name", ATTRIBUTES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_it_is_sure_of_no_value_that_libxml2_does_not_accept(name: str, data: st.DataObject) -> None:
    alone = ATTRIBUTES[name]
    root = etree.Element("{http://www.tei-c.org/ns/1.0}x", {alone.name: data.draw(alone.values)})
    if alone.quick.is_sure(root):
        assert alone.complete.validate(root)


def test_the_pattern_of_each_attribute_of_the_schemas_is_taken_out() -> None:
    every = {
        (attribute.get("name", "").replace("xml:", XML), param.text)
        for name in (SCHEMA, CORPUS_SCHEMA)
        for attribute in grammar_of(name).iter(f"{RNG}attribute")
        for param in attribute.iter(f"{RNG}param")
    }
    assert every <= {(alone.name, alone.pattern) for alone in ATTRIBUTES.values()}
    assert len(ATTRIBUTES) > len(every) > 12
