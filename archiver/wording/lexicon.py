"""The dictionary of one language's date words: which words, alone or in a row, mean what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache

from archiver.wording.date_phrases import AM, CONNECTORS, HOURS, MODIFIED, PM, PUBLISHED
from archiver.wording.fold import fold_phrase, primary_language
from archiver.wording.months import MONTHS, WEEKDAYS


class Kind(StrEnum):
    """What a phrase tells in a line of date information."""

    MONTH = "month"
    WEEKDAY = "weekday"
    PUBLISHED = "published"
    MODIFIED = "modified"
    CONNECTOR = "connector"
    AM = "am"
    PM = "pm"
    HOUR = "hour"


#: Meanings of a phrase: kind, and the number of the month (1 to 12) or weekday (0 is Monday).
Meanings = tuple[tuple[Kind, int], ...]
#: First word of a phrase to all phrases that begin with it, longest first.
Lexicon = Mapping[str, tuple[tuple[tuple[str, ...], Meanings], ...]]

#: Words of another language than the text's (or English) count from this length on: shorter ones,
#: such as "la" (Finnish: Saturday), collide too often.
_FOREIGN_LENGTH = 4
_NEVER_SHORT = 99

#: Languages whose tables are kept under another tag.
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "yue": "zh", "be": "ru", "sr": "bg"}


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """Return the date words for a text in ``language`` (BCP 47).

    Its own words come first, then English ones (sites print English dates in any language), then
    the longer words of all others. For an unknown language all words count.
    """
    own = primary_language(language)
    own = _ALIASES.get(own, own)
    known = own in MONTHS or own in WEEKDAYS
    order = [own] if known else []
    if own != "en":
        order.append("en")
    phrases: dict[tuple[str, ...], Meanings] = {}
    for name in order:
        _add(phrases, name, shortest=1)
    # Those of all languages, once: what they have of these two stands in ``phrases`` and gives way to that.
    others = _of_all(_FOREIGN_LENGTH if known else 2)
    found = dict(others)
    for first, rows in _by_first(phrases).items():
        further = [row for row in others.get(first, ()) if row[0] not in phrases]
        found[first] = tuple(sorted((*rows, *further), key=_longest_first))
    return found


@cache
def _of_all(shortest: int) -> Lexicon:
    """The words of all languages from a length on; each means what it does in the first language that has it."""
    phrases: dict[tuple[str, ...], Meanings] = {}
    for name in sorted(set(MONTHS) | set(WEEKDAYS)):
        _add(phrases, name, shortest=shortest)
    return {first: tuple(sorted(rows, key=_longest_first)) for first, rows in _by_first(phrases).items()}


def _by_first(phrases: Mapping[tuple[str, ...], Meanings]) -> dict[str, list[tuple[tuple[str, ...], Meanings]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], Meanings]]] = {}
    for words, meanings in phrases.items():
        by_first.setdefault(words[0], []).append((words, meanings))
    return by_first


def _longest_first(row: tuple[tuple[str, ...], Meanings]) -> int:
    return -len(row[0])


@lru_cache(maxsize=1)
def han_phrases() -> tuple[str, ...]:
    """Return every phrase in Han or kana script, longest first: these scripts part no words by spaces."""
    found = {phrase for name in ("zh", "ja") for phrase, _, _ in _phrases(name)}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def _add(phrases: dict[tuple[str, ...], Meanings], language: str, *, shortest: int) -> None:
    fresh: dict[tuple[str, ...], Meanings] = {}
    for words, length, kind, number in _folded(language):
        if words in phrases or length < shortest:
            continue
        earlier = fresh.get(words, ())
        if (kind, number) not in earlier:
            fresh[words] = (*earlier, (kind, number))
    phrases.update(fresh)


@lru_cache(maxsize=64)
def _folded(language: str) -> tuple[tuple[tuple[str, ...], int, Kind, int], ...]:
    """The phrases of a language as folded words, with their length; one in another script is never too short."""
    rows = ((fold_phrase(phrase), phrase, kind, number) for phrase, kind, number in _phrases(language))
    return tuple(
        (words, len(phrase) if phrase.isascii() else _NEVER_SHORT, kind, number)
        for words, phrase, kind, number in rows
        if words
    )


def _phrases(language: str) -> Iterator[tuple[str, Kind, int]]:
    for kind, table in ((Kind.MONTH, MONTHS), (Kind.WEEKDAY, WEEKDAYS)):
        first = 1 if kind is Kind.MONTH else 0
        for number, group in enumerate(table.get(language, "").split(), start=first):
            for phrase in group.split("/"):
                yield phrase.replace("_", " "), kind, number
    labels = (
        (Kind.PUBLISHED, PUBLISHED),
        (Kind.MODIFIED, MODIFIED),
        (Kind.CONNECTOR, CONNECTORS),
        (Kind.AM, AM),
        (Kind.PM, PM),
        (Kind.HOUR, HOURS),
    )
    for kind, table in labels:
        for phrase in filter(None, table.get(language, "").split("|")):
            yield phrase, kind, 0
