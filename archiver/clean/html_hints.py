"""What the head of a page says that helps to tell its text from the rest: titles, descriptions, kind of page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from archiver.model.document import Document

_NOT_WORD = re.compile(r"\W+")
_TITLES = frozenset({"title", "headline"})
#: Shorter texts say too little to be compared with a description.
_STEM = 25
_MOST = 6
#: What stands near the headline is compared several times, and levelled once if it is no longer.
_KEPT_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class PageHints:
    """Wordings levelled as by :func:`level`."""

    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    news: int
    """2 where the page calls itself a news article, 1 an article, else 0."""
    dated: int
    """1 where a date of publication is given."""
    signed: int
    """1 where an author is named."""


def read_hints(document: Document) -> PageHints:
    """Return what the hints of ``document`` say."""
    titles: list[str] = []
    descriptions: list[str] = []
    seen: set[tuple[bool, str]] = set()
    news = dated = signed = 0
    for hint in document.hints:
        field = hint.field
        if field in _TITLES or field == "description":
            is_title = field in _TITLES
            values = titles if is_title else descriptions
            if len(values) == _MOST or (is_title, hint.value) in seen:
                continue
            seen.add((is_title, hint.value))
            value = level(hint.value)
            if len(value) > 3 and value not in values:
                values.append(value)
        elif field == "article_type":
            name = hint.value.lower()
            news = max(news, 2 if "newsarticle" in name else int(name.endswith(("article", "posting"))))
        elif field == "published":
            dated = 1
        elif field == "author":
            signed = 1
    return PageHints(tuple(titles), tuple(descriptions), news, dated, signed)


def level(text: str) -> str:
    """Return the letters and digits of ``text``, case folded and parted by single spaces, to compare wordings."""
    return _level_line(text) if len(text) <= _KEPT_CHARS else _level(text)


def _level(text: str) -> str:
    return _NOT_WORD.sub(" ", text.casefold()).strip()


_level_line = lru_cache(maxsize=256)(_level)


def title_match(text: str, titles: Sequence[str]) -> int:
    """2 if ``text`` (levelled) is one of the titles, 1 if one holds the other almost whole, else 0."""
    match = 0
    for title in titles:
        if text == title:
            return 2
        if len(text) >= 15 and (title.startswith(text) or (len(title) >= 15 and text.startswith(title))):
            match = 1
    return match


def description_match(text: str, descriptions: Sequence[str]) -> int:
    """3 if ``text`` (levelled) is a description, 2 if one starts the other, 1 if one holds the other, else 0."""
    match = 0
    if len(text) < _STEM:
        return 0
    for description in descriptions:
        if text == description:
            return 3
        if len(description) < _STEM:
            continue
        stem = description[:-12] if len(description) > 60 else description
        if text.startswith(stem) or description.startswith(text):
            match = max(match, 2)
        elif text in description or description in text:
            match = max(match, 1)
    return match
