"""Cutting the lists of a package into parts that can be checked apart from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from archiver.errors import PackageError
from archiver.package import layout
from archiver.package.listing import LineRange, parse_object, read_lines
from archiver.package.verify_range import ArticleRange

_ARTICLES_A_TASK = 32
_ID = re.compile(rb'"id":"(a-[0-9a-f]{16,64})"')
_COUNT = re.compile(rb'"articles":(\d{1,9})')
#: About what the check of an article of this version costs beyond its lines, in bytes that could be hashed meanwhile.
_ARTICLE_COST = 750_000


def article_ranges(data: Path) -> tuple[list[ArticleRange], LineRange]:
    """Return the articles in parts, and the lines of the ledger that belong to none. Raises PackageError.

    The cuts depend on the package alone. They are found without looking closely: where a list is
    damaged a part may have too few lines of another list, and its check says so.
    """
    ledger, sources = _Ledger(data), _Sources(data)
    ranges: list[ArticleRange] = []
    start, first, at, count = 0, 1, 0, 0
    for number, line in read_lines(data / layout.ARTICLES):
        if count == 0:
            start, first = at, number
            ledger.cut()
            origin = sources.of_article(number - 1)
        at += len(line) + 1
        count += 1
        ledger.take(_identity(line))
        if count == _ARTICLES_A_TASK:
            ranges.append(_range(LineRange(start, at, first), ledger.cut(), origin))
            count = 0
    if count:
        ranges.append(_range(LineRange(start, at, first), ledger.cut(), origin))
    return ranges, ledger.rest()


def _range(articles: LineRange, ledger: LineRange, sources: LineRange) -> ArticleRange:
    return ArticleRange(articles, ledger, sources, _ARTICLES_A_TASK * _ARTICLE_COST)


def _identity(line: bytes) -> str | None:
    """Return the id of a description; related articles have ids as well, but only where there are several."""
    found = _ID.findall(line)
    if len(found) == 1:
        return str(found[0], "ascii")
    try:
        identity = parse_object(line).get("id")
    except ValueError:
        return None
    return identity if isinstance(identity, str) else None


def _as_far_as_read(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines up to where the file cannot be read; whoever checks the list tells of that."""
    with suppress(PackageError):
        yield from read_lines(path)


class _Ledger:
    """Which lines of the ledger belong to which article, in step with the articles."""

    def __init__(self, data: Path) -> None:
        self._lines = _as_far_as_read(data / layout.LEDGER)
        self._at = self._start = 0
        self._number = self._first = 1
        self._line = self._next()

    def _next(self) -> bytes | None:
        return next((line for _, line in self._lines), None)

    def take(self, identity: str | None) -> None:
        """Take the lines that are of this article; damaged ones go with those about them."""
        prefix = b'{"article":"%s",' % (identity or "").encode("utf-8", "surrogatepass")
        while self._line is not None and (self._line.startswith(prefix) or self._article() in (identity, None)):
            self._at += len(self._line) + 1
            self._number += 1
            self._line = self._next()

    def _article(self) -> str | None:
        try:
            article = parse_object(self._line or b"").get("article")
        except ValueError:
            return None
        return article if isinstance(article, str) else None

    def cut(self) -> LineRange:
        """Return what was taken since the last call."""
        taken = LineRange(self._start, self._at, self._first)
        self._start, self._first = self._at, self._number
        return taken

    def rest(self) -> LineRange:
        """Return what was not taken."""
        while self._line is not None:
            self._at += len(self._line) + 1
            self._line = self._next()
        return LineRange(self._start, self._at, self._first)


class _Sources:
    """Where the input file of an article stands, by the numbers of articles that the list tells."""

    def __init__(self, data: Path) -> None:
        self._lines = self._counted(data)
        self._now = LineRange(0, 1 << 62, 1)
        self._until = 0

    def of_article(self, index: int) -> LineRange:
        """Return the line of the input file of article ``index`` (from 0), with all that follow."""
        while self._until <= index:
            found = next(self._lines, None)
            if found is None:
                break
            self._now, count = found
            self._until += count
        return self._now

    @staticmethod
    def _counted(data: Path) -> Iterator[tuple[LineRange, int]]:
        at = 0
        for number, line in _as_far_as_read(data / layout.SOURCES):
            counts = _COUNT.findall(line)
            yield LineRange(at, 1 << 62, number), int(counts[-1]) if counts else 0
            at += len(line) + 1
