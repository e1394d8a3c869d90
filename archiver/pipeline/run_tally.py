"""What came out of the shards of a run: told shard by shard while it goes on, added up at its end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archiver.errors import ExitCode
from archiver.model.event import Event, Kind
from archiver.model.outcome import BaseReference, Reject, RunReport
from archiver.model.shard import ShardRecord
from archiver.pipeline.ending import reject_from
from archiver.pipeline.run_amount import RunAmount
from archiver.pipeline.run_folder import RunFolder
from archiver.pipeline.shard import NAMED_IN_REPORT
from archiver.pipeline.shard_files import REJECTS

#: As many rejects are named in the report, so many of each cause among them; all are in the package.
REJECTS_IN_REPORT = 1000
REJECTS_OF_EACH = 5


@dataclass(slots=True)
class RunTally:
    """Everything that a report says, as far as the shards have been looked at."""

    articles: int = 0
    carried: int = 0
    removed: int = 0
    doubtful: int = 0
    faults: int = 0
    notices: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    rows: set[int] = field(default_factory=set)
    """Of the metadata file, that matched an article."""
    without_row: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def add(self, record: ShardRecord, folder: RunFolder) -> None:
        """Take in what came out of a shard. Raises OSError."""
        self.articles += record.articles
        self.carried += record.carried
        self.removed += record.removed_blocks
        self.doubtful += record.doubtful_blocks
        self.faults += record.faults
        self.notices.update(record.notices)
        self.rows.update(record.sidecar_rows)
        self.without_row.extend(record.without_row[: NAMED_IN_REPORT - len(self.without_row)])
        for said in _rejects(record, folder):
            self.codes[said["code"]] += 1
            if len(self.rejects) < REJECTS_IN_REPORT or self._makes_room(said["code"]):
                self.rejects.append(reject_from(said))

    def _makes_room(self, code: str) -> bool:
        """Give up the last reject of a cause with more than enough of them, if too few with ``code`` are named."""
        if self.codes[code] > REJECTS_OF_EACH:
            return False
        named = Counter(reject.code for reject in self.rejects)
        places = range(len(self.rejects) - 1, -1, -1)
        last = next((place for place in places if named[self.rejects[place].code] > REJECTS_OF_EACH), None)
        if last is not None:
            del self.rejects[last]
        return last is not None

    def report(
        self, target: str, *, unmatched: tuple[str, ...], max_reject_share: float, base: BaseReference | None
    ) -> RunReport:
        """Return what the run has to say."""
        return RunReport(
            package=target,
            articles=self.articles,
            rejects=tuple(self.rejects),
            carried=self.carried,
            removed_blocks=self.removed,
            doubtful_blocks=self.doubtful,
            flags=dict(sorted(self.notices.items())),
            sidecar_unmatched=unmatched,
            articles_unmatched=tuple(self.without_row),
            exit_code=self._exit_code(max_reject_share),
            rejected=self.codes.total(),
            reject_codes=dict(sorted(self.codes.items(), key=lambda item: (-item[1], item[0]))),
            base=base,
        )

    def _exit_code(self, max_reject_share: float) -> ExitCode:
        rejects = self.codes.total()
        if self.faults:
            return ExitCode.INTERNAL_FAULT
        if self.articles == 0 or rejects > max_reject_share * (self.articles + rejects):
            return ExitCode.NOT_TRUSTWORTHY
        return ExitCode.SOME_REJECTED if rejects else ExitCode.DONE


def events_of(record: ShardRecord, folder: RunFolder, amount: RunAmount) -> Iterator[Event]:
    """Yield what a finished shard has to tell: its rejects, its warnings, and how much is done with it."""
    for said in _rejects(record, folder):
        told = {key: said[key] for key in ("path", "id", "code", "message")}
        yield Event(Kind.REJECT, {"shard": record.number, **told})
    for code, number in record.notices.items():
        yield Event(Kind.WARNING, {"shard": record.number, "code": code, "count": number})
    counts = {"articles": record.articles, "rejects": record.rejects, "carried": record.carried}
    yield Event(Kind.SHARD_DONE, {"shard": record.number, **counts, **amount.said()})


def _rejects(record: ShardRecord, folder: RunFolder) -> Iterator[dict[str, Any]]:
    if not record.rejects:
        return
    with (folder.shard(record.input_digest) / REJECTS).open("rb") as file:
        yield from map(json.loads, file)
