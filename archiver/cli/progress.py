"""How far a long work is: a line on a terminal, or JSON Lines for programs; nothing where nobody watches."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from archiver.cli.streams import complain, write_aside
from archiver.report.progress import Advance, progress_line, progress_words

Show = Callable[[int, int], None]

#: Seconds between two lines on a terminal, and between two lines of JSON.
_ON_TERMINAL = 0.1
_AS_JSON = 1.0


class ProgressForm(StrEnum):
    """How progress is told on standard error."""

    AUTO = "auto"
    """A line on a terminal, else nothing."""
    JSON = "json"
    NONE = "none"


@contextmanager
def progress_bar(
    label: str, *, quiet: bool, form: ProgressForm = ProgressForm.AUTO, unit: str = "files"
) -> Iterator[Show | None]:
    """Give a function that is called with how much of a work is done, of how much; None where nobody watches.

    ``unit`` is ``files`` or ``bytes``. A line that is not wanted any more is ended at the end of the block.
    """
    if form is ProgressForm.JSON:
        shown = _Shown(label, unit, pause=_AS_JSON, tell=lambda advance: complain(progress_line(advance)))
        yield shown.show
    elif quiet or form is ProgressForm.NONE or not sys.stderr.isatty():
        yield None
    else:
        shown = _Shown(label, unit, pause=_ON_TERMINAL, tell=_rewrite)
        try:
            yield shown.show
        finally:
            if shown.told:
                complain("")


def _rewrite(advance: Advance) -> None:
    """Write the line anew over the one before."""
    room = shutil.get_terminal_size().columns - 1
    write_aside("\r" + progress_words(advance, width=room).ljust(room)[:room])


class _Shown:
    """Tells of a work, not too often; how fast it goes is counted from the first call on."""

    def __init__(self, label: str, unit: str, *, pause: float, tell: Callable[[Advance], None]) -> None:
        self._label = label
        self._unit = unit
        self._pause = pause
        self._tell = tell
        self._began = self._last = time.monotonic()
        self._before: int | None = None
        self.told = False

    def show(self, done: int, total: int) -> None:
        """Tell that so much is done."""
        now = time.monotonic()
        if self._before is None:
            # A run that goes on has much behind it that took no time of this one.
            self._before = done if done < total else 0
        if self.told and done < total and now - self._last < self._pause:
            return
        self._last = now
        self.told = True
        self._tell(Advance(self._label, self._unit, done, total, done - self._before, now - self._began))
