"""Standard input and output as they really are: closed, full, piped into a reader that leaves early."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, TextIO

from archiver.canon import unseen_escaped
from archiver.errors import ArchiverError

#: Controls, and marks that turn the direction of what follows.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class UnwritableError(ArchiverError):
    """Standard output takes nothing."""

    code = "output.unwritable"


def mend_streams() -> None:
    """Give closed streams a place to go, and let none of them fail over a character that it cannot write."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """Print words for people on standard output. Raises what :func:`write_bytes` raises."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    write_bytes(text.encode(encoding, "replace") + b"\n")


def complain(text: str) -> None:
    """Print words for people on standard error; where that is gone there is nobody to tell."""
    write_aside(text + "\n")


def write_aside(text: str) -> None:
    """Write ``text`` on standard error as it is; a terminal that was closed, or a full disk, ends no work."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        _let_go(sys.stderr)


def print_json(document: Mapping[str, Any]) -> None:
    """Print ``document`` on standard output, UTF-8 whatever the locale says. Raises what :func:`write_bytes` raises."""
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False, allow_nan=False)
    write_bytes(unseen_escaped(text).encode("utf-8", "replace") + b"\n")


def write_content(data: bytes) -> None:
    """Write ``data``, UTF-8 that a stranger wrote: as it is, save that a terminal gets nothing that it would obey.

    Raises what :func:`write_bytes` raises.
    """
    if sys.stdout.isatty():
        text = data.decode("utf-8", "surrogateescape")
        data = _OBEYED.sub("\ufffd", text).encode("utf-8", "surrogateescape")
    write_bytes(data)


def write_bytes(data: bytes) -> None:
    """Write ``data`` on standard output as it is; a reader that has gone (``| head``) is no error.

    Raises UnwritableError where the output cannot be written, such as on a full disk.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)
    except OSError as error:
        _let_go(sys.stdout)
        raise UnwritableError(
            f"standard output cannot be written: {error.strerror}", advice="check where it leads"
        ) from error


def _let_go(stream: TextIO) -> None:
    """Lead a stream nowhere, so that Python's last flush does not fail again, which has an exit code of its own."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def read_stdin(inputs: Sequence[str]) -> bytes | None:
    """Return all of standard input if ``inputs`` name it, else None."""
    from archiver.readers.discover import STDIN

    return sys.stdin.buffer.read() if STDIN in inputs else None


def printable(text: str) -> str:
    """Return ``text`` without control characters, so that no input can send escape sequences to a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
