"""How many blocks were removed of each article: lines of the ledger, canonical JSON, told by how they begin."""

from __future__ import annotations

from pathlib import Path

from archiver.package.listing import read_lines


class LedgerCount:
    """Counts them in step with the articles; ``path`` is that of the ledger."""

    def __init__(self, path: Path) -> None:
        self._lines = (line for _, line in read_lines(path))
        self._line = next(self._lines, None)

    def lines_of(self, article_id: str) -> int:
        """Return how many lines of the next article there are."""
        beginning = b'{"article":"%s",' % article_id.encode("utf-8", "surrogatepass")
        count = 0
        while self._line is not None and self._line.startswith(beginning):
            count += 1
            self._line = next(self._lines, None)
        return count
