"""Pieces of text to blocks: menus joined, each block with the element that holds it together with others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archiver.model.document import Context, RawBlock
from archiver.parse.frame import Frame, Piece
from archiver.parse.places import Places

#: Menus and bare link lists are joined to one block from this many entries on.
_MENU_ENTRIES = 3
_MENU_ENTRY_CHARS = 80
_NAV = Context.NAV.value
_MENU_OR_LIST = (Context.NAV | Context.LIST).value


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
    context = frame.scope.context
    if not context & _MENU_OR_LIST or frame.scope.level or len(text) > _MENU_ENTRY_CHARS:
        return False
    return context & _NAV > 0 or link * 10 >= len(text) * 9


def _same_menu(first: Frame, other: Frame) -> bool:
    one, two = first.scope, other.scope
    if one.context & two.context & _NAV:
        return True
    return one.group == two.group and one.context == two.context


def _as_one(menu: Sequence[Piece]) -> Sequence[Piece]:
    if len(menu) < _MENU_ENTRIES:
        return menu
    text = "\t".join(piece.text for piece in menu)
    return (Piece(menu[0].frame, text, sum(piece.link_chars for piece in menu) + len(menu) - 1),)


def make_blocks(pieces: Sequence[Piece]) -> list[RawBlock]:
    """Return the blocks of ``pieces``, each with the nearest element that holds several of them."""
    places = Places(pieces)
    contexts: dict[int, Context] = {}
    blocks = []
    for frame, text, link in pieces:
        scope = frame.scope
        context = contexts.get(scope.context)
        if context is None:
            context = contexts[scope.context] = Context(scope.context)
        path, names = places.path_and_names(frame)
        parent = frame.parent
        blocks.append(
            RawBlock(
                text=text,
                tag=frame.tag,
                path=path,
                level=scope.level,
                group=scope.group,
                container=places.container(frame),
                link_chars=min(link, len(text)),
                context=context,
                signature=f"{frame.tag}|{frame.own}|{parent.own if parent is not None else ''}",
                resource=scope.resource,
                names=names,
            )
        )
    return blocks
