"""Work spread over processes; results come in the order of the tasks, so that nobody can tell how many there were."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from archiver.engines.child import begin_child, can_fork, unheard_signals

Task = TypeVar("Task")
Result = TypeVar("Result")

#: A process can be ended by the system for reasons that pass; the same task twice is no accident.
_ATTEMPTS = 2
#: So many tasks stand in the pipe of a worker, which so never waits for its parent …
_AHEAD = 3
#: … if they are that small (bytes): more than a pipe holds would make the parent wait for the worker.
_SMALL = 8 * 1024
#: A task is large, and begun early, if it is more than this part of one worker's share.
_LARGE = 32


@dataclass(frozen=True, slots=True)
class Ordered:
    """How many processes share the work."""

    jobs: int
    worth: int = 0
    """Work of less cost, all tasks together, is done in this process: beginning others costs time as well."""

    def __call__(
        self,
        work: Callable[[Task], Result],
        tasks: Sequence[Task],
        *,
        cost: Callable[[Task], int],
        lost: Callable[[Task], Result],
        done: Callable[[Task], None],
    ) -> Iterator[Result]:
        """Yield what ``work`` makes of each task, in the order of the tasks.

        ``cost`` tells in any unit how much work a task is: large ones are begun first. ``done`` is
        called for each task when it was done, in no particular order. A task that ended its process
        twice gives what ``lost`` makes of it, here. ``work`` and results must be picklable. Raises what
        ``work`` raises.
        """
        if self.jobs == 1 or len(tasks) < 2 or sum(map(cost, tasks)) < self.worth:
            for task in tasks:
                result = work(task)
                done(task)
                yield result
            return
        pool = _Pool(work, tasks, min(self.jobs, len(tasks)), cost=cost, lost=lost)
        try:
            yield from pool.run(done)
        finally:
            pool.stop()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    handed: deque[int] = field(default_factory=deque)
    """Numbers of the tasks that it has, the one that it is at first."""


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


class _Pool(Generic[Task, Result]):
    def __init__(
        self,
        work: Callable[[Task], Result],
        tasks: Sequence[Task],
        size: int,
        *,
        cost: Callable[[Task], int],
        lost: Callable[[Task], Result],
    ) -> None:
        self._work, self._tasks, self._size, self._lost = work, tasks, size, lost
        self._workers: list[_Worker] = []
        self._deaths: dict[int, int] = {}
        costs = [cost(task) for task in tasks]
        least = sum(costs) // (size * _LARGE)
        self._large = {number for number, one in enumerate(costs) if one > least}
        first = sorted(self._large, key=lambda number: -costs[number])
        self._waiting = deque([*first, *(number for number in range(len(tasks)) if number not in self._large)])

    def run(self, done: Callable[[Task], None]) -> Iterator[Result]:
        """Yield the results in order."""
        results: dict[int, Result] = {}
        for wanted in range(len(self._tasks)):
            while wanted not in results:
                self._hand_out()
                ready = multiprocessing.connection.wait([worker.pipe for worker in self._workers])
                for worker in [one for one in self._workers if one.pipe in ready]:
                    for number, result in self._take_in(worker):
                        results[number] = result
                        done(self._tasks[number])
            yield results.pop(wanted)

    def stop(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()

    def _hand_out(self) -> None:
        while self._waiting and len(self._workers) < self._size:
            self._begin()
        for room in range(1, _AHEAD + 1):
            for worker in self._workers:
                busy_for_long = any(number in self._large for number in worker.handed)
                if self._waiting and len(worker.handed) < room and not busy_for_long:
                    number = self._waiting[0]
                    message = pickle.dumps((number, self._tasks[number]))
                    if worker.handed and len(message) > _SMALL:
                        continue
                    worker.handed.append(self._waiting.popleft())
                    # One that has just died takes nothing; it is missed when its answer is asked for.
                    with suppress(OSError):
                        worker.pipe.send_bytes(message)

    def _begin(self) -> None:
        forked = can_fork()
        context = multiprocessing.get_context("fork" if forked else "spawn")
        ours, theirs = multiprocessing.Pipe()
        with theirs, unheard_signals():
            process = context.Process(target=_serve, args=(theirs, self._work, os.getpid(), forked))  # type: ignore[attr-defined]
            process.start()
        self._workers.append(_Worker(process, ours))

    def _take_in(self, worker: _Worker) -> Iterator[tuple[int, Result]]:
        """Yield the answer of a worker; if it died, hand its tasks back, or give one of them up."""
        try:
            number, answer = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker)
            return
        if isinstance(answer, _Failed):
            raise answer.error
        worker.handed.remove(number)
        yield number, answer

    def _bury(self, worker: _Worker) -> Iterator[tuple[int, Result]]:
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        if not worker.handed:
            return
        blamed = worker.handed[0]
        self._deaths[blamed] = self._deaths.get(blamed, 0) + 1
        if self._deaths[blamed] == _ATTEMPTS:
            worker.handed.popleft()
            yield blamed, self._lost(self._tasks[blamed])
        self._waiting.extendleft(reversed(worker.handed))


def _serve(pipe: Connection, work: Callable[[Task], Result], parent: int, forked: bool) -> None:
    """Be a worker: do what comes through ``pipe`` until it is closed."""
    begin_child(parent, keep=(pipe.fileno(),), forked=forked)
    while True:
        try:
            number, task = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own
        except EOFError:
            return
        pipe.send((number, _answer(work, task)))


def _answer(work: Callable[[Task], Result], task: Task) -> Result | _Failed:
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001 - it is raised again in the parent
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        except (pickle.PicklingError, TypeError, AttributeError, ValueError):
            return _Failed(RuntimeError(f"{type(error).__name__}: {error}"))
        return _Failed(error)
