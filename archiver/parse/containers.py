"""Pieces of text to blocks: menus joined, each block with the element that holds it together with others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archiver.model.document import Context, RawBlock
from archiver.parse.frame import Frame, Piece

#: Menus and bare link lists are joined to one block from this many entries on.
_MENU_ENTRIES = 3
_MENU_ENTRY_CHARS = 80
_NAV = Context.NAV.value
_LIST = Context.LIST.value


def join_menus(pieces: Iterable[Piece]) -> list[Piece]:
    """Make one piece of each run of short entries in a menu or bare link list, entries parted by a tab."""
    joined: list[Piece] = []
    menu: list[Piece] = []
    for piece in pieces:
        entry = _is_menu_entry(piece)
        if menu and not (entry and _same_menu(menu[0].frame, piece.frame)):
            joined.extend(_as_one(menu))
            menu = []
        if entry:
            menu.append(piece)
        else:
            joined.append(piece)
    joined.extend(_as_one(menu))
    return joined


def _is_menu_entry(piece: Piece) -> bool:
    frame, text, link = piece
    if frame.level or len(text) > _MENU_ENTRY_CHARS:
        return False
    if frame.context & _NAV:
        return True
    return frame.context & _LIST > 0 and link * 10 >= len(text) * 9


def _same_menu(first: Frame, other: Frame) -> bool:
    if first.context & other.context & _NAV:
        return True
    return first.group == other.group and first.context == other.context


def _as_one(menu: Sequence[Piece]) -> Sequence[Piece]:
    if len(menu) < _MENU_ENTRIES:
        return menu
    text = "\t".join(piece.text for piece in menu)
    return (Piece(menu[0].frame, text, sum(piece.link_chars for piece in menu) + len(menu) - 1),)


def make_blocks(pieces: Sequence[Piece]) -> list[RawBlock]:
    """Return the blocks of ``pieces``, each with the nearest element that holds several of them."""
    for piece in pieces:
        above: Frame | None = piece.frame.parent
        while above is not None and above.held < 2:  # all above a shared element are shared as well
            above.held += 1
            above = above.parent
    contexts: dict[int, Context] = {}
    blocks = []
    ordinals = 0
    for frame, text, link in pieces:
        container = frame.parent or frame
        while container.held < 2 and container.parent is not None:
            container = container.parent
        if not container.ordinal:
            ordinals += 1
            container.ordinal = ordinals
        context = contexts.get(frame.context)
        if context is None:
            context = contexts[frame.context] = Context(frame.context)
        parent = frame.parent
        blocks.append(
            RawBlock(
                text=text,
                tag=frame.tag,
                path=frame.path(),
                level=frame.level,
                group=frame.group,
                container=container.ordinal,
                link_chars=min(link, len(text)),
                context=context,
                signature=f"{frame.tag}|{frame.own}|{parent.own if parent is not None else ''}",
                resource=frame.resource,
                names=frame.names(),
            )
        )
    return blocks
