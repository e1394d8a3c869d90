"""The days of publication and change: which of the statements, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archiver.describe.candidates import Candidate, Candidates
from archiver.describe.date_agreement import Dated, agreed
from archiver.model.metadata import DateValue
from archiver.wording.date_values import is_possible, lower
from archiver.wording.date_within import dates_within
from archiver.wording.dates import parse_date_line, parse_machine_date

_MARKUP = ("json-ld:", "meta:", "microdata:", "rdfa:", "time", "class:", "link:", "rel:", "html:")
#: A day in the path of an address: ``/2016/10/21/``, ``/2016-10-21-``, ``/20161021/``.
_PATH_DAY = re.compile(
    r"/(?:(?P<y>(?:19[89]|20[0-4])\d)(?P<sign>[/-])(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})"
    r"|(?P<y2>(?:19[89]|20[0-4])\d)(?P<m2>\d\d)(?P<d2>\d\d))(?=[/_-]|$)"
)
#: Meta elements with the day on which the file was last written as often as with that of publication.
_VAGUE = frozenset(("meta:date", "meta:dc.date", "meta:dcterms.date", "meta:time", "meta:dat", "meta:citation_year"))
_OPENING = re.compile(
    r"(?:(?:pressemitteilung|medienmitteilung|press release|communiqué(?: de presse)?|comunicado(?: de prensa)?)"
    r"(?:\s(?:vom|of|du|del?|of the))?[:,]?\s+)?"
    r"\(?(?P<day>[^()|–—:„“\"]{4,30}?\d{4})(?:\)|\s*[|–—:]|\.\s+(?=[^\W\d_])|\s+(?=[„“\"]))",
    re.IGNORECASE,
)
#: A line of its own with the place and the day: ``Harbour Town, 5 June 2031``.
_PLACE_AND_DAY = re.compile(r"[^\W\d_][^\d,:;.!?]{1,40},\s+(?:den\s+)?(?P<day>[^,:;!?]{6,30}?\d{4})\W*")
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

    The markup of the head speaks first, then what stands between headline and text: marked times, a
    line that is nothing but a date; then a labelled line behind the text, a date among other words
    below the headline, the day with which the text opens, a date line elsewhere, at last meta elements
    that name a day but not which. Where the page prints another day, :func:`agreed` decides. If none of
    these names a day: a date among other words elsewhere, times elsewhere that all name one day, and (of
    publication only) the day in the path of one of ``urls``, or that of the last change.
    """
    said = _Said(field, candidates)
    chosen = _stated(said, candidates, language)
    if chosen is not None:
        chosen = _more_precise(*chosen, said.all, field, language)
        if field == "modified" or chosen[1].startswith("given:"):
            return chosen
        markup = list(_each((*said.clear, *said.times, *said.vague), field, language))
        return agreed(chosen, markup, _printed(candidates, said.near, urls, language))
    chosen = _among_words(candidates.of("dated"), field, language)
    if chosen is not None:
        return chosen
    if field == "published" and (labelled := _below_text(candidates, language)) is not None:
        return labelled
    dated = list(_each(said.times, field, language))
    if len({value.value[:10] for value, _ in dated}) == 1:
        return dated[0]
    return _by_itself(candidates, urls, language) if field == "published" else None


class _Said:
    """What the markup and the date lines say of one field, by how clearly they say it."""

    def __init__(self, field: str, candidates: Candidates) -> None:
        said = list(candidates.of(field, "given:", *_MARKUP))
        # The day of creation is an editor's matter; it speaks only where nothing tells the day of publication.
        said.sort(key=lambda item: "reated" in item.origin)
        lines = candidates.of("date")
        self.field = field
        self.times = [item for item in said if item.origin.startswith("time")]
        self.vague = [item for item in said if item.origin in _VAGUE]
        self.clear = [item for item in said if item not in self.times and item not in self.vague]
        self.near = [item for item in self.times if item.by_head]
        # A day above the headline can be that of the visit, a day behind the text that of a comment.
        self.below = [item for item in lines if item.by_head]
        self.elsewhere = [item for item in lines if not item.by_head]
        self.all = (*self.clear, *self.near, *self.below, *self.elsewhere, *self.vague)


def _stated(said: _Said, candidates: Candidates, language: str) -> Dated | None:
    field, own = said.field, [item for item in candidates.of("dated") if item.by_head]
    if field == "modified":
        found = _first((*said.clear, *said.near, *said.below), field, language) or _among_words(own, field, language)
        return found or _first((*said.elsewhere, *said.vague), field, language)
    return (
        _first((*said.clear, *said.near, *said.below), field, language)
        or _from_facts(candidates, language)
        or _among_words(own, field, language)
        or _from_opening(candidates, language)
        or _first(said.elsewhere, field, language)
        or _before_change(said.vague, own, language)
        or _among_words(candidates.of("stamped"), field, language)
        or _first(said.vague, field, language)
    )


def _before_change(vague: Sequence[Candidate], lines: Sequence[Candidate], language: str) -> Dated | None:
    """The day of change that the page prints, where all that is said beside it is a later day of the file."""
    said = list(_each(vague, "published", language))
    change = _among_words(lines, "modified", language)
    if not said or change is None or not change[0].value[:10] < min(value.value[:10] for value, _ in said):
        return None
    return change


def _first(items: Sequence[Candidate], field: str, language: str) -> Dated | None:
    return next(_each(items, field, language), None)


def _each(items: Sequence[Candidate], field: str, language: str) -> Iterator[Dated]:
    for item in items:
        value = _read(item, field, language)
        if value is not None:
            yield value, item.origin


def _among_words(items: Sequence[Candidate], field: str, language: str) -> Dated | None:
    for item in items:
        value = dict(dates_within(item.value, language=language)).get(field)
        if value is not None:
            return _not_surer(value, "medium"), item.origin
    return None


def _printed(
    candidates: Candidates, near: Sequence[Candidate], urls: Sequence[Candidate], language: str
) -> list[Dated]:
    """The days of publication that the page shows around its headline, then the one in its address."""
    lines = [item for item in candidates.of("dated") if item.by_head]
    words = [found for item in lines if (found := _among_words([item], "published", language)) is not None]
    paths = [(value, item.origin) for item in urls if (value := _in_path(item.value)) is not None]
    days = candidates.of("date")
    days = tuple(item for item in days if item.by_head) or days[:1]
    return [*_each((*near, *days), "published", language), *words, *paths]


def _from_opening(candidates: Candidates, language: str) -> Dated | None:
    """The day with which the text opens."""
    for item in candidates.of("opening"):
        value = _in_opening(item.value, language)
        if value is not None:
            return _not_surer(value, "medium"), item.origin
    return None


def _below_text(candidates: Candidates, language: str) -> Dated | None:
    """The day that a label names right below the text."""
    for item in candidates.of("signed"):
        value = _labelled(item.value, language)
        if value is not None:
            return _not_surer(value, "medium"), item.origin
    return None


def _from_facts(candidates: Candidates, language: str) -> Dated | None:
    """The day that the labelled lines behind the text name, where they name one."""
    facts = [(value, item.origin) for item in candidates.of("fact") if (value := _labelled(item.value, language))]
    if len({value.value for value, _ in facts}) != 1:
        return None
    return _not_surer(facts[0][0], "medium"), facts[0][1]


def _by_itself(candidates: Candidates, urls: Sequence[Candidate], language: str) -> Dated | None:
    """The day in an address, or that of an entry that names only its update (hAtom 0.1: it was published then)."""
    for item in candidates.of("modified", "class:"):
        value = parse_machine_date(item.value)
        if value is not None:
            return _not_surer(value, "medium"), item.origin
    for url in urls:
        value = _in_path(url.value)
        if value is not None:
            return value, url.origin
    # This state of the text was published on the day of its last change.
    lines = (*candidates.of("date"), *(item for item in candidates.of("dated") if item.by_head))
    for item in lines:
        value = _in_line(item.value, "modified", language)
        value = value or dict(dates_within(item.value, language=language)).get("modified")
        if value is not None:
            return _not_surer(value, "low"), item.origin
    return None


def _not_surer(value: DateValue, than: str) -> DateValue:
    return replace(value, certainty=lower(value.certainty, than))


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
    match = _OPENING.match(text) or _PLACE_AND_DAY.fullmatch(text)
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
    last = found[-1]
    year, month, day = (int(last[name] or last[name + "2"]) for name in ("y", "m", "d"))
    if not is_possible(year, month, day):
        return None
    return DateValue(f"{year:04d}-{month:02d}-{day:02d}", "day", found[-1][0].strip("/"), "medium")
