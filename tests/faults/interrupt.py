"""Interrupt a small run at every one of its file operations, or at random instants, and let it go on.

    python tests/faults/interrupt.py kills [--every N] [--random N]
    python tests/faults/interrupt.py errors [--every N]

``kills`` ends the run with SIGKILL before each operation: once with all its processes, once only the
process that does it. ``errors`` lets the first and the last operation of each call site fail with ENOSPC,
EIO, EACCES and, for writes, after half of the bytes. After each, there must be no package or the whole
one, the error must be a typed one, and ``--resume`` must end in the package of the run that nothing
happened to, byte for byte.

Needs fork(2).
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import archiver
from archiver.cli import main as archiver_main
from archiver.pipeline import plan, portions

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from operations import Fault, Operations, failing, kill_process, kill_run, short_write
from support_export import DATE, page, story, tree

#: One file of the input is no article.
_GOOD = 3
_KILLED = -signal.SIGKILL
#: So that the file of lines in a small input is a shard by itself and has portions.
plan.BYTES_PER_SHARD, portions.LEAST_BYTES, portions.CANDIDATES = 4000, 3000, 2


@dataclass(frozen=True)
class Ended:
    """How a run in a process of its own ended."""

    code: int
    """Exit code, or minus the number of the signal that killed it."""
    out: bytes
    operations: int


class Scene:
    """A small input, and the package of a run that nothing happened to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = root / "in"
        self.source.mkdir(parents=True)
        for number in range(_GOOD):
            (self.source / f"{number}.txt").write_text(story(number), "utf-8")
        (self.source / "page.html").write_text(page(7), "utf-8")
        (self.source / "again.html").write_text(page(7), "utf-8")
        (self.source / "empty.txt").write_bytes(b" ")
        lines = [json.dumps({"text": story(number)}) + "\n" for number in range(10, 15)]
        (self.source / "lines.jsonl").write_text("".join(lines), "utf-8")
        # What is read once in the life of a process is read before it is copied.
        archiver.extract(story())
        archiver.extract(page().encode(), media_type="text/html")
        log = root / "operations"
        ended = self.run(self.target("whole"), Operations(root / "whole", log=log))
        assert ended.code == 3, ended
        self.operations = ended.operations
        self.sites: dict[str, list[int]] = {}
        for line in log.read_text("utf-8").splitlines():
            number, site = line.split("\t")
            self.sites.setdefault(site, []).append(int(number))
        self.whole = tree(self.target("whole"))

    def target(self, name: str) -> Path:
        """Return where the package of the run ``name`` is to stand."""
        (self.root / name).mkdir(exist_ok=True)
        return self.root / name / "out"

    def run(self, target: Path, operations: Operations | None, *options: str, after: float | None = None) -> Ended:
        """Run an export in a copy of this process that is a group of its own; kill it ``after`` so many seconds."""
        said = target.parent / "said.json"
        process = os.fork()
        if process == 0:
            self._export(target, said, operations, options)
        if after is not None:
            time.sleep(after)
            os.killpg(process, signal.SIGKILL) if _is_group(process) else os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        code = os.waitstatus_to_exitcode(status)
        return Ended(code, said.read_bytes() if said.exists() else b"", operations.count if operations else 0)

    def _export(self, target: Path, said: Path, operations: Operations | None, options: tuple[str, ...]) -> None:
        code = 1
        try:
            os.setpgid(0, 0)
            out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(out, 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            if operations is not None:
                operations.install()
            words = ["export", str(self.source), "-o", str(target), "--date", DATE, "--jobs", "1", "--json"]
            archiver_main([*words, *options])
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            sys.stdout.flush()
            os._exit(code)

    def check_end(self, target: Path) -> bool:
        """Check that there is no package or the whole one, go on, and check what came of it; True if it was whole."""
        was_whole = target.exists()
        if was_whole:
            assert tree(target) == self.whole, f"{target}: a package that is not whole"
        if not was_whole or target.with_name("out.partial").exists():
            ended = self.run(target, None, "--resume")
            # Of a run that was killed at the very last step, there is nothing but the package to be found.
            assert ended.code == 3 or (was_whole and ended.code == 2), f"{target}: the run did not go on: {ended}"
            assert tree(target) == self.whole, f"{target}: another package than that of an uninterrupted run"
        assert not target.with_name("out.partial").exists(), f"{target}: the run folder is still there"
        shutil.rmtree(target.parent)
        return was_whole


def _is_group(process: int) -> bool:
    try:
        return os.getpgid(process) == process
    except ProcessLookupError:
        return False


def kills(scene: Scene, *, every: int, at_random: int) -> Iterator[str]:
    """Kill runs at their operations and at random instants; yield what came of each."""
    for at in range(0, scene.operations, every):
        for name, fault in (("run", kill_run), ("process", kill_process)):
            target = scene.target(f"kill-{at}-{name}")
            ended = scene.run(target, Operations(target.parent, at=at, fault=fault))
            assert ended.code in (_KILLED, 3), f"operation {at}: {ended}"
            whole = scene.check_end(target)
            yield f"{name} killed, {_state(ended, whole=whole)}"
    chance = random.Random(at_random)
    began = time.monotonic()
    if at_random:
        scene.run(scene.target("timed"), None)
    length = time.monotonic() - began
    for number in range(at_random):
        target = scene.target(f"random-{number}")
        ended = scene.run(target, None, after=chance.random() * length)
        whole = scene.check_end(target)
        yield f"run killed at a random instant, {_state(ended, whole=whole)}"


def _state(ended: Ended, *, whole: bool) -> str:
    if ended.code == 3:
        return "ended all the same"
    return "the package was there" if whole else "no package yet"


def errors(scene: Scene, *, every: int) -> Iterator[str]:
    """Let the first and the last operation of each call site fail in each way; yield what came of it."""
    faults: dict[str, Fault] = {name: failing(getattr(errno, name)) for name in ("ENOSPC", "EIO", "EACCES")}
    faults["short write"] = short_write
    numbers = sorted({number for found in scene.sites.values() for number in (found[0], found[-1])})
    for at in numbers[::every]:
        for name, fault in faults.items():
            target = scene.target(f"error-{at}-{name.replace(' ', '-')}")
            ended = scene.run(target, Operations(target.parent, at=at, fault=fault))
            if ended.code != 3:
                assert ended.code == 1, f"operation {at}, {name}: {ended}"
                error = json.loads(ended.out)["error"]
                assert all(error[member] for member in ("code", "message", "place", "advice")), error
            whole = scene.check_end(target)
            yield f"{name}, {'no matter' if ended.code == 3 else _state(ended, whole=whole)}"


def main() -> None:
    """Do what the arguments say; print counts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("kills", "errors"))
    parser.add_argument("--every", type=int, default=1, help="only every Nth of them")
    parser.add_argument("--random", type=int, default=0, help="so many kills at random instants besides")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        scene = Scene(folder / "scene")
        print(f"{scene.operations} file operations at {len(scene.sites)} call sites in a run", flush=True)
        if arguments.what == "kills":
            counts = Counter(kills(scene, every=arguments.every, at_random=arguments.random))
        else:
            counts = Counter(errors(scene, every=arguments.every))
        for outcome, number in sorted(counts.items()):
            print(f"{number:6} {outcome}")
        print(f"{sum(counts.values())} runs, each ended in the same package")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
