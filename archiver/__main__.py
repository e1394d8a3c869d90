"""``python -m archiver``, and the program ``archiver``."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line; until a command has begun, Ctrl-C leaves at once: there is nothing to put in order."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    # Reading the commands takes the longest part of the start.
    from archiver.cli import main

    main()


def _leave(_number: int, _frame: FrameType | None) -> None:
    try:
        os.write(2, b"archiver: interrupted\n")
    finally:
        os._exit(130)


if __name__ == "__main__":
    run()
