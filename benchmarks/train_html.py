"""Train the tree model that tells article text from the rest of a page, and write it as whole numbers.

    python benchmarks/train_html.py --data FOLDER [--check] [--write archiver/clean/html_model.json]

FOLDER holds one folder a data set, those of ``SETS``, each with ``ID.html`` and ``ID.json`` (members ``text`` and
``url``). ``--check`` scores five folds by
registrable host, so that no page is scored by a model that saw a page of its host. Needs numpy and
lightgbm; the model itself needs nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from urllib.parse import urlsplit

import lightgbm
import numpy

from archiver.clean.html_features import BITS, COLUMNS, NAMES, rows
from archiver.clean.html_page import read_page
from archiver.clean.html_words import Masks
from archiver.errors import ArchiverError
from archiver.model.document import Document
from archiver.parse.html import parse_html

#: Data set, weight of one of its pages. News gold of hand-written selectors counts most, another tool's output least.
SETS = {"fundus": 8.0, "mercury": 1.0, "wcxb-dev": 1.0, "readability": 1.0, "newspaper3k": 0.7}
#: Gold that is another tool's output: to learn from, not to measure with.
SILVER = frozenset({"newspaper3k"})
#: Address that a data set gives for all its pages alike.
_NO_HOST = "fakehost"
TREES = 100
PARAMETERS = {
    "objective": "binary",
    "max_depth": 5,
    "num_leaves": 31,
    "learning_rate": 0.1,
    "min_data_in_leaf": 60,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "feature_fraction": 0.3,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
    "verbosity": -1,
}
SCALE = 1000
FOLDS = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Example:
    """A page of gold: candidate rows, whether each block is article text, and the texts."""

    dataset: str
    host: str
    indexes: list[int]
    table: numpy.ndarray
    labels: list[int]
    texts: list[str]
    gold: str


def main() -> None:
    """Read the data, check by folds, write the model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    examples = [example for name in SETS for example in read_set(arguments.data / name)]
    print(f"{len(examples)} pages, {sum(len(each.indexes) for each in examples)} candidates", flush=True)
    if arguments.check:
        check(examples)
    if arguments.write:
        write(fit(examples), arguments.write)


def read_set(folder: Path) -> Iterable[Example]:
    """Yield the pages of one data set that have gold text and are articles."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if not gold.get("text") or gold.get("page_type", "article") != "article":
            continue
        page = path.with_suffix(".html").read_bytes().decode("utf-8", "replace")
        try:
            document = parse_html(page, charset="utf-8", charset_origin="utf-8", url=None, media_type="text/html")
        except ArchiverError:
            continue
        page_figures = read_page(document)
        table = rows(page_figures, Masks(page_figures.best_depth))
        texts = [block.text for block in document.blocks]
        yield Example(
            dataset=folder.name,
            host=registrable(address(gold, document), folder.name + path.stem),
            indexes=[index for index, _ in table],
            table=expand([row for _, row in table]),
            labels=label(texts, gold["text"]),
            texts=texts,
            gold=gold["text"],
        )


def expand(table: Sequence[Sequence[int]]) -> numpy.ndarray:
    """Return rows of ``COLUMNS`` as a table of ``NAMES``: each flag a column of its own."""
    values = numpy.array(table, dtype=numpy.int32).reshape(len(table), len(COLUMNS))
    sources = [BITS.get(name, (name, 0)) for name in NAMES]
    columns = [values[:, COLUMNS.index(name)] for name, _ in sources]
    return numpy.stack(
        [(one & bit) > 0 if bit else one for one, (_, bit) in zip(columns, sources, strict=True)], axis=1
    )


def address(gold: dict, document: Document) -> str:
    """Return where the page stood: as the gold says, or where that is no true host, as the page says itself."""
    url = gold.get("url") or ""
    if urlsplit(url).hostname != _NO_HOST:
        return url
    stated = (hint.value for hint in document.hints if hint.field == "canonical_url")
    return next((value for value in stated if value.startswith("http")), url)


def registrable(url: str, fallback: str) -> str:
    """Return the host without what stands before its registrable part, by rule of thumb."""
    parts = (urlsplit(url).hostname or fallback).split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else parts[-2:])


def label(texts: Sequence[str], gold: str) -> list[int]:
    """1 for each block whose word triples are mostly in the gold; short blocks must be a line of it."""
    words = _WORD.findall(gold.lower())
    triples = set(zip(words, words[1:], words[2:], strict=False))
    lines = {" ".join(_WORD.findall(line.lower())) for line in gold.split("\n")}
    labels = []
    for text in texts:
        own = _WORD.findall(text.lower())
        mine = list(zip(own, own[1:], own[2:], strict=False))
        hits = sum(triple in triples for triple in mine)
        labels.append(int(hits * 2 >= len(mine)) if mine else int(bool(own) and " ".join(own) in lines))
    return labels


def fit(examples: Sequence[Example]) -> lightgbm.Booster:
    """Train on ``examples``; every page weighs the same within its data set, long blocks more than short ones."""
    table, labels, weights = [], [], []
    for example in examples:
        own = [len(example.texts[index].split()) ** 0.5 + 0.5 for index in example.indexes]
        total = sum(own) or 1.0
        table.append(example.table)
        labels.extend(example.labels[index] for index in example.indexes)
        weights.extend(SETS[example.dataset] * weight / total for weight in own)
    scaled = numpy.array(weights) * (len(weights) / sum(weights))
    data = lightgbm.Dataset(numpy.concatenate(table), label=labels, weight=scaled)
    return lightgbm.train(PARAMETERS, data, num_boost_round=TREES)


def check(examples: Sequence[Example]) -> None:
    """Print mean 4-gram precision, recall and F1, and mean word F1, by data set."""
    scores: dict[str, list[tuple[float, float, float]]] = {}
    for fold in range(FOLDS):
        model = fit([each for each in examples if zlib.crc32(each.host.encode()) % FOLDS != fold])
        for example in examples:
            if zlib.crc32(example.host.encode()) % FOLDS != fold or example.dataset in SILVER:
                continue
            points = model.predict(example.table) if len(example.table) else []
            kept = [example.texts[index] for index, point in zip(example.indexes, points, strict=True) if point >= 0.5]
            scores.setdefault(example.dataset, []).append(measure(example.gold, "\n".join(kept)))
    for dataset, rows_ in scores.items():
        precision, recall, words = (fmean(row[k] for row in rows_) for k in range(3))
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{dataset}: P {precision:.4f} R {recall:.4f} F1 {f1:.4f}, words {words:.4f}", flush=True)


def measure(gold: str, answer: str) -> tuple[float, float, float]:
    """4-gram precision and recall, and word F1, of one answer."""
    want, have = _WORD.findall(gold), _WORD.findall(answer)
    precision, recall = _overlap(_grams(want), _grams(have))
    shared = _overlap(Counter(map(str.lower, want)), Counter(map(str.lower, have)))
    return precision, recall, 2 * shared[0] * shared[1] / (sum(shared) or 1.0)


def _grams(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


def _overlap(want: Counter, have: Counter) -> tuple[float, float]:
    hits = sum((want & have).values())
    return (hits / sum(have.values()) if have else 0.0), (hits / sum(want.values()) if want else 1.0)


def write(model: lightgbm.Booster, path: Path) -> None:
    """Write names, scale and trees.

    A node is [feature, threshold, node up to it, node above, mean score of what gets here], a leaf a number.
    """
    trees = [_node(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    names = json.dumps(list(NAMES))
    trained = json.dumps(sorted(SETS))
    path.write_text(
        f'{{"scale":{SCALE},\n"trained_on":{trained},\n"features":{names},\n"trees":[\n{lines}\n]}}\n', encoding="utf-8"
    )
    print(f"{path}: {len(trees)} trees", flush=True)


def _node(node: dict) -> list | int:
    if "leaf_value" in node:
        return round(node["leaf_value"] * SCALE)
    threshold = int(numpy.floor(node["threshold"]))
    worth = round(node["internal_value"] * SCALE)
    return [node["split_feature"], threshold, _node(node["left_child"]), _node(node["right_child"]), worth]


if __name__ == "__main__":
    main()
