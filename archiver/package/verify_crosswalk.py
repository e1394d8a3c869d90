"""Dublin Core and schema.org of a package, by whoever knows how to read them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path

from archiver.model.outcome import Finding
from archiver.package import layout

CheckCrosswalk = Callable[[Path, Iterable[str], str], Iterable[Finding]]
"""Called with ``dc.xml`` or ``articles.jsonld``, the ids of the articles in order, and the name to tell it by."""


def check_crosswalks(
    root: Path, ids: Iterable[str], check: CheckCrosswalk | None, same: Container[str] = ()
) -> Iterator[Finding]:
    """Yield what ``check`` finds wrong with the crosswalks that the package at ``root`` has. Raises OSError.

    Those that are ``same``, in every byte, as what is made of the descriptions are sound.
    """
    for name in (layout.DC, f"{layout.DATA}/{layout.JSONLD}"):
        file = root / name
        if check is not None and name not in same and file.is_file() and not file.is_symlink():
            yield from check(file, ids, name)
