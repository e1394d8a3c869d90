"""Descriptions handed out: in the words of others, or as a metadata file to be filled in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from archiver.crosswalk.table import BYTE_ORDER_MARK
from archiver.crosswalk.targets import Target, write_as
from archiver.crosswalk.template import template
from archiver.errors import ArchiverError, OutputExistsError
from archiver.model.look import Look
from archiver.model.metadata import Metadata
from archiver.model.outcome import TemplateReport
from archiver.package.atomic import write_file
from archiver.package.open import Package


def hand_out(package: Package, target: Target, *, byte_order_mark: bool = False) -> Iterator[bytes]:
    """Yield all descriptions of ``package`` in the form of ``target``, piece by piece. Raises PackageError.

    ``byte_order_mark`` goes before a table, for spreadsheet programs that know UTF-8 by nothing else.
    """
    if byte_order_mark and target is Target.CSV:
        yield BYTE_ORDER_MARK
    yield from write_as(target, package.with_texts())


def write_template(file: Path, described: Iterable[Look | Metadata]) -> TemplateReport:
    """Write a metadata file to be filled in, one row an article, to ``file``, which must not exist.

    Raises OutputExistsError, PackageError where the file cannot be written, and what ``described`` raises.
    """
    if os.path.lexists(file):
        raise OutputExistsError(
            "the file is already there and was not touched", place=str(file), advice="choose another name"
        )
    failures: list[tuple[str, ArchiverError]] = []
    count = 0

    def found() -> Iterator[Metadata]:
        nonlocal count
        for one in described:
            metadata = one if isinstance(one, Metadata) else _metadata_of(one)
            if metadata is not None:
                count += 1
                yield metadata
            elif isinstance(one, Look) and one.error is not None:
                failures.append((one.path, one.error))

    write_file(file, template(found()))
    return TemplateReport(str(file), count, tuple(failures))


def _metadata_of(look: Look) -> Metadata | None:
    return look.article.metadata if look.article is not None else None


def pieces(data: Iterable[bytes], *, size: int = 65536) -> Iterator[bytes]:
    """Yield the same bytes in fewer, larger pieces."""
    waiting: list[bytes] = []
    length = 0
    for one in data:
        waiting.append(one)
        length += len(one)
        if length >= size:
            yield b"".join(waiting)
            waiting.clear()
            length = 0
    yield b"".join(waiting)
