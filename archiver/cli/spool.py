"""Objects on their way into a JSON document, on the disk meanwhile: there can be more than memory holds."""

from __future__ import annotations

import json
import tempfile
import textwrap
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from archiver.canon import unseen_escaped
from archiver.cli.streams import write_bytes

_IN_MEMORY = 4 * 1024 * 1024
_BLOCK = 1024 * 1024


class Spool:
    """Takes objects one by one and prints them as one member of a document."""

    def __init__(self, member: str) -> None:
        self._member = member
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed at the exit
        self._first = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, value: Mapping[str, Any]) -> None:
        """Take in an object. Raises OSError."""
        text = unseen_escaped(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))
        before = "\n" if self._first else ",\n"
        self._file.write((before + textwrap.indent(text, "    ")).encode("utf-8", "replace"))
        self._first = False

    def print(self, document: Mapping[str, Any]) -> None:
        """Print ``document`` with these objects as its last member. Raises OSError and ArchiverError."""
        head = {key: value for key, value in document.items() if key != self._member}
        begun = unseen_escaped(json.dumps(head, ensure_ascii=False, indent=2, allow_nan=False)).removesuffix("\n}")
        write_bytes((begun + f',\n  "{self._member}": [').encode("utf-8", "replace"))
        self._file.seek(0)
        while block := self._file.read(_BLOCK):
            write_bytes(block)
        write_bytes(b"]\n}\n" if self._first else b"\n  ]\n}\n")
