"""Personal names by their form: capitals, particles, initials, and words that no name has."""

from __future__ import annotations

import re

from archiver.wording.byline_marks import is_han_name
from archiver.wording.name_words import JOB_WORDS, NOT_IN_NAMES, ORGANISATION_WORDS, PARTICLES, TITLES

_LONGEST_NAME = 60
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-?){1,3}\.|[^\W\d_]")
_NAME_WORD = re.compile(
    r"(?:[dDlL]['’]|[OA]['’]|al-|el-|ul-|as-|ar-|at-|an-|ad-|ash-|'t)?[^\W\d_](?:[^\W\d_]|['’ʼ`\u0300-\u036f])*"
    r"(?:-(?:[^\W\d_]|['’])+){0,2}\.?"
)
_CASELESS = re.compile(
    r"[\u0600-\u06ff\u200c]+(?: [\u0600-\u06ff\u200c]+){1,3}|[\u0590-\u05ff]+(?: [\u0590-\u05ff]+){1,2}"
    r"|[\u0900-\u097f]+(?: [\u0900-\u097f]+){1,2}"
)
_LIST = re.compile(
    r"\s*[,、，]\s*(?:and|und|et|y|e|en|i|и|و|ve|og|och|&)\s+|\s*[,、，;|/]\s*"
    r"|\s+(?:and|AND|und|UND|et|ET|ve|VE|og|OG|och|OCH|&|\+)\s+"
)
_SHORT_AND = re.compile(r"\s+(?:y|e|i|en|и|та|a|ja|és|și|و|und|et)\s+|\s+و(?=[\u0600-\u06ff]{2,})")
_SUFFIXES = frozenset(("jr", "jr.", "sr.", "ii", "iii", "iv"))


def looks_like_name(text: str) -> bool:
    """Tell whether a line can be nothing but the name of one person, as far as its form tells.

    Two to four capitalised words, with particles and initials between them, none of which is a word
    of headings, places, jobs or newsrooms; or a Chinese name. One word alone never counts.
    """
    return is_name(text.strip(), single=False) and not text.strip().endswith(".")


def is_name(text: str, *, single: bool, marked: bool = False) -> bool:
    """Tell whether ``text`` has the form of a personal name.

    ``single`` allows one word. ``marked`` says that a byline's mark stands before it: only then can
    names in scripts without capitals (Arabic, Hebrew, Devanagari) be told from other words.
    """
    if not 2 <= len(text) <= _LONGEST_NAME:
        return False
    if not text.isascii():
        if is_han_name(text):
            return marked or len(text) <= 3
        if _CASELESS.fullmatch(text):
            return marked
    words = text.split()
    if len(words) > 7:
        return False
    capitals = full = 0
    for position, word in enumerate(words):
        lowered = word.lower().rstrip(".,")
        if lowered in _SUFFIXES and position:
            continue
        if lowered in PARTICLES and (position < len(words) - 1) and (word[0].islower() or capitals or len(words) > 2):
            capitals += word[0].isupper() and not position
            continue
        if not _NAME_WORD.fullmatch(word) and not _INITIAL.fullmatch(word):
            return False
        if (
            not _is_capitalised(word)
            or lowered in NOT_IN_NAMES
            or lowered in ORGANISATION_WORDS
            or lowered in JOB_WORDS
        ):
            return False
        capitals += 1
        full += len(lowered.replace(".", "")) > 1
    if not full or capitals > 4:
        return False
    return capitals >= 2 or (single and capitals == 1)


def _is_capitalised(word: str) -> bool:
    bare = re.sub(r"^(?:al|el|ul|as|ar|at|an|ad|ash)-|^[dl]['’]|^'t", "", word)
    return bool(bare) and bare[0].isupper()


def without_title(name: str) -> str:
    """Return ``name`` without the forms of address in front of it."""
    words = name.split()
    while len(words) > 2 and words[0].lower().rstrip(".") in TITLES:
        words = words[1:]
    return " ".join(words) if words else name


def split_names(text: str) -> list[str]:
    """Return the items of a list of names: parted by commas, semicolons, bars and the words for "and".

    A short word for "and" (y, e, i, en) parts only where full names stand on both sides, since it can
    be part of a family name: "Ortega y Gasset".
    """
    items: list[str] = []
    for item in _LIST.split(text):
        parts = _SHORT_AND.split(item)
        if len(parts) > 1 and all(len(part.split()) >= 2 for part in parts):
            items.extend(parts)
        else:
            items.append(item)
    return [item.strip() for item in items if item.strip()]
