"""Pattern facets taken out of a RELAX NG schema, to be checked by regular expressions that are compiled once.

libxml2 compiles the pattern of a facet anew for each value that it looks at. So the patterns of attributes are
taken out of a copy of the schema. What is taken out, and where it stood, is read from the schema; a pattern that
is not understood, or of which the place does not tell that it is the one, stays in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from archiver.tei.tree import XML

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_DATA, _LIST, _ONE_OR_MORE = f"{_RNG}data", f"{_RNG}list", f"{_RNG}oneOrMore"
_REF, _ELEMENT, _ATTRIBUTE = f"{_RNG}ref", f"{_RNG}element", f"{_RNG}attribute"

# The regular expressions of XML Schema (part 2, appendix F) and of Python share this much syntax, and mean the
# same by it: no anchor, no negated or subtracted class, no escape but of a punctuation mark, no lazy quantifier.
_CHARACTER = r"[A-Za-z0-9#:\-]|\\[.+\-]"
_CLASS = r"\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9+]|\\[.+\-])+\]"
_QUANTIFIER = r"(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})?"
#: A pattern that lists the characters that it allows.
_CLOSED = re.compile(rf"(?:(?:{_CHARACTER}|{_CLASS}|\)){_QUANTIFIER}|\(|\|)+")
#: The same with "." and "\S", which are the same thing in a value without white space.
_OPEN = re.compile(rf"(?:(?:{_CHARACTER}|{_CLASS}|\.|\\S|\)){_QUANTIFIER}|\(|\|)+")
#: What is not the same, or costs more, in Python: no value here has white space, nobody asks what a group matched.
_TOKEN = re.compile(rf"\\.|{_CLASS}|[.(]")
_IN_PYTHON = {".": r"\S", "(": "(?:"}

#: By data type: what is a value of it for sure, and short enough for an expression that tries many ways.
_SURE = {
    "ID": r"[A-Za-z_][A-Za-z0-9_.\-]{0,999}",
    "token": r"[A-Za-z0-9_.+\-]{1,1000}",
    "anyURI": r"#?[A-Za-z0-9_.\-]{1,1000}",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """The ``pattern`` of an attribute as the schema has it, and the same in Python.

    ``expression`` matches only text without white space, up to the next space or the end. A value that it matches,
    or of which it matches each part between single spaces if the value is ``listed``, is valid for the schema. The
    reverse does not hold: one with white space around it may be valid all the same.
    """

    pattern: str
    expression: str
    listed: bool


Slot = tuple[str, Facet | None]
"""An attribute, and its facet; None if the schema that is left says what there is to say."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """What there is to look at in an element, by the tags on the way to it.

    ``attributes``: name, and number of the slot. ``inside``: the elements in it, by tag, where there is
    something to look at in them or further down.
    """

    attributes: tuple[tuple[str, int], ...]
    inside: dict[str, Place]


def take_out(grammar: etree._Element, wanted: Collection[str]) -> tuple[Place, tuple[Slot, ...]]:
    """Take the patterns of attributes out of ``grammar``; return where they stood, and the ``wanted`` attributes too.

    The place that is returned is that in which the root of a document stands. A document that is valid against what
    is left of the grammar, and of which the expressions match all attributes that have one, is valid against the
    grammar that was given. Attributes and tags are Clark names.
    """
    schema = _Schema(grammar)
    slots: dict[Slot, int] = {}
    facets: dict[etree._Element, Facet | None] = {}
    kept: set[etree._Element] = set()
    places: dict[_Nodes, Place] = {}
    parts = schema.parts_by_place()
    for nodes, (attributes, _) in parts.items():
        numbered: list[tuple[str, int]] = []
        for name, patterns in attributes.items():
            facets.update((pattern, schema.facet(pattern)) for pattern in patterns if pattern not in facets)
            facet, *others = {facets[pattern] for pattern in patterns}
            if others:
                facet = None
                kept.update(patterns)
            if facet or name in wanted:
                numbered.append((name, slots.setdefault((name, facet), len(slots))))
        places[nodes] = Place(tuple(numbered), {})
    for pattern, facet in facets.items():
        if facet and pattern not in kept:
            schema.relax(pattern)
    _join(places, {nodes: children for nodes, (_, children) in parts.items()})
    return next(iter(places.values())), tuple(slots)


def _join(places: Mapping[_Nodes, Place], children: Mapping[_Nodes, Mapping[str, _Nodes]]) -> None:
    """Put places into places, as far as there is something to look at."""
    worth = {nodes for nodes, place in places.items() if place.attributes}
    count = 0
    while count < len(worth):
        count = len(worth)
        worth |= {nodes for nodes, inside in children.items() if not worth.isdisjoint(inside.values())}
    for nodes, place in places.items():
        place.inside.update((tag, places[inner]) for tag, inner in children[nodes].items() if inner in worth)


_Nodes = tuple[etree._Element, ...]
"""The patterns of the schema that an element in some place may be held against: for the tags on the way to it do
not always tell which one it is."""

_ByName = dict[str, _Nodes]


class _Schema:
    """A grammar with its definitions at hand."""

    def __init__(self, grammar: etree._Element) -> None:
        self._starts = list(grammar.iterchildren(f"{_RNG}start"))
        self._definitions: dict[str | None, list[etree._Element]] = defaultdict(list)
        for node in grammar.iterchildren(f"{_RNG}define"):
            self._definitions[node.get("name")].append(node)

    def parts_by_place(self) -> dict[_Nodes, tuple[_ByName, _ByName]]:
        """Return the attributes and the children, by name, of each place that a document can have; the start first."""
        found: dict[_Nodes, tuple[_ByName, _ByName]] = {}
        todo: list[_Nodes] = [tuple(self._starts)]
        while todo:
            nodes = todo.pop()
            if nodes in found:
                continue
            parts = dict.fromkeys(part for node in nodes for part in self._parts(node, set()))
            attributes: _ByName = {}
            children: _ByName = {}
            for part in parts:
                named = attributes if part.tag == _ATTRIBUTE else children
                name = _clark(part)
                named[name] = (*named.get(name, ()), part)
            found[nodes] = attributes, children
            todo += children.values()
        return found

    def facet(self, attribute: etree._Element) -> Facet | None:
        """Return what is said of the values of ``attribute`` if that is one pattern that is understood."""
        data, listed = self._data(attribute)
        if data is None:
            return None
        pattern = data[0].text or ""
        if _is_closed(data):
            sure = rf"(?={_SURE[data.get('type', '')]}(?!\S))"
        elif _OPEN.fullmatch(pattern) and not listed:
            sure = ""
        else:
            return None
        python = _TOKEN.sub(lambda found: _IN_PYTHON.get(found[0], found[0]), pattern)
        return Facet(pattern, rf"{sure}(?:{python})(?!\S)", listed)

    def relax(self, attribute: etree._Element) -> None:
        """Let ``attribute`` have any value; any of its data type if the expression does not see to that."""
        data, _ = self._data(attribute)
        assert data is not None
        for child in list(attribute):
            attribute.remove(child)
        if not _is_closed(data):
            etree.SubElement(attribute, _DATA, type=data.get("type", ""))

    def _parts(self, node: etree._Element, followed: set[etree._Element]) -> Iterator[etree._Element]:
        """Yield the elements and attributes that ``node`` has, not those of the elements in it."""
        for child in node.iterchildren(etree.Element):
            if child.tag in (_ELEMENT, _ATTRIBUTE):
                yield child
            elif child.tag != _REF:
                yield from self._parts(child, followed)
            else:
                for definition in self._definitions[child.get("name")]:
                    if definition not in followed:
                        followed.add(definition)
                        yield from self._parts(definition, followed)

    def _data(self, attribute: etree._Element) -> tuple[etree._Element | None, bool]:
        """Return the data type of ``attribute`` if a pattern is its one parameter, and whether it is that of a list."""
        data = self._only(attribute)
        listed = data is not None and data.tag == _LIST
        if data is not None and listed:
            repeated = self._only(data)
            data = self._only(repeated) if repeated is not None and repeated.tag == _ONE_OR_MORE else None
        if data is None or data.tag != _DATA or [child.get("name") for child in data] != ["pattern"]:
            return None, listed
        return data, listed

    def _only(self, node: etree._Element) -> etree._Element | None:
        """Return the one child of ``node``, or what it refers to; None if there are more."""
        children = list(node.iterchildren(etree.Element))
        if len(children) != 1 or children[0].tag != _REF:
            return children[0] if len(children) == 1 else None
        definitions = self._definitions[children[0].get("name")]
        return self._only(definitions[0]) if len(definitions) == 1 else None


def _is_closed(data: etree._Element) -> bool:
    return data.get("type") in _SURE and _CLOSED.fullmatch(data[0].text or "") is not None


def _clark(node: etree._Element) -> str:
    """Return the name that an element or attribute pattern has as attribute; only elements inherit @ns (4.8)."""
    name = str(node.attrib["name"])
    if name.startswith("xml:"):
        return f"{XML}{name[4:]}"
    bearers = [node, *node.iterancestors()] if node.tag == _ELEMENT else [node]
    namespace = next((bearer.get("ns") for bearer in bearers if "ns" in bearer.attrib), "")
    return f"{{{namespace}}}{name}" if namespace else name
