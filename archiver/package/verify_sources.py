"""Checking sources.jsonl: every input file can be had back, byte for byte, and its counts add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.fixity import Depth
from archiver.package.holdings import Carried
from archiver.package.listing import Segment, SourceFile, parse_object, read_lines, source_file
from archiver.package.segments import digest_of

_NAME = f"{layout.DATA}/{layout.SOURCES}"


def carried_by(data: Path) -> Carried:
    """Return which stretches of ``archive/`` are records of input containers; damaged lines are passed over."""
    return Carried(_carried(data))


def _carried(data: Path) -> Iterator[tuple[Segment, str]]:
    for _, line in read_lines(data / layout.SOURCES):
        try:
            source = source_file(parse_object(line))
        except ValueError:
            continue  # check_sources tells
        if source.encoding != "payload":
            yield from ((segment, source.path) for segment in source.segments)


def check_sources(
    data: Path,
    *,
    depth: Depth,
    articles: Counter[str],
    rejects: Counter[str],
    advance: Callable[[int], None] | None = None,
) -> Iterator[Finding]:
    """Yield what is wrong with the input files that are listed.

    ``articles`` and ``rejects`` say how many of each come from which path. FULL puts every file
    together again and compares its SHA-256. Raises PackageError if a list cannot be read.
    """
    seen: set[str] = set()
    for number, line in read_lines(data / layout.SOURCES):
        try:
            source = source_file(parse_object(line))
            inside = layout.is_inside(source.raw_path)
        except ValueError as error:
            yield Finding("package.source-invalid", str(error), file=_NAME, line=number)
            continue
        if not inside:
            message = f"the path {source.path!r} leads out of the folder that it would be restored to"
            yield Finding("package.source-path", message, file=_NAME, line=number)
        if source.path in seen:
            message = f"the path {source.path!r} is listed twice"
            yield Finding("package.source-twice", message, file=_NAME, line=number)
        seen.add(source.path)
        for name, said, counted in (
            ("articles", source.articles, articles[source.path]),
            ("rejects", source.rejects, rejects[source.path]),
        ):
            if said != counted:
                message = f"{source.path!r} is said to have {said} {name}, {counted} are listed"
                yield Finding("package.count-mismatch", message, file=_NAME, line=number, pointer=f"/{name}")
        yield from _check_bytes(data, source, number, depth)
        if advance is not None:
            advance(sum(segment.length for segment in source.segments))
    for path in sorted((articles.keys() | rejects.keys()) - seen):
        message = f"articles or rejects come from {path!r}, which is not listed"
        yield Finding("package.source-unknown", message, file=_NAME)


def _check_bytes(data: Path, source: SourceFile, number: int, depth: Depth) -> Iterator[Finding]:
    if source.sha256 is None:
        if source.segments:
            message = f"{source.path!r} has bytes in archive/ and no sha256"
            yield Finding("package.source-invalid", message, file=_NAME, line=number, pointer="/sha256")
        elif source.articles:
            message = f"{source.path!r} was not archived and is said to have {source.articles} articles"
            yield Finding("package.source-invalid", message, file=_NAME, line=number, pointer="/articles")
        return
    for index, segment in enumerate(source.segments):
        path = data / segment.file
        size = path.stat().st_size if path.is_file() else -1
        if segment.offset + segment.length > size:
            message = f"segment {index} of {source.path!r} reaches beyond the end of {segment.file}"
            pointer = f"/segments/{index}"
            yield Finding("package.segment-range", message, file=_NAME, line=number, pointer=pointer)
            return
    if depth is Depth.QUICK:
        return
    try:
        size, sha256 = digest_of(data, source)
    except PackageError as error:
        message = f"{source.path!r} cannot be restored: {error.message}"
        yield Finding("package.restore-failed", message, file=_NAME, line=number, advice=error.advice)
        return
    if (size, sha256) != (source.size, source.sha256):
        message = (
            f"{source.path!r} would not be restored as it was: {source.size} bytes with sha256 {source.sha256} "
            f"were put in, {size} with {sha256} come out"
        )
        advice = "get the package from another copy"
        yield Finding("package.restore-mismatch", message, file=_NAME, line=number, advice=advice)
