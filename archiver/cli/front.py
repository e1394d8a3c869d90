"""What every command does alike: how errors are told, how JSON is printed, what the exit code is."""

from __future__ import annotations

import functools
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ParamSpec

import typer

from archiver.errors import ArchiverError, ExitCode
from archiver.report.machine import error_document

P = ParamSpec("P")

JSON_OPTION = typer.Option("--json", help="Print one JSON document instead of words (schemas: archiver schema).")


def command(function: Callable[P, int | None]) -> Callable[P, None]:
    """Turn a function that returns an exit code into a command that tells errors and leaves with that code."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            code = function(*args, **kwargs) or ExitCode.DONE
            sys.stdout.flush()
        except ArchiverError as error:
            code = tell(error, as_json=as_json)
        except KeyboardInterrupt:
            typer.echo("interrupted; an export can be continued with --resume", err=True)
            code = ExitCode.INTERRUPTED
        except BrokenPipeError:
            # The reader has gone (`| head`): nobody is left to be told anything.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = ExitCode.DONE
        except Exception:  # noqa: BLE001 - the last door: a bug is told as one, with its own exit code
            typer.echo(traceback.format_exc(), err=True)
            typer.echo("archiver: this is a fault in archiver itself; please report the lines above", err=True)
            code = ExitCode.INTERNAL_FAULT
        raise typer.Exit(int(code))

    return run


def tell(error: ArchiverError, *, as_json: bool) -> ExitCode:
    """Tell a person, or a program, what went wrong; return the exit code of the error."""
    if as_json:
        print_json(error_document(error))
    typer.echo(f"archiver: {printable(error.place + ': ' if error.place else '')}{printable(error.message)}", err=True)
    if error.advice:
        typer.echo(f"  → {printable(error.advice)}", err=True)
    return error.exit_code


def print_json(document: Mapping[str, Any]) -> None:
    """Print ``document`` on standard output, UTF-8 whatever the locale says."""
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False, allow_nan=False)
    write_bytes(text.encode("utf-8", "replace") + b"\n")


def write_bytes(data: bytes) -> None:
    """Write ``data`` on standard output as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def printable(text: str) -> str:
    """Return ``text`` without control characters, so that no input can send escape sequences to a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


@contextmanager
def progress_bar(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that shows how much of a long work is done; None where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    bar: Any = None
    last = 0

    def show(done: int, total: int) -> None:
        nonlocal bar, last
        if bar is None:
            bar = typer.progressbar(length=total, label=label, file=sys.stderr)
            bar.__enter__()
        bar.update(done - last)
        last = done

    try:
        yield show
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
