"""A second HTML parser for pages that libxml2 cuts: the tokenizer of the standard library and a flat-minded stack."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from lxml import etree

from archiver.digits import short_references
from archiver.parse.elements import METADATA

#: Elements that would stand deeper become siblings; their text keeps its order.
MAX_DEPTH = 400

#: HTML standard section 13.1.2.
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSES_P = frozenset(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hr main menu nav ol p pre section table ul".split()
)
#: A start tag of the key ends an open element of the values.
_CLOSES = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("td", "th", "tr"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "option": ("option",),
}
#: In the head, these may hold what would end it.
_HOLDS_ANY = ("template", "noscript", "title")
_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_ATTRIBUTE_NAME = re.compile(r"[a-z_][a-z0-9_-]*\Z")
#: What XML 1.0 section 2.2 does not allow.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def build_tree(text: str) -> etree._Element:
    """Return an ``html`` element with all text of ``text`` in reading order; never raises."""
    builder = _Builder()
    # html.parser asks html.unescape, which refuses numbers of some thousand digits.
    builder.feed(short_references(text))
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = etree.Element("html")
        self._stack = [self.root]
        self._open: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            return
        if not _NAME.match(tag):
            tag = "span"
        in_head = self._open.get("head") and not any(map(self._open.get, _HOLDS_ANY))
        if in_head and tag not in METADATA and tag != "head":
            self._close("head")
        if tag in _CLOSES_P and self._open.get("p"):
            self._close("p")
        for other in _CLOSES.get(tag, ()):
            if self._stack[-1].tag == other:
                self._close(other)
        node = etree.SubElement(self._stack[-1], tag)
        for name, value in attrs[:100]:
            if _ATTRIBUTE_NAME.match(name):
                node.set(name, _NO_XML.sub("\ufffd", value or ""))
        if tag not in _VOID and len(self._stack) < MAX_DEPTH:
            self._stack.append(node)
            self._open[tag] = self._open.get(tag, 0) + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # "/>" means nothing on an HTML element that is not void (HTML standard section 13.1.2.1)
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._open.get(tag):
            self._close(tag)

    def handle_data(self, data: str) -> None:
        data = _NO_XML.sub("\ufffd", data)
        parent = self._stack[-1]
        if len(parent):
            last = parent[-1]
            last.tail = (last.tail or "") + data
        else:
            parent.text = (parent.text or "") + data

    def _close(self, tag: str) -> None:
        while len(self._stack) > 1:
            name = str(self._stack.pop().tag)
            self._open[name] -= 1
            if name == tag:
                return
