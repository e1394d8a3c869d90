"""Checking sources.jsonl: every input file can be had back, byte for byte, and its counts add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.bag_hash import Hashed, HashFiles
from archiver.package.fixity import Stretch
from archiver.package.holdings import Carried, Holdings
from archiver.package.listing import SourceFile, parse_object, read_lines, source_file
from archiver.package.segments import digest_of

_NAME = f"{layout.DATA}/{layout.SOURCES}"
#: Small files are put together again together, this many bytes at a time.
_BATCH = 4 * 1024 * 1024
_FILE_COST = 64 * 1024
#: An input file of so many bytes that stands in one piece is digested while the file it stands in is.
_LONG = 1024 * 1024
#: Digests once more what is digested by two algorithms anyway; this part of that takes as long.
_STRETCH_COST = 4
#: Media types of files that are one article each, or none.
_TEXTS = ("text/html", "text/plain")


@dataclass(frozen=True, slots=True)
class RestoredFile:
    """What the segments of an input file give."""

    line: int
    """Of sources.jsonl."""
    size: int = 0
    sha256: str = ""
    error: PackageError | None = None


@dataclass(frozen=True, slots=True)
class Restore:
    """Input files to be put together again, with their lines of sources.jsonl."""

    files: tuple[tuple[int, SourceFile], ...]
    size: int

    def run(self, root: Path) -> RestoredFiles:
        """Put each together and digest it; ``root`` is the folder of the package."""
        return RestoredFiles(tuple(_restored(root / layout.DATA, number, source) for number, source in self.files))

    def lost(self) -> RestoredFiles:
        """Return what is told if the process that read them was ended."""
        error = PackageError("the process that read it was ended by the system", advice="verify with --jobs 1")
        return RestoredFiles(tuple(RestoredFile(number, error=error) for number, _ in self.files))


@dataclass(frozen=True, slots=True)
class RestoredFiles:
    """What came of one task."""

    files: tuple[RestoredFile, ...]


def _restored(data: Path, number: int, source: SourceFile) -> RestoredFile:
    try:
        return RestoredFile(number, *digest_of(data, source))
    except PackageError as error:
        return RestoredFile(number, error=error)


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """How all input files are had back that cannot be the block of one record."""

    tasks: Sequence[Restore] = ()
    stretches: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)
    """Those that stand in a file of the bag as they are, by its path; their numbers are lines of sources.jsonl."""

    def along(self, hashes: Iterable[HashFiles]) -> list[HashFiles]:
        """Return the tasks that read these files anyway, with what they digest besides."""
        return [self._with_stretches(task) for task in hashes]

    def _with_stretches(self, task: HashFiles) -> HashFiles:
        found = {path: self.stretches[path] for path, _ in task.files if path in self.stretches}
        more = sum(one.end - one.start for stretches in found.values() for one in stretches)
        return replace(task, stretches=found, size=task.size + more // _STRETCH_COST) if found else task


def restored_along(hashed: Hashed) -> RestoredFiles:
    """Return what was restored by the way."""
    return RestoredFiles(tuple(RestoredFile(one.number, one.size, one.sha256) for one in hashed.stretches))


def restore_plan(data: Path, hashes: Iterable[HashFiles] = ()) -> RestorePlan:
    """Return what is to be put together, or read along with ``hashes``. Raises PackageError."""
    prefix = f"{layout.DATA}/{layout.ARCHIVE}/"
    read = {path for task in hashes for path, _ in task.files if path.startswith(prefix)}
    stretches: dict[str, list[Stretch]] = {}
    tasks: list[Restore] = []
    batch: list[tuple[int, SourceFile]] = []
    size = 0
    for number, source in _listed(data):
        one_record = source.encoding == "payload" and len(source.segments) == 1 and _candidates(source) <= 1
        if one_record or source.sha256 is None or _beyond(data, source) is not None:
            continue
        stretch = _stretch(number, source)
        path = f"{layout.DATA}/{source.segments[0].file}" if source.segments else ""
        if stretch is not None and path in read:
            before = stretches.setdefault(path, [])
            if not before or before[-1].end <= stretch.start:
                before.append(stretch)
                continue
        batch.append((number, source))
        size += sum(segment.length for segment in source.segments) + _FILE_COST
        if size >= _BATCH:
            tasks.append(Restore(tuple(batch), size))
            batch, size = [], 0
    if batch:
        tasks.append(Restore(tuple(batch), size))
    return RestorePlan(tasks, {path: tuple(found) for path, found in stretches.items()})


def _stretch(number: int, source: SourceFile) -> Stretch | None:
    """Return where a long input file stands byte for byte; None if it is to be unpacked or put together."""
    segments = source.segments
    if source.encoding != "warc.gz" or not segments:
        return None
    start = end = segments[0].offset
    for segment in segments:
        if (segment.file, segment.offset) != (segments[0].file, end):
            return None
        end += segment.length
    return Stretch(number, start, end) if end - start >= _LONG else None


def carried_by(data: Path) -> Carried:
    """Return which stretches of ``archive/`` are records of input containers; damaged lines are passed over."""
    return Carried(
        (segment, source.path)
        for _, source in _listed(data)
        for segment in (source.records if source.encoding == "payload" else source.segments)
    )


def _listed(data: Path) -> Iterator[tuple[int, SourceFile]]:
    for number, line in read_lines(data / layout.SOURCES):
        try:
            yield number, source_file(parse_object(line))
        except ValueError:
            continue  # check_sources tells


def _candidates(source: SourceFile) -> int:
    return source.articles + source.rejects + source.carried


class SourceCheck:
    """The check of sources.jsonl, with what was found out about its files before."""

    def __init__(
        self, data: Path, articles: Counter[str], rejects: Counter[str], holdings: Holdings | None = None
    ) -> None:
        """Take how many articles and rejects come from which path; ``holdings`` None leaves the bytes out."""
        self._data = data
        self._articles, self._rejects = articles, rejects
        self._holdings = holdings
        self._restored: dict[int, RestoredFile] = {}

    def add(self, restored: RestoredFiles) -> None:
        """Take in what came of some files."""
        self._restored.update((file.line, file) for file in restored.files)

    def run(self) -> Iterator[Finding]:
        """Yield what is wrong with the input files that are listed. Raises PackageError if a list cannot be read."""
        seen: set[str] = set()
        for number, line in read_lines(self._data / layout.SOURCES):
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
            yield from self._check_counts(source, number)
            yield from self._check_carried(source, number)
            yield from self._check_bytes(source, number)
        for path in sorted((self._articles.keys() | self._rejects.keys()) - seen):
            message = f"articles or rejects come from {path!r}, which is not listed"
            yield Finding("package.source-unknown", message, file=_NAME)

    def _check_counts(self, source: SourceFile, number: int) -> Iterator[Finding]:
        for name, said, counted in (
            ("articles", source.articles, self._articles[source.path]),
            ("rejects", source.rejects, self._rejects[source.path]),
        ):
            if said != counted:
                message = f"{source.path!r} is said to have {said} {name}, {counted} are listed"
                yield Finding("package.count-mismatch", message, file=_NAME, line=number, pointer=f"/{name}")

    def _check_carried(self, source: SourceFile, number: int) -> Iterator[Finding]:
        """Each record of a container that is carried, and each file of text, is an article, a reject or neither."""
        if self._holdings is None or not source.segments:
            return
        told = source.articles + source.rejects + source.carried
        if source.encoding != "payload":
            records = sum(self._holdings.carried[one.file, one.offset] for one in source.segments)
            # A container that is damaged is a reject besides.
            wrong = told - records not in (0, 1 if source.rejects else 0)
        elif source.media_type in _TEXTS:
            records, wrong = 1, told != 1
        else:
            return
        if wrong:
            message = f"{source.path!r} is said to have {told} articles, rejects and others, it has {records} records"
            yield Finding("package.count-mismatch", message, file=_NAME, line=number, pointer="/carried")

    def _check_bytes(self, source: SourceFile, number: int) -> Iterator[Finding]:
        if source.sha256 is None:
            if source.segments:
                message = f"{source.path!r} has bytes in archive/ and no sha256"
                yield Finding("package.source-invalid", message, file=_NAME, line=number, pointer="/sha256")
            elif source.articles:
                message = f"{source.path!r} was not archived and is said to have {source.articles} articles"
                yield Finding("package.source-invalid", message, file=_NAME, line=number, pointer="/articles")
            return
        beyond = _beyond(self._data, source)
        if beyond is not None:
            message = f"segment {beyond} of {source.path!r} reaches beyond the end of {source.segments[beyond].file}"
            pointer = f"/segments/{beyond}"
            yield Finding("package.segment-range", message, file=_NAME, line=number, pointer=pointer)
            return
        if self._holdings is None or self._holdings.holds(source):
            return
        yield from _compared(source, self._restored.get(number) or _restored(self._data, number, source))


def _compared(source: SourceFile, restored: RestoredFile) -> Iterator[Finding]:
    number, error = restored.line, restored.error
    if error is not None:
        message = f"{source.path!r} cannot be restored: {error.message}"
        yield Finding("package.restore-failed", message, file=_NAME, line=number, advice=error.advice)
    elif (restored.size, restored.sha256) != (source.size, source.sha256):
        message = (
            f"{source.path!r} would not be restored as it was: {source.size} bytes with sha256 {source.sha256} "
            f"were put in, {restored.size} with {restored.sha256} come out"
        )
        advice = "get the package from another copy"
        yield Finding("package.restore-mismatch", message, file=_NAME, line=number, advice=advice)


def _beyond(data: Path, source: SourceFile) -> int | None:
    """Return the number of the first segment that reaches beyond its file."""
    for index, segment in enumerate(source.segments):
        path = data / segment.file
        size = path.stat().st_size if path.is_file() else -1
        if segment.offset + segment.length > size:
            return index
    return None
