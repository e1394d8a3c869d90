"""Turning what hinders a check into a finding, so that one file that cannot be read hides nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver.errors import ArchiverError, PackageError
from archiver.model.outcome import Finding

#: Codes of :func:`finding_of` for what is not of a special kind.
_HINDRANCES = frozenset({PackageError.code, "file.unreadable"})
_LINE = re.compile(r"(.*), line (\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hindrances:
    """What hindered the check of one package; each is told once, with the path in the package."""

    root: Path
    _told: set[tuple[str, str, str]] = field(default_factory=set)

    def told(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings, and in place of an error that ends them one more."""
        try:
            yield from findings
        except (ArchiverError, OSError) as error:
            yield from self._once(finding_of(error, self.root))

    def during(self, act: Callable[[], object]) -> Iterator[Finding]:
        """Do it; yield a finding if it cannot be done."""
        try:
            act()
        except (ArchiverError, OSError) as error:
            yield from self._once(finding_of(error, self.root))

    def distinct(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings but for a hindrance that was told before, as several processes meet the same."""
        for finding in findings:
            if finding.code in _HINDRANCES:
                yield from self._once(finding)
            else:
                yield finding

    def _once(self, finding: Finding) -> Iterator[Finding]:
        key = (finding.code, finding.file, finding.message)
        if key not in self._told:
            self._told.add(key)
            yield finding


def finding_of(error: ArchiverError | OSError, root: Path) -> Finding:
    """Return the finding that tells of an error, with the path relative to ``root``."""
    if isinstance(error, OSError):
        name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
        return Finding("file.unreadable", f"the file cannot be read: {error.strerror}", file=_relative(name, root))
    place, line = error.place, None
    if match := _LINE.fullmatch(place):
        place, line = match[1], int(match[2])
    return Finding(error.code, error.message, file=_relative(place, root), line=line, advice=error.advice)


def _relative(name: str, root: Path) -> str:
    return shown(name.removeprefix(f"{root}/")) if name != str(root) else ""


def shown(name: str) -> str:
    """Return the name of a file as a finding can tell it, whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def inside(finding: Finding, name: str, path: Path) -> Finding:
    """Return a finding about the package at ``path`` as one of the folder in which it stands as ``name``."""
    file = _relative(finding.file, path)
    itself = not file or (file == path.name and path.is_file())
    return replace(finding, file=name if itself else f"{name}/{file}")
