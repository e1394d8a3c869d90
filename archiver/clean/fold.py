"""The folded copy of a line: what phrase rules are matched against.

Folding hides differences that do not change what a prompt says: case, accents, kinds of quotation
marks and dashes, kinds of space, Arabic vowel signs and alef forms, Turkish dotted and dotless i.
The kept text itself is never folded.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Format and joining characters that show nothing (Unicode default ignorable code points in use on the web).
_INVISIBLE = (0x00AD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
              *range(0xFE00, 0xFE10), 0xFEFF, *range(0xFFF9, 0xFFFC))  # fmt: skip

#: Latin, Greek and Cyrillic accents; Arabic vowel signs, superscript alef and tatweel.
_MARKS = (*range(0x0300, 0x0370), *range(0x0483, 0x0488), *range(0x064B, 0x0660), 0x0670, 0x0640)

_APOSTROPHES = "‘’‚‛`´′ʼʹ"
_QUOTES = "“”„‟″〝〞「」『』"
_DASHES = "‐‑‒–—―−﹘﹣"

_LETTERS = {
    "ı": "i", "ł": "l", "đ": "d", "ø": "o",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي",
}  # fmt: skip

#: Blocks whose precomposed letters lose their accents: Latin, Greek, Cyrillic, Latin and Greek additions.
_ACCENTED = (range(0x00C0, 0x0250), range(0x0370, 0x0530), range(0x1E00, 0x2000))


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for block in _ACCENTED:
        for code in block:
            parts = unicodedata.normalize("NFD", chr(code))
            if len(parts) > 1 and all(unicodedata.combining(mark) for mark in parts[1:]):
                table[code] = parts[0]
    table.update({ord(old): new for old, new in _LETTERS.items()})
    table.update({ord(sign): "'" for sign in _APOSTROPHES})
    table.update({ord(sign): '"' for sign in _QUOTES})
    table.update({ord("‹"): "<", ord("«"): "<", ord("›"): ">", ord("»"): ">"})
    table.update({ord(sign): "-" for sign in _DASHES})
    table.update(dict.fromkeys(_MARKS))
    table.update(dict.fromkeys(_INVISIBLE))
    return table


_TABLE = _table()
#: A line of no more characters is asked for its prompts, its part and its neighbours, and folded once for all of them.
_KEPT_CHARS = 400


def fold(text: str) -> str:
    """Return ``text`` for comparison: NFKC, case-folded, accents and marks gone, one kind of each sign, single spaces.

    The result has no white space at its ends. ``©`` and ``*`` stay: a rule that asks for them must
    not come down to a bare number. Folding twice gives the same as folding once.
    """
    return _fold_line(text) if len(text) <= _KEPT_CHARS else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        # Backtick and straight quotation marks are told apart nowhere in the rules.
        return " ".join(text.lower().replace("`", "'").split())
    folded = _fold_once(text)
    # A sign that is taken away can bring two halves of one letter together.
    while not unicodedata.is_normalized("NFKC", folded):
        folded = _fold_once(folded)
    return folded


def _fold_once(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_TABLE).split())


_fold_line = lru_cache(maxsize=1024)(_fold)
