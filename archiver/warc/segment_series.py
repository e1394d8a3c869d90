"""Records in segments: whether all are there, and whether they fit together (ISO 28500:2017 clause 7)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from archiver.model.outcome import Finding, Severity
from archiver.warc.record_table import Segment

_Placed = tuple[str, Segment]


def check_segments(placed: Sequence[_Placed], known: Container[int], where: str) -> Iterator[Finding]:
    """Yield what is wrong with the series that ``placed``, files and segments, belong to.

    ``known`` are the ids of records that are there, ``where`` what findings call the files. Segments may have
    been parted on purpose, so what is missing is a warning; what is there and contradicts itself an error.
    """
    series: dict[int, dict[tuple[int, int], _Placed]] = {}
    for file, segment in placed:
        # A copy of a record is told elsewhere, and adds nothing to the series.
        series.setdefault(segment.origin, {}).setdefault((segment.number, segment.identity), (file, segment))
    for origin, segments in series.items():
        yield from _check_series(sorted(segments.values(), key=_number), origin in known, where)


def _number(placed: _Placed) -> int:
    return placed[1].number


def _check_series(series: list[_Placed], origin_known: bool, where: str) -> Iterator[Finding]:
    numbers = [segment.number for _, segment in series]
    last = series[-1][1]
    if len(set(numbers)) < len(numbers):
        yield _mismatch(series[-1], "two segments have the same number")
        return
    if numbers[0] != 1 and origin_known:
        yield _mismatch(series[0], "the record that is continued does not say that it is the first segment")
    elif numbers[0] != 1:
        yield _missing(series[0], f"the record that is continued is not in {where}")
    gaps = [number + 1 for number, following in pairwise(numbers) if following != number + 1]
    if gaps:
        yield _missing(series[0], f"segment {gaps[0]} is not in {where}; there is one with a higher number")
    if last.total is None:
        yield _missing(series[-1], f"the last segment, with WARC-Segment-Total-Length, is not in {where}")
    for one in series[:-1]:
        if one[1].total is not None:
            yield _mismatch(one, "WARC-Segment-Total-Length stands on a segment that is not the last")
    if any(segment.uri != last.uri for _, segment in series):
        yield _mismatch(series[-1], "the segments of one record have different target URIs")
    lengths = [segment.length for _, segment in series if segment.length is not None]
    whole = not gaps and numbers[0] == 1 and len(lengths) == len(series)
    if whole and last.total is not None and last.total != sum(lengths):
        message = f"WARC-Segment-Total-Length is {last.total}, the segments have {sum(lengths)} bytes"
        yield _mismatch(series[-1], message)


def _missing(placed: _Placed, message: str) -> Finding:
    file, segment = placed
    return Finding("warc.segment-missing", message, file, offset=segment.offset, severity=Severity.WARNING)


def _mismatch(placed: _Placed, message: str) -> Finding:
    file, segment = placed
    return Finding("warc.segment-mismatch", message, file, offset=segment.offset)
