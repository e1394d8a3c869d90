"""An HTML tree to blocks: one walk in reading order that needs no Python recursion."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from archiver.model.document import Context, RawBlock
from archiver.parse.containers import join_menus, make_blocks
from archiver.parse.flat import flatten
from archiver.parse.frame import Frame, Piece
from archiver.parse.tables import is_data_table, row_text
from archiver.parse.text_run import TextRun

#: Elements whose content no reader sees (HTML standard section 15.3.1, and replaced elements).
UNSEEN = frozenset(
    "script style template noscript noframes noembed head iframe object embed canvas audio video svg map textarea"
    " datalist applet area param title".split()
)
#: Elements that start and end a block (HTML standard section 15.3, and controls that stand by themselves).
_BLOCK = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol optgroup p pre"
    " search section select summary table tbody td tfoot th thead tr ul xmp listing plaintext".split()
)
_CONTEXT = {
    "article": Context.ARTICLE.value,
    "main": Context.MAIN.value,
    "nav": Context.NAV.value,
    "header": Context.HEADER.value,
    "footer": Context.FOOTER.value,
    "aside": Context.ASIDE.value,
    "form": Context.FORM.value,
    "label": Context.FORM.value,
    "dialog": Context.DIALOG.value,
    "figure": Context.FIGURE.value,
    "ul": Context.LIST.value,
    "ol": Context.LIST.value,
    "dl": Context.LIST.value,
    "menu": Context.LIST.value,
    "blockquote": Context.QUOTE.value,
    "button": Context.BUTTON.value,
    "select": Context.BUTTON.value,
}
_ROLES = {
    "navigation": Context.NAV.value,
    "banner": Context.HEADER.value,
    "contentinfo": Context.FOOTER.value,
    "complementary": Context.ASIDE.value,
    "dialog": Context.DIALOG.value,
    "alertdialog": Context.DIALOG.value,
    "main": Context.MAIN.value,
    "article": Context.ARTICLE.value,
}
_GROUPED = frozenset({"ul", "ol", "dl", "menu", "table", "blockquote", "figure"})
_ROW_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KEEP_LINES = frozenset({"pre", "xmp", "listing", "plaintext"})
_IMAGE_ATTRIBUTES = ("src", "data-src", "data-original", "data-lazy-src")
#: More text than this in a ``nav``, most of it no link, is more than a menu: an end tag is missing.
_MENU_CHARS = 500

#: Class and id of the elements around are cut here: names over thousands of levels would fill the memory.
_NAMES_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Walk:
    """What one walk over a page found.

    ``seen`` and ``unseen`` are characters of text in the blocks and in no block.
    """

    blocks: list[RawBlock]
    seen: int
    unseen: int


def find_blocks(root: etree._Element, *, unseen: frozenset[str] = UNSEEN, hidden: bool = False) -> Walk:
    """Cut the page under ``root`` into blocks in reading order.

    Text of elements in ``unseen`` is only counted, and so is text of elements that carry
    ``hidden`` or an inline ``display:none``, unless ``hidden`` is true.
    """
    walker = _Walker(unseen, hidden)
    walker.walk(root)
    seen = sum(len(piece.text) - piece.text.count(" ") for piece in walker.pieces)
    return Walk(blocks=make_blocks(join_menus(walker.pieces)), seen=seen, unseen=walker.unseen)


class _Walker:
    def __init__(self, skip: frozenset[str], show_hidden: bool) -> None:
        self.pieces: list[Piece] = []
        self.unseen = 0
        self._skip = skip
        self._show_hidden = show_hidden
        self._run = TextRun()
        self._groups = 0
        self._tables: set[Frame] = set()

    def walk(self, root: etree._Element) -> None:
        run, skip = self._run, self._skip
        frame = Frame(root, str(root.tag), 1, None)
        run.add(root.text, False)
        while True:
            node = next(frame.todo, None)
            if node is None:
                if frame.block is None and run.parts:
                    self._flush(frame)
                tail, parent = frame.node.tail, frame.parent
                if parent is None:
                    return
                frame = parent
            else:
                tag = node.tag
                tail = node.tail
                if tag in _BLOCK:
                    entered = self._enter_block(node, tag, frame)
                elif tag in skip:
                    frame.counts[tag] = frame.counts.get(tag, 0) + 1
                    self.unseen += _length(node)
                    entered = None
                else:
                    entered = self._enter_inline(node, tag, frame)
                if entered is not None:
                    frame = entered
                    continue
            if tail:
                run.add(tail, frame.link)

    def _enter_inline(self, node: etree._Element, tag: str, parent: Frame) -> Frame | None:
        """Open ``node`` and return its frame, or deal with it at once and return None."""
        run = self._run
        if tag == "br" or tag == "hr":
            if tag == "hr" or run.line_break():
                self._flush(parent.block or parent)
            return None
        nth = parent.counts[tag] = parent.counts.get(tag, 0) + 1
        leaf = not len(node)
        text = node.text
        if (leaf and not text) or self._is_hidden(node):
            return None
        link = parent.link
        if tag == "a":
            link = True
            run.part_links()
        if text:
            run.add(text, link)
        if leaf:
            return None
        frame = Frame(node, tag, nth, parent)
        frame.link = link
        frame.block = parent.block or parent
        frame.own = parent.own
        return frame

    def _enter_block(self, node: etree._Element, tag: str, parent: Frame) -> Frame | None:
        """As for inline elements; a block ends what stands before it."""
        run = self._run
        if run.parts:
            self._flush(parent.block or parent)
        nth = parent.counts[tag] = parent.counts.get(tag, 0) + 1
        leaf = not len(node)
        text = node.text
        if (leaf and not text) or self._is_hidden(node):
            return None
        frame = Frame(node, tag, nth, parent)
        own, name = node.get("class"), node.get("id")
        frame.own = own or ""
        if own or name:
            label = f"{own} {name}" if own and name else own or name
            frame.names = f"{label}/{parent.names[:_NAMES_CHARS]}" if parent.names else str(label)
        frame.context |= _CONTEXT.get(tag, 0) | _ROLES.get(node.get("role", ""), 0)
        if tag in _GROUPED:
            self._enter_group(frame)
        elif tag in _HEADINGS:
            frame.level = _HEADINGS[tag]
        elif tag in _KEEP_LINES:
            frame.lines = True
        elif (tag == "tr" and self._take_row(frame)) or (tag == "nav" and self._take_menu(frame)):
            return None
        if text:
            run.add(text, frame.link)
        if not leaf:
            return frame
        if run.parts:
            self._flush(frame)
        return None

    def _is_hidden(self, node: etree._Element) -> bool:
        style = node.get("style")
        hidden = style is not None and "none" in style and "display:none" in style.replace(" ", "").lower()
        if not hidden:
            value = node.get("hidden")
            hidden = value is not None and value.lower() != "until-found"
        if not hidden or self._show_hidden:
            return False
        self.unseen += _length(node)
        return True

    def _enter_group(self, frame: Frame) -> None:
        if frame.tag == "table":
            if not is_data_table(frame.node):
                return
            self._tables.add(frame)
            frame.context |= Context.TABLE.value
        self._groups += 1
        frame.group = self._groups
        if frame.tag == "figure":
            frame.resource = _first_image(frame.node)

    def _take_row(self, frame: Frame) -> bool:
        """Make a row of a data table one block; tell whether it was one."""
        above = frame.parent
        while above is not None and above.tag in _ROW_GROUPS:
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
        if frame.parent is not None and frame.parent.context & Context.NAV.value:
            return False  # already found to be more than a menu
        menu = flatten(frame.node, self._skip, part_links=True)
        text = "\t".join(menu.lines)
        if len(text) > _MENU_CHARS and menu.link_chars * 2 < len(text):
            return False
        self.unseen += menu.unseen
        if text:
            self.pieces.append(Piece(frame, text, min(len(text), menu.link_chars + len(menu.lines) - 1)))
        return True

    def _flush(self, frame: Frame) -> None:
        text, link = self._run.take(keep_lines=frame.lines)
        if text:
            self.pieces.append(Piece(frame, text, link))


def _length(node: etree._Element) -> int:
    if not len(node):
        return len(node.text or "")
    return sum(map(len, node.itertext()))


def _first_image(figure: etree._Element) -> str | None:
    for node in figure.iter("img", "video", "source"):
        for name in _IMAGE_ATTRIBUTES if node.tag == "img" else ("poster", "src"):
            value = node.get(name)
            if value and not value.startswith("data:"):
                return str(value).strip()
    return None
