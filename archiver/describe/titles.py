"""The title: which of the candidates, and without the name of the site, a kicker or a date glued to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.describe.candidates import Candidate, Candidates

_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w\s]")
#: What stands between a title and the name of the site.
_SEPARATORS = (
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " › ", " · ", " • ", " / ", " : ", " │ ", "│", "｜", " ｜ ", "_",
)  # fmt: skip
#: Where a title may fall into parts; a colon parts a kicker from the headline as well.
_PARTS = re.compile(
    r"\s+(?:[|–—»«›·•/│:]|-|::|//)\s+|[│｜]|\s*_+\s*|(?<=\w):\s+|\s+//$|\s+(?=[(\[])"
    r"|(?<=[\u3000-\u9fff\uff00-\uffef”])\s*-+\s*(?=[\u3000-\u9fff])"
)
_HOST = re.compile(r"https?://(?:www\d?\.)?([^/:?#]+)", re.IGNORECASE)
_CUT_MARKS = ("…", "...")
_MOST_PARTS = 7
#: A shorter wording says too little to be found again by chance within a longer one.
_TELLING = 8
#: A page has one headline of level 1; that it is no site's name shows in the words it shares with the title.
_SHARED = 0.34
#: A part of a title stands for a headline where it is most of it.
_MOST_OF = 0.6
_SAME_ELEMENT = ("microdata:", "rdfa:")
_ALTERNATIVE = ("alternativeHeadline", "alternativeheadline", "Recipe.name")


@dataclass(frozen=True, slots=True)
class _Said:
    """A title that the markup gives, without the name of the site."""

    value: str
    origin: str
    fold: str


def choose_title(candidates: Candidates) -> Candidate | None:
    """Return the title: given beside the text, then the headline that others confirm, then what the markup says.

    A headline in the page that agrees with a title in the markup is what readers saw; a title in
    the markup loses the name of the site where that name is known from elsewhere on the page, from
    its address, or because the rest stands as a heading on the page.
    """
    given = candidates.first("title", "given:")
    if given:
        return given
    headline = candidates.first("title", "text:", "html:/")
    sites = _site_names(candidates)
    said = [
        _Said(value, item.origin, _fold(value))
        for item in sorted((*candidates.of("headline"), *candidates.of("title")), key=_rank)
        if not _from_page(item) and (value := without_site(item.value, sites)) and _fold(value) not in sites
    ]
    telling = [item for item in said if not item.value.endswith(_CUT_MARKS)]
    if headline:
        found = _confirmed(headline, said, telling)
        if found is not None or not said:
            return found or headline
    found = _as_heading(telling, candidates.of("heading"), sites) or (headline and _alone(headline, telling))
    if found is not None:
        return found
    rest = next((Candidate("title", item.value, item.origin) for item in (*telling, *said)), headline)
    return rest or candidates.first("headline") or candidates.first("title")


def without_site(title: str, sites: Sequence[str] | frozenset[str]) -> str:
    """Cut the name of the site from either end of ``title`` if one of ``sites`` stands there behind a separator."""
    names = sites if isinstance(sites, frozenset) else frozenset(filter(None, map(_fold, sites)))
    for separator in _SEPARATORS:
        while separator in title:
            head, _, tail = title.rpartition(separator)
            if head.strip() and _is_site(tail, names):
                title = head.rstrip()
                continue
            first, _, rest = title.partition(separator)
            if rest.strip() and _is_site(first, names):
                title = rest.lstrip()
                continue
            break
    return title


def _is_site(text: str, names: frozenset[str]) -> bool:
    folded = _fold(text)
    return folded in names or folded.replace(" ", "") in names


def _confirmed(headline: Candidate, said: Sequence[_Said], telling: Sequence[_Said]) -> Candidate | None:
    """The headline that a title in the markup repeats, or the part of it that is the headline proper."""
    own = _fold(headline.value)
    main = [item for item in said if not item.origin.endswith(_ALTERNATIVE)]
    # Microdata and RDFa mark the headline itself; they confirm nothing.
    if any(item.fold == own for item in main if not item.origin.startswith(_SAME_ELEMENT)):
        return headline
    for item in main:
        if own and own in (_fold(run) for run in _runs(item.value)):
            # A kicker before a colon is a part of the headline where the publisher names the two together.
            return None if _is_headline(item) else headline
        # A kicker, a date or a second line can be set into the element of the headline.
        if own.replace(" ", "") == item.fold.replace(" ", "") or (item in telling and _is_part(item.fold, own)):
            return Candidate("title", item.value, item.origin)
    for item in telling:
        for run in _runs(item.value) if item in main else ():
            fold = _fold(run)
            if len(fold) >= _MOST_OF * len(own) and own.endswith(" " + fold):
                return Candidate("title", run, item.origin)
    return headline if any(item.fold == own for item in said) and not main else None


def _is_part(title: str, own: str) -> bool:
    return len(title) >= _TELLING and (own.startswith(title + " ") or own.endswith(" " + title))


def _is_headline(item: _Said) -> bool:
    return item.origin.startswith("json-ld:") and item.origin.endswith(".headline")


def _as_heading(telling: Sequence[_Said], headings: Sequence[Candidate], sites: frozenset[str]) -> Candidate | None:
    """The heading of the page that a title in the markup repeats whole, or that is the longest part of it."""
    by_fold = {fold: item for item in reversed(headings) if (fold := _fold(item.value)) and fold not in sites}
    for item in telling:
        if item.fold in by_fold:
            return Candidate("title", by_fold[item.fold].value, by_fold[item.fold].origin)
        if _is_headline(item):
            return None
        parts = [fold for run in _runs(item.value) if (fold := _fold(run)) in by_fold and len(fold) > 3]
        if parts:
            chosen = by_fold[max(parts, key=len)]
            return Candidate("title", chosen.value, chosen.origin)
    return None


def _alone(headline: Candidate, telling: Sequence[_Said]) -> Candidate | None:
    """A headline of level 1 that shares words with the titles in the markup, though none repeats it."""
    if not headline.by_head or any(map(_is_headline, telling)):
        return None
    words = set(_fold(headline.value).split())
    for item in telling:
        others = set(item.fold.split())
        if len(words & others) >= _SHARED * min(len(words), len(others)):
            return headline
    return None


def _runs(title: str) -> Iterator[str]:
    """Yield the parts of a title and what neighbouring parts make together, the longest first."""
    cuts = [(match.start(), match.end()) for match in _PARTS.finditer(title)][: _MOST_PARTS - 1]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(title)]
    for length in range(len(starts), 0, -1):
        for first in range(len(starts) - length + 1):
            yield title[starts[first] : ends[first + length - 1]]


def _from_page(item: Candidate) -> bool:
    return item.origin.startswith(("text:", "html:/"))


def _rank(item: Candidate) -> int:
    if item.origin.endswith(_ALTERNATIVE):
        return 8
    if item.origin.startswith("json-ld:") and not item.origin.endswith(".headline"):
        return 4
    for place, prefix in enumerate(("json-ld:", "meta:og:", "meta:twitter:", "meta:", "microdata:", "html:title")):
        if item.origin.startswith(prefix):
            return place
    return 9


def _site_names(candidates: Candidates) -> frozenset[str]:
    names = {_fold(item.value) for field in ("site_name", "publisher") for item in candidates.of(field)}
    for item in (*candidates.of("address"), *candidates.of("canonical_url")):
        host = _HOST.match(item.value)
        if host:
            name = host[1].rpartition(".")[0]
            names.update(_fold(part).replace(" ", "") for part in (host[1], name, name.rpartition(".")[2]))
    return frozenset(names - {""})


def _fold(text: str) -> str:
    return _SPACE.sub(" ", _NOT_WORD.sub("", text)).strip().casefold()
