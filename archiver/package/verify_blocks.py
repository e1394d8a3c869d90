"""Checking the lists of blocks of compressed indexes in anybody's WACZ (ZipNum; cdxj-gzip-1.0)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from archiver.canon import sha256_hex
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.index_read import block_at

_HEADER = "!meta"
_COLUMNS = 5


def check_block_lists(folder: Path) -> Iterator[Finding]:
    """Yield where a list of blocks, ``*.idx`` in ``folder``, does not lead to its blocks. Raises OSError."""
    for path in sorted(folder.glob("*.idx")):
        shown = f"{layout.DATA}/{folder.name}/{path.name}"
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
        blocks = _index_of(path, lines)
        if not blocks.is_file():
            yield Finding("cdxj.blocks", f"it lists the blocks of {blocks.name}, which is not there", file=shown)
            continue
        with blocks.open("rb") as file:
            yield from _check_lines(lines, file, blocks.stat().st_size, shown)


def _index_of(path: Path, lines: list[str]) -> Path:
    """Return the index that the lines are about: as the header says, or the first line, or the name of the list."""
    for line in lines[:2]:
        _, value = _parts(line)
        name = value.get("filename")
        if isinstance(name, str) and name and "/" not in name and "\0" not in name:
            return path.with_name(name)
    names = (f"{path.stem}.cdx.gz", f"{path.stem}.cdxj.gz")
    return next((path.with_name(name) for name in names if path.with_name(name).is_file()), path.with_name(names[0]))


def _check_lines(lines: list[str], file: BinaryIO, size: int, shown: str) -> Iterator[Finding]:
    end = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith(_HEADER):
            continue
        key, value = _parts(line)
        try:
            offset, length = int(value["offset"]), int(value["length"])
            packed, content = block_at(file, offset, length)
            digest = value.get("digest")
            if isinstance(digest, str) and digest.startswith("sha256:") and digest[7:] != sha256_hex(packed):
                raise ValueError(f"the block at byte {offset} has changed: it does not have the digest {digest}")
            if not content.startswith(key.encode("utf-8")):
                raise ValueError(f"the block at byte {offset} does not begin with {key[:120]!r}")
        except (KeyError, ValueError, TypeError) as error:
            message = str(error) if isinstance(error, ValueError) else "the line has no offset and length of a block"
            yield Finding("cdxj.blocks", message, file=shown, line=number)
            return
        if offset != end:
            message = f"the block begins at {offset}, the one before it ends at {end}"
            yield Finding("cdxj.blocks", message, file=shown, line=number)
        end = offset + length
    if end != size:
        yield Finding("cdxj.blocks", f"the blocks end at byte {end} of {size}", file=shown)


def _parts(line: str) -> tuple[str, dict[str, Any]]:
    """Return key and timestamp, and what is said of the block, in the form with tabs or with a JSON object."""
    columns = line.split("\t")
    if len(columns) == _COLUMNS:
        return columns[0], {"filename": columns[1], "offset": columns[2], "length": columns[3]}
    key, brace, rest = line.partition("{")
    try:
        value = json.loads(brace + rest)
    except (ValueError, RecursionError):
        value = None
    return key.strip(), value if isinstance(value, dict) else {}
