"""A second opinion on a WARC file: warcio, which is not ours, reads it and checks its digests.

What only our own reader has seen is our own homework graded by ourselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed

from archiver.model.outcome import Finding

_ADVICE = "get the file from another copy of the package"
_PIECE = 64 * 1024


def second_reading(path: Path, *, name: str, records: int) -> Iterator[Finding]:
    """Yield where warcio disagrees: it cannot read the file, counts other ``records``, or finds a digest wrong.

    ``name`` is what findings call the file. Raises OSError where the file cannot be read at all.
    """
    read = 0
    with path.open("rb") as stream:
        reader = WARCIterator(stream, check_digests=True)
        try:
            for record in reader:
                read += 1
                while record.content_stream().read(_PIECE):
                    pass
                if record.digest_checker.passed is False:
                    identity = record.rec_headers.get_header("WARC-Record-ID") or ""
                    problems = "; ".join(record.digest_checker.problems)
                    yield _disagreement(f"warcio finds a digest wrong: {problems}", name, identity.strip("<>"))
        except (ArchiveLoadFailed, ValueError, EOFError) as error:
            yield _disagreement(f"warcio cannot read it after {read} record(s): {error}", name)
            return
    if read != records:
        yield _disagreement(f"warcio reads {read} records, archiver {records}", name)


def _disagreement(message: str, name: str, record_id: str = "") -> Finding:
    return Finding("warc.second-reader", message, name, record_id=record_id or None, advice=_ADVICE)
