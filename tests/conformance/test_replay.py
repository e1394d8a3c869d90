"""Replay by other people's software: pywb gives the archived bytes, ReplayWeb.page shows the page.

pywb is found by ARCHIVER_PYWB, the Python of an environment that has it; ReplayWeb.page by ARCHIVER_REPLAYWEBPAGE,
the folder of its unpacked npm package. docs/dependencies.md tells how to get both.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archiver.pipeline import captures
from archiver.warc.http import payload_readings
from archiver.warc.scan import scan

from ..replay.replay_page import find_browser, replay
from ..support_export import export, invoke, page, story

_SECONDS = 60


@dataclass(frozen=True)
class Entry:
    """One line of the index."""

    url: str
    timestamp: str
    mime: str
    digest: str


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """Captures with HTTP headers, pages and texts without, and some of them twice."""
    root = tmp_path_factory.mktemp("replay")
    inputs = root / "in"
    (inputs / "again").mkdir(parents=True)
    shutil.copy(samples / "warc-capture" / "input.warc.gz", inputs / "capture.warc.gz")
    shutil.copy(samples / "html-semantic" / "input.html", inputs / "semantic.html")
    for number in range(4):
        (inputs / f"page {number}.html").write_text(page(number), "utf-8")
        (inputs / f"story-{number}.txt").write_text(story(number), "utf-8")
    for name in ("page 1.html", "story-1.txt", "semantic.html"):
        shutil.copy(inputs / name, inputs / "again" / name)
    assert export(inputs, root / "package").code == 0
    return root / "package"


def entries(package: Path) -> Iterator[Entry]:
    for line in (package / "data/indexes/index.cdxj").read_text("utf-8").splitlines():
        _, timestamp, fields = line.split(" ", 2)
        values = json.loads(fields)
        yield Entry(values["url"], timestamp, values.get("mime", ""), values["digest"])


def payloads(package: Path) -> dict[str, bytes]:
    """Return payload by digest of what is not a revisit."""
    found = {}
    for path in (package / "data/archive").iterdir():
        for item in scan(path):
            digest = getattr(item, "get", lambda _: None)("WARC-Payload-Digest")
            if digest and item.type in ("resource", "response"):  # type: ignore[union-attr]
                block = item.block  # type: ignore[union-attr]
                found[digest] = payload_readings(block)[0] if item.type == "response" else block  # type: ignore[union-attr]
    return found


# pywb


@pytest.fixture(scope="module")
def pywb() -> Path:
    python = os.environ.get("ARCHIVER_PYWB")
    if not python:
        pytest.skip("pywb is not here (set ARCHIVER_PYWB to the Python of an environment with it)")
    return Path(python).parent


@pytest.fixture(scope="module")
def wayback(package: Path, pywb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Wayback machine of pywb with the package's captures, on the loopback interface."""
    folder = tmp_path_factory.mktemp("wayback")
    for arguments in (["init", "c"], ["add", "c", *sorted(map(str, (package / "data/archive").iterdir()))]):
        done = subprocess.run([pywb / "wb-manager", *arguments], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [pywb / "wayback", "-b", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + _SECONDS
        while not _answers(base):
            assert server.poll() is None, "pywb has ended"
            assert time.monotonic() < until, "pywb does not answer"
            time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait()


def _answers(base: str) -> bool:
    try:
        with urllib.request.urlopen(base, timeout=5):
            return True
    except urllib.error.URLError:
        return False


def test_pywb_gives_every_capture_and_every_revisit_byte_for_byte(package: Path, wayback: str) -> None:
    expected = payloads(package)
    kinds = set()
    for entry in entries(package):
        if not entry.mime:  # a redirect has no payload to be shown
            continue
        address = f"{wayback}/c/{entry.timestamp}id_/{entry.url}"
        # Else pywb undoes the content coding.
        asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:
            assert answer.read() == expected[entry.digest], entry.url
        kinds.add(entry.mime)
    assert kinds >= {"text/html", "text/plain", "image/png", "warc/revisit"}


def test_pywb_finds_captures_by_our_compressed_index(
    package: Path, pywb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own reader of compressed indexes, told where the blocks lie."""
    monkeypatch.setattr(captures, "PLAIN_INDEX_LINES", 3)
    target = tmp_path / "package"
    assert export(package.parent / "in", target).code == 0
    assert invoke("verify", target, "--json").document()["ok"] is True
    folder = target / "data/indexes"
    assert sorted(path.name for path in folder.iterdir()) == ["index.cdx.gz", "index.idx"]
    found = subprocess.run(
        [pywb / "python", "-c", _LOOK_UP, folder, *[entry.url for entry in entries(package)]],
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stderr
    urls = [set(line.split("\t")) for line in found.stdout.splitlines()]
    assert len(urls) == len(list(entries(package)))
    assert all(entry.url in there for entry, there in zip(entries(package), urls, strict=True))


_LOOK_UP = """
import sys
from pywb.utils.canonicalize import canonicalize
from pywb.warcserver.index.zipnum import ZipNumIndexSource
folder, *urls = sys.argv[1:]
source = ZipNumIndexSource(folder + "/index.idx", {"shard_index_loc": {"match": "^.*$", "replace": folder + "/"}})
for url in urls:
    key = canonicalize(url).encode()
    print(*[entry["url"] for entry in source.load_index({"url": url, "key": key, "end_key": key + b"!"})], sep="\\t")
"""


# ReplayWeb.page


@pytest.fixture(scope="module")
def viewer() -> Path:
    folder = os.environ.get("ARCHIVER_REPLAYWEBPAGE")
    if not folder:
        pytest.skip("ReplayWeb.page is not here (set ARCHIVER_REPLAYWEBPAGE to its unpacked npm package)")
    if find_browser() is None:
        pytest.skip("there is no Chromium")
    return Path(folder)


CAPTURE = ("https://stories.example.org/culture/organ", "20181106101502", "Plumber's organ is heard at last")
SECOND_OF_TWO = ("file:///page%201.html", "20261121080000", "carried lamp number 1 up two hundred steps")


@pytest.mark.parametrize(
    ("plain_lines", "asked"),
    [(captures.PLAIN_INDEX_LINES, (CAPTURE, SECOND_OF_TWO)), (3, (SECOND_OF_TWO,))],
    ids=["plain index", "compressed index"],
)
def test_replayweb_page_shows_a_capture_and_a_page_that_is_there_twice(
    package: Path,
    viewer: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    plain_lines: int,
    asked: tuple[tuple[str, str, str], ...],
) -> None:
    monkeypatch.setattr(captures, "PLAIN_INDEX_LINES", plain_lines)
    target = tmp_path / "package"
    assert export(package.parent / "in", target, "--format", "wacz").code == 0
    for url, timestamp, words in asked:
        shown = replay(tmp_path / "package.wacz", viewer, url=url, timestamp=timestamp, text=words, seconds=_SECONDS)
        assert any(words in text for text in shown.frames), shown.frames
        assert shown.screenshot.startswith(b"\x89PNG")
