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
_HOST = re.compile(r"https?://[^/]+", re.IGNORECASE)


def choose_date(
    field: str, candidates: Candidates, *, urls: Sequence[Candidate], language: str
) -> tuple[DateValue, str] | None:
    """Return the date of ``field`` (``published`` or ``modified``) and where it stands, None where nothing tells it.

    The markup of the head speaks first, then what stands between headline and text: marked times,
    a line that is nothing but a date, a date among other words; then times elsewhere on the page, if
    they all name one day; then (of publication only) the day in the path of one of ``urls``.
    """
    # The day of creation is an editor's matter; it speaks only where nothing tells the day of publication.
    said = sorted(candidates.of(field, "given:", *_MARKUP), key=lambda item: "reated" in item.origin)
    times = [item for item in said if item.origin.startswith("time")]
    said = [item for item in said if item not in times]
    for item in (*said, *(item for item in times if item.by_head)):
        value = parse_machine_date(item.value) or _in_line(item.value, field, language)
        if value is not None:
            return value, item.origin
    for item in candidates.of("date"):
        value = _in_line(item.value, field, language)
        if value is not None:
            return value, item.origin
    for item in candidates.of("dated"):
        value = dict(dates_within(item.value, language=language)).get(field)
        if value is not None:
            return replace(value, certainty="medium") if value.certainty == "high" else value, item.origin
    read = [(parse_machine_date(item.value) or _in_line(item.value, field, language), item.origin) for item in times]
    dated = [(value, origin) for value, origin in read if value is not None]
    if len({value.value[:10] for value, _ in dated}) == 1:
        return dated[0]
    if field == "published":
        for url in urls:
            value = _in_path(url.value)
            if value is not None:
                return value, url.origin
    return None


def _in_line(text: str, field: str, language: str) -> DateValue | None:
    line = parse_date_line(text, language=language)
    return line.value_of(field) if line is not None else None


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
