"""How work on a package is shared out: one task after the other here, several processes where a caller brings them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from archiver.model.outcome import Finding

Task = TypeVar("Task")
Result = TypeVar("Result")


class Spread(Protocol):
    """Does tasks, wherever; results come in the order of the tasks."""

    def __call__(
        self,
        work: Callable[[Task], Result],
        tasks: Sequence[Task],
        *,
        cost: Callable[[Task], int],
        lost: Callable[[Task], Result],
        done: Callable[[Task], None],
    ) -> Iterator[Result]:
        """Yield what ``work`` makes of each task; see :class:`archiver.engines.ordered.Ordered`."""
        ...


def one_by_one(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    cost: Callable[[Task], int],
    lost: Callable[[Task], Result],
    done: Callable[[Task], None],
) -> Iterator[Result]:
    """Do each task when its result is asked for, in this process."""
    del cost, lost
    for task in tasks:
        result = work(task)
        done(task)
        yield result


def lost(file: str) -> Finding:
    """Return what is told of a file if the process that checked it was ended by the system, twice."""
    message = "the process that checked it was ended by the system, twice: nothing is known of it"
    advice = "most likely memory was short: verify with --jobs 1, or on a larger machine"
    return Finding("verify.process-lost", message, file=file, advice=advice)
