"""The lines of ledger.jsonl that belong to some articles, read in step with these."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.ledger_line import fault_of, sure_line
from archiver.package.listing import LineRange, Removed, parse_object, read_range, removed

LEDGER = f"{layout.DATA}/{layout.LEDGER}"

LedgerLines = tuple[list[tuple[int, Removed]], bytes]
"""Removed blocks of an article with the numbers of their lines, and the lines themselves."""


class LedgerReader:
    """Some lines of the ledger, read in step with the articles."""

    def __init__(self, data: Path, lines: LineRange) -> None:
        self._lines = read_range(data / layout.LEDGER, lines)
        self._next: tuple[int, bytes, Removed] | None = None
        self._fault = ""
        """What is wrong with the next line: told when its article, or nobody, takes it."""
        self._done = False

    def _advance(self) -> Iterator[Finding]:
        self._next, self._fault = None, ""
        for number, line in self._lines:
            block = sure_line(line)
            if block is not None:
                self._next = (number, line, block)
                return
            try:
                value = parse_object(line)
                block = removed(value)
            except ValueError as error:
                yield Finding("package.ledger-invalid", str(error), file=LEDGER, line=number)
                continue
            self._next, self._fault = (number, line, block), fault_of(value, block)
            return
        self._done = True

    def _taken(self) -> Iterator[Finding]:
        if self._fault and self._next is not None:
            yield Finding("package.ledger-invalid", self._fault, file=LEDGER, line=self._next[0])

    def of(self, article_id: str) -> Generator[Finding, None, LedgerLines]:
        """Yield findings; return the blocks of the article with their line numbers, and the lines themselves."""
        blocks: list[tuple[int, Removed]] = []
        lines: list[bytes] = []
        if self._next is None and not self._done:
            yield from self._advance()
        while self._next is not None and self._next[2].article == article_id:
            number, line, block = self._next
            yield from self._taken()
            if blocks and block.block <= blocks[-1][1].block:
                message = "removed blocks of one article are not in reading order"
                yield Finding("package.ledger-order", message, file=LEDGER, line=number, pointer="/block")
            blocks.append((number, block))
            lines.append(line + b"\n")
            yield from self._advance()
        return blocks, b"".join(lines)

    def rest(self) -> Iterator[Finding]:
        """Yield a finding for every line that belongs to no article."""
        if self._next is None and not self._done:
            yield from self._advance()
        while self._next is not None:
            number, _, block = self._next
            yield from self._taken()
            message = f"the line belongs to no article, or not here: {block.article!r}"
            yield Finding("package.ledger-orphan", message, file=LEDGER, line=number, pointer="/article")
            yield from self._advance()
