"""Being sure in little time that a TEI document is valid; who is not sure asks the complete schema."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import methodcaller

from lxml import etree

from archiver.tei.facets import Facet, Place, take_out
from archiver.tei.tree import XML, line_of

_ID = f"{XML}id"

#: Longer values are not tried for a message: an expression that tries many ways may take long for them.
_LONG = 1000


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that the pattern of its attribute does not match, and the line of its element, counted from 1."""

    tag: str
    attribute: str
    value: str
    pattern: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Outside:
    """The document that an element is taken from."""

    id: str
    """xml:id of its root."""
    identifiers: Collection[str]
    """All xml:ids of what was not taken."""


class QuickCheck:
    """A schema without its patterns, and one walk for these, the identifiers and the pointers."""

    def __init__(self, grammar: etree._Element, pointers: Collection[str]) -> None:
        """Take the ``grammar``, which is changed, and the names of the ``pointers``, attributes that hold URIs."""
        self._start, self._slots = take_out(grammar, {_ID, *pointers})
        self._schema = etree.RelaxNG(grammar)
        numbered = list(enumerate(self._slots))
        self._patterns = [(number, _Values(facet)) for number, (_, facet) in numbered if facet]
        self._identifiers = [number for number, (name, _) in numbered if name == _ID]
        self._pointers = [number for number, (name, _) in numbered if name in pointers]

    def is_sure(self, root: etree._Element, outside: Outside | None = None) -> bool:
        """Whether the document is valid, each xml:id unique and of the root, each pointer to a thing that is there.

        False does not mean that anything is wrong. ``root`` is that of a document, or what was taken from one.
        """
        if not self._is_like(root):
            return False
        values = self._values(root)
        if not all(pattern.fit(values[number]) for number, pattern in self._patterns):
            return False
        identifiers = [value for number in self._identifiers for value in values[number]]
        pointers = " ".join([value for number in self._pointers for value in values[number]])
        own, others = (root.get(_ID, ""), ()) if outside is None else (outside.id, outside.identifiers)
        return _are_of(own, identifiers) and _are_there(set(pointers.split()), [*identifiers, *others])

    def misfits(self, root: etree._Element) -> list[Misfit]:
        """Return what is wrong with an invalid document, by line, if it is valid but for the patterns; else nothing."""
        return sorted(self._misfits(root), key=lambda it: it.line or 0) if self._is_like(root) else []

    def _misfits(self, root: etree._Element) -> Iterator[Misfit]:
        for element, place in self._walk(root):
            for name, number in place.attributes:
                facet = self._slots[number][1]
                value = element.get(name)
                if facet and value is not None and _is_misfit(facet, value):
                    tag = etree.QName(element).localname
                    yield Misfit(tag, name.replace(XML, "xml:"), value, facet.pattern, line_of(element))

    def _is_like(self, root: etree._Element) -> bool:
        """Whether ``root`` is valid but for the patterns."""
        return bool(self._schema.validate(root))

    def _values(self, root: etree._Element) -> list[list[str]]:
        """Return the values of each slot; ``root`` is valid but for the patterns, so there is no other attribute."""
        values: list[list[str]] = [[] for _ in self._slots]
        add = [found.append for found in values]
        for element, place in self._walk(root):
            for name, number in place.attributes:
                value = element.get(name)
                if value is not None:
                    add[number](value)
        return values

    def _walk(self, root: etree._Element) -> Iterator[tuple[etree._Element, Place]]:
        """Yield each element where there is something to look at, and some on the way to it."""
        todo: list[tuple[Place, Iterable[etree._Element]]] = [(self._start, (root,))]
        while todo:
            place, elements = todo.pop()
            inside = place.inside
            for element in elements:
                tag = element.tag
                if tag in inside:
                    inner = inside[tag]
                    yield element, inner
                    if inner.inside:
                        todo.append((inner, element))


class _Values:
    """The values of one attribute, all looked at together."""

    def __init__(self, facet: Facet) -> None:
        one = facet.expression
        self._match = re.compile(f"{one}(?: {one})*+", re.ASCII).fullmatch
        self._listed = facet.listed

    def fit(self, values: list[str]) -> bool:
        """Whether it is sure that each of ``values`` is valid."""
        text = " ".join(values)
        if not values or self._match(text) is None:
            return not values
        # A space that is not one of those just put between two values stands in a value.
        return self._listed or text.count(" ") < len(values)


def _is_misfit(facet: Facet, value: str) -> bool:
    """Whether the pattern alone does not match ``value``, without white space that is no part of it (XSD 2, 4.3.6)."""
    if len(value) > _LONG:
        return False
    parts = value.split() if facet.listed else [" ".join(value.split())]
    return not parts or not all(re.fullmatch(facet.pattern, part, re.ASCII) for part in parts)


def _are_of(own: str, identifiers: list[str]) -> bool:
    """Whether each of ``identifiers`` stands once and begins with that of the root, ``own``, or is it."""
    if len(set(identifiers)) != len(identifiers):
        return False
    begun: int = sum(map(methodcaller("startswith", f"{own}."), identifiers))
    return begun + (own in identifiers) == len(identifiers)


def _are_there(targets: set[str], identifiers: list[str]) -> bool:
    """Whether each of ``targets`` that is in the document is one of ``identifiers``."""
    others = targets.difference([f"#{identifier}" for identifier in identifiers])
    return not any(target.startswith("#") for target in others)
