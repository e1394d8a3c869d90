"""The files of a bag as they are on the disk, links never followed."""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from archiver.model.outcome import Finding, Severity
from archiver.package.fixity import walk

#: Files that operating systems drop into folders and lose again.
SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db", ".apdisk"})


class BagFiles:
    """What is on the disk, by exact name and by names that other file systems take for the same."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}
        self.payload: set[str] = set()
        self.lost = 0
        """Files that an operating system made, that are listed and no longer there."""
        self._folded: dict[str, str] = {}
        self._composed: dict[str, str] = {}

    def look(self, root: Path) -> Iterator[Finding]:
        """Fill in names and sizes; yield links, devices, and names that other file systems cannot tell apart."""
        for path, status in sorted(walk(root), key=lambda item: item[0].encode("utf-8", "surrogateescape")):
            shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
            if stat.S_ISLNK(status.st_mode):
                advice = "replace the link by the file itself"
                yield Finding("bag.symlink", "the bag holds a symbolic link", file=shown, advice=advice)
                continue
            if not stat.S_ISREG(status.st_mode):
                yield Finding("bag.special-file", "the bag holds a device, pipe or socket", file=shown)
                continue
            if is_system_file(path):
                message = "an operating system made this file; it may change or vanish"
                yield Finding("bag.system-file", message, file=shown, severity=Severity.WARNING)
            other = self._folded.setdefault(_fold(path), path)
            if other != path:
                message = f"on some file systems the name is the same as {other!r}"
                yield Finding("bag.name-collision", message, file=shown, severity=Severity.WARNING)
            self._composed.setdefault(unicodedata.normalize("NFC", path), path)
            self.sizes[path] = status.st_size
            if path.startswith("data/"):
                self.payload.add(path)

    def same_but_for_normalization(self, path: str) -> str | None:
        """Return the file whose name is equal under Unicode NFC."""
        return self._composed.get(unicodedata.normalize("NFC", path))

    def same_but_for_case(self, path: str) -> str | None:
        """Return the file whose name is equal under Unicode case folding."""
        return self._folded.get(_fold(path))


def _fold(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())


def is_system_file(path: str) -> bool:
    """Tell whether an operating system makes files of this name by itself."""
    return path.rpartition("/")[2].lower() in SYSTEM_FILES
