"""The text gathered for the block that is open."""

from __future__ import annotations

import re

#: ASCII white space (Infra standard section 4.7); a no-break space is not collapsed.
_SPACES = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")


def collapse(text: str) -> str:
    """Return ``text`` with runs of ASCII white space as one space and none at the ends (CSS Text 3, 4.1.1)."""
    return _SPACES.sub(" ", text.strip())


class TextRun:
    """Pieces of text between two block boundaries, with how much of it is link text."""

    __slots__ = ("_after_break", "_link", "_link_last", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._link = 0
        self._after_break = False
        self._link_last = False

    def add(self, text: str | None, link: bool) -> None:
        """Append a text node; ``link`` says that it is link text."""
        if not text or (text.isspace() and (self._after_break or not self.parts)):
            return
        self.parts.append(text)
        self._after_break = False
        self._link_last = link
        if link:
            self._link += len(collapse(text))

    def line_break(self) -> bool:
        """Take note of a ``br``; return True where it is the second in a row and so ends the block."""
        if self._after_break:
            return True
        if self.parts:
            self.parts.append("\n")
            self._after_break = True
        return False

    def part_links(self) -> None:
        """Keep two links apart that stand side by side without a space."""
        if self._link_last:
            self.parts.append(" ")

    def take(self, *, keep_lines: bool) -> tuple[str, int]:
        """Return text and number of link characters, and start anew; ``keep_lines`` is for preformatted text."""
        text = "".join(self.parts)
        link = self._link
        self.parts.clear()
        self._link = 0
        self._after_break = self._link_last = False
        return (text.strip() if keep_lines else collapse(text)), link
