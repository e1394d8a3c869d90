"""Bylines: who made an article, as newsrooms print it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from archiver.model.metadata import Person
from archiver.wording.byline_marks import FIRST_WORDS, LEADING_MARK, ROLE_HINT, ROLE_MARK, Mark, han_byline, role_of
from archiver.wording.date_lines import DateLine, parse_date_line
from archiver.wording.name_words import AGENCIES, JOB_WORDS, ORGANISATION_WORDS, PARTICLES
from archiver.wording.names import is_name, looks_like_name, split_names, without_title

#: Bylines of several authors with their jobs run to about 150 characters.
LONGEST_BYLINE = 200

__all__ = ["Byline", "looks_like_name", "parse_byline", "parse_marked_byline"]


@dataclass(frozen=True, slots=True)
class Byline:
    """A line that names who made the article.

    ``text`` is the byline as printed without a glued date, ``rest`` what was cut off (the date line
    as printed, or an empty string). ``strength`` is ``certain`` where the line says that it is a
    byline ("By …"), ``bare`` where only its form does, so that its place has to confirm it.
    """

    text: str
    people: tuple[Person, ...]
    place: str | None = None
    organisation: str | None = None
    strength: str = "bare"
    date: DateLine | None = None
    rest: str = ""


_CONTACT = re.compile(
    r"\s*[(|,;–—-]?\s*(?:(?:e-?mail|twitter|contact)\s*:?\s*)?(?:[\w.+-]+@[\w-]+\.[\w.-]+|@\w{2,30})\s*\)?",
    re.IGNORECASE,
)
_PIPE = re.compile(r"\s*(?:[|•·;▪●]|\s[–—-]\s)\s*")
_DATE_EDGES = " \t\u00a0|•·,;:–—-("
_IN_PLACE = re.compile(
    r"\s+(?:in|à|en|aus|a|w|из|в)\s+"
    r"(?P<place>[^\W\d_][\w.'’-]*(?:[ -](?:de|la|el|am|an|der)?\s?[^\W\d_][\w.'’-]*){0,2})$"
)
_FOR_ORGANISATION = re.compile(r"\s+(?:for|für|pour|para|per|voor|dla|with|avec|con|mit)\s+(?P<name>.+)$")
_DIGIT = re.compile(r"\d")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_TIES = re.compile("['-]")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DATE_LIKE = re.compile(r"\d{4}|\d\d?[./-]\s?\d\d?[./-]")
_GAP = re.compile(r"[\s|•·,(]+")
#: A date begins at most so many words before its first digit.
_MAX_CUTS = 8
_MOST_ITEMS = 14
_PICTURE_ROLES = ("photographer", "illustrator")


@lru_cache(maxsize=1024)
def parse_byline(text: str, *, language: str) -> Byline | None:
    """Return who a line names as makers of the article, or None when it is no byline.

    ``language`` is the BCP 47 tag of the text. Names stay as printed, without forms of address,
    e-mail addresses and handles. An agency alone is an ``organisation`` without people.
    """
    return _read(text, language, _parse)


def parse_marked_byline(text: str, *, language: str) -> Byline | None:
    """Return what :func:`parse_byline` does where the line itself says that it is a byline, else None.

    Costs next to nothing for lines that do not begin with a mark, which most do not.
    """
    return _read(text, language, _parse_marked) if _may_be_marked(text) else None


def _may_be_marked(text: str) -> bool:
    """Whether a mark, a date or letters of East Asia open the line; a mark can stand behind a date."""
    first = _FIRST_WORD.search(text)
    if first is not None and first.group().lower() in FIRST_WORDS:
        return True
    if not text.isascii() and _EAST_ASIAN.search(text):
        return True
    digit = _DIGIT.search(text, 0, LONGEST_BYLINE)
    return digit is not None and _PIPE.search(text, digit.end()) is not None


def _read(text: str, language: str, parse: Callable[[str], Byline | None]) -> Byline | None:
    if len(text) > LONGEST_BYLINE:
        return None
    line = text.strip()
    if not line or line[-1] in "?!…" or "://" in line:
        return None
    head, date, rest = _cut_date(line, language)
    if not head:
        return None
    cleaned = _CONTACT.sub(" ", head).strip(" ,;|") if "@" in head else head
    found = parse(cleaned.rstrip(" .:"))
    if found is None:
        return None
    return replace(found, text=head, date=date, rest=rest)


def _cut_date(line: str, language: str) -> tuple[str, DateLine | None, str]:
    digit = _DIGIT.search(line)
    if digit is None or not _DATE_LIKE.search(line, digit.start()):
        return line, None, ""
    starts = [match.end() for match in _GAP.finditer(line, 0, digit.start())]
    for start in starts[-_MAX_CUTS:]:
        date = parse_date_line(line[start:].strip("()"), language=language)
        if date is not None:
            head = line[:start].rstrip(_DATE_EDGES)
            return head, date, line[start:]
    for match in _PIPE.finditer(line, digit.end()):
        date = parse_date_line(line[: match.start()], language=language)
        if date is not None:
            return line[match.end() :], date, line[: match.start()]
    return line, None, ""


def _parse_marked(line: str) -> Byline | None:
    han = han_byline(line)
    if han is not None:
        return Byline(line, tuple(Person(name) for name in han), strength="certain")
    leading = LEADING_MARK.match(line)
    return None if leading is None else _marked(line, leading)


def _parse(line: str) -> Byline | None:
    found = _parse_marked(line)
    if found is not None or LEADING_MARK.match(line) is not None:
        return found
    if line.casefold() in AGENCIES:
        return Byline(line, (), organisation=line)
    if not _may_be_names(line):
        return None
    found = _clause(line, "author", strict=True, marked=False)
    return None if found is None or not found.people else replace(found, text=line, strength="bare")


def _may_be_names(line: str) -> bool:
    """Whether the first two words may be of a name: with capitals, where the script has them, or particles."""
    words = line.split(None, 2)
    if not line.isascii():
        return True
    return len(words) > 1 and all(
        not word[0].islower() or word.lower().rstrip(".,") in PARTICLES or _TIES.search(word) for word in words[:2]
    )


def _marked(line: str, leading: re.Match[str]) -> Byline | None:
    mark = Mark(leading)
    people: list[Person] = []
    place: str | None = None
    organisation: str | None = None
    for role, clause in _clauses(line[leading.end() :], mark.role):
        found = _clause(clause, role, strict=mark.needs_names, marked=True)
        if found is None:
            return None
        people.extend(found.people)
        place = place or found.place
        organisation = organisation or found.organisation
    if not people and organisation is None:
        return None
    if mark.role in _PICTURE_ROLES and all(person.role in _PICTURE_ROLES for person in people):
        return None  # the credit of a picture
    return Byline(line, tuple(people), place, organisation, "certain")


def _clauses(text: str, first_role: str) -> list[tuple[str, str]]:
    clauses: list[tuple[str, str]] = []
    role, begin = first_role, 0
    for match in ROLE_MARK.finditer(text) if ROLE_HINT.search(text) else ():
        clauses.append((role, text[begin : match.start()]))
        role, begin = role_of(match.group()), match.end()
    clauses.append((role, text[begin:]))
    return [(role, clause.strip(" ,;|/.–—-\n:")) for role, clause in clauses if clause.strip(" ,;|/.–—-\n:")]


def _clause(text: str, role: str, *, strict: bool, marked: bool) -> Byline | None:
    """Read one list of names with place, job and newsroom.

    ``strict`` wants full names; ``marked`` says that a mark such as "By" stands before them.
    """
    people: list[Person] = []
    place: str | None = None
    organisation: str | None = None
    items = split_names(text)
    if len(items) > _MOST_ITEMS:
        return None
    for position, item in enumerate(items):
        bare, own_place, own_organisation = _cut_tail(item)
        place, organisation = place or own_place, organisation or own_organisation
        name = without_title(bare)
        if _is_organisation(bare, bare=not strict or bool(people)):
            organisation = organisation or bare
        elif is_name(name, single=bool(people) and not strict, marked=marked):
            people.append(Person(name, role))
        elif position == 0:
            return None
        elif _is_job(bare):
            continue
        elif people and place is None and _is_place(bare):
            place = bare
        else:
            return None
    if not people and organisation is None:
        return None
    return Byline(text, tuple(people), place, organisation)


def _cut_tail(item: str) -> tuple[str, str | None, str | None]:
    organisation = place = None
    match = _FOR_ORGANISATION.search(item)
    if match is not None and _is_organisation(match["name"], bare=True):
        item, organisation = item[: match.start()], match["name"]
    match = _IN_PLACE.search(item)
    if match is not None and match["place"][0].isupper():
        item, place = item[: match.start()], match["place"]
    if match is None and item.endswith(")") and " (" in item:
        inner = item[item.rindex(" (") + 2 : -1]
        item = item[: item.rindex(" (")]
        newsroom = _FOR_ORGANISATION.fullmatch(f" {inner}")
        inner = newsroom["name"] if newsroom else inner
        if _is_organisation(inner, bare=True):
            organisation = organisation or inner
    return item.strip(), place, organisation


def _is_organisation(text: str, *, bare: bool) -> bool:
    folded = text.casefold()
    if folded in AGENCIES:
        return True
    words = folded.split()
    if not bare or not 2 <= len(words) <= 5 or not text[0].isupper():
        return False
    capitals = all(word[:1].isupper() for word in text.split() if len(word) > 3)
    return capitals and words[-1] in ORGANISATION_WORDS and not any(word in JOB_WORDS for word in words)


def _is_job(text: str) -> bool:
    words = re.findall(r"[\w-]+", text.casefold())
    return 0 < len(words) <= 7 and any(word in JOB_WORDS for word in words)


def _is_place(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= 3 and all(word[:1].isupper() for word in words) and not any(c.isdigit() for c in text)
