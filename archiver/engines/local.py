"""The local engine: one process, or a pool of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for_end
from typing import Protocol, TypeVar

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

#: Shards handed to a worker before it asks: enough to keep it busy, few enough to hold memory flat.
_WINDOW = 2
#: A worker can be killed by the system for reasons that pass; the same shard three times is no accident.
_ATTEMPTS = 3


def run_shards(work: Work[Record], shards: Sequence[Shard], *, jobs: int) -> Iterator[Record]:
    """Do ``work`` for every shard and yield the records as they come, in no particular order.

    ``work`` must be idempotent, since a shard whose worker died is done again, up to three times;
    it must be picklable where ``jobs`` is above 1. Raises what ``work`` raises, and PackageError when
    workers keep dying.
    """
    if jobs == 1 or len(shards) <= 1:
        yield from map(work, shards)
        return
    left = {shard.number: shard for shard in shards}
    for _ in range(_ATTEMPTS):
        try:
            for record in _in_pool(work, tuple(left.values()), jobs):
                del left[record.number]
                yield record
        except BrokenProcessPool:
            continue
        return
    numbers = ", ".join(str(number) for number in sorted(left)[:5])
    raise PackageError(
        f"worker processes died {_ATTEMPTS} times; shards left: {numbers}",
        advice="look for lack of memory, then go on with --resume, or with --jobs 1",
    )


def _in_pool(work: Work[Record], shards: Sequence[Shard], jobs: int) -> Iterator[Record]:
    # Spawned, not forked: a fork copies threads' locks in whatever state they are.
    context = multiprocessing.get_context("spawn")
    workers = min(jobs, len(shards))
    waiting = iter(shards)
    with ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=_begin_worker) as pool:
        running: set[Future[Record]] = set()
        try:
            for shard in waiting:
                with _unheard_interrupts():
                    running.add(pool.submit(work, shard))
                if len(running) < jobs * _WINDOW:
                    continue
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _unheard_interrupts() -> Iterator[None]:
    """Keep Ctrl-C waiting: a worker that is started meanwhile inherits this, and never hears it while it begins."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, which lets each worker end its shard; end with the parent if that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    # A worker of a pool holds both ends of its queue, so it would wait for a killed parent for ever.
    wait_for_end([sentinel])
    os._exit(1)
