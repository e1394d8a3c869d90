"""The title: which of the candidates, and without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.describe.candidates import Candidate, Candidates

_SPACE = re.compile(r"\s+")
#: What stands between a title and the name of the site.
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", "｜", " ｜ ", "_")
_CUT_MARKS = ("…", "...")


def choose_title(candidates: Candidates) -> Candidate | None:
    """Return the title: given beside the text, then the headline that others confirm, then what the markup says.

    A headline in the page that agrees with a title in the markup is what readers saw; a title in
    the markup loses the name of the site where that name is known from elsewhere on the page.
    """
    given = candidates.first("title", "given:")
    if given:
        return given
    headline = candidates.first("title", "text:", "html:/")
    said = [item for item in (*candidates.of("headline"), *candidates.of("title")) if not _from_page(item)]
    if headline and (not said or any(_agree(headline.value, item.value) for item in said)):
        return headline
    sites = _site_names(candidates)
    for item in sorted(said, key=_rank):
        if not item.value.endswith(_CUT_MARKS):
            return Candidate("title", without_site(item.value, sites), item.origin)
    return headline or (Candidate("title", without_site(said[0].value, sites), said[0].origin) if said else None)


def without_site(title: str, sites: Sequence[str]) -> str:
    """Cut the name of the site from either end of ``title`` if one of ``sites`` stands there behind a separator."""
    folded_sites = {fold for fold in map(_fold, sites) if fold}
    for separator in _SEPARATORS:
        while separator in title:
            head, _, tail = title.rpartition(separator)
            if head.strip() and _fold(tail) in folded_sites:
                title = head.rstrip()
                continue
            first, _, rest = title.partition(separator)
            if rest.strip() and _fold(first) in folded_sites:
                title = rest.lstrip()
                continue
            break
    return title


def _from_page(item: Candidate) -> bool:
    return item.origin.startswith(("text:", "html:/"))


def _rank(item: Candidate) -> int:
    for place, prefix in enumerate(("json-ld:", "meta:og:", "meta:twitter:", "meta:", "microdata:", "html:title")):
        if item.origin.startswith(prefix):
            return place
    return 9


def _site_names(candidates: Candidates) -> list[str]:
    return [item.value for field in ("site_name", "publisher") for item in candidates.of(field)]


def _agree(a: str, b: str) -> bool:
    a, b = _fold(a), _fold(b)
    shorter, longer = sorted((a, b), key=len)
    return shorter == longer != "" or (len(shorter) >= 8 and shorter in longer)


def _fold(text: str) -> str:
    return _SPACE.sub(" ", re.sub(r"[^\w\s]", "", text)).strip().casefold()
