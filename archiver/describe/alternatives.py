"""What the source says of a field besides the value that was chosen: evidence for who has to judge the choice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from archiver.describe.author_names import is_label, people_in
from archiver.describe.candidates import Candidate, Candidates
from archiver.model.metadata import Alternative, DateValue, Person
from archiver.wording.dates import parse_date_line, parse_machine_date

#: More of one field would be a list of other articles.
_MOST = 3
_LONGEST = 200
_NOT_WORD = re.compile(r"[\W_]+")
#: A statement that names a day, whether the calendar has it or not. Programs print years of zeros for an empty field.
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?:\d{4})?(?!\d)")
_ISO_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d(?!\d)")
_TOLD = ("given:", "json-ld:", "meta:", "microdata:", "rdfa:", "html:", "text:")


def alternatives(
    candidates: Candidates,
    *,
    title: str | None,
    authors: tuple[Person, ...],
    dates: dict[str, DateValue],
    language: str,
) -> tuple[Alternative, ...]:
    """Return at most three statements a field that differ from the value chosen for it, in the order of the source.

    A title that holds the chosen one (with the name of the site, say) does not differ; nor does a list
    of authors that names nobody else, nor a date of the same day. A date that no calendar or clock has is
    kept too, also where nothing else tells the field.
    """
    return (*_titles(candidates, title), *_authors(candidates, authors, language), *_dates(candidates, dates, language))


def _titles(candidates: Candidates, title: str | None) -> Iterator[Alternative]:
    if title is None:
        return
    chosen = _fold(title)
    said = (*candidates.of("headline", *_TOLD), *candidates.of("title", *_TOLD))
    yield from _distinct("title", ((_fold(item.value), item) for item in said if chosen not in _fold(item.value)))


def _authors(candidates: Candidates, authors: tuple[Person, ...], language: str) -> Iterator[Alternative]:
    if not authors:
        return
    chosen = {_fold(person.name) for person in authors}
    said = [
        item for item in candidates.of("author") if not item.aside and (item.by_head or item.origin.startswith(_TOLD))
    ]
    named = (
        (" ".join(sorted(names)), item)
        for item in said[: 4 * _MOST]
        if (names := {_fold(person.name) for person in people_in(item.value, language=language, sole=True)})
        and not names <= chosen
        and not is_label(item.value)
    )
    yield from _distinct("authors", named)


def _dates(candidates: Candidates, dates: dict[str, DateValue], language: str) -> Iterator[Alternative]:
    for field in ("published", "modified"):
        chosen = dates.get(field)
        said = [item for item in candidates.of(field) if item.by_head or item.origin.startswith(_TOLD)]
        read = (
            (value.value[:10], item)
            for item in (*said[: 4 * _MOST], *candidates.of("date"))
            if chosen is not None
            and (value := _read(item.value, field, language)) is not None
            and value.value[:10] != chosen.value[:10]
            and not chosen.value.startswith(value.value)
        )
        unread = (
            (item.value, item)
            for item in said[: 4 * _MOST]
            if _names_other(item.value, chosen) and _read(item.value, field, language) is None
        )
        yield from _distinct(field, chain(read, unread))


def _names_other(text: str, chosen: DateValue | None) -> bool:
    """Tell whether ``text``, which may be unreadable, speaks of a day, and of another one than was chosen."""
    if chosen is None:
        return _YEAR.search(text) is not None
    return _ISO_DAY.match(text) is not None and text[:10] != chosen.value[:10]


def _read(text: str, field: str, language: str) -> DateValue | None:
    value = parse_machine_date(text)
    if value is None and (line := parse_date_line(text, language=language)) is not None:
        value = line.value_of(field)
    return value


def _distinct(field: str, found: Iterator[tuple[str, Candidate]]) -> Iterator[Alternative]:
    seen: set[str] = set()
    for key, item in found:
        if key and key not in seen:
            seen.add(key)
            yield Alternative(field, item.value[:_LONGEST], item.origin)
        if len(seen) == _MOST:
            return


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())
