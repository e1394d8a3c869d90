"""Collects what is wrong with the record that is being read."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.model.outcome import Finding, Severity
from archiver.warc.feed import Feed

#: What a person can do, by code; the default tells to keep the file and ask the source.
_ADVICE = {
    "warc.truncated": "get the file again; what stands before this place was read",
    "warc.gzip-crc": "get the file again; the storage or the transfer damaged it",
    "warc.gzip-damaged": "get the file again; the storage or the transfer damaged it",
    "warc.trailing-garbage": "look at the bytes there; the records round them were read",
    "warc.extra-newlines": "harmless, but writers should write two line ends after a record and no more",
    "warc.not-record-compressed": "recompress it with one gzip member a record, or random access fails",
    "warc.bad-length": "the record was read up to the next one; ask who wrote the file",
    "warc.missing-trailer": "the record was read; rewrite the file to make it conform",
    "warc.duplicate-record-id": "references to this id are ambiguous; ask who wrote the file",
    "warc.block-digest-mismatch": "the record was changed after it was written, or its writer was wrong",
    "warc.payload-digest-mismatch": "the payload was changed after it was written, or its writer was wrong",
    "warc.no-digest": "changes of this record cannot be found by its own means",
}
_DEFAULT_ADVICE = "the file is kept as it is; ask who wrote it"


class Notes:
    """Findings of one file, in order, each with file, offset and record id."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[Finding] = []
        self.record_id: str | None = None
        """The record that is being read; None between records."""

    @property
    def pending(self) -> bool:
        """Whether something was found and not yet handed out."""
        return bool(self._found)

    def finding(
        self, code: str, message: str, offset: int, *, severity: Severity = Severity.ERROR, advice: str = ""
    ) -> Finding:
        """Return a finding about this place of the file."""
        told = advice or _ADVICE.get(code, _DEFAULT_ADVICE)
        return Finding(
            code, message, self._name, offset=offset, record_id=self.record_id, advice=told, severity=severity
        )

    def add(self, code: str, message: str, offset: int, *, severity: Severity = Severity.ERROR) -> None:
        """Note something."""
        self._found.append(self.finding(code, message, offset, severity=severity))

    def faults(self, feed: Feed) -> None:
        """Take over what the feed found wrong."""
        for fault in feed.faults():
            self.add(fault.code, fault.message, fault.offset)

    def take(self) -> tuple[Finding, ...]:
        """Hand out what belongs to the record that was read, and begin anew."""
        found, self._found = tuple(self._found), []
        self.record_id = None
        return found

    def flush(self, feed: Feed) -> Iterator[Finding]:
        """Yield what belongs to no record."""
        self.record_id = None
        self.faults(feed)
        yield from self.take()
