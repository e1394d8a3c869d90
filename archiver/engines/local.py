"""The local engine: this process, or a pool of workers that may die."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import pickle
import traceback
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, Protocol, TypeVar

from archiver.engines.child import begin_child, can_fork, unheard_signals
from archiver.engines.limits import OVERDUE
from archiver.errors import PackageError
from archiver.model.event import Event, Kind, Watch, unwatched
from archiver.model.shard import Portion, Shard


class Numbered(Protocol):
    """What is left of a shard that was done: it says which one."""

    @property
    def number(self) -> int:
        """Of the shard."""
        ...


Record = TypeVar("Record", bound=Numbered)
#: A shard waits until none of its portions is left to be done.
Task = TypeVar("Task", bound=Shard | Portion)
Work = Callable[[Task], Record]

#: A worker can be killed by the system for reasons that pass; the same shard three times is no accident.
_ATTEMPTS = 3
#: So often a shard may end its worker before it is done with care.
_BEFORE_CARE = 2


@dataclass(frozen=True, slots=True)
class Guarded(Generic[Task, Record]):
    """The same work for processes that may be killed, in two ways."""

    swift: Work[Task, Record]
    """May end its process, or raise MemoryError, over one bad article."""
    careful: Work[Task, Record]
    """For a shard to which that has happened: finds the bad article and does the rest."""


@dataclass(slots=True)
class _Case:
    shard: Shard | Portion
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
    work: Work[Task, Record],
    shards: Iterable[Task],
    *,
    jobs: int,
    guarded: Guarded[Task, Record] | None = None,
    watch: Watch = unwatched,
) -> Generator[Record, None, None]:
    """Do every shard and yield the records as they come, in no particular order.

    Portions come before their shard, which is begun when the last of them was done or given up.

    ``work`` is for this process, which does it alone if ``jobs`` is 1; in workers ``guarded`` takes its
    place, if it is given, and then there is a worker for one job as well, wherever a process can be
    copied. All of them must be idempotent, since a shard whose worker died is done again, and picklable.
    ``watch`` is told of shards that are begun or done again, and of workers that ended. Raises what they
    raise, and PackageError for shards whose workers keep dying, after all others are done.
    """
    forked = can_fork()
    waiting = iter(shards)
    first = list(islice(waiting, 2))
    shards = chain(first, waiting)
    needless = jobs == 1 if guarded else jobs == 1 or len(first) <= 1
    if not first or (needless and not (guarded and forked)):
        for shard in shards:
            watch(_begun(shard, os.getpid(), careful=False))
            yield work(shard)
        return
    pool = _Pool(guarded or Guarded(work, work), jobs, forked=forked, can_care=guarded is not None, watch=watch)
    try:
        yield from pool.run(shards)
    finally:
        pool.stop()


def _begun(shard: Shard | Portion, process: int, *, careful: bool) -> Event:
    said = {"files": len(shard.files), "process": process, "careful": careful}
    return Event(Kind.SHARD_BEGUN, {**_named(shard), **said})


def _named(shard: Shard | Portion) -> dict[str, int]:
    return {"shard": shard.number} | ({"portion": shard.index} if isinstance(shard, Portion) else {})


class _Pool(Generic[Task, Record]):
    def __init__(self, work: Guarded[Task, Record], size: int, *, forked: bool, can_care: bool, watch: Watch) -> None:
        self._work = work
        self._size = size
        self._forked = forked
        self._can_care = can_care
        self._watch = watch
        self._workers: list[_Worker] = []
        self._shards: Iterator[Task] = iter(())
        self._waiting: deque[_Case] = deque()
        self._portions: Counter[str] = Counter()
        """Shard to its portions that are not done."""
        self._given_up: list[int] = []

    def run(self, shards: Iterable[Task]) -> Iterator[Record]:
        """Yield the record of each shard; no more that can be begun are asked for than there are workers."""
        self._shards = iter(shards)
        self._fetch()
        while self._waiting or any(worker.case for worker in self._workers):
            idle = [worker for worker in self._workers if worker.case is None]
            ready = sum(map(self._is_ready, self._waiting))
            missing = min(self._size - len(self._workers), ready - len(idle))
            idle.extend(self._begin() for _ in range(missing))
            for worker in idle[:ready]:
                self._hand_out(worker)
            self._fetch()
            told = multiprocessing.connection.wait([worker.pipe for worker in self._workers])
            for worker in [one for one in self._workers if one.pipe in told]:
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

    def _fetch(self) -> None:
        while sum(map(self._is_ready, self._waiting)) < self._size:
            shard = next(self._shards, None)
            if shard is None:
                return
            self._waiting.append(_Case(shard))
            if isinstance(shard, Portion):
                self._portions[shard.digest] += 1

    def _is_ready(self, case: _Case) -> bool:
        return isinstance(case.shard, Portion) or not self._portions[case.shard.digest]

    def _is_over(self, case: _Case) -> None:
        if isinstance(case.shard, Portion):
            self._portions[case.shard.digest] -= 1

    def _begin(self) -> _Worker:
        # Else spawned: a copy of this process would have the locks of its threads in whatever state they are.
        context = multiprocessing.get_context("fork" if self._forked else "spawn")
        ours, theirs = multiprocessing.Pipe()
        with theirs, unheard_signals():
            process = context.Process(target=_serve, args=(theirs, self._work, os.getpid(), self._forked))  # type: ignore[attr-defined]
            process.start()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _hand_out(self, worker: _Worker) -> None:
        """Give a worker what waits and is ready, if anything is."""
        case = next(filter(self._is_ready, self._waiting), None)
        if case is None:
            return
        self._waiting.remove(case)
        worker.case = case
        # One that has just died takes nothing; it is missed when its answer is asked for.
        with suppress(OSError):
            worker.pipe.send((case.careful, case.shard))
        self._watch(_begun(case.shard, worker.process.pid or 0, careful=case.careful))

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
            if case is not None:
                self._is_over(case)
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
            status = worker.process.exitcode or 0
            over = "memory" if answer is not None else "time" if -status in OVERDUE else ""
            self._tell_end(case, worker.process.pid or 0, status, over)
            self._again(case, over=bool(over))
        return None

    def _tell_end(self, case: _Case, process: int, status: int, over: str) -> None:
        """Say how a worker ended: by a limit, or killed (negative signal number, or exit status)."""
        if over:
            self._watch(Event(Kind.LIMIT, {**_named(case.shard), "process": process, "limit": over}))
        else:
            self._watch(Event(Kind.WORKER_KILLED, {**_named(case.shard), "process": process, "status": status}))

    def _again(self, case: _Case, *, over: bool) -> None:
        """Put a shard back; ``over`` tells that its worker was ended by a limit, which is no accident."""
        case.deaths += 1
        if self._can_care and not case.careful and (over or case.deaths >= _BEFORE_CARE):
            case.careful, case.deaths = True, 0
        if case.deaths < _ATTEMPTS:
            said = {**_named(case.shard), "deaths": case.deaths, "careful": case.careful}
            self._watch(Event(Kind.SHARD_RETRIED, said))
            self._waiting.appendleft(case)
            return
        self._is_over(case)
        if isinstance(case.shard, Shard):
            # What is missing of a portion is done with its shard.
            self._given_up.append(case.shard.number)

    @staticmethod
    def _bury(worker: _Worker) -> None:
        worker.process.join()
        worker.pipe.close()


def _serve(pipe: Connection, work: Guarded[Task, Record], parent: int, forked: bool) -> None:
    """Be a worker: do what comes through ``pipe`` until it is closed."""
    begin_child(parent, keep=(pipe.fileno(),), forked=forked)
    while True:
        try:
            careful, shard = pipe.recv()
        except EOFError:
            return
        pipe.send(_answer(work.careful if careful else work.swift, shard))


def _answer(work: Work[Task, Record], shard: Task) -> Record | _Failed | _NoMemory:
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
