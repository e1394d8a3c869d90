"""Show a capture of a WACZ in ReplayWeb.page, in a headless Chromium on the loopback interface.

    python tests/replay/replay_page.py PACKAGE.wacz --viewer FOLDER --url ADDRESS --text WORDS [--screenshot FILE.png]

FOLDER is the unpacked npm package ``replaywebpage`` (``npm pack replaywebpage``, then ``tar xzf``). The exit code is
0 once the words stand in a frame of the page that is replayed, 1 if they do not within the time.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from select import select
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PAGE = b"<!doctype html><meta charset=utf-8><script src=/ui.js></script><replay-app-main></replay-app-main>"
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_TYPES = {".js": "text/javascript", ".html": "text/html", ".wacz": "application/wacz"}


def find_browser() -> str | None:
    """Return the path of a browser of this machine, None if there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@dataclass
class Replayed:
    """What the browser showed."""

    frames: list[str] = field(default_factory=list)
    """Text of each frame, as a reader sees it."""
    screenshot: bytes = b""


def replay(wacz: Path, viewer: Path, *, url: str, timestamp: str, text: str, seconds: float = 60) -> Replayed:
    """Open ``url`` as captured at ``timestamp`` (14 digits), wait for ``text``; return what is shown in the end."""
    browser = find_browser()
    assert browser is not None, "there is no Chromium"
    with _served({"/ui.js": viewer / "ui.js", "/sw.js": viewer / "sw.js", "/package.wacz": wacz}) as base:
        address = urllib.parse.quote(url, safe="")
        place = f"{base}/?source={base}/package.wacz#view=pages&url={address}&ts={timestamp}"
        with _Browser.started(browser) as chromium:
            return chromium.show(place, text, seconds)


class _Browser:
    """A headless browser that is spoken to in the DevTools protocol over two pipes."""

    def __init__(self, out: int, into: int) -> None:
        self._out, self._into = out, into
        self._rest = b""
        self._number = 0
        self._contexts: dict[int, str] = {}

    @classmethod
    @contextmanager
    def started(cls, program: str) -> Iterator[_Browser]:
        to_read, to_write = os.pipe(), os.pipe()

        def place_pipes() -> None:
            # The browser reads commands from descriptor 3 and writes answers to 4.
            ours = os.dup(to_read[0]), os.dup(to_write[1])
            os.dup2(ours[0], 3)
            os.dup2(ours[1], 4)

        options = "--headless=new --no-sandbox --disable-gpu --remote-debugging-pipe --window-size=1280,900"
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            command = [program, *options.split(), f"--user-data-dir={profile}", "about:blank"]
            process = subprocess.Popen(
                command,
                close_fds=False,
                preexec_fn=place_pipes,  # noqa: PLW1509 - it does nothing but dup(2)
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                yield cls(to_read[1], to_write[0])
            finally:
                process.kill()
                process.wait()
                for descriptor in (*to_read, *to_write):
                    os.close(descriptor)

    def show(self, place: str, text: str, seconds: float) -> Replayed:
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page.enable", "Runtime.enable"):
            self._ask(domain, session)
        self._ask("Page.navigate", session, url=place)
        until = time.monotonic() + seconds
        shown = Replayed()
        while time.monotonic() < until:
            shown.frames = [words for context in list(self._contexts) if (words := self._words(context, session))]
            if any(text in words for words in shown.frames):
                time.sleep(1)  # for what is painted last
                break
            time.sleep(0.25)
        picture = self._ask("Page.captureScreenshot", session, format="png")["data"]
        shown.screenshot = base64.b64decode(picture)
        return shown

    def _words(self, context: int, session: str) -> str:
        script = "document.body ? document.body.innerText : ''"
        try:
            result = self._ask("Runtime.evaluate", session, expression=script, contextId=context)
        except LookupError:  # the frame has gone meanwhile
            return ""
        value = result.get("result", {}).get("value", "")
        return value if isinstance(value, str) else ""

    def _ask(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise LookupError(answer["error"]["message"])
                result: dict[str, Any] = answer["result"]
                return result
            self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        method, parameters = event.get("method"), event.get("params", {})
        if method == "Runtime.executionContextCreated":
            self._contexts[parameters["context"]["id"]] = parameters["context"]["origin"]
        elif method == "Runtime.executionContextDestroyed":
            self._contexts.pop(parameters["executionContextId"], None)
        elif method == "Runtime.executionContextsCleared":
            self._contexts.clear()

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select([self._into], [], [], 60)[0]:
                raise TimeoutError("the browser does not answer")
            piece = os.read(self._into, 1 << 16)
            if not piece:
                raise EOFError("the browser has ended")
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextmanager
def _served(files: dict[str, Path]) -> Iterator[str]:
    """Serve ``files`` on the loopback interface, with ranges; give the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def _answer(self, *, body: bool) -> None:
            name = urllib.parse.urlsplit(self.path).path
            path = files.get(name)
            if path is None and name != "/":
                self.send_error(404)
                return
            data = path.read_bytes() if path is not None else _PAGE
            found = _RANGE.fullmatch(self.headers.get("Range", ""))
            start, end = (int(found[1]), int(found[2] or len(data) - 1) + 1) if found else (0, len(data))
            part = data[start:end]
            self.send_response(206 if found else 200)
            self.send_header("Content-Type", _TYPES.get(Path(name).suffix, "text/html"))
            self.send_header("Accept-Ranges", "bytes")
            if found:
                self.send_header("Content-Range", f"bytes {start}-{start + len(part) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(part)))
            self.end_headers()
            if body:
                self.wfile.write(part)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Show a capture of a WACZ in ReplayWeb.page.")
    parser.add_argument("wacz", type=Path)
    parser.add_argument("--viewer", type=Path, required=True, help="the unpacked npm package replaywebpage")
    parser.add_argument("--url", required=True)
    parser.add_argument("--timestamp", default="", help="14 digits")
    parser.add_argument("--text", required=True, help="words that must be seen")
    parser.add_argument("--screenshot", type=Path)
    said = parser.parse_args()
    shown = replay(said.wacz, said.viewer, url=said.url, timestamp=said.timestamp, text=said.text)
    if said.screenshot:
        said.screenshot.write_bytes(shown.screenshot)
    seen = any(said.text in words for words in shown.frames)
    sys.stdout.write(f"{'seen' if seen else 'not seen'} in {len(shown.frames)} frame(s)\n")
    return 0 if seen else 1


if __name__ == "__main__":
    sys.exit(main())
