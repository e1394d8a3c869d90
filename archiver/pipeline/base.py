"""The package that another one is made on the base of: proved whole, then compared or drawn from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from heapq import merge
from pathlib import Path
from typing import BinaryIO

from archiver import canon
from archiver.errors import BaseNotIntactError, UsageError
from archiver.model.intake import InputFile
from archiver.model.outcome import BaseReference, Purpose, Severity
from archiver.opening import open_regular
from archiver.package.atomic import new_file
from archiver.package.fixity import hash_file
from archiver.package.lineage import Unchanged, identifier_of, read_base, unchanged_files
from archiver.package.open import Package, open_package
from archiver.package.restore import restore
from archiver.pipeline.outputs import read_seal
from archiver.pipeline.verification import verify
from archiver.readers.discover import discover
from archiver.readers.input_list import InputList

_IDENTIFIER = "External-Identifier"


@dataclass(frozen=True, slots=True)
class Base:
    """A package that was opened and found whole."""

    package: Package
    purpose: Purpose
    identifier: str
    sha256: str
    """Of its tagmanifest-sha256.txt."""

    def reference(self, counts: Counter[str]) -> BaseReference:
        """Return how another package refers to this one."""
        return BaseReference(self.identifier, self.sha256, self.purpose, dict(sorted(counts.items())))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is to be made into a package on the base of another, and what is known of the rest."""

    files: InputList
    counts: Counter[str]


@contextmanager
def open_base(path: Path, purpose: Purpose) -> Iterator[Base]:
    """Open the package at ``path`` after every byte of it was checked.

    Raises BaseNotIntactError if it does not verify or its identifier cannot be shown, NotAPackageError,
    InputNotFoundError, and UsageError for an increment on what holds mended rejects alone.
    """
    with open_package(path) as package:
        first = next((one for one in verify(path) if one.severity is Severity.ERROR), None)
        if first is not None:
            raise BaseNotIntactError(
                f"it does not verify: {first.file}: {first.message} [{first.code}]",
                place=str(path),
                advice="`archiver verify` tells everything; use another copy of the package",
            )
        before = read_base(package.data)
        if purpose is Purpose.INCREMENT and before is not None and before.purpose is Purpose.RETRY:
            raise UsageError(
                "it holds what was rejected once and no more",
                place=str(path),
                advice=f"name the package that it was made on the base of: {before.identifier}",
            )
        identifier = _identifier(package)
        if not identifier.isprintable():
            raise BaseNotIntactError(
                "its External-Identifier has characters that cannot be seen",
                place=str(path),
                advice="do not trust this package; use another copy of it",
            )
        yield Base(package, purpose, identifier, hashlib.sha256(read_seal(package.root)).hexdigest())


def _identifier(package: Package) -> str:
    said = dict(package.info()).get(_IDENTIFIER)
    return said or identifier_of(hash_file(package.data / "datapackage.json", ("sha256",))[1]["sha256"])


def what_is_new(files: Iterable[InputFile], base: Base, unchanged: Path) -> Drawn:
    """Return those of ``files`` that the base does not hold under the same name with the same bytes.

    The others are listed in the file ``unchanged``. Raises PackageError, OSError.
    """
    counts: Counter[str] = Counter({"new": 0, "changed": 0, "unchanged": 0, "gone": 0})

    def chosen(listed: BinaryIO) -> Iterator[InputFile]:
        for file, held in _side_by_side(files, _held_by(base)):
            if file is None:
                counts["gone"] += 1
            elif held is not None and _sha256(file, held) == held.sha256:
                counts["unchanged"] += 1
                listed.write(canon.canonical_json(held.to_dict()) + b"\n")
            else:
                counts["changed" if held is not None else "new"] += 1
                yield file

    with new_file(unchanged) as listed:
        return Drawn(InputList(chosen(listed)), counts)


def _side_by_side(
    files: Iterable[InputFile], held: Iterator[Unchanged]
) -> Iterator[tuple[InputFile | None, Unchanged | None]]:
    """Yield each file with what the base holds under its name, and what it holds besides; both are sorted by name."""
    one = next(held, None)
    for file in files:
        name = file.name.encode()
        while one is not None and one.path.encode() < name:
            yield None, one
            one = next(held, None)
        if one is not None and one.path == file.name:
            yield file, one
            one = next(held, None)
        else:
            yield file, None
    while one is not None:
        yield None, one
        one = next(held, None)


def _held_by(base: Base) -> Iterator[Unchanged]:
    """Yield every input file of which the base knows the bytes, by name: its own, and those its own base holds."""
    return merge(_own(base), unchanged_files(base.package.data), key=lambda one: one.path.encode())


def _own(base: Base) -> Iterator[Unchanged]:
    descriptions = base.package.descriptions()
    article = next(descriptions, None)
    for source in base.package.sources():
        ids = []
        while article is not None and article.source.path == source.path:
            ids.append(article.id)
            article = next(descriptions, None)
        yield Unchanged(
            path=source.path,
            path_encoding=source.path_encoding,
            size=source.size,
            sha256=source.sha256 or "",
            articles=tuple(ids),
            rejects=source.rejects,
            package=base.identifier,
        )


def _sha256(file: InputFile, held: Unchanged) -> str | None:
    if file.size != held.size or file.name_encoding != held.path_encoding:
        return None
    if file.data is not None:
        return canon.sha256_hex(file.data)
    try:
        with open_regular(file.path) as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        # It is read once more, and rejected with the reason.
        return None


def what_was_rejected(base: Base, folder: Path) -> Drawn:
    """Take the inputs of the rejects of the base out into ``folder``, and return them, each with what to make of it.

    What could not be read then, and containers that are damaged as a whole, are left. Raises PackageError, FixityError.
    """
    ids: list[str] = []
    wanted: dict[str, list[int]] = {}
    counts: Counter[str] = Counter({"retried": 0, "mended": 0, "left": 0})
    for reject in base.package.rejects():
        if reject.sha256 is None or reject.id == canon.content_id(reject.path, "container", reject.sha256):
            counts["left"] += 1
        else:
            counts["retried"] += 1
            ids.append(reject.id)
            wanted.setdefault(reject.path, []).append(reject.ordinal)
    if not wanted:
        return Drawn(InputList(()), counts)
    restore(base.package, ids, folder)
    # The time at which they were taken out tells nothing.
    files = (replace(file, modified=0) for file in discover([str(folder)]))
    return Drawn(InputList(replace(file, only=tuple(wanted[file.name])) for file in files), counts)
