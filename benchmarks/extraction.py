"""How well archiver and its peers find the text of an article, on gold that people made.

    python benchmarks/extraction.py FOLDER... [--peer NAME] [--limit N] [--worst N]
    python benchmarks/extraction.py --gate

FOLDER holds ``ID.html`` and ``ID.json`` with ``text`` (the body, one block a line), or ``with`` and
``without`` (passages that must or must not be in it), and ``url`` if it is known. ``--gate`` takes the
cases of samples/ instead and leaves with 1 if archiver falls short on one of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

import measures
import peers

import archiver
from archiver.errors import ArticleError

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
#: The gate: no case below the first, their mean not below the second (F1 of words).
LEAST, MEAN = 0.97, 0.99
_BODY = ("headings", "paragraphs", "list_items", "quotes", "table_rows")


@dataclass(frozen=True)
class Page:
    """A page of gold."""

    name: str
    data: bytes
    url: str | None
    gold: Mapping[str, Any]


@dataclass
class Row:
    """What one extractor did on all pages, in order."""

    texts: list[str] = field(default_factory=list)
    seconds: float = 0.0
    failed: int = 0


def read_gold(folder: Path, limit: int | None) -> list[Page]:
    """Return the pages of ``folder`` in the order of their names."""
    found = []
    for path in sorted(folder.glob("*.json"))[:limit]:
        gold = json.loads(path.read_text(encoding="utf-8"))
        found.append(Page(path.stem, path.with_suffix(".html").read_bytes(), gold.get("url"), gold))
    return found


def run(pages: Sequence[Page], extractors: Mapping[str, peers.Extractor]) -> dict[str, Row]:
    """Run all extractors page by page, in turn, so that a busy machine slows all of them alike."""
    rows = {name: Row() for name in extractors}
    for number, page in enumerate(pages):
        order = list(extractors)
        turn = number % len(order)
        for name in order[turn:] + order[:turn]:
            row = rows[name]
            began = time.process_time()
            try:
                text = extractors[name](page.data, page.url)
            except peers.FAILURES as error:
                text = ""
                # Saying that there is no article is an answer.
                row.failed += not isinstance(error, ArticleError)
            row.seconds += time.process_time() - began
            row.texts.append(text)
    return rows


def tell(title: str, pages: Sequence[Page], rows: Mapping[str, Row]) -> None:
    """Print one table: scores, what archiver is better by with its 95 % interval, and speed."""
    whole = [number for number, page in enumerate(pages) if page.gold.get("text")]
    marked = [number for number, page in enumerate(pages) if page.gold.get("with") or page.gold.get("without")]
    print(f"\n### {title}: {len(pages)} pages, {len(whole)} with a whole text, {len(marked)} with passages\n")
    columns = ["extractor", "words P", "words R", "words F1", "archiver better by", "4-grams F1", "archiver better by"]
    columns += ["worst tenth", "under half", "passages", "pages/CPU s", "failed"]
    print("| " + " | ".join(columns) + " |")
    print("|---" * len(columns) + "|")
    for name, row in rows.items():
        cells = [name]
        bags = [measures.word_score(pages[number].gold["text"], row.texts[number]) for number in whole]
        cells += (
            [f"{fmean(bag.precision for bag in bags):.4f}", f"{fmean(bag.recall for bag in bags):.4f}"]
            if bags
            else ["", ""]
        )
        for score, mean in ((measures.word_score, measures.mean_f1), (measures.gram_score, measures.f1_of_means)):
            ours = [score(pages[number].gold["text"], rows["archiver"].texts[number]) for number in whole]
            theirs = [score(pages[number].gold["text"], row.texts[number]) for number in whole]
            cells += (
                [f"{mean(theirs):.4f}", _gain(ours, theirs, mean) if name != "archiver" else ""] if whole else ["", ""]
            )
        counts = [
            measures.snippet_counts(page.gold.get("with") or [], page.gold.get("without") or [], row.texts[number])
            for number, page in enumerate(pages)
        ]
        cells += [f"{measures.worst_tenth(bags):.4f}", f"{measures.under_half(bags):.1%}"] if bags else ["", ""]
        cells.append(f"{measures.snippet_accuracy(counts):.4f}" if marked else "")
        print("| " + " | ".join([*cells, f"{len(pages) / max(row.seconds, 1e-9):.0f}", str(row.failed)]) + " |")


def _gain(ours: Sequence[measures.Score], theirs: Sequence[measures.Score], mean: Any) -> str:
    low, high = measures.interval(ours, theirs, mean)
    return f"{mean(ours) - mean(theirs):+.4f} ({low:+.4f} to {high:+.4f})"


def tell_worst(pages: Sequence[Page], row: Row, count: int) -> None:
    """Print the pages on which archiver is furthest from gold."""
    scored = [
        (measures.word_score(page.gold["text"], text), page.name)
        for page, text in zip(pages, row.texts, strict=True)
        if page.gold.get("text")
    ]
    for score, name in sorted(scored, key=lambda one: (one[0].f1, one[1]))[:count]:
        print(f"{score.f1:.3f}  precision {score.precision:.3f}  recall {score.recall:.3f}  {name}")


def _cases() -> Iterator[tuple[str, bytes, str, Mapping[str, Any]]]:
    for expected in sorted(SAMPLES.glob("*/expected.json")):
        for entry in json.loads(expected.read_text(encoding="utf-8"))["files"]:
            if entry["media_type"] in ("text/html", "text/plain") and entry.get("articles"):
                file = expected.parent / entry["file"]
                name = f"{file.parent.name}/{file.name}"
                yield name, file.read_bytes(), entry["media_type"], entry["articles"][0]


def gate() -> int:
    """Check the cases of samples/; return the exit code."""
    scores, faults = [], []
    for name, data, media_type, article in _cases():
        lines = [line for part in _BODY for line in article[part]]
        gold = "\n".join(([article["standfirst"]] if article["standfirst"] else []) + lines)
        text = archiver.extract(data, media_type=media_type).text
        score = measures.word_score(gold, text)
        scores.append(score)
        kept = {" ".join(line.split()) for line in text.splitlines()}
        left = [line["text"] for line in article["removed"] if line["text"] in kept]
        print(f"{score.f1:.4f}  {name}" + (f"  still there: {left}" if left else ""))
        if score.f1 < LEAST:
            faults.append(f"{name}: {score.f1:.4f} is below {LEAST}")
    mean = measures.mean_f1(scores)
    print(f"{mean:.4f}  mean of {len(scores)} cases")
    if mean < MEAN:
        faults.append(f"the mean {mean:.4f} is below {MEAN}")
    for fault in faults:
        print(f"gate: {fault}", file=sys.stderr)
    return 1 if faults else 0


def main() -> int:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--gate", action="store_true", help="check the cases of samples/ and leave with 1 below the gate"
    )
    parser.add_argument("--peer", action="append", choices=peers.names(), help="only this peer; can be repeated")
    parser.add_argument("--limit", type=int, help="only the first N pages of each folder")
    parser.add_argument("--worst", type=int, default=0, help="name the N pages furthest from gold as well")
    arguments = parser.parse_args()
    if arguments.gate:
        return gate()
    if not arguments.folders:
        parser.error("name a folder of gold, or give --gate")
    extractors = peers.installed(tuple(arguments.peer) if arguments.peer else None)
    for folder in arguments.folders:
        pages = read_gold(folder, arguments.limit)
        if not pages:
            parser.error(f"{folder}: there is no ID.json in it")
        rows = run(pages, extractors)
        tell(folder.name, pages, rows)
        tell_worst(pages, rows["archiver"], arguments.worst)
    return 0


if __name__ == "__main__":
    sys.exit(main())
