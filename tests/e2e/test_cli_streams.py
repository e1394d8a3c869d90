"""Standard streams as they really are: closed, full, gone, narrow, without the right letters."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from ..support_export import (
    DATE,
    HEEDING,
    command,
    corpus,
    environment,
    export,
    faults_of,
    invoke,
    process,
    story,
    tree,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("in") / "news", 6)


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    assert export(folder, folder.parent / "package").code == 0
    return folder.parent / "package"


def shell(line: str, *arguments: Path) -> subprocess.CompletedProcess[bytes]:
    """Run ``line`` in a shell where $A is the program and $1, $2 … are ``arguments``."""
    program = " ".join(str(word) for word in command())
    words = ["bash", "-c", f"A='{program}'; {line}", "bash", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, env=environment())


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    done = shell(
        "$A rules list | head -1; echo ${PIPESTATUS[0]}; $A strip $1 --json | head -1; echo ${PIPESTATUS[0]}", folder
    )
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("rules ")
    assert lines[1:] == ["0", "{", "0"]
    assert done.stderr == b""


def test_a_reader_that_leaves_early_does_not_change_the_outcome(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/bad.txt").write_bytes(b"")
    (tmp_path / "in/good.txt").write_text(story(), "utf-8")
    done = shell("$A export $1 -o $2 | true; echo ${PIPESTATUS[0]}", tmp_path / "in", tmp_path / "out")
    assert done.stdout == b"3\n"
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_standard_output_is_told(folder: Path) -> None:
    done = shell("$A strip $1 >/dev/full; echo $? >&2", folder)
    assert done.stderr.decode().splitlines()[-1] == "1"
    assert "standard output" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_words_about_what_is_sealed_do_not_change_the_outcome(package: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/bad.txt").write_bytes(b"")
    (tmp_path / "in/good.txt").write_text(story(), "utf-8")
    done = shell(
        "$A export $1 -o $2/out >/dev/full; echo $? >&2;"
        " $A convert $3 -o $2/out.tar --to tar --json >/dev/full; echo $? >&2;"
        " $A restore $3 -o $2/back >/dev/full; echo $? >&2",
        tmp_path / "in",
        tmp_path,
        package,
    )
    told = done.stderr.decode()
    assert [line for line in told.splitlines() if line.isdigit()] == ["3", "0", "0"]
    assert told.count("standard output cannot be written") == 3
    assert (tmp_path / "out").is_dir()
    assert tree(tmp_path / "back") == tree(folder)


def test_closed_streams_do_no_harm(folder: Path, package: Path, tmp_path: Path) -> None:
    done = shell("$A inspect $2 >&-; echo $?; $A strip - <&-; echo $?; $A strip $1/nope 2>&-; echo $?", folder, package)
    assert done.stdout.decode().splitlines() == ["0", "4", "2"]
    assert "Traceback" not in done.stderr.decode()
    done = shell("$A export $1 -o $2 --date " + DATE + " <&- >&- 2>&-", folder, tmp_path / "out")
    assert done.returncode == 0
    assert tree(tmp_path / "out") == tree(package)


@pytest.mark.parametrize(
    "changed", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_letters_that_a_terminal_lacks_are_no_fault(folder: Path, tmp_path: Path, changed: dict[str, str]) -> None:
    (tmp_path / "дом.txt").write_text("Привет", "utf-8")
    env = environment(**changed)
    for arguments in (
        ("explain", folder / "story-0001.txt"),
        ("explain", tmp_path, "--json"),
        ("strip", tmp_path / "нет"),
    ):
        outcome = process(*arguments, env=env)
        assert outcome.code in (0, 2, 4)
        assert "Traceback" not in outcome.err
        if "--json" in arguments:
            assert outcome.document()


def test_nothing_in_an_input_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    name = "a\x1b]0;owned\x07b\nc\u202ed.txt"
    (tmp_path / name).write_bytes(b"")
    (tmp_path / "good.txt").write_text(story().replace("Westmoor", "West\x1b[31mmoor\x9b2J"), "utf-8")
    before = sorted(tmp_path.iterdir())
    out = tmp_path.parent / f"{tmp_path.name}-out"
    said = [invoke("export", tmp_path, "-o", out), invoke("explain", tmp_path), invoke("strip", tmp_path, "--removed")]
    said += [invoke("inspect", out, "--articles"), invoke("verify", tmp_path / name)]
    for outcome in said:
        for text in (outcome.words, outcome.err):
            assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e"}, text
    assert sorted(tmp_path.iterdir()) == before


#: What a terminal obeys: escape sequences in either spelling, and marks that turn the direction of a line.
OBEYED = "\x1b]0;x\x07 and \x9b31m and \u202e and \u2066"


def on_a_terminal(*arguments: str | Path) -> str:
    """Return what a command writes on a terminal."""
    ours, theirs = os.openpty()
    done = subprocess.Popen(command(*arguments), stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 10_000):
            seen += piece
    except OSError:  # Linux says so when the other side has closed
        pass
    os.close(ours)
    done.wait()
    return seen.decode()


def test_a_terminal_gets_no_command_in_a_text_and_a_pipe_gets_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "esc.txt").write_text(story().replace("a new lamp", f"a new {OBEYED} lamp"), "utf-8")
    text = on_a_terminal("strip", tmp_path / "esc.txt")
    assert "lighthouse keepers" in text
    assert not set(text) & set("\x1b\x07\x9b\u202e\u2066")
    (tmp_path / "page.txt").write_text(story().replace("carried lamp", f"carried {OBEYED[-1]} lamp"), "utf-8")
    assert OBEYED[-1] in invoke("strip", tmp_path / "page.txt", "--to", "markdown").words
    assert OBEYED[-1] not in on_a_terminal("strip", tmp_path / "page.txt", "--to", "markdown")


def test_json_is_printed_with_escapes_for_what_a_terminal_obeys(tmp_path: Path) -> None:
    name = "c1\u009b31m\u202e.txt"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text(story().replace("carried lamp", "carried \x9b31m\u202e lamp"), "utf-8")
    (tmp_path / "in" / f"empty-{name}").write_bytes(b"")
    out, log = tmp_path / "out", tmp_path / "log.jsonl"
    exported = export(tmp_path / "in", out, "--log", log)
    assert exported.document()["rejects"][0]["path"] == f"empty-{name}"
    said = [exported.words, log.read_text("utf-8")]
    for words in (
        ("strip", tmp_path / "in" / name, "--json"),
        ("explain", tmp_path / "in" / name, "--json"),
        ("inspect", out, "--json", "--articles"),
        ("inspect", out, "--to", "jsonld"),
        ("inspect", out, "--to", "ninjs"),
    ):
        outcome = invoke(*words)
        assert outcome.code == 0
        assert "\\u009b31m\\u202e" in outcome.words, words
        said.append(outcome.words)
    assert not [text for text in said if set(text) & {"\x9b", "\u202e"}]
    # A package has its own canonical form.
    assert "\u202e" in (out / "data/metadata/articles.jsonl").read_text("utf-8")


def test_no_place_for_temporary_files_is_told(
    folder: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "none")])
    for words in (("export", folder, "-o", tmp_path / "out"), ("strip", folder), ("restore", package, "-o", tmp_path)):
        outcome = invoke(*words)
        if outcome.code:
            assert outcome.code == 1
            assert "TMPDIR" in outcome.err
            assert "Traceback" not in outcome.err
    assert invoke("export", folder, "-o", tmp_path / "out").code == 1


#: Sends SIGINT to itself when a module is about to be read, as if somebody had pressed Ctrl-C in this moment.
INTERRUPTED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == at:
            os.kill(os.getpid(), signal.SIGINT)

at, sys.argv = sys.argv[1], sys.argv[1:]
sys.meta_path.insert(0, Pressed())
from archiver.__main__ import run
run()
"""


@pytest.mark.parametrize("module", ["archiver.cli", "archiver.cli.export"])
def test_ctrl_c_while_it_starts_is_no_traceback(folder: Path, tmp_path: Path, module: str) -> None:
    words = [sys.executable, "-c", INTERRUPTED, module, "export", folder, "-o", tmp_path / "out"]
    done = subprocess.run(words, capture_output=True, env=environment())
    assert (done.returncode, done.stderr) == (130, b"archiver: interrupted\n")
    assert not (tmp_path / "out").exists()


def test_words_fit_a_narrow_terminal(folder: Path) -> None:
    outcome = process("explain", folder / "story-0001.txt", env=environment(COLUMNS="60"))
    assert max(map(len, outcome.words.splitlines()[2:-20])) <= 64


def test_no_progress_bar_without_a_terminal(folder: Path, tmp_path: Path) -> None:
    assert process("export", folder, "-o", tmp_path / "out").err == ""


def test_a_progress_bar_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    done = subprocess.Popen(command("export", folder, "-o", tmp_path / "out"), stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 1000)
        except OSError:  # Linux says so when the other side has closed
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    assert done.wait() == 0
    assert done.stdout is not None
    assert done.stdout.read().startswith(bytes(tmp_path / "out"))
    done.stdout.close()
    assert b"exporting" in seen
    assert b"100%" in seen


def test_a_terminal_that_is_closed_ends_no_run(folder: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    words = ["export", folder, "-o", tmp_path / "out", "--date", DATE, "--jobs", "1"]
    done = subprocess.Popen(command(*words), stdout=subprocess.DEVNULL, stderr=theirs, start_new_session=True)
    os.close(theirs)
    assert os.read(ours, 1000)
    os.close(ours)
    assert done.wait(timeout=120) == 0
    assert (tmp_path / "out").is_dir()
    assert not (tmp_path / "out.partial").exists()


def test_progress_for_programs_is_lines_of_json(folder: Path, tmp_path: Path) -> None:
    outcome = invoke("export", folder, "-o", tmp_path / "out", "--date", DATE, "--jobs", "1", "--progress", "json")
    assert outcome.code == 0
    lines = [json.loads(line) for line in outcome.err.splitlines()]
    assert [fault for line in lines for fault in faults_of(line, "progress")] == []
    assert lines[-1]["done"] == lines[-1]["total"] > 0


def test_ctrl_c_and_sigterm_are_130_and_the_run_goes_on_later(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 240)
    arguments = ("export", folder, "-o", tmp_path / "out", "--date", DATE, "--jobs", "2")
    # The system sends SIGTERM to the parent alone, a terminal SIGINT to the whole group: parent and workers.
    for number, send in ((signal.SIGTERM, os.kill), (signal.SIGINT, os.killpg)):
        running = subprocess.Popen(
            [*HEEDING, *command(*arguments, "--resume")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            start_new_session=True,
        )
        before = {path.name for path in tmp_path.glob("out.partial/shards/*.attempt-*")}
        while {path.name for path in tmp_path.glob("out.partial/shards/*.attempt-*")} <= before:
            assert running.poll() is None
            time.sleep(0.01)
        send(running.pid, number)
        _, err = running.communicate(timeout=60)
        assert running.returncode == 130
        assert b"Traceback" not in err
        assert b"--resume" in err
        assert not (tmp_path / "out").exists()
        told = invoke("inspect", tmp_path / "out.partial", "--json").document()
        assert (told["state"], told["stopped_by"]) == ("stopped", "KeyboardInterrupt")
    without = process(*arguments, "--json")
    assert without.code == 2
    assert without.document()["error"]["code"] == "usage.output-exists"
    assert export(folder, tmp_path / "out", "--resume").code == 0
    assert export(folder, tmp_path / "whole").code == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
    assert not (tmp_path / "out.partial").exists()
