"""Comparing a file with what it is made anew from, piece by piece, so that none of the two is ever held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from archiver.model.outcome import Finding
from archiver.package.atomic import package_error

_SHOWN = 60
_ADVICE = (
    "somebody changed it, or what it is made from, after the package was sealed; "
    "get the package from another copy and compare"
)


class Comparison:
    """Takes the pieces that a file should have, in order; a context manager. Raises PackageError.

    A file that is not there differs in nothing: whoever asks for it tells.
    """

    def __init__(self, root: Path, name: str) -> None:
        self._path = root / name
        self._name = name
        self._file: BinaryIO | None = None
        self._line = 1
        self._at = 0
        self._found: Finding | None = None

    def __enter__(self) -> Self:
        if self._path.is_file() and not self._path.is_symlink():
            try:
                self._file = self._path.open("rb")
            except OSError as error:
                raise package_error(error, self._path, "read the file") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def expect(self, piece: bytes) -> None:
        """Compare the next bytes of the file with ``piece``."""
        if self._file is None or self._found is not None:
            return
        there = self._read(len(piece))
        if there == piece:
            self._line += piece.count(b"\n")
            self._at += len(piece)
        else:
            self._differs(there + self._read(_SHOWN), piece)

    def expect_all(self, pieces: Iterable[bytes]) -> None:
        """Compare the next bytes of the file with ``pieces``."""
        for piece in pieces:
            self.expect(piece)

    def end(self) -> Iterator[Finding]:
        """Yield where the file first differs from what was expected, if it does."""
        if self._file is not None and self._found is None and (more := self._read(_SHOWN)):
            self._differs(more, b"")
        if self._found is not None:
            yield self._found

    @property
    def same(self) -> bool:
        """Tell whether the file is there and no difference was found."""
        return self._file is not None and self._found is None

    def _read(self, size: int) -> bytes:
        assert self._file is not None
        try:
            return self._file.read(size)
        except OSError as error:
            raise package_error(error, self._path, "read the file") from error

    def _differs(self, there: bytes, wanted: bytes) -> None:
        at = next((place for place, (one, other) in enumerate(zip(there, wanted, strict=False)) if one != other), None)
        at = min(len(there), len(wanted)) if at is None else at
        begin = max(there.rfind(b"\n", 0, at) + 1, at - _SHOWN // 2)
        message = (
            f"the file is not what its software makes of the rest of the package: {_shown(there, begin)} stands "
            f"where {_shown(wanted, begin)} should"
        )
        line, offset = self._line + there.count(b"\n", 0, at), self._at + at
        self._found = Finding("package.made-otherwise", message, self._name, line, offset, advice=_ADVICE)


def _shown(data: bytes, begin: int) -> str:
    part = data[begin : begin + _SHOWN].split(b"\n", 1)[0]
    return repr(part.decode("utf-8", "replace")) if part else "nothing"


def compare(root: Path, name: str, pieces: Iterable[bytes]) -> Iterator[Finding]:
    """Yield where the file ``name`` of the package at ``root`` first differs from ``pieces``. Raises PackageError."""
    with Comparison(root, name) as file:
        file.expect_all(pieces)
        yield from file.end()
