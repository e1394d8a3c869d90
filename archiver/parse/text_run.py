"""Text as a reader sees it."""

from __future__ import annotations

import re

#: ASCII white space (Infra standard section 4.7); a no-break space is not collapsed.
_SPACES = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")


def collapse(text: str) -> str:
    """Return ``text`` with runs of ASCII white space as one space and none at the ends (CSS Text 3, 4.1.1)."""
    if text.isascii():
        return " ".join(text.split())
    text = text.strip()
    if "  " in text or not text.isprintable():  # no control is printable; a search would cost five times as much
        return _SPACES.sub(" ", text)
    return text
