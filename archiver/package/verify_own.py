"""Checking records that archiver itself wrote against what the package tells of its run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.run_told import RunTold
from archiver.package.verify_warc import Derived, Held, Own

_MADE_BY_HAND = "somebody changed the record; get the file from another copy of the package"


@dataclass(frozen=True, slots=True)
class _Place:
    """The first record that says something."""

    file: str
    offset: int
    record_id: str

    def finding(self, code: str, message: str) -> Finding:
        name = f"{layout.DATA}/{self.file}"
        return Finding(code, message, name, None, self.offset, record_id=self.record_id, advice=_MADE_BY_HAND)


@dataclass(slots=True)
class OwnRecords:
    """What our records say that is the same in all of them, or in all of a shard: each once, with its first place."""

    _dates: dict[str, _Place] = field(default_factory=dict)
    _infos: dict[tuple[str, bytes], _Place] = field(default_factory=dict)
    _known: set[tuple[str, str]] = field(default_factory=set)
    """Folder and id of each ``warcinfo``."""
    _named: dict[tuple[str, str], _Place] = field(default_factory=dict)

    def add(self, record: Held | Derived, own: Own, file: str) -> None:
        """Take a record that archiver wrote; ``file`` is relative to ``data/``."""
        folder = file.partition("/")[0]
        place = _Place(file, record.offset, record.record_id)
        self._dates.setdefault(own.date, place)
        if own.info is not None:
            self._infos.setdefault((folder, own.info), place)
            self._known.add((folder, record.record_id))
        else:
            self._named.setdefault((folder, own.warcinfo_id), place)

    def check(self, told: RunTold | None) -> Iterator[Finding]:
        """Yield what does not fit the run that the package tells of; None for that of another version."""
        for key, place in self._named.items():
            if key[1] and key not in self._known:
                message = f"WARC-Warcinfo-ID {key[1]} is no warcinfo record of {layout.DATA}/{key[0]}"
                yield place.finding("package.warcinfo-unknown", message)
        if told is None:
            return
        for date, place in self._dates.items():
            if date != told.date:
                message = f"WARC-Date is {date!r}, the run that wrote the record was at {told.date}"
                yield place.finding("package.run-date", message)
        for (_, info), place in self._infos.items():
            if info not in told.infos:
                message = f"the warcinfo is not what {told.name} {told.version} writes of this run"
                yield place.finding("package.warcinfo-differs", message)
