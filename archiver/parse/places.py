"""Where the blocks of a page stand: paths, names and shared elements of the frames that own text."""

from __future__ import annotations

from collections.abc import Iterable

from archiver.parse.frame import Frame, Piece

#: Class and id of the elements around are cut here: names over thousands of levels would fill the memory.
_NAMES_CHARS = 4_000


class Places:
    """Paths, names and containers; put together for the elements that need them, each once."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._known: dict[Frame, tuple[str, str]] = {}
        self._held: dict[Frame, int] = {}
        self._ordinals: dict[Frame, int] = {}
        held = self._held
        for piece in pieces:
            above = piece.frame.parent
            while above is not None:
                count = held[above] = held.get(above, 0) + 1
                if count > 1:  # all above a shared element are shared as well
                    break
                above = above.parent

    def path_and_names(self, frame: Frame) -> tuple[str, str]:
        """Return the positional XPath, and class and id from here to the root, innermost first, parted by ``/``."""
        known = self._known
        found = known.get(frame)
        if found is not None:
            return found
        chain = [frame]  # no recursion: nesting can be deep
        above = frame.parent
        while above is not None and above not in known:
            chain.append(above)
            above = above.parent
        path, names = known[above] if above is not None else ("", "")
        for each in reversed(chain):
            tag, label = each.tag, each.label
            if tag.isalnum() and tag.isascii() and (each.nth > 1 or tag not in ("html", "body")):
                path = f"{path}/{tag}[{each.nth}]"
            else:
                path = f"{path}/{step(tag, each.nth)}"
            if label:
                names = f"{label}/{names[:_NAMES_CHARS]}" if names else label
            known[each] = (path, names)
        return path, names

    def container(self, frame: Frame) -> int:
        """Return the ordinal of the nearest element around that holds several blocks."""
        held, above = self._held, frame.parent or frame
        while held.get(above, 0) < 2 and above.parent is not None:
            above = above.parent
        return self._ordinals.setdefault(above, len(self._ordinals) + 1)


def step(tag: str, nth: int) -> str:
    """Return one step of a positional XPath 1.0: the ``nth`` child of this name, from 1."""
    if nth == 1 and tag in ("html", "body"):
        return tag
    if tag.isascii() and tag.replace("-", "").isalnum():
        return f"{tag}[{nth}]"
    # a prefix without a namespace, or another sign that XPath 1.0 does not take in a name
    quote = '"' if "'" in tag else "'"
    return f"*[name()={quote}{tag}{quote}][{nth}]"
