"""How a process that works for another begins: deaf to Ctrl-C, without its parent's files, and never outliving it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for_end
from pathlib import Path

from archiver.engines.limits import OVERDUE

_THREADS = Path("/proc/self/task")
_FILES = Path("/proc/self/fd")
#: PR_SET_PDEATHSIG of prctl(2).
_ON_PARENTS_DEATH = 1
_STANDARD = frozenset({0, 1, 2})


def can_fork() -> bool:
    """Tell whether a child may be a copy of this process: a copy has the locks of threads in whatever state they are.

    Only Linux tells how many threads there are.
    """
    try:
        return len(list(_THREADS.iterdir())) == 1
    except OSError:
        return False


@contextmanager
def unheard_signals() -> Iterator[None]:
    """Keep Ctrl-C and SIGTERM waiting: a child that is begun meanwhile hears neither before it knows what to do."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_child(parent: int, *, keep: Collection[int], forked: bool) -> None:
    """Make this process one that works for ``parent``, its process id; ``keep`` are the file descriptors it needs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, *OVERDUE):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, *OVERDUE})
    end_with(parent)
    seldom_look_for_cycles()
    if forked:
        let_go_of_files(keep)


def seldom_look_for_cycles() -> None:
    """Let the collector of cyclic garbage of this process, which must be ours, begin later than Python has it.

    What is here by now stays, and little of what an article leaves behind is in cycles: looking for it costs a
    twentieth to a tenth of the time otherwise, and the memory of a worker grows by no more than some objects.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def end_with(parent: int) -> None:
    """Let this process end when its parent does, however that ends."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_ON_PARENTS_DEATH, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        return
    process = multiprocessing.parent_process()
    if process is not None:
        threading.Thread(target=_wait_and_end, args=(process.sentinel,), daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    wait_for_end([sentinel])
    os._exit(1)


def let_go_of_files(keep: Collection[int]) -> None:
    """Hold none of the files, locks and pipes that this process has only because it is a copy of another.

    They are led nowhere rather than closed: objects that are copies as well may close them once more.
    """
    try:
        found = [int(entry.name) for entry in _FILES.iterdir()]
    except OSError:
        return
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in found:
        if number not in _STANDARD and number not in keep and number != nowhere:
            os.dup2(nowhere, number, inheritable=False)
