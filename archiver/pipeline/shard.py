"""One shard: every input file of it read, every article made, everything written down."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from archiver import canon
from archiver.engines.limits import Limits, within_memory
from archiver.engines.local import Guarded
from archiver.errors import (
    ArticleError,
    DamagedContainerError,
    InternalFaultError,
    InvalidDescriptionError,
    UnreadableError,
)
from archiver.model.intake import Form, InputFile, Unit
from archiver.model.outcome import Reject
from archiver.model.shard import Portion, PortionRecord, Shard, ShardRecord
from archiver.model.stored import Stored
from archiver.package.atomic import make_folder, package_error
from archiver.pipeline.ahead import MadeAhead, make_portion
from archiver.pipeline.commit_record import digests_of
from archiver.pipeline.containers import carry_container, join
from archiver.pipeline.making import Alone, Draft, Guard, Within, draft_of, make, unlimited
from archiver.pipeline.prepare import Preparing
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.run_folder import RunFolder
from archiver.pipeline.shard_files import ShardFiles
from archiver.readers.files import read_file
from archiver.readers.jsonl import lines_of
from archiver.readers.stretch import pieces_of
from archiver.readers.warc_candidate import WarcCandidate

#: As many articles without a row in the metadata file are named; all are counted.
NAMED_IN_REPORT = 1000

_COUNTED = ("articles", "rejects", "carried")


@dataclass(slots=True)
class _Tally:
    """What has happened in the shard so far."""

    articles: int = 0
    rejects: int = 0
    carried: int = 0
    removed: int = 0
    doubtful: int = 0
    faults: int = 0
    notices: Counter[str] = field(default_factory=Counter)
    rows: set[int] = field(default_factory=set)
    without_row: list[str] = field(default_factory=list)


class _BrokeOffError(Exception):
    """A file could not be read to its end, or became another, after something of it had been stored."""

    def __init__(self, name: str, error: UnreadableError) -> None:
        super().__init__(name)
        self.name, self.error = name, error


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every step of the work on a shard needs."""

    files: ShardFiles
    prepare: Preparing
    tally: _Tally
    guard: Guard
    ahead: MadeAhead
    refused: Mapping[str, UnreadableError]
    """Files that are known to break off, by name: a package holds all of a file or nothing."""


@dataclass(frozen=True, slots=True)
class ShardWork:
    """The shard function: idempotent, picklable, the same in every engine."""

    folder: RunFolder
    recipe: Recipe
    guard: Guard = unlimited
    memory: Limits = field(default_factory=Limits)
    """Held by the whole shard, since the memory of a process has one limit."""

    def __call__(self, task: Shard | Portion) -> ShardRecord | PortionRecord:
        """Do a shard unless its commit record is there, or a portion of one; return the record."""
        done = self.folder.record(task) if isinstance(task, Shard) else None
        if done is not None:
            return done
        try:
            with within_memory(self.memory):
                return self._do_until_read(task) if isinstance(task, Shard) else self._do_portion(task)
        except OSError as error:
            # Inputs that cannot be read are rejects: it is the disk of the package that fails here.
            place = Path(os.fsdecode(error.filename or self.folder.shard(task.digest)))
            raise package_error(error, place, "write the shard") from error

    def _do_portion(self, portion: Portion) -> PortionRecord:
        prepare = Preparing.of(self.recipe, portion.files[0].name)
        return make_portion(portion, self.folder.portion(portion), prepare, self.guard)

    def _do_until_read(self, shard: Shard) -> ShardRecord:
        refused: dict[str, UnreadableError] = {}
        while True:
            try:
                return self._do(shard, refused)
            except _BrokeOffError as broken:
                refused[broken.name] = broken.error

    def _do(self, shard: Shard, refused: Mapping[str, UnreadableError]) -> ShardRecord:
        attempt = self.folder.attempt(shard.digest)
        shutil.rmtree(attempt, ignore_errors=True)
        make_folder(attempt)
        name = shard.files[0].name
        with ShardFiles(attempt, name, self.recipe) as files:
            tally = _Tally()
            ahead = MadeAhead(self.folder.made_ahead(shard.digest))
            bench = _Bench(files, Preparing.of(self.recipe, name), tally, self.guard, ahead, refused)
            for file in shard.files:
                _do_file(file, bench)
        record = ShardRecord(
            number=shard.number,
            input_digest=shard.digest,
            articles=tally.articles,
            rejects=tally.rejects,
            carried=tally.carried,
            removed_blocks=tally.removed,
            doubtful_blocks=tally.doubtful,
            faults=tally.faults,
            notices=dict(sorted(tally.notices.items())),
            sidecar_rows=tuple(sorted(tally.rows)),
            without_row=tuple(tally.without_row[:NAMED_IN_REPORT]),
            files=digests_of(attempt),
        )
        self.folder.commit(record, attempt)
        return record


def guarded_work(folder: RunFolder, recipe: Recipe) -> Guarded[Shard | Portion, ShardRecord | PortionRecord]:
    """Return the shard function for processes that may be killed: by an article, or by the limits of ``recipe``."""
    limits = Limits(recipe.article_seconds, recipe.article_memory)
    return Guarded(
        swift=ShardWork(folder, recipe, Within(limits), limits),
        careful=ShardWork(folder, recipe, Alone(limits)),
    )


def _do_file(file: InputFile, bench: _Bench) -> None:
    tally = bench.tally
    before = (tally.articles, tally.rejects, tally.carried)
    try:
        if file.name in bench.refused:
            raise bench.refused[file.name]
        stored = _do_container(file, bench) if file.form is Form.WARC else _do_units(file, bench)
    except (UnreadableError, DamagedContainerError) as error:
        tally.rejects += 1
        bench.files.reject(_reject(error, path=file.name, identity=(file.name,)))
        stored = None
    after = (tally.articles, tally.rejects, tally.carried)
    counts = {name: now - then for name, now, then in zip(_COUNTED, after, before, strict=True)}
    bench.files.source(file, stored, counts)


def _do_container(file: InputFile, bench: _Bench) -> Stored:
    def work(candidate: WarcCandidate) -> None:
        if not _is_wanted(file, candidate.source.ordinal):
            bench.tally.carried += 1
            return
        if candidate.error is not None:
            _refuse(Draft.of(candidate.source), candidate.error, bench)
        else:
            _do_draft(Draft.of(candidate.source), bench)

    stored = carry_container(file, bench.files, work, bench.guard)
    bench.tally.carried += stored.carried
    bench.tally.notices.update(stored.notices)
    if stored.reject is not None:
        bench.tally.rejects += 1
        bench.files.reject(stored.reject)
    return stored


def _do_units(file: InputFile, bench: _Bench) -> Stored:
    """Store and work each unit of a file. Raises UnreadableError, and _BrokeOffError if something of it was stored."""
    whole = canon.Sha256()
    segments: list[tuple[int, int]] = []
    try:
        for unit in lines_of(file) if file.form is Form.JSON_LINES else read_file(file):
            join(segments, bench.files.store(unit, _heard(pieces_of(unit, name=file.name), whole)))
            _do_unit(file, unit, bench)
    except UnreadableError as error:
        if segments:
            raise _BrokeOffError(file.name, error) from error
        raise
    return Stored(whole.hexdigest(), whole.size, "payload", segments)


def _heard(pieces: Iterable[bytes], digest: canon.Sha256) -> Iterator[bytes]:
    """Yield the pieces, and let ``digest`` take them in."""
    for piece in pieces:
        digest.update(piece)
        yield piece


def _is_wanted(file: InputFile, ordinal: int) -> bool:
    """Tell whether a candidate is to be made into an article."""
    return file.only is None or ordinal in file.only


def _do_unit(file: InputFile, unit: Unit, bench: _Bench) -> None:
    if not _is_wanted(file, unit.ordinal) or file.form is Form.OTHER:
        bench.tally.carried += 1
    elif unit.error is not None:
        _refuse(draft_of(unit, file.name), unit.error, bench)
    else:
        _do_draft(draft_of(unit, file.name), bench)


def _do_draft(draft: Draft, bench: _Bench) -> None:
    """Make one article; whatever goes wrong with it is a reject and never the end of the run."""
    tally = bench.tally
    try:
        made = bench.ahead.take(draft) or bench.guard(partial(make, draft, bench.prepare), draft.path)
    except ArticleError as error:
        tally.faults += isinstance(error, InternalFaultError)
        _refuse(draft, error, bench)
        return
    # Out here, since a full disk is the end of the run and no fault of the article.
    bench.files.article(made.written)
    tally.articles += 1
    tally.removed += made.removed
    tally.doubtful += made.doubtful
    tally.notices.update(made.notices)
    if made.row is not None:
        tally.rows.add(made.row)
    elif bench.prepare.tools.sidecar is not None:
        tally.notices["metadata-file.no-row"] += 1
        tally.without_row.append(f"{draft.path}: {made.written.id}")


def _refuse(draft: Draft, problem: ArticleError, bench: _Bench) -> None:
    bench.tally.rejects += 1
    identity = (draft.path, str(draft.ordinal), draft.sha256)
    reject = _reject(problem, path=draft.path, identity=identity)
    bench.files.reject(
        replace(reject, record_id=draft.record_id, sha256=draft.sha256, size=draft.size, ordinal=draft.ordinal)
    )


def _reject(error: ArticleError, *, path: str, identity: tuple[str, ...]) -> Reject:
    findings = error.findings if isinstance(error, InvalidDescriptionError) else ()
    within = error.place.removeprefix(f"{path}, ") if error.place.startswith(f"{path}, ") else ""
    return Reject(
        id=canon.content_id(*identity),
        path=path,
        code=error.code,
        message=f"{within}: {error.message}" if within else error.message,
        advice=error.advice,
        findings=findings,
    )
