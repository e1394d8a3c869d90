"""How far a long work is: a line on a terminal, or JSON Lines for programs; nothing where nobody watches."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from archiver.cli.streams import complain, write_aside
from archiver.model.event import Event, Kind, Watch, unwatched
from archiver.report.progress import Advance, Amount, progress_line, progress_words

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
    with _shown(label, quiet=quiet, form=form) as shown:
        yield None if shown is None else _Counted(shown, unit).show


@contextmanager
def run_bar(*, quiet: bool, form: ProgressForm) -> Iterator[Watch]:
    """Give a function that is called with each event of an export and tells how far it is, like ``progress_bar``."""
    with _shown("exporting", quiet=quiet, form=form) as shown:
        yield unwatched if shown is None else _Watched(shown).watch


@contextmanager
def _shown(label: str, *, quiet: bool, form: ProgressForm) -> Iterator[_Shown | None]:
    if form is ProgressForm.JSON:
        yield _Shown(label, pause=_AS_JSON, tell=lambda advance: complain(progress_line(advance)))
    elif quiet or form is ProgressForm.NONE or not sys.stderr.isatty():
        yield None
    else:
        shown = _Shown(label, pause=_ON_TERMINAL, tell=_rewrite)
        try:
            yield shown
        finally:
            if shown.told:
                complain("")


def _rewrite(advance: Advance) -> None:
    """Write the line anew over the one before."""
    room = shutil.get_terminal_size().columns - 1
    write_aside("\r" + progress_words(advance, width=room).ljust(room)[:room])


class _Shown:
    """Tells of a work, not too often; how fast it goes is counted from the beginning on."""

    def __init__(self, label: str, *, pause: float, tell: Callable[[Advance], None]) -> None:
        self._label = label
        self._pause = pause
        self._tell = tell
        self._began = self._last = time.monotonic()
        self.told = False

    def show(self, unit: str, units: Amount, size: Amount | None = None) -> None:
        """Tell that so much is done."""
        now = time.monotonic()
        if self.told and units.done < units.total and now - self._last < self._pause:
            return
        self._last = now
        self.told = True
        self._tell(Advance(self._label, unit, units, now - self._began, size))


class _Counted:
    """A work of which is told how much is done, of how much."""

    def __init__(self, shown: _Shown, unit: str) -> None:
        self._shown = shown
        self._unit = unit
        self._before: int | None = None

    def show(self, done: int, total: int) -> None:
        if self._before is None:
            self._before = done if done < total else 0
        self._shown.show(self._unit, Amount(done, total, done - self._before))


class _Watched:
    """An export, by its events."""

    def __init__(self, shown: _Shown) -> None:
        self._shown = shown
        self._before = 0

    def watch(self, event: Event) -> None:
        said = event.said
        if event.kind is Kind.RUN_BEGUN:
            # A run that goes on has much behind it that took no time of this one.
            self._before = said["done_files"]
        elif event.kind not in (Kind.PORTION_DONE, Kind.SHARD_DONE):
            return
        files = Amount(said["done_files"], said["files"], said["done_files"] - self._before)
        self._shown.show("files", files, Amount(said["done_bytes"], said["bytes"], said["made_bytes"]))
