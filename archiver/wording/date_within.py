"""A date among other words of a short line: a byline, a kicker, the line under a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.model.metadata import DateValue
from archiver.wording.date_lines import parse_date_line
from archiver.wording.fold import MARKS

#: Longer lines are prose, where a date says nothing of the day of publication.
LONGEST = 160
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*"
_DAY = re.compile(
    rf"""(?<![\d.,/:-])
    (?: \d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s?(?:(?:of|de|d’|d')\s?)?
        {_LETTERS}(?:\s{_LETTERS})?\.?,?\s(?:de\s|del\s)?\d{{4}}
      | (?<!\w){_LETTERS}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}
      | \d{{1,2}}(?P<sign>[/-]|\.\s?)\d{{1,2}}(?P=sign)(?:\d{{4}}|\d{{2}})
      | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}
      | \d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日号號일]
    )(?![\d]|[./:-]\d)""",
    re.VERBOSE,
)
_TIME = re.compile(
    r"[\s,|•·–-]*(?:(?:at|um|à|às|om|kl\.?|alle|o|@)\s)?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?(?:Uhr|[aApP]\.?[mM]\.?)(?!\w))?"
)
#: Every date has a year of four digits, or two numbers; most lines have neither, and the search costs far more.
_MAY_HOLD_DATE = re.compile(r"\d(?:\d{3}|\D+\d)")
_WORDS_BEFORE = re.compile(rf"(?<!\w)({_LETTERS})[:\s]+(?:({_LETTERS})[:\s]+)?$")


def dates_within(line: str, *, language: str) -> tuple[tuple[str, DateValue], ...]:
    """Return the dates in ``line`` with their roles (``published``, ``modified``), in order of place.

    The word before a date tells its role, as in a line of its own (:func:`parse_date_line`). Two dates
    of one role that differ say nothing: neither is returned. So does a line that is too long.
    """
    if len(line) > LONGEST or _MAY_HOLD_DATE.search(line) is None:
        return ()
    found: dict[str, DateValue] = {}
    unclear: set[str] = set()
    for match in _DAY.finditer(line):
        read = next(_readings(line, match, language), None)
        if read is None:
            continue
        role, value = read
        if role in found and found[role].value[:10] != value.value[:10]:
            unclear.add(role)
        found.setdefault(role, value)
    return tuple((role, value) for role, value in found.items() if role not in unclear)


def _readings(line: str, match: re.Match[str], language: str) -> Iterator[tuple[str, DateValue]]:
    """Yield readings of a date, with most of the words around it first."""
    time = _TIME.match(line, match.end())
    ends = [time.end(), match.end()] if time else [match.end()]
    before = _WORDS_BEFORE.search(line[: match.start()])
    starts = [before.start(1), before.start(2)] if before and before[2] else [before.start(1)] if before else []
    for end in ends:
        for start in (*starts, match.start()):
            parsed = parse_date_line(line[start:end], language=language)
            if parsed is not None and parsed.dates[0][1].precision != "year":
                yield parsed.dates[0]
