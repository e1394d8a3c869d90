"""Authors whom a line around the text names without any markup: signatures, lists of facts, agencies, editors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.describe.author_names import is_label, signature_in
from archiver.describe.candidates import Candidate, Candidates
from archiver.describe.house import House
from archiver.model.metadata import Person
from archiver.wording.byline_marks import han_editors
from archiver.wording.name_words import AGENCIES
from archiver.wording.people import looks_like_name, parse_byline

Choice = tuple[tuple[Person, ...], str]

#: The label in a list of facts, in all its spellings for both sexes: ``Autorin/Autor``, ``Autor:in``, ``Author(s)``.
_FACT = re.compile(
    r"\W*(?:aut(?:h?or)(?:in|en|a|es|s)?|auteure?s?|autore|autrice|автор|yazar|författare|skribent|szerző)"
    r"(?:\s?[/:*_(|]\s?-?(?:autor|autorin|in|innen|a|as|s|es|e)\b\)?)?\s*[:|]?\s+(?=\S)",
    re.IGNORECASE,
)
_SLASH = re.compile(r"\s*/\s*")
_SEGMENTS = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+")
#: A sign parts the name from the day; without one the words before a day are a label or a place.
_STAMPED = re.compile(r"[^|·•\d]{4,60}[|·•]\s*[^|·•\d]{0,20}\d")
_PUBLISHED = re.compile(r"(?:publi|posted|updated|veröff|aktual|hace |vor \d|il y a|opubli|gepubli)", re.IGNORECASE)
_NAMES_CHARS = 120
#: A longer line is no list of names.
_MOST_NAMES = 6
_MOST_WORDS = 4
#: A longer line speaks of an agency, and is not from it.
_AGENCY_LINE = 60


def from_slashed_names(candidates: Candidates, house: House, _language: str) -> Choice | None:
    """Full names parted by nothing but slashes in a block of its own above the first paragraph."""
    for item in candidates.of("names"):
        names = _SLASH.split(item.value.strip())
        full = 2 <= len(names) <= _MOST_NAMES and all(map(looks_like_name, names))
        if full and not any(house.is_in(name) or _is_agency(name) for name in names):
            return tuple(map(Person, names)), item.origin
    return None


def from_signed_lines(candidates: Candidates, house: House, language: str) -> Choice | None:
    """Lines that sign themselves (``Posted by …``), or a full name with the day of publication beside it."""
    for item in candidates.of("signed"):
        people = tuple(person for person in signature_in(item.value, language=language) if not house.is_in(person.name))
        if people:
            return people, item.origin
    for item in candidates.of("dated"):
        stamped = _STAMPED.match(item.value)
        parsed = parse_byline(item.value, language=language) if stamped else None
        if parsed is None or parsed.date is None or not parsed.people:
            continue
        if all(_signs(person.name, house) for person in parsed.people):
            return parsed.people, item.origin
    return None


def from_bare_names(candidates: Candidates, house: House, language: str) -> Choice | None:
    """A full name below the headline beside the day; several or with a time, where JSON-LD names the house alone."""
    for item in candidates.of("beside-date"):
        person = _alone(item, language)
        if person is not None and _signs(person.name, house):
            return (person,), item.origin
    if not any(house.is_in(item.value) for item in candidates.of("author", "json-ld:")):
        return None
    for item in candidates.of("names-alone"):
        name, _, when = map(str.strip, item.value.partition("|"))
        parsed = parse_byline(name, language=language) if len(name) <= _NAMES_CHARS else None
        several = parsed is not None and (
            len(parsed.people) > 1 or (len(parsed.people) == 1 and _PUBLISHED.match(when))
        )
        if parsed is not None and several and all(_signs(person.name, house) for person in parsed.people):
            return parsed.people, item.origin
    return None


def from_facts(candidates: Candidates, house: House, language: str) -> Choice | None:
    """Labelled lines behind the text (``Author Jane Doe``), where all of them name the same people."""
    found: list[Choice] = []
    for item in candidates.of("fact"):
        mark = _FACT.match(item.value)
        parsed = parse_byline(item.value[mark.end() :], language=language) if mark else None
        if parsed is not None and parsed.people:
            found.append((parsed.people, item.origin))
    people = {tuple(person.name for person in named) for named, _ in found}
    if len(people) != 1 or any(house.is_in(person.name) for person in found[0][0]):
        return None
    return found[0]


def from_end(candidates: Candidates, house: House, language: str) -> Choice | None:
    """The source behind the name of the house and a slash; a full name alone, where JSON-LD names the house alone."""
    stated = any(house.is_in(item.value) for item in candidates.of("author", "json-ld:"))
    for item in reversed(candidates.of("last")):
        own, _, source = map(str.strip, item.value.partition("/"))
        if own.strip(" .") and house.is_in(own) and source[:1].isupper() and len(source.split()) <= _MOST_WORDS:
            return (Person(source),), item.origin
        parsed = parse_byline(item.value, language=language) if stated else None
        if parsed is not None and parsed.people and all(_signs(person.name, house) for person in parsed.people):
            return parsed.people, item.origin
    return None


def _signs(name: str, house: House) -> bool:
    return looks_like_name(name) and not house.is_in(name) and not is_label(name)


def from_agencies(candidates: Candidates, house: House, _language: str) -> Choice | None:
    """A news agency alone between signs in a line above the text, where the markup names nobody but the house."""
    for item in candidates.of("dated"):
        if len(item.value) <= _AGENCY_LINE:
            found = next((part for part in _SEGMENTS.split(item.value.strip()) if _is_agency(part)), None)
            if found is not None and not house.is_in(found):
                return (Person(found),), item.origin
    return None


def from_editors(candidates: Candidates, _house: House, _language: str) -> Choice | None:
    """The editors in charge, whom Chinese newsrooms name below an article that names no author."""
    for item in candidates.of("signed"):
        names = han_editors(item.value)
        if names:
            return tuple(Person(name, "editor") for name in names), item.origin
    return None


def with_twins(choice: Choice, candidates: Candidates, language: str) -> Choice:
    """Add those whom the twins of a byline name, where the byline itself names one of those chosen."""
    people, origin = choice
    names = {person.name.casefold() for person in people}
    bylines = [_alone(item, language) for item in candidates.of("byline") if not item.aside]
    if not any(person and person.name.casefold() in names for person in bylines):
        return choice
    marks = [item.value for item in candidates.of("author") if not item.aside]
    above, below = (
        tuple(
            person for item in candidates.of(field) if (person := _alone(item, language)) and _is_marked(person, marks)
        )
        for field in ("twin-above", "twin-below")
    )
    found = {person.name.casefold(): person for person in (*above, *people, *below)}
    return tuple(found.values()), origin


def _alone(item: Candidate, language: str) -> Person | None:
    parsed = parse_byline(item.value, language=language)
    if parsed is None or len(parsed.people) != 1 or not looks_like_name(parsed.people[0].name):
        return None
    return parsed.people[0]


def _is_marked(person: Person, marks: Sequence[str]) -> bool:
    """Whether the markup calls ``person`` an author; a label can have the same box."""
    return any(person.name in mark for mark in marks)


def _is_agency(text: str) -> bool:
    return text.casefold() in AGENCIES
