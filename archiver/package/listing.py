"""The JSON Lines files of a package, read line by line into plain data; never held whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from archiver.digits import LARGEST, read_float
from archiver.errors import PackageError
from archiver.model.outcome import Finding, Reject, Severity
from archiver.package import layout
from archiver.package.atomic import package_error

ENCODINGS = frozenset({"payload", "warc.gz", "warc"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A range of a WARC file of the package, in bytes."""

    file: str
    """Relative to ``data/``, always in ``archive/``."""
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class LineRange:
    """Some lines of a file: what is done apart from the others."""

    start: int
    """Byte offset of the first line."""
    end: int
    """Byte offset behind the last line."""
    number: int
    """Of the first line, from 1."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file, one line of sources.jsonl."""

    path: str
    """As in the line: UTF-8, or percent-encoded bytes."""
    path_encoding: str
    size: int
    """Bytes."""
    sha256: str | None
    """None where the file could not be read."""
    media_type: str
    encoding: str
    """How the segments give the file back: ``payload``, ``warc.gz`` or ``warc``."""
    segments: tuple[Segment, ...]
    articles: int
    rejects: int
    carried: int
    records: tuple[Segment, ...] = ()
    """Where records of a file that is stored whole stand once more, by themselves."""

    @property
    def raw_path(self) -> bytes:
        """The name as the bytes it had."""
        return layout.decode_path(self.path, self.path_encoding)


class Removed(NamedTuple):
    """One removed block, one line of ledger.jsonl; a tuple, since there are hundreds to an article."""

    article: str
    block: int
    text: str
    category: str
    rule: str
    evidence: str
    weight: int
    place: Mapping[str, Any]
    """``char``: [start, end] in code points of the decoded text, or ``xpath``."""


def read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield number (from 1) and bytes of each line without its line end; nothing if there is no such file.

    Raises PackageError.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                yield number, line.removesuffix(b"\n")
    except (FileNotFoundError, IsADirectoryError):
        return
    except OSError as error:
        raise package_error(error, path, "read the file") from error


def read_range(path: Path, lines: LineRange) -> Iterator[tuple[int, bytes]]:
    """Yield what :func:`read_lines` yields, of some lines. Raises PackageError."""
    if lines.start >= lines.end:
        return
    try:
        with path.open("rb") as file:
            at = file.seek(lines.start)
            number = lines.number
            while at < lines.end and (line := file.readline()):
                yield number, line.removesuffix(b"\n")
                at += len(line)
                number += 1
    except (FileNotFoundError, IsADirectoryError):
        return
    except OSError as error:
        raise package_error(error, path, "read the file") from error


def read_objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield number and JSON object of each line. Raises PackageError that names file and line."""
    for number, line in read_lines(path):
        try:
            yield number, parse_object(line)
        except ValueError as error:
            raise _damaged(path, number, error) from error


def parse_object(line: bytes) -> dict[str, Any]:
    """Return the JSON object in ``line``.

    Raises ValueError, also for members named twice, NaN, and numbers that no double holds (RFC 8259).
    """
    try:
        text = line.decode("utf-8")
        value, end = _DECODER.raw_decode(text) if text.startswith("{") else (None, -1)
        if end != len(text):
            value = _DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("the line is no JSON object")
    return value


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a member is named twice in one object")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_distinct, parse_constant=_no_constant, parse_float=read_float)


def source_file(value: Mapping[str, Any]) -> SourceFile:
    """Return the line of sources.jsonl as data. Raises ValueError that says what is wrong with it."""
    segments = _get(value, "segments", list)
    sha256 = value.get("sha256")
    if sha256 is not None and not isinstance(sha256, str):
        raise ValueError("sha256 is no string")
    encoding = _get(value, "encoding", str)
    if encoding not in ENCODINGS:
        raise ValueError(f"encoding is {encoding!r}, known are {', '.join(sorted(ENCODINGS))}")
    return SourceFile(
        path=_get(value, "path", str),
        path_encoding=_get(value, "path_encoding", str),
        size=_number(value, "bytes"),
        sha256=sha256,
        media_type=_get(value, "media_type", str),
        encoding=encoding,
        segments=tuple(_segment(item) for item in segments),
        articles=_number(value, "articles"),
        rejects=_number(value, "rejects"),
        carried=_number(value, "carried"),
        records=tuple(_segment(item) for item in _get(value, "records", list)) if "records" in value else (),
    )


def _segment(value: Any) -> Segment:
    if not isinstance(value, dict):
        raise ValueError("a segment is no object")
    file = _get(value, "file", str)
    if not file.startswith(f"{layout.ARCHIVE}/") or not layout.is_inside(file.encode("utf-8", "surrogatepass")):
        raise ValueError(f"a segment is not in {layout.ARCHIVE}/: {file!r}")
    return Segment(file, _number(value, "offset"), _number(value, "length"))


_OF_REMOVED = ("article", "block", "text", "category", "rule", "evidence", "weight", "place")
_TYPES_OF_REMOVED = [str, int, str, str, str, str, int, dict]


def removed(value: Mapping[str, Any]) -> Removed:
    """Return the line of ledger.jsonl as data. Raises ValueError that says what is wrong with it."""
    values: list[Any] = [value.get(name) for name in _OF_REMOVED]
    if [type(item) for item in values] == _TYPES_OF_REMOVED and values[1] >= 0:
        return Removed(*values)
    return Removed(
        article=_get(value, "article", str),
        block=_number(value, "block"),
        text=_get(value, "text", str),
        category=_get(value, "category", str),
        rule=_get(value, "rule", str),
        evidence=_get(value, "evidence", str),
        weight=_get(value, "weight", int),
        place=_get(value, "place", dict),
    )


def reject(value: Mapping[str, Any]) -> Reject:
    """Return the line of rejects.jsonl as data. Raises ValueError that says what is wrong with it."""
    findings = value.get("findings", [])
    if not isinstance(findings, list):
        raise ValueError("findings is no array")
    if not all(isinstance(value.get(name, ""), str | None) for name in ("advice", "sha256", "warc_record_id")):
        raise ValueError("advice, sha256 or warc_record_id is no text")
    return Reject(
        id=_get(value, "id", str),
        path=_get(value, "path", str),
        code=_get(value, "code", str),
        message=_get(value, "message", str),
        advice=value.get("advice", ""),
        sha256=value.get("sha256"),
        size=_number(value, "bytes"),
        record_id=value.get("warc_record_id"),
        ordinal=_number(value, "ordinal"),
        findings=tuple(_finding(item) for item in findings),
    )


def _finding(value: Any) -> Finding:
    if not isinstance(value, dict):
        raise ValueError("a finding is no object")
    try:
        return Finding(**{**value, "severity": Severity(value.get("severity", "error"))})
    except TypeError as error:
        raise ValueError(f"a finding is not well-formed: {error}") from error


def _get(value: Mapping[str, Any], name: str, kind: type) -> Any:
    item = value.get(name)
    if not isinstance(item, kind) or isinstance(item, bool):
        raise ValueError(f"{name} is missing or no {kind.__name__}")
    return item


def _number(value: Mapping[str, Any], name: str) -> int:
    number: int = _get(value, name, int)
    if number < 0:
        raise ValueError(f"{name} is negative")
    if number > LARGEST:
        raise ValueError(f"{name} is larger than any file")
    return number


def source_files(data: Path) -> Iterator[SourceFile]:
    """Yield the input files in order. Raises PackageError."""
    for number, value in read_objects(data / layout.SOURCES):
        try:
            yield source_file(value)
        except ValueError as error:
            raise _damaged(data / layout.SOURCES, number, error) from error


def removed_blocks(data: Path) -> Iterator[Removed]:
    """Yield the removed blocks in order. Raises PackageError."""
    for number, value in read_objects(data / layout.LEDGER):
        try:
            yield removed(value)
        except ValueError as error:
            raise _damaged(data / layout.LEDGER, number, error) from error


def rejects(data: Path) -> Iterator[Reject]:
    """Yield the rejects in order. Raises PackageError."""
    for number, value in read_objects(data / layout.REJECTS):
        try:
            yield reject(value)
        except ValueError as error:
            raise _damaged(data / layout.REJECTS, number, error) from error


def _damaged(path: Path, number: int, error: ValueError) -> PackageError:
    return PackageError(str(error), place=f"{path}, line {number}", advice="run `archiver verify` on the package")
