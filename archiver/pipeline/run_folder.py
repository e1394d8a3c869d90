"""The folder in which a run works, beside its target: what is where, and which shards are done."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from archiver import canon
from archiver.errors import OutputExistsError, UsageError
from archiver.model.shard import ShardRecord
from archiver.package.atomic import make_folder, write_file
from archiver.version import __version__

SUFFIX = ".partial"


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

    def shard(self, number: int) -> Path:
        """Return where the files of a shard stand."""
        return self.root / "shards" / f"{number:06d}"

    def record_path(self, number: int) -> Path:
        """Return the commit record of a shard; it is there when the shard is done."""
        return self.root / "shards" / f"{number:06d}.json"

    def commit(self, record: ShardRecord) -> None:
        """Write the commit record, after everything it speaks of is on the disk."""
        write_file(self.record_path(record.number), canon.canonical_json(asdict(record)))

    def record(self, number: int) -> ShardRecord | None:
        """Return the commit record of a shard, None if it is not done."""
        path = self.record_path(number)
        if not path.exists():
            return None
        values = json.loads(path.read_bytes())
        values["sidecar_rows"] = tuple(values["sidecar_rows"])
        return ShardRecord(**values)

    def remove(self) -> None:
        """Take the folder away, after its bag has left it."""
        shutil.rmtree(self.root)


def folder_for(target: Path) -> RunFolder:
    """Return the run folder of a target: beside it, so that the last rename stays on one file system."""
    return RunFolder(target.with_name(target.name + SUFFIX))


def open_run(target: Path, *, recipe_digest: str, input_digest: str, resume: bool) -> RunFolder:
    """Make the folder of a new run, or take up an unfinished one.

    Raises OutputExistsError if ``target`` or (without ``resume``) an unfinished run is there, and
    UsageError if an unfinished run had another recipe, input or version.
    """
    if target.exists() or target.is_symlink():
        raise OutputExistsError(
            "the output is already there and was not touched",
            place=str(target),
            advice="choose another output, or move the old one away",
        )
    folder = folder_for(target)
    said = {"archiver": __version__, "recipe": recipe_digest, "input": input_digest}
    plan = folder.root / "run.json"
    if not folder.root.exists():
        make_folder(folder.root / "shards")
        write_file(plan, canon.canonical_json(said))
        return folder
    if not resume:
        raise OutputExistsError(
            "an unfinished run for this output lies there",
            place=str(folder.root),
            advice="go on with --resume, or remove that folder to start anew",
        )
    _refuse_changes(plan, said)
    if folder.bag.exists():
        shutil.rmtree(folder.bag)
    return folder


def _refuse_changes(plan: Path, said: dict[str, str]) -> None:
    try:
        before = json.loads(plan.read_bytes())
    except (OSError, ValueError):
        before = {}
    changed = [name for name in said if before.get(name) != said[name]]
    if changed:
        raise UsageError(
            f"the unfinished run cannot be continued: changed since then: {', '.join(changed)}",
            place=str(plan.parent),
            advice="continue with the same input, options, --date and version, or remove that folder to start anew",
        )
