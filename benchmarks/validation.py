"""How many descriptions `archiver validate` checks in a second, and whether its memory grows with their number.

    python benchmarks/validation.py [--descriptions N ...] [--wrong PERCENT]

Each check runs in a process of its own. Throughput is by its processor time without that of a check of a
single description; memory is its largest resident set (getrusage(2)).
"""

from __future__ import annotations

import argparse
import copy
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from archiver.describe.schema_files import own_schema

#: ru_maxrss is in bytes on macOS, in kibibytes elsewhere.
_UNIT = 1 if sys.platform == "darwin" else 1024
_CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def write(path: Path, count: int, *, wrong: int) -> None:
    """Write ``count`` invented descriptions with every field, of which ``wrong`` per cent have a bad date."""
    description = copy.deepcopy(own_schema("article")["examples"][0])
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            description["id"] = f"a-{number:016x}"
            description["title"] = f"Lamp {number} of the lighthouse is carried up the stairs"
            description["published"]["value"] = "2016-02-31" if number % 100 < wrong else "2016-02-21"
            description["published"]["precision"] = "day"
            file.write(json.dumps(description, ensure_ascii=False) + "\n")


def measure(path: Path, *options: str) -> tuple[float, int]:
    """Return processor time (seconds) and largest resident set (bytes) of a check."""
    child = [sys.executable, "-c", _CHILD, sys.executable, "-m", "archiver", "validate", str(path), *options]
    seconds, size = subprocess.run(child, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), int(size) * _UNIT


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--descriptions", type=int, nargs="+", default=[1000, 100_000], help="sizes (1000 100000)")
    parser.add_argument("--wrong", type=int, default=0, help="per cent that are not valid (0)")
    parser.add_argument("--json", action="store_true", help="as validate --json, which keeps the findings to the end")
    arguments = parser.parse_args()
    options = ["--json"] if arguments.json else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        write(path, 1, wrong=0)
        begun, _ = measure(path)
        for count in sorted(arguments.descriptions):
            write(path, count, wrong=arguments.wrong)
            seconds, size = measure(path, *options)
            rate = count / max(seconds - begun, 0.001)
            mb = path.stat().st_size / 1e6
            print(f"{count:8} descriptions ({mb:7.1f} MB)   {rate:8.0f} a second   {size / 1e6:7.1f} MB at the peak")


if __name__ == "__main__":
    main()
