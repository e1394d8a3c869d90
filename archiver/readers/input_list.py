"""The files of an input in the order of their names, on the disk: there can be more than memory should hold."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from archiver.model.intake import Form, InputFile
from archiver.warc.line_sort import RUN_LINES, sorted_lines

_PIECE = 1 << 16


class InputList(Iterable[InputFile]):
    """Input files, sorted by name in bytewise order, each name once; can be gone through as often as wanted.

    Raises OSError where the folder for temporary files takes nothing.
    """

    def __init__(self, files: Iterable[InputFile]) -> None:
        self.count = 0
        self.bytes = 0
        """Of all files together."""
        self._data: dict[str, bytes] = {}
        self._file = TemporaryFile()  # noqa: SIM115 - as long as this object
        before = b""
        for line in _sorted(map(self._line, files)):
            name, _, said = line.partition(b" ")
            if name != before:
                self._file.write(said)
                self.count += 1
                self.bytes += json.loads(said)[3]
            before = name
        self._file.flush()

    def _line(self, file: InputFile) -> bytes:
        if file.data is not None:
            self._data[file.name] = file.data
        said = [file.path, file.name, file.name_encoding, file.size, file.form.value, file.modified, file.only]
        # Escapes keep names apart from line ends, and what is no UTF-8 in them as it is.
        return file.name.encode().hex().encode() + b" " + json.dumps(said).encode() + b"\n"

    def __iter__(self) -> Iterator[InputFile]:
        """Yield the files in order."""
        at, rest = 0, b""
        # Each pass has a place of its own in the file.
        while piece := os.pread(self._file.fileno(), _PIECE, at):
            at += len(piece)
            *lines, rest = (rest + piece).split(b"\n")
            yield from map(self._input, lines)

    def _input(self, line: bytes) -> InputFile:
        path, name, encoding, size, form, modified, only = json.loads(line)
        return InputFile(
            path=path,
            name=name,
            name_encoding=encoding,
            size=size,
            form=Form(form),
            data=self._data.get(name),
            modified=modified,
            only=tuple(only) if only is not None else None,
        )


def _sorted(lines: Iterator[bytes]) -> Iterator[bytes]:
    first = list(islice(lines, RUN_LINES))
    if len(first) < RUN_LINES:
        yield from sorted(first)
        return
    with TemporaryDirectory(prefix="archiver-") as scratch:
        yield from sorted_lines(chain(_drained(first), lines), Path(scratch) / "sorting")


def _drained(lines: list[bytes]) -> Iterator[bytes]:
    """Yield the lines and let go of each."""
    lines.reverse()
    while lines:
        yield lines.pop()
