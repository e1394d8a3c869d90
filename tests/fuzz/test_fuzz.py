"""The targets of the fuzzer: on the inputs that it begins with, and for a moment in its hands."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest

from ..support_export import environment
from .targets import TARGETS

FUZZER = Path(__file__).with_name("fuzz.py")
#: Inputs for each target; most of the time goes into the beginning.
RUNS = 20


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_on_what_the_fuzzer_begins_with(name: str) -> None:
    target, seeds, most = TARGETS[name]
    chance = random.Random(name)
    given = list(seeds())
    assert given
    for seed in given[:4]:
        target(seed[:most])
        changed = bytearray(seed[:most])
        for _ in range(3):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        target(bytes(changed))
    target(b"")


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not here: pip install '.[fuzz]'")
def test_the_fuzzer_finds_nothing_in_a_moment(tmp_path: Path) -> None:
    command = [sys.executable, str(FUZZER), "--runs", str(RUNS), "--seconds", "10", "--corpus", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, env=environment(), cwd=tmp_path)
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, said[-4000:]
    assert [line for line in said.splitlines() if line.startswith("== ")][:-1] == [f"== {name}" for name in TARGETS]
    assert len([line for line in said.splitlines() if line.startswith("Done")]) == len(TARGETS)
