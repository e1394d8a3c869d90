"""Datelines: where a story was filed, when, and by which agency, in front of its first words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.wording.date_lines import parse_date_line
from archiver.wording.fold import fold_word
from archiver.wording.lexicon import Kind, lexicon
from archiver.wording.name_words import AGENCIES

#: A dateline ends within the first words of a story.
_REACH = 140


@dataclass(frozen=True, slots=True)
class DatelineParts:
    """A dateline as printed, cut into its parts; ``end`` is the offset where the story begins.

    ``date`` is ISO 8601: ``2016-10-21``, or ``--10-21`` (a day without a year, XML Schema gMonthDay)
    where no year is printed.
    """

    text: str
    place: str | None
    date: str | None
    agency: str | None
    end: int


_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΆ-ΏΑ-ΩЀ-Я"
_LOWER = "a-zß-öø-ÿāăąćčďđēėęěğģīįıķĺļľłńņňōőœŕřśşšţťūůűųźżžșțά-ώа-џ"
_CAPS_WORD = rf"[{_UPPER}][{_UPPER}'’.]+"
_CAPS_PLACE = rf"{_CAPS_WORD}(?:[ /-]{_CAPS_WORD}){{0,4}}"
_TITLE_WORD = rf"[{_UPPER}][{_LOWER}{_UPPER}'’.]+"
_TITLE_PLACE = rf"{_TITLE_WORD}(?:(?:[ /-]|, )(?:(?:de|la|el|am|an|der|i|nad|sur|upon)[ -])?{_TITLE_WORD}){{0,3}}"
#: The country or state behind the place: "BEIRUT, Lebanon", "WASHINGTON, D.C.", "AUSTIN, Texas".
_REGION = rf"(?:, (?:{_TITLE_WORD}(?: {_TITLE_WORD})?|(?:[{_UPPER}]\.){{2}}))?"
_MONTH = rf"[{_UPPER}{_LOWER}]{{3,12}}\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}}\.? (?:de )?{_MONTH}(?:,? (?:de )?\d{{4}})?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_AGENCY = r"\((?P<agency>[^()\d]{2,40})\)"
_DASH = r"(?:\s*\.?\s*[–—―]+\s*|\s*\.-\s+|\s+[-_]{1,2}\s+|(?<=\))-\s*)"
#: Agencies by name: behind a place in small letters another bracket can be a party or "left"; three small
#: letters are an agency's sign.
_KNOWN = (
    "Reuters|AFP|AP|UPI|dpa|DPA|epd|KNA|SID|ots|APA|sda|SDA|Keystone-SDA|EFE|Europa Press|ANSA|AGI|Adnkronos|"
    "PAP|IAR|ČTK|TASR|SITA|MTI|Agerpres|Lusa|LUSA|Belga|ANP|NTB|TT|Ritzau|STT|AA|DHA|İHA|ANKA|TASS|ТАСС|Interfax|Xinhua|"
    "Kyodo|Yonhap|PTI|ANI|IANS|AAP|CP|PA|MENA|WAM|SPA|Bernama|Antara|Bloomberg|CNN|Télam|Notimex|Agência Brasil"
)

_PATTERNS = (
    # МОСКВА, 3 мая — Новости. ...
    re.compile(
        rf"(?P<place>{_CAPS_PLACE}), (?P<date>{_DATE})\s?[-–—]\s?"
        rf"(?P<agency>{_TITLE_WORD}(?: {_TITLE_WORD})?|{_CAPS_WORD})\.\s"
    ),
    # LONDON, Oct 21 (Reuters) - ...; MADRID, 3 may. (EFE).- ...; NEW YORK (AP) — ...; PARIS — ...
    re.compile(rf"(?P<place>{_CAPS_PLACE}{_REGION})(?:[,.]? (?P<date>{_DATE}))?(?:,? {_AGENCY})?{_DASH}(?=\S)"),
    # Berlin (dpa) – ...; Warszawa, 3 maja (PAP) - ...; Wien/Graz (APA) - ...
    re.compile(
        rf"(?P<place>{_TITLE_PLACE})(?:[,.]? (?P<date>{_DATE}))? "
        rf"\((?P<agency>(?:{_KNOWN}|[a-z]{{3}})(?:[/,-] ?[\w-]+){{0,2}})\){_DASH}(?=\S)"
    ),
    # (ANSA) - ROMA, 03 MAG - ...
    re.compile(rf"{_AGENCY}\s?[-–—]\s?(?P<place>{_CAPS_PLACE})(?:, (?P<date>{_DATE}))?{_DASH}(?=\S)"),
    # (CNN) — ...
    re.compile(rf"\((?P<agency>[{_UPPER}]{{2,8}}|Reuters|Bloomberg)\)\s?[-–—]*\s*(?=\S)"),
)  # fmt: skip
_HAN_PATTERNS = (
    # 新华社北京5月3日电（记者…）
    re.compile(
        r"[【（(]?(?P<agency>新华社|新華社|中新社|中新网|中央社|法新社|路透社|美联社)(?P<place>[\u4e00-\u9fff]{2,6}?)"
        r"(?P<date>(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日)?(?:电|電)[】）)]?\s*(?:[（(][^）)]{0,30}[）)])?\s*"
    ),
    # 【东京电】, 【北京讯】, 【ロンドン共同】
    re.compile(r"[【（(［\[](?P<place>[\u30a0-\u30ff\u4e00-\u9fff]{2,10}?)(?P<agency>共同|時事|AFP|ＡＦＰ)?"
        r"(?:综合)?(?:电|電|讯|訊|(?<=共同)|(?<=時事))[】）)］\]]\s*"),
)  # fmt: skip
_YEAR = re.compile(r"\d{4}")
_HAN_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)(\d{1,2})日")
#: Capitals with a dash behind that are no places.
_NOT_PLACES = frozenset(
    "UPDATE UPDATED NOTE BREAKING WATCH EXCLUSIVE ANALYSIS OPINION VIDEO LIVE FACT CORRECTION EDITOR Q A FILE PHOTO "
    "PHOTOS URGENT ANALYSE KOMMENTAR".split()
)


def parse_dateline(paragraph: str, *, language: str) -> DatelineParts | None:
    """Return the dateline that opens ``paragraph``, or None when it opens with the story itself.

    A place in capitals with a dash is enough ("PARIS — "); one in small letters needs the agency in
    brackets ("Wien (APA) - "). ``language`` is the BCP 47 tag of the text and decides which words are
    months. The parts stay as printed.
    """
    head = paragraph[:_REACH]
    begin = len(head) - len(head.lstrip())
    if begin == len(head):
        return None
    patterns = _PATTERNS if head[begin].isupper() or head[begin : begin + 2].isascii() else _HAN_PATTERNS
    if not (head[begin].isupper() or head[begin] in "([（【［" or "\u4e00" <= head[begin] <= "\u9fff"):
        return None
    for pattern in patterns:
        match = pattern.match(head, begin)
        if match is None:
            continue
        found = _read(match, language)
        if found is not None:
            return found
    return None


def _read(match: re.Match[str], language: str) -> DatelineParts | None:
    fields = match.groupdict()
    place, wording = fields.get("place"), fields.get("date")
    if place is not None and (re.split(r"[^\w]", place)[0] in _NOT_PLACES or place.casefold() in AGENCIES):
        return None
    if not wording and not fields.get("agency") and match.re is not _HAN_PATTERNS[1] and not _opens_story(match):
        return None
    day: str | None = None
    if wording:
        day = _day(wording, language)
        if day is None and not re.fullmatch(r"\d{1,2}日", wording):
            return None
    return DatelineParts(match.group().strip(), place, day, fields.get("agency"), match.end())


def _opens_story(match: re.Match[str]) -> bool:
    # "PARIS — The council": a sentence begins; "ISIL — which …" is a parenthesis within one.
    after = match.string[match.end() : match.end() + 2].lstrip("\"'“”„«‘’¿¡( ")
    return after[:1].isupper() or after[:1].isdigit() or after == ""


def _day(wording: str, language: str) -> str | None:
    han = _HAN_DATE.fullmatch(wording)
    if han is not None:
        return f"{han[1] or '-'}-{int(han[2]):02d}-{int(han[3]):02d}"
    if _YEAR.search(wording):
        line = parse_date_line(wording, language=language)
        return line.dates[0][1].value if line is not None else None
    number = re.search(r"\d{1,2}", wording)
    months = (_month(word, language) for word in re.findall(r"[^\W\d_]{3,}", wording))
    month = next((month for month in months if month is not None), None)
    if number is None or month is None or not 1 <= int(number.group()) <= 31:
        return None
    return f"--{month:02d}-{int(number.group()):02d}"


def _month(word: str, language: str) -> int | None:
    for phrase, meanings in lexicon(language).get(fold_word(word), ()):
        if len(phrase) == 1:
            return next((number for kind, number in meanings if kind is Kind.MONTH), None)
    return None
