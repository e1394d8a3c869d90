"""The text of a subtree of which no structure is wanted: a cell, a menu."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from archiver.parse.text_run import collapse

#: Elements that do not part what stands before them from what they hold.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark math q ruby rt rp s samp small span"
    " strike strong sub sup time tt u var wbr".split()
)


#: Elements that can stand in the middle of a word, so that the text nodes of a menu are not its entries.
_WITHIN_WORDS = ("b", "i", "em", "strong", "sup", "sub", "wbr", "font", "br", "mark", "u")


@dataclass(frozen=True, slots=True)
class FlatText:
    """Lines of visible text, how many of the characters are links, and how many characters no reader sees."""

    lines: list[str]
    link_chars: int
    unseen: int


def menu_text(node: etree._Element, skip: frozenset[str]) -> FlatText:
    """Return the entries of a menu: each link and each element that is not inline starts one."""
    if next(node.iter(*_WITHIN_WORDS), None) is not None or next(node.iter(*skip), None) is not None:
        return flatten(node, skip, part_links=True)
    lines = [line for text in node.itertext() if (line := collapse(str(text)))]
    links = [text_of(link) for link in node.iter("a")]
    return FlatText(lines, sum(len(collapse(link)) for link in links if link), 0)


def text_of(node: etree._Element) -> str:
    """Return all text in ``node``, seen or not."""
    return "".join(map(str, node.itertext())) if len(node) else node.text or ""


def flatten(node: etree._Element, skip: frozenset[str], *, part_links: bool = False) -> FlatText:
    """Return the text under ``node``; every element that is not inline starts a line, links too with ``part_links``."""
    lines: list[str] = []
    parts = [node.text or ""]
    link = unseen = 0
    walker = etree.iterwalk(node, events=("start", "end"))
    next(walker)
    for event, each in walker:
        tag = each.tag
        if event == "end":
            if each is not node and each.tail:
                parts.append(each.tail)
            continue
        if tag in skip:
            unseen += sum(map(len, each.itertext()))
            walker.skip_subtree()
            continue
        if tag not in _INLINE or (part_links and tag == "a"):
            lines.append("".join(parts))
            parts.clear()
        if tag == "a":
            link += len(collapse("".join(each.itertext())))
        if each.text:
            parts.append(each.text)
    lines.append("".join(parts))
    return FlatText([line for line in map(collapse, lines) if line], link, unseen)
