"""Text of a page to an lxml tree, with guards against what makes libxml2 slow or silent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from archiver.errors import ParseError
from archiver.model.document import Notice
from archiver.parse.elements import METADATA
from archiver.parse.fallback import build_tree
from archiver.parse.tag_count import visible_chars

#: A tag this long is looked at for its attributes; real ones are long for a ``data:`` URL or a JSON value.
LONG_TAG = 20_000

#: libxml2 compares every attribute of a tag with all before it: 4,000 take milliseconds, 200,000 a minute.
MAX_ATTRIBUTES = 4_000

#: Pages whose text nodes make up less than one part in so many of the source are counted in another way.
THIN_SHARE = 20

#: A page that shows as much as this is not thin, whatever scripts and pictures it brings along.
_MUCH_TEXT = 1_500

#: Below this, a difference between the two counts says nothing.
_FEW_CHARS = 40

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|span|table|tr|td|h[1-6]|article|section|main|br|a|ul|ol|li"
    r"|font|center|b|i|em|strong|img|pre|blockquote|frameset|form)\b",
    re.IGNORECASE,
)
_TAG_START = re.compile(r"<[a-zA-Z]")
_ATTRIBUTE = re.compile(r"""[^\s=/]+(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s>]++))?""")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page and what happened on the way."""

    root: etree._Element
    source: str
    """The text that was parsed, after the guards."""
    notices: tuple[Notice, ...]
    cut: bool
    """libxml2 said that it dropped something."""


def read_tree(text: str, utf8: bytes | None = None) -> Tree:
    """Parse ``text`` as HTML (libxml2, HTML tokenizer of the WHATWG standard section 13.2.5).

    ``utf8`` is the same text as bytes of UTF-8, where they are at hand.
    Raises ParseError where the text has no tag of HTML, or nothing but comments.
    """
    if _MARKUP.search(text) is None:
        raise ParseError("there is no HTML tag in it", advice="hand it in as text/plain if it is text")
    source, data, notices = _tame(text, utf8)
    parser = new_parser()
    root = etree.fromstring(data, parser)
    if root is None:
        raise ParseError("there is no element in it, only comments or declarations", advice="look at the file")
    _open_body(root)
    _show_shadow_trees(root)
    return Tree(root=root, source=source, notices=tuple(notices), cut=_was_cut(parser))


def new_parser() -> etree.HTMLParser:
    """Return a parser of UTF-8 bytes without libxml2's small limits; one for each page, since it keeps its errors."""
    return etree.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False, no_network=True, encoding="utf-8"
    )


def _open_body(root: etree._Element) -> None:
    """Begin the body where the standard does: libxml2 leaves elements that it does not know (``article``) in the head.

    That is so where the source has no tag ``body``, or one that comes later.
    """
    head = root.find("head")
    if head is None:
        return
    misplaced = [child for child in head if child.tag not in METADATA]
    if not misplaced:
        return
    old, body = root.find("body"), etree.SubElement(root, "body")
    for child in [misplaced[0], *misplaced[0].itersiblings()]:
        body.append(child)
    if old is not None:
        # As a whole: its text could not stand behind what was put first, since lxml lets no text be set that holds
        # a control character; and one child inserted after the other would take the square of the time.
        old.tag = "div"
        body.append(old)


def _show_shadow_trees(root: etree._Element) -> None:
    """Show what a template with ``shadowrootmode`` holds: a browser does (HTML standard section 4.12.3)."""
    for node in list(root.iter("template")):
        if (node.get("shadowrootmode") or "").lower() in ("open", "closed"):
            node.tag = "div"


def rebuild(tree: Tree) -> etree._Element:
    """Return the page parsed by the standard library's tokenizer, with elements below a fixed depth made flat."""
    return build_tree(tree.source)


def lost_text(tree: Tree, seen: int) -> bool:
    """Tell whether the source has clearly more text than the ``seen`` characters that the tree gave.

    The second count strips tags by pattern and knows nothing of nesting, so that it errs in
    other ways than the parser. It is made only where something looks wrong.
    """
    if not tree.cut and (seen >= _MUCH_TEXT or seen * THIN_SHARE >= len(tree.source)):
        return False
    expected = visible_chars(tree.source)
    return expected > (0 if tree.cut else _FEW_CHARS) and seen * 10 < expected * 9


def _was_cut(parser: etree.HTMLParser) -> bool:
    """Markup errors are mended by the parser; after a fatal one (too deep, too long) text is missing."""
    return bool(len(parser.error_log)) and bool(len(parser.error_log.filter_from_fatals()))


def _tame(text: str, utf8: bytes | None) -> tuple[str, bytes, list[Notice]]:
    notices = []
    text, dropped = _cap_attributes(text)
    if dropped:
        message = f"{dropped} attributes beyond {MAX_ATTRIBUTES} on one tag were left out before parsing"
        notices.append(Notice("html.attributes", message))
    try:
        data = utf8 if utf8 is not None and not dropped else text.encode("utf-8")
    except UnicodeEncodeError:
        text, count = _SURROGATE.subn("\ufffd", text)
        notices.append(Notice("html.surrogate", f"{count} lone surrogates stand as U+FFFD"))
        data = text.encode("utf-8")
    if b"\x00" in data:
        notices.append(Notice("html.nul", f"{text.count(chr(0))} NUL characters stand as U+FFFD"))
        text = text.replace("\x00", "\ufffd")
        data = text.encode("utf-8")
    return text, data, notices


def _cap_attributes(text: str) -> tuple[str, int]:
    pieces: list[str] = []
    dropped, done = 0, 0
    for first, end in _long_gaps(text):
        start = _TAG_START.search(text, first, end)
        if start is None or _in_script(text, start.start()):
            continue
        capped, count = _cap_tag(text[start.start() : end])
        if count:
            pieces += (text[done : start.start()], capped)
            dropped, done = dropped + count, end
    return ("".join((*pieces, text[done:])) if pieces else text), dropped


def _long_gaps(text: str) -> Iterator[tuple[int, int]]:
    """Yield where two ``>`` are LONG_TAG apart; a gap that long holds one of the places looked at."""
    step, done = LONG_TAG // 2, 0
    for place in range(step, len(text), step):
        if place < done:
            continue
        end = text.find(">", place)
        end = end if end >= 0 else len(text)
        first = text.rfind(">", done, place) + 1
        if end - max(first, done) >= LONG_TAG:
            yield max(first, done), end
        done = end


def _in_script(text: str, place: int) -> bool:
    return text.rfind("<script", 0, place) > text.rfind("</script", 0, place)


def _cap_tag(tag: str) -> tuple[str, int]:
    count, end = 0, len(tag)
    for match in _ATTRIBUTE.finditer(tag):
        count += 1
        if count == MAX_ATTRIBUTES + 1:  # the name of the tag counts as one
            end = match.end()
    return (tag[:end], count - MAX_ATTRIBUTES - 1) if count > MAX_ATTRIBUTES + 1 else (tag, 0)
