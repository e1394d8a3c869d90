"""How much memory an export takes at its peak, and whether that grows with the number of articles.

    python benchmarks/memory.py [--articles N ...] [--jobs N]

Each export runs in a process of its own. The figure is the largest resident set of that process, or of
one of its workers (getrusage(2)).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import generated

#: ru_maxrss is in bytes on macOS, in kibibytes elsewhere.
_UNIT = 1 if sys.platform == "darwin" else 1024
_CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(inputs: Path, output: Path, jobs: int) -> int:
    """Return the largest resident set (bytes) of an export of ``inputs``."""
    command = [sys.executable, "-m", "archiver", "export", str(inputs), "-o", str(output), "--quiet"]
    # In between stands a small process, whose other children do not count.
    child = [sys.executable, "-c", _CHILD, *command, "--jobs", str(jobs), "--date", "2026-01-01"]
    return int(subprocess.run(child, check=True, capture_output=True, text=True).stdout) * _UNIT


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1000, 4000], help="sizes (100 1000 4000)")
    parser.add_argument("--jobs", type=int, default=1, help="worker processes (1)")
    arguments = parser.parse_args()
    before: tuple[int, int] | None = None
    for count in sorted(arguments.articles):
        with tempfile.TemporaryDirectory() as folder:
            generated.write(Path(folder) / "in", count)
            size = peak(Path(folder) / "in", Path(folder) / "package", arguments.jobs)
        growth = f"   {(size - before[1]) / (count - before[0]):8.0f} bytes more an article" if before else ""
        print(f"{count:8} articles   {size / 1e6:8.1f} MB at the peak{growth}")
        before = (count, size)


if __name__ == "__main__":
    main()
