"""The names of the house: what publisher, site and address call themselves, which are no people."""

from __future__ import annotations

import re

from archiver.describe.candidates import Candidates
from archiver.wording.people import looks_like_name

_NOT_WORD = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\s[|–—-]\s|\s*\|\s*")
_BLANKS = re.compile(r"[\s./]+")
_HOST = re.compile(r"https?://(?:www\d?\.)?([^/:?#]+)", re.IGNORECASE)
#: Words that desks add to the name of their house.
_DESK_WORDS = frozenset(
    "redaktion online team news newsroom desk staff editorial editors web die der das the la le el de redacción "
    "redakcja rédaction redazione redactie digital magazin magazine com net org".split()
)


class House:
    """The names of publisher and site, which are no people."""

    def __init__(self, candidates: Candidates) -> None:
        self._names: set[str] = set()
        self._hosts: set[str] = set()
        for item in (*candidates.of("site_name"), *candidates.of("publisher")):
            # Who publishes alone is publisher and author in one.
            if item.field == "site_name" or not looks_like_name(item.value):
                parts = (item.value, item.value.partition(" (")[0], *_PARTS.split(item.value))
                self._names.update(map(_fold, parts))
        for item in (*candidates.of("address"), *candidates.of("canonical_url")):
            host = _HOST.match(item.value)
            if host:
                name = host[1].rpartition(".")[0]
                self._hosts.update(map(_fold, (host[1], name, name.rpartition(".")[2])))
        self._names.discard("")

    def is_in(self, name: str) -> bool:
        """Tell whether ``name`` is that of the house, with or without the word for its desk."""
        folded = {_fold(name), _fold(name.partition(",")[0])}
        folded.add(_fold("".join(word for word in _BLANKS.split(name.casefold()) if word not in _DESK_WORDS)))
        if not folded.isdisjoint(self._names) or "" in folded:
            return True
        # People name their sites after themselves.
        return not folded.isdisjoint(self._hosts) and not looks_like_name(name)


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())
