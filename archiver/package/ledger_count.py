"""How many blocks were removed of each article: lines of the ledger, canonical JSON, told by how they begin."""

from __future__ import annotations

from pathlib import Path

from archiver.package.listing import read_lines


class LedgerCount:
    """Counts them in step with the articles; ``path`` is that of the ledger."""

    def __init__(self, path: Path) -> None:
        self._lines = read_lines(path)
        self._next = next((line for _, line in self._lines), b"")

    def lines_of(self, article_id: str) -> int:
        """Return how many lines of the next article there are."""
        beginning = b'{"article":"%s",' % article_id.encode("utf-8", "surrogatepass")
        if not self._next.startswith(beginning):
            return 0
        count = 1
        for _, line in self._lines:
            if not line.startswith(beginning):
                self._next = line
                return count
            count += 1
        self._next = b""
        return count
