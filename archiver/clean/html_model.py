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

from archiver.clean.html_features import NAMES


@dataclass(frozen=True, slots=True)
class Model:
    """Boosted decision trees (see benchmarks/train_html.py)."""

    score: Callable[[Sequence[int]], int]
    """Sum of the leaves that a row falls into: log-odds times ``scale``; above 0 the block is article text."""
    scale: int
    digest: str
    """SHA-256 of the data file, hexadecimal."""


@cache
def load_model() -> Model:
    """Return the model that ships with archiver; it is read once.

    Raises ValueError where data file and features do not belong together.
    """
    data = resources.files("archiver.clean").joinpath("html_model.json").read_bytes()
    plain = json.loads(data)
    if tuple(plain["features"]) != NAMES:
        raise ValueError("html_model.json was trained on other features; run benchmarks/train_html.py")
    return Model(score=compile_trees(plain["trees"]), scale=plain["scale"], digest=hashlib.sha256(data).hexdigest())


def compile_trees(trees: Sequence[Any]) -> Callable[[Sequence[int]], int]:
    """Return a function from a row to the sum of its leaves.

    A node is [feature, threshold, node if the value is not above it, node if it is above], a leaf
    a whole number. Compiled conditions are ten times faster than a walk over the nodes. Nothing
    but whole numbers of the data can get into the code.
    """
    code = compile("lambda r: " + " + ".join(map(_expression, trees)), "html_model.json", "eval")
    body = next(constant for constant in code.co_consts if isinstance(constant, CodeType))
    return FunctionType(body, {})


def _expression(node: Any) -> str:
    if isinstance(node, list):
        feature, threshold, below, above = node
        return f"({_expression(below)} if r[{int(feature)}] <= {int(threshold)} else {_expression(above)})"
    return f"({int(node)})"
