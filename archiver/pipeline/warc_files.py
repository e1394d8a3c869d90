"""The WARC files of the package as they are filled: a new one begins before one grows too large."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from archiver import canon
from archiver.model.records import WarcRecord
from archiver.package.atomic import laid_file
from archiver.warc.header import header_length, parse_header
from archiver.warc.record import field_value
from archiver.warc.write import member

_TRAILER = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class WarcPlace:
    """Where a member has come to lie."""

    serial: int
    """Number of the file, from 0."""
    offset: int
    length: int


class WarcFiles:
    """Takes members in order and lays them into ``NAME-00000.warc.gz`` and so on; a context manager.

    A file ends before the member that would make it larger than ``limit`` bytes (0: never); a member that is
    larger by itself stands alone in its file. Each file begins with a ``warcinfo``. Raises PackageError.
    """

    def __init__(self, folder: Path, name: str, *, limit: int) -> None:
        self._folder = folder
        self._name = name
        self._limit = limit
        self._open = ExitStack()
        self._file: BinaryIO | None = None
        self._serial = -1
        self._size = 0
        self._filled = False
        self._info = b""
        self._told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._file is None and self._info:
            self._begin(self._info)
        self._open.__exit__(kind, error, trace)

    def begin_segment(self, info: bytes) -> None:
        """Say that the members of another segment follow; ``info`` is the member of its ``warcinfo``.

        It is written before the first of them, so that no segment leaves nothing but its ``warcinfo``.
        """
        self._info = info
        self._told = False

    def add(self, pieces: Iterable[bytes], length: int) -> WarcPlace:
        """Write one member of ``length`` bytes; return where it stands."""
        coming = length if self._told else length + len(self._info)
        if self._filled and self._limit and self._size + coming > self._limit:
            self._begin(self._info if not self._told else _continued(self._info, self._serial + 1))
        elif self._file is None:
            self._begin(self._info)
        elif not self._told:
            self._write((self._info,))
        self._told = True
        self._filled = True
        place = WarcPlace(self._serial, self._size, length)
        self._write(pieces)
        return place

    def _begin(self, info: bytes) -> None:
        self._open.close()
        self._serial += 1
        self._size = 0
        self._filled = False
        self._file = self._open.enter_context(laid_file(self._folder / warc_file_name(self._name, self._serial)))
        self._write((info,))

    def _write(self, pieces: Iterable[bytes]) -> None:
        assert self._file is not None
        for piece in pieces:
            self._size += self._file.write(piece)


def warc_file_name(name: str, serial: int) -> str:
    """Return the name of a WARC file of the package."""
    return f"{name}-{serial:05d}.warc.gz"


def _continued(info: bytes, serial: int) -> bytes:
    """Return the ``warcinfo`` member ``info`` once more, with an id of its own, for the file that goes on."""
    content = zlib.decompress(info, 16 + zlib.MAX_WBITS)
    size = header_length(content)
    fields = parse_header(content[:size]).fields
    identity = canon.content_urn("warcinfo", field_value(fields, "WARC-Record-ID") or "", "continued", str(serial))
    record = WarcRecord(
        type="warcinfo",
        record_id=identity,
        date=field_value(fields, "WARC-Date") or "",
        content_type=field_value(fields, "Content-Type") or "",
        block=content[size:].removesuffix(_TRAILER),
    )
    return member(record)
