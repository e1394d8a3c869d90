"""What one article may use up: time, and on Linux memory. The operating system keeps watch, even within C code."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: A process that waits uses no processor time; it is stopped when so many times the limit have passed by the clock.
PATIENCE = 5
#: Signals that end a process over its limit of time (getitimer(2)).
OVERDUE = frozenset({signal.SIGPROF, signal.SIGALRM})
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one article may use; 0 stands for no limit."""

    seconds: float = 0
    """Processor time. By the clock it is PATIENCE times as much."""
    mebibytes: int = 0
    """Address space above what the process has when it begins."""


@contextmanager
def within_time(limits: Limits) -> Iterator[None]:
    """Let the system end this process, by SIGPROF or SIGALRM, if what is done here takes too long.

    Only for a process that somebody else waits for.
    """
    if not limits.seconds:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds * PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def within_memory(limits: Limits) -> Iterator[None]:
    """Let MemoryError be raised if what is done here takes more memory than it may (setrlimit(2), RLIMIT_AS)."""
    used = _kibibytes("VmSize") if limits.mebibytes else None
    if used is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = used * 1024 + limits.mebibytes * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (min([most, *(one for one in (soft, hard) if one >= 0)]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def short_of_memory(limits: Limits) -> bool:
    """Tell whether an error may have come from the limit: this process has used more than half of what it may.

    Libraries in C tell of refused memory in words of their own.
    """
    peak, now = _kibibytes("VmPeak"), resource.getrlimit(resource.RLIMIT_AS)[0]
    return bool(limits.mebibytes) and peak is not None and now > 0 and peak * 1024 > now - limits.mebibytes * _MIB // 2


def _kibibytes(name: str) -> int | None:
    """Return a line of proc_pid_status(5), None on other systems."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(name + ":")), None)
