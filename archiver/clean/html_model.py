"""The tree model that scores blocks of a page: whole numbers in a readable data file, no dependency."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import CodeType, FunctionType
from typing import Any

from archiver.clean.html_features import BITS, COLUMNS, NAMES, group_of
from archiver.clean.trees import contributions

#: The first trees tell nearly all; the others are asked only of blocks that these leave nearer to the cut than this.
FIRST = 30
SURE = 2_000


@dataclass(frozen=True, slots=True)
class Model:
    """Boosted decision trees (see benchmarks/train_html.py).

    A score is the sum of the leaves that a row falls into: log-odds times ``scale``; above 0 the
    block is article text.
    """

    first: Callable[..., int]
    """Score of a row, given as so many arguments, by the first trees."""
    rest: Callable[..., int]
    """What the other trees add."""
    trees: Sequence[Any]
    scale: int
    digest: str
    """SHA-256 of the data file, hexadecimal."""

    def score(self, row: Sequence[int], cut: int) -> int:
        """Return the score of ``row``, by the first trees alone where these put it beyond doubt."""
        points = self.first(*row)
        return points if abs(points - cut) > SURE else points + self.rest(*row)

    def contributions(self, row: Sequence[int], cut: int) -> tuple[tuple[str, int], ...]:
        """Return what each group of features adds to the score of ``row``, the largest part first."""
        sure = abs(self.first(*row) - cut) > SURE
        asked = self.trees[:FIRST] if sure else self.trees
        return contributions(
            asked,
            value=lambda feature: _value(NAMES[feature], row),
            group=lambda feature: group_of(NAMES[feature]),
        )


@cache
def load_model() -> Model:
    """Return the model that ships with archiver; it is read once.

    Raises ValueError where data file and features do not belong together.
    """
    data = resources.files("archiver.clean").joinpath("html_model.json").read_bytes()
    plain = json.loads(data)
    if tuple(plain["features"]) != NAMES:
        raise ValueError("html_model.json was trained on other features; run benchmarks/train_html.py")
    trees = plain["trees"]
    return Model(
        first=compile_trees(trees[:FIRST]),
        rest=compile_trees(trees[FIRST:]),
        trees=trees,
        scale=plain["scale"],
        digest=hashlib.sha256(data).hexdigest(),
    )


def compile_trees(trees: Sequence[Any]) -> Callable[..., int]:
    """Return a function from the values of ``COLUMNS`` to the sum of their leaves.

    A node is [feature of ``NAMES``, threshold, node if the value is not above it, node if it is
    above, what it is worth before it is asked], a leaf a whole number; a flag is a bit of its column.
    Compiled conditions are ten times faster than a walk over the nodes. Nothing but whole numbers
    of the data gets into the code.
    """
    arguments = ", ".join(f"v{number}" for number in range(len(COLUMNS)))
    code = compile(f"lambda {arguments}: " + (" + ".join(map(_expression, trees)) or "0"), "html_model.json", "eval")
    body = next(constant for constant in code.co_consts if isinstance(constant, CodeType))
    return FunctionType(body, {})


def _value(name: str, row: Sequence[int]) -> int:
    if name in BITS:
        column, bit = BITS[name]
        return 1 if row[COLUMNS.index(column)] & bit else 0
    return row[COLUMNS.index(name)]


def _expression(node: Any) -> str:
    if not isinstance(node, list):
        return f"({int(node)})"
    feature, threshold, below, above, _ = node
    name = NAMES[int(feature)]
    if name in BITS:
        column, bit = BITS[name]
        return f"({_expression(above)} if v{COLUMNS.index(column)} & {bit} else {_expression(below)})"
    return f"({_expression(below)} if v{COLUMNS.index(name)} <= {int(threshold)} else {_expression(above)})"
