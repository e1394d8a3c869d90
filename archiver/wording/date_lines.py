"""Lines that hold nothing but date information, as sites print them under a headline.

A line is cut into tokens, each token becomes one letter, and the letters have to match one of two
patterns: ``P W n M Y T Z`` stands for "Published: Friday 21 October 2016 10:25 BST".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archiver.model.metadata import DateValue
from archiver.wording.date_tokens import (
    Number,
    Offset,
    Phrase,
    Time,
    Token,
    Unknown,
    YearFirst,
    YearLast,
    ZoneName,
    tokens,
)
from archiver.wording.date_values import Clock, Day, DayOrder, lower, make_date, make_numeric_date
from archiver.wording.fold import fold_word
from archiver.wording.lexicon import Kind, lexicon

#: The longest lines of two dates with labels and zones have about 130 characters.
LONGEST_LINE = 160

#: P, U: labels; W: weekday; M: month; B: a word that is either; n: one or two digits; Y: four digits;
#: S: year first; L: year last; T: time; d: time with a dot; A: half of the day; a: the same or a mere
#: connector; h: o'clock; Z: zone; O: offset.
_DAY = "(?:n[MB]Y|[MB]nY|Y[MB]n|[MB]Y|n[MB]n|S|L|Y)a?"
_TIME = "(?:[Aa]?[Td]h?[Aa]?|n[Aa]|[Aa]nh?|nh)(?:Z{0,2}O?|OZ)"
_MOMENT = f"(?:[WB]?{_DAY}[WB]?(?:{_TIME})?|[WB]?{_TIME}[WB]?{_DAY}[WB]?)"
_LABEL_FIRST = re.compile(f"(?P<one>[PU]?{_MOMENT})(?P<two>[PU](?:{_MOMENT}|{_TIME}))?")
_LABEL_LAST = re.compile(f"(?P<one>{_MOMENT}[PU])(?P<two>{_MOMENT}[PU])?")
_PARTS = re.compile(f"(?P<label>[PU])?(?:(?P<weekday>[WB])?(?P<day>{_DAY})(?P<weekday2>[WB])?(?P<time>{_TIME})?"
                    f"|(?P<weekday3>[WB])?(?P<time2>{_TIME})(?:(?P<weekday4>[WB])?(?P<day2>{_DAY})(?P<weekday5>[WB])?)?)"
                    "(?P<label2>[PU])?")  # fmt: skip

_MONTH_ALONE = ("MY", "BY", "S")
#: Two dates with labels, weekdays, times and zones have 20.
_MOST_TOKENS = 24
_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: Every date has a year of four digits, or two numbers.
_MAY_BE_DATE = re.compile(r"\d(?:\d{3}|\D+\d)")
_EDGES = " \t\u00a0|•·,;:–—-([/"


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line of date information tells: pairs of a role, ``published`` or ``modified``, and a date.

    ``labelled`` is True when the line itself says what its first date is; a date without a label is
    given as published.
    """

    text: str
    dates: tuple[tuple[str, DateValue], ...]
    labelled: bool

    def value_of(self, role: str) -> DateValue | None:
        """Return the date in the ``role`` ``published`` or ``modified``."""
        return next((value for own, value in self.dates if own == role), None)


def parse_date_line(text: str, *, language: str, day_order: DayOrder = DayOrder.UNKNOWN) -> DateLine | None:
    """Return the dates of a line that is nothing but date information, None for any other line.

    ``language`` is the BCP 47 tag of the text, with its region if that is known; ``day_order`` is what
    the other dates of the same source tell. A line with a word or sign that is no date information
    is never a date line, nor are spans, bare years, days without a year, or impossible dates. The
    wording kept with a date is the line, or its part where the line holds two dates.
    """
    if len(text) > LONGEST_LINE or not _MAY_BE_DATE.search(text):
        return None
    line = text.strip()
    first = _FIRST_WORD.match(line)
    if first is not None and fold_word(first.group()) not in lexicon(language) and first.group().isascii():
        return None
    kept: list[Token] = []
    letters = ""
    begins_with_connector = False
    for token in tokens(line, language=language):
        letter = _letter(token)
        if letter == "?":
            return None
        begins_with_connector = begins_with_connector or not (letter or letters)
        if letter:
            letters += letter
            kept.append(token)
            if len(kept) > _MOST_TOKENS:
                return None
    spans = _shape(letters)
    if spans is None:
        return None
    if letters in _MONTH_ALONE and begins_with_connector:
        return None  # "En mai 2019" opens a sentence
    return _read(line, [(letters[a:b], kept[a:b]) for a, b in spans], language=language, day_order=day_order)


@lru_cache(maxsize=1024)
def _shape(letters: str) -> tuple[tuple[int, int], ...] | None:
    """Return where the one or two dates of a line lie in its letters, None when the line has no such shape."""
    match = _LABEL_FIRST.fullmatch(letters) or _LABEL_LAST.fullmatch(letters)
    if match is None or letters == "Y":
        return None
    return tuple(match.span(name) for name in ("one", "two") if match[name])


@lru_cache(maxsize=1024)
def _part_match(letters: str) -> re.Match[str] | None:
    return _PARTS.fullmatch(letters)


def _letter(token: Token) -> str:
    match token:
        case Number():
            return {1: "n", 2: "n", 4: "Y"}.get(token.digits, "?")
        case Time():
            return "d" if token.dotted else "T"
        case Phrase():
            return _phrase_letter(token)
        case YearFirst():
            return "S"
        case YearLast():
            return "L"
        case ZoneName():
            return "Z"
        case Offset():
            return "O"
        case Unknown():
            return "?"


_PHRASE_LETTERS = {
    frozenset({Kind.MONTH}): "M",
    frozenset({Kind.WEEKDAY}): "W",
    frozenset({Kind.MONTH, Kind.WEEKDAY}): "B",
    frozenset({Kind.PUBLISHED}): "P",
    frozenset({Kind.MODIFIED}): "U",
    frozenset({Kind.PUBLISHED, Kind.MODIFIED}): "U",
    frozenset({Kind.AM}): "A",
    frozenset({Kind.PM}): "A",
    frozenset({Kind.PM, Kind.CONNECTOR}): "a",
    frozenset({Kind.HOUR}): "h",
    frozenset({Kind.HOUR, Kind.CONNECTOR}): "",
    frozenset({Kind.CONNECTOR}): "",
}


def _phrase_letter(token: Phrase) -> str:
    kinds = frozenset(kind for kind, _ in token.meanings)
    letter = _PHRASE_LETTERS.get(kinds)
    if letter is not None:
        return letter
    for kind in (Kind.MONTH, Kind.WEEKDAY, Kind.AM, Kind.PM):
        if kind in kinds:
            return _PHRASE_LETTERS[frozenset({kind})]
    return ""


def _read(line: str, parts: list[tuple[str, list[Token]]], *, language: str, day_order: DayOrder) -> DateLine | None:
    dates: list[tuple[str, DateValue]] = []
    labelled = False
    first: _Fields | None = None
    for position, (letters, own) in enumerate(parts):
        fields = _fields(letters, own)
        if fields is None:
            return None
        if not fields.has_day and first is not None:
            fields = fields.on_day_of(first)
        begin = own[0].start if position else 0
        end = parts[position + 1][1][0].start if position + 1 < len(parts) else len(line)
        wording = line[begin:end].rstrip(_EDGES) if len(parts) > 1 else line
        value = fields.value(wording, language=language, day_order=day_order)
        role = fields.role or ("published" if first is None else "modified")
        if value is None or any(role == taken for taken, _ in dates):
            return None
        labelled = labelled or (position == 0 and fields.role is not None)
        first = first or fields
        dates.append((role, value))
    return DateLine(line, tuple(dates), labelled)


@dataclass(frozen=True, slots=True)
class _Fields:
    role: str | None
    day: Day | None
    year_last: YearLast | None
    weekday: int | None
    clock: Clock | None
    certainty: str

    @property
    def has_day(self) -> bool:
        return self.day is not None or self.year_last is not None

    def on_day_of(self, other: _Fields) -> _Fields:
        """Take the day of the date before: ``3 May 2019 10:25, updated 11:30``."""
        return _Fields(self.role, other.day, other.year_last, other.weekday, self.clock, other.certainty)

    def value(self, wording: str, *, language: str, day_order: DayOrder) -> DateValue | None:
        if self.day is not None:
            return make_date(self.day, self.clock, wording, language=language, certainty=self.certainty)
        if self.year_last is None:
            return None
        short = self.year_last.two_digit_year
        if (
            short
            and not (self.role or self.clock or self.weekday is not None)
            and not _may_stand_alone(wording, language)
        ):
            return None
        value = make_numeric_date(
            self.year_last.numbers, self.weekday, self.clock, wording, language=language, day_order=day_order
        )
        if value is None or not short:
            return value
        certainty = lower(value.certainty, "medium")
        return DateValue(value.value, value.precision, wording, certainty, value.not_before, value.not_after)


def _may_stand_alone(wording: str, language: str) -> bool:
    # 10.4.11 is a version number in English; 03.05.19 is a date where dates have dots and two digits.
    return bool(re.fullmatch(r"\d\d\.\s?\d\d\.\s?\d\d\.?", wording)) and not language.startswith("en")


def _fields(letters: str, own: list[Token]) -> _Fields | None:
    match = _part_match(letters)
    if match is None:
        return None
    label = next((match[name] for name in ("label", "label2") if match[name]), None)
    role = {"P": "published", "U": "modified", None: None}[label]
    weekday: int | None = None
    for name in ("weekday", "weekday2", "weekday3", "weekday4", "weekday5"):
        if match[name]:
            token = own[match.start(name)]
            weekday = token.number_of(Kind.WEEKDAY) if isinstance(token, Phrase) else None
    time_at = "time" if match["time"] else "time2"
    clock: Clock | None = None
    certainty = "high"
    if match[time_at]:
        clock, certainty = _clock(own[match.start(time_at) : match.end(time_at)])
    day_at = "day" if match["day"] else "day2"
    day_tokens = own[match.start(day_at) : match.end(day_at)] if match[day_at] else []
    if any(isinstance(token, YearLast) for token in day_tokens):
        year_last = next(token for token in day_tokens if isinstance(token, YearLast))
        return _Fields(role, None, year_last, weekday, clock, certainty)
    day = _day(day_tokens, weekday)
    if day is not None and [t for t in day_tokens if isinstance(t, Number)][-1:] and _is_short_year(day_tokens):
        certainty = lower(certainty, "medium")
    if day is not None and day.month is None and (clock is not None or weekday is not None or role is None):
        return None
    if day is not None and day.day is None and clock is not None:
        return None
    return _Fields(role, day, None, weekday, clock, certainty)


def _is_short_year(day_tokens: list[Token]) -> bool:
    numbers = [token for token in day_tokens if isinstance(token, Number)]
    return len(numbers) == 2 and all(number.digits <= 2 for number in numbers)


def _day(day_tokens: list[Token], weekday: int | None) -> Day | None:
    year: int | None = None
    month: int | None = None
    day: int | None = None
    for token in day_tokens:
        match token:
            case YearFirst():
                return Day(token.year, token.month, token.day, weekday)
            case Phrase():
                month = token.number_of(Kind.MONTH) or month
            case Number(digits=4):
                year = token.value
            case Number() if day is None:
                day = token.value
            case Number():
                year = token.value + (2000 if token.value < 70 else 1900)
            case _:
                pass
    return None if year is None else Day(year, month, day, weekday)


def _clock(time_tokens: list[Token]) -> tuple[Clock, str]:
    hour, minute, second = 0, 0, None
    offset: int | None = None
    zone: str | None = None
    half: Kind | None = None
    for token in time_tokens:
        match token:
            case Time():
                hour, minute, second = token.hour, token.minute, token.second
            case Number():
                hour = token.value
            case Phrase():
                found = [kind for kind in (Kind.AM, Kind.PM) if token.number_of(kind) is not None]
                half = found[0] if found else half
            case Offset():
                offset = token.minutes
            case ZoneName():
                zone = token.name
            case _:
                pass
    certainty = "high"
    if half is not None and (hour > 12 or hour == 0):
        certainty = "medium"
    elif half is Kind.PM and hour < 12:
        hour += 12
    elif half is Kind.AM and hour == 12:
        hour = 0
    return Clock(hour, minute, second, offset, zone if offset is None else None), certainty
