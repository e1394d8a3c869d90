"""Telling a package of archiver from anybody's bag or WACZ, by any trace that archiver leaves in one.

Who takes a list out of a package, or empties it, must not make it a plain bag that nobody looks into.
Only the package itself counts: one that stands deeper in somebody's bag does not make that bag one of ours.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.bag_profile import IDENTIFIER, LABEL
from archiver.package.bag_read import read_info

#: Lists that tell a package by themselves, and all that archiver writes into ``data/`` whatever the input.
REQUIRED = (layout.ARTICLES, layout.SOURCES)
LISTS = (*REQUIRED, layout.LEDGER, layout.REJECTS)
_AGENT = re.compile(r"archiver \d")
_SOFTWARE = re.compile(rb'"software"\s*:\s*"archiver \d')
_PREMIS_AGENT = re.compile(rb"<agentName>archiver</agentName>\s*<agentType>software<")
#: The package that PREMIS tells of, not one that stands somewhere in it.
_PREMIS_PATH = re.compile(rb"Value>data/metadata/(?:articles|sources)\.jsonl<")
_WARCINFO = re.compile(rb"^software: archiver/", re.MULTILINE)
_HEAD = 1 << 12
_PIECE = 1 << 20
_OVERLAP = 1 << 8


def is_ours(root: Path) -> bool:
    """Tell whether the bag at ``root`` is a package of archiver, whole or not; what cannot be read tells nothing."""
    return is_our_data(root / layout.DATA) or _tried(_says_bag_info, root) or _tried(_says_premis, root)


def is_our_data(data: Path) -> bool:
    """Tell whether ``data`` is the payload of a package of archiver, an unpacked WACZ, whole or not."""
    if any(os.path.lexists(data / name) for name in REQUIRED) or _tried(_says_datapackage, data):
        return True
    # TEI files and derived records by themselves can be copies that somebody put into a bag of his own.
    among = (layout.ARCHIVE, "indexes", "pages", "removed", "rejected", layout.DATAPACKAGE)
    return any(os.path.lexists(data / name) for name in among) and (
        _tried(_has_tei, data) or _tried(_has_derived, data)
    )


def is_surely_ours(root: Path) -> bool:
    """Tell whether the bag at ``root`` says that archiver made it, or has all its lists: no trace is enough."""
    said = _tried(_says_bag_info, root) or _tried(_says_premis, root)
    return said or is_surely_our_data(root / layout.DATA)


def is_surely_our_data(data: Path) -> bool:
    """Tell the same of the payload of a package."""
    return _tried(_says_datapackage, data) or all(os.path.lexists(data / name) for name in LISTS)


def _tried(tells: Callable[[Path], bool], folder: Path) -> bool:
    try:
        return tells(folder)
    except OSError:
        return False


def _says_datapackage(data: Path) -> bool:
    return _says(data / layout.DATAPACKAGE, _SOFTWARE)


def _says_bag_info(root: Path) -> bool:
    path = root / "bag-info.txt"
    if not path.is_file():
        return False
    for item in read_info(root, "bag-info.txt", "utf-8"):
        if isinstance(item, Finding):
            continue
        label, value = item[0].lower(), item[1]
        if (label == "bag-software-agent" and _AGENT.match(value)) or (label == LABEL.lower() and value == IDENTIFIER):
            return True
    return False


def _says_premis(root: Path) -> bool:
    path = root / layout.PREMIS
    return _says(path, _PREMIS_AGENT) and _says(path, _PREMIS_PATH)


def _says(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Search a file of any size piece by piece; what archiver wrote of itself in JSON stands at its beginning."""
    if not path.is_file():
        return False
    before = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if pattern.search(before + piece):
                return True
            before = piece[-_OVERLAP:]
    return False


def _has_tei(data: Path) -> bool:
    return any(layout.is_article_id(name.removesuffix(".xml")) for name in _names(data / layout.TEI))


def _has_derived(data: Path) -> bool:
    return any(_WARCINFO.search(_beginning(path)) for path in layout.warc_files(data, layout.DERIVED))


def _names(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries if entry.name.endswith(".xml"))


def _beginning(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return unpacked_head(head, _HEAD)


def unpacked_head(head: bytes, size: int) -> bytes:
    """Return the first ``size`` bytes of the content of a file that begins with ``head``, compressed or not."""
    if not head.startswith(b"\x1f\x8b"):
        return head[:size]
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, size)
    except zlib.error:
        return b""
