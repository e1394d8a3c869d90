"""Cutting a line of date information into tokens; a line with anything else in it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archiver.wording.date_values import Numeric
from archiver.wording.fold import MARKS, fold_word
from archiver.wording.lexicon import Kind, Meanings, han_phrases, lexicon
from archiver.wording.zones import ABBREVIATIONS


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number; ``digits`` tells a year from a day."""

    value: int
    digits: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class YearFirst:
    """``2019-05-03``, ``2019年5月3日`` or ``2019年5月``."""

    year: int
    month: int
    day: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class YearLast:
    """``03/05/2019``: day and month still to be told apart."""

    numbers: Numeric
    two_digit_year: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Time:
    """``10:25``, ``10h25``, ``10:25:30``; ``dotted`` for ``10.25``, which can be other things."""

    hour: int
    minute: int
    second: int | None
    dotted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Offset:
    """``+01:00``, in minutes."""

    minutes: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ZoneName:
    """An abbreviation such as ``BST``, in capitals."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that the lexicon knows."""

    meanings: Meanings
    start: int
    end: int

    def number_of(self, kind: Kind) -> int | None:
        """Return the number of the month or weekday that this phrase can mean, else None."""
        for own, number in self.meanings:
            if own is kind:
                return number
        return None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word or sign that is no date information."""

    text: str
    start: int
    end: int


Token = Number | YearFirst | YearLast | Time | Offset | ZoneName | Phrase | Unknown

_TOKEN = re.compile(
    rf"""
    (?P<space>[\s\u200e\u200f.,|•·∙⋅—\u2013:;()\[\]'’°،、：（）｜・，。／▪●–]+ | / )
  | (?P<iso>(?P<iso_year>\d{{4}})(?:(?P<iso_sign>[-/]|\.\s?)(?P<iso_month>\d{{1,2}})(?P=iso_sign)(?P<iso_day>\d{{1,2}})(?!\d)(?:T(?=\d))?
      | \s?[年년]\s?(?P<han_month>\d{{1,2}})\s?[月월](?:\s?(?P<han_day>\d{{1,2}})\s?[日号號일])?))
  | (?P<numeric>(?P<first>\d{{1,2}})(?P<sign>/|\s/\s|\.\s?|-)(?P<second>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d\d)(?!\d|[./-]\d))
  | (?P<time>(?P<hour>\d{{1,2}})(?:[:：]|\s?[hH]\s?)(?P<minute>\d\d)(?:[:：m](?P<seconds>\d\d)s?(?:[.,]\d+)?)?(?![\d:]))
  | (?P<han_time>(?P<han_hour>\d{{1,2}})\s?[時时點点시](?:\s?(?P<han_minute>\d{{1,2}})\s?[分분](?:\s?(?P<han_second>\d{{1,2}})\s?[秒초])?)?)
  | (?P<dotted>(?P<dot_hour>\d{{1,2}})\.(?P<dot_minute>\d\d)(?!\.?\d))
  | (?P<offset>[+\-−](?P<off_hours>\d\d?)(?::?(?P<off_minutes>\d\d))?(?!\d))
  | (?P<number>\d+)
  | (?P<dash>[-‐‑])
  | (?P<word>{"|".join(map(re.escape, han_phrases()))}|[^\W\d_][^\W\d_{MARKS}]*(?:[{MARKS}]+[^\W\d_]*)*)
  | (?P<other>.)
    """,  # noqa: E501 (one alternative a line)
    re.VERBOSE | re.DOTALL,
)

_SECONDS = re.compile(r":\d\d:\d\d(?:\.\d+)?$")
_QUARTERS = (0, 15, 30, 45)


def tokens(text: str, *, language: str) -> Iterator[Token]:
    """Yield the tokens of ``text`` in order; the first :class:`Unknown` one is the last.

    Spaces, separators and brackets yield nothing. ``language`` is the BCP 47 tag of the text.
    """
    words: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text):
        group = match.lastgroup or "other"
        if group == "word":
            words.append(match)
            continue
        if group in ("space", "dash"):
            continue
        yield from _phrases(words, language)
        words.clear()
        reader = _READERS.get(group)
        yield reader(match) if reader else Unknown(match.group(), match.start(), match.end())
    yield from _phrases(words, language)


def _phrases(words: list[re.Match[str]], language: str) -> Iterator[Token]:
    table = lexicon(language)
    folded = [fold_word(word.group()) for word in words]
    at = 0
    while at < len(words):
        start = words[at].start()
        rows = table.get(folded[at], ())
        taken, meanings = next(
            ((len(phrase), found) for phrase, found in rows if tuple(folded[at : at + len(phrase)]) == phrase), (0, ())
        )
        raw = words[at].group()
        if raw in ABBREVIATIONS and not (taken and raw in ("MT", "PT", "ET", "CT") and language[:2] != "en"):
            yield ZoneName(raw, start, words[at].end())
            at += 1
        elif taken:
            yield Phrase(meanings, start, words[at + taken - 1].end())
            at += taken
        else:
            yield Unknown(raw, start, words[at].end())
            return


def _year_first(match: re.Match[str]) -> Token:
    day = match["iso_day"] or match["han_day"]
    month = match["iso_month"] or match["han_month"]
    return YearFirst(int(match["iso_year"]), int(month), int(day) if day else None, match.start(), match.end())


def _year_last(match: re.Match[str]) -> Token:
    short = len(match["year"]) == 2
    year = int(match["year"])
    if short:
        year += 2000 if year < 70 else 1900
    numbers = Numeric(int(match["first"]), int(match["second"]), year, match["sign"].strip())
    return YearLast(numbers, short, match.start(), match.end())


def _time(match: re.Match[str]) -> Token:
    second = int(match["seconds"]) if match["seconds"] else None
    return Time(int(match["hour"]), int(match["minute"]), second, False, match.start(), match.end())


def _han_time(match: re.Match[str]) -> Token:
    minute, second = match["han_minute"], match["han_second"]
    seconds = int(second) if second else None
    return Time(int(match["han_hour"]), int(minute or 0), seconds, False, match.start(), match.end())


def _dotted(match: re.Match[str]) -> Token:
    return Time(int(match["dot_hour"]), int(match["dot_minute"]), None, True, match.start(), match.end())


def _offset(match: re.Match[str]) -> Token:
    hours, minutes = int(match["off_hours"]), int(match["off_minutes"] or 0)
    before = match.string[: match.start()].rstrip()
    anchored = before[-1:].isdigit() or before.endswith(("GMT", "UTC", "UT", "T", "am", "pm", "AM", "PM"))
    glued = before.endswith(("GMT", "UTC"))
    if match.group()[0] != "+" and ":" in match.group() and not glued and not _SECONDS.search(before):
        return Unknown(match.group(), match.start(), match.end())  # 10:00-11:00 is a span of time
    if minutes in _QUARTERS and hours <= 14 and (glued or (anchored and match["off_minutes"])):
        total = hours * 60 + minutes
        return Offset(total if match.group()[0] == "+" else -total, match.start(), match.end())
    if match.group()[0] == "+":
        return Unknown(match.group(), match.start(), match.end())
    digits = match.group()[1:]
    if not digits.isdigit():
        return Unknown(match.group(), match.start(), match.end())
    return Number(int(digits), len(digits), match.start() + 1, match.end())


def _number(match: re.Match[str]) -> Token:
    if match.end() - match.start() > 4:
        return Unknown(match.group(), match.start(), match.end())
    return Number(int(match.group()), match.end() - match.start(), match.start(), match.end())


_READERS: dict[str, Callable[[re.Match[str]], Token]] = {
    "iso": _year_first,
    "numeric": _year_last,
    "time": _time,
    "han_time": _han_time,
    "dotted": _dotted,
    "offset": _offset,
    "number": _number,
}
