"""The commit record of a shard on disk, and whether the shard is still what it says: what is not, is done again."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archiver import canon
from archiver.model.shard import ShardRecord

#: Member of the record that holds the digest of all others.
_SEAL = "sha256"


def record_bytes(record: ShardRecord) -> bytes:
    """Return a commit record as it is written: JSON, with the digest of the rest."""
    values = asdict(record)
    return canon.canonical_json({**values, _SEAL: _digest(values)})


def read_record(path: Path) -> ShardRecord | None:
    """Return the commit record in a file; None if there is none, or one that is damaged in any way."""
    try:
        values = json.loads(path.read_bytes())
        if not isinstance(values, dict) or values.pop(_SEAL, None) != _digest(values):
            return None
    except (OSError, ValueError, RecursionError):
        return None
    # It is what record_bytes() wrote.
    for name in ("sidecar_rows", "without_row"):
        values[name] = tuple(values[name])
    return ShardRecord(**values)


def _digest(values: dict[str, Any]) -> str:
    return canon.sha256_hex(canon.canonical_json(values))


def digests_of(folder: Path) -> dict[str, str]:
    """Return name and SHA-256 of each file of a shard. Raises OSError."""
    files = sorted(entry for entry in folder.rglob("*") if entry.is_file())
    return {entry.relative_to(folder).as_posix(): _file_sha256(entry) for entry in files}


def damaged_file(folder: Path, record: ShardRecord) -> Path | None:
    """Return a file of the shard in ``folder`` that is gone, added, or other than ``record`` says; None if none is."""
    for name, digest in record.files.items():
        try:
            same = _file_sha256(folder / name) == digest
        except OSError:
            same = False
        if not same:
            return folder / name
    there = (entry for entry in sorted(folder.rglob("*")) if not entry.is_dir())
    return next((entry for entry in there if entry.relative_to(folder).as_posix() not in record.files), None)


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def take_away(path: Path) -> None:
    """Remove a file, a link or a whole folder, if it is there. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
        return
    with suppress(FileNotFoundError):
        path.unlink()
