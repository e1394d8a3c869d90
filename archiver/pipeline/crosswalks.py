"""The descriptions of a package once more, in the words of others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from archiver.canon import canonical_json
from archiver.crosswalk import dublin_core, schema_org
from archiver.crosswalk.table import BYTE_ORDER_MARK
from archiver.crosswalk.targets import Target, write_as
from archiver.model.choice import chosen
from archiver.package import layout
from archiver.package.atomic import laid_file, lay_folder
from archiver.package.open import Package, open_package

_PIECE = 65536


def write_crosswalks(bag: Path) -> None:
    """Write Dublin Core and schema.org from the lists of the package that grows in ``bag``, in one pass.

    The same bytes as :func:`archiver.crosswalk.targets.write_as` gives. Raises PackageError.
    """
    dc, jsonld = bag / layout.DC, bag / layout.DATA / layout.JSONLD
    lay_folder(dc.parent)
    separator = b""
    with laid_file(dc) as one, laid_file(jsonld) as other:
        one.write(dublin_core.HEAD)
        other.write(schema_org.HEAD)
        for metadata, text in Package(bag).with_texts():
            one.write(dublin_core.record(metadata))
            other.write(separator + canonical_json(schema_org.news_article(metadata, text)))
            separator = b",\n"
        one.write(dublin_core.TAIL)
        other.write(schema_org.TAIL)


def crosswalk(path: str | os.PathLike[str], to: str, *, byte_order_mark: bool = False) -> Iterator[bytes]:
    """Yield the descriptions of the package at ``path`` as ``dc``, ``jsonld``, ``ninjs`` or ``csv``, piece by piece.

    ``byte_order_mark`` goes before a table, for spreadsheet programs that know UTF-8 by nothing else. Raises
    PackageError, and UsageError for another ``to``.
    """
    target = chosen(Target, to, place="to")
    if byte_order_mark and target is Target.CSV:
        yield BYTE_ORDER_MARK
    with open_package(Path(path)) as package:
        yield from _in_pieces(write_as(target, package.with_texts()))


def _in_pieces(data: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in fewer, larger pieces."""
    waiting: list[bytes] = []
    length = 0
    for one in data:
        waiting.append(one)
        length += len(one)
        if length >= _PIECE:
            yield b"".join(waiting)
            waiting.clear()
            length = 0
    yield b"".join(waiting)
