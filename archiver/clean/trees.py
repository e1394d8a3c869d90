"""Boosted decision trees of whole numbers, compiled to one expression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any


def compile_trees(trees: Sequence[Any], columns: int) -> Callable[..., int]:
    """Return a function from the values of a row of ``columns`` numbers to the sum of the leaves it falls into.

    A node is [column, threshold, node if the value is not above it, node if it is above, what it is
    worth before it is asked], a leaf a whole number. Compiled conditions are ten times faster than a
    walk over the nodes. Nothing but whole numbers of the data gets into the code.
    """
    return _compiled(_sum(trees), columns)


@dataclass(frozen=True, slots=True)
class Stage:
    """A number of first trees that settle a score: where their sum is far from the middle, no other tree is asked."""

    trees: int
    far: int
    """How far the sum has to be from the middle."""
    tenths: int
    """What the distance is then multiplied by, in tenths: the other trees would have gone the same way."""


def compile_staged(trees: Sequence[Any], columns: int, *, middle: int, stages: Sequence[Stage]) -> Callable[..., int]:
    """Return what :func:`compile_trees` does, but for rows of which the first trees are sure; see :class:`Stage`."""
    expression = ""
    done = 0
    for stage in stages:
        before = "s + " if done else ""
        far = f"-{int(stage.far)} < (s := {before}{_sum(trees[done : stage.trees])}) - {int(middle)} < {int(stage.far)}"
        settled = f"{int(middle)} + (s - {int(middle)}) * {int(stage.tenths)} // 10"
        # Parsed from the right: each further stage is the other branch of the one before.
        expression += f"({settled}) if not ({far}) else "
        done = stage.trees
    return _compiled(expression + ("s + " if done else "") + _sum(trees[done:]), columns)


def bias(trees: Sequence[Any]) -> int:
    """Return what is scored before anything is known."""
    return sum(_worth(tree) for tree in trees)


def contributions(
    trees: Sequence[Any], *, value: Callable[[int], int], group: Callable[[int], str]
) -> tuple[tuple[str, int], ...]:
    """Return what each group of features adds to a score, the largest part first.

    ``value`` tells the number that a row has for a feature, ``group`` the group of a feature. On the
    way down a tree, what a node is worth changes with each answer; the change goes to the feature
    that was asked. The parts add up to the score less :func:`bias`.
    """
    parts: dict[str, int] = {}
    for tree in trees:
        node = tree
        while isinstance(node, list):
            following = node[3] if value(node[0]) > node[1] else node[2]
            name = group(node[0])
            parts[name] = parts.get(name, 0) + _worth(following) - _worth(node)
            node = following
    return tuple(sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0])))


def asked(trees: Sequence[Any], row: Sequence[int], *, middle: int, stages: Sequence[Stage]) -> Sequence[Any]:
    """Return the trees that a score of ``row`` by :func:`compile_staged` is made of."""
    for stage in stages:
        if abs(sum(_leaf(tree, row) for tree in trees[: stage.trees]) - middle) >= stage.far:
            return trees[: stage.trees]
    return trees


def _leaf(tree: Any, row: Sequence[int]) -> int:
    while isinstance(tree, list):
        tree = tree[3] if row[tree[0]] > tree[1] else tree[2]
    return int(tree)


def _worth(node: Any) -> int:
    return int(node[4] if isinstance(node, list) else node)


def _compiled(expression: str, columns: int) -> Callable[..., int]:
    arguments = ", ".join(f"v{number}" for number in range(columns))
    code = compile(f"lambda {arguments}: {expression}", "trees", "eval")
    body = next(constant for constant in code.co_consts if isinstance(constant, CodeType))
    return FunctionType(body, {})


def _sum(trees: Sequence[Any]) -> str:
    return " + ".join(map(_expression, trees)) or "0"


def _expression(node: Any) -> str:
    if not isinstance(node, list):
        return f"({int(node)})"
    column, threshold, below, above = node[:4]
    return f"({_expression(below)} if v{int(column)} <= {int(threshold)} else {_expression(above)})"
