"""Where a run may write: looked at before anything is touched, since behind the seal it is too late."""

from __future__ import annotations

import os
from pathlib import Path

from archiver.errors import OutputExistsError, UsageError
from archiver.package.enclosing import refuse_inside_package
from archiver.pipeline.outputs import Outputs
from archiver.pipeline.run_folder import folder_for


def refuse_places(target: Path, outputs: Outputs, log: Path | None) -> None:
    """Raise UsageError (and its kinds) for an output within a package, and for a log that cannot be kept at ``log``."""
    for output in outputs:
        refuse_inside_package(output.parent)
    if log is None:
        return
    if os.path.lexists(log):
        raise OutputExistsError(
            "the log is already there and was not touched", place=str(log), advice="choose another name for it"
        )
    _refuse_within(log, [*outputs, folder_for(target).root])
    refuse_inside_package(log.parent)
    if not log.parent.is_dir():
        raise UsageError("there is no such folder for the log", place=str(log.parent), advice="make it first")
    if not os.access(log.parent, os.W_OK | os.X_OK):
        raise UsageError(
            "the log cannot be written to this folder", place=str(log.parent), advice="choose another folder for it"
        )


def _refuse_within(log: Path, made: list[Path]) -> None:
    place = Path(os.path.realpath(log))
    for one in made:
        whole = Path(os.path.realpath(one))
        if whole in (place, *place.parents):
            raise UsageError(
                f"the log would stand where the run makes {one}, and damage it or go with it",
                place=str(log),
                advice="choose a place beside the output",
            )
