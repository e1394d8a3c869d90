"""Checking how a package refers to its base; the base itself is elsewhere and not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archiver.errors import PackageError
from archiver.model.outcome import Finding, Purpose
from archiver.package import layout
from archiver.package.bag_read import read_info
from archiver.package.lineage import labels, read_base, unchanged_file
from archiver.package.listing import parse_object, read_lines, source_files

_BASE = f"{layout.DATA}/{layout.BASE}"
_UNCHANGED = f"{layout.DATA}/{layout.UNCHANGED}"


def check_lineage(root: Path) -> Iterator[Finding]:
    """Yield what is wrong with base.json and unchanged.jsonl of the package at ``root``, where there are any.

    Raises PackageError if a list cannot be read.
    """
    data = root / layout.DATA
    try:
        base = read_base(data)
    except PackageError as error:
        yield Finding("package.base-invalid", error.message, file=_BASE)
        return
    if base is None:
        if (data / layout.UNCHANGED).exists():
            yield Finding("package.base-missing", "there is a list of unchanged files and no base", file=_UNCHANGED)
        return
    told = (root / "bag-info.txt").is_file()  # a payload without its bag has none
    said = [item for item in read_info(root, "bag-info.txt", "utf-8") if not isinstance(item, Finding)] if told else []
    for label, value in labels(base) if told else ():
        if (label, value) not in said:
            message = f"{label} is not {value}, as {_BASE} says"
            yield Finding("package.base-mismatch", message, file="bag-info.txt")
    yield from _check_unchanged(
        data, expected=base.counts.get("unchanged", 0), listed=base.purpose is Purpose.INCREMENT
    )


def _check_unchanged(data: Path, *, expected: int, listed: bool) -> Iterator[Finding]:
    if listed and not (data / layout.UNCHANGED).is_file():
        yield Finding("package.file-missing", "every increment has this file", file=_UNCHANGED)
        return
    sources = (source.path.encode() for source in source_files(data))
    source = next(sources, None)
    before = b""
    number = 0
    for number, line in read_lines(data / layout.UNCHANGED):
        try:
            path = unchanged_file(parse_object(line)).path.encode()
        except ValueError as error:
            yield Finding("package.unchanged-invalid", str(error), file=_UNCHANGED, line=number)
            continue
        if path <= before:
            yield Finding("package.unchanged-order", "the paths are not in order", file=_UNCHANGED, line=number)
        before = path
        while source is not None and source < path:
            source = next(sources, None)
        if source == path:
            message = "the file is in this package as well"
            yield Finding("package.unchanged-is-source", message, file=_UNCHANGED, line=number)
    if number != expected:
        message = f"{number} files are listed, {_BASE} says {expected}"
        yield Finding("package.count-mismatch", message, file=_UNCHANGED)
