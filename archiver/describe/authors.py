"""The authors: which of the statements, and that the house and its programs are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from archiver.describe.author_lines import (
    Choice,
    from_agencies,
    from_bare_names,
    from_editors,
    from_end,
    from_facts,
    from_signed_lines,
    from_slashed_names,
    with_twins,
)
from archiver.describe.author_names import is_account, is_agency, is_company, is_label, people_in, signature_in
from archiver.describe.candidates import Candidate, Candidates
from archiver.describe.house import House
from archiver.model.metadata import Person
from archiver.wording.people import looks_like_name, parse_byline

_HAN_NAME = re.compile(r"[\u3400-\u9fff々]{3,6}")
#: Words that part an author from the time beside the name.
_STAMP = re.compile(r"[|·•]\s*(?:publi|posted|updated|veröff|aktual|hace |vor \d|il y a)", re.IGNORECASE)
#: Words before a name that tell the trade, not the name: kept out of comparisons of the houses alone.
_META_ORDER = ("meta:author", "meta:article:author", "meta:byl", "meta:parsely-author", "meta:sailthru.author", "meta:")
#: What the origin of an author ends with whom JSON-LD calls an organisation.
_BODY = "[Organization]"
#: Marked elements that name more authors than this are a list of articles.
_MOST_CLAIMS = 2


def choose_authors(candidates: Candidates, *, language: str) -> Choice | None:
    """Return who made the article and where that stands, None where nothing names anybody.

    What came beside the text speaks first, then the others in the order of ``_CHOOSERS``: JSON-LD, a
    line that says that it is a byline, names parted by slashes above the text, meta elements with full
    names, bare names between headline and text, marked elements there, lines that sign themselves,
    facts and signatures behind the text, then the house, marked elements elsewhere (not among comments),
    at last accounts and editors. The publisher, the site and the accounts of programs are no authors
    where anybody else is named.
    """
    given = candidates.of("author", "given:")
    if given:
        people = _merged(people_in(item.value, language=language, sole=True) for item in given)
        return (people or tuple(Person(item.value) for item in given), given[0].origin)
    house = House(candidates)
    for choose in _CHOOSERS:
        found = choose(candidates, house, language)
        if found is not None:
            return with_twins(found, candidates, language)
    return None


def _from_json_ld(candidates: Candidates, house: House, language: str) -> Choice | None:
    bylines = {item.origin for item in candidates.of("byline")}
    for ending in ("author", "creator"):
        every = [
            item for item in candidates.of("author", "json-ld:") if item.origin.removesuffix(_BODY).endswith(ending)
        ]
        said = [item for item in every if not item.origin.endswith(_BODY)]
        people = _people(said, house, language, sole=True)
        if people:
            printed = _from_bylines(candidates, house, language)
            elsewhere = printed is not None and printed[1] in bylines and not _is_printed(people, candidates)
            if printed is not None and elsewhere and not _share_a_name(people, printed[0]):
                return printed  # the markup names who entered the article, the byline who wrote it
            people = _with_bodies(people, every, house, language)
            return _full_names(people, candidates, language) or (people, said[0].origin)
        # An account that the page prints as its author is a pen name.
        accounts = {item.value.casefold() for item in said}
        for item in candidates.of("author", "rel:", "class:", "microdata:"):
            named = people_in(item.value, language=language) if item.by_head and not item.aside else ()
            if named and all(person.name.casefold() in accounts and not house.is_in(person.name) for person in named):
                return named, item.origin
    return None


def _with_bodies(
    people: tuple[Person, ...], said: Sequence[Candidate], house: House, language: str
) -> tuple[Person, ...]:
    """The people with the bodies other than the house that the same statement names beside them, in its order."""
    named = {person.name: person for person in people}
    plain = {item.origin for item in said}
    found: dict[str, Person] = {}
    for item in said:
        if item.origin.endswith(_BODY) and item.origin.removesuffix(_BODY) in plain and not house.is_in(item.value):
            found.setdefault(item.value, Person(item.value))
        elif not item.origin.endswith(_BODY):
            own = [person for person in people_in(item.value, language=language, sole=True) if person.name in named]
            found.update((person.name, person) for person in own)
    return tuple({**found, **named}.values()) if len(found) > len(named) else people


def _is_printed(people: tuple[Person, ...], candidates: Candidates) -> bool:
    marked = [item.value.casefold() for item in candidates.of("author") if item.by_head]
    return any(person.name.casefold() in value for person in people for value in marked)


def _share_a_name(some: tuple[Person, ...], others: tuple[Person, ...]) -> bool:
    words = {word for person in some for word in person.name.casefold().split()}
    return any(word in words for person in others for word in person.name.casefold().split() if len(word) > 1)


def _full_names(people: tuple[Person, ...], candidates: Candidates, language: str) -> Choice | None:
    """A byline in the page that spells out what the markup shortens: ``Jane`` and "By Jane Doe"."""
    if len(people) != 1 or " " in people[0].name:
        return None
    for item in candidates.of("byline"):
        for person in people_in(item.value, language=language):
            if not item.aside and " " in person.name and people[0].name.casefold() in person.name.casefold().split():
                return ((person,), item.origin)
    return None


def _from_bylines(candidates: Candidates, house: House, language: str) -> Choice | None:
    for item in (*candidates.of("byline"), *(item for item in candidates.of("dated") if not item.aside)):
        parsed = parse_byline(item.value, language=language)
        if item.aside or parsed is None or not parsed.people or parsed.strength != "certain":
            continue
        people = tuple(person for person in parsed.people if not house.is_in(person.name))
        if people:
            return people, item.origin
    return None


def _from_meta(candidates: Candidates, house: House, language: str) -> Choice | None:
    said = candidates.of("author", *_META_ORDER)
    for origin in dict.fromkeys(item.origin for item in said):
        items = [item for item in said if item.origin == origin]
        people = _people(items, house, language, sole=True)
        if people and all(_like_person(person.name) for person in people):
            return people, origin
    return None


def _from_bare_lines(candidates: Candidates, house: House, language: str) -> Choice | None:
    marked = next((item for item in candidates.of("author", "microdata:") if item.by_head and not item.aside), None)
    if marked is not None and (people := _people([marked], house, language, sole=True, accounts=True)):
        return people, marked.origin
    for item in candidates.of("byline"):
        if item.aside:
            continue
        people = people_in(item.value, language=language, bare=False)
        named = tuple(person for person in people if not house.is_in(person.name))
        hinted = (
            item.origin.startswith("text:")
            or _STAMP.search(item.value)
            or all(_is_hinted(person.name, candidates) for person in named)
        )
        if named and hinted and all(_like_person(person.name) for person in named):
            return named, item.origin
    return None


def _from_marks_by_head(candidates: Candidates, house: House, language: str) -> Choice | None:
    said = [item for item in candidates.of("author", "rel:", "microdata:", "class:") if item.by_head]
    found = _agreed([item for item in said if not item.aside], house, language)
    if found is not None:
        return found
    return _from_sole_line(candidates, house, language)


def _from_sole_line(candidates: Candidates, house: House, language: str) -> Choice | None:
    """A byline that the markup does not confirm, where it signs itself, has a date, or is the only one of the page."""
    bare: list[Choice] = []
    for item in candidates.of("byline"):
        if item.aside:
            continue
        parsed = parse_byline(item.value, language=language)
        dated = parsed is not None and parsed.date is not None
        people = signature_in(item.value, language=language)
        named = people or people_in(item.value, language=language, bare=False)
        if not named or any(house.is_in(person.name) for person in named):
            continue
        if people or dated:
            return named, item.origin
        if item.by_head and all(_like_person(person.name) for person in named) and item.origin.startswith("html:/"):
            bare.append((named, item.origin))
    return bare[0] if len({people for people, _ in bare}) == 1 else None


def _from_marks(candidates: Candidates, house: House, language: str) -> Choice | None:
    said = [item for item in candidates.of("author", "rel:", "microdata:", "class:") if not item.aside]
    # Chinese and Japanese names have no form that tells them from other words.
    han = (item for item in candidates.of("byline") if not item.aside and _HAN_NAME.fullmatch(item.value.strip()))
    lines = (((Person(item.value.strip()),), item.origin) for item in han if not house.is_in(item.value))
    return _agreed(said, house, language) or next(lines, None)


def _agreed(items: Sequence[Candidate], house: House, language: str) -> Choice | None:
    """The first of ``items`` that names somebody; nobody where they are a list of different authors."""
    found = [(people, item.origin) for item in items if (people := _people([item], house, language))]
    if not found or len({people for people, _ in found}) > _MOST_CLAIMS:
        return None
    return found[0]


def _from_house(candidates: Candidates, house: House, language: str) -> Choice | None:
    """The house itself, where JSON-LD or a byline says so of the article; meta elements name who made the site."""
    said = candidates.of("author", "json-ld:")
    named = _merged(people_in(item.value, language=language, sole=True) for item in said)
    people = tuple(person for person in named if house.is_in(person.name) or not is_account(person.name))
    if people:
        return people[:_MOST_CLAIMS], said[0].origin
    for item in candidates.of("author", "rel:", "class:", "microdata:"):
        named = people_in(item.value, language=language, sole=True) if item.by_head and not item.aside else ()
        if named and all(house.is_in(person.name) for person in named):
            return named, item.origin
    return None


def _from_accounts(candidates: Candidates, house: House, language: str) -> Choice | None:
    said = candidates.of("author", "json-ld:", *_META_ORDER)
    for item in said:
        people = tuple(
            person
            for person in people_in(item.value, language=language, sole=True)
            if not house.is_in(person.name) and not is_company(person.name)
        )
        if people:
            return people, item.origin
    for item in candidates.of("byline"):
        parsed = parse_byline(item.value, language=language)
        if not item.aside and parsed is not None and parsed.organisation and not house.is_in(parsed.organisation):
            return (Person(parsed.organisation),), item.origin
    return None


def _people(
    items: Sequence[Candidate], house: House, language: str, *, sole: bool = False, accounts: bool = False
) -> tuple[Person, ...]:
    found = _merged(people_in(item.value, language=language, sole=sole, bare=item.field == "author") for item in items)
    return tuple(
        person
        for person in found
        if not house.is_in(person.name)
        and (is_agency(person.name) or accounts or not sole or not is_account(person.name))
        and (is_agency(person.name) or not is_company(person.name))
    )


def _merged(groups: Iterable[tuple[Person, ...]]) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for group in groups:
        for person in group:
            people.setdefault(person.name.casefold(), person)
    return tuple(people.values())


def _is_hinted(name: str, candidates: Candidates) -> bool:
    """Tell whether the markup calls ``name`` an author somewhere; a bare name in a page can be anybody's."""
    return any(name.casefold() in item.value.casefold() for item in candidates.of("author"))


def _like_person(name: str) -> bool:
    return looks_like_name(name) or (not name.isascii() and not is_label(name))


#: The surest first.
_CHOOSERS: Sequence[Callable[[Candidates, House, str], Choice | None]] = (
    _from_json_ld,
    _from_bylines,
    from_slashed_names,
    _from_meta,
    _from_bare_lines,
    _from_marks_by_head,
    from_signed_lines,
    from_bare_names,
    from_facts,
    from_end,
    from_agencies,
    _from_house,
    _from_marks,
    _from_accounts,
    from_editors,
)
