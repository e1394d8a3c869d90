"""What it costs to find the articles of a package that repeat or resemble each other.

    python benchmarks/relations.py [--articles N ...] [--share PERCENT]

Texts are invented; of a share of them an earlier one is repeated or edited. Told are the processor time of a
signature (in the workers), that of joining (when sealing), each an article, and the largest resident set.
Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archiver.canon import sha256_hex
from archiver.relate.join import relate
from archiver.relate.likeness import Likeness, signature

#: ru_maxrss is in bytes on macOS, in kibibytes elsewhere.
_UNIT = 1 if sys.platform == "darwin" else 1024
_WORDS = [f"{a}{b}{c}{d}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdglmnrst" for d in "aeiou"]


def text_of(number: int, share: int) -> str:
    """Return an invented text of 400 words; ``share`` per cent of them repeat an earlier one, half of these edited."""
    chance = random.Random(number)
    if number < 2 or chance.randrange(100) >= share:
        return " ".join(chance.choices(_WORDS, k=400))
    words = text_of(number // 2, 0).split()
    if chance.randrange(2):
        words[::40] = ["edited"] * len(words[::40])
    return " ".join(words)


def run(count: int, share: int) -> str:
    """Measure one size, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "likeness.jsonl"
        signing = 0.0
        with kept.open("w", encoding="ascii") as file:
            for number in range(count):
                text = text_of(number, share)
                begun = time.process_time()
                signed = signature(text).hex()
                signing += time.process_time() - begun
                file.write(json.dumps([f"a-{number:016x}", sha256_hex(text.encode()), signed]) + "\n")
        begun = time.process_time()
        with kept.open(encoding="ascii") as file:
            likenesses = (Likeness(*json.loads(line)) for line in file)
            found = sum(1 for _ in relate(Path(folder) / "work", likenesses, lambda place: text_of(place, share)))
        joining = time.process_time() - begun
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
    return (
        f"{count:8} articles   signature {signing / count * 1e3:6.3f} ms   joining {joining / count * 1e3:6.3f} ms   "
        f"{found:7} related   {size / 1e6:6.1f} MB at the peak"
    )


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000], help="sizes (10000 100000)")
    parser.add_argument("--share", type=int, default=10, help="per cent that have a predecessor (10)")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(run(arguments.one, arguments.share))
        return
    for count in arguments.articles:
        command = [sys.executable, __file__, "--one", str(count), "--share", str(arguments.share)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
