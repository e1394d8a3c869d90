"""What a run was asked for, and whether an unfinished one can go on with what is asked now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from archiver.errors import UsageError
from archiver.model.intake import InputFile
from archiver.pipeline.plan import input_digest, input_lines
from archiver.readers.input_list import InputList
from archiver.version import __version__

#: As many files of each kind are named where the input has changed.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class RunPlan:
    """All that decides the result of a run, and that a run which goes on must have in common with its beginning."""

    input: str
    """SHA-256 over the list of files."""
    recipe: Mapping[str, Any]
    """What of the recipe decides, JSON-ready."""
    archiver: str = __version__
    size: int = 0
    """Bytes of all files."""
    count: int = 0
    """Of files."""
    files: Iterable[InputFile] = field(default=(), repr=False)
    """Only in a plan that is being made: else they are listed in a file."""

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as it is written."""
        return {
            "archiver": self.archiver,
            "input": self.input,
            "recipe": dict(self.recipe),
            "files": self.count,
            "bytes": self.size,
        }


def plan_for(files: InputList, recipe: Mapping[str, Any]) -> RunPlan:
    """Return the plan of a run over ``files``."""
    return RunPlan(input_digest(files), recipe, size=files.bytes, count=files.count, files=files)


def read_plan(path: Path) -> RunPlan | None:
    """Return the plan in a file, None if there is none or it is damaged."""
    try:
        said = json.loads(path.read_bytes())
        return RunPlan(
            str(said["input"]),
            dict(said["recipe"]),
            archiver=str(said["archiver"]),
            size=int(said["bytes"]),
            count=int(said["files"]),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def continued(before: RunPlan | None, now: RunPlan, *, listed: Path, add: bool, place: str) -> bool:
    """Tell whether a run with the plan ``before``, whose files are ``listed``, has to take more files in to be ``now``.

    With ``add`` it may. Raises UsageError for every other difference, and says what has changed.
    """
    if before is None:
        raise UsageError(
            "run.json, which says what the unfinished run was asked for, is damaged",
            place=place,
            advice="remove that folder to start anew",
        )
    changed = _changes(before, now)
    if not changed:
        return False
    again = "continue with the same input, options and version, or remove that folder to start anew"
    if changed == ["input"] and listed.is_file():
        try:
            difference = compare_lists(_lines_of(listed), input_lines(now.files))
        except ValueError:
            # The list is damaged: what has changed can be said no closer.
            raise _refused("input", place, again) from None
        if add and difference.only_more:
            return True
        more = "take what was added in with --resume --add, or remove that folder to start anew"
        raise _refused(f"input ({difference})", place, more if difference.only_more else again)
    raise _refused(", ".join(changed), place, again)


def _refused(changed: str, place: str, advice: str) -> UsageError:
    return UsageError(
        f"the unfinished run cannot be continued: changed since then: {changed}", place=place, advice=advice
    )


def _changes(before: RunPlan, now: RunPlan) -> list[str]:
    new = {"archiver": now.archiver, "input": now.input, **now.recipe}
    old = {"archiver": before.archiver, "input": before.input, **before.recipe}
    names = [*new, *(name for name in old if name not in new)]
    return [name for name in names if name not in old or name not in new or old[name] != new[name]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What two lists of files do not have in common: how many files of each kind, and the names of some."""

    counts: Mapping[str, int]
    names: Mapping[str, Sequence[str]]

    @property
    def only_more(self) -> bool:
        """Whether nothing was changed or taken away."""
        return not self.counts["changed"] and not self.counts["gone"]

    def __str__(self) -> str:
        return "; ".join(
            f"{number} {kind}: {', '.join(self.names[kind])}{', …' if number > _NAMED else ''}"
            for kind, number in self.counts.items()
            if number
        )


def compare_lists(before: Iterable[bytes], now: Iterable[bytes]) -> Difference:
    """Return what differs between two lists as :func:`archiver.pipeline.plan.input_lines` yields them, both sorted."""
    counts = {"added": 0, "changed": 0, "gone": 0}
    names: dict[str, list[str]] = {kind: [] for kind in counts}
    for kind, name in _compared(before, now):
        counts[kind] += 1
        if len(names[kind]) < _NAMED:
            names[kind].append(name)
    return Difference(counts, names)


def _compared(before: Iterable[bytes], now: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    olds: Iterator[bytes | None] = chain(before, (None,))
    news: Iterator[bytes | None] = chain(now, (None,))
    old, new = next(olds), next(news)
    while old is not None or new is not None:
        if old == new:
            old, new = next(olds), next(news)
            continue
        gone = _name(old) if old is not None else None
        come = _name(new) if new is not None else None
        if come is None or (gone is not None and gone.encode() < come.encode()):
            assert gone is not None
            yield "gone", gone
            old = next(olds)
        elif gone is None or come.encode() < gone.encode():
            yield "added", come
            new = next(news)
        else:
            yield "changed", come
            old, new = next(olds), next(news)


def _name(line: bytes) -> str:
    """Raises ValueError for a line that is none of such a list."""
    try:
        said = json.loads(line)
    except RecursionError:
        said = None
    if not isinstance(said, list) or not said or not isinstance(said[0], str):
        raise ValueError("no line of a list of files")
    return said[0]


def _lines_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file
