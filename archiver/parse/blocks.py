"""An HTML tree to blocks: one walk in reading order that needs no Python recursion."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from archiver.model.document import RawBlock
from archiver.parse.containers import join_menus, make_blocks
from archiver.parse.elements import (
    CONTEXT,
    GROUPED,
    HEADINGS,
    KEEP_LINES,
    ROLES,
    ROW_GROUPS,
    SPECIAL,
    TABLE,
    UNSEEN,
    Kind,
    kinds_of,
    text_length,
)
from archiver.parse.flat import menu_text
from archiver.parse.frame import Frame, Piece, Scope
from archiver.parse.tables import is_data_table, is_picture_box, row_text
from archiver.parse.text_run import collapse

_IMAGE_ATTRIBUTES = ("src", "data-src", "data-original", "data-lazy-src")
#: More text than this in a ``nav``, most of it no link, is more than a menu: an end tag is missing.
_MENU_CHARS = 500
#: What a ``br`` leaves in the text; known by identity, since a text node can hold the same signs.
_BREAK = " \n"

_INLINE, _LINK, _BLOCK, _SKIP = (kind.value for kind in (Kind.INLINE, Kind.LINK, Kind.BLOCK, Kind.SKIP))
_RULE = Kind.RULE.value
_FIGURE, _NAV = CONTEXT["figure"], CONTEXT["nav"]
#: Attributes that are read; most elements have others as well.
_READ = frozenset({"class", "id", "role", "rel", "style", "hidden"})


@dataclass(frozen=True, slots=True)
class Walk:
    """What one walk over a page found.

    ``seen`` and ``unseen`` are characters of text in the blocks and in no block, ``hidden`` those of
    the latter that stand in elements hidden by an attribute. ``signed`` are the elements that class
    or ``rel`` call author or byline, in document order.
    """

    blocks: list[RawBlock]
    seen: int
    unseen: int
    hidden: int
    signed: list[etree._Element]


def find_blocks(root: etree._Element, *, unseen: frozenset[str] = UNSEEN, hidden: bool = False) -> Walk:
    """Cut the page under ``root`` into blocks in reading order.

    Text of elements in ``unseen`` is only counted, and so is text of elements that carry
    ``hidden`` or an inline ``display:none``, unless ``hidden`` is true.
    """
    walker = _Walker(unseen, hidden)
    walker.walk(root)
    seen = sum([len(piece.text) - piece.text.count(" ") for piece in walker.pieces])
    return Walk(make_blocks(join_menus(walker.pieces)), seen, walker.unseen, walker.hidden, walker.signed)


class _Walker:
    """The state of a walk: text gathered since the last boundary of blocks, and what was found before it."""

    __slots__ = ("_groups", "_kinds", "_link_chars", "_link_end", "_parts", "_show_hidden", "_skip", "_tables",
                 "hidden", "pieces", "signed", "unseen")  # fmt: skip

    def __init__(self, skip: frozenset[str], show_hidden: bool) -> None:
        self.pieces: list[Piece] = []
        self.signed: list[etree._Element] = []
        self.unseen = self.hidden = 0
        self._skip = skip
        self._kinds = kinds_of(skip)
        self._show_hidden = show_hidden
        self._groups = 0
        self._tables: set[Frame] = set()
        self._parts: list[str] = []
        self._link_chars = 0
        self._link_end = -1  # number of parts just after link text

    def walk(self, root: etree._Element) -> None:
        # One loop for all elements: a call for each of a thousand would cost as much as everything else.
        kinds, parts, add = self._kinds, self._parts, self._add
        frame = Frame(root, str(root.tag), 1, None, False)
        if root.text:
            add(root.text, False)
        while True:
            counts = frame.counts
            for node in frame.todo:
                tag = node.tag
                kind = kinds.get(tag, _INLINE)
                if kind <= _BLOCK:
                    nth = counts[tag] = counts.get(tag, 0) + 1
                    text = node.text
                    leaf = not len(node)
                    if kind == _BLOCK and parts:
                        self._flush(frame.block or frame)
                    if text or not leaf:
                        if kind == _BLOCK:
                            inner = self._open(node, tag, nth, frame, leaf)
                        else:
                            inner = self._open_inline(node, tag, nth, frame, leaf, kind == _LINK)
                        if inner is not None:
                            if text and (parts or not text.isspace()):
                                add(text, inner.link or kind == _LINK)
                            if not leaf:
                                frame = inner
                                break
                            if kind == _BLOCK and parts:
                                self._flush(inner)
                elif kind == _SKIP:
                    counts[tag] = counts.get(tag, 0) + 1
                    self.unseen += text_length(node)
                elif kind == _RULE or self._break_line():
                    self._flush(frame.block or frame)
                tail = node.tail
                if tail and (parts or not tail.isspace()):
                    add(tail, frame.link)
            else:
                if parts and frame.block is None:
                    self._flush(frame)
                if frame.parent is None:
                    return
                tail = frame.node.tail
                frame.leave()
                frame = frame.parent
                if tail and (parts or not tail.isspace()):
                    add(tail, frame.link)

    def _add(self, text: str, link: bool) -> None:
        """Append a text node; ``link`` says that it is link text."""
        parts = self._parts
        if (not parts or parts[-1] is _BREAK) and text.isspace():
            return
        parts.append(text)
        if link:
            self._link_chars += len(collapse(text))
            self._link_end = len(parts)

    def _break_line(self) -> bool:
        """Take note of a ``br``; return True where it is the second in a row and so ends the block."""
        parts = self._parts
        if not parts:
            return False
        if parts[-1] is _BREAK:
            return True
        parts.append(_BREAK)
        return False

    def _flush(self, frame: Frame) -> None:
        parts = self._parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        text = text.strip() if frame.scope.lines else collapse(text)
        if text:
            self.pieces.append(Piece(frame, text, self._link_chars))
        parts.clear()
        self._link_chars = 0
        self._link_end = -1

    def _open(self, node: etree._Element, tag: str, nth: int, parent: Frame, leaf: bool) -> Frame | None:
        """Return the frame of a block element, or None where it is hidden or was taken whole."""
        own = name = ""
        context = 0
        for key, value in node.items():
            if key not in _READ:
                continue
            if key == "class":
                own = str(value)
            elif key == "id":
                name = str(value)
            elif key == "role":
                context = ROLES.get(str(value), 0)
            elif self._is_hidden(node, key, str(value)):
                return None
        frame = Frame(node, tag, nth, parent, leaf)
        if own:
            frame.own = own
            frame.label = f"{own} {name}" if name else own
            if "author" in own or "byline" in own:
                self.signed.append(node)
        elif name:
            frame.label = name
        scope = frame.scope
        if tag not in SPECIAL:
            if context:
                frame.scope = Scope(scope.context | context, scope.group, scope.level, scope.lines, scope.resource)
            return frame
        context |= scope.context | CONTEXT.get(tag, 0)
        if tag in GROUPED:
            self._enter_group(frame, context)
            return frame
        level, lines = HEADINGS.get(tag, scope.level), scope.lines or tag in KEEP_LINES
        frame.scope = Scope(context, scope.group, level, lines, scope.resource)
        if (tag == "tr" and self._take_row(frame)) or (tag == "nav" and self._take_menu(frame)):
            return None
        return frame

    def _open_inline(
        self, node: etree._Element, tag: str, nth: int, parent: Frame, leaf: bool, link: bool
    ) -> Frame | None:
        """Return the frame of an inline element, that around it for a leaf, or None where it is hidden."""
        signed = False
        for key, value in node.items():
            if key not in _READ:
                continue
            if key == "class":
                signed = signed or "author" in value or "byline" in value
            elif key == "rel":
                signed = signed or (link and value == "author")
            elif self._is_hidden(node, key, str(value)):
                return None
        if signed:
            self.signed.append(node)
        if link and self._link_end == len(self._parts):
            self._parts.append(" ")  # two links side by side do not run together
        if leaf:
            return parent
        frame = Frame(node, tag, nth, parent, leaf)
        frame.link = frame.link or link
        frame.block = parent.block or parent
        frame.own = parent.own
        return frame

    def _is_hidden(self, node: etree._Element, key: str, value: str) -> bool:
        """Tell whether an attribute takes ``node`` out of sight; its text is then counted."""
        if key == "style":
            if "none" not in value or "display:none" not in value.replace(" ", "").lower():
                return False
        elif key != "hidden" or value.lower() == "until-found":
            return False
        if self._show_hidden:
            return False
        length = text_length(node)
        self.unseen += length
        self.hidden += length
        return True

    def _enter_group(self, frame: Frame, context: int) -> None:
        scope = frame.scope
        group, resource = scope.group, scope.resource
        if frame.tag == "table" and is_picture_box(frame.node):
            context |= _FIGURE
            resource = _first_image(frame.node)
        elif frame.tag == "table":
            if not is_data_table(frame.node):
                frame.scope = Scope(context, group, scope.level, scope.lines, resource)
                return
            self._tables.add(frame)
            context |= TABLE
        elif frame.tag == "figure":
            resource = _first_image(frame.node)
        self._groups += 1
        frame.scope = Scope(context, self._groups, scope.level, scope.lines, resource)

    def _take_row(self, frame: Frame) -> bool:
        """Make a row of a data table one block; tell whether it was one."""
        above = frame.parent
        while above is not None and above.tag in ROW_GROUPS:
            above = above.parent
        if above not in self._tables:
            return False
        text, link, unseen = row_text(frame.node, self._skip)
        self.unseen += unseen
        if text:
            self.pieces.append(Piece(frame, text, link))
        return True

    def _take_menu(self, frame: Frame) -> bool:
        """Make a ``nav`` one block, entries parted by a tab; tell whether it was a menu."""
        if frame.parent is not None and frame.parent.scope.context & _NAV:
            return False  # already found to be more than a menu
        menu = menu_text(frame.node, self._skip)
        text = "\t".join(menu.lines)
        if len(text) > _MENU_CHARS and menu.link_chars * 2 < len(text):
            return False
        self.unseen += menu.unseen
        if text:
            self.pieces.append(Piece(frame, text, min(len(text), menu.link_chars + len(menu.lines) - 1)))
        return True


def _first_image(figure: etree._Element) -> str | None:
    for node in figure.iter("img", "video", "source"):
        for name in _IMAGE_ATTRIBUTES if node.tag == "img" else ("poster", "src"):
            value = node.get(name)
            if value and not value.startswith("data:"):
                return str(value).strip()
    return None
