"""What every command does alike: how errors are told and what the exit code is."""

from __future__ import annotations

import functools
import signal
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import ParamSpec

import typer

from archiver.cli.streams import UnwritableError, complain, print_json, printable
from archiver.errors import ArchiverError, ExitCode, InternalFaultError
from archiver.report.envelope import error_document

P = ParamSpec("P")

_GO_ON = "go on with --resume; `archiver inspect OUTPUT.partial` tells how far it is"

JSON_OPTION = typer.Option("--json", help="Print one JSON document instead of words (schemas: archiver schema).")


class InterruptedByUserError(ArchiverError):
    """Somebody pressed Ctrl-C, or the system asked the process to end (SIGTERM)."""

    code = "interrupted"
    exit_code = ExitCode.INTERRUPTED


def command(function: Callable[P, int | None]) -> Callable[P, None]:
    """Turn a function that returns an exit code into a command that tells errors and leaves with that code."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.get("as_json")) or kwargs.get("report") == "json"
        try:
            with _signals_as_interrupt():
                code = function(*args, **kwargs) or ExitCode.DONE
        except ArchiverError as error:
            code = tell(error, as_json=as_json)
        except KeyboardInterrupt:
            advice = _GO_ON if function.__name__ == "export" else ""
            code = tell(InterruptedByUserError("interrupted", advice=advice), as_json=as_json)
        except Exception as error:  # noqa: BLE001 - the last door: a bug is told as one, with its own exit code
            code = tell(_last(error), as_json=as_json)
        raise typer.Exit(int(code))

    return run


def _last(error: Exception) -> ArchiverError:
    """Return what is told of an error that nobody took: where there is room for nothing, or a bug."""
    if isinstance(error, FileNotFoundError) and _lacks_temporary_folder():
        return ArchiverError(
            f"there is no place for temporary files: {error.strerror}",
            advice="set the environment variable TMPDIR to a folder that can be written to",
        )
    complain(traceback.format_exc())
    return InternalFaultError(
        f"a fault in archiver itself: {type(error).__name__}: {error}", advice="please report it with the lines above"
    )


def _lacks_temporary_folder() -> bool:
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        return True
    return False


@contextmanager
def _signals_as_interrupt() -> Iterator[None]:
    """Take SIGTERM, by which systems stop a process when they shut down, for Ctrl-C, which now has work to end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    # A process that is told to ignore it does.
    heard = signal.getsignal(signal.SIGINT)
    if callable(heard):
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL if before is None else before)
        signal.signal(signal.SIGINT, signal.SIG_DFL if heard is None else heard)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def behind_the_work() -> Iterator[None]:
    """Tell of a work that is done: words that nobody takes are a warning, and change nothing of its exit code."""
    try:
        yield
    except UnwritableError as error:
        tell(error, as_json=False)


def tell(error: ArchiverError, *, as_json: bool) -> ExitCode:
    """Tell a person, or a program, what went wrong; return the exit code of the error."""
    if as_json:
        # The error can be that standard output takes nothing.
        with suppress(ArchiverError):
            print_json(error_document(error))
    complain(f"archiver: {printable(error.place + ': ' if error.place else '')}{printable(error.message)}")
    if error.advice:
        complain(f"  → {printable(error.advice)}")
    return error.exit_code
