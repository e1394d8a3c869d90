"""Reading the files of a bag, wherever: their digests, and what else is digested while they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archiver.package.fixity import Stretch, StretchDigest, hash_file, hash_stretches


@dataclass(frozen=True, slots=True)
class HashFiles:
    """Files of a bag to be read, with the algorithms that its manifests ask for."""

    files: tuple[tuple[str, tuple[str, ...]], ...]
    size: int
    """Bytes, with something for each file."""
    stretches: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)
    """What is digested by itself as well, by file."""

    def run(self, root: Path) -> Hashed:
        """Read the files; what cannot be read has the reason in place of its digests."""
        files: list[tuple[str, dict[str, str] | str]] = []
        stretches: list[StretchDigest] = []
        for path, algorithms in self.files:
            digests, found = _hash(root / path, algorithms, self.stretches.get(path, ()))
            files.append((path, digests))
            stretches += found
        return Hashed(tuple(files), tuple(stretches))

    def lost(self) -> Hashed:
        """Return what is told if the process that read them was ended."""
        return Hashed(tuple((path, "the process that read it was ended by the system") for path, _ in self.files))


@dataclass(frozen=True, slots=True)
class Hashed:
    """Files with their digests (algorithm to hexadecimal), or with the reason why they cannot be read."""

    files: tuple[tuple[str, dict[str, str] | str], ...]
    stretches: tuple[StretchDigest, ...] = ()


def _hash(
    path: Path, algorithms: tuple[str, ...], stretches: tuple[Stretch, ...]
) -> tuple[dict[str, str] | str, tuple[StretchDigest, ...]]:
    try:
        return hash_stretches(path, algorithms, stretches) if stretches else (hash_file(path, algorithms)[1], ())
    except OSError as error:
        return error.strerror or "input/output error", ()
