"""The elements around the blocks of a page, each with a number: which stands in which, and where relative to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.model.document import RawBlock

#: Elements further in than such a path is long count as one: paths over thousands of levels would fill the memory.
_PATH_CHARS = 4_000
_ARTICLE = "article["


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements around blocks, parents before what is in them; number 0 is the document itself."""

    paths: list[str]
    above: list[int]
    """Number of the element around."""
    depth: list[int]
    articles: list[int]
    """How many ``article`` elements it stands in or is."""
    article: list[int]
    """Number of the innermost of these, 0 if there is none."""


@dataclass(frozen=True, slots=True)
class Bearings:
    """Where each element stands relative to a chosen one."""

    inside: list[bool]
    steps: list[int]
    """Steps from one to the other through the tree."""
    box: list[int]
    """The outermost element around it that is not around the chosen one, 0 if there is none."""


def elements_of(blocks: Sequence[RawBlock]) -> tuple[Elements, list[int]]:
    """Return the elements around ``blocks``, and for each block the number of its parent element."""
    known = {"": 0}
    found = Elements([""], [0], [0], [0], [0])
    parents = []
    for block in blocks:
        path = block.path
        if len(path) > _PATH_CHARS:
            path = path[: path.rfind("/", 0, _PATH_CHARS)] + "/"
        path = path.rpartition("/")[0]
        number = known.get(path)
        parents.append(_enter(path, known, found) if number is None else number)
    return found, parents


def _enter(path: str, known: dict[str, int], found: Elements) -> int:
    missing = []
    while path not in known:
        around, _, step = path.rpartition("/")
        missing.append((path, step))
        path = around
    number = known[path]
    paths, aboves, depths, counts, articles = found.paths, found.above, found.depth, found.articles, found.article
    for each, step in reversed(missing):
        above, number = number, len(paths)
        known[each] = number
        paths.append(each)
        aboves.append(above)
        depths.append(depths[above] + 1)
        if step.startswith(_ARTICLE):
            counts.append(counts[above] + 1)
            articles.append(number)
        else:
            counts.append(counts[above])
            articles.append(articles[above])
    return number


def bearings(elements: Elements, chosen: int) -> Bearings:
    """Return where each element stands relative to ``chosen``."""
    above, depth = elements.above, elements.depth
    around = {0}
    number = chosen
    while number:
        around.add(number)
        number = above[number]
    deepest = depth[chosen]
    shared, box = [0], [0]
    for number in range(1, len(above)):
        outer = above[number]
        if number in around:
            shared.append(depth[number])
            box.append(0)
        else:
            shared.append(shared[outer])
            box.append(box[outer] or number)
    return Bearings(
        inside=[chosen > 0 and level == deepest for level in shared],
        steps=[own + deepest - 2 * level for own, level in zip(depth, shared, strict=True)],
        box=box,
    )
