"""Lines as rows of words, for finding what recurs in them: numbers are alike, signs between words do not count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archiver.clean.fold import fold

#: What stands for any number in a key.
NUMBER = "0"
#: Scripts written without spaces whose characters the pattern language takes one by one.
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff"
_SIGNS = re.escape(
    ' .,:;!?¿¡()[]{}<>|/\\"~_=+&•·●○◦▪■□▶►▸▹▷◀◄◂▼▾▽▲▴△→←↑↓⇒⟶➜➔➤➝➡⬇⬅×✕✖✓✔★☆'
    "、。・،؛؟…‥〈〉《》【】〔〕〜「」『』“”„«»‹›–—|↗↘⌄⌃^"
)
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,'’ \u00a0\u202f]\d+)*+(?:[ \u00a0]?(?:k|m|tsd|mio)(?!\w))?)"
    rf"|[{_UNSPACED}]"
    r"|[©*]"
    rf"|[^\s\d{_SIGNS}{_UNSPACED}©*'’‘`\-][^\s{_SIGNS}{_UNSPACED}©*]*",
    re.IGNORECASE,
)
_CONTINUES = re.compile(f"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or character of a spaceless script in a line."""

    key: str
    """Folded; :data:`NUMBER` for any number."""
    start: int
    end: int


@lru_cache(maxsize=32768)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` in order, with their places in it."""
    tokens = []
    for found in _TOKEN.finditer(text):
        key = NUMBER if found["number"] else fold(found[0]).replace(" ", "")
        if key:
            tokens.append(Token(key, found.start(), found.end()))
    return tuple(tokens)


def key_of(text: str) -> str:
    """Return what lines have in common that differ only in numbers, case, accents, signs and spaces; may be empty.

    Empty where the line holds no letter: a bare number is never a prompt.
    """
    keys = [token.key for token in tokens_of(text)]
    if not any(sign.isalpha() for key in keys for sign in key):
        return ""
    return " ".join(keys)


def is_unspaced(key: str) -> bool:
    """Tell whether a word is a character of a script that is written without spaces."""
    return _CONTINUES.match(key) is not None


def word_weight(keys: tuple[str, ...]) -> int:
    """Return how many words ``keys`` are worth, in halves: two characters of a spaceless script make a word.

    Numbers and signs are worth nothing.
    """
    letters = [key for key in keys if any(sign.isalpha() for sign in key)]
    return sum(1 if is_unspaced(key) else 2 for key in letters)


def letters_in(keys: tuple[str, ...]) -> int:
    """Return the number of letters in ``keys``; a character of a spaceless script counts as three."""
    return sum(3 if is_unspaced(key) else sum(sign.isalpha() for sign in key) for key in keys)
