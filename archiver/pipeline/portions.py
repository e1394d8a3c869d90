"""A file of many candidates that is a shard by itself, cut: several workers make its articles before it is done."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path
from typing import BinaryIO

from archiver.errors import UnreadableError
from archiver.model.intake import Form, InputFile
from archiver.model.outcome import Finding
from archiver.model.shard import Portion, Shard
from archiver.opening import open_regular
from archiver.pipeline.containers import find_guarded
from archiver.pipeline.making import Draft, Guard, draft_of
from archiver.readers.jsonl import lines_of, starts_of
from archiver.warc.beginnings import Beginnings
from archiver.warc.part import Part
from archiver.warc.record import DEFAULT_LIMITS
from archiver.warc.scan import scan_part
from archiver.warc.wacz import stretches

#: So many candidates make a portion: some seconds of work, which is lost at most when a run is killed.
CANDIDATES = 256
#: Smaller files do not hold so many.
LEAST_BYTES = 1024 * 1024
#: Of so many lines that have fewer bytes on average most are no articles.
_MANY, _SHORT = 100_000, 64
_OF_ARTICLES = re.compile(rb"\nWARC-Type:[ \t]*(?:response|resource)\r?\n", re.IGNORECASE)
_OF_AN_ARTICLE = re.compile(rb"\nContent-Type:[ \t]*(?:text/html|text/plain|application/xhtml)", re.IGNORECASE)


def portions_of(shard: Shard) -> tuple[Portion, ...]:
    """Cut a shard into portions; nothing if it is not one large file of lines or of WARC records, all wanted.

    This is quick and may err, as with a damaged file: who does the shard looks at all of it and takes from its
    portions what fits. What is made to take long is not cut to its end.
    """
    file = shard.files[0]
    if len(shard.files) > 1 or file.size <= LEAST_BYTES or file.data is not None or file.only is not None:
        return ()
    try:
        with open_regular(file.path) as stream:
            # Who writes to it now is found out by whoever reads all of it.
            cuts = [*_cuts(file, stream)] if stream.seek(0, 2) == file.size else []
    except (UnreadableError, OSError):
        return ()
    found = tuple([Portion(shard, index, start, end, first) for index, (start, end, first) in enumerate(cuts)])
    return found if len(found) > 1 else ()


def _cuts(file: InputFile, stream: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """Yield where each portion begins and ends, and its first ordinal."""
    if file.form is Form.JSON_LINES:
        yield from _up_to(file.size, _in_lines(file))
    elif file.form is Form.WARC:
        ordinals = count()
        for start, size in stretches(Path(file.path)):
            records = Beginnings(stream, start, size)
            cuts = _up_to(start + size, _in_records(records, ordinals))
            if size < LEAST_BYTES:
                # Its records are counted, that is all.
                deque(cuts, maxlen=0)
            else:
                yield from cuts
            if size and not records.whole:
                # How many records these are is not known, and so not the ordinals of the next.
                return


def _up_to(end: int, begun: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Give each portion its end: where the next begins, or ``end``."""
    for (start, first), (stop, _) in pairwise([*begun, (end, 0)]):
        yield start, stop, first


def _in_lines(file: InputFile) -> Iterator[tuple[int, int]]:
    for ordinal, start in enumerate(starts_of(file)):
        if start >= file.size or (ordinal > _MANY and start < ordinal * _SHORT):
            return
        if ordinal % CANDIDATES == 0:
            yield start, ordinal


def _in_records(records: Beginnings, ordinals: Iterator[int]) -> Iterator[tuple[int, int]]:
    found = CANDIDATES
    # In this order no ordinal is taken for a record that is not there.
    for (at, content), ordinal in zip(records, ordinals, strict=False):
        if found >= CANDIDATES:
            yield at, ordinal
            found = 0
        found += bool(_OF_ARTICLES.search(content) and _OF_AN_ARTICLE.search(content))


def drafts_of(portion: Portion, guard: Guard) -> Iterator[Draft]:
    """Yield the candidates of a portion that can be read. Raises UnreadableError."""
    file = portion.files[0]
    if file.form is Form.JSON_LINES:
        at = portion.start
        for unit in lines_of(file, start=portion.start, first=portion.first):
            if at >= portion.end:
                return
            at += unit.size
            if unit.error is None:
                yield draft_of(unit, file.name)
        return
    for item in scan_part(Path(file.path), Part(portion.start, end=portion.end), name=file.name):
        # What is damaged may give nothing but findings, to the end of the file.
        if item.offset is not None and item.offset >= portion.end:
            return
        if isinstance(item, Finding):
            continue
        record = replace(item, index=item.index + portion.first)
        candidate = find_guarded(guard, record, path=file.name, limits=DEFAULT_LIMITS)
        if candidate is not None and candidate.error is None:
            yield Draft.of(candidate.source)
