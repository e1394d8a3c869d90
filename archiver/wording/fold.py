"""Folding of words, so that spelling variants of one word meet in one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Combining signs that belong to a word though they are no letters: Arabic vowel signs, Hebrew
#: points, Devanagari vowel signs, and the accents of decomposed Latin text.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963"

_WORD = re.compile(rf"[^\W\d_][^\W\d_{MARKS}]*(?:[{MARKS}]+[^\W\d_]*)*|[0-9]+")


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """Return ``word`` without case, accents, full-width forms and the dot of the Turkish i.

    Case folding and the compatibility decomposition of Unicode (UAX 15), with the combining
    signs of class above 0 dropped.
    """
    lowered = word.casefold()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).replace("ı", "i")


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """Return the folded words of ``phrase``; punctuation is left out."""
    return tuple(fold_word(match.group()) for match in _WORD.finditer(phrase))


def primary_language(tag: str) -> str:
    """Return the primary language subtag of a BCP 47 ``tag``: ``en`` for ``en-GB``."""
    return tag.partition("-")[0].partition("_")[0].lower()


def region_of(tag: str) -> str:
    """Return the region subtag of a BCP 47 ``tag`` in capitals, or an empty string."""
    for part in tag.replace("_", "-").split("-")[1:]:
        if len(part) == 1:
            return ""
        if len(part) == 2 and part.isalpha():
            return part.upper()
    return ""
