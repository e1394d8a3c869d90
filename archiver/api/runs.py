"""Runs: many articles into a package, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from archiver.api.named import named
from archiver.model.event import Watch, unwatched, with_progress
from archiver.model.outcome import RunReport
from archiver.pipeline.handout import metadata_template
from archiver.pipeline.intake import Order
from archiver.pipeline.recipe import make_recipe
from archiver.pipeline.run import run_export
from archiver.pipeline.run_open import unfinished_date

__all__ = ["export", "metadata_template"]


def export(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    output: str | PathLike[str],
    *,
    base: str | PathLike[str] | None = None,
    retry_rejects: str | PathLike[str] | None = None,
    resume: bool = False,
    add: bool = False,
    log: str | PathLike[str] | None = None,
    watch: Watch = unwatched,
    progress: Callable[[int, int], None] | None = None,
    stdin: bytes | None = None,
    recipe: str | PathLike[str] | None = None,
    fallback: Mapping[str, Any] | None = None,
    **choices: Any,
) -> RunReport:
    """Export files, folders or glob patterns into a sealed package at ``output``.

    ``base`` is a package: what it holds unchanged is only referred to. ``retry_rejects`` is a package
    whose rejects are tried again; there are no ``inputs`` then. ``resume`` goes on with an unfinished run,
    ``add`` takes in what was added to its inputs. The log of the run is kept at ``log``; ``watch`` is
    called with each event, ``progress`` with the input files done and all.
    ``recipe`` is a TOML file, ``choices`` are its entries: date, profile, rules, schema, metadata,
    language, max_reject_share, organization, jobs; ``fallback`` has entries for what neither says.
    With more than one job, call this from a script whose main part stands under
    ``if __name__ == "__main__"``, as the multiprocessing module asks.
    Raises UsageError (nothing was touched), BaseNotIntactError and PackageError (nothing was sealed).
    """
    # A run that goes on has the moment at which it began, if nobody says another.
    begun = unfinished_date(Path(output)) if resume else None
    weakest = {**(fallback or {}), **({"date": begun} if begun else {})}
    made = make_recipe(choices, file=Path(recipe) if recipe else None, fallback=weakest, now=datetime.now(UTC))
    order = Order(
        target=Path(output),
        inputs=named(inputs),
        stdin=stdin,
        base=Path(base) if base else None,
        retry=Path(retry_rejects) if retry_rejects else None,
        resume=resume,
        add=add,
        log=Path(log) if log else None,
    )
    told = watch if progress is None else with_progress(watch, progress)
    return run_export(order, made, clock=partial(datetime.now, UTC), watch=told)
