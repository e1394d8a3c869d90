"""Train the tree model that names leftover lines of plain text, and write it as whole numbers.

    python benchmarks/train_text.py --text FOLDER --pages FOLDER [--check] [--write archiver/clean/text_model.json]

``--text`` holds the folders ``SET-full``, ``SET-window`` and ``SET-near`` for the sets ``fundus`` and
``wcxb-dev``, each with ``ID.txt`` and ``ID.labels`` (one digit a line, 1 = article text); ``--pages``
holds ``SET/ID.json`` with the member ``url``. ``--check`` scores five folds by registrable host, so
that no text is scored by a model that saw one of its host. Needs numpy and lightgbm; the model itself
needs nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import lightgbm
import numpy

from archiver.clean.judge import judge
from archiver.clean.ruleset import load_rules
from archiver.clean.text_decide import decide, is_prose, is_scorable, scored, untold
from archiver.clean.text_features import NAMES, rows
from archiver.clean.text_parts import text_parts
from archiver.clean.text_score import SHARES, TextModel
from archiver.model.article import BODY_KINDS
from archiver.model.verdict import Fate, Profile
from archiver.parse.decode import Decoded
from archiver.parse.text import parse_text
from archiver.pipeline.article import language_of

#: Data set, weight of one of its texts.
SETS = {"fundus": 3.0, "wcxb-dev": 1.0}
#: What is cut out of a page, and its weight; a number is the widest margin of a crop drawn by a keyed hash.
CUTS: dict[str | int, float] = {"full": 1.0, "near": 2.0, 3: 1.0, 30: 1.0}
#: So many lines of a text are learned from, drawn by its name.
MOST_LINES = 250
#: A line of the article weighs by its words to this power, a text by its lines to one less the other.
WORDS_POWER, TEXT_POWER = 0.65, 0.3
#: Numbers of trees and how much each of them learns: the first ones boldly, so that most lines are settled by them.
RATES = ((10, 0.25), (20, 0.12), (150, 0.06))
PARAMETERS = {
    "objective": "binary",
    "max_depth": 9,
    "num_leaves": 48,
    "min_data_in_leaf": 60,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "feature_fraction": 0.25,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
    "verbosity": -1,
}
SCALE = 1000
#: By cross-validation.
LIMITS = {"strict": -3000, "balanced": -600, "generous": 400, "prose": 1900}
#: Where the first trees are sure the others are not asked (archiver.clean.trees.Stage).
MIDDLE = 100
STAGES = ({"trees": 10, "far": 1900, "tenths": 20}, {"trees": 30, "far": 1500, "tenths": 13})
FOLDS = 5
#: Stands for no model.
_MUTE = TextModel(score=lambda *_: 0, strict=1, balanced=0, generous=0)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Example:
    """One text: what the model may speak of, and what is true of each line."""

    dataset: str
    name: str
    cut: str | int
    host: str
    indexes: list[int]
    table: numpy.ndarray
    labels: numpy.ndarray
    words: numpy.ndarray
    kept: numpy.ndarray
    """Lines that are article text without the model."""
    removed: numpy.ndarray
    """Lines that phrase rules remove without the model."""
    lines: tuple


def main() -> None:
    """Read the data, check by folds, write the model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    examples = [example for name in SETS for example in read_set(name, arguments.text, arguments.pages)]
    print(f"{len(examples)} texts, {sum(len(each.indexes) for each in examples)} candidates", flush=True)
    if arguments.check:
        check(examples)
    if arguments.write:
        write(fit(examples), arguments.write)


def read_set(name: str, texts: Path, pages: Path) -> Iterator[Example]:
    """Yield every text of one data set in every cut; texts whose lines are joined again have no labels of their own."""
    for path in sorted((texts / f"{name}-full").glob("*.txt")):
        url = json.loads((pages / name / f"{path.stem}.json").read_text(encoding="utf-8")).get("url") or ""
        for cut, lines, labels in _cuts(name, path, texts):
            example = _example(name, path.stem, cut, registrable(url, name + path.stem), lines, labels)
            if example is not None:
                yield example


def _cuts(name: str, path: Path, texts: Path) -> Iterable[tuple[str | int, list[str], str]]:
    whole, all_labels = _read(path)
    for cut in CUTS:
        if isinstance(cut, str):
            yield cut, *_read(texts / f"{name}-{cut}" / path.name)
            continue
        drawn = hashlib.sha256(f"crop{cut}:{name}:{path.stem}".encode()).digest()
        first, last = all_labels.index("1"), all_labels.rindex("1")
        part = slice(max(0, first - drawn[0] % cut), last + 1 + drawn[1] % cut)
        yield cut, whole[part], all_labels[part]


def _read(path: Path) -> tuple[list[str], str]:
    labels = path.with_suffix(".labels").read_text(encoding="ascii").strip()
    return path.read_text(encoding="utf-8").split("\n")[: len(labels)], labels


def _example(name: str, page: str, cut: str | int, host: str, lines: Sequence[str], labels: str) -> Example | None:
    document = parse_text(Decoded("\n".join(lines), "utf-8", "given"))
    if len(document.blocks) != len(labels):
        return None
    language = language_of(document, None).tag
    matcher = load_rules().matcher((language,))
    read = text_parts(document, matcher, language=language).lines
    indexes = scored(read) if is_scorable(read) else []
    plain = judge(document, matcher, language=language, profile=Profile.BALANCED, model=_MUTE).blocks
    removed = numpy.array([block.fate is Fate.REMOVED for block in plain])
    return Example(
        dataset=name,
        name=page,
        cut=cut,
        host=host,
        indexes=indexes,
        table=numpy.array(rows(read, indexes), dtype=numpy.int16).reshape(len(indexes), len(NAMES)),
        labels=numpy.array([int(digit) for digit in labels]),
        words=numpy.array([len(_WORD.findall(line.text)) for line in read]),
        kept=numpy.array([line.kind in BODY_KINDS for line in read]) & ~removed,
        removed=removed,
        lines=tuple(read),
    )


def registrable(url: str, fallback: str) -> str:
    """Return the host without what stands before its registrable part, by rule of thumb."""
    parts = (urlsplit(url).hostname or fallback).split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else parts[-2:])


def fit(examples: Sequence[Example]) -> lightgbm.Booster:
    """Train on ``examples``; a line of an article weighs by its words, and long texts less by the line."""
    table, labels, weights = [], [], []
    for example in examples:
        if not example.indexes:
            continue
        indexes = numpy.array(example.indexes)
        drawn = numpy.random.RandomState(zlib.crc32(f"{example.dataset}{example.cut}{example.name}".encode()))
        picked = numpy.sort(drawn.permutation(len(indexes))[:MOST_LINES])
        own = example.labels[indexes[picked]]
        weight = numpy.where(own == 1, example.words[indexes[picked]] ** WORDS_POWER + 0.5, 1.0)
        weight *= len(indexes) / len(picked)
        table.append(example.table[picked])
        labels.append(own)
        weights.append(weight / weight.sum() ** TEXT_POWER * SETS[example.dataset] * CUTS[example.cut])
    scaled = numpy.concatenate(weights)
    scaled *= len(scaled) / scaled.sum()
    data = lightgbm.Dataset(
        numpy.concatenate(table), label=numpy.concatenate(labels), weight=scaled, feature_name=list(NAMES)
    )
    rates = [rate for count, rate in RATES for _ in range(count)]
    schedule = lightgbm.reset_parameter(learning_rate=rates)
    return lightgbm.train(PARAMETERS, data, num_boost_round=len(rates), callbacks=[schedule])


def check(examples: Sequence[Example]) -> None:
    """Print what goes and what is lost at several limits, by data set and cut, each text scored by another fold."""
    judged: dict[tuple[str, str | int], list[tuple[Example, list[int]]]] = {}
    for fold in range(FOLDS):
        model = fit([each for each in examples if zlib.crc32(each.host.encode()) % FOLDS != fold])
        for example in examples:
            if zlib.crc32(example.host.encode()) % FOLDS == fold and isinstance(example.cut, str):
                raw = model.predict(example.table, raw_score=True) if example.indexes else []
                scores = [round(float(one) * SCALE) for one in raw]
                judged.setdefault((example.dataset, example.cut), []).append((example, scores))
    for (dataset, cut), pairs in judged.items():
        for limit in range(-1000, 1501, 250):
            print(f"{dataset}-{cut} below {limit}: {measure(pairs, limit)}", flush=True)


def measure(pairs: Sequence[tuple[Example, list[int]]], limit: int) -> str:
    """Leftover lines removed, words lost, line F1, texts with at most two wrong lines, texts that lose a fifth."""
    right = surplus = missed = gone = 0
    lost, wrong = [], []
    for example, scores in pairs:
        kept = example.kept.copy()
        by_line = dict(zip(example.indexes, scores, strict=True))
        own = limit + LIMITS["prose"] * is_prose(example.lines)
        decision = decide(example.lines, by_line, own, share=SHARES[Profile.BALANCED])
        text = decision.text if example.indexes else untold(example.lines)
        kept[[*decision.gone, *decision.labels]] = False
        kept[[index for index in text if not example.removed[index]]] = True
        true = example.labels == 1
        right, surplus = right + (kept & true).sum(), surplus + (kept & ~true).sum()
        missed, gone = missed + (~kept & true).sum(), gone + (~kept & ~true).sum()
        lost.append((example.words[true & ~kept].sum(), example.words[true].sum()))
        wrong.append((kept != true).sum())
    share = sum(one for one, _ in lost) / sum(whole for _, whole in lost)
    few = sum(one <= 2 for one in wrong) / len(wrong)
    fifth = sum(one * 5 > whole for one, whole in lost) / len(lost)
    f1 = 2 * right / (2 * right + surplus + missed)
    removed = gone / (gone + surplus)
    return f"removed {removed:.3f} lost {share:.4f} F1 {f1:.3f} few wrong {few:.3f} lost a fifth {fifth:.4f}"


def write(model: lightgbm.Booster, path: Path) -> None:
    """Write names, limits and trees; a node is [feature, threshold, node up to it, node above, worth], a leaf a sum."""
    trees = [_node(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    head = {
        "scale": SCALE,
        "trained_on": sorted(SETS),
        "limits": LIMITS,
        "middle": MIDDLE,
        "stages": STAGES,
        "features": list(NAMES),
    }
    members = ",\n".join(f"{json.dumps(name)}:{json.dumps(value)}" for name, value in head.items())
    path.write_text(f'{{{members},\n"trees":[\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{path}: {len(trees)} trees", flush=True)


def _node(node: dict) -> list | int:
    if "leaf_value" in node:
        return round(node["leaf_value"] * SCALE)
    threshold = int(numpy.floor(node["threshold"]))
    worth = round(node["internal_value"] * SCALE)
    return [node["split_feature"], threshold, _node(node["left_child"]), _node(node["right_child"]), worth]


if __name__ == "__main__":
    main()
