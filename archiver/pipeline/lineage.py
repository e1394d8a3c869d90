"""What a package that was made on the base of another says of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from archiver import canon
from archiver.model.outcome import BaseReference
from archiver.package import layout
from archiver.package.atomic import lay_file
from archiver.pipeline.run_folder import RunFolder


def write_lineage(folder: RunFolder, data: Path, base: BaseReference | None) -> None:
    """Write base.json, and the list of what the base holds already, if there is one. Raises PackageError, OSError."""
    if base is None:
        return
    lay_file(data / layout.BASE, canon.canonical_json(base.to_dict()) + b"\n")
    if folder.unchanged.exists():
        # Copied, not moved: sealing can be interrupted and done again.
        shutil.copyfile(folder.unchanged, data / layout.UNCHANGED)
