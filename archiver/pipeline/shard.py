"""One shard: every input file of it read, every article made, everything written down."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver import canon
from archiver.errors import (
    ArticleError,
    DamagedContainerError,
    InternalFaultError,
    InvalidDescriptionError,
    UnreadableError,
)
from archiver.model.article import Article
from archiver.model.intake import Form, InputFile, Unit
from archiver.model.outcome import Reject
from archiver.model.shard import Shard, ShardRecord
from archiver.model.source import Source
from archiver.model.stored import Stored
from archiver.package.atomic import make_folder, package_error
from archiver.pipeline.article import make_article
from archiver.pipeline.containers import carry_container, join
from archiver.pipeline.plan import input_digest
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.run_folder import RunFolder
from archiver.pipeline.shard_files import ShardFiles
from archiver.pipeline.tools import Tools, tools_for
from archiver.readers.files import read_file
from archiver.readers.jsonl import read_jsonl
from archiver.readers.warc_candidate import WarcCandidate

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


@dataclass(frozen=True, slots=True)
class ShardWork:
    """The shard function: idempotent, picklable, the same in every engine."""

    folder: RunFolder
    recipe: Recipe

    def __call__(self, shard: Shard) -> ShardRecord:
        """Do ``shard`` unless its commit record is there; return the record."""
        done = self.folder.record(shard.number)
        if done is not None:
            return done
        try:
            return self._do(shard)
        except OSError as error:
            # Inputs that cannot be read are rejects: it is the disk of the package that fails here.
            place = Path(os.fsdecode(error.filename or self.folder.shard(shard.number)))
            raise package_error(error, place, "write the shard") from error

    def _do(self, shard: Shard) -> ShardRecord:
        attempt = self.folder.attempt(shard.number)
        shutil.rmtree(attempt, ignore_errors=True)
        make_folder(attempt)
        with ShardFiles(attempt, shard.number, self.recipe) as files:
            tally = _Tally()
            tools = tools_for(self.recipe)
            for file in shard.files:
                _do_file(file, files, tools, tally)
        record = ShardRecord(
            number=shard.number,
            input_digest=input_digest(shard.files),
            articles=tally.articles,
            rejects=tally.rejects,
            carried=tally.carried,
            removed_blocks=tally.removed,
            doubtful_blocks=tally.doubtful,
            faults=tally.faults,
            notices=dict(sorted(tally.notices.items())),
            sidecar_rows=tuple(sorted(tally.rows)),
            files=_digests(attempt),
        )
        self.folder.commit(record, attempt)
        return record


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(entry for entry in folder.rglob("*") if entry.is_file())
    return {entry.relative_to(folder).as_posix(): file_sha256(entry) for entry in files}


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file of any size in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _do_file(file: InputFile, files: ShardFiles, tools: Tools, tally: _Tally) -> None:
    before = (tally.articles, tally.rejects, tally.carried)
    try:
        stored = (
            _do_container(file, files, tools, tally) if file.form is Form.WARC else _do_units(file, files, tools, tally)
        )
    except (UnreadableError, DamagedContainerError) as error:
        tally.rejects += 1
        files.reject(_reject(error, path=file.name, identity=(file.name,)))
        stored = None
    after = (tally.articles, tally.rejects, tally.carried)
    counts = {name: now - then for name, now, then in zip(_COUNTED, after, before, strict=True)}
    files.source(file, stored, counts)


def _do_container(file: InputFile, files: ShardFiles, tools: Tools, tally: _Tally) -> Stored:
    def work(candidate: WarcCandidate) -> None:
        if candidate.error is not None:
            _refuse(candidate.source, candidate.error, files, tally)
        else:
            _do_source(candidate.source, files, tools, tally)

    stored = carry_container(file, files, work)
    tally.carried += stored.carried
    tally.notices.update(stored.notices)
    if stored.reject is not None:
        tally.rejects += 1
        files.reject(stored.reject)
    return stored


def _do_units(file: InputFile, files: ShardFiles, tools: Tools, tally: _Tally) -> Stored:
    """Store and work each unit of a file."""
    whole = canon.Sha256()
    segments: list[tuple[int, int]] = []
    for unit in read_jsonl(file) if file.form is Form.JSON_LINES else read_file(file):
        whole.update(unit.data)
        join(segments, files.store(unit))
        _do_unit(file, unit, files, tools, tally)
    return Stored(whole.hexdigest(), whole.size, "payload", segments)


def _do_unit(file: InputFile, unit: Unit, files: ShardFiles, tools: Tools, tally: _Tally) -> None:
    if unit.source is not None:
        _do_source(unit.source, files, tools, tally)
    elif unit.error is not None:
        sha256 = canon.sha256_hex(unit.data)
        identity = (file.name, str(unit.ordinal), sha256)
        reject = _reject(unit.error, path=file.name, identity=identity)
        tally.rejects += 1
        files.reject(_with_bytes(reject, unit.record_id, sha256, len(unit.data), unit.ordinal))
    else:
        tally.carried += 1


def _do_source(source: Source, files: ShardFiles, tools: Tools, tally: _Tally) -> None:
    """Make one article; whatever goes wrong with it is a reject and never the end of the run."""
    try:
        article = make_article(source, tools)
        written = files.prepare(article, source)
    except ArticleError as error:
        problem = error
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - the one place where a bug must not end the batch
        where = _innermost(error)
        problem = InternalFaultError(
            f"a fault in archiver: {type(error).__name__}: {error} ({where})",
            place=source.path,
            advice="please report this with the article",
        )
        tally.faults += 1
    else:
        # Out here, since a full disk is the end of the run and no fault of the article.
        files.article(written)
        _count(article, source, tools, tally)
        return
    _refuse(source, problem, files, tally)


def _refuse(source: Source, problem: ArticleError, files: ShardFiles, tally: _Tally) -> None:
    tally.rejects += 1
    identity = (source.path, str(source.ordinal), source.sha256)
    reject = _reject(problem, path=source.path, identity=identity)
    files.reject(_with_bytes(reject, source.record_id, source.sha256, source.size, source.ordinal))


def _innermost(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown place"
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119


def _count(article: Article, source: Source, tools: Tools, tally: _Tally) -> None:
    tally.articles += 1
    tally.removed += len(article.removed)
    tally.doubtful += sum(block.doubtful for block in article.kept)
    tally.notices.update(notice.code for notice in article.notices)
    row = tools.row_for(source)
    if row is not None:
        tally.rows.add(row.row)


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


def _with_bytes(reject: Reject, record_id: str, sha256: str, size: int, ordinal: int) -> Reject:
    return replace(reject, record_id=record_id, sha256=sha256, size=size, ordinal=ordinal)
