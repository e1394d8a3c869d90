"""Lists of which nothing can be made anew: at least each line is written as this version writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from archiver.canon import canonical_json
from archiver.errors import ArticleError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.listing import Segment, parse_object, read_lines, reject, source_file


def check_lists(data: Path) -> Iterator[Finding]:
    """Yield the lines of sources.jsonl and rejects.jsonl with members that are never written, or in another form.

    Lines that cannot be read at all are told elsewhere. Raises PackageError.
    """
    yield from _check(data, layout.SOURCES, _source_line)
    yield from _check(data, layout.REJECTS, lambda value: canonical_json(reject(value).to_dict()))
    for number, line in read_lines(data / layout.REJECTS):
        try:
            code = parse_object(line).get("code")
        except ValueError:
            continue
        if code not in _reject_codes():
            message = f"{code!r} is no reason for which an input is rejected"
            name = f"{layout.DATA}/{layout.REJECTS}"
            yield Finding("package.reject-code", message, file=name, line=number, pointer="/code")


def _check(data: Path, name: str, line_of: Callable[[Mapping[str, Any]], bytes]) -> Iterator[Finding]:
    for number, line in read_lines(data / name):
        try:
            value = parse_object(line)
            made = line_of(value)
        except ValueError:
            continue
        if made != line:
            strange = sorted(value.keys() - parse_object(made).keys())
            words = f"no member {strange[0][:80]!r} belongs in it" if strange else "it is not canonical JSON"
            message = f"the line is not written as archiver writes it: {words}"
            yield Finding("package.list-form", message, file=f"{layout.DATA}/{name}", line=number)


def _source_line(value: Mapping[str, Any]) -> bytes:
    source = source_file(value)
    line: dict[str, Any] = {
        "path": source.path,
        "path_encoding": source.path_encoding,
        "media_type": source.media_type,
        "bytes": source.size,
        "encoding": source.encoding,
        "segments": list(map(_segment, source.segments)),
        "articles": source.articles,
        "rejects": source.rejects,
        "carried": source.carried,
    }
    if source.sha256 is not None:
        line["sha256"] = source.sha256
    if source.records:
        line["records"] = list(map(_segment, source.records))
    return canonical_json(line)


def _segment(segment: Segment) -> dict[str, Any]:
    return {"file": segment.file, "offset": segment.offset, "length": segment.length}


@cache
def _reject_codes() -> frozenset[str]:
    kinds: list[type[ArticleError]] = [ArticleError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return frozenset(kind.code for kind in kinds)
