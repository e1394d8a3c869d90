"""What a page says of its article outside the visible text: JSON-LD, meta tags, links, times, microdata.

No choice is made here: every statement becomes one hint, in document order, and names its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from lxml import etree

from archiver.model.document import Hint
from archiver.parse.elements import UNSEEN
from archiver.parse.flat import flatten
from archiver.parse.jsonld import OBJECT_BEGINS, json_ld_hints
from archiver.parse.meta_names import ITEM_FIELDS, LINK_FIELDS, LISTS, META_FIELDS
from archiver.parse.places import step
from archiver.parse.text_run import collapse

#: A name, a date or a headline is shorter; what is longer is the text of a whole box.
_NAME_CHARS = 120
#: More of the same field than this is a list of other articles.
_MOST = 12
#: Elements whose hints are found by their names; for the others the place in the page matters.
_HEAD = frozenset({"title", "meta", "link", "script"})
_DUBLIN_CORE = ("dc:", "dcterms:", "dcterm:", "dct:")
_DUBLIN_FIELDS = {"title": "title", "date": "published", "created": "published", "issued": "published"}
#: Elements with microdata and with RDFa; by way of the attributes, which costs a quarter of a test of each element.
_ITEMS = etree.XPath("//@itemprop/..")
_PROPERTIES = etree.XPath("//@property/..")
_TITLED = etree.XPath("//@title/parent::*[self::abbr or self::span]")
#: A script that writes a time where it stands: one call with nothing but the time.
_CALL = re.compile(
    r"\s*[\w.$]+\(\s*(?P<quote>[\"'])(?P<time>\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d(?::\d\d)?)[\d:. ]*(?P=quote)\s*\)"
    r"[;\s]*"
)
_CALL_CHARS = 120
#: The machine's wording of a time is shorter.
_TIME_CHARS = 40
_NO_BYLINE = frozenset({"html", "head", "body", "meta", "link", "script", "style", "img", "main", "article"})


def find_hints(root: etree._Element, *, signed: Sequence[etree._Element]) -> tuple[Hint, ...]:
    """Return the hints of the page under ``root``; see schema.org, ogp.me, dublincore.org and the HTML standard.

    ``signed`` are elements that class or ``rel`` call byline or author. First come what the head
    says and the times, then microdata, RDFa, microformats and bylines, each in document order.
    """
    hints = _Hints()
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    if language and language.strip():
        hints.found.append(Hint("language", language.strip(), "html:lang"))
    for node in root.iter(*_READERS):
        hints.add(node, _READERS[node.tag](node))
    for node in cast("list[etree._Element]", _ITEMS(root)):
        hints.add(node, _items(node, node.get("itemprop", "")))
    for node in cast("list[etree._Element]", _PROPERTIES(root)):
        if node.tag not in _HEAD and _has_vocabulary(node):
            hints.add(node, _rdfa(node))
    for node in cast("list[etree._Element]", _TITLED(root)):
        if 0 < len(node.get("title", "")) < _TIME_CHARS:
            hints.add(node, _microformat(node))
    inside: set[etree._Element] = set()
    for node in signed:
        if node.tag in _NO_BYLINE or (inside and any(above in inside for above in node.iterancestors())):
            continue
        inside.add(node)
        hints.add(node, _byline(node))
    return tuple(hints.found)


class _Hints:
    """Hints found so far; of those that can be many, the first ones."""

    def __init__(self) -> None:
        self.found: list[Hint] = []
        self._seen: dict[str, int] = {}

    def add(self, node: etree._Element, hints: Iterable[Hint]) -> None:
        for hint in hints:
            seen = self._seen[hint.origin] = self._seen.get(hint.origin, 0) + 1
            if seen > _MOST and hint.field not in LISTS:
                continue
            # The hints of an object that is left out would pass for those of the one before.
            if self._seen.get(OBJECT_BEGINS, 0) > _MOST and hint.origin.startswith("json-ld:"):
                continue
            path = "" if node.tag in _HEAD else place(node)
            self.found.append(Hint(hint.field, hint.value, hint.origin, path))


def _title(node: etree._Element) -> Iterator[Hint]:
    parent = node.getparent()
    text = collapse(node.text or "")
    if text and (parent is None or parent.tag in ("head", "html", "body")):
        yield Hint("title", text, "html:title")


def _meta(node: etree._Element) -> Iterator[Hint]:
    value: str | None = None
    for attribute in ("property", "name", "http-equiv"):  # itemprop is read with the microdata
        names = node.get(attribute)
        if not names:
            continue
        field = META_FIELDS.get(names)
        found = ((names, field),) if field else _fields_of(names, listed=attribute == "property")
        if not found:
            continue
        if value is None:
            value = collapse(node.get("content") or node.get("value") or "")
        if not value:
            return
        for name, field in found:
            for part in split_list(value) if field in LISTS else (value,):
                yield Hint(field, part, f"meta:{name}")
        return


def _fields_of(names: str, *, listed: bool) -> tuple[tuple[str, str], ...]:
    """Names of a meta element that are known, and their fields; RDFa Lite 1.1 lists several in one attribute."""
    found: dict[str, str] = {}
    for name in names.lower().split() if listed else (names.strip().lower(),):
        plain = name.replace(":", ".", 1) if name.startswith(_DUBLIN_CORE) else name
        field = META_FIELDS.get(name) or META_FIELDS.get(plain)
        if field:
            found.setdefault(field, name)
    return tuple((name, field) for field, name in found.items())


def _link(node: etree._Element) -> Iterator[Hint]:
    href = (node.get("href") or "").strip()
    for relation in (node.get("rel") or "").lower().split():
        field = LINK_FIELDS.get(relation)
        if field and href:
            yield Hint(field, href, f"link:{relation}")


def _script(node: etree._Element) -> Iterator[Hint]:
    text = node.text or ""
    if "ld+json" in (node.get("type") or "").lower():
        yield from json_ld_hints(text) if text else ()
    elif len(text) < _CALL_CHARS and (call := _CALL.fullmatch(text)):
        yield Hint("published", call["time"], "time[script]")


def _time(node: etree._Element) -> Iterator[Hint]:
    value = collapse(node.get("datetime") or "") or collapse(_text(node))
    if not value or len(value) > _NAME_CHARS or node.get("itemprop"):
        return
    names = (node.get("class") or "").lower()
    changed = ("updat" in names or "modif" in names) and "publi" not in names
    field = "modified" if changed else "published"
    origin = "time[datetime]" if node.get("datetime") else "time"
    yield Hint(field, value, origin)


_READERS = {"title": _title, "meta": _meta, "link": _link, "script": _script, "time": _time}


def _items(node: etree._Element, names: str) -> Iterator[Hint]:
    """Microdata (HTML standard section 5): values of properties that describe an article."""
    for name in names.split():
        field = ITEM_FIELDS.get(name.lower())
        if field is None or _within_other_item(node):
            continue
        stated = node.get("content") or node.get("datetime") or (node.get("src") if name == "image" else None)
        value = collapse(stated or _text(node))
        if value and len(value) <= _NAME_CHARS * (8 if field == "description" else 2):
            for part in split_list(value) if field in LISTS else (value,):
                yield Hint(field, part, f"microdata:{name}")


def _has_vocabulary(node: etree._Element) -> bool:
    """Tell whether the property of ``node`` is one of schema.org or Dublin Core, by its prefix or by what is around."""
    names = node.get("property", "")
    if "schema:" in names or "dc" in names:
        return True
    return any("schema.org" in above.get("vocab", "") for above in node.iterancestors())


def _rdfa(node: etree._Element) -> Iterator[Hint]:
    """RDFa Lite 1.1 on visible elements: properties of schema.org and Dublin Core."""
    for name in node.get("property", "").split():
        plain = name.rpartition(":")[2].lower()
        field = ITEM_FIELDS.get(plain) or _DUBLIN_FIELDS.get(plain)
        value = collapse(node.get("content") or node.get("datetime") or _text(node))
        if field and value and len(value) <= _NAME_CHARS * 2:
            yield Hint(field, value, f"rdfa:{name}")


def _microformat(node: etree._Element) -> Iterator[Hint]:
    """Times of the microformats hAtom 0.1 and h-entry: the machine's wording stands in ``title``."""
    names = (node.get("class") or "").lower().split()
    if not any("published" in name or "updated" in name for name in names):
        return
    field = "modified" if set(names) <= {"updated", "dt-updated"} else "published"
    yield Hint(field, collapse(node.get("title") or ""), f"class:{names[0]}")


def _within_other_item(node: etree._Element) -> bool:
    """Tell whether the item around is a thing of its own (an image, a rating) and not an article or a page."""
    for above in node.iterancestors():
        kind = above.get("itemtype")
        if kind is not None:
            name = kind.rstrip("/").rpartition("/")[2]
            return not (name.endswith(("Article", "Posting", "Page", "Report", "Review", "Work")) or name == "Blog")
    return False


def _byline(node: etree._Element) -> Iterator[Hint]:
    """An element that a class or ``rel="author"`` calls a byline; those inside it are not looked at."""
    text = collapse(_text(node))
    if text and len(text) <= _NAME_CHARS:
        yield Hint("author", text, "rel:author" if node.get("rel") == "author" else "class:author")


def _text(node: etree._Element) -> str:
    if not len(node):
        return node.text or ""
    return " ".join(flatten(node, UNSEEN).lines)


def split_list(value: str) -> list[str]:
    """Return the parts of a list written with commas or semicolons."""
    separator = ";" if ";" in value and "," not in value else ","
    return [part for part in map(str.strip, value.split(separator)) if part]


def place(node: etree._Element) -> str:
    """Return the positional XPath of ``node``, written as in the blocks."""
    steps = []
    current: etree._Element | None = node
    while current is not None:
        # Not by a filter of lxml: a tag of a broken page can be no name.
        nth = 1 + sum(other.tag == current.tag for other in current.itersiblings(preceding=True))
        steps.append(step(str(current.tag), nth))
        current = current.getparent()
    return "/" + "/".join(reversed(steps))
