"""The local engine: this process, or a pool of workers that may die."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import pickle
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, Protocol, TypeVar

from archiver.engines.child import begin_child, can_fork, unheard_signals
from archiver.engines.limits import OVERDUE
from archiver.errors import PackageError
from archiver.model.shard import Shard


class Numbered(Protocol):
    """What is left of a shard that was done: it says which one."""

    @property
    def number(self) -> int:
        """Of the shard."""
        ...


Record = TypeVar("Record", bound=Numbered)
Work = Callable[[Shard], Record]

#: A worker can be killed by the system for reasons that pass; the same shard three times is no accident.
_ATTEMPTS = 3
#: So often a shard may end its worker before it is done with care.
_BEFORE_CARE = 2


@dataclass(frozen=True, slots=True)
class Guarded(Generic[Record]):
    """The same work for processes that may be killed, in two ways."""

    swift: Work[Record]
    """May end its process, or raise MemoryError, over one bad article."""
    careful: Work[Record]
    """For a shard to which that has happened: finds the bad article and does the rest."""


@dataclass(slots=True)
class _Case:
    shard: Shard
    deaths: int = 0
    careful: bool = False


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    case: _Case | None = None


@dataclass(frozen=True, slots=True)
class _Failed:
    """What a worker answers if its work raised an error."""

    error: Exception


class _NoMemory:
    """What a worker answers if memory was refused."""


def run_shards(
    work: Work[Record], shards: Sequence[Shard], *, jobs: int, guarded: Guarded[Record] | None = None
) -> Iterator[Record]:
    """Do every shard and yield the records as they come, in no particular order.

    ``work`` is for this process, which does it alone if ``jobs`` is 1; in workers ``guarded`` takes its
    place, if it is given, and then there is a worker for one job as well, wherever a process can be
    copied. All of them must be idempotent, since a shard whose worker died is done again, and picklable.
    Raises what they raise, and PackageError for shards whose workers keep dying, after all others are done.
    """
    forked = can_fork()
    needless = jobs == 1 if guarded else jobs == 1 or len(shards) <= 1
    if not shards or (needless and not (guarded and forked)):
        yield from map(work, shards)
        return
    pool = _Pool(guarded or Guarded(work, work), min(jobs, len(shards)), forked=forked, can_care=guarded is not None)
    try:
        yield from pool.run(shards)
    finally:
        pool.stop()


class _Pool(Generic[Record]):
    def __init__(self, work: Guarded[Record], size: int, *, forked: bool, can_care: bool) -> None:
        self._work = work
        self._size = size
        self._forked = forked
        self._can_care = can_care
        self._workers: list[_Worker] = []
        self._waiting: deque[_Case] = deque()
        self._given_up: list[int] = []

    def run(self, shards: Sequence[Shard]) -> Iterator[Record]:
        """Yield the record of each shard."""
        self._waiting.extend(map(_Case, shards))
        while self._waiting or any(worker.case for worker in self._workers):
            while self._waiting and len(self._workers) < self._size:
                self._begin()
            for worker in [one for one in self._workers if one.case is None][: len(self._waiting)]:
                self._hand_out(worker)
            ready = multiprocessing.connection.wait([worker.pipe for worker in self._workers])
            for worker in [one for one in self._workers if one.pipe in ready]:
                record = self._take_in(worker)
                if record is not None:
                    yield record
        if self._given_up:
            numbers = ", ".join(str(number) for number in sorted(self._given_up)[:5])
            raise PackageError(
                f"worker processes died {_ATTEMPTS} times; shards left: {numbers}",
                advice="look for lack of memory, then go on with --resume",
            )

    def stop(self) -> None:
        """End all workers at once; what they had not committed is done again by the next run."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            self._bury(worker)

    def _begin(self) -> None:
        # Else spawned: a copy of this process would have the locks of its threads in whatever state they are.
        context = multiprocessing.get_context("fork" if self._forked else "spawn")
        ours, theirs = multiprocessing.Pipe()
        with theirs, unheard_signals():
            process = context.Process(target=_serve, args=(theirs, self._work, os.getpid(), self._forked))  # type: ignore[attr-defined]
            process.start()
        self._workers.append(_Worker(process, ours))

    def _hand_out(self, worker: _Worker) -> None:
        worker.case = self._waiting.popleft()
        # One that has just died takes nothing; it is missed when its answer is asked for.
        with suppress(OSError):
            worker.pipe.send((worker.case.careful, worker.case.shard))

    def _take_in(self, worker: _Worker) -> Record | None:
        """Return the record that a worker has made; None where it has died, or could not make it."""
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            answer = None
        if isinstance(answer, _Failed):
            raise answer.error
        case, worker.case = worker.case, None
        if answer is not None and not isinstance(answer, _NoMemory):
            if self._waiting:
                self._hand_out(worker)
            record: Record = answer
            return record
        if answer is None:
            worker.process.join()
        else:
            worker.process.kill()
        self._workers.remove(worker)
        self._bury(worker)
        if case is not None:
            over = answer is not None or -(worker.process.exitcode or 0) in OVERDUE
            self._again(case, over=over)
        return None

    def _again(self, case: _Case, *, over: bool) -> None:
        """Put a shard back; ``over`` tells that its worker was ended by a limit, which is no accident."""
        case.deaths += 1
        if self._can_care and not case.careful and (over or case.deaths >= _BEFORE_CARE):
            case.careful, case.deaths = True, 0
        if case.deaths < _ATTEMPTS:
            self._waiting.appendleft(case)
        else:
            self._given_up.append(case.shard.number)

    @staticmethod
    def _bury(worker: _Worker) -> None:
        worker.process.join()
        worker.pipe.close()


def _serve(pipe: Connection, work: Guarded[Record], parent: int, forked: bool) -> None:
    """Be a worker: do what comes through ``pipe`` until it is closed."""
    begin_child(parent, keep=(pipe.fileno(),), forked=forked)
    while True:
        try:
            careful, shard = pipe.recv()
        except EOFError:
            return
        pipe.send(_answer(work.careful if careful else work.swift, shard))


def _answer(work: Work[Record], shard: Shard) -> Record | _Failed | _NoMemory:
    try:
        return work(shard)
    except MemoryError:
        return _NoMemory()
    except Exception as error:  # noqa: BLE001 - it is raised again in the parent
        error.add_note("".join(traceback.format_exception(error)))
        return _Failed(_portable(error))


def _portable(error: Exception) -> Exception:
    """Return ``error``, or what is left of it where it cannot be handed to another process."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except (pickle.PicklingError, TypeError, AttributeError, ValueError):
        return RuntimeError("\n".join([f"{type(error).__name__}: {error}", *error.__notes__]))
    return error
