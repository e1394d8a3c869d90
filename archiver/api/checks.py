"""Checks: of packages, and of descriptions and TEI by themselves."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from archiver.model.outcome import Finding
from archiver.pipeline.validation import validate
from archiver.pipeline.verification import verify as verify_everything

__all__ = ["validate", "verify"]


def verify(
    path: str | PathLike[str],
    *,
    quick: bool = False,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Finding]:
    """Return everything that is wrong with a package or bag (also in one file), a WACZ, WARC or TEI files.

    ``quick`` looks at structure and sizes only; else every byte is read. ``jobs`` processes share the
    work; the findings and their order are the same for any number. With more than one, call this from
    a script whose main part stands under ``if __name__ == "__main__"``.
    """
    return list(verify_everything(Path(path), quick=quick, jobs=jobs, progress=progress))
