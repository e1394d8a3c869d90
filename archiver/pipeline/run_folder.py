"""The folder in which a run works, beside its target: what is where, and which shards are done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archiver import canon
from archiver.errors import PackageError, UsageError
from archiver.model.shard import Portion, Shard, ShardRecord
from archiver.package.atomic import write_file
from archiver.pipeline.commit_record import damaged_file, read_record, record_bytes, take_away
from archiver.pipeline.run_plan import RunPlan

SUFFIX = ".partial"
ATTEMPT = ".attempt-"
#: Hexadecimal digits of its digest by which a shard is known.
_DIGITS = 16
#: More than any size of a file has.
_SIZE_DIGITS = 20
#: How the names of lists of input files begin.
INPUT = "input-"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Names inside the folder of a run; the package grows in ``bag``."""

    root: Path

    @property
    def bag(self) -> Path:
        """What will be renamed to the package."""
        return self.root / "bag"

    @property
    def data(self) -> Path:
        """The bag's payload."""
        return self.bag / "data"

    @property
    def wacz(self) -> Path:
        """The same package as a WACZ, if that is asked for."""
        return self.root / "package.wacz"

    @property
    def eark(self) -> Path:
        """The same package as an E-ARK package, if that is asked for."""
        return self.root / "eark"

    @property
    def plan(self) -> Path:
        """What the run was asked for; it is there once the run has begun."""
        return self.root / "run.json"

    @property
    def cut(self) -> Path:
        """The shards that the input was cut into, in order."""
        return self.root / "shards.json"

    @property
    def lock(self) -> Path:
        """What the process holds that works on the run."""
        return self.root / "lock"

    @property
    def log(self) -> Path:
        """What has happened, one event a line."""
        return self.root / "log.jsonl"

    @property
    def ending(self) -> Path:
        """What the run has to report; it is there when the bag is whole."""
        return self.root / "ending.json"

    @property
    def originals(self) -> Path:
        """Inputs that were taken out of a package."""
        return self.root / "originals"

    @property
    def unchanged(self) -> Path:
        """Inputs that another package holds already."""
        return self.root / "unchanged.jsonl"

    def listed(self, plan: RunPlan) -> Path:
        """Return where the input files of a plan are listed."""
        return self.root / f"{INPUT}{plan.input[:_DIGITS]}.jsonl"

    def shard(self, digest: str) -> Path:
        """Return where the files of a finished shard stand."""
        return self.root / "shards" / digest[:_DIGITS]

    def attempt(self, digest: str) -> Path:
        """Return where this process works at a shard: two that do the same shard never write to the same files."""
        return self.root / "shards" / f"{digest[:_DIGITS]}{ATTEMPT}{os.getpid()}"

    def ahead(self, digest: str) -> Path:
        """Return where articles stand that were made before their shard is done."""
        return self.root / "ahead" / digest[:_DIGITS]

    def portion(self, portion: Portion) -> Path:
        """Return where the articles of a portion stand when all of them are made."""
        return self.ahead(portion.digest) / f"{portion.index:06d}-{portion.size}"

    def made_ahead(self, digest: str) -> list[Path]:
        """Return what stands there for a shard, in order."""
        return sorted(path for path in self.ahead(digest).glob("*") if not path.suffix)

    def sizes_ahead(self, digest: str) -> list[int]:
        """Return the bytes of its file that each of these spans, which its name tells."""
        sizes = [path.name.partition("-")[2] for path in self.made_ahead(digest)]
        return [int(size) for size in sizes if size.isascii() and size.isdigit() and len(size) < _SIZE_DIGITS]

    def forget_ahead(self, cut: CutList) -> None:
        """Take away what was made ahead for shards that there are no more, since the input was cut anew."""
        keys = {digest[:_DIGITS] for digest, _, _ in cut.rows}
        for left in [path for path in (self.root / "ahead").glob("*") if path.name not in keys]:
            take_away(left)

    def record_path(self, digest: str) -> Path:
        """Return the commit record of a shard; it is there when the shard is done."""
        return self.root / "shards" / f"{digest[:_DIGITS]}.json"

    def write_cut(self, shards: Iterable[Shard]) -> CutList:
        """Write down which shards there are: the key, files and bytes of each."""
        cut = CutList([(shard.digest, len(shard.files), sum(file.size for file in shard.files)) for shard in shards])
        rows = [[digest[:_DIGITS], files, size] for digest, files, size in cut.rows]
        write_file(self.cut, canon.canonical_json(rows))
        return cut

    def is_done(self, digest: str) -> bool:
        """Tell whether a shard is done."""
        return self.record_path(digest).exists()

    def damage(self, digest: str) -> Path | None:
        """Return a file by which a shard that was done is no longer what it was; None also if it is not done."""
        path = self.record_path(digest)
        if not os.path.lexists(path):
            return None
        record = read_record(path)
        if record is None or record.input_digest != digest:
            return path
        return damaged_file(self.shard(digest), record)

    def reopen(self, digest: str) -> None:
        """Let a shard be done again."""
        take_away(self.record_path(digest))

    def commit(self, record: ShardRecord, attempt: Path) -> None:
        """Give a finished attempt its name, then write its commit record: record there, shard done."""
        place = self.shard(record.input_digest)
        # Left by an attempt that died before its record, or damaged; a shard has the same files each time.
        take_away(place)
        attempt.rename(place)
        write_file(self.record_path(record.input_digest), record_bytes(record))
        take_away(self.ahead(record.input_digest))

    def record(self, shard: Shard) -> ShardRecord | None:
        """Return the commit record of a shard, None if it is not done or its record is damaged."""
        record = read_record(self.record_path(shard.digest))
        if record is None or record.input_digest != shard.digest:
            return None
        # The input may have been cut anew since then, which numbers the shards and changes nothing in them.
        return replace(record, number=shard.number)

    def remove(self) -> None:
        """Take the folder away, after its bag has left it; what tells that the run has ended goes last."""
        for entry in sorted(self.root.iterdir(), key=lambda entry: entry == self.ending):
            take_away(entry)
        self.root.rmdir()


@dataclass(frozen=True, slots=True)
class CutList:
    """Which shards there are, without their files."""

    rows: Sequence[tuple[str, int, int]]
    """Digest, number of files, and bytes of each."""


class Records(Iterable[ShardRecord]):
    """The commit records of shards that are all done, read one at a time: together they can be large."""

    def __init__(self, folder: RunFolder, cut: CutList) -> None:
        self._folder = folder
        self._cut = cut

    def __iter__(self) -> Iterator[ShardRecord]:
        """Yield the records in the order of the shards."""
        for number, (digest, _, _) in enumerate(self._cut.rows):
            record = self._folder.record(Shard(number, (), digest))
            if record is None:
                raise damaged_shard(self._folder.record_path(digest))
            yield record


def damaged_shard(file: Path) -> PackageError:
    """Return the error for a shard that was damaged while the run was at work."""
    return PackageError(
        "a file of a finished shard is not what its commit record says",
        place=str(file),
        advice="check the disk, then go on with --resume: that shard is done again",
    )


def folder_for(target: Path) -> RunFolder:
    """Return the run folder of a target: beside it, so that the last rename stays on one file system.

    Raises UsageError for a target that is no name in a folder.
    """
    if not target.name:
        raise UsageError(
            "the output needs a name of its own", place=str(target), advice="choose a name that is not there yet"
        )
    return RunFolder(target.with_name(target.name + SUFFIX))
