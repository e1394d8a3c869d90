"""How long a full verification takes beside other people's: `bagit.py --validate` and `warcio check` together.

    python benchmarks/verify.py [--megabytes N] [--shape crawl|articles] [--rounds N] [--jobs N ...] [--keep FOLDER]

Makes its own package: ``crawl`` is the capture of a site, pages among pictures that do not compress;
``articles`` is one file an article, pages and texts in turn. Every program runs as a process of its own
and they take turns within a round, so that a busy machine slows all alike; what counts is the ratio within
a round. Memory is the sum over the processes of a program (proportional set size), sampled.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import generated

import archiver

_PICTURE = 200_000
_PICTURES_A_PAGE = 10
_SAMPLED = 0.05


@dataclass(frozen=True)
class Run:
    """What one run of a program took."""

    seconds: float
    processor: float
    memory: int
    """Bytes at the peak, all processes together."""


def _record(kind: str, uri: str, block: bytes, number: int) -> bytes:
    digest = hashlib.sha256(block).hexdigest()
    payload = hashlib.sha256(block.partition(b"\r\n\r\n")[2]).hexdigest()
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n"
        f"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: {uri}\r\nWARC-Block-Digest: sha256:{digest}\r\n"
        f"WARC-Payload-Digest: sha256:{payload}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1, mtime=0)


def _http(media_type: str, body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _crawl(size: int) -> Iterator[bytes]:
    draw, made, number = random.Random(1), 0, 0
    while made < size:
        if number % (_PICTURES_A_PAGE + 1):
            block, uri = _http("image/jpeg", draw.randbytes(_PICTURE)), f"https://news.example/picture/{number}.jpg"
        else:
            block, uri = _http("text/html", generated.page(number)), f"https://news.example/story/{number}"
        member = _record("response", uri, block, number)
        made, number = made + len(member), number + 1
        yield member


def make_package(folder: Path, size: int, shape: str) -> Path:
    """Export about ``size`` bytes of package below ``folder``; return it."""
    source, package = folder / "in", folder / "package"
    source.mkdir(parents=True)
    if shape == "crawl":
        with (source / "crawl.warc.gz").open("wb") as file:
            file.writelines(_crawl(size))
    else:
        # Each article takes about 36 KB of a package.
        generated.write(source, size // 36_000)
    archiver.export([source], package, date="2026-01-01", jobs=2)
    shutil.rmtree(source)
    return package


def _memory_of(process: int) -> int:
    """Return the proportional set size of a process and all that it began, 0 where the system does not tell."""
    total, waiting = 0, [process]
    while waiting:
        one = Path(f"/proc/{waiting.pop()}")
        try:
            lines = (one / "smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
            for thread in (one / "task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
        except (OSError, StopIteration):
            continue
    return total


def run(command: Sequence[str]) -> Run:
    """Run a command that must end well; return what it took."""
    peak = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(_SAMPLED):
            peak = max(peak, _memory_of(child.pid))

    before = _processor()
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        watcher = threading.Thread(target=watch)
        watcher.start()
        code = child.wait()
        ended.set()
        watcher.join()
    seconds = time.perf_counter() - began
    if code:
        raise SystemExit(f"exit code {code}: {' '.join(command[:6])}")
    return Run(seconds, _processor() - before, peak)


def _processor() -> float:
    import resource

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _tool(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is not installed")
    return found


def commands(package: Path, jobs: Sequence[int]) -> dict[str, list[str]]:
    """Return the programs by name: ours once for each number of jobs, and the two peers."""
    warcs = sorted(str(path) for path in package.glob("data/*/*.warc.gz"))
    ours = [sys.executable, "-m", "archiver", "verify", str(package)]
    return {
        **{f"archiver --jobs {number}": [*ours, "--jobs", str(number)] for number in jobs},
        "bagit.py --validate": [sys.executable, _tool("bagit.py"), "--validate", "--quiet", str(package)],
        "warcio check": [sys.executable, _tool("warcio"), "check", *warcs],
    }


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=200, help="size of the package (200)")
    parser.add_argument("--shape", choices=("crawl", "articles"), default="crawl", help="what is in it (crawl)")
    parser.add_argument("--rounds", type=int, default=3, help="how often to measure (3)")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="worker processes to try (1 2)")
    parser.add_argument("--keep", type=Path, help="make the package here, or use the one that is here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        package = folder / "package"
        if not package.is_dir():
            make_package(folder, arguments.megabytes * 1_000_000, arguments.shape)
        measure(package, arguments.jobs, arguments.rounds)


def measure(package: Path, jobs: Sequence[int], rounds: int) -> None:
    """Let all programs take turns; print what each took, and how it compares with both peers together."""
    sizes = [path.stat().st_size for path in package.rglob("*") if path.is_file()]
    print(f"{sum(sizes) / 1e6:.0f} MB in {len(sizes)} files")
    programs = commands(package, jobs)
    runs: dict[str, list[Run]] = {name: [] for name in programs}
    for turn in range(rounds):
        order = list(programs)
        for name in order if turn % 2 else reversed(order):
            runs[name].append(run(programs[name]))
    peers = [name for name in programs if not name.startswith("archiver")]
    both = [sum(runs[name][turn].seconds for name in peers) for turn in range(rounds)]
    for name, taken in runs.items():
        seconds = median(one.seconds for one in taken)
        ratios = sorted(other / one.seconds for other, one in zip(both, taken, strict=True))
        beside = "" if name in peers else f"   {median(ratios):.2f} times as fast as both peers"
        beside += f" ({ratios[0]:.2f} to {ratios[-1]:.2f})" if name not in peers else ""
        print(
            f"{name:<22} {seconds:7.2f} s   {median(one.processor for one in taken):7.2f} CPU s"
            f"   {max(one.memory for one in taken) / 1e6:6.0f} MB{beside}"
        )


if __name__ == "__main__":
    main()
