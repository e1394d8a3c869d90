"""Invented inputs, and ways to run the command line and to compare what it leaves behind."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from archiver.cli import main
from archiver.schemas import read_schema, schema_names

#: Before a command: it heeds Ctrl-C, which a shell lets its background jobs, and so all that they start, ignore.
HEEDING = (
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])",
)
DATE = "2026-11-21T08:00:00Z"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def story(number: int = 0) -> str:
    """Return a text that any cleaner takes for an article; no two numbers give the same one."""
    return (
        f"Lighthouse {number} of Westmoor gets a new lamp\n\nBy Pat Sample\n\n12 March 2018\n\n"
        f"The lighthouse keepers of Westmoor carried lamp number {number} up two hundred steps on Monday, and by the "
        "evening it could be seen from the ferry, from the market and from the hill behind the school.\n\n"
        "“We counted every step twice,” said the eldest of them, who has kept the light for thirty years. “There are "
        "more of them in the dark than there are by day, and nobody has been able to tell us why.”\n\n"
        f"The old lamp goes to the museum in Eastmoor, where it will stand beside {number} others of its kind until "
        "the harbour has found somebody who can mend the winch that lowered it.\n\nShare this article\n"
    )


def page(number: int = 0) -> str:
    """Return the same as a page."""
    lines = [f"<p>{line}</p>" for line in story(number).split("\n\n")[3:]]
    head = f"<!doctype html><html lang=en><title>Lamp {number}</title><body><h1>Lamp {number}</h1>"
    return head + "".join(lines) + "</body></html>\n"


def corpus(folder: Path, count: int) -> Path:
    """Write ``count`` stories into ``folder``, some of them in folders below it, some as pages."""
    for number in range(count):
        place = folder / f"{number % 7}" if number % 3 == 0 else folder
        place.mkdir(parents=True, exist_ok=True)
        if number % 5 == 0:
            (place / f"story-{number:04d}.html").write_text(page(number), "utf-8")
        else:
            (place / f"story-{number:04d}.txt").write_text(story(number), "utf-8")
    return folder


def tree(folder: Path) -> dict[bytes, bytes]:
    """Return every file and link below ``folder``: its path in bytes, and its content."""
    root = os.fsencode(folder)
    found = {}
    for place, _, names in os.walk(root):
        for name in names:
            path = Path(os.fsdecode(place), os.fsdecode(name))
            content = b"-> " + os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
            found[os.path.relpath(os.fsencode(path), root)] = content
    return found


@dataclass(frozen=True)
class Outcome:
    """What a command said."""

    code: int
    out: bytes
    err: str

    @property
    def words(self) -> str:
        return self.out.decode()

    def document(self) -> dict[str, Any]:
        """Return the one document on standard output, after it was checked against its schema."""
        document: dict[str, Any] = json.loads(self.out)
        assert faults_of(document) == []
        assert document["exit_code"] == self.code
        return document


def invoke(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
    """Run the command line within this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    given = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), mock.patch.object(sys, "stdin", given):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
    out.flush()
    err.flush()
    return Outcome(code, out.buffer.getvalue(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]


def command(*arguments: str | Path | bytes) -> list[str | Path | bytes]:
    """Return the words that start the command line as a process of its own."""
    return [sys.executable, "-m", "archiver", *arguments]


def environment(**changed: str) -> dict[str, str]:
    """Return the environment of this process without what would decide an export, with ``changed``."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "COLUMNS")}
    return {**kept, **changed}


def process(*arguments: str | Path | bytes, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Outcome:
    """Run the command line as a process of its own."""
    done = subprocess.run(command(*arguments), cwd=cwd, env=env or environment(), capture_output=True)
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


@cache
def _validator(name: str) -> Draft202012Validator:
    found = [json.loads(read_schema(file)) for file in schema_names() if file.endswith(".json")]
    known = {schema["$id"]: schema for schema in found}
    registry: Registry[Any] = Registry().with_resources(
        (address, Resource.from_contents(schema)) for address, schema in known.items()
    )
    return Draft202012Validator(known[name], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults_of(document: Any, schema: str = "") -> list[str]:
    """Return what is wrong with a document, by ``schema`` or the one that it names, as jsonschema itself sees it."""
    name = f"https://w3id.org/archiver/schemas/1/{schema}.schema.json" if schema else document["schema"]
    return [f"{error.json_path}: {error.message}" for error in _validator(name).iter_errors(document)]


def export(inputs: Path | list[Path], output: Path, *options: str | Path) -> Outcome:
    """Export within this process, in one worker, at a fixed moment."""
    named = [inputs] if isinstance(inputs, Path) else inputs
    return invoke("export", *named, "-o", output, "--date", DATE, "--jobs", "1", "--json", *options)
