"""How far a reading has come, told now and then."""

from __future__ import annotations

from collections.abc import Callable

#: A terminal is not written to more often than after so many bytes.
_STEP = 1024 * 1024


class Meter:
    """Adds up bytes and tells of them at each mebibyte."""

    def __init__(self, total: int, progress: Callable[[int, int], None]) -> None:
        self._total = total
        self._progress = progress
        self._done = self._told = 0

    def advance(self, size: int) -> None:
        """Say that ``size`` more bytes were read."""
        self._done = min(self._done + size, self._total)
        if self._done - self._told >= _STEP or self._done == self._total:
            self._told = self._done
            self._progress(self._done, self._total)
