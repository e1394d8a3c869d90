"""Something done in a process of its own, which may be killed, hang or swell without harm to anything else."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, TypeVar

from archiver.engines.child import begin_child, unheard_signals
from archiver.engines.limits import OVERDUE, Limits, within_memory, within_time
from archiver.errors import KilledWorkerError, TooMuchMemoryError, TooSlowError

T = TypeVar("T")

#: A process can be killed for reasons that pass, such as lack of memory elsewhere; twice is no accident.
_ATTEMPTS = 2
#: Exit status for lack of memory, which may leave no room to say so in another way.
_NO_MEMORY = 71
_CHUNK = 1024 * 1024


def run_alone(function: Callable[[], T], limits: Limits, *, place: str) -> T:
    """Return what ``function`` returns, made by a copy of this process; it must be picklable.

    ``function`` must not raise, save MemoryError. ``place`` is what errors call it. Raises TooSlowError,
    TooMuchMemoryError, and KilledWorkerError for a process that ended in any other way, twice.
    """
    status = 0
    for _ in range(_ATTEMPTS):
        answer, status = _once(function, limits)
        if status == 0 and answer:
            try:
                made: T = pickle.loads(answer)  # noqa: S301 - our own child wrote it
            except MemoryError:
                raise _too_much(limits, place) from None
            return made
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _NO_MEMORY:
            raise _too_much(limits, place)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in OVERDUE:
            raise TooSlowError(
                f"needs more than {limits.seconds:g} seconds",
                place=place,
                advice="raise --article-seconds if the source is trusted",
            )
    raise KilledWorkerError(
        f"each process that worked on it ended: {_words(status)}",
        place=place,
        advice="please report this with the article; give its text as a file of its own",
    )


def _too_much(limits: Limits, place: str) -> TooMuchMemoryError:
    return TooMuchMemoryError(
        f"needs more than {limits.mebibytes} MiB of memory, or than there is",
        place=place,
        advice="raise --article-memory if the source is trusted",
    )


def _words(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        with suppress(ValueError):
            return f"killed by {signal.Signals(number).name}"
        return f"killed by signal {number}"
    return f"exit status {os.WEXITSTATUS(status)}"


def _once(function: Callable[[], T], limits: Limits) -> tuple[bytes, int]:
    """Return what the child wrote, and how it ended (waitpid(2))."""
    reading, writing = os.pipe()
    parent = os.getpid()
    with unheard_signals():
        child = os.fork()
        if child == 0:
            _be_the_child(function, limits, parent, writing)
    os.close(writing)
    try:
        with open(reading, "rb") as stream:  # noqa: PTH123
            answer = stream.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        status = os.waitpid(child, 0)[1]
    return answer, status


def _be_the_child(function: Callable[[], T], limits: Limits, parent: int, writing: int) -> NoReturn:
    status = 1
    try:
        begin_child(parent, keep=(writing,), forked=True)
        try:
            with within_time(limits), within_memory(limits):
                answer = pickle.dumps(function(), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            os._exit(_NO_MEMORY)
        for at in range(0, len(answer), _CHUNK):
            _write_all(writing, answer[at : at + _CHUNK])
        status = 0
    finally:
        # Whatever happens: this copy must not go on with what its parent does.
        os._exit(status)


def _write_all(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]
