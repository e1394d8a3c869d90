"""Change every byte of a small package, one at a time, and cut every file at every length: all of it must be found.

    python tests/faults/sweep.py [--stride N] [--schemas-stride N] [--jobs N] [--only TEXT]

Each byte is changed twice (lowest bit, highest bit), and each file is cut to every shorter length; after
each change the package is verified in full and the file must be named by an error. With ``--stride`` only
every Nth place is tried; schemas, which make up most of a small package and are guarded like any other
tag file, have a stride of their own. The test suite runs the same with a long stride.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import archiver
from archiver.model.outcome import Severity
from archiver.pipeline.verification import verify

_STORY = (
    "Lamp of Westmoor is lit\n\nBy Pat Sample\n\n12 March 2018\n\n"
    "The keepers of Westmoor carried the new lamp up two hundred steps on Monday, and by the evening it could be seen "
    "from the ferry, from the market and from the hill behind the school.\n\n"
    "“We counted every step twice,” said the eldest of them, who has kept the light for thirty years.\n\n"
    "Share this article\n"
)
_CHANGES = (0x01, 0x80)
_CHUNK = 256


@dataclass(frozen=True)
class Place:
    """Some places of one file, at which something is tried."""

    file: str
    """Relative to the package."""
    offsets: range


@dataclass(frozen=True)
class Outcome:
    """What came of some places."""

    tried: int = 0
    missed: tuple[str, ...] = ()


def small_package(folder: Path) -> Path:
    """Make a package of one article and one reject below ``folder``."""
    source, package = folder / "in", folder / "package"
    source.mkdir(parents=True)
    (source / "lamp.txt").write_text(_STORY, "utf-8")
    (source / "empty.txt").write_bytes(b" ")
    archiver.export([source], package, date="2026-01-01", jobs=1)
    return package


def places(package: Path, *, stride: int, schemas_stride: int) -> Iterator[Place]:
    """Yield all places of all files, in pieces."""
    for path in sorted(path for path in package.rglob("*") if path.is_file()):
        name = path.relative_to(package).as_posix()
        step = schemas_stride if name.startswith("schemas/") else stride
        size = path.stat().st_size
        for start in range(0, size, step * _CHUNK):
            yield Place(name, range(start, min(start + step * _CHUNK, size), step))


def try_place(package: Path, place: Place) -> Outcome:
    """Change and cut one file at these places, and put it right again."""
    path = package / place.file
    content = path.read_bytes()
    tried, missed = 0, []
    for offset in place.offsets:
        for change in _CHANGES:
            path.write_bytes(content[:offset] + bytes([content[offset] ^ change]) + content[offset + 1 :])
            tried += 1
            if not is_found(package, place.file):
                missed.append(f"{place.file}: byte {offset} xor {change}")
        path.write_bytes(content[:offset])
        tried += 1
        if not is_found(package, place.file):
            missed.append(f"{place.file}: cut to {offset} bytes")
    path.write_bytes(content)
    return Outcome(tried, tuple(missed))


def is_found(package: Path, file: str) -> bool:
    """Tell whether an error of a full verification names the file; nothing is looked at beyond the first."""
    found = verify(package)
    return any(one.severity is Severity.ERROR and (file == one.file or file in one.message) for one in found)


def _try_in(packages: list[str], place: Place) -> Outcome:
    number = multiprocessing.current_process()._identity[0] % len(packages)
    return try_place(Path(packages[number]), place)


def sweep(package: Path, todo: Iterable[Place], *, jobs: int = 1) -> Iterator[tuple[Place, Outcome]]:
    """Yield what came of each piece. Each process works on a copy of its own."""
    if jobs == 1:
        yield from ((place, try_place(package, place)) for place in todo)
        return
    copies = [str(shutil.copytree(package, package.with_name(f"copy-{number}"))) for number in range(jobs)]
    waiting = list(todo)
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from zip(waiting, pool.imap(partial(_try_in, copies), waiting), strict=True)


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Read the arguments, try everything, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stride", type=int, default=1, help="try every Nth byte (1)")
    parser.add_argument("--schemas-stride", type=int, default=1, help="the same for schemas/ (1)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (1)")
    parser.add_argument("--only", default="", help="only files whose path has this text in it")
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        package = small_package(Path(folder))
        assert not [one for one in verify(package) if one.severity is Severity.ERROR], "the package is not intact"
        todo = places(package, stride=arguments.stride, schemas_stride=arguments.schemas_stride)
        todo = (place for place in todo if arguments.only in place.file)
        tried: dict[str, int] = {}
        missed: list[str] = []
        for place, outcome in sweep(package, todo, jobs=arguments.jobs):
            if place.file not in tried:
                tell(f"{time.monotonic() - began:7.0f} s  {place.file}")
            tried[place.file] = tried.get(place.file, 0) + outcome.tried
            missed += outcome.missed
            for one in outcome.missed:
                tell(f"MISSED {one}")
        assert not [one for one in verify(package) if one.severity is Severity.ERROR], "the package was not put right"
    total = sum(tried.values())
    tell(f"{total} changes in {len(tried)} files, {len(missed)} not found, {time.monotonic() - began:.0f} s")
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()
