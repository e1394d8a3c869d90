"""Lines in byte order by way of the disk, so that memory stays flat however many there are."""

from __future__ import annotations

import heapq
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

#: Some 2 MB of index lines.
RUN_LINES = 5000
#: As many sorted runs are merged at once; each needs an open file.
FAN_IN = 64


def sorted_lines(lines: Iterable[bytes], folder: Path, *, run_lines: int = RUN_LINES) -> Iterator[bytes]:
    """Yield ``lines``, which end with LF, in byte order, each once.

    ``folder`` is made for files that are gone at the end; one that a killed run left is cleared. Raises OSError.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    runs = _write_runs(lines, folder, run_lines)
    serial = len(runs)
    while len(runs) > FAN_IN:
        merged = folder / f"{serial:06d}"
        serial += 1
        _write(merged, _merged(runs[:FAN_IN]))
        runs = [*runs[FAN_IN:], merged]
    yield from _merged(runs)
    shutil.rmtree(folder)


def _write_runs(lines: Iterable[bytes], folder: Path, run_lines: int) -> list[Path]:
    runs: list[Path] = []
    pending = iter(lines)
    while run := sorted(islice(pending, run_lines)):
        runs.append(folder / f"{len(runs):06d}")
        _write(runs[-1], run)
    return runs


def _write(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(lines)


def _merged(runs: Iterable[Path]) -> Iterator[bytes]:
    """Yield the lines of sorted files in order, each once; the files are taken away."""
    paths = list(runs)
    with ExitStack() as stack:
        before = b""
        for line in heapq.merge(*(stack.enter_context(path.open("rb")) for path in paths)):
            if line != before:
                yield line
            before = line
    for path in paths:
        path.unlink()
