"""Real pages and texts out of the gold data, for those who want to see what a package makes of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

#: Every so manyth page, and dump of a page as text, is taken.
_EVERY = 120


def real_inputs(shared: Path, folder: Path) -> Path:
    """Put some dozens of real pages and texts, five real articles and an empty file into ``folder``; or skip."""
    archive = shared / "data" / "dev.tar.zst"
    if not archive.is_file() or not shutil.which("tar") or not shutil.which("zstd"):
        pytest.skip("the gold data, tar or zstd is not here")
    folder.mkdir(parents=True)
    tar = ["tar", "--use-compress-program", "zstd", "--file", str(archive)]
    listed = subprocess.run([*tar, "--list"], capture_output=True, text=True, check=True).stdout.splitlines()
    wanted = sorted(name for name in listed if name.endswith(".html") or ("-full/" in name and name.endswith(".txt")))
    subprocess.run([*tar, "--extract", "--directory", str(folder), *wanted[::_EVERY]], check=True)
    for path in (shared / "articles").glob("*.txt"):
        shutil.copy(path, folder)
    (folder / "empty.txt").write_bytes(b"")
    return folder
