"""Runs that are interrupted at their file operations go on to the same package: some of what interrupt.py does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..support_export import environment

SCRIPT = Path(__file__).with_name("interrupt.py")


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork(2)")
@pytest.mark.parametrize("words", [("kills", "--every", "900", "--random", "1"), ("errors", "--every", "200")])
def test_no_interruption_leaves_half_a_package_or_another_one(words: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, SCRIPT, *words], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "each ended in the same package" in done.stdout
