"""Fuzz one target, or all of them one after the other, guided by coverage (atheris).

    python tests/fuzz/fuzz.py [TARGET ...] [--seconds N] [--runs N] [--corpus FOLDER]

Needs `pip install -e '.[fuzz]'`. What is found stands in FOLDER/TARGET and is taken up by the next run; an
input that breaks a promise is written there as crash-…, one that takes too long as timeout-…. A finding is
mended, and its input becomes a test.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import atheris

with atheris.instrument_imports(include=["archiver"]):
    # Named here, since other projects have been seen to install a package of this name.
    sys.modules["tests"] = tests = ModuleType("tests")
    tests.__path__ = [str(Path(__file__).resolve().parents[1])]
    # What is read when it is first asked for must be asked for here, or its branches would not count.
    from archiver import api
    from tests.fuzz.targets import TARGETS

    for _name in api.__all__:
        getattr(api, _name)

#: Seconds that one input may take: so much more than any needs that only loops get there.
_TIMEOUT = 30
#: One change in so many repeats a part of the input.
_SWELLS = 40
#: Bytes that a part has which is repeated, at most.
_PART = 16


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """Change an input as libFuzzer does, or, now and then, swell it.

    Small changes never arrive at a number of ten thousand digits or at brackets a thousand levels deep.
    """
    chance = random.Random(seed)
    room = most - len(data)
    if chance.randrange(_SWELLS) or not data or room <= 0:
        return bytes(atheris.Mutate(data, most))
    begin = chance.randrange(len(data))
    part = data[begin : begin + chance.randint(1, _PART)]
    end = begin + len(part)
    return (data[:end] + part * chance.randint(1, max(1, room // len(part))) + data[end:])[:most]


def fuzz(name: str, folder: Path, *, seconds: int, runs: int) -> int:
    """Fuzz one target in a copy of this process, which ends with it; return how it ended (waitpid(2))."""
    target, seeds, most = TARGETS[name]
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (folder / f"seed-{number:03d}").write_bytes(seed[:most])
    sys.stderr.write(f"== {name}\n")
    sys.stderr.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    limits = [f"-max_len={most}", f"-timeout={_TIMEOUT}", f"-max_total_time={seconds}", f"-runs={runs}"]
    options = [*limits, "-len_control=0", f"-artifact_prefix={folder}/", "-print_final_stats=1"]
    atheris.Setup([name, *options, str(folder)], target, custom_mutator=mutated)
    atheris.Fuzz()
    os._exit(0)


def main() -> int:
    """Read the arguments and fuzz each target; return 1 if one of them has found something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", help=f"all, if none is named: {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=300, help="for each target (300); 0 for any")
    parser.add_argument("--runs", type=int, default=-1, help="inputs for each target (any)")
    parser.add_argument("--corpus", type=Path, help="folder for what is found (a temporary one)")
    arguments = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for name in arguments.targets or TARGETS:
            folder = (arguments.corpus or Path(scratch)) / name
            if fuzz(name, folder, seconds=arguments.seconds, runs=arguments.runs):
                found.append(name)
    sys.stderr.write(f"== found something: {', '.join(found)}\n" if found else "== found nothing\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
