"""Which objects of the JSON-LD speak of this page's article: teasers have objects of their own, and so have films."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archiver.model.document import Hint

_JSON_LD = "json-ld:"
#: The hint with which the hints of each object begin.
_BEGIN = "json-ld:@type"
_NOT_WORD = re.compile(r"[\W_]+")
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
#: A shorter headline is found within another one by chance.
_TELLING = 12


def hints_of_page(hints: Sequence[Hint], *, headlines: Iterable[str], address: str | None) -> Iterator[Hint]:
    """Yield ``hints`` without those of JSON-LD objects that describe something else than the page's article.

    Where several objects have headlines that differ, those count whose headline stands in one of
    ``headlines`` or in a title outside the JSON-LD, or whose address is that of the page (schema.org
    ``mainEntityOfPage``, ``url``); where none does, the first. Pictures, sounds and films (schema.org:
    subtypes of MediaObject) count only where no text is described.
    """
    nodes = _nodes(hints)
    dropped = _media(nodes) | _elsewhere(nodes, hints, headlines, address)
    for hint, node in zip(hints, _numbers(hints), strict=True):
        if node not in dropped:
            yield hint


def _numbers(hints: Sequence[Hint]) -> Iterator[int]:
    """For each hint the ordinal of its JSON-LD object, 0 for hints of other origin."""
    node = 0
    for hint in hints:
        node += hint.origin == _BEGIN
        yield node if hint.origin.startswith(_JSON_LD) else 0


def _nodes(hints: Sequence[Hint]) -> dict[int, list[Hint]]:
    found: dict[int, list[Hint]] = {}
    for hint, node in zip(hints, _numbers(hints), strict=True):
        if node:
            found.setdefault(node, []).append(hint)
    return found


def _media(nodes: dict[int, list[Hint]]) -> set[int]:
    media = {node for node, own in nodes.items() if own[0].value.endswith("Object")}
    return media if len(media) < len(nodes) else set()


def _elsewhere(
    nodes: dict[int, list[Hint]], hints: Sequence[Hint], headlines: Iterable[str], address: str | None
) -> set[int]:
    named = {
        node: _fold(next(hint.value for hint in own if hint.field == "headline"))
        for node, own in nodes.items()
        if any(hint.field == "headline" for hint in own)
    }
    if len(set(named.values())) < 2:
        return set()
    titles = {_fold(hint.value) for hint in hints if hint.field == "title" and not hint.origin.startswith(_JSON_LD)}
    titles |= set(map(_fold, headlines))
    places = {
        _place(hint.value) for hint in hints if hint.field == "canonical_url" and hint.origin[:5] in ("link:", "meta:")
    }
    places |= {_place(address)} if address else set()
    own = {
        node
        for node, headline in named.items()
        if any(headline == title or _within(headline, title) for title in titles)
    }
    own = own or {
        node
        for node in named
        if any(hint.field == "canonical_url" and _place(hint.value) in places for hint in nodes[node])
    }
    return set(named) - (own or {min(named)})


def _within(headline: str, title: str) -> bool:
    return len(headline) >= _TELLING and headline in title


def _place(address: str) -> str:
    return _SCHEME.sub("", address).partition("#")[0].rstrip("/")


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())
