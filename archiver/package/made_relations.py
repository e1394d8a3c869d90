"""Which articles have the same text, and how like each other others are: compared with what their descriptions say."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

from archiver.model.metadata import Metadata
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.listing import parse_object
from archiver.package.pages import pages_header

_ARTICLES = f"{layout.DATA}/{layout.ARTICLES}"
_KEY_DIGITS = 16


class RelationCheck:
    """Takes the articles in order; some bytes of each are kept.

    ``pages`` is the list of their texts, whose lines are as long as they should be: if not, that was found.
    """

    def __init__(self, pages: Path, similarity: Callable[[str, str], int]) -> None:
        self._pages, self._similarity = pages, similarity
        self._ids = array("Q")
        self._offsets = array("Q")
        self._at = len(pages_header())
        self._firsts: dict[int, int] = {}
        self._places: dict[int, int] = {}
        self._findings: list[Finding] = []

    def add(self, metadata: Metadata, length: int, text: str) -> None:
        """Take the next article, its text, and the length of its line in the list of pages.

        Raises ValueError where id or digest are none.
        """
        place, number = len(self._ids), int(metadata.id.removeprefix("a-"), 16)
        self._ids.append(number)
        self._offsets.append(self._at)
        self._at += length
        self._places[number] = place
        first = place
        if metadata.word_count:
            first = self._firsts.setdefault(int(metadata.text_sha256[:_KEY_DIGITS], 16), place)
        self._check_duplicate(metadata, place, first)
        self._check_related(metadata, place, text, repeats=first != place)

    def ids(self) -> Iterator[str]:
        """Yield the ids of all articles in order."""
        return map(_identity, self._ids)

    def run(self) -> Iterator[Finding]:
        """Yield what was found."""
        yield from self._findings

    def _check_duplicate(self, metadata: Metadata, place: int, first: int) -> None:
        wanted = _identity(self._ids[first]) if first != place else None
        said = metadata.duplicate_of
        if said != wanted:
            truth = f"{wanted} is the first article with its text" if wanted else "no earlier article has its text"
            self._tell(place, "/duplicate_of", f"article {metadata.id} says {said or 'nothing'}, and {truth}")

    def _check_related(self, metadata: Metadata, place: int, text: str, *, repeats: bool) -> None:
        if repeats and metadata.related:
            self._tell(place, "/related", "an article that repeats another is compared with no other")
            return
        last = 100
        for index, other in enumerate(metadata.related):
            pointer = f"/related/{index}"
            earlier = self._places.get(int(other.id.removeprefix("a-"), 16))
            if earlier is None or earlier == place:
                continue  # the check of the descriptions tells
            other_text = self._text(earlier)
            found = self._similarity(text, other_text) if other_text is not None else other.similarity
            if found != other.similarity:
                message = f"similarity to {other.id} is told as {other.similarity}, the texts give {found}"
                self._tell(place, f"{pointer}/similarity", message)
            elif other.similarity > last:
                self._tell(place, pointer, "the most similar article does not stand first")
            last = other.similarity

    def _text(self, place: int) -> str | None:
        """Return the text of an earlier article, None where the list of pages is not as it should be."""
        with self._pages.open("rb") as file:
            file.seek(self._offsets[place])
            line = file.readline()
        try:
            page = parse_object(line.removesuffix(b"\n"))
        except ValueError:
            return None
        text = page.get("text", "")
        return text if isinstance(text, str) and page.get("id") == _identity(self._ids[place]) else None

    def _tell(self, place: int, pointer: str, message: str) -> None:
        finding = Finding("package.relation-false", message, file=_ARTICLES, line=place + 1, pointer=pointer)
        self._findings.append(finding)


def _identity(number: int) -> str:
    return f"a-{number:016x}"
