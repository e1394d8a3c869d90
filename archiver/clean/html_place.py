"""Where elements stand: relative to the element that holds most of the text, and in which box beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archiver.clean.html_page import Page, Sums

_NOWHERE = 99
_ARTICLE = "/article["


@dataclass(frozen=True, slots=True)
class Around:
    """What the blocks of one parent element share, as values for the rows."""

    figures: tuple[int, ...]
    box: tuple[int, ...] | None
    """Sums over the box that they stand in: the child of what they have in common with the best element.
    None where they stand in that common element itself, so that each is its own box."""


def places_of(page: Page, total: int) -> dict[str, Around]:
    """Return the surroundings of every parent element; ``total`` is the running text of the page."""
    steps = page.best.split("/")
    article = _article(page.best)
    nested = page.best.count(_ARTICLE)
    boxes: dict[str, Sums] = {}
    box_of: dict[str, str] = {}
    shared_of: dict[str, int] = {}
    for parent, sums in page.parents.items():
        shared, box = _box(parent, steps)
        shared_of[parent] = shared
        box_of[parent] = box
        if box:
            found = boxes.get(box)
            if found is None:
                found = boxes[box] = Sums(sums.first)
            found.join(sums)
    values = {box: (*sums.figures(total), page.blocks[sums.first].level) for box, sums in boxes.items()}
    places = {}
    for parent, sums in page.parents.items():
        depth = parent.count("/")
        shared = shared_of[parent]
        inside = shared == len(steps) and bool(page.best)
        figures = (
            *sums.figures(total),
            page.blocks[sums.first].level,
            int(inside),
            int(parent == page.best),
            depth + len(steps) + 1 - 2 * shared if page.best else _NOWHERE,
            depth,
            parent.count(_ARTICLE) - nested,
            int(article == _article(parent)),
        )
        places[parent] = Around(figures, values.get(box_of[parent]))
    return places


def _box(parent: str, steps: list[str]) -> tuple[int, str]:
    """Return how many steps ``parent`` shares with the best element, and the path one step further down."""
    own = parent.split("/")
    shared = 0
    for mine, other in zip(own, steps, strict=False):
        if mine != other:
            break
        shared += 1
    return shared, "/".join(own[: shared + 1]) if shared < len(own) else ""


def _article(path: str) -> str:
    """Return the path of the innermost ``article`` element around."""
    at = path.rfind(_ARTICLE)
    return path[: path.index("]", at)] if at >= 0 else ""


def places_in_parent(parents: Iterable[str]) -> list[int]:
    """Return for each block the how-manieth it is in its parent element, from 0."""
    seen: dict[str, int] = {}
    found = []
    for parent in parents:
        place = seen[parent] = seen.get(parent, -1) + 1
        found.append(place)
    return found
