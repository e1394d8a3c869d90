"""How many articles archiver makes in a second of processor time, beside trafilatura where that is installed.

    python benchmarks/throughput.py [--articles N] [--rounds N]

Generated pages and texts, and the cases of samples/. Extractors take turns page by page, so that a
busy machine slows both alike; the ratio is the median over the rounds. ``export`` is a whole export by one
process: reading, extracting, validating, WARC, TEI, sealing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median

import generated
import peers

import archiver
from archiver.errors import ArticleError

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that ``work`` takes in this process."""
    began = time.process_time()
    with suppress(ArticleError):
        work()
    return time.process_time() - began


def compare(pages: Sequence[bytes], extractors: Mapping[str, peers.Extractor], rounds: int) -> dict[str, list[float]]:
    """Return for each extractor the seconds of each round over all pages; a round before the first is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in extractors}
    for turn in range(rounds + 1):
        spent = dict.fromkeys(extractors, 0.0)
        for number, page in enumerate(pages):
            order = list(extractors)
            for name in order if (number + turn) % 2 else reversed(order):
                spent[name] += timed(lambda name=name, page=page: extractors[name](page, None))
        if turn:
            for name, one in spent.items():
                seconds[name].append(one)
    return seconds


def tell(title: str, count: int, seconds: Mapping[str, Sequence[float]]) -> None:
    """Print a line for each extractor, and how many times faster archiver is."""
    for name, rounds in seconds.items():
        rate = count / median(rounds)
        ratio = median(other / ours for ours, other in zip(seconds["archiver"], rounds, strict=True))
        beside = "" if name == "archiver" else f"   archiver is {ratio:.2f} times as fast"
        print(f"{title:<28} {name:<22} {rate:8.1f} articles/CPU s   {1000 / rate:7.2f} ms{beside}")


def export_seconds(inputs: Path, rounds: int) -> tuple[float, int]:
    """Return the median seconds of an export of ``inputs`` by one process, and the number of its articles."""
    seconds, articles = [], 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            began = time.process_time()
            articles = archiver.export([inputs], Path(folder) / "package", date="2026-01-01", jobs=1).articles
            seconds.append(time.process_time() - began)
    return median(seconds), articles


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200, help="how many to generate (200)")
    parser.add_argument("--rounds", type=int, default=3, help="how often to measure (3)")
    arguments = parser.parse_args()
    extractors = peers.installed(("trafilatura", "trafilatura-metadata"))
    pages = [generated.page(number) for number in range(arguments.articles)]
    tell("extract, generated pages", len(pages), compare(pages, extractors, arguments.rounds))
    samples = [path.read_bytes() for path in sorted(SAMPLES.glob("html-*/input.html"))]
    tell("extract, sample pages", len(samples), compare(samples, extractors, arguments.rounds))
    texts = [generated.text(number) for number in range(arguments.articles)]
    own = {"archiver": lambda data, url: archiver.extract(data, url=url, media_type="text/plain").text}
    tell("extract, generated texts", len(texts), compare(texts, own, arguments.rounds))
    with tempfile.TemporaryDirectory() as folder:
        generated.write(Path(folder) / "in", arguments.articles)
        for title, inputs in (("export, generated", Path(folder) / "in"), ("export, samples", SAMPLES)):
            seconds, articles = export_seconds(inputs, arguments.rounds)
            tell(title, articles, {"archiver": [seconds]})


if __name__ == "__main__":
    main()
