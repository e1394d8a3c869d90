"""Whether an export of a hundred times as many articles takes a hundred times as long, and no more memory.

    python benchmarks/scaling.py [--articles N ...] [--folder DIR] [--gate]

Each export runs with one worker, in a process of its own. Told are processor time (which the speed of the
clock and the neighbours change less than time by the clock), and the largest resident set of the process that
was begun and of its workers (getrusage(2)). --gate fails if a figure grows by more than a tenth from the second
size on: the smallest shows what it costs to begin.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import generated

#: ru_maxrss is in bytes on macOS, in kibibytes elsewhere.
_UNIT = 1 if sys.platform == "darwin" else 1024
_MOST_MEMORY = 300e6
_MOST_GROWTH = 1.1
_CHILD = """
import json, resource, sys, time
import archiver

began = time.perf_counter()
sealing = []

def watch(event):
    if event.kind == "sealing":
        sealing.append(time.perf_counter())

report = archiver.export(sys.argv[1], sys.argv[2], date="2026-01-01", watch=watch)
ended = time.perf_counter()
assert report.articles == int(sys.argv[3]), report.articles
own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
json.dump({
    "clock": ended - began,
    "sealing": ended - sealing[0],
    "processor": own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime,
    "own": own.ru_maxrss,
    "worker": workers.ru_maxrss,
}, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """One export."""

    articles: int
    clock: float
    """Seconds."""
    sealing: float
    """Seconds of them at the end, when the package is put together."""
    processor: float
    own: int
    """Bytes."""
    worker: int

    @property
    def memory(self) -> int:
        """The larger of both."""
        return max(self.own, self.worker)

    @property
    def each(self) -> float:
        """Seconds of processor time an article."""
        return self.processor / self.articles


def measure(count: int, folder: Path) -> Figures:
    """Export ``count`` generated articles."""
    generated.write(folder / "in", count)
    command = [sys.executable, "-c", _CHILD, str(folder / "in"), str(folder / "package"), str(count)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Figures(
        count, said["clock"], said["sealing"], said["processor"], said["own"] * _UNIT, said["worker"] * _UNIT
    )


def main() -> int:
    """Read the arguments, measure, print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000, 100_000], help="sizes")
    parser.add_argument("--folder", type=Path, help="where to work; about 70 KB an article (that of the system)")
    parser.add_argument("--gate", action="store_true", help="fail where something grows")
    arguments = parser.parse_args()
    print(f"{'articles':>9} {'clock s':>9} {'sealing s':>10} {'cpu ms each':>12} {'parent MB':>10} {'worker MB':>10}")
    found: list[Figures] = []
    for count in sorted(arguments.articles):
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            one = measure(count, Path(folder))
        found.append(one)
        print(
            f"{one.articles:9} {one.clock:9.1f} {one.sealing:10.1f} {one.each * 1000:12.2f} "
            f"{one.own / 1e6:10.1f} {one.worker / 1e6:10.1f}",
            flush=True,
        )
    grown = False
    for before, after in pairwise(found):
        time, memory = after.each / before.each, after.memory / before.memory
        grown = grown or time > _MOST_GROWTH or memory > _MOST_GROWTH
        print(f"{before.articles} → {after.articles}: time an article × {time:.2f}, memory × {memory:.2f}")
    grown = grown or any(one.memory > _MOST_MEMORY for one in found)
    return int(arguments.gate and grown)


if __name__ == "__main__":
    sys.exit(main())
