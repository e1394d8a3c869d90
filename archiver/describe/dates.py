"""The days of publication and change: which of the statements, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archiver.describe.candidates import Candidate, Candidates
from archiver.model.metadata import DateValue
from archiver.wording.date_values import is_possible
from archiver.wording.date_within import dates_within
from archiver.wording.dates import parse_date_line, parse_machine_date

_MARKUP = ("json-ld:", "meta:", "microdata:", "rdfa:", "time", "class:", "link:", "rel:", "html:")
#: A day in the path of an address: ``/2016/10/21/``, ``/2016-10-21-``, ``/20161021/``.
_PATH_DAY = re.compile(r"/(?P<y>(?:19|20)\d\d)(?P<sign>[/-]?)(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})(?=[/_-]|$)")
#: Meta elements with the day on which the file was last written as often as with that of publication.
_VAGUE = frozenset(("meta:date", "meta:dc.date", "meta:dcterms.date", "meta:time", "meta:dat", "meta:citation_year"))
_OPENING = re.compile(
    r"(?:(?:pressemitteilung|medienmitteilung|press release|communiqué(?: de presse)?|comunicado(?: de prensa)?)"
    r"(?:\s(?:vom|of|du|del?|of the))?[:,]?\s+)?\(?(?P<day>[^()|–—:„“\"]{4,30}?\d{4})(?:\)|\s*[|–—:]|\s+(?=[„“\"]))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:date|datum|fecha|data|published|posted|veröffentlicht|erstellt|publié|publicado|pubblicato|gepubliceerd|"
    r"opublikowano|дата|تاريخ|tarih|日期|発表)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"https?://[^/]+", re.IGNORECASE)


def choose_date(
    field: str, candidates: Candidates, *, urls: Sequence[Candidate], language: str
) -> tuple[DateValue, str] | None:
    """Return the date of ``field`` (``published`` or ``modified``) and where it stands, None where nothing tells it.

    The markup of the head speaks first, then what stands between headline and text: marked times,
    a line that is nothing but a date, meta elements that name a day but not which, a date among other
    words, the day with which the text opens; then times elsewhere on the page, if they all name one
    day; then (of publication only) the day of an update, and the day in the path of one of ``urls``.
    """
    said = list(candidates.of(field, "given:", *_MARKUP))
    # The day of creation is an editor's matter; it speaks only where nothing tells the day of publication.
    said.sort(key=lambda item: "reated" in item.origin)
    times = [item for item in said if item.origin.startswith("time")]
    vague = [item for item in said if item.origin in _VAGUE]
    clear = [item for item in said if item not in times and item not in vague]
    near = [item for item in times if item.by_head]
    stated = (*clear, *near, *candidates.of("date"), *vague)
    for item in stated:
        value = _read(item, field, language)
        if value is not None:
            return _more_precise(value, item.origin, stated, field, language)
    for item in candidates.of("dated"):
        value = dict(dates_within(item.value, language=language)).get(field)
        if value is not None:
            return replace(value, certainty="medium") if value.certainty == "high" else value, item.origin
    if field == "published":
        for item in (*candidates.of("opening"), *candidates.of("signed")):
            value = _in_opening(item.value, language) if item.field == "opening" else _labelled(item.value, language)
            if value is not None:
                return replace(value, certainty="medium"), item.origin
    read = [(_read(item, field, language), item.origin) for item in times]
    dated = [(value, origin) for value, origin in read if value is not None]
    if len({value.value[:10] for value, _ in dated}) == 1:
        return dated[0]
    return _by_itself(candidates, urls) if field == "published" else None


def _by_itself(candidates: Candidates, urls: Sequence[Candidate]) -> tuple[DateValue, str] | None:
    """The day of an entry that names only its update (hAtom 0.1: it was published then), or that in an address."""
    for item in candidates.of("modified", "class:"):
        value = parse_machine_date(item.value)
        if value is not None:
            return replace(value, certainty="medium"), item.origin
    for url in urls:
        value = _in_path(url.value)
        if value is not None:
            return value, url.origin
    return None


def _more_precise(
    value: DateValue, origin: str, others: Sequence[Candidate], field: str, language: str
) -> tuple[DateValue, str]:
    """A statement of the day where ``value`` names only the year or month that the day lies in."""
    if value.precision in ("year", "month"):
        for item in others:
            other = _read(item, field, language)
            if other is not None and other.value.startswith(value.value + "-"):
                return other, item.origin
    return value, origin


def _read(item: Candidate, field: str, language: str) -> DateValue | None:
    # Only markup says beside the words which of the days it is.
    machine = parse_machine_date(item.value) if item.field == field else None
    return machine or _in_line(item.value, field, language)


def _in_line(text: str, field: str, language: str) -> DateValue | None:
    line = parse_date_line(text, language=language)
    return line.value_of(field) if line is not None else None


def _in_opening(text: str, language: str) -> DateValue | None:
    """The day with which the first paragraph opens: ``29.11.2022 – The council …``."""
    match = _OPENING.match(text)
    line = parse_date_line(match["day"].strip(), language=language) if match else None
    value = line.value_of("published") if line is not None else None
    return value if value is not None and value.precision not in ("year", "month") else None


def _labelled(line: str, language: str) -> DateValue | None:
    """The day in a line below the text that opens with the word for it: ``Date: 19.11.2021 Author: …``."""
    if not _LABEL.match(line):
        return None
    return dict(dates_within(line, language=language)).get("published")


def _in_path(url: str) -> DateValue | None:
    """The last day in the path; an address of a web archive holds that of the capture before the page's own."""
    path = url[list(_HOST.finditer(url))[-1].end() :] if _HOST.search(url) else url
    found = list(_PATH_DAY.finditer(path.partition("?")[0]))
    if not found:
        return None
    year, month, day = int(found[-1]["y"]), int(found[-1]["m"]), int(found[-1]["d"])
    if not is_possible(year, month, day):
        return None
    return DateValue(f"{year:04d}-{month:02d}-{day:02d}", "day", found[-1][0].strip("/"), "medium")
