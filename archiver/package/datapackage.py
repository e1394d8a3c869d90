"""What makes ``data/`` a WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/): datapackage.json and its digest.

Every file of ``data/`` is listed with size and SHA-256, so that a WACZ zipped from ``data/`` proves
itself without the bag around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archiver.canon import canonical_json
from archiver.package import layout
from archiver.package.atomic import lay_file, lay_folder
from archiver.package.digests import Digests
from archiver.package.file_order import files_in_order
from archiver.package.fixity import FileDigest, digest_file

PROFILE = "data-package"
WACZ_VERSION = "1.1.1"

#: Not listed in datapackage.json: itself, and the file that holds its digest.
UNLISTED = frozenset({layout.DATAPACKAGE, layout.DATAPACKAGE_DIGEST})
#: Resource names of the Data Package specification: lower-case letters, digits, full stop, hyphen, underscore.
_NOT_IN_NAME = re.compile(r"[^a-z0-9._-]+")

#: There may be millions of articles: their names, each of another path, need not be held to be told apart.
_ARTICLE = re.compile(r"tei/a-[0-9a-f]{16,64}\.xml")
_NAME_OF_ARTICLE = re.compile(r"tei-a-[0-9a-f]{16,64}\.xml")


@dataclass(frozen=True, slots=True)
class DatapackageInfo:
    """What datapackage.json says of the whole."""

    title: str
    created: str
    """RFC 3339 in UTC: the date of the run."""
    software: str
    description: str = ""


def write_datapackage(
    data: Path, info: DatapackageInfo, *, known: Mapping[str, FileDigest] | None = None, scratch: Path | None = None
) -> Digests:
    """Write datapackage.json and datapackage-digest.json into ``data``, after everything else is there.

    ``known`` holds digests by path relative to ``data`` of files that need not be read again.
    ``scratch`` is a folder outside of ``data`` for what else would be held in memory; it has to stay as long as
    what is returned is used. Returns the digests of every file of ``data`` by the same paths, these two
    included, ready for the bag's manifests. Raises PackageError.
    """
    if scratch is not None:
        lay_folder(scratch)
    digests = Digests(file=scratch / "digests" if scratch is not None else None)
    for path, size in files_in_order(data, scratch / "names" if scratch is not None else None):
        if path in UNLISTED:
            continue
        digest = (known or {}).get(path)
        digests.add(path, digest if digest is not None and digest.bytes == size else digest_file(data / path))
    lay_file(data / layout.DATAPACKAGE, datapackage_pieces(info, digests))
    described = digest_file(data / layout.DATAPACKAGE)
    lay_file(data / layout.DATAPACKAGE_DIGEST, digest_statement(described.sha256))
    digests.add(layout.DATAPACKAGE, described)
    digests.add(layout.DATAPACKAGE_DIGEST, digest_file(data / layout.DATAPACKAGE_DIGEST))
    return digests


def digest_statement(sha256: str) -> bytes:
    """Return datapackage-digest.json for the digest of datapackage.json."""
    return canonical_json({"path": layout.DATAPACKAGE, "hash": f"sha256:{sha256}"}) + b"\n"


def datapackage_pieces(info: DatapackageInfo, digests: Mapping[str, FileDigest]) -> Iterator[bytes]:
    """Yield datapackage.json in pieces, one resource a line, since a big package has millions of them.

    ``digests`` are those of the files that are to be listed, by the path below ``data/``.
    """
    head = {
        "profile": PROFILE,
        "wacz_version": WACZ_VERSION,
        "title": info.title,
        "description": info.description,
        "created": info.created,
        "modified": info.created,
        "software": info.software,
    }
    yield canonical_json({key: value for key, value in head.items() if value})[:-1] + b',"resources":[\n'
    names: set[str] = set()
    separator = b""
    for path, digest in digests.items():
        yield separator + resource_line(path, digest, names)
        separator = b",\n"
    yield b"\n]}\n"


def resource_line(path: str, digest: FileDigest, names: set[str]) -> bytes:
    """Return one resource of datapackage.json, without a line end; its name is added to the ``names`` in use."""
    resource = {
        "name": _unique_name(path, names),
        "path": path,
        "hash": f"sha256:{digest.sha256}",
        "bytes": digest.bytes,
        # Says that it is to be taken as a file: generic Data Package tools else read JSON Lines as tables.
        "type": "file",
    }
    return canonical_json(resource)


def _unique_name(path: str, taken: set[str]) -> str:
    """Return a resource name made from the whole path: file names alone repeat between folders."""
    base = name = _NOT_IN_NAME.sub("-", path.lower())
    if _ARTICLE.fullmatch(path):
        return name
    number = 1
    while name in taken or _NAME_OF_ARTICLE.fullmatch(name):
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name
