"""HTML and XHTML text to a Document: blocks in reading order, and hints."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

from lxml import etree

from archiver.model.document import Document, Hint, Notice, RawBlock
from archiver.parse.blocks import Walk, find_blocks
from archiver.parse.data_body import NOTICE, hidden_body, holds_body
from archiver.parse.dom import Tree, lost_text, new_parser, read_tree, rebuild
from archiver.parse.elements import UNSEEN
from archiver.parse.hints import find_hints

#: A page that shows less than this, and hides more, is read with what it hides.
_FEW_CHARS = 250
#: A block of running text has as much, and a page that hides so many times its running text is shown by a script.
_LONG_CHARS = 100
_MUCH_MORE = 3
#: RFC 3986 section 3.1.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OTHER_SCHEME = re.compile(r"(?:javascript|data):", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_WITHOUT_SCRIPT = UNSEEN - {"noscript", "noframes"}


def parse_html(
    text: str | bytes,
    *,
    charset: str,
    charset_origin: str,
    url: str | None,
    media_type: str,
    utf8: bytes | None = None,
) -> Document:
    """Return blocks and hints of a page; every visible text is in exactly one block.

    ``text`` is the decoded page (bytes are decoded by ``charset``, with U+FFFD for what does not
    fit); ``utf8`` is the same as bytes of UTF-8, where they are at hand. Where libxml2 drops text
    (beyond 2,048 levels), the page is parsed a second time in another way and a notice
    ``html.recovered`` says so. Raises ParseError for what is not HTML.
    """
    if isinstance(text, bytes):
        text = text.decode(charset, "replace")
    tree = read_tree(text, utf8)
    root, walk, notices = _walk(tree)
    base = _base(root, url)
    hints = tuple(_absolute(hint, base) for hint in find_hints(root, signed=walk.signed))
    if holds_body(hints) and (body := hidden_body(root, walk.blocks)):
        walk.blocks.extend(body)
        notices.append(NOTICE)
    return Document(
        media_type=media_type,
        charset=charset,
        charset_origin=charset_origin,
        blocks=tuple(_resolve(walk.blocks, base)),
        hints=hints,
        unseen_chars=walk.unseen,
        notices=(*tree.notices, *notices),
        length=len(text),
    )


def _walk(tree: Tree) -> tuple[etree._Element, Walk, list[Notice]]:
    root, notices = tree.root, []
    walk = find_blocks(root)
    if lost_text(tree, walk.seen + walk.unseen):
        second = rebuild(tree)
        other = find_blocks(second)
        if other.seen > walk.seen:
            gain = other.seen - walk.seen
            message = f"the parser dropped {gain} characters of text; a second parser read them, and places are its own"
            notices.append(Notice("html.recovered", message))
            root, walk = second, other
    if walk.seen < _FEW_CHARS and walk.unseen > walk.seen:
        other, notice = _with_hidden(root)
        if other.seen > walk.seen * 2:
            notices.append(notice)
            walk = other
    elif walk.hidden > walk.seen:
        other, notice = _with_hidden(root)
        if _running(other) > _running(walk) * _MUCH_MORE:
            notices.append(notice)
            walk = other
    return root, walk, notices


def _running(walk: Walk) -> int:
    """Characters of long blocks that are no links."""
    return sum(len(b.text) for b in walk.blocks if len(b.text) >= _LONG_CHARS and b.link_chars * 3 < len(b.text))


def _with_hidden(root: etree._Element) -> tuple[Walk, Notice]:
    for node in root.iter("noframes"):
        _parse_raw_text(node)
    walk = find_blocks(root, unseen=_WITHOUT_SCRIPT, hidden=True)
    return walk, Notice("html.hidden-shown", "the page hides most of its text from view; that was read as well")


def _parse_raw_text(node: etree._Element) -> None:
    """Turn the text of a ``noframes`` element, which the tokenizer leaves as text, into elements."""
    if not node.text or "<" not in node.text:
        return
    inner = etree.fromstring(node.text.encode("utf-8"), new_parser())
    if inner is not None:
        node.text = None
        node.append(inner)


def _base(root: etree._Element, url: str | None) -> str | None:
    """Against what the page's references are resolved: its first ``base`` (HTML standard section 2.4.3), or ``url``."""
    href = next((node.get("href", "").strip() for node in root.iter("base") if node.get("href") is not None), "")
    base = _join(url, href) if url and href else href
    return base if base and not _OTHER_SCHEME.match(base) else url


def _absolute(hint: Hint, base: str | None) -> Hint:
    """The address that a page calls its own, resolved against ``base`` (RFC 3986 section 5) where it is relative."""
    if hint.field != "canonical_url" or base is None or not _WEB.match(base) or _SCHEME.match(hint.value):
        return hint
    # A part of the page is not its address; nor is what is no reference where it ought to be one ("True").
    if hint.value.startswith("#") or not (hint.origin.startswith("link:") or hint.value.startswith("/")):
        return hint
    return replace(hint, value=_join(base, hint.value))


def _resolve(blocks: list[RawBlock], base: str | None) -> list[RawBlock]:
    if not base:
        return blocks
    return [
        replace(block, resource=_join(base, block.resource)) if block.resource is not None else block
        for block in blocks
    ]


def _join(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:  # a bracket that is no IPv6 address
        return reference
