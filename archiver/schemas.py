"""The only door to the schemas: the contracts that packages are valid against.

In an installed wheel they lie in ``archiver/_schemas``, in a checkout in ``schemas/`` at its top.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.errors import ArchiverError, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def schema_names() -> tuple[str, ...]:
    """Return the file names of all schemas, sorted.

    Raises ArchiverError if the folder of the schemas is missing.
    """
    return tuple(sorted(item.name for item in _folder().iterdir() if item.is_file()))


@cache
def read_schema(name: str) -> bytes:
    """Return the bytes of the schema with the file name ``name`` (``tei-article.rng``).

    Raises UsageError if there is no such schema, ArchiverError if the folder of the schemas is missing.
    """
    names = schema_names()
    if name not in names:
        raise UsageError("there is no schema of this name", place=name, advice=f"the schemas are: {', '.join(names)}")
    return (_folder() / name).read_bytes()


@cache
def _folder() -> Traversable:
    installed = resources.files("archiver") / "_schemas"
    if installed.is_dir():
        return installed
    checkout = Path(__file__).resolve().parent.parent / "schemas"
    if checkout.is_dir():
        return checkout
    raise ArchiverError(
        "the schemas are missing from this installation", place=str(installed), advice="install archiver again"
    )
